"""Findings as GitHub's Markdown: for the summary of a run or a comment on a pull request.

Tiles are other people's: nothing that stands in one acts in the page, mentions anybody or links anywhere.

Sources: https://github.github.com/gfm and
https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tilewizard.checking.checked import Checked, counted
from tilewizard.language import _
from tilewizard.quoting import visible
from tilewizard.rules.findings import Finding, Severity

from .grouping import by_file, counted_words, summary_line

LIMIT = 60_000
"""Characters that are written at most; a comment on GitHub takes 65,536."""
_ROOM = 400
"""Characters of the last lines, which say how much was left out."""
_ACTS = re.compile(r"[\\`*_~\[\]<>&|^{}]|www\.", re.IGNORECASE)
_LINKS = re.compile(r"[@#$]|:(?=\S)|\bgh-(?=\d)", re.IGNORECASE)
"""What begins a mention, a reference, a formula, an emoji, the rest of an address."""


def render(reports: list[Checked], *, whole: bool = True) -> str:
    """The findings of some tiles as Markdown: the count, then a table a file.

    Args:
        reports: the tiles.
        whole: whether all is written, however long; else findings that stand many times are counted, and what goes beyond
            60,000 characters is left out and told; tiles with errors come first then.
    """
    lines, left = _page(reports, whole=whole)
    if left:
        # Those with errors first, so that what is left out matters less; the others stay in their order.
        lines, left = _page(sorted(reports, key=lambda each: not counted([each])[Severity.ERROR]), whole=whole)
    return "\n".join([*lines, *left]).rstrip("\n") + "\n"


def _page(reports: list[Checked], *, whole: bool) -> tuple[list[str], list[str]]:
    """The lines that there is room for, and those that tell what is left out, if anything is."""
    lines = ["## tilewizard", "", f"**{summary_line(reports)}**"]
    length = sum(len(line) + 1 for line in lines)
    shown: list[Finding] = []
    for head, finding, row in _rows(reports, whole=whole):
        added = [*head, row]
        length += sum(len(line) + 1 for line in added)
        if not whole and length > LIMIT - _ROOM:
            return lines, _left_out(reports, shown)
        lines += added
        shown.append(finding)
    return lines, []


def inert(text: str) -> str:
    """A text that is shown as it is, and does nothing else: ``inert("<b> @a") == "&#60;b&#62; <span>&#64;</span>a"``."""
    plain = visible(text).encode("utf-8", "backslashreplace").decode()
    marked = _LINKS.sub(lambda match: f"\0{match[0]}\1", plain)  # No text has them any more: they were made visible.
    numbered = _ACTS.sub(lambda match: match[0][:-1] + f"&#{ord(match[0][-1])};", marked)
    return re.sub("\0(.*?)(.)\1", lambda match: f"<span>{match[1]}&#{ord(match[2])};</span>", numbered)


def _rows(reports: list[Checked], *, whole: bool) -> Iterator[tuple[list[str], Finding, str]]:
    """The finding of each row, the row, and what stands above it: a heading where a file begins."""
    for report in reports:
        for group in by_file(report, whole=whole):
            head = ["", f"### {inert(group.path)}", "", "| | line | finding | rule |", "| --- | --- | --- | --- |"]
            for each in group.shown:
                yield head, each.finding, _row(each.finding, each.more)
                head = []


def _row(finding: Finding, more: int) -> str:
    words = [inert(finding.message)]
    if finding.allowed:
        words.append(_("→ allowed: {allowed}", allowed=inert(finding.allowed)))
    elif finding.hint:
        words.append(f"→ {inert(finding.hint)}")
    if more:
        words.append(_("and {more} more like this; `--all` shows them", more=more))
    severity = "allowed" if finding.allowed else finding.severity.value
    severity = f"**{severity}**" if severity == Severity.ERROR else severity
    return f"| {severity} | {finding.line or ''} | {'<br>'.join(words)} | `{finding.rule}` |"


def _left_out(reports: list[Checked], shown: list[Finding]) -> list[str]:
    """The lines that say how many findings aren't shown for want of room."""
    counts = counted(reports)
    for each in shown:
        counts[each.severity] -= not each.allowed
    words = [counted_words(each, count) for each, count in counts.items() if count]
    told = ", ".join(words) or _("findings that are allowed")
    return ["", _("Cut here: {told} more. `tilewizard check --format markdown --all` writes everything.", told=told)]
