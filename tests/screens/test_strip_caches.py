"""A line that is drawn keeps no dict before something is put into one, and all that is put there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from textual import strip
from textual.cache import FIFOCache
from tilewizard.screens.shims.strip_caches import LateCache, lighten_strips

CACHES = [name for name in strip.Strip.__slots__ if name.endswith("_cache") and name != "_render_cache"]


def test_a_strip_has_no_dict_of_its_own_before_it_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strip, "FIFOCache", FIFOCache)  # Put back what was there, afterwards.
    lighten_strips()
    line, other = (strip.Strip([Segment("abcdef")]) for __ in range(2))
    assert len(CACHES) == 7
    assert len({id(getattr(each, name)._cache) for each in (line, other) for name in CACHES}) == 1
    assert line.crop(1, 3) is line.crop(1, 3)
    assert line.crop(1, 3).text == "bc"
    assert [part.text for part in line.divide([2, 6])] == ["ab", "cdef"]
    assert [name for name in CACHES if getattr(line, name)] == ["_divide_cache", "_crop_cache"]
    assert not any(getattr(other, name) for name in CACHES)


@given(st.lists(st.tuples(st.sampled_from(["set", "get", "clear"]), st.integers(0, 5))), st.integers(1, 4))
def test_it_keeps_what_textuals_own_keeps(steps: list[tuple[str, int]], size: int) -> None:
    ours, theirs = LateCache(size), FIFOCache[int, int](size)
    for what, key in steps:
        for cache in (ours, theirs):
            if what == "set":
                cache[key] = key
            elif what == "clear":
                cache.clear()
        assert ours.get(key) == theirs.get(key)
        assert (list(ours.keys()), len(ours), bool(ours)) == (list(theirs.keys()), len(theirs), bool(theirs))
        assert (ours.hits, ours.misses) == (theirs.hits, theirs.misses)
