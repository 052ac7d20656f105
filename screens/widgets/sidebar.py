"""The list of steps: where one is, what is done, what is wrong."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import OptionList
from textual.widgets.option_list import Option
from tilewizard.findings import Severity
from tilewizard.session import Report, Session

from ..step import Step


class Sidebar(OptionList):
    """A line for each step, its state in words and signs."""

    def __init__(self, steps: tuple[type[Step], ...]) -> None:
        super().__init__(markup=False, compact=True, id="sidebar")
        self.steps = steps

    def show(self, current: str, session: Session, report: Report | None) -> None:
        """Show the steps' states anew."""
        options = [
            Option(self._line(index, step, current, session, report), id=step.slug)
            for index, step in enumerate(self.steps)
        ]
        with self.prevent(OptionList.OptionHighlighted):
            at = self.highlighted
            self.clear_options()
            self.add_options(options)
            here = next(index for index, step in enumerate(self.steps) if step.slug == current)
            self.highlighted = at if self.has_focus and at is not None else here

    def _line(self, index: int, step: type[Step], current: str, session: Session, report: Report | None) -> Text:
        sign, word, style = step_state(step, current, session, report)
        line = Text(no_wrap=True, overflow="ellipsis")
        line.append(
            f"{'▸' if step.slug == current else ' '}{sign} {index + 1:>2} {step.title}\n",
            "bold" if step.slug == current else "",
        )
        line.append(f"     {word}", style or "dim")
        return line


def step_state(step: type[Step], current: str, session: Session, report: Report | None) -> tuple[str, str, str]:
    """A step's sign, state in words, and style."""
    if not step.asked(session.answers):
        return "\u2013", f"skipped: {step.skipped}", "dim"
    seen = step.slug in session.left or not session.new
    if report is None or not seen:
        return (" ", "you are here", "") if step.slug == current else (" ", "to do", "dim")
    counts = report.counts() if step.slug == "review" else report.counts(step.slug)
    if counts[Severity.ERROR]:
        return "✗", f"{counts[Severity.ERROR]} to mend", "red"
    if counts[Severity.WARNING]:
        return "!", f"{counts[Severity.WARNING]} to look at", "yellow"
    return "✓", "done", "green"
