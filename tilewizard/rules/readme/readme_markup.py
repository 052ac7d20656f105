"""Markup of README.md that the tile's page shows as it was typed, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from tilewizard.documents.readme_document import ReadmeDocument
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import README, Tile

from ..registry import rule
from ..sources import COMMONMARK, README_TABS, REVIEW
from .readme import LINES_MAX, _changed, _section_at, document
from .readme_tables import tables

Fault = tuple[int, str, str]
"""Where a fault stands, what it is, what to do."""

# What must not stand before a sign is asked for after it: a pattern that begins with a sign is looked for in a tenth of the time.
_LINES: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"^ {0,3}#{1,6}[A-Za-z][^\n]*", re.M), _("a heading without a blank after its #"), _("put a blank after the #")),
    (re.compile(r"\[[^\[\]\n]{1,200}\][ \t]+\((?:https?://|mailto:)[^\s()]+\)"), _("a blank between a link's text and its address"),
     _("take the blank away: [text](address)")),
    (re.compile(r"\((?<![\]\w]\()[^()\[\]\n]{2,200}\)\[(?:https?://|/)[^\[\]\n]+\]"), _("a link with its brackets the wrong way round"),
     _("write [text](address)")),
    (re.compile(r"\[[^\[\]\n]{1,200}\]\((?:https?://|/)[^\s()<>]*(?=\s*$)", re.M), _("a link that is not closed"),
     _("close it with )")),
    (re.compile(r"^ {0,3}\[[^\]\n]{1,60}\]:[ \t]*$(?!\n[ \t]*\S)", re.M), _("a definition without an address"), _("write its address")),
    (re.compile(r"^ {0,3}\[[^\[\]\n]{1,60}\][ \t]+:[ \t]*https?://\S+[ \t]*$", re.M), _("a definition with a blank before its colon"),
     _("write [n]: address")),
    (re.compile(r"\[(?<!\]\[)[^\[\]\n]{1,200}\][ \t]+\[\d{1,3}\](?![:(\[])"), _("a blank between a link's text and its number"),
     _("take the blank away: [text][n]")),
    (re.compile(r"\[(?<!\]\[)[^\[\]\n]{1,200}\]\[\d{1,3}(?![\d\w]*\])"), _("a link whose number is not closed"), _("close it with ]")),
    (re.compile(r"\[[^\[\]\n]{1,200}\]<https?://[^<>\s]+>"), _("a link's address between < and >"), _("write [text](address)")),
    (re.compile(r"\[[^\[\]\n]{1,200}\]\(\(https?://[^\s()]+\)"), _("a link with two brackets before its address"),
     _("write [text](address)")),
    (re.compile(r"\[(?<!!\[)[^\[\]\n]{1,200}\]\([ \t]*\)"), _("a link without an address"), _("write its address")),
    (re.compile(r"\[(?<![!\]]\[)[ \t]*\](?:\(https?://[^\s()]+\)|\[\d{1,3}\])"), _("a link without a text"), _("write what it leads to")),
    (re.compile(r"^[^\[\]\n]{1,200}\]\(https?://[^\s()]+\)", re.M), _("a link whose text is not opened"), _("open it with [")),
    (re.compile(r"\[[^\[\]\n]{1,200}\]\((?:https?://[^\s()<>\"']*|mailto:)[ \t]+[^\s()<>\"'][^()<>\"'\n]*\)"), _("a blank in a link's address"),
     _("write %20 in its place")),
    (re.compile(r"^ {0,3}\d{1,2}\.(?=[A-Z][a-z]+ )", re.M), _("a numbered step without a blank after its number"), _("put a blank there")),
    (re.compile(r"^ {0,3}\[\d{1,3}\](?:[;=.,]|:[;:.=])[ \t]*https?://\S+[ \t]*$", re.M), _("a definition with another sign than a colon"),
     _("write [n]: address")),
    (re.compile(r"\[[^\[\]\n]{1,200}\]\n[ \t]{0,3}\(https?://[^\s()]+\)"), _("a line's end between a link's text and its address"),
     _("write both on one line")),
    (re.compile(r"<http(?<![\w\"'=(<]<http)s?://[^\s<>\"']+(?=[ \t]*$|[ \t]+\w)", re.M), _("an address that is not closed"), _("close it with >")),
    (re.compile(r"</(?:br|hr|img|input)[ \t]*>", re.I), _("a closing tag of an element that has none"), _("write <br>")),
    (re.compile(r"<a(?:[ \t]+(?!href\b)[a-z-]{1,20}=(?:\"[^\"\n]*\"|'[^'\n]*'))*[ \t]*>(?=[^<\n])", re.I), _("a link without href"),
     _('write <a href="https://…">')),
    (re.compile(r"<[a-z]{1,12}(?:[ \t]+[\w-]{1,20}=\"[^\"\n<>]*\")*[ \t]+[\w-]{1,20}=(?:[^\"'\s<>][^\"\s<>]*\"|\"[^\"\n<>]*)>", re.I),
     _("an attribute whose quotes are no pair"), 'write name="value"'),
    (re.compile(r"\{\{<(?:(?!>\}\}|\{\{)[^\n]){0,300}$|\{\{%(?:(?!%\}\}|\{\{)[^\n]){0,300}$", re.M), _("a shortcode that is not closed"),
     _("close it with >}} or %}}")),
    (re.compile(r"^ {0,3}\[\d{1,3}\][ \t]+https?://\S+[ \t]*$", re.M), _("a definition without its colon"), _("write [n]: address")),
)  # fmt: skip
_BLOCKS = "div|p|table|tr|td|th|ul|ol|li|details|summary|blockquote|section|center|pre"
_TAG = re.compile(
    rf"<(?P<close>/?)(?P<name>{_BLOCKS}|a|b|i|strong|em|code|span|sup|sub|kbd)\b(?P<rest>[^<>\n]*)>", re.I
)
_OPTIONAL = frozenset({"p", "li", "tr", "td", "th"})
"""Elements that HTML closes by itself."""
_SHORTCODE = re.compile(r"\{\{[<%]\s*(?P<close>/?)\s*(?P<name>[\w-]+)[^\n{}]*?(?P<self>/?)\s*[%>]\}\}")
_MARK = re.compile(r"<!--[ \t]*(?P<way>xx[xz])[ \t]+(?P<name>tabs?)\b[^\n]*?-->")
"""The same in comments, as Datadog's own READMEs have it: ``<!-- xxx tabs xxx -->`` opens, ``xxz`` closes."""
_PAIRED = frozenset(
    {"tabs", "tab", "site-region", "collapse-content", "details", "callout", "code-block", "programming-lang-wrapper"}
)


