"""The words in dashboards' titles as Datadog's page asks for them.

As with the dashboards' design, each rule on widgets gives one finding a dashboard, at the first place, and tells how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import Tile, TileFile

from ..registry import rule
from ..sources import DASHBOARD_DESIGN
from .dashboard_design import changed, definitions, graph, once
from .json_assets import objects

_UNTITLED = frozenset({"group", "note", "image", "free_text", "iframe", "powerpack", "split_group"})
_UNITS = (
    r"%|percent(?:age)?|ns|nanosec(?:ond)?s?|[uµ]s|microsec(?:ond)?s?|ms|millis(?:ec(?:ond)?s?)?|s|secs?|seconds?|mins?|minutes?|"
    r"hours?|hrs?|days?|bits?|bytes?|[kmgt]i?b|(?:kilo|mega|giga|tera|kibi|mebi|gibi|tebi)bytes?|[kmg]?bps|hz|[kmg]hz|°?c|celsius|"
    r"watts?|volts?|amps?|usd|\$"
)
_UNIT = re.compile(
    rf"(?:^|\s)(?:[(\[]\s*(?:in\s+)?(?:{_UNITS})(?:\s*(?:/|per)\s*\w+)?\s*[)\]]|in\s+(?:{_UNITS}))\s*$", re.IGNORECASE
)
_CALCULATED = re.compile(r"[*/]\s*\d|\d\s*[*/]|[)}]\s*[*/]|\b(?:query|[a-z])\d*\s*[*/]")
"""A query that makes another unit than its metric has."""
_NAME_MIN = 3
_CAPITAL = re.compile(r"[A-Z][a-z]+(?:-[A-Za-z]+)*")
_SENTENCES_MIN = 2


def _titled(value: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Pointer, title and definition of each widget that has a title and shows data."""
    for pointer, __, definition in definitions(value):
        title, kind = definition.get("title"), definition.get("type")
        if isinstance(title, str) and title.strip() and not (isinstance(kind, str) and kind in _UNTITLED):
            yield f"{pointer}/definition/title", title, definition


def _told(tile: Tile, wrong: Callable[[str, dict[str, Any]], bool], what: str, hint: str) -> Iterator[Problem]:
    for file, value in objects(tile, "dashboards"):
        found = {pointer: title for pointer, title, definition in _titled(value) if wrong(title, definition)}
        yield from _with_first(file, found, what, hint)


def _with_first(file: TileFile, found: dict[str, str], what: str, hint: str) -> Iterator[Problem]:
    for problem in once(file, list(found), lambda n: f"{what}: {n}", hint):
        yield Problem(
            _("{message}, the first {found}", message=problem.message, found=quoted(found[problem.pointer])),
            file.path,
            problem.pointer,
            hint=hint,
        )


@rule(
    "dashboards/title-unit",
    step="dashboards",
    severity=Severity.INFO,
    source=DASHBOARD_DESIGN,
    why="The unit is shown from the metric's own, and changes with the numbers: ms, s, min.",
    form="Take units out of the titles of graphs: Datadog shows the metric's own.",
    bad=changed(graph("Latency (ms)")),
    good=changed(graph("Latency")),
)
def title_unit(tile: Tile) -> Iterator[Problem]:
    """No widget's title ends in a unit, unless its query calculates another one than the metric's."""
    yield from _told(
        tile,
        lambda title, definition: _UNIT.search(title[-80:]) is not None and not _calculates(definition),
        _("widgets whose title names a unit"),
        _("leave it out: the metric's own unit is shown"),
    )


def _calculates(definition: dict[str, Any]) -> bool:
    requests = definition.get("requests")
    for request in requests if isinstance(requests, list) else ():
        formulas = request.get("formulas") if isinstance(request, dict) else None
        told = [
            each.get("formula") for each in (formulas if isinstance(formulas, list) else ()) if isinstance(each, dict)
        ]
        asked = [*told, request.get("q") if isinstance(request, dict) else None]
        if any(isinstance(each, str) and _CALCULATED.search(each[:5_000]) for each in asked):
            return True
    return False


def _names(tile: Tile) -> list[str]:
    """What the integration is called."""
    stated = (tile.text_at("/tile/title"), tile.stated("/assets/integration/source_type_name"))
    return [name.strip() for name in stated if len(name.strip()) >= _NAME_MIN]


