"""What a customer sees of a tile: its card, its carousel, the tabs of its page. No terminal, no disk: only values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tilewizard.language import _, ngettext

from ..answers.conditions import on_marketplace, sends_data, sends_metrics
from ..answers.deriving import description_limit
from ..documents.readme_document import ReadmeDocument
from ..field.vocabulary import TITLE_MAX
from ..quoting import visible
from ..rules.assets.json_assets import plain_path
from ..rules.media.logo import logos
from ..rules.media.media import entries
from ..tile.tile import CHANGELOG, README, Tile, TileFile
from .price import price_sentence
from .words import LINE_MAX, TEXT_MAX, bounded, escaped, in_words, plain, printable

if TYPE_CHECKING:
    from ..answers.model import Answers
    from ..answers.plans import Plan
    from ..answers.telemetry import MetricRow, ServiceCheck

ROWS_MAX = 200
"""Metrics and service checks that are listed."""

SECTIONS = (
    ("Overview", "overview", "Overview", _("says what it is and what a customer gains by it")),
    ("Configuration", "configuration", "Setup", _("lists the steps from installing to the first data")),
    ("Uninstallation", "uninstallation", "Uninstallation", _("lists the steps to take it away again")),
    ("Support", "support", "Support", _("says whom to ask for help, and where")),
)
"""The tabs that README.md fills: name, key of the manifest, heading by custom, what it does."""
_OFFERINGS = {
    "integration": "Integration",
    "software-license": _("Software License"),
    "professional-service": _("Professional Service"),
    "ui-extension": _("UI Extension"),
}
_SENT = {
    "events": _("Events go to the event stream."),
    "traces": _("Traces go to APM."),
    "incidents": _("Incidents go to Incident Management."),
    "security_events": _("Security events go to Cloud SIEM."),
}
_Shown = Callable[[str], str]


@dataclass(frozen=True)
class Line:
    """A line of the card, and what of it lies past Datadog's limit."""

    kept: str
    over: str = ""


@dataclass(frozen=True)
class Card:
    """The card in Datadog's catalogue. Every text is plain and printable; empty ones are not given yet.

    Attributes:
        title: the heading.
        author: who offers it.
        description: the line below.
        offering: what is offered, such as ``Integration``.
        systems: where it runs.
        tags: its categories.
        badge: ``Marketplace`` or ``Free``.
        price: what customers read of the price, in one line; empty when it is free.
        logo: the logo's file, an SVG as a rule; None while there is none.
        initials: what stands in for a logo that can't be drawn.
    """

    title: Line
    author: str
    description: Line
    offering: str
    systems: str
    tags: tuple[str, ...]
    badge: str
    price: str
    logo: TileFile | None
    initials: str


@dataclass(frozen=True)
class Shot:
    """An entry of the carousel; ``file`` is None when the tile holds no such picture."""

    path: str
    caption: str
    video: bool
    file: TileFile | None


@dataclass(frozen=True)
class Tab:
    """A tab of the tile's page.

    Attributes:
        name: what it is called.
        step: the step that fills it.
        markdown: what it shows, every reference resolved.
        empty: whether the partner has given nothing for it yet.
        hint: what will be there, and which step fills it.
        note: what was left out.
    """

    name: str
    step: str
    markdown: str
    empty: bool
    hint: str
    note: str = ""


@dataclass(frozen=True)
class Preview:
    """The page of a tile; equal to another one when nothing that is seen differs.

    Attributes:
        card: the card.
        shots: the carousel.
        tabs: the tabs, in Datadog's order.
        elsewhere: sections of README.md that no tab shows.
    """

    card: Card
    shots: tuple[Shot, ...]
    tabs: tuple[Tab, ...]
    elsewhere: tuple[str, ...]


def preview_of(tile: Tile, answers: Answers, *, pictures: bool = False) -> Preview:
    """What a customer sees. Never raises.

    Args:
        tile: the tile that the answers stand for.
        answers: with derived values in place.
        pictures: whether texts keep their pictures; by default words stand for them, since a terminal shows none.
    """
    shown = printable if pictures else in_words
    document = _readme(tile)
    names = [_heading(tile, key, custom) for __, key, custom, __ in SECTIONS]
    tabs = [_section_tab(tile, document, each, name, shown) for each, name in zip(SECTIONS, names, strict=True)]
    tabs[0] = replace(tabs[0], markdown=_joined(tabs[0].markdown, _resources(answers)))
    tabs += [_releases(tile, shown), _pricing(answers), _collected(answers, document, shown)]
    known = {_folded(name) for name in (*names, "Data Collected")}
    left = tuple(plain(each.title) for each in document.sections if _folded(each.title) not in known)
    return Preview(_card(tile, answers), tuple(_shots(tile)), tuple(tabs), left)


# -- texts


def _joined(*pieces: str) -> str:
    return "\n\n".join(piece for piece in pieces if piece.strip())


