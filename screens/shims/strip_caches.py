"""Lines on the screen that keep nothing for what nobody asked of them.

Textual 8.2 gives each ``Strip`` seven caches, a dict within each, and keeps some thousands of strips: nineteen of twenty dicts
stay empty, up to one megabyte of the peak. ``FIFOCache`` is public, its ``_cache`` and which one a strip takes are not.
"""

from __future__ import annotations

from typing import Any

from textual import strip
from textual.cache import FIFOCache

_NOTHING: dict[Any, Any] = {}


class LateCache(FIFOCache[Any, Any]):
    """A cache that gets its dict with the first thing that is put into it."""

    __slots__ = ()

    def __init__(self, maxsize: int) -> None:
        self._maxsize = maxsize
        self._cache = _NOTHING
        self.hits = 0
        self.misses = 0

    def set(self, key: Any, value: Any) -> None:
        """Set a value."""
        if self._cache is _NOTHING:
            self._cache = {}
        super().set(key, value)

    __setitem__ = set


def lighten_strips() -> None:
    """Strips that are made from now on have such caches, in this whole process."""
    strip.FIFOCache = LateCache  # type: ignore[attr-defined]
