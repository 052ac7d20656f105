"""Directories without a manifest on purpose: what ``.ddev/config.toml`` says of them stands in for it when they are edited."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tilewizard.session.session import Session
from tilewizard.tile.tile import MANIFEST

from tests.rules.test_around import NAMED, PARTNERS, TAIL, folder

from .test_check_options import files_of
from .test_command_line import run

ROW = {"metric_name": "acme_widget.hosts", "metric_type": "gauge", "unit_name": "host", "description": "Hosts.",
       "orientation": 0, "integration": "acme_widget", "short_name": "hosts"}  # fmt: skip
EDITS = {
    "README.md": {"readme": {"Support": "Write to our support."}},
    "metadata.csv": {"metrics": {"rows": [ROW]}},
    "CHANGELOG.md": {"changelog": [{"version": "9.0.0", "date": "2026-11-01", "added": ["More."]}]},
}
OF_THE_LISTING = [
    ({"listing": {"title": "Another"}}, "listing.title"),
    ({"author": {"name": "Somebody"}}, "author.name"),
]


@pytest.fixture
def tile(tmp_path: Path) -> Path:
    return folder(tmp_path, NAMED, f"{PARTNERS}/acme_widget/  @acme\n{TAIL}")


def edited(tile: Path, answers: dict[str, object]) -> tuple[set[str], str]:
    """The files of the checkout that an edit changed, and what it told."""
    part = tile.parent.parent / "part.yaml"
    part.write_text(json.dumps(answers))
    before = files_of(tile.parent)
    done = run("edit", tile, "--answers", part, "--yes")
    assert done.returncode == 0, done.stderr
    after = files_of(tile.parent)
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    return {path.relative_to(tile.parent).as_posix() for path in changed}, done.stderr


def test_it_is_checked_by_what_the_checkout_says_of_it(tile: Path) -> None:
    done = run("check", tile)
    assert done.returncode == 0 and "0 errors, 0 warnings" in done.stdout
    (tile / "metadata.csv").write_text(
        (tile / "metadata.csv").read_text().replace("acme_widget.latency", "other.latency")
    )
    done = run("check", tile)
    assert done.returncode == 1 and "metadata/prefix" in done.stdout


@pytest.mark.parametrize("file", EDITS)
def test_an_edit_changes_the_edited_file_alone(tile: Path, file: str) -> None:
    changed, told = edited(tile, EDITS[file])
    assert changed == {f"{tile.name}/{file}"} and not (tile / MANIFEST).exists()
    assert "written nowhere" not in told


def test_an_edit_of_nothing_writes_nothing(tile: Path) -> None:
    assert edited(tile, {}) == (set(), "nothing to write\n")


@pytest.mark.parametrize(("answers", "name"), OF_THE_LISTING, ids=[name for _, name in OF_THE_LISTING])
def test_an_answer_of_the_listing_is_kept_beside_the_package(tile: Path, answers: dict[str, object], name: str) -> None:
    changed, told = edited(tile, answers)
    assert changed == {f"{tile.name}/listing/{MANIFEST}"} and not (tile / MANIFEST).exists()
    assert "written nowhere" not in told
    part, field = name.split(".")
    again = getattr(Session.open(tile).answers, part)
    assert getattr(again, field) == answers[part][field]  # type: ignore[index]


def test_an_answer_that_has_no_place_is_told_and_not_lost_in_silence(tile: Path) -> None:
    """A tile that offers no integration has no object for its name."""
    _, told = edited(tile, {"integration": {"source_type_name": "Another"}})
    assert "written nowhere: integration.source_type_name." in told
    assert Session.open(tile).answers.integration.source_type_name == "Acme Widget"


def test_a_session_has_its_answers_from_there_and_plans_no_manifest(tile: Path) -> None:
    session = Session.open(tile)
    assert session.answers.integration.source_type_name == "Acme Widget"
    assert session.answers.metrics.prefix == "acme_widget."
    assert session.plan().is_empty and session.unwritten() == []
    session.set(("readme", "Support"), "Write to our support.")
    session.set(("listing", "title"), "Another")
    _, written = session.write()
    assert sorted(written) == ["README.md", f"listing/{MANIFEST}"] and not (tile / MANIFEST).exists()
    assert session.unwritten() == []
