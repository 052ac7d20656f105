"""Driving the wizard as a person would: keys, and text as a terminal delivers it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.widgets import TextArea
from textual.worker import WorkerCancelled
from tilewizard.screens.app import WizardApp
from tilewizard.screens.wizard import WizardScreen


class Hand:
    """Presses keys and types text; counts the key presses that are no text."""

    def __init__(self, pilot: Pilot[str]) -> None:
        self.pilot = pilot
        self.presses = 0

    @property
    def wizard(self) -> WizardScreen:
        """The wizard on the screen."""
        screen = self.pilot.app.screen
        assert isinstance(screen, WizardScreen), screen
        return screen

    def at(self, name: str) -> bool:
        """Whether the focus is on the question of a name, or in its table."""
        focused = self.pilot.app.focused
        around = focused.ancestors_with_self if focused is not None else []
        return any(getattr(getattr(each, "question", None), "name", "") == name for each in around)

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self.presses += len(keys)
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text into what has the focus, at once."""
        focused = self.pilot.app.focused
        assert focused is not None, "nothing has the focus"
        if isinstance(focused, TextArea):
            focused.insert(text)
        else:
            self.pilot.app.post_message(events.Paste(text).set_sender(self.pilot.app))
        await self.pilot.pause()

    async def fill(self, *texts: str) -> None:
        """Type into one field after the other; Tab goes on, an empty text leaves a field as it is."""
        for text in texts:
            if text:
                await self.type(text)
            await self.press("tab")

    async def checked(self) -> None:
        """Wait until what was typed is checked."""
        await self.pilot.pause()
        if isinstance(self.pilot.app.screen, WizardScreen):
            await self.wizard.caught_up()
        with suppress(WorkerCancelled):  # One that another took the place of: that one is waited for by the gate.
            await self.pilot.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def eventually(self, check: Callable[[], None]) -> None:
        """What is drawn after the answers are right, too, is right before long: as the last of 100 looks finds it."""
        for _ in range(100):
            try:
                check()
            except AssertionError:
                await self.pilot.pause(0.05)
            else:
                return
        check()

    async def next(self, slug: str) -> None:
        """Go to the next step, which must be the one named."""
        await self.press("ctrl+n")
        await self.checked()
        assert self.wizard.current.slug == slug, self.wizard.current.slug


async def appears(pilot: Pilot[Any], file: Path) -> bool:
    """Whether a file comes to be there before long."""
    for _ in range(60):
        await pilot.pause(0.05)
        if file.exists():
            return True
    return False


@asynccontextmanager
async def wizard(size: tuple[int, int] = (120, 40), **options: Path) -> AsyncIterator[Hand]:
    """The app, open in a terminal of some size."""
    app = WizardApp(**options)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        hand = Hand(pilot)
        if isinstance(app.screen, WizardScreen):
            await hand.checked()
        yield hand
