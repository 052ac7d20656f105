"""Findings that stand many times in a tile: the first are shown, the others counted, ``--all`` shows them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tilewizard.reporting.grouping import ALIKE_MAX, ALIKE_SHOWN

from .test_check_options import checkout, tile
from .test_command_line import run

__all__ = ["checkout", "tile"]  # Fixtures.


@pytest.mark.parametrize(
    ("pictures", "shown", "told"),
    [(ALIKE_MAX, ALIKE_MAX, ""), (ALIKE_MAX + 1, ALIKE_SHOWN, "and 3 more like this; --all shows them"),
     (44, ALIKE_SHOWN, "and 41 more like this; --all shows them")],
)  # fmt: skip
def test_findings_that_stand_many_times_are_counted(tile: Path, pictures: int, shown: int, told: str) -> None:
    picture = (tile / "images" / "acme_widget_overview.png").read_bytes()
    for index in range(pictures):
        (tile / "images" / f"spare_{index}.png").write_bytes(picture)
    words = ("check", "--no-cache", "--select", "files/unreferenced", tile)
    done = run(*words)
    assert done.stdout.count("no README and no carousel shows") == shown
    assert done.stdout.count("more like this") == bool(told) and told in done.stdout
    assert f"{pictures} warnings" in done.stdout  # All are counted.
    whole = run(*words, "--all")
    assert whole.stdout.count("no README and no carousel shows") == pictures and "more like this" not in whole.stdout
