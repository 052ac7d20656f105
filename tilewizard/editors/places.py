"""Where a finding stands in a text, from its first to its last character: the value, key, cell, heading, link or word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from .lines import Extent

if TYPE_CHECKING:
    from ..rules.findings import Finding
    from ..tile.tile import TileFile

_JSON = re.compile(r'"(?:[^"\\\n]|\\.)*"|[\w.+-]+')
"""A text, number or word."""
_YAML = re.compile(r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'|[^\s:#][^\n:]*?(?=[ \t]*:(?:[ \t]|\r?$))""", re.MULTILINE)
"""A quoted value, or a key up to its colon."""
_WORD = re.compile(r"\w[\w'.@-]*(?<=\w)|\w")


class Placed:
    """The findings of one file, as extents of its text; each kind of place is looked up once.

    Args:
        file: as it was checked.
    """

    def __init__(self, file: TileFile) -> None:
        self._file = file
        self._starts = [0]
        text, at = file.text, file.text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)
        self._known: Mapping[int, int] | None = None

    def extent(self, finding: Finding) -> Extent:
        """Where a finding stands; ``(0, 0)`` for one on the whole of a file that has no lines."""
        if finding.line is None or finding.column is None or finding.line > len(self._starts):
            return 0, 0
        start = self._starts[finding.line - 1] + finding.column - 1
        path, text = self._file.path.lower(), self._file.text
        while text[start : start + 1] in (" ", "\t"):
            start += 1
        end = None
        if path.endswith(".json"):
            return self._in_json(finding.pointer, start)
        if path.endswith(".csv"):
            end = self._in_table(finding.pointer, start)
        elif path.endswith(".md"):
            end = self._in_markdown(start)
        elif path.endswith((".yaml", ".yml")):
            match = _YAML.match(self._file.text, start)
            end = match.end() if match else None
        return start, self._line_end(start) if end is None else end

    def _in_json(self, pointer: str, start: int) -> Extent:
        text, document = self._file.text, self._file.json
        if text[start : start + 1] in ("{", "[") and pointer and not document.broken:
            # Of what holds others the key is enough: to underline a whole object helps nobody.
            key = document.offset(pointer, key=True)
            if key is not None and document.offset(pointer) == start:
                start = key
        match = _JSON.match(text, start)
        if match:
            return start, match.end()
        # Where something is missing at the end of a line there is nothing to underline.
        return start, start if text[start : start + 1] in ("", "\r", "\n") else start + 1

    def _in_table(self, pointer: str, start: int) -> int | None:
        row, _, column = pointer.removeprefix("/").partition("/")
        if not column or not row.lstrip("-").isdigit():
            return None
        span = self._file.csv.span(int(row), column)
        return span[1] if span is not None and span[0] == start else None

    def _in_markdown(self, start: int) -> int | None:
        if self._known is None:
            readme = self._file.readme
            starts = [*(each.start for each in readme.headings), *(each.start for each in readme.definitions)]
            self._known = {each.start: each.end for each in readme.links} | {at: self._line_end(at) for at in starts}
        if start in self._known:
            return self._known[start]
        match = _WORD.match(self._file.text, start)
        return match.end() if match else None

    def _line_end(self, start: int) -> int:
        text = self._file.text
        end = text.find("\n", start)
        return max(start, start + len(text[start : end if end >= 0 else len(text)].rstrip()))
