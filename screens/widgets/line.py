"""An input of one line, of a width that the screen sets."""

from __future__ import annotations

from typing import Any

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class Line(Input):
    """What is typed takes no other room on the screen: only this line is drawn anew at a key, not the whole screen laid out."""

    def __init__(self, value: str | None = None, **options: Any) -> None:
        # Only who goes there by Tab types over what is there: see WizardApp.action_focus_next.
        super().__init__(value, select_on_focus=False, **options)

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
