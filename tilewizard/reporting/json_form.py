"""Findings for programs, as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tilewizard.findings import Finding, Severity


def render(reports: Iterable[tuple[Path, str, list[Finding]]]) -> str:
    """The findings of some tiles as one JSON object; its form is version 1."""
    tiles = [
        {"path": str(path), "target": target, "findings": [finding.as_json() for finding in findings]}
        for path, target, findings in reports
    ]
    counts = Counter(finding["severity"] for tile in tiles for finding in tile["findings"])  # type: ignore[index]
    summary = {
        "tiles": len(tiles),
        "errors": counts[Severity.ERROR.value],
        "warnings": counts[Severity.WARNING.value],
        "infos": counts[Severity.INFO.value],
    }
    # Lone surrogates of broken input are escaped: the output is always valid UTF-8.
    return json.dumps({"version": 1, "tiles": tiles, "summary": summary}, indent=2) + "\n"
