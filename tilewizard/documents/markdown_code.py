"""Where a Markdown text is code: fences and spans between backquotes, found line by line in linear time."""

from __future__ import annotations

import re
from bisect import bisect_right

_FENCE = re.compile(r"(?P<lead>[ \t>*+-]*(?:\d{1,9}[.)][ \t]*)?)(?P<fence>`{3,}|~{3,})")
_TICKS = re.compile(r"`+")


class CodeRanges:
    """The stretches of a text that are code; offsets are characters, ends exclusive.

    Attributes:
        fences: the inside of fenced blocks, from the fence's own line to its end or the text's.
        unclosed: where the fence starts that nothing closes; None when all are closed.
    """

    def __init__(self, text: str) -> None:
        self.fences, self.unclosed = fences_of(text)
        spans = list(self.fences)
        position, at = 0, 0
        for line in text.splitlines(keepends=True):
            while at < len(self.fences) and self.fences[at][1] <= position:
                at += 1
            if "`" in line and not (at < len(self.fences) and self.fences[at][0] <= position < self.fences[at][1]):
                spans += [(position + start, position + end) for start, end in _spans(line)]
            position += len(line)
        self.ranges = tuple(sorted(spans))
        self._starts = [start for start, _ in self.ranges]

    def holds(self, offset: int) -> bool:
        """Whether a place is in code."""
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self.ranges[index][1]


def fences_of(text: str) -> tuple[tuple[tuple[int, int], ...], int | None]:
    """The inside of fenced blocks, as spans, and where the fence starts that nothing closes."""
    found: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None
    position = 0
    for line in text.splitlines(keepends=True):
        match = _FENCE.match(line)
        fence = match["fence"] if match else ""
        if opened is None:
            if fence and not (fence[0] == "`" and "`" in line[match.end() :]):  # type: ignore[union-attr]
                opened = (position, fence)
        elif fence.startswith(opened[1]) and match is not None and not line[match.end() :].strip():
            found.append((opened[0], position + len(line)))
            opened = None
        position += len(line)
    if opened is not None:
        found.append((opened[0], len(text)))
    return tuple(found), opened[0] if opened else None


def _spans(line: str) -> list[tuple[int, int]]:
    """Spans between runs of as many backquotes, in one line."""
    runs = [(match.start(), match.end()) for match in _TICKS.finditer(line)]
    after: dict[int, list[int]] = {}
    for index, (start, end) in enumerate(runs):
        after.setdefault(end - start, []).append(index)
    found, index = [], 0
    while index < len(runs):
        start, end = runs[index]
        alike = after[end - start]
        following = bisect_right(alike, index)
        if following == len(alike):
            index += 1
            continue
        found.append((start, runs[alike[following]][1]))
        index = alike[following] + 1
    return found
