"""``check`` as it is met in the wild: odd paths, odd folders, odd repositories, odd terminals; never a traceback."""

from __future__ import annotations

import json
import os
import pty
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import starting
from tests.conftest import ROOT, quick_first

from .test_check_options import OTHER, altered, checkout, files_of, git, tile, written

__all__ = ["checkout", "tile"]  # Fixtures.

WRONG = "Send metrics and events of Acme Widget to Datadog."
FOR_REAL = [sys.executable, "-m", "tilewizard"]
AS_ANYBODY = [
    "setpriv",
    "--bounding-set=-dac_override,-dac_read_search",
    "--inh-caps=-all",
]  # Root that may not read all
needs_permissions = pytest.mark.skipif(
    os.geteuid() == 0 and not shutil.which("setpriv"), reason="root reads everything, and nothing here takes that away"
)


def run(
    *words: object, cwd: Path | None = None, told: str = "", prefix: tuple[str, ...] = (), **environment: str
) -> subprocess.CompletedProcess[str]:
    whole = {**os.environ, **environment}
    if prefix:
        command = [*prefix, *FOR_REAL, *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, input=told, env=whole)
    else:
        done = starting.run(*words, cwd=cwd, said=told, environment=whole)
    assert "Traceback" not in done.stderr and "something went wrong" not in done.stderr, done.stderr
    return done


def run_as_anybody(*words: object) -> subprocess.CompletedProcess[str]:
    return run(*words, prefix=tuple(AS_ANYBODY) if os.geteuid() == 0 else ())


def names(done: subprocess.CompletedProcess[str]) -> list[str]:
    """The tiles of a report in JSON."""
    return [each["path"] for each in json.loads(done.stdout)["tiles"]]


def checked(*words: object, cwd: Path) -> list[str]:
    return names(run("check", "--format", "json", *words, cwd=cwd))


# -- paths


def test_a_tile_is_checked_once_however_it_is_spelled(checkout: Path, tile: Path) -> None:
    name = tile.name
    spelled = (name, f"./{name}/", f"{name}/../{name}", tile, f"{name}/README.md", f"{name}/assets")
    assert checked(*spelled, cwd=checkout) == checked(name, ".", cwd=checkout) == [name]


@pytest.mark.parametrize(
    ("place", "path", "expected"),
    [
        ("assets", ".", ".."),
        ("assets", "service_checks.json", ".."),
        ("assets/dashboards", "../service_checks.json", "../.."),
        (".", "assets/dashboards", "."),
        (".", ".", "."),
    ],
)
def test_whatever_lies_in_a_tile_stands_for_it(tile: Path, place: str, path: str, expected: str) -> None:
    assert checked(path, cwd=tile / place) == [expected]


def test_a_manifest_above_the_checkout_is_not_looked_at(checkout: Path) -> None:
    (checkout.parent / "manifest.json").write_text("{}")
    done = run("check", ".github", cwd=checkout)
    assert done.returncode == 2 and "holds no tile" in done.stderr


def test_what_cannot_be_read_keeps_nothing_else_from_being_reported(checkout: Path, tile: Path) -> None:
    done = run("check", "--format", "json", "nowhere", tile.name, cwd=checkout)
    assert done.returncode == 2 and names(done) == [tile.name]
    assert done.stderr == "tilewizard: nowhere: there is no such directory — check the path\n"


def test_a_tile_without_manifest_is_told_in_a_checkout(checkout: Path, tile: Path) -> None:
    written(checkout / OTHER)
    (tile / "manifest.json").unlink()
    (checkout / "docs").mkdir()
    (checkout / "docs" / "README.md").write_text("# Docs")
    assert checked(".", cwd=checkout) == [tile.name, OTHER]
    (tile / "manifest.json").symlink_to("nowhere")
    assert checked(".", cwd=checkout) == [tile.name, OTHER]


def test_links_to_folders_are_followed_only_when_they_are_named(checkout: Path, tile: Path) -> None:
    (checkout / "also").symlink_to(tile.name)
    assert checked(".", cwd=checkout) == [tile.name]
    assert checked("also", cwd=checkout) == ["also"]


def test_names_cannot_act_on_a_terminal(checkout: Path) -> None:
    name = "a\x1b[31mb\nc"
    told = run("check", name, cwd=checkout, FORCE_COLOR="1").stderr
    assert "\x1b" not in told and told.count("\n") == 1
    altered(written(checkout / name), description=WRONG)
    done = run("check", "--fix", "--yes", name, cwd=checkout)
    assert "\x1b" not in done.stderr and "wrote" in done.stderr


