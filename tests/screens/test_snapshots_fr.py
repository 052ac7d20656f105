"""Every screen in French where there is least room. Made anew with ``pytest --snapshot-update``; look at them then."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pytest_textual_snapshot import SVGImageExtension
from syrupy.assertion import SnapshotAssertion

from tests.conftest import ROOT

from .test_snapshots import WAYS


@pytest.mark.slow
@pytest.mark.parametrize("name", [pytest.param(name, id=f"{name}-fr") for name in WAYS])
def test_screen(name: str, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    picture = tmp_path / "screen.svg"
    done = subprocess.run(
        [sys.executable, "-m", "tests.screens.drawing", "fr", name, str(picture)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert picture.exists(), done.stderr
    assert snapshot.use_extension(SVGImageExtension) == picture.read_text(encoding="utf-8")
