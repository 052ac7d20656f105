"""What one does with the answers as a whole, whichever step is shown: undo, redo, look through their history."""

from __future__ import annotations

from textual.binding import Binding
from textual.screen import Screen
from tilewizard.answers.paths import Path as AnswerPath
from tilewizard.session.history import told
from tilewizard.session.session import Change, Session

from .gate import gate_of
from .history import Chosen, HistoryScreen


class SessionScreen(Screen[None]):
    """A screen of one session. What shows its answers is the subclass's.

    Args:
        session: whose answers.
    """

    BINDINGS = [
        Binding("ctrl+z", "undo", "Undo", priority=True),
        Binding("ctrl+y", "redo", "Redo", priority=True, show=False),
        Binding("alt+z", "history", "History", priority=True, show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def commit(self) -> None:
        """Take what was typed last."""
        raise NotImplementedError

    async def show_answer(self, path: AnswerPath) -> None:
        """Show the answers as they stand, at one of them."""
        raise NotImplementedError

    def tell(self, words: str) -> None:
        """Say something in the place of what was said before: on a small terminal there is no room for both."""
        self.app.clear_notifications()
        self.notify(words, markup=False)

    async def action_undo(self) -> None:
        """Take the last change back, show it, say what and where it was."""
        change = self.session.undo()
        await self._turn(change, told(change).undone() if change else "Nothing to undo.")

    async def action_redo(self) -> None:
        """Make it again, show it, say it."""
        change = self.session.redo()
        await self._turn(change, told(change).redone() if change else "Nothing to redo.")

    async def _turn(self, change: Change | None, words: str) -> None:
        if change is not None:
            await self.show_answer(told(change).path)
        self.tell(words)

    def action_history(self) -> None:
        """Look through the changes; go to one of them, or take back all down to it."""
        self.commit()
        self.app.push_screen(HistoryScreen(self.session), self._chosen_in_history)

    def _chosen_in_history(self, chosen: Chosen | None) -> None:
        if chosen is not None:
            gate_of(self).carry_out(self._go_in_history(chosen))

    async def _go_in_history(self, chosen: Chosen) -> None:
        for _ in range(chosen.undo):
            self.session.undo()
        for _ in range(chosen.redo):
            self.session.redo()
        await self.show_answer(chosen.path)
        if chosen.words:
            self.tell(chosen.words)