@needs_permissions
def test_folders_that_nobody_may_open_are_told(checkout: Path, tile: Path) -> None:
    other = written(checkout / OTHER)
    for closed in (other, other / "assets"):
        closed.chmod(0)
        try:
            done = run_as_anybody("check", "--format", "json", checkout)
            assert done.returncode == 2 and [Path(each).name for each in names(done)] == [tile.name]
            assert OTHER in done.stderr and "Permission denied — check its permissions" in done.stderr
            assert run_as_anybody("check", other).returncode == 2
            assert run_as_anybody("check", other / "assets" / "service_checks.json").returncode == 2
        finally:
            closed.chmod(0o755)


@pytest.mark.parametrize("form", quick_first(("json", "text", "github", "sarif")))
def test_a_folder_that_was_deleted_around_us_breaks_no_format(tile: Path, tmp_path: Path, form: str) -> None:
    here = tmp_path / "here"
    here.mkdir()
    words = [*FOR_REAL, "check", "--format", form, str(tile)]
    code = f"import os, sys; os.rmdir({str(here)!r}); os.execv(sys.executable, {words!r})"
    command = [sys.executable, "-c", code]
    found = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(command, cwd=here, capture_output=True, text=True, env=found, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_files_outside_of_tiles_are_passed_over_on_demand(checkout: Path, tile: Path) -> None:
    (checkout / "README.md").write_text("# Tiles")
    assert run("check", "README.md", cwd=checkout).returncode == 2
    paths = ("README.md", ".github/CODEOWNERS", f"{tile.name}/README.md")
    assert checked("--skip-strays", *paths, cwd=checkout) == [tile.name]
    assert run("check", "--skip-strays", "README.md", cwd=checkout).returncode == 0
    (tile / "manifest.json").unlink()
    assert checked("--skip-strays", *paths, cwd=checkout) == [tile.name]


# -- settings


@pytest.mark.parametrize("path", [".", "README.md", "assets/.."])
def test_a_tile_cannot_silence_its_own_check_from_within(tile: Path, path: str) -> None:
    (tile / "tilewizard.toml").write_text('ignore = ["*"]')
    altered(tile, description=WRONG)
    assert "listing/" in run("check", path, cwd=tile).stdout


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("pyproject.toml", b"tool = 3", ""),
        ("pyproject.toml", b"[tool]\ntilewizard = 3", ":2: says tool.tilewizard = 3 "),
        ("pyproject.toml", b"[tool.tilewizard]\nseverty = 1", ":2: has the unknown key 'severty' "),
        ("tilewizard.toml", b"# one\nseverity = 1", ":2: says severity = 1 "),
        ("tilewizard.toml", b"[ignore-in]\n'x' = 3", ":2: says ignore-in.x = 3 "),
        ("tilewizard.toml", b"[ignore-in]\n'other' = ['redme']", ":2: ignore-in.other: no rule answers to 'redme' "),
        ("tilewizard.toml", b"\nselect = ['redme']", ":2: select: no rule answers to 'redme' — did you mean readme?"),
        ("tilewizard.toml", b"\n\nx y", ":3: is not valid TOML"),
        ("tilewizard.toml", b"\nx='\xff'", ":2: is not UTF-8"),
        ("tilewizard.toml", b"a=" + b"[" * 100_000, ": is nested too deeply"),
        ("tilewizard.toml", b'owner = "@a\\n* @b"', ":1: says owner = "),
        ("tilewizard.toml", b"\xef\xbb\xbfseverity = 'error'", ""),
    ],
)
def test_settings_that_mean_nothing_are_told_at_their_line(checkout: Path, name: str, data: bytes, told: str) -> None:
    (checkout / name).write_bytes(data)
    done = run("check", ".", cwd=checkout)
    assert done.returncode == (2 if told else 0)
    assert f"{checkout / name}{told}" in done.stderr if told else not done.stderr


@pytest.mark.parametrize("words", [["--yes"], ["--dry-run"], ["--owner", "@a"], ["--statistics", "--format", "json"],
                                   ["--fix", "--owner", "a"], ["--fix", "--owner", "@a\n* @b"]])  # fmt: skip
def test_options_that_would_do_nothing_or_harm_are_refused(checkout: Path, words: list[str]) -> None:
    done = run("check", *words, ".", cwd=checkout)
    assert done.returncode == 2 and "Error: " in done.stderr


# -- git


def test_a_file_that_moves_changes_both_tiles(checkout: Path, tile: Path) -> None:
    written(checkout / OTHER)
    git(checkout, "add", ".")
    git(checkout, "commit", "-q", "-m", "Another")
    (tile / "assets" / "service_checks.json").rename(checkout / OTHER / "moved.json")
    git(checkout, "add", ".")
    assert checked("--changed", "HEAD", cwd=checkout) == [tile.name, OTHER]


