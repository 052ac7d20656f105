"""Where the values of a sound JSON text stand, by the scanner of the standard library: no tree is made.

Only the holders on the way to a place are walked; the members beside it are passed over in C.
"""

from __future__ import annotations

import re
from json import JSONDecoder

_BLANKS = re.compile(r"[ \t\n\r]*")
_scan = JSONDecoder().raw_decode

Span = tuple[int, int, int, int]
"""Start and end of a key, start and end of its value; an item of a list has its own for its key."""


class JsonPlaces:
    """The places of a text that the standard library reads; offsets are characters."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._holders: dict[int, dict[str, Span]] = {}
        self.root = self._skip(0)

    def find(self, parts: tuple[str, ...]) -> tuple[Span | None, int]:
        """The last value on a path that exists, None for the root, and how many parts of the path were found."""
        at, span = self.root, None
        for count, part in enumerate(parts):
            found = self._members(at).get(part)
            if found is None:
                return span, count
            span, at = found, found[2]
        return span, len(parts)

    def _skip(self, at: int) -> int:
        match = _BLANKS.match(self._text, at)
        return match.end() if match else at

    def _members(self, at: int) -> dict[str, Span]:
        """The members of the object, or the items of the list by their indexes, that starts there; walked once."""
        known = self._holders.get(at)
        if known is None:
            opened = self._text[at : at + 1]
            known = self._object(at + 1) if opened == "{" else self._list(at + 1) if opened == "[" else {}
            self._holders[at] = known
        return known

    def _object(self, at: int) -> dict[str, Span]:
        text = self._text
        found: dict[str, Span] = {}
        at = self._skip(at)
        while text[at] == '"':
            key, key_end = _scan(text, at)
            start = self._skip(self._skip(key_end) + 1)
            _, end = _scan(text, start)
            # Of several members with one key the last is the one that a parser keeps.
            found[key] = (at, key_end, start, end)
            at = self._skip(end)
            if text[at] == ",":
                at = self._skip(at + 1)
        return found

    def _list(self, at: int) -> dict[str, Span]:
        text = self._text
        found: dict[str, Span] = {}
        at = self._skip(at)
        while text[at] != "]":
            _, end = _scan(text, at)
            found[str(len(found))] = (at, end, at, end)
            at = self._skip(end)
            if text[at] == ",":
                at = self._skip(at + 1)
        return found