def _folded(title: str) -> str:
    return title.strip().lower().replace("-", " ")


# -- the card


def _card(tile: Tile, answers: Answers) -> Card:
    listing = answers.listing
    title = _cut(listing.title, TITLE_MAX)
    words = re.findall(r"\w+", title.kept)
    return Card(
        title=title,
        author=plain(answers.author.name),
        description=_cut(listing.description, description_limit(answers)),
        offering=_OFFERINGS.get(answers.offering, ""),
        systems=plain(", ".join(map(str, listing.supported_os))),
        tags=tuple(plain(each, 60) for each in listing.categories),
        badge="Marketplace" if on_marketplace(answers) else "Free",
        price=_price_line(answers) if on_marketplace(answers) else "",
        logo=_logo(tile),
        initials="".join(word[0] for word in words[:2]).upper(),
    )


def _cut(text: str, limit: int) -> Line:
    words = " ".join(str(text)[: LINE_MAX * 4].split())
    return Line(visible(words[:limit]), plain(words[limit:]) if len(words) > limit else "")


def _price_line(answers: Answers) -> str:
    prices = [sentence for plan in answers.pricing if (sentence := price_sentence(plan))]
    if not prices:
        return ""
    more = len(prices) - 1
    return plain(prices[0]) + (ngettext(" (and {count} more plan)", " (and {count} more plans)", more) if more else "")


def _logo(tile: Tile) -> TileFile | None:
    rasters = (tile.file(path) for path in tile.under("assets/logos", ".png", ".jpg", ".jpeg"))
    found = logos(tile) or [file for file in rasters if file is not None and file.link is None]
    found.sort(key=lambda file: ("logo" not in file.path.lower(), "dark" in file.path.lower(), file.path))
    return found[0] if found else None


def _shots(tile: Tile) -> Iterator[Shot]:
    for __, item in entries(tile):
        url, caption = item.get("image_url"), item.get("caption")
        path = url if isinstance(url, str) else ""
        file = tile.file(plain_path(path))
        there = file if file is not None and file.link is None else None
        words = plain(caption) if isinstance(caption, str) else ""
        yield Shot(plain(path), words, item.get("media_type") == "video", there)


# -- tabs from files


def _readme(tile: Tile) -> ReadmeDocument:
    file = tile.file(README)
    return file.readme if file is not None else ReadmeDocument.parse("")


def _heading(tile: Tile, key: str, custom: str) -> str:
    """The heading that the manifest names for a tab; that of custom when it names none."""
    file, __, name = tile.text_at(f"/tile/{key}").partition("#")
    return name if file == README and name else custom


def _section_tab(
    tile: Tile, document: ReadmeDocument, each: tuple[str, str, str, str], heading: str, shown: _Shown
) -> Tab:
    name, key, __, purpose = each
    markdown, note = _section(document, heading, shown)
    pointer = tile.text_at(f"/tile/{key}")
    if pointer and pointer.partition("#")[0] != README and tile.file(plain_path(pointer)) is None:
        markdown, note = escaped(pointer), ""  # Some tiles write an address where a heading belongs.
    hint = _(
        "This tab {purpose}. The README step fills it, section {heading}.", purpose=purpose, heading=plain(heading, 80)
    )
    return Tab(name, "readme", markdown, not markdown, hint, " ".join(filter(None, (_unfilled(markdown), note))))


def section_text(tile: Tile, heading: str) -> tuple[str, str]:
    """The text below a heading of README.md with its pictures, and words on what was left out."""
    return _section(_readme(tile), heading, printable)


def _unfilled(text: str) -> str:
    from ..readme.starters import gaps

    count = len(gaps(text))
    return (
        ngettext(
            "{count} place of the starter text to fill in.", "{count} places of the starter text to fill in.", count
        )
        if count
        else ""
    )


def _section(document: ReadmeDocument, heading: str, shown: _Shown) -> tuple[str, str]:
    """The text under a heading as Markdown of its own, and words on what was left out."""
    headings = document.headings
    at = next((at for at, each in enumerate(headings) if _folded(each.title) == _folded(heading)), None)
    if at is None:
        return "", ""
    trailing = document.trailing_definitions
    last = trailing[0].start if trailing else len(document.text)
    start = headings[at].end
    end = next((each.start for each in headings[at + 1 :] if each.level <= headings[at].level), max(last, start))
    body, note = bounded(document.text[start:end].strip("\r\n"))
    if not body.strip():
        return "", ""
    targets = [each for each in document.definitions if not start <= each.start < end]
    links = "\n".join(document.text[each.start : each.end].strip() for each in targets)[:TEXT_MAX]
    # Definitions come first: behind a code block that is never closed they would be part of it.
    return shown(_joined(links, body)), note


