"""A text whose line ends an editor does not keep keeps them all the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tilewizard.documents.line_ends import plain, with_line_ends

ENDS = ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
TEXTS = st.lists(st.sampled_from(["a", "b", "é", " ", *ENDS]), max_size=30).map("".join)


@given(TEXTS)
def test_what_was_not_edited_keeps_every_byte(text: str) -> None:
    assert with_line_ends(text, plain(text)) == text
    assert not any(end in plain(text) for end in ENDS[1:])


@given(TEXTS, TEXTS)
def test_whatever_was_edited_says_what_was_typed(before: str, after: str) -> None:
    assert plain(with_line_ends(before, plain(after))) == plain(after)


@pytest.mark.parametrize(
    ("before", "shown", "after"),
    [
        ("a\r\nb\r\n", "a\nbx\n", "a\r\nbx\r\n"),
        ("a\r\nb\r\n", "a\nx\nb\n", "a\r\nx\r\nb\r\n"),
        ("a\r\nb\r\n", "b\n", "b\r\n"),
        ("a\r\nb\nc\rd", "a\nb\nc\nd\ne", "a\r\nb\nc\rd\r\ne"),
        ("a\nb\r\nc\r\n", "a\nbx\nc\n", "a\nbx\r\nc\r\n"),
        ("a\r\nb", "a\nb\n", "a\r\nb\r\n"),
        ("a\u2028b\n", "a\nbx\n", "a\u2028bx\n"),
        ("a\nb\n", "", ""),
        ("\n\r", "\n\n\n", "\n\r\r\n"),
        ("", "a\n", "a\n"),
    ],
)
def test_a_line_keeps_its_end_and_a_line_more_gets_the_usual_one(before: str, shown: str, after: str) -> None:
    assert with_line_ends(before, shown) == after
