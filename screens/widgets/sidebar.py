"""The list of steps: where one is, what is done, what is wrong."""

from __future__ import annotations

from collections import Counter

from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option
from tilewizard.answers.questions import question_for
from tilewizard.answers.steps import step_asked
from tilewizard.language import _, pgettext
from tilewizard.rules.findings import Severity
from tilewizard.session.progress import changed_since_written
from tilewizard.session.report import Report
from tilewizard.session.session import Session

from ..step import Step
from .faults import OPEN


class Sidebar(OptionList):
    """A line for each step, its state in words and signs."""

    BINDINGS = [Binding("escape", "screen.steps", _("Close the list"), show=False)]

    def __init__(self, steps: tuple[type[Step], ...]) -> None:
        super().__init__(markup=False, compact=True, id="sidebar")
        self.steps = steps
        self._told: list[tuple[bool, str, str, str]] = []
        self._here = 0

    def on_blur(self) -> None:
        """Who comes back begins where one is, whatever was looked at before."""
        with self.prevent(OptionList.OptionHighlighted):
            self.highlighted = self._here if self.option_count else None

    def show(self, current: str, session: Session, report: Report | None) -> None:
        """Show the steps' states, where they are others than before."""
        changed = changed_since_written(session)
        states = [
            (step.slug == current, *_with_changes(step_state(step, current, session, report), changed[step.slug]))
            for step in self.steps
        ]
        if states == self._told:
            return
        stays = [state[0] for state in states] == [state[0] for state in self._told]
        self._told = list(states)
        options = [
            Option(self._line(index, step, *state), id=step.slug)
            for index, (step, state) in enumerate(zip(self.steps, states, strict=True))
        ]
        with self.prevent(OptionList.OptionHighlighted):
            at = self.highlighted
            self.clear_options()
            self.add_options(options)
            self._here = next(index for index, step in enumerate(self.steps) if step.slug == current)
            # Who walks through the list isn't pulled away from where one is.
            self.highlighted = at if self.has_focus and stays and at is not None else self._here

    @staticmethod
    def _line(index: int, step: type[Step], here: bool, sign: str, word: str, style: str) -> Content:
        first = f"{'▸' if here else ' '}{sign} {index + 1:>2} {step.title}\n"
        return Content.assemble((first, "bold" if here else ""), (f"     {word}", style or "$text-muted"))


def _with_changes(state: tuple[str, str, str], changed: int) -> tuple[str, str, str]:
    """A step's state, with how many of its answers are others than those that were written last."""
    sign, word, style = state
    return (sign, _("{word} · {changed} changed", word=word, changed=changed), style) if changed else state


def step_state(step: type[Step], current: str, session: Session, report: Report | None) -> tuple[str, str, str]:
    """A step's sign, state in words, and style."""
    if not step.asked(session.answers):
        return "\u2013", _("skipped: {skipped}", skipped=step.skipped), "$text-muted"
    seen = step.slug in session.left or not session.new
    if report is None or not seen:
        return (" ", _("you are here"), "") if step.slug == current else (" ", _("to do"), "$text-muted")
    counts = report.counts() if step.slug == "review" else report.counts(step.slug)
    still = _passed_over(step.slug, session, report) if step.slug != "review" else Counter()
    counts = counts - still
    if counts[Severity.ERROR]:
        return "✗", _("{counts} to mend", counts=counts[Severity.ERROR]), "$text-error"
    if counts[Severity.WARNING]:
        return "!", _("{counts} to look at", counts=counts[Severity.WARNING]), "$text-warning"
    if still:
        return OPEN, _("{still} to do", still=still.total()), "$text-muted"
    later = [step_asked(slug) for slug in report.elsewhere(step.slug)]
    # What a later step mends is no fault of this one.
    names = [each.title for each in later if each.asked(session.answers) and each.slug not in session.left]
    if names and session.new:
        return OPEN, _("to do in {names}", names=names[0]), "$text-muted"
    return "✓", pgettext("of a step", "done"), "$text-success"


def _passed_over(slug: str, session: Session, report: Report) -> Counter[Severity]:
    """What is found at answers that nobody has come to yet."""
    found: Counter[Severity] = Counter()
    for path, group in report.by_path.items():
        question = question_for(path) if path else None
        if question is not None and question.step == slug and session.passed_over(path):
            found.update(each.severity for each in group)
    return found
