"""A line of buttons that says less where there is less room, and takes more lines where there is hardly any."""

from __future__ import annotations

from rich.cells import cell_len
from textual.containers import Horizontal
from textual.widgets import Button

from .descendants import descendants_of

AROUND = 3
"""Cells of a button beside its words: padding, and the gap to the next."""


class Tool(Button):
    """A button with words for wide places and fewer for narrow ones; both name its key."""

    def __init__(self, words: str, few: str, id: str) -> None:
        super().__init__(words, id=id, compact=True)
        self.words = words
        self.few = few


class Tools(Horizontal):
    """A title and tools: all in full words where one line has room for them, else in few, else below each other."""

    def on_resize(self) -> None:
        """Choose the words."""
        tools = descendants_of(self, Tool)
        others = sum(each.outer_size.width for each in self.children if not isinstance(each, Tool))
        room = self.size.width - others
        full = sum(cell_len(tool.words) + AROUND for tool in tools) <= room
        wraps = sum(cell_len(tool.few) + AROUND for tool in tools) > room
        self.styles.layout = "vertical" if wraps else None
        self.styles.height = sum(1 for each in self.children if each.display) if wraps else None
        for tool in tools:
            words = tool.words if full else tool.few
            if str(tool.label) != words:
                tool.label = words
