"""Where things stand in a document, and what is wrong with it, case by case: each is one that a mutation left unseen."""

from __future__ import annotations

import csv

import pytest
from tilewizard.documents.changelog_document import changes_in
from tilewizard.documents.csv_document import CsvDocument
from tilewizard.documents.json_document import JsonDocument
from tilewizard.documents.line_ends import with_line_ends
from tilewizard.documents.markdown_blocks import QUOTES_MAX
from tilewizard.documents.markdown_links import BRACKETS_MAX, INLINE_MAX, entangled_at
from tilewizard.documents.positions import LineIndex
from tilewizard.documents.readme_document import READ_MAX, ReadmeDocument
from tilewizard.errors import TilewizardError

TABLE = "a,b\n1,2\n3,4\n"


def test_a_place_in_broken_json_is_that_of_the_value_or_of_its_key() -> None:
    document = JsonDocument.parse('{"a": [1, {"b": 2}],}')
    assert (document.offset("/a"), document.offset("/a", key=True)) == (6, 1)
    assert (document.offset("/a/1/b"), document.offset("/a/1/b", key=True)) == (16, 11)
    assert document.offset("/b") is document.offset("/a/2") is document.span("/a/1/c") is None
    assert document.span("/a/0") == (7, 8)


def test_nothing_has_no_places() -> None:
    document = JsonDocument.parse("")
    assert document.offset("") is document.offset("/a") is document.span("") is document.span("/a") is None


def test_a_digit_that_is_no_ascii_picks_nothing_from_a_list() -> None:
    document = JsonDocument.parse('{"l": [1, 2, 3]}')
    assert document.get("/l/1") == 2
    assert document.get("/l/²", "none") == document.get("/l/३", "none") == "none"
    assert document.offset("/l/²") is None


@pytest.mark.parametrize(
    ("text", "words", "offset"),
    [
        ('{"a": "\\q"}', "a backslash that starts no escape", 7),
        ('{"a": "x\ny"}', "a line break or control character", 8),
        ('{"a": "x', "a text without its closing quote", 6),
        ('{"a": [1, 2', "the [ of line 1 is open", 11),
        ('{"a": ' + "1" * 5000 + "}", "", 6),
    ],
)
def test_a_fault_of_json_is_told_in_words_and_at_its_place(text: str, words: str, offset: int) -> None:
    fault = JsonDocument.parse(text).faults[0]
    assert words in fault.message and fault.offset == offset


def test_of_numbers_that_json_does_not_know_the_first_is_told() -> None:
    (fault,) = JsonDocument.parse('{"a": NaN, "b": [Infinity, -Infinity]}').faults
    assert (fault.kind, fault.offset) == ("constant", 6)


def test_lines_and_columns_begin_at_one() -> None:
    place = LineIndex("ab\ncd\n")
    assert [place(at) for at in (-1, 0, 2, 3, 5, 6)] == [(1, 1), (1, 1), (1, 3), (2, 1), (2, 3), (3, 1)]


def test_rows_before_and_between_others_leave_them_their_bytes() -> None:
    document = CsvDocument.parse('a,b\n"1",2\n"1",3\n"1",2\n')
    records = list(document.rows)
    new = {"a": "0", "b": "0"}
    assert document.with_rows([new, *records]).text == 'a,b\n0,0\n"1",2\n"1",3\n"1",2\n'
    assert document.with_rows([records[0], new, *records[1:]]).text == 'a,b\n"1",2\n0,0\n"1",3\n"1",2\n'
    assert document.with_rows(records[1:]).text == 'a,b\n"1",3\n"1",2\n'
    assert document.with_rows([*records[:2], new]).text == 'a,b\n"1",2\n"1",3\n"0",0\n'


def test_a_column_can_come_first() -> None:
    assert CsvDocument.parse(TABLE).with_column("n", after=None, default="x").text == "n,a,b\nx,1,2\nx,3,4\n"
    assert CsvDocument.parse(TABLE).with_column("n", after="a", default="x").text == "a,n,b\n1,x,2\n3,x,4\n"


def test_a_cell_without_end_is_told_of_at_its_line() -> None:
    text = TABLE + "x" * (csv.field_size_limit() + 1) + ",1\n"
    (fault,) = CsvDocument.parse(text).faults
    assert (fault.kind, fault.offset) == ("cell", len(TABLE))


@pytest.mark.parametrize(
    ("before", "shown", "after"),
    [
        ("a\nb\r\nc\r\n", "x\na\nb\nc\n", "x\r\na\nb\r\nc\r\n"),
        ("a\nb\r\nc\r\n", "b\nc\n", "b\r\nc\r\n"),
        ("a\nb\r\nc\r\n", "a\nc\n", "a\nc\r\n"),
    ],
)
def test_lines_behind_the_edited_ones_keep_their_ends(before: str, shown: str, after: str) -> None:
    assert with_line_ends(before, shown) == after


def test_the_kind_of_a_change_has_no_blanks_at_its_ends() -> None:
    assert changes_in("### Added \n\n* One\n  more\n") == (("Added", ("One\nmore",)),)


def test_code_and_links_of_a_readme_stand_where_they_stand() -> None:
    readme = ReadmeDocument.parse("```a\nb\n```\n\nSee <https://a.example> there.\n")
    assert readme.code.ranges == ((0, 11),)
    assert [(link.url, readme.text[link.start : link.end]) for link in readme.links] == [
        ("https://a.example", "<https://a.example>")
    ]


@pytest.mark.parametrize(
    ("target", "url"), [('<a b> "T"', "a b"), ("<a>", "a"), ("a 'T'", "a"), ("a", "a"), ("  a\n  (T)", "a")]
)
def test_the_address_of_a_definition_is_as_typed(target: str, url: str) -> None:
    assert [each.url for each in ReadmeDocument.parse(f"[1]: {target}\n").definitions] == [url]


def test_a_comment_shows_nothing() -> None:
    readme = ReadmeDocument.parse("# A\n\n<!-- x -->\n\n[1]: https://a.example\n")
    assert readme.rendered.shows_nothing(4, len(readme.text))
    assert not readme.rendered.shows_nothing(0, len(readme.text))


def test_a_readme_that_is_too_long_is_told_of_at_its_start() -> None:
    (fault,) = ReadmeDocument.parse("x" * (READ_MAX + 1)).faults
    assert (fault.kind, fault.offset) == ("size", 0)


@pytest.mark.parametrize("before", ["", "# A\n\nWords.\n\n"])
def test_a_readme_that_is_nested_too_deeply_is_told_of_at_its_start(before: str) -> None:
    assert ReadmeDocument.parse(before + "> " * (QUOTES_MAX - 1)).faults == ()
    (fault,) = ReadmeDocument.parse(before + "> " * QUOTES_MAX).faults
    assert (fault.kind, fault.offset) == ("complexity", 0)


def test_brackets_are_counted_by_the_paragraph() -> None:
    few, many = "[a] " * (BRACKETS_MAX // 2) + "\n\n", "[a] " * (BRACKETS_MAX + 1)
    assert entangled_at(few * 3) is None
    assert entangled_at(few.replace("\n\n", "\n") * 3) is not None
    assert entangled_at(few + many) == len(few)
    assert entangled_at("a\n\n" * INLINE_MAX) is None


@pytest.mark.parametrize("pointer", ["/a/0", "/b", ""])
def test_a_broken_document_is_not_edited(pointer: str) -> None:
    with pytest.raises(TilewizardError):
        JsonDocument.parse('{"a": [1,]').with_value(pointer, 2)
