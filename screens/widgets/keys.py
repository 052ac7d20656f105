"""The line of keys at the foot: as many as there is room for, the most wanted ones, each of them whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Footer

from ..shims.footer_keys import FooterKey

GAP = 1
"""Cells between two keys."""
EDGE = 2
"""Cells of the line before the key on the right and of the blank behind it."""


class Keys(Footer):
    """A footer that leaves out keys rather than cut one off; help and the list of commands name all of them.

    Args:
        spared: the actions whose keys are left out where there is no room, the first ones first. The keys of a step and of
            what has the focus are not among them: they are the news.
        show_command_palette: whether the key to the list of commands stands on the right.
    """

    def __init__(self, spared: Sequence[str] = (), *, show_command_palette: bool = True) -> None:
        super().__init__(show_command_palette=show_command_palette, compact=True)
        self._spared = tuple(spared)
        self._told: tuple[object, ...] | None = None

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Made anew when its keys are others: whenever the focus moves they are asked for, and mostly they are the same."""
        palette = self.app.COMMAND_PALETTE_BINDING
        told = tuple(
            (binding, enabled)
            for key, (_, binding, enabled, _) in screen.active_bindings.items()
            if binding.show or key == palette
        )
        if told != self._told:
            super().bindings_changed(screen)
            self._told = told if screen is self.screen and screen.app.app_focus and self.is_attached else None

    def compose(self) -> ComposeResult:
        """The keys, those that there is no room for hidden."""
        out = self._left_out(self.app.size.width)
        for each in super().compose():
            if isinstance(each, FooterKey):
                each.display = each.action not in out
                each.set_class(True, "-compact", update=False)  # Else it is styled once without and once with it.
            yield each

    def on_resize(self, event: events.Resize) -> None:
        """Another room holds other keys."""
        out = self._left_out(event.size.width)
        for key in self.query(FooterKey):
            key.display = key.action not in out

    def _left_out(self, room: int) -> set[str]:
        palette = self.app.COMMAND_PALETTE_BINDING
        cells: dict[str, int] = {}
        for key, (_, binding, _, _) in self.screen.active_bindings.items():
            if binding.show or (key == palette and self.show_command_palette):
                edge = 0 if binding.show else EDGE
                shown = cell_len(self.app.get_key_display(binding)) + 1 + cell_len(binding.description) + GAP + edge
                cells.setdefault(binding.action, shown)
        return left_out(cells, self._spared, room)


def left_out(cells: Mapping[str, int], spared: Sequence[str], room: int) -> set[str]:
    """The actions whose keys are left out, so that the others fit into the room.

    Args:
        cells: of each action's key, the gap behind it included.
        spared: the actions that can be left out, the first ones first.
        room: cells.
    """
    needed = sum(cells.values())
    out: set[str] = set()
    for action in spared:
        if needed <= room:
            break
        if action in cells:
            needed -= cells[action]
            out.add(action)
    return out
