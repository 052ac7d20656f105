"""Findings as people read them: by file, and of those that stand many times in a tile the first ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tilewizard.checking.checked import Checked, counted
from tilewizard.language import _, ngettext
from tilewizard.rules.findings import Finding, Severity

ALIKE_MAX = 5
"""Findings of one rule in one tile that are all shown."""
ALIKE_SHOWN = 3
"""Those that are shown where there are more."""


@dataclass(frozen=True)
class Shown:
    """A finding that is shown.

    Attributes:
        finding: it; those that are let stand have their reason in ``allowed``.
        more: how many of its rule aren't shown after it, 0 where all are.
    """

    finding: Finding
    more: int = 0


@dataclass(frozen=True)
class OfFile:
    """What is shown of one file.

    Attributes:
        path: the tile's directory as it was named, and the file in it.
        shown: its findings, sorted by place, those that are allowed last.
    """

    path: str
    shown: list[Shown] = field(default_factory=list)


def by_file(report: Checked, *, whole: bool) -> Iterator[OfFile]:
    """The findings of a tile by file, the files in the order of their first findings.

    Args:
        report: the tile.
        whole: whether findings that stand many times in it are all shown; else the first ones, and how many there are more.
    """
    hidden = {} if whole else _alike(report.findings)
    spoken: Counter[str] = Counter()
    files: dict[str, list[Finding]] = {}
    for finding in (*report.findings, *report.allowed):
        spoken[finding.rule] += not finding.allowed
        if finding.allowed or finding.rule not in hidden or spoken[finding.rule] <= ALIKE_SHOWN:
            files.setdefault(finding.file, []).append(finding)
    left: Counter[str] = Counter()
    for file, findings in files.items():
        group = OfFile(f"{report.path}/{file}")
        for finding in findings:
            left[finding.rule] += not finding.allowed
            last = finding.rule in hidden and not finding.allowed and left[finding.rule] == ALIKE_SHOWN
            group.shown.append(Shown(finding, hidden[finding.rule] if last else 0))
        yield group


def _alike(findings: Sequence[Finding]) -> dict[str, int]:
    """Of the rules that speak often in a tile how many of their findings aren't shown."""
    often = Counter(finding.rule for finding in findings)
    return {rule: count - ALIKE_SHOWN for rule, count in often.items() if count > ALIKE_MAX}


def summary_line(reports: list[Checked]) -> str:
    """``2 tiles: 1 error, 3 warnings, 0 infos``, and ``, 2 allowed`` where there are any."""
    tiles, counts = len(reports), counted(reports)
    allowed = sum(len(report.allowed) for report in reports)
    words = [counted_words(s, counts[s]) for s in Severity]
    words += [_("{allowed} allowed", allowed=allowed)] if allowed else []
    return ngettext("{count} tile: {words}", "{count} tiles: {words}", tiles, words=", ".join(words))


def counted_words(severity: Severity, count: int) -> str:
    """So many findings of a severity: ``1 error``, ``3 warnings``."""
    if severity == Severity.ERROR:
        return ngettext("{count} error", "{count} errors", count)
    if severity == Severity.WARNING:
        return ngettext("{count} warning", "{count} warnings", count)
    return ngettext("{count} info", "{count} infos", count)
