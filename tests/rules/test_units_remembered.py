"""What the names of metrics say of units is remembered by the texts of the cells themselves, and for so many names at most."""

from __future__ import annotations

import pytest
from tilewizard.rules.metrics import metadata_units
from tilewizard.rules.metrics.metadata_cells import HEADER
from tilewizard.tile.tile import METADATA, Tile

from .applying import with_content
from .clean_tile import clean_tile
from .edges import said

RULE = "metadata/unit-contradiction"


@pytest.fixture
def remembered(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What is remembered, nothing at first."""
    nothing: dict[str, str] = {}
    monkeypatch.setattr(metadata_units, "_SAID", nothing)
    return nothing


def _named(unit: str, *names: str) -> Tile:
    rows = [f"acme_widget.{name},gauge,,{unit},,It.,0,acme_widget,it," for name in names]
    return with_content(clean_tile(), METADATA, "\n".join([HEADER, *rows]) + "\n")


def test_a_name_is_remembered_by_its_cell_and_once_for_all_units(remembered: dict[str, str]) -> None:
    tile = _named("second", "sent.bytes", "seen")
    assert [finding.pointer for finding in said(RULE, tile)] == ["/0/unit_name"]
    assert said(RULE, _named("byte", "sent.bytes", "seen")) == []
    file = tile.file(METADATA)
    assert file is not None
    cells = [row["metric_name"] for row in file.csv.rows]
    assert all(key is cell for key, cell in zip(remembered, cells, strict=True))


def test_no_more_names_are_remembered_than_are_kept(
    remembered: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metadata_units, "_KEPT", 3)
    found = said(RULE, _named("second", *(f"sent_{number}.bytes" for number in range(8))))
    assert len(found) == 8
    assert 0 < len(remembered) <= 3
