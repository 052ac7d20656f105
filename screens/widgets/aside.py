"""What stands beside the form: the help on the focused question and, where there is room, what a customer sees of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container
from tilewizard.answers.paths import Path
from tilewizard.session.report import Report
from tilewizard.session.session import Session

from .beside import Beside
from .context import Context
from .rows import Rows

if TYPE_CHECKING:
    from ..step import Step
    from .faults import Asker


class Aside(Container):
    """The preview and the help, one below the other or side by side. It follows what has the focus."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="aside")
        self.session = session
        self.report: Report | None = None
        self._step = ""
        self._beside, self._help = Beside(), Context(id="context")

    def compose(self) -> ComposeResult:
        """What it shows in first."""
        yield self._beside
        yield self._help

    def open(self, step: type[Step]) -> None:
        """Say what a step is about."""
        self._step = step.slug
        self._help.say(step.title, step.intro)
        self.follow()

    def explain(self, asker: Asker) -> None:
        """Explain a question, and show where its answer shows."""
        self._help.explain(asker, self.session)
        self.follow()

    def wait(self) -> None:
        """Somebody types: nothing is drawn meanwhile."""
        self._beside.wait()

    def keep_up(self, report: Report) -> None:
        """Show what became of the question and its answer."""
        self.report = report
        self._help.keep_up(self.session)
        self.follow()

    def follow(self) -> None:
        """Show where the answer shows that has the focus."""
        self._beside.follow(self.report, self._step, self._edited())

    def _edited(self) -> Path:
        """The place of the answer that has the focus; of a table its chosen row."""
        focused = self.screen.focused
        for each in focused.ancestors_with_self if focused is not None else ():
            if isinstance(each, Rows):
                return (*each.question.path, each.at) if each.items else each.question.path
            path = getattr(each, "path", None) or getattr(getattr(each, "question", None), "path", None)
            if isinstance(path, tuple):
                return path
        return ()
