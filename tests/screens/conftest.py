"""What the tests of screens share."""

from __future__ import annotations

from pathlib import Path

import pytest
from tilewizard.surroundings.pictures import SWITCH

from tests.rules.clean_tile import written

from .at_the_gate import wait_for_the_gate


@pytest.fixture
def tile(tmp_path: Path) -> Path:
    """The clean tile, in a folder as in a checkout."""
    return written(tmp_path / "marketplace" / "acme_corp_acme_widget")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of many colours, whatever the tests are run in."""
    for name in ("TMUX", "STY", "ZELLIJ", "NO_COLOR", "TERM_PROGRAM", "LC_TERMINAL", "KITTY_WINDOW_ID", SWITCH):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture(autouse=True)
def _pilots_wait_for_the_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    wait_for_the_gate(monkeypatch)
