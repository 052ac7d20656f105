"""The order in which one goes from problem to problem: errors first, then as the steps ask."""

from __future__ import annotations

from tilewizard.answers.questions import question_for, questions_of
from tilewizard.checking.locate import path_of
from tilewizard.rules.findings import Finding, Severity
from tilewizard.session.report import Report

from .steps import STEPS

Place = tuple[int, int, int, tuple[int, ...], str, str]
"""Where a finding stands among the others: severity, step, question, row, column, then what tells it from its neighbours."""


def problems(report: Report) -> list[tuple[Place, Finding]]:
    """What is wrong, in the order in which one meets it when one goes through the steps."""
    found = [each for each in report.findings if each.severity != Severity.INFO]
    return sorted(((_place(each, report), each) for each in found), key=lambda each: each[0])


def after(report: Report, last: Place | None) -> tuple[Place, Finding] | None:
    """The problem that follows the one that was shown last, and after the last one the first."""
    found = problems(report)
    if not found:
        return None
    return next((each for each in found if last is not None and each[0] > last), found[0])


def _place(finding: Finding, report: Report) -> Place:
    path = path_of(finding, report.tile, report.settled) or ()
    question = question_for(path) if path else None
    slug = question.step if question is not None else finding.step
    step = next((index for index, each in enumerate(STEPS) if each.slug == slug), len(STEPS))
    at, column = 0, -1
    if question is not None and step < len(STEPS):
        last = STEPS[step].last
        asked = [each for each in questions_of(slug) if path[: len(each.path)] == each.path]
        names = [each.name for each in questions_of(slug) if each.name not in last] + list(last)
        at = names.index(asked[0].name) if asked else 0
        column = asked[0].columns.index(question) if asked and question in asked[0].columns else -1
    rows = (*(each for each in path if isinstance(each, int)), column)
    return finding.severity.rank, step, at, rows, f"{finding.file}{finding.pointer}", finding.rule
