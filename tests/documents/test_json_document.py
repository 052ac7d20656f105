"""JSON that keeps its bytes."""

from __future__ import annotations

import difflib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tilewizard.documents.json_document import JsonDocument, alike
from tilewizard.errors import TilewizardError

from tests.conftest import CORPUS, corpus_tiles, needs_corpus


def put(text: str, pointer: str, value: Any, order: tuple[str, ...] = ()) -> str:
    return JsonDocument.parse(text).with_value(pointer, value, key_order=order).text


@pytest.mark.parametrize(
    ("before", "pointer", "value", "after"),
    [
        ('{"a": 1}', "/a", 2, '{"a": 2}'),
        ('{ "a" :1 }\n', "/a", "x", '{ "a" :"x" }\n'),
        ('{"a": 1}', "/b", 2, '{"a": 1, "b": 2}'),
        ("{}", "/a", 1, '{"a": 1}'),
        ('{\n  "a": 1\n}\n', "/b", [], '{\n  "a": 1,\n  "b": []\n}\n'),
        ('{\n\t"a": 1\n}', "/b", {"c": 1}, '{\n\t"a": 1,\n\t"b": {\n\t\t"c": 1\n\t}\n}'),
        ('{\r\n    "a": 1\r\n}\r\n', "/b", 2, '{\r\n    "a": 1,\r\n    "b": 2\r\n}\r\n'),
        ('{\n  "a": {}\n}', "/a/b", 1, '{\n  "a": {\n    "b": 1\n  }\n}'),
        ('{\n  "a": 1\n}', "/b/c", 1, '{\n  "a": 1,\n  "b": {\n    "c": 1\n  }\n}'),
        ('{"l": [1, 2, 3]}', "/l", [1, 3], '{"l": [1, 3]}'),
        ('{"l": [1, 3]}', "/l", [1, 2, 3], '{"l": [1, 2, 3]}'),
        (
            '{\n  "l": [\n    "a",\n    "c"\n  ]\n}',
            "/l",
            ["a", "b", "c"],
            '{\n  "l": [\n    "a",\n    "b",\n    "c"\n  ]\n}',
        ),
        ('{\n  "l": [\n    "b"\n  ]\n}', "/l", ["a", "b"], '{\n  "l": [\n    "a",\n    "b"\n  ]\n}'),
        ('{"l": [1]}', "/l/-", 2, '{"l": [1, 2]}'),
        ('{"a": "\\u00e9"}', "/b", "ü", '{"a": "\\u00e9", "b": "\\u00fc"}'),
        ('{"a": "é"}', "/b", "ü", '{"a": "é", "b": "ü"}'),
        ('{"a": 1.0}', "/a", 1.0, '{"a": 1.0}'),
        ('{"a": 1}', "/a", True, '{"a": true}'),
        ('{"a~b/c": 1}', "/a~0b~1c", 2, '{"a~b/c": 2}'),
        ('{"x": [{"a": 1, "b": 2}]}', "/x", [{"a": 1, "b": 3}], '{"x": [{"a": 1, "b": 3}]}'),
    ],
)
def test_an_edit_changes_the_value_and_nothing_else(before: str, pointer: str, value: Any, after: str) -> None:
    assert put(before, pointer, value) == after


def test_a_key_goes_where_its_order_says() -> None:
    text = '{\n  "author": 1,\n  "assets": 2\n}'
    added = put(text, "/legal_terms", 3, ("author", "legal_terms", "assets"))
    assert list(json.loads(added)) == ["author", "legal_terms", "assets"]
    assert list(json.loads(put(text, "/tile", 0, ("tile", "author")))) == ["tile", "author", "assets"]


@pytest.mark.parametrize(
    ("before", "pointer", "after"),
    [
        ('{"a": 1, "b": 2}', "/a", '{"b": 2}'),
        ('{"a": 1, "b": 2}', "/b", '{"a": 1}'),
        ('{\n  "a": 1,\n  "b": 2\n}\n', "/b", '{\n  "a": 1\n}\n'),
        ('{\n  "a": 1\n}', "/a", "{}"),
        ("[1, 2]", "/0", "[2]"),
        ('{"a": 1}', "/z", '{"a": 1}'),
    ],
)
def test_a_member_goes_with_its_comma(before: str, pointer: str, after: str) -> None:
    assert JsonDocument.parse(before).without(pointer).text == after


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('{"a": 1,}', 1, "comma before the closing }"),
        ('{\n  "a": 1\n  "b": 2\n}', 2, "lacks a comma"),
        ("{'a': 1}", 1, "single quotes"),
        ('{"a": 1} x', 1, "goes on after"),
        ('{"a": [1, 2', 1, "the [ of line 1 is open"),
        ('{"a": True}', 1, "bare word True"),
        ('{\n  // no\n  "a": 1}', 2, "comment"),
        ("", 1, "is empty"),
        ("[" * 100_000, 1, "nested too deeply"),
        ('{"a": NaN}', 1, "NaN"),
    ],
)
def test_a_slip_is_named_where_it_is(text: str, line: int, words: str) -> None:
    fault = JsonDocument.parse(text).faults[0]
    assert words in fault.message
    assert text.count("\n", 0, fault.offset) + 1 == line


