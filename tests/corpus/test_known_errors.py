"""The errors that published tiles get: known ones, each by a rule that names its source.

``known_errors.json`` lists them by tile. Pictures that didn't come with the tiles are stood in for, so that they hide
nothing. A tile that gets another error fails; so does one that no longer gets what is listed.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tilewizard.checking.check import check
from tilewizard.rules.findings import Severity
from tilewizard.rules.registry import rules_by_name
from tilewizard.tile.tile import Tile, TileFile
from tools.conformance import missing_pictures, named

from tests.conftest import corpus_tiles, needs_corpus, published
from tests.rows import rows
from tests.rules.clean_tile import picture

KNOWN: dict[str, list[str]] = json.loads(Path(__file__).with_name("known_errors.json").read_text("utf-8"))


def with_stand_ins(path: Path) -> Tile:
    """A published tile with a picture for each that is missing."""
    tile = published(path)
    names = sorted(missing_pictures(tile))
    return tile.with_files([TileFile(f"images/{name}", picture("stand-in")) for name in names])


@pytest.mark.slow
@needs_corpus
@rows("path", corpus_tiles(), lambda path: path.name)
def test_a_published_tile_gets_the_errors_that_are_known_and_no_others(path: Path) -> None:
    found = {finding.rule for finding in check(with_stand_ins(path)) if finding.severity == Severity.ERROR}
    assert sorted(found) == KNOWN.get(path.name, [])


@needs_corpus
def test_every_tile_that_is_listed_is_there() -> None:
    assert sorted(KNOWN.keys() - {path.name for path in corpus_tiles()}) == []


@pytest.mark.parametrize("name", sorted({name for names in KNOWN.values() for name in names}))
def test_a_known_error_is_of_a_rule_that_names_its_source(name: str) -> None:
    assert named(rules_by_name()[name])
