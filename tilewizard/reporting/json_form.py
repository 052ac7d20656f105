"""Findings for programs, as JSON."""

from __future__ import annotations

import json

from tilewizard.checking.checked import Checked, counted
from tilewizard.rules.findings import Severity


def render(reports: list[Checked]) -> str:
    """The findings of some tiles as one JSON object; its form is version 1."""
    tiles = [
        {
            "path": str(each.path),
            "target": each.target,
            "findings": [finding.as_json() for finding in each.findings],
            "allowed": [{**finding.as_json(), "reason": finding.allowed} for finding in each.allowed],
        }
        for each in reports
    ]
    counts = counted(reports)
    summary = {
        "tiles": len(tiles),
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "infos": counts[Severity.INFO],
        "allowed": sum(len(each.allowed) for each in reports),
    }
    # Lone surrogates of broken input are escaped: the output is always valid UTF-8.
    return json.dumps({"version": 1, "tiles": tiles, "summary": summary}, indent=2) + "\n"
