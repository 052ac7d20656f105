"""Choosing which of a tile's log pipelines the lab is opened on."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from tilewizard.language import _
from tilewizard.quoting import visible

from .widgets.keys import Keys


class ChoosePipeline(ModalScreen[str | None]):
    """A list of pipelines. Gives the path of the chosen one, or None.

    Args:
        names: what is shown of each, by its path.
    """

    DEFAULT_CSS = """
    ChoosePipeline { align: center middle; }
    ChoosePipeline #pipelines { width: 72; max-width: 100%; height: auto; max-height: 100%; padding: 0 1;
        background: $surface; border: round $primary; border-title-color: $text-primary; border-title-style: bold; }
    ChoosePipeline OptionList { height: auto; max-height: 1fr; border: none; background: $surface; scrollbar-size-vertical: 1; }
    ChoosePipeline Static { color: $text-muted; height: auto; }
    """
    BINDINGS = [Binding("escape", "dismiss(None)", _("Cancel"), priority=True)]

    def __init__(self, names: dict[str, str]) -> None:
        super().__init__()
        self._names = names

    def compose(self) -> ComposeResult:
        """A line each."""
        with Vertical(id="pipelines") as box:
            box.border_title = _("Log pipelines of this tile")
            yield Static(_("Enter opens one in the lab."), markup=False)
            yield OptionList(*(Option(visible(name)) for name in self._names.values()), markup=False, compact=True)
        yield Keys(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin with the first one."""
        options = self.query_one(OptionList)
        options.highlighted = 0
        options.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give it."""
        event.stop()
        self.dismiss([*self._names][event.option_index])
