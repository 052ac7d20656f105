"""The history of a session: every change in words, the newest first."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from tilewizard.answers.paths import Path as AnswerPath
from tilewizard.language import _
from tilewizard.session.history import Told, told
from tilewizard.session.session import Session

from .widgets.keys import Keys


@dataclass(frozen=True)
class Chosen:
    """What is wanted of the history: the answer to go to, how many changes to take back or to make again before, what to say."""

    path: AnswerPath
    undo: int = 0
    redo: int = 0
    words: str = ""


class HistoryScreen(ModalScreen[Chosen | None]):
    """The changes: those that were taken back above, those that stand below, the newest first.

    Args:
        session: whose.
    """

    DEFAULT_CSS = """
    HistoryScreen { align: center middle; }
    HistoryScreen #history { width: 96; max-width: 96%; height: auto; max-height: 90%; background: $surface;
        border: round $primary; padding: 0 1; }
    HistoryScreen OptionList { height: auto; max-height: 1fr; border: none; background: $boost; }
    """
    BINDINGS = [
        Binding("escape,alt+z", "dismiss(None)", _("Close"), priority=True),
        Binding("enter", "go", _("Go there"), priority=True),
        Binding("u", "turn", _("Take back down to it, or make again")),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        # Taken back last is made again first: it stands just above the changes that stand.
        self._again: list[Told] = [told(change) for change in reversed(session.taken_back)]
        self._stand: list[Told] = [told(change) for change in reversed(session.made)]

    def compose(self) -> ComposeResult:
        """A line each, with its state in words."""
        count, back = len(self._stand), len(self._again)
        with Vertical(id="history"):
            yield Static(
                _("History: {count} changed, {back} taken back", count=count, back=back),
                classes="step-title",
                markup=False,
            )
            if not count and not back:
                yield Static(_("Nothing was changed yet."), markup=False)
            options = [Option(_("taken back  {name}", name=each.line())) for each in self._again]
            options += [Option(f"{count - at:>10}  {each.line()}") for at, each in enumerate(self._stand)]
            yield OptionList(*options, markup=False, compact=True)
        yield Keys(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin with the newest change that stands."""
        options = self.query_one(OptionList)
        options.display = bool(self._again or self._stand)
        if options.display:
            options.highlighted = min(len(self._again), options.option_count - 1)
            options.focus()

    @property
    def _at(self) -> int | None:
        return self.query_one(OptionList).highlighted

    def action_go(self) -> None:
        """Close, and go to the answer; nothing is taken back."""
        if self._at is not None:
            self.dismiss(Chosen([*self._again, *self._stand][self._at].path))

    def action_turn(self) -> None:
        """Take back the newest changes down to the highlighted one; or make those again that were taken back, up to it."""
        if self._at is None:
            return
        back = len(self._again)
        if self._at < back:
            change, count = self._again[self._at], back - self._at
            self.dismiss(Chosen(change.path, redo=count, words=_said(change.redone(), count)))
        else:
            change, count = self._stand[self._at - back], self._at - back + 1
            self.dismiss(Chosen(change.path, undo=count, words=_said(change.undone(), count)))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click goes there."""
        event.stop()
        self.action_go()


def _said(words: str, count: int) -> str:
    return words if count == 1 else _("{count} changes at once. {words}", count=count, words=words)
