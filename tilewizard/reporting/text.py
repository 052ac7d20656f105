"""Findings for people: grouped by file, with colour where a terminal shows it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from tilewizard.findings import Finding, Severity
from tilewizard.quoting import visible

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def render(reports: Iterable[tuple[Path, str, list[Finding]]], *, colour: bool) -> str:
    """The findings of some tiles as text.

    Args:
        reports: each tile's path, target and findings.
        colour: whether to use ANSI colours.
    """

    def styled(text: str, **style: object) -> str:
        return click.style(text, **style) if colour else text  # type: ignore[arg-type]

    lines: list[str] = []
    counts = dict.fromkeys(Severity, 0)
    tiles = 0
    for path, _, findings in reports:
        tiles += 1
        by_file: dict[str, list[Finding]] = {}
        for finding in findings:
            counts[finding.severity] += 1
            by_file.setdefault(finding.file, []).append(finding)
        for file, group in by_file.items():
            lines.append(styled(visible(f"{path}/{file}"), bold=True))
            for finding in group:
                place = f"{finding.line}:{finding.column}" if finding.line else "-"
                severity = styled(f"{finding.severity.value:<7}", fg=_COLOURS[finding.severity])
                fixable = styled(" [fixable]", dim=True) if finding.fixable else ""
                lines.append(
                    f"  {place:>8}  {severity}  {visible(finding.message)}  {styled(finding.rule, dim=True)}{fixable}"
                )
                if finding.hint:
                    lines.append(f"{'':>19}  → {visible(finding.hint)}")
            lines.append("")
    lines.append(summary_line(tiles, counts))
    return "\n".join(lines) + "\n"


def summary_line(tiles: int, counts: dict[Severity, int]) -> str:
    """``2 tiles: 1 error, 3 warnings, 0 infos``."""
    words = (f"{counts[s]} {s.value}{'' if counts[s] == 1 else 's'}" for s in Severity)
    return f"{tiles} tile{'' if tiles == 1 else 's'}: {', '.join(words)}"
