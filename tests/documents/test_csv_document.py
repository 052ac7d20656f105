"""CSV that keeps its bytes."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tilewizard.documents.csv_document import CsvDocument

from tests.conftest import CORPUS, needs_corpus

TEXT = 'name,type,description\r\na.b,"count","one, two"\r\nc.d,gauge,plain\r\n'


def test_a_cell_changes_and_keeps_its_quotes() -> None:
    document = CsvDocument.parse(TEXT)
    assert document.with_cell(0, "type", "rate").text == TEXT.replace('"count"', '"rate"')
    assert document.with_cell(1, "description", 'say "x", y').text == TEXT.replace("plain", '"say ""x"", y"')
    assert document.with_cell(1, "type", "gauge") is document


def test_rows_come_and_go_and_the_others_keep_their_bytes() -> None:
    document = CsvDocument.parse(TEXT)
    records = list(document.rows)
    assert document.with_rows(records) is document
    assert document.with_rows(records[1:]).text == TEXT.replace('a.b,"count","one, two"\r\n', "")
    added = document.with_rows([*records, {"name": "e.f", "type": "count", "description": "x"}])
    assert added.text == TEXT + "e.f,count,x\r\n"
    assert document.with_column("unit", after="type", default="s").text.startswith(
        'name,type,unit,description\r\na.b,"count",s,'
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "empty"),
        ("\na,b\n1,2\n", "blank"),
        ("a,b\n1\n", "columns"),
        ("a,b\n1,2,3\n", "columns"),
        ('a,b\n"1,2\n', "quote"),
    ],
)
def test_a_broken_form_is_told(text: str, kind: str) -> None:
    assert kind in {fault.kind for fault in CsvDocument.parse(text).faults}


def test_a_change_among_thousands_of_rows_is_found_at_its_place() -> None:
    rows = [{"name": f"m.{index}", "type": "count"} for index in range(5000)]
    document = CsvDocument.new(["name", "type"], rows)
    rows[3000] = {"name": "m.3000", "type": "gauge"}
    edited = document.with_rows(rows)
    assert edited.text == document.text.replace("m.3000,count", "m.3000,gauge")


CELLS = st.text(alphabet='ab,"\n \r;é', max_size=5)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6), st.booleans(), CELLS, st.data())
def test_any_cell_of_any_table_reads_back(table: list[list[str]], crlf: bool, value: str, data: st.DataObject) -> None:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n" if crlf else "\n").writerows([["x", "y", "z"], *table])
    document = CsvDocument.parse(stream.getvalue())
    if [list(row.cells) for row in document.rows] != table:
        return  # A bare carriage return is a line break to some readers: not ours to judge.
    row = data.draw(st.integers(0, len(table) - 1))
    column = data.draw(st.sampled_from(["x", "y", "z"]))
    edited = document.with_cell(row, column, value)
    expected = [dict(zip("xyz", cells, strict=True)) for cells in table]
    expected[row][column] = value
    if "\r" not in value:
        assert list(edited.rows) == expected
    if all("\r" not in cell for cells in table for cell in cells) and "\r" not in value:
        assert document.with_rows(expected).text == edited.text


@needs_corpus
def test_every_published_metadata_file_keeps_its_bytes() -> None:
    for path in CORPUS.rglob("metadata.csv"):
        document = CsvDocument.parse(path.read_bytes().decode("utf-8-sig"))
        assert not document.faults, path
        assert document.with_rows(document.rows) is document
        if document.rows and document.column("description") is not None:
            edited = document.with_cell(0, "description", "Another, one.")
            assert edited.rows[0]["description"] == "Another, one."
            assert edited.text.count("\n") == document.text.count("\n")


def test_rows_are_kept_once_and_read_by_their_columns_too() -> None:
    document = CsvDocument.parse("a,b,a\n1,2,3\n4\n5,6,7,8\n")
    assert document.rows is document.rows
    assert not hasattr(document.rows[0], "__dict__")
    assert [dict(row) for row in document.rows] == [{"a": "3", "b": "2"}, {"a": "", "b": ""}, {"a": "7", "b": "6"}]
    assert document.values("a") == ["3", "", "7"]
    assert [row.by_column() for row in document.rows] == [dict(row) for row in document.rows]
    assert [(row.get("b"), row.get("c"), row.get("c", "-")) for row in document.rows][:2] == [
        ("2", None, "-"),
        ("", None, "-"),
    ]
