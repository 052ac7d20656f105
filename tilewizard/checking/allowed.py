"""Findings that are let stand, with a reason: ``[[allow]]`` of ``tilewizard.toml``, and comments of Datadog's own.

An allowed finding is shown as allowed and counted; it fails no check and is not mended. An exception that has ended allows
nothing, and one that fits nothing is told of.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from tilewizard.language import _

from ..quoting import visible
from ..rules.findings import Finding
from .select import demand_known

KEYS = ("rule", "file", "reason", "until")


@dataclass(frozen=True)
class Allowance:
    """One exception.

    Attributes:
        rule: a rule's name, subject or pattern.
        reason: why the finding stands.
        file: of the findings: a path in a tile, or ``TILE/PATH``; both may be patterns. Empty: any.
        until: the last day on which it holds; None: for good.
        line: where it stands in its file, as far as that is known.
    """

    rule: str
    reason: str
    file: str = ""
    until: date | None = None
    line: int | None = None

    def ended(self, today: date) -> bool:
        """Whether its last day has gone."""
        return self.until is not None and self.until < today

    def fits(self, finding: Finding, tile: str) -> bool:
        """Whether it speaks of a finding on a tile of this name."""
        named = self.rule in (finding.rule, finding.rule.partition("/")[0]) or fnmatchcase(finding.rule, self.rule)
        return named and (
            not self.file or any(fnmatchcase(each, self.file) for each in (finding.file, f"{tile}/{finding.file}"))
        )

    def names(self, tile: str) -> bool:
        """Whether it speaks of a tile of this name and of no other."""
        return self.file.partition("/")[0] == tile


def allowance_of(entry: Any) -> Allowance:
    """An entry of ``[[allow]]``.

    Raises:
        ValueError: it says something unknown, or no reason.
        TilewizardError: it names a rule that there is not.
    """
    if not isinstance(entry, Mapping):
        raise ValueError("is no table")
    unknown = sorted(set(entry) - set(KEYS))
    if unknown:
        raise ValueError(f"has the unknown key {unknown[0]!r}")
    for key in ("rule", "reason"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise ValueError(f"says no {key}")
    file, until = entry.get("file", ""), entry.get("until")
    if not isinstance(file, str):
        raise ValueError(f"says file = {file!r}")
    demand_known(entry["rule"])
    return Allowance(entry["rule"], entry["reason"].strip(), file, _day(until))


def _day(value: Any) -> date | None:
    if value is None or type(value) is date:
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError(f"says until = {value!r}, which is no day such as 2027-01-31")


def parted(
    findings: Iterable[Finding], allowances: Sequence[Allowance], tile: str
) -> tuple[list[Finding], list[Finding], frozenset[Allowance]]:
    """The findings on a tile that stand against it, those that are allowed, and the exceptions that fit one.

    Args:
        findings: all, with those that a comment of Datadog's allows.
        allowances: the exceptions of the checkout.
        tile: the tile's name.
    """
    today = date.today()
    current = [each for each in allowances if not each.ended(today)]
    against: list[Finding] = []
    allowed: list[Finding] = []
    used: set[Allowance] = set()
    for finding in findings:
        fitting = [each for each in current if each.fits(finding, tile)]
        used.update(fitting)
        if fitting and not finding.allowed:
            finding = replace(finding, allowed=visible(fitting[0].reason))
        (allowed if finding.allowed else against).append(finding)
    return against, allowed, frozenset(used)


def idle(
    allowances: Sequence[Allowance], used: Collection[Allowance], tiles: Collection[str], *, whole: bool
) -> list[tuple[Allowance, str]]:
    """The exceptions that allow nothing, each with why.

    Args:
        allowances: those of one checkout.
        used: those that fit a finding.
        tiles: the names of the tiles that were checked, by all rules.
        whole: whether these are all of its tiles: only then is it known that an exception for any tile fits none.
    """
    today = date.today()
    found = []
    for each in allowances:
        if each.ended(today):
            found.append((each, _("ended on {until}", until=each.until)))
        elif each not in used and (whole or any(map(each.names, tiles))):
            found.append((each, _("fits no finding")))
    return found