@rule(
    "readme/markup",
    step="readme",
    form="Close and complete the link, table, code block or markup that is named here.",
    severity=Severity.WARNING,
    source=COMMONMARK,
    why="The page shows it as it was typed, or leaves out what follows.",
    bad=_changed("1. Install it.", "1. Install it as [the guide] (https://acme.example/guide) says."),
)
def markup(tile: Tile) -> Iterator[Problem]:
    """Links, headings, tables, fences, HTML and shortcodes of README.md are well-formed and closed."""
    readme = document(tile)
    if readme is None:
        return
    faults = [
        *_in_lines(readme),
        *_fence(readme),
        *_tags(readme),
        *_shortcodes(readme),
        *tables(readme),
        *_in_html(readme),
        *_unpaired(readme),
        *_swallowed(readme),
    ]
    for offset, what, hint in sorted(faults)[:LINES_MAX]:
        section = _section_at(readme, offset)
        yield Problem(what, README, f"/{section}" if section else "", offset=offset, hint=hint)


def _in_lines(readme: ReadmeDocument) -> Iterator[Fault]:
    for pattern, what, hint in _LINES:
        for match in islice(pattern.finditer(readme.text), 200):
            if not readme.code.holds(match.start()):
                yield (
                    match.start(),
                    _("there is {what}: {match}", what=what, match=quoted(match.group().strip()[:60])),
                    hint,
                )


def _fence(readme: ReadmeDocument) -> Iterator[Fault]:
    if readme.code.unclosed is not None:
        yield (
            readme.code.unclosed,
            _("there is a fence that nothing closes: all that follows is code"),
            _("close it with the same marks"),
        )


def _open(found: list[tuple[int, str, bool]]) -> Iterator[tuple[int, str, bool]]:
    """Of openings and closings those that have no other half."""
    pending: dict[str, list[int]] = {}
    for offset, name, closing in found:
        if not closing:
            pending.setdefault(name, []).append(offset)
        elif pending.get(name):
            pending[name].pop()
        else:
            yield offset, name, True
    for name, offsets in pending.items():
        for offset in offsets:
            yield offset, name, False


def _tags(readme: ReadmeDocument) -> Iterator[Fault]:
    found = [
        (match.start(), match["name"].lower(), bool(match["close"]))
        for match in _TAG.finditer(readme.text)
        if not match["rest"].endswith("/") and not readme.code.holds(match.start())
    ]
    for offset, name, closing in _open(found):
        if name in _OPTIONAL and not closing:
            continue
        if closing:
            yield offset, f"</{name}> closes what nothing opened", _("open it with <{name}> or take it away", name=name)
        else:
            yield offset, f"<{name}> is not closed", f"close it with </{name}>"


