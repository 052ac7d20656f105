"""What tells a finding from all others, from one check to the next: its rule, its tile, and what stands at its place.

A place is told by what is written there, not by its number: a row by its first cell, an item of a list by its own name, a line
by its text. So a print stays when rows, widgets or releases are added above, and however the tile's path is written.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from tilewizard.checking.checked import Checked
from tilewizard.rules.findings import Finding
from tilewizard.tile.tile import TileFile

_NAMING = ("id", "name", "title", "metric_name", "key", "filename", "caption", "path")
"""Keys that tell one item of a list from its neighbours, the surest first."""
_AROUND_MAX = 300
"""Characters of a line that are looked at."""
_COUNTED = re.compile(r"“[^”]*”|\d+")
"""What is quoted of the tile, and numbers beside it: counts and positions."""


def fingerprints(report: Checked) -> Iterator[tuple[Finding, str]]:
    """Each finding of a tile, those that are allowed last, with its print: 32 hexadecimal digits, each once in a tile.

    Findings that nothing tells apart are numbered in their order. The files are read again for what stands at each place;
    where that can't be done, the print is made without.
    """
    # The folder's own name: "." and a link stand for it as well.
    tile = os.path.basename(os.path.realpath(report.path))  # noqa: PTH119
    files: dict[str, _Content | None] = {}
    seen: dict[str, int] = {}
    for finding in (*report.findings, *report.allowed):
        if finding.file not in files:
            files[finding.file] = _read(report, finding)
        words = (finding.rule, tile, finding.file, *_place(files[finding.file], finding), _plain(finding.message))
        told = "\0".join(words)
        number = seen[told] = seen.get(told, 0) + 1
        whole = f"{told}\0{number}" if number > 1 else told
        yield finding, hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class _Content(TileFile):
    """A file in which findings stand."""

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")


def _read(report: Checked, finding: Finding) -> _Content | None:
    if finding.line is None:
        return None
    try:
        return _Content(finding.file, (report.path / finding.file).read_bytes())
    except OSError:
        return None


def _plain(message: str) -> str:
    """A message without its counts: ``“a1” stands 3 times`` → ``“a1” stands # times``."""
    return _COUNTED.sub(lambda match: match[0] if match[0].startswith("“") else "#", message)


def _place(file: _Content | None, finding: Finding) -> tuple[str, ...]:
    """The place of a finding by what is written there."""
    parts = [part.replace("~1", "/").replace("~0", "~") for part in finding.pointer.split("/")[1:]]
    names = [part for part in parts if not part.isdigit()]
    if file is None or finding.line is None:
        return tuple(names)
    path = finding.file.lower()
    if parts and path.endswith(".json"):
        return tuple(_steps(file.json.value, parts))
    if parts and path.endswith(".csv") and parts[0].isdigit() and int(parts[0]) < len(file.csv.rows):
        cells = file.csv.rows[int(parts[0])].cells
        return (cells[0] if cells and cells[0] else "\0".join(cells), *names)
    return (*names, _line(file.lines, finding))


def _steps(value: Any, parts: list[str]) -> Iterator[str]:
    """A pointer's steps, each item of a list by what tells it from its neighbours."""
    for part in parts:
        if isinstance(value, list):
            value = value[int(part)] if part.isdigit() and int(part) < len(value) else None
            yield _name(value)
        else:
            value = value.get(part) if isinstance(value, dict) else None
            yield part


def _name(item: Any) -> str:
    inner = item.get("definition") if isinstance(item, dict) else None
    for each in (item, inner):
        named = each if isinstance(each, dict) else {}
        for key in _NAMING:
            if isinstance(named.get(key), str | int) and named[key] != "":
                return f"{key}={named[key]}"
    return json.dumps(item, sort_keys=True, default=str)


def _line(lines: list[str], finding: Finding) -> str:
    """The line at which a finding stands; of a long one what begins at its column."""
    line = lines[finding.line - 1] if finding.line and finding.line <= len(lines) else ""
    return line.strip() if len(line) <= _AROUND_MAX else line[(finding.column or 1) - 1 :][:_AROUND_MAX]
