"""docs/conformance.md, the one table of ``make conformance``: each tool writes the part of what it held against which ddev.

A part is a section of its own, under its heading; a run that was skipped leaves the last one as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "conformance.md"
HEAD = """\
# What is held against Datadog's own validators

Written by `make conformance`; don't edit. Each validator with the facts that it looks at, the rules of ours that speak of the
same, and the verdicts on every tile and package that both sides judged: published ones, clean ones, and mutants that are each
made to break one fact. "They alone" would be a fault that passes here. "We alone" counts what a rule of the same subject calls an
error on the word of a document, where the validator has no opinion. A verdict counts by its subject here; whether a tile that a
validator refuses has an error at all is what ends `make conformance` with 1, and so do closed lists that differ (units, columns,
fields and templates of specs).
"""
COLUMNS = ("validator", "looks at", "our rules", "judged", "both accept", "both refuse", "they alone", "we alone")
PARTS = (
    "Tiles: ddev 14.4.0",
    "Tiles: ddev 20.1.0",
    "Agent packages: ddev 20.1.0",
    "Texts of pull requests: ddev ",
    "Generated packages and examples, run",
)
"""The parts by the words that their headings begin with, in their order on the page."""
Row = tuple[str, str, str, int, int, int, int, int]


def part(heading: str, rows: Iterable[Row], remarks: Iterable[tuple[str, str]] = ()) -> str:
    """A part as Markdown: its heading, the table, and below it the validators that are not held here, with why."""
    lines = [f"## {heading}", "", f"| {' | '.join(COLUMNS)} |", f"|{'---|' * len(COLUMNS)}"]
    lines += [f"| {' | '.join(map(str, row))} |" for row in rows]
    lines += [f"| {name} | {why} |{' |' * (len(COLUMNS) - 2)}" for name, why in remarks]
    return "\n".join(lines) + "\n"


def shown(rules: Iterable[str]) -> str:
    """Rules, or what their names begin with (``readme/``) as the table shows them."""
    return ", ".join(f"`{each}*`" if each.endswith(("/", "-")) else f"`{each}`" for each in rules) or "none"


def write(text: str, page: Path = PAGE) -> None:
    """Put a part into the page, in the place of the one that begins alike.

    Raises:
        ValueError: the part's heading begins as none of ``PARTS``.
    """
    parts = dict(_parts(page.read_text("utf-8") if page.exists() else ""))
    parts[_key(text)] = text
    ordered = [parts[key].rstrip() + "\n" for key in PARTS if key in parts]
    page.write_text("\n".join([HEAD, *ordered]), encoding="utf-8")


def _parts(text: str) -> Iterator[tuple[str, str]]:
    for each in re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]:
        yield _key(each), each


def _key(text: str) -> str:
    for key in PARTS:
        if text.startswith(f"## {key}"):
            return key
    raise ValueError(f"no part of the page begins so: {text[:60]!r}")
