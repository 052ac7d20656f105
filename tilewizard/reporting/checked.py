"""What every format prints: the findings of one tile."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from tilewizard.findings import Finding, Severity


@dataclass(frozen=True)
class Checked:
    """One tile's findings.

    Attributes:
        path: the directory as it was named.
        target: the repository that it was checked for.
        findings: sorted by file and place.
    """

    path: Path
    target: str
    findings: list[Finding] = field(default_factory=list)

    def place_of(self, finding: Finding) -> str:
        """A finding's file as services want it: relative to the current folder where it lies below, with ``/``."""
        file = os.path.relpath(self.path / finding.file)
        return (str(self.path.resolve() / finding.file) if file.startswith("..") else file).replace(os.sep, "/")


def counted(reports: list[Checked]) -> dict[Severity, int]:
    """How many findings of each severity there are."""
    counts = dict.fromkeys(Severity, 0)
    for report in reports:
        for finding in report.findings:
            counts[finding.severity] += 1
    return counts
