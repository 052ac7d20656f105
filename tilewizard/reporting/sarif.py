"""Findings as SARIF 2.1.0, which code scanning services and editors read.

Source: OASIS Static Analysis Results Interchange Format, version 2.1.0.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tilewizard import __version__
from tilewizard.checking.checked import Checked, current_folder
from tilewizard.field.vocabulary import Target
from tilewizard.language import _
from tilewizard.rules.findings import Finding, Severity
from tilewizard.rules.registry import Rule, all_rules

from .fingerprint import fingerprints

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(reports: list[Checked]) -> str:
    """The findings of some tiles as one SARIF log with one run; every rule is described in it."""
    index = {rule.name: at for at, rule in enumerate(all_rules())}
    run = {
        "tool": {
            "driver": {"name": "tilewizard", "version": __version__, "rules": [_described(r) for r in all_rules()]}
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"uri": f"{current_folder().as_uri().rstrip('/')}/"}},
        "results": [_result(report, each, index, mark) for report in reports for each, mark in fingerprints(report)],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _described(rule: Rule) -> dict[str, Any]:
    severities = [severity for target in Target if (severity := rule.severity_for(target))]
    worst = min(severities, key=lambda each: each.rank)
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.what},
        "fullDescription": {"text": rule.why},
        "help": {"text": _("{what} {why} Source: {source}.", what=rule.what, why=rule.why, source=rule.source)},
        "defaultConfiguration": {"level": _LEVELS[worst]},
        "properties": {"tags": [rule.subject]},
    }


def _result(report: Checked, finding: Finding, index: dict[str, int], mark: str) -> dict[str, Any]:
    hint = f" — {finding.hint}" if finding.hint else ""
    place: dict[str, Any] = {"artifactLocation": _artifact(report, finding)}
    if finding.line:
        place["region"] = {"startLine": finding.line, "startColumn": finding.column or 1}
    location: dict[str, Any] = {"physicalLocation": place}
    if finding.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.pointer}]
    suppressed = {"suppressions": [_suppression(finding)]} if finding.allowed else {}
    return {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message + hint},
        "locations": [location],
        # The same finding keeps its print when lines move, so that services tell old ones from new.
        "partialFingerprints": {"tilewizard/v2": mark},
        **suppressed,
    }


def _suppression(finding: Finding) -> dict[str, str]:
    kind = "inSource" if finding.allowed_in_file else "external"
    return {"kind": kind, "justification": finding.allowed}


def _artifact(report: Checked, finding: Finding) -> dict[str, str]:
    place = report.place_of(finding)
    if Path(place).is_absolute():
        return {"uri": Path(place).as_uri()}
    return {"uri": quote(place.encode("utf-8", "surrogateescape")), "uriBaseId": "ROOT"}
