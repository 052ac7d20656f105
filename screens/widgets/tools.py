"""A line of buttons that says less where there is less room."""

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
    """A title and tools in one line: all tools in full words where there is room for them, else all in few."""

    def on_resize(self) -> None:
        """Choose the words."""
        tools = descendants_of(self, Tool)
        others = sum(each.outer_size.width for each in self.children if not isinstance(each, Tool))
        full = sum(cell_len(tool.words) + AROUND for tool in tools) + others <= self.size.width
        for tool in tools:
            words = tool.words if full else tool.few
            if str(tool.label) != words:
                tool.label = words
