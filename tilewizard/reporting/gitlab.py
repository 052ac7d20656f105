"""Findings as GitLab's code quality report, which stands at a merge request's lines.

Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from tilewizard.checking.checked import Checked
from tilewizard.quoting import visible
from tilewizard.rules.findings import Severity

from .fingerprint import fingerprints

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(reports: list[Checked]) -> str:
    """The findings of some tiles as one JSON array; those that are allowed are left out, GitLab knows no such state.

    Paths are relative to the repository's root, ``CI_PROJECT_DIR``, whatever folder a job runs in; elsewhere to the current one.
    """
    project = os.environ.get("CI_PROJECT_DIR", "")
    base = Path(project) if Path(project).is_absolute() else None
    issues, seen = [], set()
    for report in reports:
        for finding, mark in fingerprints(report):
            if finding.allowed:
                continue
            path = report.place_of(finding, base)
            if mark in seen:  # Tiles of one name in two folders: GitLab drops an issue whose fingerprint it has.
                mark = hashlib.sha256(f"{mark}\0{path}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
            seen.add(mark)
            hint = f" — {finding.hint}" if finding.hint else ""
            issues.append(
                {
                    "description": visible(finding.message + hint),
                    "check_name": finding.rule,
                    "fingerprint": mark,
                    "severity": _SEVERITIES[finding.severity],
                    "location": {"path": path, "lines": {"begin": finding.line or 1}},
                }
            )
    # Lone surrogates of broken input are escaped: the output is always valid UTF-8.
    return json.dumps(issues, indent=2) + "\n"