def test_what_is_whole_in_a_broken_text_is_still_read() -> None:
    document = JsonDocument.parse('{"tile": {"title": "Acme", "media": [1, 2}, "app_id": "a"')
    assert document.broken
    assert document.get("/tile/title") == "Acme"
    with pytest.raises(TilewizardError, match="not valid JSON"):
        document.with_value("/app_id", "b")


def test_a_key_that_stands_twice_is_reported() -> None:
    faults = JsonDocument.parse('{"a": 1, "b": {"a": 2, "a": 3}}').faults
    assert [fault.kind for fault in faults] == ["duplicate-key"]


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(max_size=5), children, max_size=4),
    max_leaves=12,
)
STYLES = st.sampled_from([None, 1, 2, 4, "\t"])


def pointers(value: Any, prefix: str = "") -> list[str]:
    found = [prefix]
    if isinstance(value, dict):
        for key, each in value.items():
            found += pointers(each, f"{prefix}/{key.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for index, each in enumerate(value):
            found += pointers(each, f"{prefix}/{index}")
    return found


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(VALUES, VALUES, STYLES, st.booleans(), st.booleans(), st.data())
def test_any_edit_of_any_value_reads_back_and_leaves_the_rest(
    value: Any, new: Any, style: Any, ascii_only: bool, crlf: bool, data: st.DataObject
) -> None:
    text = json.dumps(value, indent=style, ensure_ascii=ascii_only)
    text = text.replace("\n", "\r\n") if crlf else text
    document = JsonDocument.parse(text)
    pointer = data.draw(st.sampled_from(pointers(value)))
    start, end = document.span(pointer) or (0, len(text))
    edited = document.with_value(pointer, new)
    assert alike(edited.get(pointer), new)
    assert edited.text.startswith(text[:start]) and edited.text.endswith(text[end:])
    assert alike(edited.with_value(pointer, value if pointer == "" else document.get(pointer)).value, value)


HALVES = st.text(alphabet="ab\ud83d\ude00\udc80é", max_size=4)
"""Texts with halves of characters, that JSON escapes, as ``\\ud800``."""


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(HALVES, HALVES | st.lists(HALVES, max_size=3), min_size=1, max_size=4), HALVES, st.data())
def test_half_a_character_is_read_and_what_is_edited_beside_it_leaves_it(
    value: dict[str, Any], new: str, data: st.DataObject
) -> None:
    text = json.dumps(value)
    if data.draw(st.booleans()):
        text = re.sub(r"(?<=\\u)[0-9a-f]{4}", lambda found: found[0].upper(), text)
    document = JsonDocument.parse(text)
    assert document.faults == () and alike(document.value, json.loads(text))
    pointer = data.draw(st.sampled_from([each for each in pointers(document.value) if each]))
    start, end = document.span(pointer) or (0, 0)
    edited = document.with_value(pointer, new)
    assert (edited.text[:start], edited.text[len(edited.text) - len(text) + end :]) == (text[:start], text[end:])
    assert alike(edited.get(pointer), json.loads(json.dumps(new))) and edited.text.encode()
    added = document.with_value("/added-to-it", [new])
    assert added.text.startswith(text[:-1]) and added.text.encode()


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='{}[]",:x1\\\n \ud800é', max_size=60))
def test_no_text_makes_it_crash(text: str) -> None:
    document = JsonDocument.parse(text)
    assert document.broken or document.faults or json.loads(text) is not Ellipsis
    assert 0 <= document.nearest_offset("/a/0/b") <= len(text)


@needs_corpus
def test_every_published_json_file_keeps_its_bytes() -> None:
    for path in CORPUS.rglob("*.json"):
        text = path.read_bytes().decode("utf-8-sig")
        document = JsonDocument.parse(text)
        assert not document.broken, path
        assert document.with_value("", json.loads(text)) is document


@needs_corpus
@pytest.mark.parametrize("tile", corpus_tiles(), ids=lambda path: path.name)
def test_another_title_is_one_hunk_in_a_published_manifest(tile: Path) -> None:
    document = JsonDocument.parse((tile / "manifest.json").read_bytes().decode("utf-8-sig"))
    span = document.span("/tile/title")
    assert span is not None
    edited = document.with_value("/tile/title", "Another “title”")
    assert edited.get("/tile/title") == "Another “title”"
    assert edited.text[: span[0]] == document.text[: span[0]]
    assert edited.text.endswith(document.text[span[1] :])
    diff = list(difflib.unified_diff(document.text.splitlines(), edited.text.splitlines(), n=0))
    assert sum(line.startswith("@@") for line in diff) == 1