def _releases(tile: Tile, shown: _Shown) -> Tab:
    file = tile.file(plain_path(tile.text_at("/tile/changelog"))) or tile.file(CHANGELOG)
    text = ""
    if file is not None and file.changelog.releases:
        text = file.text[file.changelog.releases[0].start :]
    body, note = bounded(text.strip("\r\n"))
    hint = _("This tab lists what each version brought, the newest first. The Changelog step fills it.")
    return Tab(_("Release Notes"), "changelog", shown(body), not body.strip(), hint, note)


# -- tabs from answers


def _pricing(answers: Answers) -> Tab:
    hint = _("This tab lists the plans that customers can buy. The Pricing step fills it.")
    if not on_marketplace(answers):
        free = _("It is free: tiles of integrations-extras have no price and no Pricing tab.")
        return Tab("Pricing", "type", free, False, hint)
    plans = [line for plan in answers.pricing[:ROWS_MAX] if (line := _plan(plan))]
    terms = _("The end-user licence agreement is accepted with the purchase.") if answers.eula else ""
    sales = answers.author.sales_email
    contact = _("Questions on purchases and contracts: {sales}", sales=escaped(sales)) if sales else ""
    return Tab("Pricing", "pricing", _joined("\n".join(plans), terms, contact) if plans else "", not plans, hint)


def _plan(plan: Plan) -> str:
    price, words = price_sentence(plan), escaped(plan.short_description)
    if not price:
        return _("- {words}: no price yet", words=words) if words else ""
    return f"- **{escaped(price)}**" + (f"  \n  {words}" if words else "")


def _resources(answers: Answers) -> str:
    lines = [_resource(each.resource_type, each.url) for each in answers.listing.resources[:ROWS_MAX] if each.url]
    return _joined("#### Resources", "\n".join(lines)) if lines else ""


def _resource(kind: str, url: str) -> str:
    address = re.sub(r"[<>\\\s]", "", plain(url, 2000))
    return f"- [{escaped(kind).replace('_', ' ').capitalize() or 'Link'}](<{address}>)"


def _collected(answers: Answers, document: ReadmeDocument, shown: _Shown) -> Tab:
    rows = answers.metrics.rows if sends_metrics(answers) else []
    checks = answers.service_checks if sends_data(answers) else []
    kinds = answers.submits if sends_data(answers) else []
    own, note = _section(document, _("Data Collected"), shown)
    source = escaped(answers.logs.source)
    logs = _("Logs carry the source {source}.", source=source) if source else _("Logs are sent.")
    others = [words for kind, words in _SENT.items() if kind in kinds]
    pieces = [
        _titled("Metrics", metric_lines(rows)),
        _titled(_("Service Checks"), [_check(each) for each in checks[:ROWS_MAX]]),
        _titled("Logs", [logs] if "logs" in kinds else []),
        _titled(_("Other data"), [f"- {words}" for words in others]),
        _titled(_("In README.md"), [own] if own else []),
    ]
    left = [
        _more(len(rows) - ROWS_MAX, "metrics"),
        _more(len(checks) - ROWS_MAX, "service_checks"),
        note,
    ]
    hint = _(
        "This tab lists the metrics, service checks and all else that is sent. The Metrics & checks step fills it."
    )
    if not sends_data(answers):
        hint = _("This tile sends no data to Datadog. The Integration type step says what is sent.")
    body, step = _joined(*pieces), "metrics" if sends_data(answers) else "type"
    return Tab(_("Data Collected"), step, body, not body, hint, " ".join(filter(None, left)))


def _titled(title: str, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return f"### {title}\n\n{body}" if body else ""


def _more(count: int, what: str) -> str:
    if count <= 0:
        return ""
    if what == "metrics":
        return ngettext("… and {count:,} more metric.", "… and {count:,} more metrics.", count)
    return ngettext("… and {count:,} more service check.", "… and {count:,} more service checks.", count)


def metric_lines(rows: list[MetricRow]) -> list[str]:
    """A table of metrics in Markdown, a line each; of many the first ones. Empty where none has a name."""
    named = [row for row in rows[:ROWS_MAX] if row.metric_name]
    lines = [_("| Metric | Type | Unit | Description |"), "|---|---|---|---|"]
    return [*lines, *(_metric(row) for row in named)] if named else []


def _metric(row: MetricRow) -> str:
    unit = " per ".join(each for each in (row.unit_name, row.per_unit_name) if each)
    return f"| {' | '.join(escaped(cell) for cell in (row.metric_name, row.metric_type, unit, row.description))} |"


def _check(check: ServiceCheck) -> str:
    name, words = escaped(check.name or check.check), escaped(check.description)
    states = escaped(", ".join(map(str, check.statuses)))
    groups = _("; told apart by {str}", str=escaped(", ".join(map(str, check.groups)))) if check.groups else ""
    return f"- **{name}**, sent as {escaped(check.check)}: {words}  \n  {states}{groups}"
