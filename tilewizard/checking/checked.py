"""What every format prints: the findings of one tile."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from tilewizard.rules.findings import Finding, Severity

from .allowed import Allowance


@dataclass(frozen=True)
class Checked:
    """One tile's findings.

    Attributes:
        path: the directory as it was named.
        target: the repository that it was checked for.
        findings: those that stand against it, sorted by file and place.
        allowed: those that are let stand, with their reasons.
        used: the exceptions of the checkout that fit one of its findings.
    """

    path: Path
    target: str
    findings: list[Finding] = field(default_factory=list)
    allowed: list[Finding] = field(default_factory=list)
    used: frozenset[Allowance] = frozenset()

    def place_of(self, finding: Finding, base: Path | None = None) -> str:
        """A finding's file as services want it: relative to ``base`` where it lies below, with ``/``.

        Args:
            finding: one of this tile's.
            base: a folder; by default the current one.
        """
        whole = os.path.join(os.path.abspath(self.path), finding.file)  # noqa: PTH100, PTH118  (links stay as named)
        below = os.path.relpath(whole, base or current_folder())
        outside = below == os.pardir or below.startswith(os.pardir + os.sep)
        return (whole if outside else below).replace(os.sep, "/")


def current_folder() -> Path:
    """The current folder; the root when it was deleted meanwhile."""
    try:
        return Path.cwd()
    except OSError:
        return Path(os.sep)


def counted(reports: list[Checked]) -> dict[Severity, int]:
    """How many findings of each severity there are."""
    counts = dict.fromkeys(Severity, 0)
    for report in reports:
        for finding in report.findings:
            counts[finding.severity] += 1
    return counts
