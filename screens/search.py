"""Searching all answers: words of a label or a value, and a list to go from."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from tilewizard.answers.model import Answers
from tilewizard.answers.paths import Path as AnswerPath
from tilewizard.language import _
from tilewizard.quoting import visible
from tilewizard.session.searching import MOST, Found, answers_found

from .widgets.keys import Keys


class SearchScreen(ModalScreen[AnswerPath | None]):
    """Words above, the answers that hold them below. Enter gives the path of the marked one, Escape none.

    Args:
        answers: with derived values in place.
    """

    DEFAULT_CSS = """
    SearchScreen { align: center top; }
    SearchScreen #search { width: 96; max-width: 96%; height: auto; max-height: 90%; margin-top: 1; background: $surface;
        border: round $primary; padding: 0 1; }
    SearchScreen Input { background: $boost; }
    SearchScreen OptionList { height: auto; max-height: 1fr; border: none; background: $surface; }
    SearchScreen #search-count { color: $text-muted; }
    """
    BINDINGS = [
        Binding("escape,ctrl+f", "dismiss(None)", _("Close"), priority=True),
        Binding("enter", "go", _("Go there"), priority=True),
        Binding("down", "move(1)", _("Next"), priority=True),
        Binding("up", "move(-1)", _("One before"), priority=True),
    ]

    def __init__(self, answers: Answers) -> None:
        super().__init__()
        self._answers = answers
        self._found: list[Found] = []

    def compose(self) -> ComposeResult:
        """The line, how many were found, the list."""
        with Vertical(id="search"):
            yield Input(placeholder=_("words of a label or an answer"), compact=True, select_on_focus=False)
            yield Static("", id="search-count", markup=False)
            options = OptionList(markup=False, compact=True)
            options.can_focus = False
            yield options
        yield Keys(show_command_palette=False)

    def on_mount(self) -> None:
        """Every answer, before a word is typed."""
        self._fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """The answers that hold what was typed."""
        event.stop()
        self._fill(event.value)

    def on_resize(self, __: events.Resize) -> None:
        """Lines are cut to the width."""
        self._fill(self.query_one(Input).value)

    def _fill(self, words: str) -> None:
        self._found = answers_found(self._answers, words)
        count = len(self._found)
        more = _("the first {most}", most=MOST) if count == MOST else f"{count}"
        self.query_one("#search-count", Static).update(
            _("{more} found", more=more) if count else _("no answer and no label holds these words")
        )
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(self._line(each)) for each in self._found)
        options.display = bool(count)
        options.highlighted = 0 if count else None

    def _line(self, found: Found) -> Text:
        line = Text.assemble((found.where, "bold"), f"  {visible(found.text)}")
        line.truncate(max(20, min(90, int(self.size.width * 0.96) - 6)), overflow="ellipsis")
        return line

    def action_move(self, step: int) -> None:
        """Mark the next one, or the one before."""
        options = self.query_one(OptionList)
        if self._found:
            options.highlighted = ((options.highlighted or 0) + step) % len(self._found)

    def action_go(self) -> None:
        """Close, and go to the marked answer."""
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.dismiss(self._found[at].path)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click goes there."""
        event.stop()
        self.dismiss(self._found[event.option_index].path)
