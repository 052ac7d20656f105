"""When a pilot's keys count as done."""

from __future__ import annotations

import asyncio

import pytest
from textual._wait import wait_for_idle
from textual.pilot import Pilot


def wait_for_the_gate(monkeypatch: pytest.MonkeyPatch) -> None:
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
