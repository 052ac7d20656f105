"""A line without a tab is not read letter by letter, and is split as Textual's own function splits it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import _wrap, expand_tabs
from textual.document import _wrapped_document
from textual.document._document import Document
from tilewizard.screens.shims.tab_widths import look_for_tabs_first, tab_widths

LETTERS = st.sampled_from("ab \t\r\n\x0b\x85\u2028é😀漢")


@given(st.text(LETTERS, max_size=12), st.integers(1, 8))
def test_a_line_is_split_as_by_textual(line: str, tab_size: int) -> None:
    assert tab_widths(line, tab_size) == expand_tabs.get_tab_widths(line, tab_size)


def test_an_editor_wraps_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs, asked = expand_tabs.get_tab_widths, []
    for module in (_wrap, _wrapped_document):
        monkeypatch.setattr(module, "get_tab_widths", theirs)  # Put back what was there, afterwards.
    look_for_tabs_first()
    monkeypatch.setattr(
        "tilewizard.screens.shims.tab_widths._ANY_LINE", lambda line, size: asked.append(line) or theirs(line, size)
    )
    wrapped = _wrapped_document.WrappedDocument(Document("some words to wrap\nwith\ta tab\n"), 9)
    assert wrapped.lines == [["some ", "words to ", "wrap"], ["with\t", "a tab"], [""]]
    assert set(asked) == {"with\ta tab"}
