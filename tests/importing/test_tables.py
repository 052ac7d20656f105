"""Cells of a spreadsheet, CSV, metadata.csv."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tilewizard.authoring.parts.telemetry import COLUMNS
from tilewizard.documents.csv_document import CsvDocument
from tilewizard.errors import TilewizardError
from tilewizard.importing.reading import decoded, load, read_text
from tilewizard.importing.rows import Reading
from tilewizard.importing.tables import read_table

from tests.conftest import corpus_tiles, needs_corpus

HEADER = "metric_name,metric_type,interval,unit_name,per_unit_name,description,orientation,integration,short_name,curated_metric"


def rows(text: str, prefix: str = "") -> list[dict[str, object]]:
    return [row.model_dump(exclude_defaults=True) for row in read_table(text, prefix).rows]


def told(reading: Reading) -> list[tuple[int, int, str]]:
    return [(*reading.place(fault), fault.message) for fault in reading.faults]


@pytest.mark.parametrize("delimiter", ["\t", ",", ";"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    "header", ["metric_name|metric_type|description", "Metric Name|TYPE|help", "metric-name|type|Description"]
)
def test_a_table_is_read_whatever_program_wrote_it(delimiter: str, newline: str, mark: str, header: str) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=newline)
    writer.writerows([header.split("|"), ["acme.a", "count", 'Says "a, b; c".'], [], ["acme.b", "gauge", ""]])
    reading = read_text(mark + stream.getvalue())
    assert [row.model_dump(exclude_defaults=True) for row in reading.rows] == [
        {"metric_name": "acme.a", "metric_type": "count", "description": 'Says "a, b; c".'},
        {"metric_name": "acme.b", "metric_type": "gauge"},
    ]
    assert reading.faults == () and reading.guesses == ()
    assert [each.line for each in reading.imported] == [2, 4]


def test_columns_are_found_in_any_order_and_others_are_passed_over() -> None:
    text = "owner\tdescription\tUnit\tname\nme\tIt.\tbyte\tacme.a\n"
    assert rows(text) == [{"metric_name": "acme.a", "unit_name": "byte", "description": "It."}]


def test_without_a_header_columns_are_told_by_what_they_hold_and_it_is_said() -> None:
    reading = read_table("acme.a\tThe number of a.\tgauge\tbyte\nacme.b\tThe number of b.\tcount\tsecond\n")
    assert [row.description for row in reading.rows] == ["The number of a.", "The number of b."]
    assert [row.unit_name for row in reading.rows] == ["byte", "second"]
    assert {guess.field: guess.value for guess in reading.guesses} == {
        "metric_name": "column 1", "metric_type": "column 3", "unit_name": "column 4", "description": "column 2",
    }  # fmt: skip
    assert all("no header" in guess.why for guess in reading.guesses)


def test_rows_of_metadata_without_its_header_are_in_its_order() -> None:
    (row,) = rows("acme.a,count,10,byte,second,It.,-1,acme,a,\n")
    assert row == {
        "metric_name": "acme.a", "metric_type": "count", "interval": 10, "unit_name": "byte", "per_unit_name": "second",
        "description": "It.", "orientation": -1, "integration": "acme", "short_name": "a",
    }  # fmt: skip


def test_a_list_of_names_is_a_table_too() -> None:
    assert rows("requests\nerrors\n", "acme.") == [{"metric_name": "acme.requests"}, {"metric_name": "acme.errors"}]


@pytest.mark.parametrize(
    ("column", "written", "meant"),
    [
        ("metric_type", "Count", "count"),
        ("metric_type", "counter", "count"),
        ("unit_name", "Requests", "request"),
        ("unit_name", "Degree Celsius", "degree celsius"),
        ("per_unit_name", "seconds", "second"),
    ],
)
def test_what_is_meant_is_understood_and_said(column: str, written: str, meant: str) -> None:
    reading = read_table(f"metric_name,{column}\nacme.a,{written}\n")
    (each,) = reading.imported
    assert getattr(each.row, column) == meant and reading.faults == ()
    assert [(guess.field, guess.value, guess.why) for guess in each.guesses] == [(column, meant, f"it says {written}")]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("metric_type", "wheel"),
        ("unit_name", "bananas"),
        ("per_unit_name", "bananas"),
        ("interval", "often"),
        ("orientation", "up"),
        ("description", "x" * 401),
        ("description", "a | b"),
        ("description", "naïve"),
    ],
)
def test_a_wrong_value_is_kept_as_it_is_and_told_by_line_and_column(column: str, value: str) -> None:
    reading = read_table(f"short_name,metric_name,{column}\nfirst,acme.a,\nn,acme.b,{value}\n")
    assert [getattr(row, column) for row in reading.rows][1] == value
    ((line, place, message),) = told(reading)
    assert (line, place) == (3, len("n,acme.b,") + 1) and message.startswith(f"{column}: ")


def test_a_wrong_name_is_kept_and_told() -> None:
    reading = read_table("metric_name\nacme.a-b\n")
    assert [row.metric_name for row in reading.rows] == ["acme.a-b"]
    assert "acme.a_b" in reading.faults[0].hint


@pytest.mark.parametrize(
    ("text", "kept", "faults"),
    [
        ("metric_name,type\n,count\nacme.a,count\n", 1, [2]),
        ("metric_name,type\nacme.a,count\nacme.a,gauge\n", 1, [3]),
        ("metric_name,type\nacme.a,count,more,and more\n", 1, [2]),
        ('metric_name,type\n"acme.a,count\nacme.b,gauge\nacme.c,gauge\n', 3, [2, 2]),
        ("type,unit\ncount,byte\n", 0, [1]),
        ("", 0, [1]),
        ("metric_name\n" + "x" * 140_000 + "\nacme.b\n", 1, [2]),
    ],
)
def test_a_row_that_is_wrong_is_told_and_the_rest_is_read(text: str, kept: int, faults: list[int]) -> None:
    reading = read_table(text)
    assert len(reading.rows) == kept
    assert [line for line, *_ in told(reading)] == faults


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# TYPE a gauge\na 1\n", "Prometheus text"),
        ('a 1\nb{x="y"} 2.5e3\n', "Prometheus text"),
        ("# TYPE a gauge\na 1\n# EOF\n", "OpenMetrics"),
        ("metric_name,metric_type\nacme.a,count\n", "a table with commas"),
        ("acme.a\tcount\n", "a table with tabs"),
        ("<!doctype html><p>Not found", "a web page"),
        ('{"error": "no"}', "JSON"),
        (" \n\n", "nothing"),
    ],
)
def test_the_kind_of_a_text_is_told_by_its_looks(text: str, kind: str) -> None:
    reading = read_text(text)
    assert reading.kind == kind
    assert bool(reading.rows) != bool(reading.faults)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_of_spreadsheets_are_decoded(coding: str) -> None:
    assert decoded("name\tdescription\nacme.a\tnaïve\n".encode(coding)).endswith("naïve\n")


@given(st.binary())
def test_no_bytes_are_too_broken_to_decode_and_read(data: bytes) -> None:
    read_text(decoded(data), "acme.")


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=12)
NAMES = st.from_regex(r"acme\.[a-z0-9]{1,8}", fullmatch=True)


@pytest.mark.slow
@given(st.dictionaries(NAMES, st.fixed_dictionaries(dict.fromkeys(COLUMNS[1:], CELLS))))
def test_every_row_of_a_metadata_file_comes_back(metrics: dict[str, dict[str, str]]) -> None:
    records = [{"metric_name": name, **cells} for name, cells in metrics.items()]
    reading = read_table(CsvDocument.new(COLUMNS, records).text)
    assert [row.metric_name for row in reading.rows] == list(metrics)
    for row, record in zip(reading.rows, records, strict=True):
        assert row.short_name == record["short_name"].strip() and row.integration == record["integration"].strip()


PIECES = st.sampled_from(
    ["metric_name", "type", "acme.a", "count", ",", ";", "\t", "\n", "\r\n", "\r", '"', '""', " ", "\x00", "é"]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text())
def test_no_table_is_too_broken_to_read(text: str) -> None:
    reading = read_table(text, "acme.")
    names = [row.metric_name for row in reading.rows]
    assert all(names) and len(names) == len(set(names))
    assert all(0 <= fault.offset <= len(reading.text) for fault in reading.faults)


@needs_corpus
def test_published_metadata_is_read_row_by_row_without_a_guess() -> None:
    for tile in corpus_tiles():
        path = tile / "metadata.csv"
        if path.is_file() and (text := path.read_text("utf-8")).count("\n") > 1:
            document = CsvDocument.parse(text)
            names = {record["metric_name"].strip() for record in document.rows}
            reading = read_text(text)
            assert {row.metric_name for row in reading.rows} == names - {""}, tile.name
            assert reading.guesses == (), tile.name


def test_a_path_that_is_no_file_is_refused_in_words(tmp_path: object) -> None:
    for path, words in (
        (f"{tmp_path}", "is a folder"),
        (f"{tmp_path}/none", "does not exist"),
        ("/dev/zero", "is no file"),
    ):
        with pytest.raises(TilewizardError, match=words):
            load(path)
