"""Where a finding stands, in the form's words: the label of its question, and its step and row."""

from __future__ import annotations

from dataclasses import dataclass

from tilewizard.language import _

from ..answers.paths import value_at
from ..answers.questions import question_for, questions_of
from ..answers.steps import step_asked
from ..checking.locate import path_of
from ..rules.findings import Finding
from ..tile.tile import CHANGELOG, MANIFEST, METADATA, README, SERVICE_CHECKS
from .report import Report

_ASKED = frozenset({MANIFEST, README, METADATA, SERVICE_CHECKS, CHANGELOG})
"""The files whose text is asked in the form: a line of theirs tells nobody anything there."""


@dataclass(frozen=True)
class Place:
    """Where a finding is mended.

    Attributes:
        label: of the question, or the name of the entry or section; empty where no question covers it.
        where: the step and what stands in the row, else the file and its line.
    """

    label: str
    where: str


def place_of(finding: Finding, report: Report) -> Place:
    """The place of a finding; ``Place("Unit", "Metrics & checks, acme.requests")``."""
    path = path_of(finding, report.tile, report.settled)
    question = question_for(path) if path else None
    line = _("{file}, line {line}", file=finding.file, line=finding.line) if finding.line else finding.file
    if path is None or question is None:
        return Place("", line)
    step = step_asked(question.step).title
    label, row = question.ask.title, ""
    size = len(question.path)
    if not question.columns and len(path) > size and path[:size] == question.path and isinstance(path[size], str):
        label = str(path[size])  # A section, a dashboard: it goes by a name of its own.
    table = next(
        (each for each in questions_of(question.step) if each.columns and path[: len(each.path)] == each.path), None
    )
    if table is not None and len(path) > len(table.path) and isinstance(path[len(table.path)], int):
        size = len(table.path) + 1
        names_it = next((each for each in table.columns if each.ask.required), table.columns[0])
        named = value_at(report.settled, (*path[:size], names_it.path[-1]))
        row = named.rpartition("/")[2] if isinstance(named, str) and named else f"{int(path[size - 1]) + 1}"
    where = f"{step}, {row}" if row else step
    return Place(label, where if finding.file in _ASKED or not finding.line else f"{where}; {line}")
