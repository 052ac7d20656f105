"""Findings for people: grouped by file, with colour where a terminal shows it."""

from __future__ import annotations

import os
import sys
from collections import Counter

import click

from tilewizard.checking.checked import Checked
from tilewizard.language import _, ngettext
from tilewizard.quoting import visible
from tilewizard.rules.findings import Severity

from .grouping import by_file, summary_line

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def coloured() -> bool:
    """Whether standard output shows colours: a terminal that can; NO_COLOR says never, FORCE_COLOR always."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") != "0":
        return True
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def render(reports: list[Checked], *, colour: bool = False, whole: bool = True) -> str:
    """The findings of some tiles as text.

    Args:
        reports: the tiles.
        colour: whether to use ANSI colours.
        whole: whether findings that stand many times in a tile are all shown; else the first ones, and how many there are more.
    """

    def styled(text: str, **style: object) -> str:
        return click.style(text, **style) if colour else text  # type: ignore[arg-type]

    lines: list[str] = []
    for group in (each for report in reports for each in by_file(report, whole=whole)):
        lines.append(styled(visible(group.path), bold=True))
        for each in group.shown:
            finding = each.finding
            place = f"{finding.line}:{finding.column}" if finding.line else "-"
            severity = styled(f"{finding.severity.value:<7}", fg=_COLOURS[finding.severity])
            severity = styled("allowed", dim=True) if finding.allowed else severity
            fixable = styled(" [fixable]", dim=True) if finding.fixable and not finding.allowed else ""
            lines.append(
                f"  {place:>8}  {severity}  {visible(finding.message)}  {styled(finding.rule, dim=True)}{fixable}"
            )
            if finding.allowed:
                lines.append(_("{value:>19}  → allowed: {allowed}", value="", allowed=visible(finding.allowed)))
            elif finding.hint:
                lines.append(f"{'':>19}  → {visible(finding.hint)}")
            if each.more:
                lines.append(
                    styled(
                        _("{value:>19}  and {more} more like this; --all shows them", value="", more=each.more),
                        dim=True,
                    )
                )
        lines.append("")
    lines.append(summary_line(reports))
    mendable = sum(finding.fixable for report in reports for finding in report.findings)
    if mendable:
        lines.append(_("{mendable} can be mended with --fix, which shows the diff first", mendable=mendable))
    return "\n".join(lines) + "\n"


def statistics(reports: list[Checked]) -> str:
    """How often each rule spoke and in how many tiles, the most frequent first."""
    found = Counter((each.rule, each.severity) for report in reports for each in report.findings)
    tiles = Counter(pair for report in reports for pair in {(each.rule, each.severity) for each in report.findings})
    lines = [
        ngettext(
            "{found:>7}  in {count:>4} tile   {severity:<7}  {rule}",
            "{found:>7}  in {count:>4} tiles  {severity:<7}  {rule}",
            tiles[rule, severity],
            found=count,
            severity=severity.value,
            rule=rule,
        )
        for (rule, severity), count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    ]
    return "\n".join([*lines, summary_line(reports)]) + "\n"
