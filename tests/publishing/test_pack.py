"""A tile as one zip: all of it is there, by its hash, and always the same."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tilewizard.cli import cli
from tilewizard.errors import TilewizardError
from tilewizard.tile.tile import Tile, read

from tests.rules.clean_tile import clean_tile


def laid(folder: Path, tile: Tile | None = None) -> Path:
    """A tile on the disk."""
    made = tile or clean_tile()
    for path in made.paths:
        place = folder / made.name / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(made.file(path).data)  # type: ignore[union-attr]
    return folder / made.name


def ran(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["pack", *map(str, arguments)], standalone_mode=False)


def with_an_error() -> Tile:
    return clean_tile().with_text("manifest.json", clean_tile().manifest.with_value("/tile/title", "x" * 60).text)


def test_a_pack_holds_the_tile_its_page_its_report_and_the_hash_of_each(tmp_path: Path) -> None:
    tile = laid(tmp_path)
    assert ran(tile, "--output", tmp_path / "a.zip").return_value == 0
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert {path: held[f"{tile.name}/{path}"] for path in read(tile).paths} == {
        path: (tile / path).read_bytes() for path in read(tile).paths
    }
    rest = {name for name in held if not name.startswith(f"{tile.name}/")}
    assert rest == {"preview.html", "check.json", "check.txt", "contents.json", "SHA256SUMS"}
    assert b"Acme Widget" in held["preview.html"]
    assert json.loads(held["check.json"])["tiles"][0]["path"] == tile.name
    listed = json.loads(held["contents.json"])
    assert (listed["app_id"], listed["errors"]) == ("acme-corp-acme-widget", 0)
    assert {each["path"]: each["sha256"] for each in listed["files"]} == {
        name: hashlib.sha256(data).hexdigest() for name, data in held.items() if name not in ("contents.json", "SHA256SUMS")
    }  # fmt: skip
    sums = dict(reversed(line.split("  ", 1)) for line in held["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in held.items() if name != "SHA256SUMS"}


def test_the_same_tile_gives_the_same_bytes_wherever_and_whenever_it_lies(tmp_path: Path) -> None:
    first, second = laid(tmp_path / "a"), laid(tmp_path / "b")
    for path in second.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    (second / "manifest.json").chmod(0o755)
    for place, tile in (("1", first), ("2", first), ("3", second)):
        ran(tile, "--output", tmp_path / place)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes() == (tmp_path / "3").read_bytes()


def test_a_program_can_still_be_started(tmp_path: Path) -> None:
    tile = laid(tmp_path)
    for name, text in (("send.sh", "#!/bin/sh\n"), ("idle.sh", "#!/bin/sh\n"), ("notes.txt", "Notes\n")):
        (tile / name).write_text(text)
        (tile / name).chmod(0o644 if name == "idle.sh" else 0o771)
    ran(tile, "--output", tmp_path / "a.zip", "--as-draft")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        modes = {each.filename: each.external_attr >> 16 for each in archive.infolist()}
        listed = {each["path"]: each["mode"] for each in json.loads(archive.read("contents.json"))["files"]}
    assert {name for name, mode in modes.items() if mode != 0o100644} == {f"{tile.name}/send.sh"}
    assert modes[f"{tile.name}/send.sh"] == 0o100755
    assert {name: f"{modes[name]:o}" for name in listed} == listed


def test_what_an_agent_package_asks_for_is_listed(tmp_path: Path) -> None:
    tile = laid(tmp_path)
    (tile / "datadog_checks" / "widget").mkdir(parents=True)
    (tile / "datadog_checks" / "widget" / "__about__.py").write_text('__version__ = "1.2.0"\n')
    project = '[project]\nname = "datadog-widget"\nrequires-python = ">=3.12"\ndependencies = ["b>=2", "a==1"]\n'
    (tile / "pyproject.toml").write_text(f'{project}[project.optional-dependencies]\ndeps = ["c", "a==1"]\n')
    for text in (None, "[project", "project = 1"):
        if text:
            (tile / "pyproject.toml").write_text(text)
        ran(tile, "--output", tmp_path / "a.zip", "--as-draft")
        with zipfile.ZipFile(tmp_path / "a.zip") as archive:
            package = json.loads(archive.read("contents.json")).get("package")
        wanted = {"name": "datadog-widget", "version": "1.2.0", "python": ">=3.12", "requires": ["a==1", "b>=2", "c"]}
        assert package == (None if text else wanted)


def test_another_byte_gives_another_pack(tmp_path: Path) -> None:
    tile = laid(tmp_path)
    ran(tile, "--output", tmp_path / "1")
    (tile / "README.md").write_text((tile / "README.md").read_text() + "\n")
    ran(tile, "--output", tmp_path / "2")
    assert (tmp_path / "1").read_bytes() != (tmp_path / "2").read_bytes()


def test_a_tile_with_errors_is_packed_as_a_draft_only(tmp_path: Path) -> None:
    tile, pack = laid(tmp_path, with_an_error()), tmp_path / "a.zip"
    refused = ran(tile, "--output", pack)
    assert refused.return_value == 1 and "an error" in refused.stderr and not pack.exists()
    assert ran(tile, "--output", pack, "--as-draft").return_value == 0
    with zipfile.ZipFile(pack) as archive:
        assert json.loads(archive.read("contents.json"))["errors"] == 1
        assert b"error" in archive.read("check.txt")


def test_an_exception_of_the_checkout_lets_a_tile_be_packed(tmp_path: Path) -> None:
    tile = laid(tmp_path, with_an_error())
    rules = {each["rule"] for each in _findings(tile, tmp_path) if each["severity"] == "error"}
    allowed = "".join(f'[[allow]]\nrule = "{rule}"\nreason = "agreed with Datadog"\n' for rule in rules)
    (tmp_path / "tilewizard.toml").write_text(allowed)
    assert ran(tile, "--output", tmp_path / "a.zip").return_value == 0


def _findings(tile: Path, folder: Path) -> list[dict[str, str]]:
    ran(tile, "--output", folder / "draft.zip", "--as-draft")
    with zipfile.ZipFile(folder / "draft.zip") as archive:
        found: list[dict[str, str]] = json.loads(archive.read("check.json"))["tiles"][0]["findings"]
    return found


def test_by_default_the_pack_lies_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tile = laid(tmp_path / "checkout")
    monkeypatch.chdir(tmp_path)
    assert ran(tile).return_value == 0
    assert (tmp_path / f"{tile.name}.zip").is_file()


def test_a_pack_within_its_own_tile_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(laid(tmp_path))
    done = ran(".")
    assert isinstance(done.exception, TilewizardError) and "part of the tile itself" in str(done.exception)


def test_a_link_is_named_and_not_followed(tmp_path: Path) -> None:
    tile = laid(tmp_path)
    (tile / "images" / "link.png").symlink_to("/etc/passwd")
    done = ran(tile, "--output", tmp_path / "a.zip", "--as-draft")
    assert isinstance(done.exception, TilewizardError) and "images/link.png" in done.exception.render()
    assert not (tmp_path / "a.zip").exists()


def test_a_tile_without_end_is_not_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tilewizard.publishing.pack.PACK_MAX", 1_000)
    done = ran(laid(tmp_path), "--output", tmp_path / "a.zip")
    assert isinstance(done.exception, TilewizardError) and "past 1,000 bytes" in str(done.exception)
