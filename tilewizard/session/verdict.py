"""Whether a tile may be written as it is, in one line, and what is to be looked at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tilewizard.language import _

from ..answers.paths import Path
from ..answers.questions import question_for, questions
from ..answers.steps import STEPS_ASKED
from ..checking.locate import path_of
from ..rules.findings import Finding, Severity

if TYPE_CHECKING:
    from .report import Report

UNWRITTEN = _("This directory has no manifest on purpose, so these answers are written nowhere: {}.")
REFUSED = _("Datadog would refuse it: {} to mend, {} to look at.")
"""Of a tile that exists already: one that is wrong may be written all the same."""


def verdict(report: Report, *, new: bool) -> tuple[Severity | None, str]:
    """Whether the tile may be written, would be refused, would be objected to: one line, and what it rests on.

    Args:
        report: what is wrong.
        new: whether the tile is a new one, which is written only without errors.
    """
    counts = report.counts()
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    if errors:
        refused = _("Not ready to write: {} to mend, {} to look at.") if new else REFUSED
        return Severity.ERROR, refused.format(errors, warnings)
    if warnings:
        return Severity.WARNING, _("It can be written; a reviewer would object to {warnings}.", warnings=warnings)
    return None, _("Ready. Nothing is wrong; some things to know.") if counts else _("Ready. Nothing is wrong.")


def by_weight(report: Report) -> list[Finding]:
    """The findings as a reviewer meets them: the worst first, those that weigh the same in the order of the questions."""
    order: dict[Path, int] = {question.path: at for at, question in enumerate(questions())}
    steps = {step.slug: at for at, step in enumerate(STEPS_ASKED)}

    def weight(finding: Finding) -> tuple[int, int, int]:
        path = path_of(finding, report.tile, report.settled)
        question = question_for(path) if path else None
        step = question.step if question is not None else finding.step
        at = next((order[path[:size]] for size in range(len(path), 0, -1) if path[:size] in order), 0) if path else 0
        return finding.severity.rank, steps.get(step, len(steps)), at

    return sorted(report.findings, key=weight)