def _shortcodes(readme: ReadmeDocument) -> Iterator[Fault]:
    found = [
        (match.start(), match["name"], bool(match["close"]))
        for match in _SHORTCODE.finditer(readme.text)
        if match["name"] in _PAIRED and not match["self"] and not readme.code.holds(match.start())
    ]
    found += [(match.start(), match["name"], match["way"] == "xxz") for match in _MARK.finditer(readme.text)]
    found.sort()
    for offset, name, closing in _open(found):
        if closing:
            yield (
                offset,
                _("the shortcode {name} is closed and was not opened", name=quoted(name)),
                _("open it or take the closing one away"),
            )
        else:
            yield (
                offset,
                _("the shortcode {name} is not closed", name=quoted(name)),
                _("close it with its /{name}", name=name),
            )


_PARAGRAPH = re.compile(r"(?:^[ \t]*\S[^\n]*\n?)+", re.M)
_ITEM = re.compile(r"\n(?=[ \t]*(?:[-*+]|\d{1,3}\.)[ \t]|[ \t]*[|>#])")
_BOLD = re.compile(r"(?<![\\*/\w])\*\*(?![*/])|(?<![\\*/])\*\*(?![*/\w])")


def _unpaired(readme: ReadmeDocument) -> Iterator[Fault]:
    """Marks of bold text or code that have no second one in their paragraph or item of a list."""
    for paragraph in islice(_PARAGRAPH.finditer(readme.text), 20_000):
        if "**" not in paragraph[0] and "`" not in paragraph[0]:
            continue
        start = paragraph.start()
        for part in _ITEM.split(paragraph[0]):
            bold = [
                start + each.start() for each in _BOLD.finditer(part) if not readme.code.holds(start + each.start())
            ]
            tick = [
                start + each.start()
                for each in re.finditer(r"(?<![`\\])`(?!`)", part)
                if not readme.code.holds(start + each.start())
            ]
            for one, other in zip(bold[::2], bold[1::2], strict=False):
                inner = readme.text[one + 2 : other]
                if len(bold) % 2 == 0 and inner.strip() and inner[0].isspace() is not inner[-1].isspace():
                    yield (
                        one,
                        _("a blank beside the marks of bold text: {value}", value=quoted(f"**{inner}**"[:60])),
                        _("take it away"),
                    )
            if len(bold) % 2 and part.count("**") % 2:
                yield bold[-1], _("bold text is not closed in its paragraph"), _("close it with **")
            if len(tick) % 2 and part.count("`") % 2:
                yield tick[-1], _("code is not closed in its paragraph"), _("close it with `")
            start += len(part) + 1


_NAMED = re.compile(r"<(?<![\w\\(]<)(?P<name>[A-Za-z][A-Za-z0-9-]{0,40})(?: [A-Za-z_:][\w.:-]{0,40}){0,6}>")
_ELEMENTS = {"a"} | set(
    re.findall(
        r"\S+",
        "abbr address area article aside audio b base bdi bdo big blockquote body br button canvas caption center "
        "cite code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption "
        "figure font footer form g h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label "
        "legend li link main map mark math menu meta meter nav noscript object ol optgroup option output p param "
        "path picture pre progress q rp rt ruby s samp script search section select slot small source span strike "
        "strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u "
        "ul use var video wbr",
    )
)


def _swallowed(readme: ReadmeDocument) -> Iterator[Fault]:
    """What customers are to fill in, between < and > outside code: it is taken for an element of HTML, and not shown."""
    for match in islice(_NAMED.finditer(readme.text), 200):
        known = match["name"].lower() in _ELEMENTS or f"</{match['name']}>" in readme.text
        if not known and not readme.code.holds(match.start()):
            yield (
                match.start(),
                _("{match} is taken for HTML, and not shown", match=quoted(match[0])),
                _("write `{match}`", match=match[0]),
            )


_HTML = re.compile(r"^[ \t]*<(?P<name>div|table|center|section)\b[^>\n]*>", re.M | re.I)
OPENED_MAX = 200
"""Elements of a README that are looked into, so that time stays bounded."""


def _bodies(text: str) -> Iterator[tuple[re.Match[str], int, str]]:
    """Each block of HTML that is closed: its tag, where its text starts, and that text up to a blank line."""
    for match in islice(_HTML.finditer(text), OPENED_MAX):
        blank = _BLANK.search(text, match.end())
        body = text[match.end() : blank.start() if blank else len(text)]
        end = body.lower().find(f"</{match['name'].lower()}>")
        yield match, match.end(), body if end < 0 else body[:end]


