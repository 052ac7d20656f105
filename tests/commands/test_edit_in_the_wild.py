"""``edit``, ``answers``, ``explain`` and ``check --fix`` where what is named is no tile, is broken, or changes meanwhile."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .test_check_in_the_wild import WRONG, run
from .test_check_options import altered, checkout, files_of, git, tile, written

__all__ = ["checkout", "tile"]  # Fixtures.


@pytest.mark.parametrize("words", [["edit", "--yes"], ["edit", "--dry-run"], ["answers"]])
def test_a_folder_that_is_no_tile_is_not_made_one(checkout: Path, words: list[str]) -> None:
    before = files_of(checkout)
    done = run(*words, ".github", cwd=checkout)
    assert done.returncode == 2 and "holds no tile — " in done.stderr and done.stdout == ""
    assert files_of(checkout) == before


@pytest.mark.parametrize("words", [["edit", "--yes"], ["edit", "--dry-run"], ["answers"]])
def test_answers_never_vanish_into_a_broken_manifest(checkout: Path, tile: Path, words: list[str]) -> None:
    (tile / "manifest.json").write_text('{\n  "app_id": ')
    (checkout / "part.yaml").write_text("listing: {title: Other}")
    extra = ["--answers", "part.yaml"] if words[0] == "edit" else []
    done = run(*words, tile.name, *extra, cwd=checkout)
    assert done.returncode == 2 and f"tilewizard: {tile.name}/manifest.json:" in done.stderr
    assert "mend it first" in done.stderr


def test_an_edit_from_within_leaves_the_folder_in_place(tile: Path) -> None:
    (tile.parent / "part.yaml").write_text("listing: {title: Other}\nreadme: {Support: Nobody.}\n")
    before = tile.stat().st_ino
    done = run("edit", ".", "--answers", "../part.yaml", "--yes", cwd=tile)
    assert done.returncode == 0 and done.stderr.split() == ["README.md", "manifest.json"]
    assert tile.stat().st_ino == before  # A shell that stands in it still does.
    assert "nothing to write" in run("edit", ".", "--answers", "../part.yaml", "--yes", cwd=tile).stderr
    assert git(tile, "status", "--short", ".").count(" M ") == 2


@pytest.mark.slow
def test_what_changes_while_one_is_asked_is_not_written_over(tile: Path) -> None:
    altered(tile, description=WRONG)
    command = [sys.executable, "-m", "tilewizard", "check", "--fix", str(tile)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1, text=True) as process:
        assert process.stdin and process.stderr
        shown = ""
        while not shown.endswith("[y/N]: "):
            shown += process.stderr.read(1)
        altered(tile, title="Of somebody else")
        before = files_of(tile)
        _, told = process.communicate("y\n")
    assert process.returncode == 2 and files_of(tile) == before
    assert f"{tile}: changed while it was looked at, and nothing was written: manifest.json — mend it again" in told


def test_mending_is_done_the_first_time_and_keeps_every_other_byte(checkout: Path, tile: Path) -> None:
    altered(tile, description=WRONG)
    manifest = tile / "manifest.json"
    manifest.write_bytes(b"\xef\xbb\xbf" + manifest.read_bytes().replace(b"\n", b"\r\n"))
    raw = manifest.read_bytes()
    words = ("check", "--fix", "--yes", "--select", "listing", ".")
    run(*words, cwd=checkout)
    assert manifest.read_bytes() == raw.replace(b'to Datadog."', b'to Datadog"')
    assert "wrote" not in run(*words, cwd=checkout).stderr
    assert git(checkout, "status", "--short") == f" M {tile.name}/manifest.json\n"


def test_a_subject_is_no_rule_and_its_rules_are_named() -> None:
    done = run("explain", "image")
    assert done.returncode == 2 and "image/format" in done.stderr
    assert "did you mean image/format" in run("explain", "image/formt").stderr


def test_owners_of_several_new_tiles_are_added_in_one_go(checkout: Path, tile: Path) -> None:
    for name in ("acme_corp_other", "acme_corp_third"):
        written(checkout / name)
    run("check", "--fix", "--yes", "--owner", "@acme/new", "--select", "checkout/codeowners", ".", cwd=checkout)
    owners = (checkout / ".github" / "CODEOWNERS").read_text().splitlines()
    assert owners[1:-1] == [
        f"/{tile.name}/  @acme/team",
        *(f"/acme_corp_{name}/  @acme/new" for name in ("other", "third")),
    ]
