"""The tile that an editor opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.clean_tile import written

from .driving import NAME


@pytest.fixture
def tile(tmp_path: Path) -> Path:
    """The clean tile, in a folder that is a checkout of the Marketplace by its name."""
    return written(tmp_path / "marketplace" / NAME)
