"""A tile that was split into kit and package and made whole again: every answer and every file is there, each byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tilewizard.authoring.author import answers_of
from tilewizard.checking.check import check
from tilewizard.cli import cli
from tilewizard.errors import TilewizardError
from tilewizard.publishing.kit import kit_of
from tilewizard.publishing.kit_pages import files_of_kit
from tilewizard.publishing.rejoin import CONTENTS, Rejoined, rejoined
from tilewizard.tile.tile import MANIFEST, Tile, read

from tests.conftest import corpus_tiles, needs_corpus
from tests.publishing.test_kit import agent_tile
from tests.rules.clean_tile import clean_tile

OAUTH = "assets/oauth_clients.json"


def bytes_of(tile: Tile) -> dict[str, bytes]:
    return {path: file.data for path in tile.paths if (file := tile.file(path)) is not None}


def split(tile: Tile) -> dict[str, bytes]:
    return files_of_kit(kit_of(tile, check(tile)), tile)


def told(tile: Tile) -> str:
    """All answers of a tile, paths in it relative to it."""
    return json.dumps(answers_of(tile).model_dump(mode="json"), sort_keys=True).replace(f"{tile.root}/", "")


def ran(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["rejoin", *map(str, arguments)], standalone_mode=False)


def laid(folder: Path, files: dict[str, bytes]) -> Path:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.mark.parametrize("tile", [agent_tile(), clean_tile()], ids=["with a package", "without"])
def test_a_split_tile_comes_back_with_every_byte(tile: Tile) -> None:
    assert rejoined(split(tile)) == Rejoined(tile.name, bytes_of(tile), ())


@needs_corpus
@pytest.mark.slow
def test_every_published_tile_comes_back_whole_and_by_agent_from_both_parts(tmp_path: Path) -> None:
    by_agent = 0
    for path in corpus_tiles():
        tile = read(path)
        kit = kit_of(tile, check(tile))
        files, package = files_of_kit(kit, tile), f"package/{tile.name}/"
        if kit.package:
            by_agent += 1
            in_repository = {
                place.removeprefix(package): data for place, data in files.items() if place.startswith(package)
            }
            assert MANIFEST not in in_repository and not any(
                each.startswith("assets/dashboards/") for each in in_repository
            )
            elsewhere = {place: data for place, data in files.items() if not place.startswith(package)}
            back = rejoined(elsewhere, in_repository)
        else:
            back = rejoined(files)
        assert (back.name, back.lacking) == (tile.name, ()), path.name
        assert back.files == bytes_of(tile), path.name
        whole = read(laid(tmp_path / tile.name, dict(back.files)))
        assert told(whole) == told(tile), path.name
    assert by_agent >= 20


def test_what_was_changed_since_counts_wherever_it_was(tmp_path: Path) -> None:
    tile = agent_tile()
    files = split(tile)
    upload = next(place for place in files if place.startswith("files/") and place.endswith("metadata.csv"))
    row = files[upload] + b"acme_widget.more,gauge,,,,More.,0,acme_widget,more,\n"
    assert rejoined(files | {upload: row}).files["metadata.csv"] == row
    own = {path: data for path, data in bytes_of(tile).items() if f"package/{tile.name}/{path}" in files}
    assert rejoined(files, own | {"metadata.csv": row}).files["metadata.csv"] == row
    assert rejoined(files | {upload: row}, own | {"metadata.csv": row}).files["metadata.csv"] == row
    assert rejoined(files, own | {"tests/more.py": b"x = 1\n"}).files["tests/more.py"] == b"x = 1\n"
    with pytest.raises(TilewizardError, match="each in its own way"):
        rejoined(files | {upload: row}, own | {"metadata.csv": row + row})


def test_a_client_that_may_hold_a_secret_is_not_taken_and_that_is_said(tmp_path: Path) -> None:
    clients = json.loads(bytes_of(clean_tile())[OAUTH])
    next(iter(clients.values()))["client_secret"] = "never-to-be-seen"
    files = split(clean_tile().with_text(OAUTH, json.dumps(clients)))
    assert not any(b"never-to-be-seen" in data for data in files.values())
    done = ran(laid(tmp_path / "kit", files), "--into", tmp_path / "back")
    assert done.return_value == 1 and f"✗ {OAUTH} is not in the export" in done.stderr


def test_the_command_writes_a_tile_of_its_name_and_replaces_nothing(tmp_path: Path) -> None:
    tile = agent_tile()
    kit = laid(tmp_path / "kit", split(tile))
    done = ran(kit, "--package", kit / "package" / tile.name, "--into", tmp_path / "back")
    assert done.return_value == 0, done
    assert bytes_of(read(tmp_path / "back" / tile.name)) == bytes_of(tile)
    again = ran(kit, "--into", tmp_path / "back")
    assert isinstance(again.exception, TilewizardError) and "is there already" in str(again.exception)


@pytest.mark.parametrize("content", [
    "", "[]", "{}", '{"files": [1], "in_fields": [], "left": [], "tile": "a"}',
    '{"files": [{"path": "x", "of": "../../x", "sha256": ""}], "in_fields": [], "left": [], "tile": "a"}',
    '{"files": [], "in_fields": [], "left": [], "tile": ".."}', '{"files": [], "in_fields": [], "left": [], "tile": "a/b"}',
    '{"files": [], "in_fields": 1, "left": [], "tile": "a"}', "[" * 100_000,
])  # fmt: skip
def test_a_list_that_is_none_or_leads_elsewhere_is_refused(content: str, tmp_path: Path) -> None:
    done = ran(laid(tmp_path / "kit", {CONTENTS: content.encode(), "x": b""}), "--into", tmp_path / "back")
    assert isinstance(done.exception, TilewizardError) and not (tmp_path / "back").exists()
