"""Waiting for what was typed: keys wait in the widget that has the focus while others, handled at once, overtake them."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from textual.screen import Screen
from textual.widget import Widget

from .choices import Choices

PATIENCE = 1.0
"""Seconds after which a widget that doesn't answer isn't waited for."""


async def arrived(focused: Widget | None) -> None:
    """Wait until the keys that were pressed before have been taken, as answers too.

    Call it before widgets are removed: keys that still wait in them would go with them. Not from a handler of the
    widget itself.
    """
    around = focused.ancestors_with_self[:4] if focused is not None else []
    # A key becomes a change of the input, the change an answer of the field: each has a queue of its own.
    for widget in around:
        if not isinstance(widget, Widget) or isinstance(widget, Screen) or not widget.is_attached:
            return
        done = asyncio.Event()
        if widget.call_later(done.set):
            with suppress(TimeoutError):
                await asyncio.wait_for(done.wait(), PATIENCE)
        if isinstance(widget, Choices):
            widget.finish()
