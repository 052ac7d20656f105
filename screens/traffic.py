"""Which widgets of an app have handled a message of late: what the gate must follow to know that nothing is under way."""

from __future__ import annotations

import asyncio

from textual import events, messages
from textual.message import Message
from textual.message_pump import MessagePump

from .shims.message_hook import watch_messages

DRAWING = (
    events.Timer,
    messages.Update,
    messages.InvokeLater,
)
"""Messages that come by themselves, or only draw."""
LOOK = 0.05
"""Seconds after which it is looked whether a widget that is asked to pass a mark on is still there."""
TURNS = 8
"""Turns of the event loop within which a widget begins with a message that it was sent, or asks to be laid out anew."""


class Mark(Message, bubble=False, verbose=True):
    """Says, when it is handled, that all which came to a widget before it is handled too."""


class Traffic:
    """Watches the messages of an app, in all tasks that are started from where it is made."""

    def __init__(self) -> None:
        self._active: set[MessagePump] = set()
        self._marked: set[MessagePump] = set()
        self._passed = asyncio.Event()
        watch_messages(self._handles)

    def _handles(self, pump: MessagePump, message: Message) -> None:
        if isinstance(message, DRAWING):
            return
        if isinstance(message, Mark):
            self._marked.discard(pump)
            if not self._marked:
                self._passed.set()
        else:
            self._active.add(pump)

    @property
    def any(self) -> bool:
        """Whether any message was handled since it was still."""
        return bool(self._active)

    async def still(self) -> bool:
        """Wait until no message is being handled and none waits. Returns whether it was so all along."""
        still = True
        while await self._anything():
            still = False
            self._marked, self._active = self._active, set()
            self._passed.clear()
            for pump in list(self._marked):
                if not (_alive(pump) and pump.post_message(Mark())):
                    self._marked.discard(pump)
            while self._marked and not self._passed.is_set():
                try:
                    await asyncio.wait_for(self._passed.wait(), LOOK)
                except TimeoutError:
                    self._marked = {pump for pump in self._marked if _alive(pump)}
        return still

    async def _anything(self) -> bool:
        for _ in range(TURNS):
            if self._active:
                return True
            await asyncio.sleep(0)
        return bool(self._active)


def _alive(pump: MessagePump) -> bool:
    return pump.is_running and pump.is_attached