def test_a_tile_that_lost_its_manifest_or_its_name_has_changed(checkout: Path, tile: Path) -> None:
    written(checkout / OTHER)
    (tile / "manifest.json").unlink()
    assert checked("--changed", "HEAD", cwd=checkout) == [tile.name, OTHER]
    shutil.rmtree(tile)
    assert checked("--changed", "HEAD", cwd=checkout) == [OTHER]


def test_before_the_first_commit_every_tile_is_new(tmp_path: Path) -> None:
    tile = written(tmp_path / "marketplace" / OTHER)
    git(tile.parent, "init", "-q", "-b", "main")
    for ref in ("--changed", "--changed=HEAD", "--changed=main"):
        assert checked(ref, ".", cwd=tile.parent) == [OTHER]
    assert "git knows no 'x'" in run("check", "--changed=x", ".", cwd=tile.parent).stderr


def test_what_keeps_git_from_comparing_is_told(checkout: Path, tile: Path, tmp_path: Path) -> None:
    near = run("check", "--changed=mian", cwd=checkout).stderr
    assert "git knows no 'mian' to compare with — did you mean main" in near
    written(checkout / OTHER)
    paths = run("check", "--changed", tile.name, OTHER, cwd=checkout).stderr
    assert "name folders before --changed" in paths
    git(checkout, "add", ".")
    git(checkout, "commit", "-q", "-m", "Another")
    shallow = tmp_path / "shallow" / "marketplace"
    shallow.parent.mkdir()
    git(checkout, "clone", "-q", "--depth", "1", f"file://{checkout}", str(shallow))
    git(shallow, "fetch", "-q", "--depth", "1", "origin", "main")
    told = run("check", "--changed", "FETCH_HEAD", ".", cwd=shallow)
    assert told.returncode == 2 and "has no commit in common with 'FETCH_HEAD' — fetch the history" in told.stderr
    nothing = run("check", "--changed", ".", cwd=checkout, PATH=str(tmp_path / "nothing"))
    assert nothing.returncode == 2 and "there is no git" in nothing.stderr


def test_a_hook_of_another_repository_does_not_confuse(checkout: Path, tile: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "other")
    (tile / "README.md").write_text("x")
    away = {"GIT_DIR": str(tmp_path / "other" / ".git"), "GIT_INDEX_FILE": "nowhere"}
    done = run("check", "--changed", "HEAD", "--format", "json", checkout, **away)
    assert [Path(each).name for each in names(done)] == [tile.name]


def test_a_detached_head_and_a_work_tree_are_checkouts(checkout: Path, tile: Path, tmp_path: Path) -> None:
    git(checkout, "worktree", "add", "-q", "--detach", str(tmp_path / "away" / "marketplace"))
    away = tmp_path / "away" / "marketplace"
    assert checked("--changed", cwd=away) == []
    (away / tile.name / "README.md").write_text("x")
    assert checked("--changed", cwd=away) == [tile.name]
    assert checked("--changed", ".", cwd=away / tile.name / "assets") == [".."]


# -- mending


def broken(tile: Path) -> Path:
    """A tile with something to mend in two files."""
    altered(tile, description=WRONG)
    text = (tile / "README.md").read_text()
    (tile / "README.md").write_text(
        text.replace("## Setup\n", "## Setup\n\nSee [the page](https://acme.example/page).\n")
    )
    return tile


def test_mending_from_within_leaves_the_folder_in_place(tile: Path) -> None:
    broken(tile)
    before = tile.stat().st_ino
    done = run("check", "--fix", "--yes", ".", cwd=tile)
    assert done.returncode == 0 and done.stderr.count("wrote ") == 2
    assert tile.stat().st_ino == before  # A shell that stands in it still does.
    again = files_of(tile)
    assert "nothing that has one right answer" in run("check", "--fix", "--yes", ".", cwd=tile).stderr
    assert files_of(tile) == again


def test_no_more_is_mended_than_is_reported(tile: Path) -> None:
    altered(tile, description=WRONG)
    before = files_of(tile)
    run("check", "--fix", "--yes", "--severity", "error", tile)
    assert files_of(tile) == before


def test_who_breaks_off_learns_what_was_written(checkout: Path, tile: Path) -> None:
    broken(tile)
    other = files_of(broken(written(checkout / OTHER)))
    done = run("check", "--fix", ".", cwd=checkout, told="y\n")
    assert done.returncode == 130 and "stopped; 2 files were written before" in done.stderr
    assert files_of(checkout / OTHER) == other
    assert f"{tile.name}:\n--- a/" in done.stderr  # Whose diff it is.


