"""An input of one line, of a width that the screen sets."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class TakesLines:
    """Something around lines to type into that has a use for more than a line pasted into one: its ``on_paste`` gets it."""

    def takes(self, text: str) -> bool:
        """Whether it takes a text; else the line keeps its first line, as it does where nobody else is."""
        return len(text.strip("\r\n").splitlines()) > 1


class Line(Input):
    """What is typed takes no other room on the screen: only this line is drawn anew at a key, not the whole screen laid out."""

    def __init__(self, value: str | None = None, **options: Any) -> None:
        # Only who goes there by Tab types over what is there: see WizardApp.action_focus_next.
        super().__init__(value, select_on_focus=False, **options)

    def on_paste(self, event: events.Paste) -> None:
        """Leave what is more than a line to who has a use for it."""
        if len(event.text.split()) > 1:
            around = next((each for each in self.ancestors if isinstance(each, TakesLines)), None)
            if around is not None and around.takes(event.text):
                event.prevent_default()

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
