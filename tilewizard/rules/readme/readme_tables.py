"""Tables of a README that Markdown doesn't take for one, or cuts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from tilewizard.documents.readme_document import ReadmeDocument
from tilewizard.language import _, ngettext

_RULER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")


def _cells(row: str) -> int:
    plain = re.sub(r"\\\||`[^`]*`", "", row.strip())
    return plain.removeprefix("|").removesuffix("|").count("|") + 1


def tables(readme: ReadmeDocument) -> Iterator[tuple[int, str, str]]:
    """A table's ruler has as many cells as its head, else it is none; rows have at most as many, else some are cut."""
    if "|" not in readme.text:
        return
    lines = readme.text.splitlines(keepends=True)
    position, width = 0, 0
    yield from _headless(readme)
    for index, line in enumerate(lines):
        if readme.code.holds(position) or "|" not in line:
            width = 0
        elif width:
            if _cells(line) != width:
                yield (
                    position,
                    ngettext(
                        "a row of the table has {count} cell, its head {width}",
                        "a row of the table has {count} cells, its head {width}",
                        _cells(line),
                        width=width,
                    ),
                    _write(width),
                )
        elif index and "-" in line and "|" in lines[index - 1] and _RULER.fullmatch(line.strip()):
            head = _cells(lines[index - 1])
            width = _cells(line)
            if head != width:
                yield (
                    position,
                    ngettext(
                        "the line below the table's head has {count} cell, the head {head}",
                        "the line below the table's head has {count} cells, the head {head}",
                        width,
                        head=head,
                    ),
                    _write(head),
                )
                width = 0
        position += len(line)


def _write(cells: int) -> str:
    return ngettext("write {count} cell", "write {count} cells", cells)


_ROWS = re.compile(r"(?:(?<=\n\n)|\A)(?:[ \t]*\|[^\n|]+\|[^\n]*\|[ \t]*(?:\n|\Z)){2,}")


def _headless(readme: ReadmeDocument) -> Iterator[tuple[int, str, str]]:
    """Rows without a ruler below the first one are a paragraph."""
    for match in islice(_ROWS.finditer(readme.text), 200):
        second = match[0].splitlines()[1]
        if not _RULER.fullmatch(second.strip()) and not readme.code.holds(match.start()):
            yield (
                match.start(),
                _("rows of a table without a line below its head"),
                _("write |---|---| below the first row"),
            )
