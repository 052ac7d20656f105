"""What is wrong, below what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from textual.widgets import Static
from tilewizard.answers.questions import Question
from tilewizard.language import _
from tilewizard.quoting import visible
from tilewizard.rules.findings import Finding, Severity
from tilewizard.session.place import place_of
from tilewizard.session.report import Report

SIGNS = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.INFO: "i"}
OPEN = "○"
"""The sign of what is still to be answered."""
WORDS = {Severity.ERROR: _("to mend"), Severity.WARNING: _("to look at"), Severity.INFO: _("to know")}
"""What a finding is to whoever fills in the form."""


class Asker(Protocol):
    """A widget that asks a question, and the lines on what is wrong with the answer."""

    question: Question
    said: list[str]

    @property
    def is_attached(self) -> bool:
        """Whether it is on the screen."""


class Faults(Static):
    """Lines on what is wrong; not there while nothing is. The screen is laid out anew only when they need other room."""

    def __init__(self) -> None:
        super().__init__("", classes="field-fault", markup=False)
        self._said = ""

    def say(self, lines: list[str]) -> None:
        """Show the first line, and how many there are more; or nothing."""
        words = f"{lines[0]} (+{len(lines) - 1})" if len(lines) > 1 else "".join(lines)
        if words == self._said:
            return
        self._said = words
        self.update(words, layout=False)
        shown = bool(words)
        if shown != self.display:
            self.display = shown
        elif shown and self._taller():
            self.refresh(layout=True)

    def _taller(self) -> bool:
        """Whether the words need another height; before they were ever laid out there is no width to tell by."""
        room = self.content_size
        return not room.width or self.visual.get_height(self.styles.get_rules(), room.width) != room.height


def placed(finding: Finding, report: Report) -> str:
    """A finding away from its question: ``Title: Shorten it to 50 characters. (Listing)``."""
    place = place_of(finding, report)
    words = f"{place.label}: {finding.form} ({place.where})" if place.label else f"{finding.form} ({place.where})"
    return visible(words)


def mended(finding: Finding, report: Report) -> str:
    """That a finding was mended, and where."""
    place = place_of(finding, report)
    where = f"{place.label} ({place.where})" if place.label else place.where
    return visible(_("Mended: {where}. Ctrl+Z takes it back.", where=where))


def marked(title: str, still: Sequence[Finding]) -> str:
    """A question's title, with a sign where it is still to be answered."""
    return f"{OPEN} {title}" if still else title


def told(finding: Finding, place: str = "", open_only: bool = False) -> str:
    """A finding in a line: its sign and, in the form's voice, what to do."""
    sign = OPEN if open_only else SIGNS[finding.severity]
    return visible(f"{sign} {f'{place}: ' if place else ''}{finding.form}")