def _naming(names: list[str]) -> re.Pattern[str] | None:
    if not names:
        return None
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE)


@rule(
    "dashboards/title-integration",
    step="dashboards",
    severity=Severity.INFO,
    source=DASHBOARD_DESIGN,
    why="The dashboard's own title says it; in each widget it only pushes the words that matter aside.",
    form="Take your integration's name out of the titles of widgets: Load, not Acme Widget load.",
    bad=changed(graph("Acme Widget requests")),
    good=changed(graph("Requests")),
)
def title_integration(tile: Tile) -> Iterator[Problem]:
    """No widget's title begins with the integration's name before other words."""
    naming = _naming(_names(tile))

    def wrong(title: str, __: dict[str, Any]) -> bool:
        found = naming.match(title.strip()) if naming is not None else None
        return found is not None and re.search(r"\w", title.strip()[found.end() :]) is not None

    what = _("widgets whose title begins with the integration's name")
    yield from _told(tile, wrong, what, _("begin with what is shown"))


@rule(
    "dashboards/title-name",
    step="dashboards",
    severity=Severity.INFO,
    source=DASHBOARD_DESIGN,
    why="Customers find the dashboard among hundreds by your integration's name.",
    form="Put your integration's name into the dashboard's title, such as Acme Widget Overview.",
    bad=changed(title="Overview of Requests"),
    good=changed(title="Acme Widget Overview"),
)
def title_name(tile: Tile) -> Iterator[Problem]:
    """A dashboard's title has the integration's or the vendor's name in it, or a part of one."""
    names = [*_names(tile), tile.text_at("/author/name"), tile.stated("/assets/integration/source_type_name")]
    words = {_plain(word) for name in names for word in re.findall(r"\w{2,}", name)}
    words -= {
        "the",
        "for",
        "of",
        "by",
        "in",
        "on",
        "to",
        "at",
        "co",
        "and",
        "datadog",
        "integration",
        "monitoring",
        "metrics",
        "logs",
        "inc",
        "ltd",
        "corp",
        "",
    }
    for file, value in objects(tile, "dashboards"):
        title = value.get("title")
        if not isinstance(title, str) or not title.strip() or not words:
            continue
        plain = _plain(title)
        if not any(word in plain for word in words):
            message = _("the title {title} doesn't name the integration", title=quoted(title))
            yield Problem(
                message, file.path, "/title", hint=_("put {names} into it", names=quoted(names[0] or names[-1]))
            )


def _plain(word: str) -> str:
    return re.sub(r"[\W_]", "", word.lower())


@rule(
    "dashboards/widget-title",
    step="dashboards",
    severity=Severity.INFO,
    source=DASHBOARD_DESIGN,
    why="Titles of widgets are sentences, those of groups are in Title Case: so they are told from one another.",
    form="Write the titles of widgets like sentences: Requests per second, not Requests Per Second.",
    bad=changed(graph("Requests Dropped By Host"), graph("Failed Login Attempts")),
    good=changed(graph("Requests dropped by host"), graph("Failed login attempts")),
)
def widget_title(tile: Tile) -> Iterator[Problem]:
    """Titles of widgets are written like sentences: not each word of several titles begins with a capital letter."""
    naming = _naming(_names(tile))
    for file, value in objects(tile, "dashboards"):
        found = {
            pointer: title
            for pointer, title, __ in _titled(value)
            if _all_capitals(naming.sub(" ", title) if naming is not None else title)
        }
        if len(found) >= _SENTENCES_MIN:
            hint = _("write all but the first word and names with small letters")
            yield from _with_first(file, found, _("widgets whose title is in Title Case"), hint)


def _all_capitals(title: str) -> bool:
    """Whether a title of three words and more gives each a capital letter, but for the smallest."""
    words = [word.strip("()[]:,;.\"'") for word in title.split()]
    spoken = [word for word in words if len(word) > 3 and word.isascii() and word.isalpha()]
    capital = [word for word in spoken if _CAPITAL.fullmatch(word)]
    return len(capital) >= 3 and len(capital) == len([word for word in spoken if not word.isupper()])
