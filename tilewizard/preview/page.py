"""A tile as one page of HTML, for those who have no terminal: marketing, legal, whoever approves it.

The page holds its pictures, runs no script and asks for nothing; the policy in its head forbids a browser all of that. The same tile
gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ..answers.conditions import on_marketplace
from ..authoring.author import answers_of
from ..authoring.templating import render
from ..rules.media.logo import logos
from ..rules.selling.legal import eula_file
from ..rules.selling.legal import facts_of as pdf_facts
from ..tile.tile import Tile, TileFile
from .markup import address_of, html_of
from .pictures import PICTURE_MAX, Pictures, data_address
from .preview import Card, Tab, preview_of, section_text
from .resources import dashboards, facets, monitors, others
from .words import plain

if TYPE_CHECKING:
    from ..answers.model import Answers

METRICS_MAX = 20_000
"""Metrics that are listed; a page with more opens slowly."""
_TEMPLATE = "preview/page.html.j2"


@dataclass(frozen=True)
class Shown:
    """A tab of text: its name, its HTML, what will be there while it is empty, what was left out."""

    name: str
    html: Markup
    hint: str
    note: str


def page_of(tile: Tile) -> str:
    """The page of a tile, as HTML. Never raises, whatever is wrong with the tile.

    Args:
        tile: the tile as it lies in its directory.
    """
    answers = answers_of(tile)
    preview, pictures = preview_of(tile, answers, pictures=True), Pictures(tile)
    light, dark = _logos(tile, preview.card, pictures)
    texts = {each.name: _shown(each, pictures) for each in preview.tabs}
    shots = [(pictures.of(each.file), each) for each in preview.shots]
    return render(
        _TEMPLATE,
        name=tile.name,
        card=preview.card,
        logo=light,
        logo_dark=dark,
        shots=shots,
        texts=texts,
        tabs=_tabs(answers),
        paid=on_marketplace(answers),
        data=_data(tile, answers, pictures),
        dashboards=dashboards(tile),
        monitors=monitors(tile),
        others=others(tile),
        legal=_legal(tile, answers),
    )


def _tabs(answers: Answers) -> list[str]:
    """The names of the tabs, in Datadog's order."""
    names = ["Overview", "Configuration", "Uninstallation", "Data Collected", "Monitoring Resources", "Support"]
    names += ["Pricing"] if on_marketplace(answers) else []
    return [*names, "Release Notes", "Legal"]


def _shown(tab: Tab, pictures: Pictures) -> Shown:
    return Shown(tab.name, html_of(tab.markdown, pictures.at), tab.hint if tab.empty else "", tab.note)


def _logos(tile: Tile, card: Card, pictures: Pictures) -> tuple[str, str]:
    """The logo for a light ground and the one for a dark ground; the latter is empty where one does for both."""
    dark = next((each for each in logos(tile) if "dark" in each.path.lower() and each is not card.logo), None)
    return pictures.of(card.logo), pictures.of(dark)


def _data(tile: Tile, answers: Answers, pictures: Pictures) -> dict[str, Any]:
    """What the tab Data Collected shows."""
    rows = [each for each in answers.metrics.rows if each.metric_name]
    own, note = section_text(tile, "Data Collected")
    return {
        "metrics": [
            (
                plain(each.metric_name),
                plain(each.metric_type),
                plain(" per ".join(unit for unit in (each.unit_name, each.per_unit_name) if unit)),
                plain(each.description),
            )
            for each in rows[:METRICS_MAX]
        ],
        "more_metrics": max(len(rows) - METRICS_MAX, 0),
        "checks": [
            (
                plain(each.name or each.check),
                plain(each.check),
                plain(", ".join(map(str, each.statuses))),
                plain(each.description),
            )
            for each in answers.service_checks
        ],
        "kinds": [plain(each).replace("_", " ") for each in answers.submits],
        "read": [plain(each).replace("_", " ") for each in answers.queries],
        "logs": plain(answers.logs.source),
        "facets": facets(tile),
        "own": html_of(own, pictures.at, below=3),
        "note": note,
    }


def _legal(tile: Tile, answers: Answers) -> dict[str, Any]:
    """What the tab Legal shows: the licence agreement, who offers it, what an OAuth client may do."""
    file = eula_file(tile)
    facts = pdf_facts(file) if file is not None else None
    author = answers.author
    return {
        "path": plain(file.path) if file is not None else "",
        "facts": facts,
        "lines": [plain(each) for each in facts.first_lines] if facts is not None else [],
        "document": _document(file) if facts is not None and not facts.fault else "",
        "author": plain(author.name),
        "homepage": (plain(author.homepage), address_of(plain(author.homepage, 2_000))),
        "support": plain(author.support_email),
        "sales": plain(author.sales_email),
        "scopes": [plain(each) for each in answers.oauth_client.scopes],
        "onboarding": plain(answers.oauth_client.onboarding_url),
    }


def _document(file: TileFile | None) -> str:
    """A PDF as an address to save it from; empty for one that is too large."""
    small = file is not None and file.size <= PICTURE_MAX
    return data_address("application/pdf", file.data) if file is not None and small else ""
