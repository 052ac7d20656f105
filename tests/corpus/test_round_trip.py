"""Published tiles: read, kept to the byte, edited one value at a time, written again elsewhere."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tilewizard.answers.model import Answers
from tilewizard.answers.paths import Path as AnswerPath
from tilewizard.answers.paths import value_at
from tilewizard.answers.yaml_text import dumps, loads
from tilewizard.authoring.author import Author, answers_of, author
from tilewizard.session.export import exported_answers
from tilewizard.session.session import Session
from tilewizard.tile.tile import Tile

from tests.conftest import corpus_tiles, needs_corpus, published
from tests.rows import rows

pytestmark = needs_corpus
TILES = rows("path", corpus_tiles(), lambda path: path.name)


@pytest.mark.slow
@TILES
def test_a_tile_that_is_not_edited_keeps_every_byte(path: Path) -> None:
    tile = published(path)
    answers = answers_of(tile)
    assert Author(tile, answers).tile(answers) is tile
    assert Session(tile=tile).plan().is_empty


def edits(answers: Answers) -> list[tuple[AnswerPath, Any]]:
    found: list[tuple[AnswerPath, Any]] = [
        (("listing", "title"), "Another title"),
        (("listing", "description"), "Another “line”"),
        (("author", "support_email"), "other@acme.example"),
    ]
    if answers.readme:
        found.append((("readme", next(iter(answers.readme))), "Another text.\n\n1. With a list."))
    if answers.metrics.rows:
        found.append((("metrics", "rows", len(answers.metrics.rows) - 1, "description"), "Another, description."))
    if answers.media:
        found.append((("media", 0, "caption"), "Another caption"))
    if answers.changelog:
        found.append((("changelog", 0, "version"), "9.9.9"))
    if answers.service_checks:
        found.append((("service_checks", 0, "description"), "Another state."))
    return found


@pytest.mark.slow
@TILES
def test_one_edit_is_one_hunk_of_one_file_and_reads_back(path: Path) -> None:
    tile = published(path)
    for at, value in edits(answers_of(tile)):
        session = Session(tile=tile)
        session.set(at, value)
        changes = session.plan()
        assert [change.hunks for change in changes.changed] == [1], (at, changes.diff())
        assert value_at(answers_of(session.tile()), at) == value


@TILES
def test_lists_grow_and_shrink_without_touching_the_rest(path: Path) -> None:
    tile = published(path)
    session = Session(tile=tile)
    categories = session.answers.listing.categories
    session.set(("listing", "categories"), [*categories, "Metrics"] if "Metrics" not in categories else categories[:-1])
    changes = session.plan()
    assert [change.path for change in changes.changed] == ["manifest.json"]
    lines = [line for line in changes.diff().splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert 0 < len(lines) <= 5, lines


def _content(tile: Tile) -> dict[str, Any]:
    """What a tile says, leaving the bytes aside where files are data."""
    found: dict[str, Any] = {}
    for each in tile.paths:
        file = tile.file(each)
        assert file is not None
        if each.endswith(".json"):
            found[each] = json.loads(file.data.decode("utf-8-sig"))
        else:
            found[each] = file.data
    return found


@pytest.mark.slow
@TILES
def test_an_exported_tile_is_written_elsewhere_with_the_same_content(path: Path) -> None:
    tile = published(path)
    text = dumps(exported_answers(tile), comments=True)
    again = author(loads(text, folder=path))
    assert _content(again) == _content(tile)


def test_ten_tiles_edited_and_saved_on_the_disk_differ_in_one_hunk_each(tmp_path: Path) -> None:
    for path in corpus_tiles()[::13]:
        copy = tmp_path / path.name
        shutil.copytree(path, copy)
        for each in copy.rglob("*"):
            each.chmod(0o755 if each.is_dir() else 0o644)
        before = {each: each.read_bytes() for each in copy.rglob("*") if each.is_file()}
        session = Session.open(copy)
        session.set(("listing", "title"), "Another title")
        _, written = session.write()
        assert written == ["manifest.json"]
        changed = [each for each, data in before.items() if each.read_bytes() != data]
        assert changed == [copy / "manifest.json"]
        assert Session.open(copy).answers.listing.title == "Another title"
