"""The words of a monitor's form: what its parts are called, what it does in a sentence, the variables that can be put in."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from tilewizard.authoring.monitor_file import MonitorFile
from tilewizard.field.monitors import OF_METRICS
from tilewizard.inspection.monitor_message import variables_for
from tilewizard.language import _

from .widgets.keys import Keys

SECTIONS = {
    "title": _("What customers read of it"),
    "metric": _("What it watches"),
    "over": _("When it alerts"),
    "message": _("What is sent"),
}
"""By the first field of each part of the form, what it is called."""


def query_of(file: MonitorFile) -> str | None:
    """The query, of a monitor of metrics."""
    return file.values.query if file.type in OF_METRICS else None


class VariableScreen(ModalScreen[str | None]):
    """The variables and blocks that a message can have. Enter gives the text of the marked one, Escape none.

    Args:
        query: of a monitor of metrics; None for another.
    """

    DEFAULT_CSS = """
    VariableScreen { align: center middle; }
    VariableScreen #variables { width: 76; max-width: 100%; height: auto; max-height: 100%; background: $surface;
        border: round $primary; padding: 0 1; }
    VariableScreen OptionList { height: auto; max-height: 18; border: none; background: $boost;
        text-wrap: nowrap; text-overflow: ellipsis; }
    """
    BINDINGS = [Binding("escape,f2", "dismiss(None)", _("Close"), priority=True)]

    def __init__(self, query: str | None) -> None:
        super().__init__()
        self.variables = variables_for(query)

    def compose(self) -> ComposeResult:
        """A line each: what is put in, what it stands for."""
        with Vertical(id="variables"):
            yield Static(_("Put into the message"), classes="step-title", markup=False)
            lines = [f"{_shown(text):<32} {what}" for text, what in self.variables]
            yield OptionList(*map(Option, lines), markup=False, compact=True)
        yield Keys(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin with the first."""
        self.query_one(OptionList).highlighted = 0
        self.query_one(OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give the text."""
        event.stop()
        self.dismiss(self.variables[event.option_index][0])


def _shown(text: str) -> str:
    """A variable as it is put in; of a block its begin."""
    begin, line_break, __ = text.partition("\n")
    return f"{begin}…" if line_break else begin
