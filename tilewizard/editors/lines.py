"""Places in a text as editors count them: lines that end at ``\\n``, ``\\r\\n`` or ``\\r``, columns in units of an encoding.

Rules and documents count characters; Language Server Protocol 3.17 counts units of UTF-16 unless client and server agree on
another encoding. Nothing else ends a line there, so that neither a form feed nor a line separator moves what comes after it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import Literal

Encoding = Literal["utf-8", "utf-16", "utf-32"]
Point = tuple[int, int]
"""A line and a column in it, both from 0; the column in units of the encoding."""
Extent = tuple[int, int]
"""Start and end in a text, in characters from 0."""

_ENDS = re.compile(r"\r\n|\n|\r")


class Lines:
    """An immutable text, by lines.

    Args:
        text: the text.
        encoding: what columns are counted in.
    """

    def __init__(self, text: str, encoding: Encoding = "utf-16") -> None:
        self.text = text
        self.encoding = encoding

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _ENDS.finditer(self.text))]

    @cached_property
    def _plain(self) -> bool:
        return self.encoding == "utf-32" or self.text.isascii()

    def point(self, offset: int) -> Point:
        """Where an offset is; one beyond the text is at its end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        return line, offset - start if self._plain else self._units(self.text[start:offset])

    def offset(self, point: Point) -> int:
        """The offset of a place; one beyond its line is at the line's end, one beyond the text at the text's."""
        line, column = point
        if line < 0:
            return 0
        if line >= len(self._starts):
            return len(self.text)
        start, end = self.line(line)
        if self._plain:
            return min(end, start + max(0, column))
        at = start
        while at < end and column > 0:
            column -= self._units(self.text[at])
            at += column >= 0  # A place inside of a character is before it.
        return at

    def line(self, number: int) -> Extent:
        """Where a line starts and ends, its line break left out."""
        start = self._starts[number]
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return start, end

    def edited(self, start: Point, end: Point, text: str) -> Lines:
        """The text with another one between two places."""
        first, last = sorted((self.offset(start), self.offset(end)))
        return Lines(f"{self.text[:first]}{text}{self.text[last:]}", self.encoding)

    def _units(self, text: str) -> int:
        if self.encoding == "utf-8":
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text) + sum(char > "\uffff" for char in text)
