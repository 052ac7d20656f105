"""The line above and the line below: which tile and step, and how far one is."""

from __future__ import annotations

from collections import Counter

from textual.content import Content
from textual.widgets import Static
from tilewizard.language import _
from tilewizard.rules.findings import Severity
from tilewizard.session.progress import minutes_left
from tilewizard.session.report import Report
from tilewizard.session.session import Session

from ..step import Step
from .sidebar import step_state


class Bar(Static):
    """One line, drawn anew only when it says something else."""

    def __init__(self, id: str) -> None:
        super().__init__("", id=id, markup=False)
        self._said: str | Content = ""

    def say(self, words: str | Content) -> None:
        """Show a text."""
        if words != self._said:
            self._said = words
            self.update(words, layout=False)


def heading(step: type[Step], steps: tuple[type[Step], ...], session: Session, report: Report | None) -> str:
    """``step 2 of 11: Listing (1 to mend) · Acme Widget · marketplace · tilewizard``: what matters most comes first."""
    answers = session.answers
    state = step_state(step, step.slug, session, report)[1]
    where = _(
        "step {step} of {count}: {step2} ({state})",
        step=steps.index(step) + 1,
        count=len(steps),
        step2=step.title,
        state=state,
    )
    return _(
        " {where} · {listing} · {target} · tilewizard",
        where=where,
        listing=answers.listing.title or _("a new tile"),
        target=answers.target,
    )


def progress(
    saved: str, current: str, steps: tuple[type[Step], ...], session: Session, report: Report | None
) -> Content:
    """``✓✗▸·······  2 of 9 done · 1 to mend, 2 to look at · about 20 min left · draft saved``.

    A sign for each step, in their order: done, to look at, to mend, to do, skipped; what matters least comes last.
    """
    states = [(step, *step_state(step, current, session, report)) for step in steps]
    signs = [
        (("▸" if sign == " " and step.slug == current else sign.replace(" ", "·")), style or "bold")
        for step, sign, __, style in states
    ]
    asked = [step for step in steps if step.asked(session.answers)]
    done = sum(sign == "✓" for _step, sign, *__ in states)
    seen = {step.slug for step in asked if step.slug in session.left or not session.new}
    found = _("checked as you type")
    if report and "review" in session.left:
        found = _(
            "{report} to mend, {report2} to look at",
            report=report.counts()[Severity.ERROR],
            report2=report.counts()[Severity.WARNING],
        )
    elif report and (seen or session.touched):
        counts: Counter[Severity] = Counter()
        for path, group in report.by_path.items():
            # What is shown: of steps one has left, and of answers one has given.
            if not (path and session.passed_over(path)):
                counts.update(each.severity for each in group if each.step in seen or session.shows(path, each.step))
        found = _(
            "{counts} to mend, {counts2} to look at", counts=counts[Severity.ERROR], counts2=counts[Severity.WARNING]
        )
    minutes = minutes_left(report) if report is not None else 0
    left = _("about {minutes} min left", minutes=minutes) if minutes else ""
    # That the draft can't be saved is never cut off; that it was saved may be.
    words = (saved, found, left) if saved.startswith("✗") else (found, left, saved)
    return Content.assemble(
        " ",
        *signs,
        _(" {done} of {count} done · {filter}", done=done, count=len(asked), filter=" · ".join(filter(None, words))),
    )
