"""What the tests of screens share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.clean_tile import written


@pytest.fixture
def tile(tmp_path: Path) -> Path:
    """The clean tile, in a folder as in a checkout."""
    return written(tmp_path / "marketplace" / "acme_corp_acme_widget")
