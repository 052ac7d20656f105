"""Whatever stands in a tile's assets, and whichever of its files is not there, no rule breaks."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from tilewizard.field.vocabulary import Target
from tilewizard.inspection.yaml_text import YamlText
from tilewizard.inspection.yaml_values import values_of
from tilewizard.rules.registry import all_rules
from tilewizard.tile.tile import MANIFEST, Tile

from tests.conftest import quick_first

from .applying import applied
from .clean_tile import clean_tile
from .test_any_input import clean_messages


def value_of(tile: Tile, path: str) -> Any:
    """What an asset's file holds; None for other files, and for the manifest, which has tests of its own."""
    file = tile.file(path)
    if file is None or path == MANIFEST or not path.endswith((".json", ".yaml", ".yml")):
        return None
    if path.endswith(".json"):
        return file.json.value
    text = YamlText(file.text)
    return None if text.fault or text.hazard else values_of(text)


def places(value: Any, trail: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a value, of a list the first two entries alone."""
    yield trail
    inside = (
        list(value.items())
        if isinstance(value, dict)
        else list(enumerate(value))[:2]
        if isinstance(value, list)
        else []
    )
    for key, each in inside:
        yield from places(each, (*trail, key))


def put(whole: Any, trail: tuple[Any, ...], new: Any) -> Any:
    """A copy of the value with another one at a place."""
    if not trail:
        return new
    made = inner = copy.deepcopy(whole)
    for key in trail[:-1]:
        inner = inner[key]
    inner[trail[-1]] = new
    return made


@pytest.mark.parametrize("new", quick_first([[None], {"": []}, 5, "", None]), ids=repr)
def test_the_wrong_kind_of_value_at_every_place_of_what_a_rule_speaks_of(new: Any) -> None:
    for rule in all_rules():
        tile = applied(rule.bad)
        whole = value_of(tile, rule.bad.file)
        for trail in places(whole) if whole is not None and not rule.checkout else ():
            list(rule.check(tile.with_text(rule.bad.file, json.dumps(put(whole, trail, new)))))


@pytest.mark.parametrize("target", list(Target))
def test_a_tile_without_one_of_its_files_is_told_of_what_it_lacks(target: Target) -> None:
    tile = clean_tile(target)
    for path in tile.paths:
        clean_messages(tile.with_files([], without=[path]))
