"""What is wrong with one state of the answers, by answer and by step."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from ..answers.model import Answers
from ..answers.paths import Path as AnswerPath
from ..answers.questions import question_for
from ..rules.findings import Finding, Severity
from ..tile.tile import Tile


@dataclass(frozen=True)
class Report:
    """What is wrong with one state of the answers.

    Attributes:
        answers: the state that was examined.
        settled: the same with derived values.
        tile: the tile that it stands for.
        findings: everything that stands against the tile, sorted.
        allowed: what is let stand, by the checkout's settings or a comment of Datadog's.
        by_path: the findings of each answer's path; those that no question covers under ``()``.
    """

    answers: Answers
    settled: Answers
    tile: Tile
    findings: tuple[Finding, ...] = ()
    by_path: dict[AnswerPath, list[Finding]] = field(default_factory=dict)
    allowed: tuple[Finding, ...] = ()

    def at(self, path: AnswerPath) -> list[Finding]:
        """The findings on an answer and on whatever lies below it, the worst first."""
        return self._below.get(path, [])

    def exactly_at(self, path: AnswerPath) -> list[Finding]:
        """The findings on an answer itself."""
        return sorted(self.by_path.get(path, []), key=lambda finding: finding.severity.rank)

    def counts(self, step: str | None = None) -> Counter[Severity]:
        """How many findings of each severity, of one step or of all."""
        return self._counts.get(step, Counter())

    def elsewhere(self, step: str) -> list[str]:
        """The other steps in which something is to be mended that a step's own answers ask for: the rule names the question."""
        found = ((_step_of(path, each), each) for path, group in self.by_path.items() for each in group)
        return sorted(
            {at for at, each in found if each.question and each.step == step != at and each.severity != Severity.INFO}
        )

    @cached_property
    def _below(self) -> dict[AnswerPath, list[Finding]]:
        below: dict[AnswerPath, list[Finding]] = {}
        for path, group in self.by_path.items():
            for size in range(len(path) + 1):
                below.setdefault(path[:size], []).extend(group)
        for found in below.values():
            found.sort(key=lambda finding: finding.severity.rank)
        return below

    @cached_property
    def _counts(self) -> dict[str | None, Counter[Severity]]:
        counts: dict[str | None, Counter[Severity]] = {None: Counter()}
        for path, group in self.by_path.items():
            for finding in group:
                counts[None][finding.severity] += 1
                counts.setdefault(_step_of(path, finding), Counter())[finding.severity] += 1
        return counts


def _step_of(path: AnswerPath, finding: Finding) -> str:
    """The step in which a finding is mended: that of its question, else the one that its rule names."""
    question = question_for(path) if path else None
    return question.step if question is not None else finding.step
