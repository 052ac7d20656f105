"""Findings as annotations of a pull request: GitHub Actions' workflow commands.

Source: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

import os
from pathlib import Path

from tilewizard.checking.checked import Checked
from tilewizard.quoting import visible
from tilewizard.rules.findings import Finding, Severity

from .grouping import summary_line

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(reports: list[Checked]) -> str:
    """A line for each finding, then the count; GitHub shows the former at their places in the diff."""
    lines = [_annotation(report, finding) for report in reports for finding in report.findings]
    return "\n".join([*lines, summary_line(reports)]) + "\n"


def _annotation(report: Checked, finding: Finding) -> str:
    # GitHub knows places from the repository's root, whatever folder a step runs in.
    workspace = os.environ.get("GITHUB_WORKSPACE", "")
    base = Path(workspace) if Path(workspace).is_absolute() else None
    properties = {"file": report.place_of(finding, base), "title": finding.rule}
    if finding.line:
        properties |= {"line": str(finding.line), "col": str(finding.column or 1)}
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    hint = f" — {finding.hint}" if finding.hint else ""
    return f"::{_COMMANDS[finding.severity]} {listed}::{_data(finding.message + hint)}"


def _data(text: str) -> str:
    """Text after the second ``::``: what would end the line, or stand for itself, is written as a number."""
    plain = visible(text).encode("utf-8", "backslashreplace").decode()
    return plain.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
