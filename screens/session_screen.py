"""What one does with the answers as a whole, whichever step is shown: undo, redo, look through their history, search, copy."""

from __future__ import annotations

from textual.binding import Binding
from tilewizard.answers.paths import Path as AnswerPath
from tilewizard.errors import TilewizardError
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.session.history import told
from tilewizard.session.session import Change, Session

from .copying import value_at_focus
from .gate import gate_of
from .history import Chosen, HistoryScreen
from .search import SearchScreen
from .sight import FocusSeen
from .step import Step


class SessionScreen(FocusSeen[None]):
    """A screen of one session. What shows its answers is the subclass's.

    Args:
        session: whose answers.
    """

    BINDINGS = [
        Binding("ctrl+z", "undo", _("Undo"), priority=True),
        Binding("ctrl+y", "redo", _("Redo"), priority=True, show=False),
        Binding("alt+z", "history", _("History"), priority=True, show=False),
        Binding("ctrl+f", "search", _("Search"), priority=True, show=False),
        Binding("alt+c", "copy", _("Copy the value"), priority=True, show=False),
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
        await self._turn(change, told(change).undone() if change else _("Nothing to undo."))

    async def action_redo(self) -> None:
        """Make it again, show it, say it."""
        change = self.session.redo()
        await self._turn(change, told(change).redone() if change else _("Nothing to redo."))

    async def _turn(self, change: Change | None, words: str) -> None:
        if change is not None:
            await self.show_answer(told(change).path)
        self.tell(words)

    def action_publish(self) -> None:
        """What is asked for before the tile is published, and where it stands."""
        from .publish import PublishScreen

        self.commit()
        report = self.session.examine()
        original = self.session.original
        written = (
            original.root
            if original is not None and not self.session.example and self.session.plan().is_empty
            else None
        )
        self.app.push_screen(PublishScreen(report.tile, report.findings, written))

    def action_after(self) -> None:
        """What comes after the tile is handed in."""
        from .after import AfterScreen

        self.commit()
        self.app.push_screen(AfterScreen(self.session.examine().tile))

    def action_offers(self) -> None:
        """What a tile on the disk asks for outside of the answers: in its checkout, in its package."""
        from .offers import OffersScreen

        root = self.session.original.root if self.session.original is not None and not self.session.example else None
        if root is None:
            self.tell(_("The tile is not written yet: what it asks for in its package and checkout is offered then."))
        else:
            self.app.push_screen(OffersScreen(root))

    def action_platform_form(self) -> None:
        """Walk through the Developer Platform's form."""
        from .platform_form import PlatformFormScreen

        self.commit()
        report = self.session.examine()
        try:
            self.app.push_screen(PlatformFormScreen(report.tile, report.findings))
        except TilewizardError as error:
            self.tell(error.render())

    def action_history(self) -> None:
        """Look through the changes; go to one of them, or take back all down to it."""
        self.commit()
        self.app.push_screen(HistoryScreen(self.session), self._chosen_in_history)

    def _chosen_in_history(self, chosen: Chosen | None) -> None:
        if chosen is not None:
            gate_of(self).carry_out(self._go_in_history(chosen))

    async def _go_in_history(self, chosen: Chosen) -> None:
        for __ in range(chosen.undo):
            self.session.undo()
        for __ in range(chosen.redo):
            self.session.redo()
        await self.show_answer(chosen.path)
        if chosen.words:
            self.tell(chosen.words)

    def action_search(self) -> None:
        """Look for words in all answers, and go to one of them."""
        self.commit()
        self.app.push_screen(SearchScreen(self.session.settled()), self._found)

    def _found(self, path: AnswerPath | None) -> None:
        if path is not None:
            gate_of(self).carry_out(self._go_to(path))

    async def _go_to(self, path: AnswerPath) -> None:
        await self.show_answer(path)
        for step in self.query(Step):
            step.show_within(path)

    def action_copy(self) -> None:
        """Put the value that has the focus on the clipboard, by OSC 52: over SSH too, where the terminal allows it."""
        self.commit()
        found = value_at_focus(self.focused, self.session)
        if found is None or not found.text:
            self.tell(_("There is nothing to copy here."))
            return
        self.app.copy_to_clipboard(found.text.encode("utf-8", "replace").decode())
        self.tell(_("Copied {label}: {found}.", label=found.label, found=quoted(found.text)))
