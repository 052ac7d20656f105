"""What the tests of screens share."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual._wait import wait_for_idle
from textual.pilot import Pilot
from tilewizard.surroundings.pictures import SWITCH

from tests.rules.clean_tile import written


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
    """What a pilot pressed is done when the gate says so, and not when the processor has had nothing to do for a while."""
    wait_for_screen = Pilot._wait_for_screen
    gated = False

    async def wait(self: Pilot[object], timeout: float = 30.0) -> bool:
        nonlocal gated
        done = await wait_for_screen(self, timeout)
        gate = getattr(self.app, "gate", None)
        gated = gate is not None
        if gate is not None:
            await gate.drained()
        return done

    async def go_on(*seconds: float) -> None:
        await (asyncio.sleep(0) if gated else wait_for_idle(*seconds))

    monkeypatch.setattr(Pilot, "_wait_for_screen", wait)
    for waits in ("textual.app.wait_for_idle", "textual.pilot.wait_for_idle"):
        monkeypatch.setattr(waits, go_on)
