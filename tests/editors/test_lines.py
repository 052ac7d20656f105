"""Lines and columns as the protocol counts them, and the least edits between two texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tilewizard.editors.lines import Encoding, Lines
from tilewizard.editors.mends import splices

ODD = st.text(st.sampled_from("ab\n\r\u2028\x0c\x85é\U0001f600\u20ac"), max_size=30)
ENCODINGS: list[Encoding] = ["utf-8", "utf-16", "utf-32"]


@pytest.mark.parametrize(
    ("text", "offset", "encoding", "point"),
    [
        ("a\r\nb", 3, "utf-16", (1, 0)),
        ("a\rb", 2, "utf-16", (1, 0)),
        ("a\u2028b\x0cc", 4, "utf-16", (0, 4)),
        ("\U0001f600b", 1, "utf-16", (0, 2)),
        ("\U0001f600b", 1, "utf-8", (0, 4)),
        ("\U0001f600b", 1, "utf-32", (0, 1)),
        ("é\u20ac", 2, "utf-8", (0, 5)),
        ("ab", 99, "utf-16", (0, 2)),
    ],
)
def test_a_place_is_counted_as_the_protocol_says(
    text: str, offset: int, encoding: Encoding, point: tuple[int, int]
) -> None:
    assert Lines(text, encoding).point(offset) == point


@pytest.mark.parametrize(
    ("point", "offset"),
    [((0, 1), 0), ((0, 2), 1), ((0, 99), 2), ((9, 0), 4), ((-1, 5), 0), ((1, -3), 3)],
)
def test_a_place_that_is_none_is_the_nearest_before_it(point: tuple[int, int], offset: int) -> None:
    assert Lines("\U0001f600a\nb", "utf-16").offset(point) == offset


@given(ODD, st.sampled_from(ENCODINGS), st.data())
def test_places_lead_back_to_where_they_came_from(text: str, encoding: Encoding, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    lines = Lines(text, encoding)
    # Between the two characters of one line break there is no place.
    expected = offset - 1 if text[max(0, offset - 1) : offset + 1] == "\r\n" else offset
    assert lines.offset(lines.point(offset)) == expected


@given(ODD, ODD, st.sampled_from(ENCODINGS), st.data())
def test_an_edit_of_a_part_puts_the_text_there(text: str, new: str, encoding: Encoding, data: st.DataObject) -> None:
    lines = Lines(text, encoding)
    first, last = sorted(lines.offset(lines.point(data.draw(st.integers(0, len(text))))) for _ in range(2))
    assert lines.edited(lines.point(first), lines.point(last), new).text == text[:first] + new + text[last:]


@given(ODD, ODD)
def test_the_edits_between_two_texts_turn_one_into_the_other(before: str, after: str) -> None:
    text, reach = before, len(before) + 1
    for start, end, new in reversed(list(splices(before, after))):
        assert start <= end < reach
        text, reach = text[:start] + new + text[end:], start + 1
    assert text == after


def test_the_edits_leave_alone_what_stays() -> None:
    before = "".join(f"row {number}\n" for number in range(5000))
    after = before.replace("row 17\n", "row seventeen\n").replace("row 4000\n", "row 4k\n")
    found = list(splices(before, after))
    assert [(before[start:end], new) for start, end, new in found] == [("17", "seventeen"), ("000", "k")]
