"""Pasted text becomes rows of whichever table it is pasted on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tilewizard.answers.model import Answers
from tilewizard.answers.questions import question_at, questions
from tilewizard.asking.pasted_rows import rows_pasted

TABLES = [each for each in questions() if each.columns]


def pasted(table: str, text: str) -> list[dict[str, Any]]:
    """What was given in each row."""
    rows = rows_pasted(question_at(tuple(table.split("."))), text, Answers()).rows
    empty = question_at(tuple(table.split("."))).row
    assert empty is not None
    blank = empty().model_dump()
    return [{key: value for key, value in row.model_dump().items() if value != blank[key]} for row in rows]


@pytest.mark.parametrize(
    ("table", "text", "rows"),
    [
        (
            "media",
            "a.png\tOne\nb.png\tTwo",
            [{"image": "a.png", "caption": "One"}, {"image": "b.png", "caption": "Two"}],
        ),
        ("media", "Caption\tPicture\r\nOne\ta.png\r\n", [{"image": "a.png", "caption": "One"}]),
        ("media", 'caption,image\n"One, two",a.png', [{"image": "a.png", "caption": "One, two"}]),
        ("media", "a.png\n\nb.png\n", [{"image": "a.png"}, {"image": "b.png"}]),
        ("media", "KIND\tvimeo-id\nvideo\t123456", [{"media_type": "video", "vimeo_id": 123456}]),
        ("listing.resources", "https://a.example", [{"url": "https://a.example"}]),
        ("listing.resources", "blog\thttps://a.example", [{"resource_type": "blog", "url": "https://a.example"}]),
        ("listing.resources", "a page\thttps://a.example", [{"resource_type": "a page", "url": "https://a.example"}]),
        (
            "pricing",
            "billing_type;unit_price;short_description\nflat_fee;$9.50;Monthly",
            [{"billing_type": "flat_fee", "unit_price": 9.5, "short_description": "Monthly"}],
        ),
        ("media", "Picture\tCaption\tNotes\na.png\tOne\tlater", [{"image": "a.png", "caption": "One"}]),
        ("changelog", "version\tadded\n1.0.0\tInitial release", [{"version": "1.0.0", "added": ["Initial release"]}]),
        ("media", "  \n\t\n", []),
        ("media", "", []),
    ],
)
def test_lines_are_rows(
    table: str, text: str, rows: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for row in rows:
        if "image" in row:
            row["image"] = str(tmp_path / row["image"])
    assert pasted(table, text) == rows


def test_files_that_are_dropped_are_a_row_each(tmp_path: Path) -> None:
    for name in ("a.png", "b c.png"):
        (tmp_path / name).touch()
    line = f"{tmp_path}/a.png '{tmp_path}/b c.png'"
    assert [row["image"] for row in pasted("media", line)] == [f"{tmp_path}/a.png", f"{tmp_path}/b c.png"]
    assert len(pasted("media", f"{line} {tmp_path}/missing.png")) == 1, "words that are no files are one text"


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("Picture\tCaption\tNotes\na.png\tOne\tlater", ("Notes",)),
        ("a\tb\tc\td\te", ("column 4", "column 5")),
        ("a\tb", ()),
    ],
)
def test_columns_that_no_question_asks_for_are_told(text: str, left_out: tuple[str, ...]) -> None:
    assert rows_pasted(question_at(("media",)), text, Answers()).left_out == left_out


@given(st.sampled_from(TABLES), st.text(st.sampled_from("ab\t,;\n\r\"' 1é\x00"), max_size=60))
def test_whatever_is_pasted_nothing_fails_and_no_word_is_lost(table: Any, text: str) -> None:
    rows = rows_pasted(table, text, Answers()).rows
    told = " ".join(str(value) for row in rows for value in row.model_dump().values())
    if rows and "\t" not in text and "," not in text and ";" not in text and "'" not in text and "\x00" not in text:
        assert text.count("é") <= told.count("é")
