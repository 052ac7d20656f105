"""Seeing every message that a widget of an app handles.

Textual 8.2 calls a hook at each message; ``App.run_test`` offers it to tests, a running app can't set it. Its context variable,
and that of the widget at work, are in ``textual._context``.
"""

from __future__ import annotations

from collections.abc import Callable

from textual._context import active_message_pump, message_hook
from textual.message import Message
from textual.message_pump import MessagePump


def watch_messages(seen: Callable[[MessagePump, Message], None]) -> None:
    """Call a function with each message and who handles it, in all tasks that are started from here on."""
    before = message_hook.get(None)

    def hook(message: Message) -> None:
        if before is not None:
            before(message)
        pump = active_message_pump.get(None)
        if pump is not None:
            seen(pump, message)

    message_hook.set(hook)
