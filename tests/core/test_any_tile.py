"""Whatever a directory holds, it opens: nothing raises, nothing changes by itself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tilewizard.authoring.author import Author, answers_of
from tilewizard.checking.check import check
from tilewizard.field.vocabulary import Target
from tilewizard.tile.tile import Tile, TileFile

from tests.rules.clean_tile import clean_files

FILES = sorted(clean_files(Target.MARKETPLACE))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


def tile_with(path: str, data: bytes) -> Tile:
    files = {each: TileFile(each, content) for each, content in clean_files(Target.MARKETPLACE).items()}
    return Tile({**files, path: TileFile(path, data)}, name="acme_corp_acme_widget")


@pytest.mark.slow
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FILES), st.binary(max_size=80))
def test_any_bytes_in_any_file_are_read_checked_and_kept(path: str, data: bytes) -> None:
    tile = tile_with(path, data)
    answers = answers_of(tile)
    assert Author(tile, answers).tile(answers) is tile
    assert isinstance(check(tile), list)


def _pointers(value: Any, prefix: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [prefix] if prefix else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        found += _pointers(each, (*prefix, key))
    return found


@pytest.mark.slow
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([path for path in FILES if path.endswith(".json")]), JSON, st.data())
def test_any_value_anywhere_in_a_json_file_is_read_checked_and_kept(path: str, value: Any, data: st.DataObject) -> None:
    content = json.loads(clean_files(Target.MARKETPLACE)[path])
    *way, last = data.draw(st.sampled_from(_pointers(content)))
    holder = content
    for key in way:
        holder = holder[key]
    holder[last] = value
    tile = tile_with(path, json.dumps(content).encode())
    answers = answers_of(tile)
    assert Author(tile, answers).tile(answers) is tile
    assert isinstance(check(tile), list)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 200_000,
        b'{"a":' * 50_000,
        b"1" * 100_000,
        b'"' + b"\\u0000" * 1000 + b'"',
        b"\xff" * 1000,
        b"NaN",
        b"\0" * 5000,
    ],
    ids=["deep list", "deep object", "long number", "noughts", "no UTF-8", "NaN", "NULs"],
)
@pytest.mark.parametrize(
    "path",
    [
        "manifest.json",
        "assets/service_checks.json",
        "assets/dashboards/acme_widget_overview.json",
        "README.md",
        "metadata.csv",
    ],
)
def test_hostile_files_are_reported_in_bounded_time(path: str, data: bytes) -> None:
    tile = tile_with(path, data)
    answers = answers_of(tile)
    assert Author(tile, answers).tile(answers) is tile
    assert isinstance(check(tile), list)
