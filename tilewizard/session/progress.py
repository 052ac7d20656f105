"""How far a tile is: minutes that are left, by estimate, and what changed since it was written last."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ..answers.declaring import Kind
from ..answers.paths import is_given, value_at
from ..answers.questions import applies, questions
from ..rules.findings import Severity

if TYPE_CHECKING:
    from .report import Report
    from .session import Session

MINUTES = {
    Kind.TEXT: 1.0,
    Kind.NUMBER: 0.5,
    Kind.SWITCH: 0.5,
    Kind.CHOICE: 0.5,
    Kind.CHOICES: 1.0,
    Kind.LIST: 1.0,
    Kind.FILE: 3.0,
    Kind.FILES: 5.0,
    Kind.TABLE: 6.0,
    Kind.LONG_TEXT: 5.0,
    Kind.TEXTS: 20.0,
}
"""What an answer takes by the way it is given, for somebody who has the material at hand: an estimate, not a measurement."""
TO_MEND = {Severity.ERROR: 1.0, Severity.WARNING: 1.0}
"""What mending a finding takes."""


def minutes_left(report: Report) -> int:
    """Minutes that are left, in steps of five; 0: nothing is left to do.

    Required answers that are not given count by their kind, what is wrong with those that are given counts by the finding.
    """
    open_paths = [
        question.path
        for question in questions()
        if question.ask.required
        and question.ask.derive is None
        and applies(question, report.answers)
        and not is_given(value_at(report.answers, question.path))
    ]
    kinds = {question.path: question.ask.kind for question in questions()}
    left = sum(MINUTES[kinds[path]] for path in open_paths)
    for path, found in report.by_path.items():
        if not any(path[: len(each)] == each for each in open_paths):
            left += sum(TO_MEND.get(finding.severity, 0.0) for finding in found)
    return -(-int(left) // 5) * 5 if left >= 1 else 5 if left else 0


def changed_since_written(session: Session) -> Counter[str]:
    """How many answers differ from those that the tile was read with, by the step that asks; nothing for a new tile."""
    before, after = session.before, session.answers
    if before is None or before is after:
        return Counter()
    return Counter(
        question.step for question in questions() if value_at(before, question.path) != value_at(after, question.path)
    )