def test_who_declines_keeps_every_byte_and_gets_the_report(tile: Path) -> None:
    before = files_of(broken(tile))
    done = run("check", "--fix", tile, told="n\n")
    assert "nothing was written" in done.stderr and "can be mended" in done.stdout and files_of(tile) == before


def test_nobody_to_ask_is_told(tile: Path) -> None:
    broken(tile)
    words = ["sh", "-c", f"exec {shlex.join(starting.program())} check --fix '{tile}' <&-"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 130 and "--yes writes without asking" in done.stderr


@needs_permissions
def test_a_tile_that_cannot_be_written_keeps_no_other_from_being_mended(checkout: Path, tile: Path) -> None:
    for each in (tile, written(checkout / OTHER)):
        altered(each, description=WRONG)
    (tile / "manifest.json").chmod(0o444)
    tile.chmod(0o555)
    try:
        done = run_as_anybody("check", "--fix", "--yes", "--select", "listing", checkout)
    finally:
        tile.chmod(0o755)
    assert done.returncode == 2 and "manifest.json: can't be written" in done.stderr
    assert "[fixable]" in done.stdout and WRONG not in (checkout / OTHER / "manifest.json").read_text()


# -- output


@pytest.mark.parametrize("words", [["check", "."], ["rules"], ["schema"], ["answers"], ["explain", "readme/image"]])
def test_an_output_that_takes_nothing_is_told(checkout: Path, words: list[str]) -> None:
    command = shlex.join([*(FOR_REAL if words == ["rules"] else starting.program()), *words])
    for where in (">/dev/full", ">&-"):
        done = subprocess.run(
            ["sh", "-c", f"{command} {where}"], cwd=checkout, capture_output=True, text=True, check=False
        )
        assert done.returncode == 2 and done.stderr.startswith("tilewizard: standard output: can't be written"), done


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_a_reader_that_goes_is_no_fault(checkout: Path, tile: Path, form: str) -> None:
    broken(tile)
    command = f"{shlex.join(FOR_REAL if form == 'text' else starting.program())} check . --format {form} | head -c 1"
    done = subprocess.run(["sh", "-c", command], cwd=checkout, capture_output=True, text=True, check=False)
    assert done.stderr == "" and len(done.stdout) == 1


@pytest.mark.parametrize(
    ("terminal", "environment", "coloured"),
    [
        (True, {"TERM": "xterm"}, True),
        (True, {"TERM": "dumb"}, False),
        (True, {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (True, {"TERM": "xterm", "NO_COLOR": ""}, True),
        (False, {}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": "0"}, False),
        (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colours_are_for_those_who_see_them(
    tile: Path, terminal: bool, environment: dict[str, str], coloured: bool
) -> None:
    broken(tile)
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "TERM")}
    command = [*(FOR_REAL if terminal and coloured else starting.program()), "check", str(tile)]
    ours, theirs = pty.openpty() if terminal else os.pipe()
    with subprocess.Popen(command, stdout=theirs, stdin=subprocess.DEVNULL, env={**kept, **environment}):
        os.close(theirs)
        shown = b""
        while True:
            try:
                more = os.read(ours, 65536)
            except OSError:
                break
            if not more:
                break
            shown += more
    os.close(ours)
    assert (b"\x1b[" in shown) == coloured and b"full stop" in shown


def test_annotations_name_places_from_the_repository_s_root(checkout: Path, tile: Path) -> None:
    broken(tile)
    done = run("check", ".", "--format", "github", cwd=tile, GITHUB_WORKSPACE=str(checkout))
    assert f"file={tile.name}/manifest.json," in done.stdout
    done = run("check", tile, "--format", "github", cwd=checkout.parent, GITHUB_WORKSPACE="")
    assert f"file=marketplace/{tile.name}/manifest.json," in done.stdout


def test_columns_count_characters(checkout: Path, tile: Path) -> None:
    text = (tile / "README.md").read_text().replace("## Setup\n", "## Setup\n\n😀é [page](https://acme.example/p).\n")
    (tile / "README.md").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    log = json.loads(run("check", "--format", "sarif", "--select", "readme/inline-link", ".", cwd=checkout).stdout)
    (result,) = log["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    rest = text.splitlines()[region["startLine"] - 1][region["startColumn"] - 1 :]
    assert log["runs"][0]["columnKind"] == "unicodeCodePoints" and rest.startswith("[page]")
