"""A box to tick: its cross is there when it is ticked, and only then, whatever the colours."""

from __future__ import annotations

from textual.widgets import Checkbox


class TickBox(Checkbox):
    """Textual's own box always has its cross, dim or bright: one that can't tell these apart reads a yes."""

    DEFAULT_CSS = "TickBox { border: none; padding: 0; }"

    BUTTON_INNER = property(lambda self: "X" if self.value else " ")
