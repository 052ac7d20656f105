"""The part of a tile's page that an answer shows in: what stands beside the form while it is edited."""

from __future__ import annotations

from dataclasses import dataclass

from tilewizard.language import _

from ..answers.model import Answers
from ..answers.paths import Path
from .preview import SECTIONS, Preview, Tab, metric_lines
from .words import plain

LINES_MAX = 60
"""Lines of a tab that are given at once: about what stands beside a form."""
ROWS_AROUND = 12
"""Metrics before and after the one that is edited that are given with it."""

_LINES = {
    "listing.title": "title",
    "author.name": "by",
    "offering": "by",
    "listing.description": "description",
    "listing.categories": "tags",
    "pricing": "price",
    "target": "price",
    "logo": "sign",
}
"""The line of the card that an answer fills, by the answer's place."""
_TABS = {
    "author.support_email": "Support",
    "author.sales_email": "Pricing",
    "eula": "Pricing",
    "target": "Pricing",
    "submits": "Data Collected",
    "service_checks": "Data Collected",
    "logs.source": "Data Collected",
}
"""The tab that an answer shows in where that is not the one which its step fills, by the answer's place."""
_OPENING = "Overview"


@dataclass(frozen=True)
class Followed:
    """What shows an answer.

    Attributes:
        line: the line of the card: ``title``, ``by``, ``description``, ``tags``, ``price``, ``sign``; empty for none.
        tab: the tab's name.
        markdown: so much of it as is about the answer.
        hint: what will be there, and which step fills it; empty where there is something.
        shot: which picture of the carousel; None where the answer is about none.
    """

    line: str
    tab: str
    markdown: str
    hint: str = ""
    shot: int | None = None


def followed(preview: Preview, answers: Answers, step: str, path: Path = ()) -> Followed:
    """The part of the page that shows an answer.

    Args:
        preview: of the tile.
        answers: with derived values in place.
        step: the slug of the step that is open.
        path: of the answer that is edited; empty for the step as a whole.
    """
    if path[:1] == ("readme",) and len(path) > 1 and not _section(path):
        return Followed("", _("No tab"), "", _("No tab of the page shows this section."))
    tab = _tab(preview, _section(path) or _found(_TABS, path), step)
    row = next((part for part in path if isinstance(part, int)), None)
    hint = _("Nothing here yet. {hint}", hint=tab.hint) if tab.empty else ""
    shot = (row or 0) if step == "media" and path[:1] in ((), ("media",)) else None
    return Followed(_found(_LINES, path), tab.name, _part(tab, answers, path, row), hint, shot)


def _found(table: dict[str, str], path: Path) -> str:
    """What a table says of an answer, else of what holds it."""
    names = [part for part in path if isinstance(part, str)]
    held = (".".join(names[:size]) for size in range(len(names), 0, -1))
    return next((table[each] for each in held if each in table), "")


def _section(path: Path) -> str:
    """The tab that shows a section of the README; empty where the answer is no section, or none shows it."""
    title = str(path[1]).casefold() if path[:1] == ("readme",) and len(path) > 1 else ""
    shown = ((name, heading) for name, __, heading, __ in (*SECTIONS, ("Data Collected", "", "Data Collected", "")))
    return next((name for name, heading in shown if heading.casefold() == title), "")


def _tab(preview: Preview, wanted: str, step: str) -> Tab:
    by_name = (tab for tab in preview.tabs if tab.name == wanted)
    by_step = (tab for tab in preview.tabs if tab.step == step)
    return next(by_name, None) or next(by_step, None) or next(tab for tab in preview.tabs if tab.name == _OPENING)


def _part(tab: Tab, answers: Answers, path: Path, row: int | None) -> str:
    """A tab's text around what is edited."""
    if path[:2] == ("metrics", "rows") and row is not None and row >= ROWS_AROUND:
        rows = answers.metrics.rows[row - ROWS_AROUND : row + ROWS_AROUND + 1]
        return "\n".join(("### Metrics", "", *metric_lines(rows)))
    word = ""
    if path[:1] == ("changelog",) and row is not None and row < len(answers.changelog):
        word = plain(answers.changelog[row].version)
    if path[:1] == ("service_checks",):
        word = "### Service Checks"
    return _around(tab.markdown, word)


def _around(markdown: str, word: str) -> str:
    """The lines from the heading on that holds a word, or the first ones; no code block is begun in its middle."""
    lines = markdown.split("\n")
    start = next((at for at, line in enumerate(lines) if word and line.startswith("#") and word in line), 0)
    return "\n".join(lines[start : start + LINES_MAX])
