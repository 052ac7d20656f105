"""One gate for input: keys, pastes and clicks are handled one at a time, in the order in which they came, each to its end.

Textual hands a key to the widget that has the focus and goes on: the key waits in that widget's queue, climbs from parent
to parent, and only at the top, some messages later, is it asked what it means - to whatever has the focus by then. A key
of the screen's own is carried out at once. So a later key overtakes an earlier one, or finds another widget in its place.

Here an event is let through when all that came of the ones before it is done: messages handled, steps opened, rows put in,
screens drawn. Text that goes on into the same line or editor is the one exception: nothing that it does moves the focus,
and the widget's own queue keeps its order.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any, Protocol, cast

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from .traffic import Traffic

PASS = 0.05
"""Seconds after which it is looked whether a widget that is asked to pass a mark on is still there."""
READING = frozenset({"folder", "readme-file", "import", "look", "fit", "logs"})
"""Groups of workers that read what the screen goes on with: what is pressed meanwhile is meant for what comes of it."""
SHOWING = frozenset({"facts", "picture", "fill"})
"""Groups of workers whose result moves what stands below it: only what is meant for a place waits for them."""
LOOK = 0.003
"""Seconds between two looks whether something is read."""
SCROLLS = frozenset({"pageup", "pagedown", "ctrl+home", "ctrl+end"})
"""Keys that move what is seen: where they end depends on all that is shown."""
BREATH = 0.03
"""Seconds without another letter after which what was typed is followed to its end."""


class GoesOn(Protocol):
    """A widget that takes some keys one after the other without the screen changing: moving in a table."""

    goes_on_with: frozenset[str]
    """The keys after which what is owed may wait for another of them."""


class Gate:
    """Lets one event after the other through to the app.

    Args:
        app: whose events they are.
        let_through: handles one event as the app did before there was a gate.
    """

    def __init__(self, app: App[Any], let_through: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app = app
        self._let_through = let_through
        self._waiting: deque[events.Event] = deque()
        self._came = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._traffic = Traffic()
        self._owed: dict[DOMNode, Callable[[], Awaitable[object]]] = {}
        self._soon: dict[DOMNode, Callable[[], object]] = {}
        self._under_way: set[asyncio.Task[Any]] = set()
        self._settled = asyncio.Event()
        self._typing: Widget | None = None
        self._followed = False

    # -- what the app and its screens say

    def take(self, event: events.Event) -> None:
        """Queue an event; of several movements of the mouse in a row only the last counts."""
        if self._task is None:
            self._task = asyncio.create_task(self._serve(), name="gate")
        if isinstance(event, events.MouseMove) and self._waiting and isinstance(self._waiting[-1], events.MouseMove):
            self._waiting.pop()
        self._waiting.append(event)
        self._settled.clear()
        self._came.set()

    def owe(self, by: DOMNode, what: Callable[[], Awaitable[object]]) -> None:
        """Something to be done before the next event is let through, unless that event puts something else in its place."""
        self._owed[by] = what
        self._settled.clear()
        self._came.set()

    def soon(self, by: DOMNode, what: Callable[[], object]) -> None:
        """Something is shown in a moment that moves what stands below it; an event meant for a place has it shown first."""
        self._soon[by] = what

    def pay(self, by: DOMNode) -> None:
        """What a widget owed, or was to show soon, is done, or is not wanted any more."""
        self._owed.pop(by, None)
        self._soon.pop(by, None)

    def carry_out(self, what: Coroutine[Any, Any, Any]) -> None:
        """Start something that changes the screen, from where it can't be awaited; events wait until it is done."""
        task = asyncio.create_task(what)
        self._under_way.add(task)
        self._settled.clear()
        self._came.set()
        task.add_done_callback(self._carried_out)

    def _carried_out(self, task: asyncio.Task[Any]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._tell(error)

    async def drained(self) -> None:
        """Wait until no event waits and all that came of them is done."""
        while self._task is not None and not self._task.done() and not self._settled.is_set():
            await _within(PASS, self._settled)

    def close(self) -> None:
        """Let nothing through any more."""
        if self._task is not None and self._task is not asyncio.current_task():
            self._task.cancel()
        for task in self._under_way:
            task.cancel()

    # -- letting through

    async def _serve(self) -> None:
        while True:
            self._came.clear()
            if not self._waiting:
                await self._catch_breath()
                continue
            event = self._waiting[0]
            if not self._goes_on_typing(event):
                await self._settle(event)
                event = self._waiting[0]  # Of movements of the mouse a later one may have taken its place.
            self._waiting.popleft()
            self._typing = self._typed_into(event)
            self._followed = False
            try:
                await self._let_through(event)
            except Exception as error:
                self._tell(error)

    async def _catch_breath(self) -> None:
        """With nothing to let through: follow what was done to its end, then sleep."""
        if not self._settled.is_set():
            if self._typing is not None:
                # The letter is drawn first.
                await _within(BREATH, self._came)
            if not self._waiting:
                await self._settle(None)
            if not self._waiting and not self._came.is_set():
                self._settled.set()
        await self._came.wait()

    def _goes_on_typing(self, event: events.Event) -> bool:
        return self._typing is not None and self._typing is self._typed_into(event)

    def _typed_into(self, event: events.Event) -> Widget | None:
        """The line or editor into which a letter goes; None for another event: a paste may be more than text to a screen."""
        text = isinstance(event, events.Key) and event.is_printable
        focused = self._app.focused
        return focused if text and isinstance(focused, (Input, TextArea)) else None

    def _tell(self, error: BaseException) -> None:
        """Let the app deal with a fault of our own as with any other."""

        def again() -> None:
            raise error

        self._app.call_later(again)

    # -- following what was done to its end

    async def _settle(self, before: events.Event | None) -> None:
        """Wait until every message is handled that came of what was let through, and what is owed is done."""
        seen = self._by_what_is_seen(before)
        while not self._followed or self._traffic.any or self._owed or self._under_way or seen:
            if self._owed and not self._may_owe(before):
                await self._pay_all()
            if self._under_way:
                await asyncio.wait(set(self._under_way))
            await self._read()
            await self._traffic.still()
            await self._drawn(before)
            still = await self._traffic.still() and not self._under_way and not self._at_work()
            if still and (not self._owed or self._may_owe(before)):
                self._followed = True
                return

    async def _read(self) -> None:
        """Wait for what is read from which the screen takes its next shape; who wants out of it doesn't wait."""
        while self._at_work():
            await asyncio.sleep(LOOK)  # To wait for a worker is to cancel it when the wait is.

    async def _shown(self) -> None:
        """Wait for what is about to be shown."""
        for by, what in list(self._soon.items()):
            if self._soon.pop(by, None) is not None and by.is_attached:
                what()
        while any(each.group in SHOWING and not each.is_finished for each in self._app.workers):
            if self._wants_out():
                return
            await asyncio.sleep(LOOK)

    def _wants_out(self) -> bool:
        return any(isinstance(each, events.Key) and each.key == "escape" for each in self._waiting)

    def _at_work(self) -> bool:
        if self._wants_out():
            return False
        focused = self._app.focused
        return any(
            worker.group in READING or (worker.node is focused and focused is not None)
            for worker in self._app.workers
            if not worker.is_finished
        )

    def _may_owe(self, event: events.Event | None) -> bool:
        goes_on: frozenset[str] = getattr(self._app.focused, "goes_on_with", frozenset())
        return isinstance(event, events.Key) and event.key in goes_on

    def _by_what_is_seen(self, event: events.Event | None) -> bool:
        """Whether what is checked must be shown before an event counts: it, or a click that is waiting, is meant for a place."""
        if isinstance(event, events.Key) and event.key in SCROLLS:
            return True
        placed = (events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)
        return event is not None and any(isinstance(each, placed) for each in (event, *self._waiting))

    async def _pay_all(self) -> None:
        for by, what in list(self._owed.items()):
            if self._owed.pop(by, None) is not None and by.is_attached:
                await what()

    async def _drawn(self, before: events.Event | None) -> None:
        """Wait until the screen is laid out: what is hidden loses the focus then; a click is meant for what is seen."""
        screen = self._app.screen
        caught_up = getattr(screen, "caught_up", None)
        if self._by_what_is_seen(before):
            await self._shown()
            if caught_up is not None:
                await caught_up()
            await self._traffic.still()  # What it shows below a question moves those after it.
        await self._app.animator.wait_for_idle()  # Scrolling is one even where nothing moves.
        await self._refreshed(screen)
        if self._by_what_is_seen(before):
            await self._refreshed(
                screen
            )  # What was to come after the first refresh may have scrolled: that is drawn by this one.

    async def _refreshed(self, screen: Screen[Any]) -> None:
        """Wait until a screen is laid out and drawn, and what was to be called then has been, or until it is gone."""
        done = asyncio.Event()
        # It is asked anew each time: Textual hands what is to be called to the screen that is on top by then, and forgets
        # it with that screen.
        while screen.call_after_refresh(done.set) and screen.is_attached and screen is self._app.screen:
            await _within(PASS, done)
            if done.is_set():
                return


async def _within(seconds: float, event: asyncio.Event) -> None:
    """Wait for an event, so many seconds at most."""
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)


def is_input(event: Message) -> bool:
    """Whether an event is one of a person's, as it comes from the terminal."""
    return isinstance(event, (events.Key, events.Paste, events.MouseEvent)) and not event.is_forwarded


class Gated(Protocol):
    """An app that has a gate."""

    gate: Gate


def gate_of(node: DOMNode) -> Gate:
    """The gate of the app that a widget is part of."""
    return cast("Gated", node.app).gate
