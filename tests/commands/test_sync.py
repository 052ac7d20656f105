"""``tilewizard sync``: the package in step with metadata.csv and spec.yaml, each change agreed to by itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tilewizard.tile.tile import METADATA, read
from tools.package_runs import written

from tests import starting
from tests.core.test_package_changes import EXAMPLE, FOLDER, listing, openmetrics


def run(tile: Path, *words: str, said: str = "") -> subprocess.CompletedProcess[str]:
    return starting.run("sync", *words, tile, said=said)


@pytest.fixture
def stale(tmp_path: Path) -> Path:
    """A package whose map lacks a metric and has one that nothing lists, and whose example is an old one."""
    tile = listing(openmetrics(), "errors.count,count", without="depth")
    return written(tile.with_text(EXAMPLE, "init_config:\n"), tmp_path)


def test_a_package_in_step_is_left_as_it_is(tmp_path: Path) -> None:
    done = run(written(openmetrics(), tmp_path))
    assert done.returncode == 0 and "in step" in done.stderr


def test_what_is_shown_is_written_on_request_alone(stale: Path) -> None:
    before = {path: read(stale).file(path).data for path in read(stale).paths}  # type: ignore[union-attr]
    done = run(stale, "--dry-run")
    assert done.returncode == 1
    for line in ("+    'errors': 'errors',", "-    'depth': 'depth',", "+## All options defined here"):
        assert line in done.stderr
    assert run(stale, said="n\nn\nn\n").returncode == 1
    assert {path: read(stale).file(path).data for path in read(stale).paths} == before  # type: ignore[union-attr]


def test_each_change_is_asked_for_by_itself(stale: Path) -> None:
    done = run(stale, said="y\nn\ny\n")
    assert done.returncode == 1 and done.stderr.count("[y/N]") == 3
    text = (stale / FOLDER / "metrics.py").read_text()
    assert "'errors': 'errors'" in text and "'depth': 'depth'" in text
    assert "## All options" in (stale / EXAMPLE).read_text()
    assert "errors_total" in (stale / "tests/fixtures/metrics.txt").read_text()
    assert run(stale, "--yes").returncode == 0
    assert "'depth': 'depth'" not in (stale / FOLDER / "metrics.py").read_text()
    assert "acme.errors.count" in (stale / METADATA).read_text()
    assert "in step" in run(stale).stderr


def test_no_tile_is_said_to_be_none(tmp_path: Path) -> None:
    assert run(tmp_path / "nothing").returncode == 2
