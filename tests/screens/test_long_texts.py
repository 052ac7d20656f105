"""An editor does less for a long text, and draws, wraps and says what Textual's own does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual import _wrap, expand_tabs
from textual.app import App, ComposeResult
from textual.document import _wrapped_document
from textual.document._document import Document
from textual.document._wrapped_document import WrappedDocument
from tilewizard.screens.readme_editor import MarkdownArea
from tilewizard.screens.shims import long_texts
from tilewizard.screens.shims.long_texts import quicken_editors, tab_widths

LETTERS = st.sampled_from("ab \t\r\n\x0b\x85\u2028é😀漢")
HEIGHT = WrappedDocument.height


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Quick editors, and the lines of which Textual's own function was asked; put back afterwards."""
    theirs, asked = expand_tabs.get_tab_widths, list[str]()
    for module in (_wrap, _wrapped_document):
        monkeypatch.setattr(module, "get_tab_widths", theirs)
    monkeypatch.setattr(WrappedDocument, "height", HEIGHT)
    quicken_editors()
    monkeypatch.setattr(long_texts, "_ANY_LINE", lambda line, size: asked.append(line) or theirs(line, size))
    yield asked


@given(st.text(LETTERS, max_size=12), st.integers(1, 8))
def test_a_line_is_split_as_by_textual(line: str, tab_size: int) -> None:
    assert tab_widths(line, tab_size) == expand_tabs.get_tab_widths(line, tab_size)


def test_an_editor_wraps_by_it(quick: list[str]) -> None:
    wrapped = WrappedDocument(Document("some words to wrap\nwith\ta tab\n"), 9)
    assert wrapped.lines == [["some ", "words to ", "wrap"], ["with\t", "a tab"], [""]]
    assert set(quick) == {"with\ta tab"}


@given(
    st.text(LETTERS, max_size=30),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9), st.integers(0, 5), st.integers(0, 9), st.text(LETTERS, max_size=9))),
    st.integers(0, 12),
)  # fmt: skip
def test_as_many_wrapped_lines_as_textual_counts(
    text: str, edits: list[tuple[int, int, int, int, str]], width: int
) -> None:
    document = Document(text)
    wrapped = WrappedDocument(document, width)
    for first, at, last, to, put in edits:
        last_line = document.line_count - 1
        start, end = sorted([(min(first, last_line), at), (min(last, last_line), to)])
        start, end = ((row, min(column, len(document.lines[row]))) for row, column in (start, end))
        result = document.replace_range(start, end, put)
        wrapped.wrap_range(start, end, result.end_location)
        assert len(wrapped._offset_to_line_info) == HEIGHT.fget(wrapped)  # type: ignore[attr-defined]
        fresh = WrappedDocument(document, width)
        assert wrapped._offset_to_line_info == fresh._offset_to_line_info


class Alone(App[None]):
    """An editor and nothing else."""

    def compose(self) -> ComposeResult:
        """The editor."""
        yield MarkdownArea("", "nothing yet")


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            ["a", "é", "enter", "backspace", "ctrl+z", "ctrl+y", "ctrl+k", "left", "up", "load", "cut", "theme"]
        ),
        min_size=8,
        max_size=20,
    )
)
async def test_it_says_the_text_that_it_has(steps: list[str]) -> None:
    app = Alone()
    async with app.run_test() as pilot:
        area = app.query_one(MarkdownArea)
        for step in steps:
            if step == "load":
                area.text = "One\ntwo"
            elif step == "cut":
                area.replace("", (0, 0), (0, 2))
            elif step == "theme":
                area.language = None if area.language else "markdown"
            else:
                await pilot.press(step)
            assert area.text == area.document.text


async def test_it_is_put_together_once_after_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    theirs = Document.text.fget  # type: ignore[attr-defined]
    app = Alone()
    async with app.run_test() as pilot:
        app.query_one(MarkdownArea).load_text("Some text\n" * 50)
        await pilot.pause()
        monkeypatch.setattr(Document, "text", property(lambda self: asked.append(1) or theirs(self)))
        await pilot.press("a")
        await pilot.pause()
        assert len(asked) <= 1
