"""Findings for people: grouped by file, with colour where a terminal shows it."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence

import click

from tilewizard.checking.checked import Checked, counted
from tilewizard.quoting import visible
from tilewizard.rules.findings import Finding, Severity

ALIKE_MAX = 5
"""Findings of one rule in one tile that are all shown."""
ALIKE_SHOWN = 3
"""Those that are shown where there are more."""
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def coloured() -> bool:
    """Whether standard output shows colours: a terminal that can; NO_COLOR says never, FORCE_COLOR always."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") != "0":
        return True
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def render(reports: list[Checked], *, colour: bool, whole: bool = True) -> str:
    """The findings of some tiles as text.

    Args:
        reports: the tiles.
        colour: whether to use ANSI colours.
        whole: whether findings that stand many times in a tile are all shown; else the first ones, and how many there are more.
    """

    def styled(text: str, **style: object) -> str:
        return click.style(text, **style) if colour else text  # type: ignore[arg-type]

    lines: list[str] = []
    for report in reports:
        by_file: dict[str, list[Finding]] = {}
        hidden = {} if whole else _alike(report.findings)
        shown: Counter[str] = Counter()
        for finding in (*report.findings, *report.allowed):
            shown[finding.rule] += not finding.allowed
            if finding.allowed or finding.rule not in hidden or shown[finding.rule] <= ALIKE_SHOWN:
                by_file.setdefault(finding.file, []).append(finding)
        for file, group in by_file.items():
            lines.append(styled(visible(f"{report.path}/{file}"), bold=True))
            for finding in group:
                place = f"{finding.line}:{finding.column}" if finding.line else "-"
                severity = styled(f"{finding.severity.value:<7}", fg=_COLOURS[finding.severity])
                severity = styled("allowed", dim=True) if finding.allowed else severity
                fixable = styled(" [fixable]", dim=True) if finding.fixable and not finding.allowed else ""
                lines.append(
                    f"  {place:>8}  {severity}  {visible(finding.message)}  {styled(finding.rule, dim=True)}{fixable}"
                )
                if finding.allowed:
                    lines.append(f"{'':>19}  → allowed: {visible(finding.allowed)}")
                elif finding.hint:
                    lines.append(f"{'':>19}  → {visible(finding.hint)}")
                shown[finding.rule] -= not finding.allowed
                if finding.rule in hidden and shown[finding.rule] == hidden[finding.rule]:
                    lines.append(
                        styled(f"{'':>19}  and {hidden[finding.rule]} more like this; --all shows them", dim=True)
                    )
            lines.append("")
    lines.append(summary_line(len(reports), counted(reports), allowed_in(reports)))
    mendable = sum(finding.fixable for report in reports for finding in report.findings)
    if mendable:
        lines.append(f"{mendable} can be mended with --fix, which shows the diff first")
    return "\n".join(lines) + "\n"


def _alike(findings: Sequence[Finding]) -> dict[str, int]:
    """Of the rules that speak often in a tile how many of their findings aren't shown."""
    often = Counter(finding.rule for finding in findings)
    return {rule: count - ALIKE_SHOWN for rule, count in often.items() if count > ALIKE_MAX}


def allowed_in(reports: list[Checked]) -> int:
    """How many findings are let stand."""
    return sum(len(report.allowed) for report in reports)


def summary_line(tiles: int, counts: dict[Severity, int], allowed: int = 0) -> str:
    """``2 tiles: 1 error, 3 warnings, 0 infos``, and ``, 2 allowed`` where there are any."""
    words = [f"{counts[s]} {s.value}{'' if counts[s] == 1 else 's'}" for s in Severity]
    words += [f"{allowed} allowed"] if allowed else []
    return f"{tiles} tile{'' if tiles == 1 else 's'}: {', '.join(words)}"


def statistics(reports: list[Checked]) -> str:
    """How often each rule spoke and in how many tiles, the most frequent first."""
    found = Counter((each.rule, each.severity) for report in reports for each in report.findings)
    tiles = Counter(pair for report in reports for pair in {(each.rule, each.severity) for each in report.findings})
    lines = [
        f"{count:>7}  in {tiles[rule, severity]:>4} tile{' ' if tiles[rule, severity] == 1 else 's'}  {severity.value:<7}  {rule}"
        for (rule, severity), count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    ]
    return "\n".join([*lines, summary_line(len(reports), counted(reports), allowed_in(reports))]) + "\n"