_BLANK = re.compile(r"\n[ \t]*\n")
_MARKDOWN = re.compile(r"\[[^\[\]\n]+\](?:\[[^\[\]\n]*\]|\([^()\s]+\))|(?<!\*)\*\*[^*\s][^*\n]*\*\*|(?<!`)`[^`\n]+`")


def _in_html(readme: ReadmeDocument) -> Iterator[Fault]:
    for match, start, body in _bodies(readme.text):
        inner = None if readme.code.holds(match.start()) else _MARKDOWN.search(body)
        if inner:
            message = _(
                "{inner} stands in <{match}>, where Markdown shows as it was typed",
                inner=quoted(inner.group()[:60]),
                match=match["name"].lower(),
            )
            yield start + inner.start(), message, _("write it as HTML")


_ALERT = re.compile(r"<div\b[^>\n]*\balert\b", re.I)
_POINTS = re.compile(
    r"\b(?:refer to|see|consult|check|read|visit|follow)\b[^.]{0,80}?\b(?:changelog|documentation|docs|guide|release notes|page|article|instructions)\b",
    re.I,
)


@rule(
    "readme/notice-link",
    step="readme",
    form='Link the document that the notice sends its readers to.',
    severity=Severity.WARNING,
    source=REVIEW,
    why="Who is sent to a document wants to get there; in HTML only <a href> makes a link.",
    bad=_changed("What it is.", '<div class="alert alert-info">For versions, refer to the changelog on GitHub.</div>\n\nWhat it is.'),
    good=_changed(
        "What it is.",
        '<div class="alert alert-info">For versions, refer to the '
        '<a href="https://acme.example/changes">changelog</a>.</div>\n\nWhat it is.',
    ),
)  # fmt: skip
def notice_link(tile: Tile) -> Iterator[Problem]:
    """A notice (<div class="alert …">) of README.md that sends its readers to a document links to it."""
    readme = document(tile)
    for match, __, body in _bodies(readme.text) if readme else ():
        points = _POINTS.search(body) if _ALERT.search(match.group()) else None
        linked = re.search(r"<a\b|\]\(|\]\[", body, re.I)
        if readme and points and not linked and not readme.code.holds(match.start()):
            section = _section_at(readme, match.start())
            message = _("the notice says {points} and has no link", points=quoted(points.group()[:60]))
            hint = _('write <a href="https://…">its name</a>')
            yield Problem(message, README, f"/{section}" if section else "", offset=match.start(), hint=hint)


@rule(
    "readme/overview-picture",
    step="readme",
    form="Move the picture to the gallery: the overview shows none.",
    severity=Severity.INFO,
    source=README_TABS,
    why="The Overview tab shows no pictures of the text; the tile's gallery does.",
    bad=_changed("What it is.", "What it is.\n\n![it](images/acme_widget_overview.png)"),
)
def overview_picture(tile: Tile) -> Iterator[Problem]:
    """The section Overview has no pictures."""
    readme = document(tile)
    section = readme.section("Overview") if readme else None
    if readme is None or section is None:
        return
    for picture in readme.rendered.pictures:
        if section.start <= picture.start < section.end:
            hint = _("take it to the gallery (tile.media) or to another section")
            yield Problem(_("there is a picture in Overview"), README, "/Overview", offset=picture.start, hint=hint)


_COLLECTED = re.compile(
    r"(?:(?:integration|custom|system|\w+) )?(?:metrics?|events?|service checks?|logs?|log collection|traces?|spans?|monitors?|dashboards?)",
    re.I,
)


@rule(
    "readme/data-collected-heading",
    step="readme",
    form="Keep to the headings for metrics, events, service checks and logs: others are not shown.",
    severity=Severity.INFO,
    source=README_TABS,
    why="The Data Collected tab shows what it knows, the metrics first of all; text under other headings is not shown there.",
    bad=_changed("### Log collection", "### How we count"),
)
def data_collected_heading(tile: Tile) -> Iterator[Problem]:
    """Data Collected has no headings of its own making: Metrics, Events, Service Checks, Logs."""
    readme = document(tile)
    section = readme.section("Data Collected") if readme else None
    for heading in readme.headings if readme and section else ():
        if section and section.start <= heading.start < section.end and not _COLLECTED.fullmatch(heading.title.strip()):
            message = _(
                "the heading {heading} in Data Collected is not one that the tab shows", heading=quoted(heading.title)
            )
            hint = _("put the text under Metrics, Events, Service Checks or Logs, or in another section")
            yield Problem(message, README, "/Data Collected", offset=heading.start, hint=hint)
