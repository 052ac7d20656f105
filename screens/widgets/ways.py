"""One of the lists that stand side by side at the start: arrows move within it and to its neighbours."""

from __future__ import annotations

from textual.binding import Binding
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option
from tilewizard.language import _


class Ways(OptionList):
    """A titled list of things to open.

    Args:
        title: above it.
        ways: what is in it from the start.
        nothing: what stands there while it is empty.
    """

    DEFAULT_CSS = """
    Ways {
        width: 1fr; height: auto; max-height: 8; margin-right: 1; padding: 0; background: transparent;
        scrollbar-size-vertical: 1; border: round $surface-lighten-2; border-title-color: $text-muted;
        &:focus { border: round $primary; border-title-color: $text-primary; border-title-style: bold; }
    }
    """
    BINDINGS = [
        Binding("left", "aside(-1)", _("The list at the left"), show=False),
        Binding("right", "aside(1)", _("The list at the right"), show=False),
    ]

    class Chosen(Message):
        """Something is to be opened."""

        def __init__(self, way: str) -> None:
            super().__init__()
            self.way = way

    def __init__(self, title: str, *ways: Option, nothing: str = "", classes: str | None = None) -> None:
        super().__init__(markup=False, classes=classes)
        self.border_title = title
        self.nothing = nothing
        self.ways: list[Option] = []
        self._told: list[str] | None = None
        self.put(list(ways))

    def put(self, ways: list[Option]) -> None:
        """Show other things; the mark stays on what it is on, while that is there."""
        said = [str(each.prompt) for each in ways]
        if said == self._told:
            return
        at = self.highlighted_option
        self._told, self.ways = said, ways
        self.clear_options()
        self.add_options(ways or [Option(self.nothing, disabled=True)])
        self.can_focus = bool(ways)
        if ways:
            names = [each.id for each in ways]
            self.highlighted = names.index(at.id) if at is not None and at.id in names else 0

    def action_aside(self, by: int) -> None:
        """Go to the next list that has something in it."""
        lists = [each for each in self.screen.query(Ways) if each.can_focus]
        at = lists.index(self) + by
        if 0 <= at < len(lists):
            lists[at].focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Tell what was chosen."""
        event.stop()
        self.post_message(self.Chosen(str(event.option_id)))
