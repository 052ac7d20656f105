"""Lines and columns of offsets in a text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The 1-based line and column, in characters, of an offset; ``\\r\\n`` is one line break."""
    offset = max(0, min(offset, len(text)))
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1


_STEP = 1024
"""Bytes between two places whose characters are counted once and for all."""


def character_offsets(text: str, data: bytes) -> Callable[[int], int]:
    """From offsets in the UTF-8 bytes of a text to offsets in characters, each in time that doesn't grow with the text.

    Args:
        text: the text.
        data: its bytes; lone surrogates are passed through, as three bytes each.
    """
    if len(data) == len(text):
        return lambda byte: byte
    counts: list[int] = [0]
    for start in range(0, len(data), _STEP):
        counts.append(counts[-1] + _first_bytes(data[start : start + _STEP]))

    def characters(byte: int) -> int:
        step = min(byte, len(data)) // _STEP
        return counts[step] + _first_bytes(data[step * _STEP : byte])

    return characters


_LATER = bytes(range(0x80, 0xC0))


def _first_bytes(data: bytes) -> int:
    """How many bytes start a character."""
    return len(data.translate(None, _LATER))


class LineIndex:
    """Lines and columns of many offsets in one text."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        position = text.find("\n")
        while position >= 0:
            self._starts.append(position + 1)
            position = text.find("\n", position + 1)

    def __call__(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of an offset."""
        line = bisect_right(self._starts, max(0, offset))
        return line, max(0, offset) - self._starts[line - 1] + 1
