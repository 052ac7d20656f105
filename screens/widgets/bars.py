"""The line above and the line below: which tile and step, and how far one is."""

from __future__ import annotations

from collections import Counter

from textual.widgets import Static
from tilewizard.rules.findings import Severity
from tilewizard.session.session import Report, Session

from ..step import Step
from .sidebar import step_state


class Bar(Static):
    """One line, drawn anew only when it says something else."""

    def __init__(self, id: str) -> None:
        super().__init__("", id=id, markup=False)
        self._said = ""

    def say(self, words: str) -> None:
        """Show a text."""
        if words != self._said:
            self._said = words
            self.update(words, layout=False)


def heading(step: type[Step], steps: tuple[type[Step], ...], session: Session, report: Report | None) -> str:
    """``step 2 of 11: Listing (1 to mend) · Acme Widget · marketplace · tilewizard``: what matters most comes first."""
    answers = session.answers
    state = step_state(step, step.slug, session, report)[1]
    where = f"step {steps.index(step) + 1} of {len(steps)}: {step.title} ({state})"
    return f" {where} · {answers.listing.title or 'a new tile'} · {answers.target} · tilewizard"


def progress(saved: str, steps: tuple[type[Step], ...], session: Session, report: Report | None) -> str:
    """``draft saved · 1 to mend, 2 to look at · 4 of 10 steps seen``."""
    asked = [step for step in steps if step.asked(session.answers)]
    seen = {step.slug for step in asked if step.slug in session.left or not session.new}
    found = "checked as you type"
    if report and (seen or session.touched):
        counts: Counter[Severity] = Counter()
        for path, group in report.by_path.items():
            # What is shown: of steps one has left, and of answers one has given.
            if not (path and session.passed_over(path)):
                counts.update(each.severity for each in group if each.step in seen or session.shows(path, each.step))
        found = f"{counts[Severity.ERROR]} to mend, {counts[Severity.WARNING]} to look at"
    return f" {saved} · {found} · {len(seen)} of {len(asked)} steps seen"
