"""Widgets and groups of dashboards as Datadog's page asks for them, and links from assets into Datadog.

As with the dashboards' design, each rule gives one finding a dashboard, at the first place, and tells how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tilewizard.field.asset_kinds import DASHBOARDS, DETECTION_RULES, MONITORS
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.asset_files import files_of
from tilewizard.tile.tile import Tile

from ..registry import rule
from ..sources import DASHBOARD_DESIGN, README_SITES
from .dashboard_design import changed, definitions, graph, group, once
from .json_assets import objects

_STREAMS = ("log_stream", "event_stream", "list_stream")
_STREAM_NARROWEST = 6
_SMALL = frozenset(
    ["a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "of", "on", "or", "over", "per", "the", "to",
     "vs", "with", "via"]
)  # fmt: skip
"""Words that Title Case leaves small."""
_OWN_SPELLING = re.compile(r"[a-z]+[A-Z0-9.]|[a-z0-9]+[._/]")
"""Names that are spelt in their own way: ``eBPF``, ``k6``, ``etcd.io``."""
_SITE = re.compile(
    r"https?://(?:app|[a-z]{2}\d{1,2}(?:-fed)?)\.(?:datadoghq\.(?:com|eu)|ddog-gov\.com)(?P<path>[/?#][^\s\"'\\)\]<>]{0,300})?",
    re.IGNORECASE,
)


def _value(**more: object) -> dict[str, object]:
    definition = {
        "type": "query_value",
        "title": "Requests",
        "requests": [{"q": "sum:acme_widget.requests{$host}"}],
        **more,
    }
    return {"id": 7, "definition": definition}


@rule(
    "dashboards/background",
    step="dashboards",
    severity=Severity.INFO,
    source=DASHBOARD_DESIGN,
    why="A number alone doesn't tell whether it rises or falls; the graph behind it does.",
    form="Give each single number of the dashboard a graph over time behind it.",
    bad=changed(_value()),
    good=changed(_value(timeseries_background={"type": "area"})),
)
def background(tile: Tile) -> Iterator[Problem]:
    """A query value has a timeseries background."""
    for file, value in objects(tile, "dashboards"):
        places = [
            f"{pointer}/definition"
            for pointer, __, definition in definitions(value)
            if definition.get("type") == "query_value" and not definition.get("timeseries_background")
        ]
        hint = _('add "timeseries_background": {"type": "area"}')
        yield from once(file, places, lambda n: _("query values without a timeseries background: {n}", n=n), hint)


@rule(
    "dashboards/stream-width",
    step="dashboards",
    severity=Severity.INFO,
    source=DASHBOARD_DESIGN,
    why="A narrower list breaks its lines, and can't be read on a small screen.",
    form="Make each list of logs or events at least 6 of the 12 columns wide.",
    bad=changed({**graph(), "definition": {"type": "log_stream", "title": "Logs"},
                 "layout": {"x": 0, "y": 0, "width": 4, "height": 4}}),
    good=changed({**graph(), "definition": {"type": "log_stream", "title": "Logs"},
                  "layout": {"x": 0, "y": 0, "width": 6, "height": 4}}),
)  # fmt: skip
def stream_width(tile: Tile) -> Iterator[Problem]:
    """In an ordered dashboard a stream of logs or events is at least six columns wide."""
    for file, value in objects(tile, "dashboards"):
        places = []
        for pointer, widget, definition in definitions(value) if value.get("layout_type") == "ordered" else ():
            layout = widget.get("layout")
            width = layout.get("width") if isinstance(layout, dict) else None
            if definition.get("type") in _STREAMS and isinstance(width, int) and 0 < width < _STREAM_NARROWEST:
                places.append(f"{pointer}/layout/width")
        yield from once(
            file, places, lambda n: _("streams narrower than 6 columns: {n}", n=n), _("make them 6 columns wide")
        )


@rule(
    "dashboards/group-title",
    step="dashboards",
    severity=Severity.INFO,
    source=DASHBOARD_DESIGN,
    why="Groups are told from widgets by their titles: those of groups are in Title Case, those of widgets are sentences.",
    form="Write the titles of groups in Title Case, such as Request Latency.",
    bad=changed(group("About Acme Widget"), group("Overview of requests", graph())),
    good=changed(group("About Acme Widget"), group("Overview of Requests", graph())),
)
def group_title(tile: Tile) -> Iterator[Problem]:
    """The title of a group is in Title Case."""
    for file, value in objects(tile, "dashboards"):
        for pointer, __, definition in definitions(value):
            title = definition.get("title")
            shown = definition.get("type") == "group" and definition.get("show_title") is not False
            if shown and isinstance(title, str) and _small_word(title):
                message = _("the group's title {title} is not in Title Case", title=quoted(title))
                hint = _("write {title} with a capital letter", title=quoted(_small_word(title).capitalize()))
                if title.strip() == "New group":
                    message, hint = _("the group has the name that every new one has"), _("name it after what it shows")
                yield Problem(message, file.path, f"{pointer}/definition/title", hint=hint)


def _small_word(title: str) -> str:
    """The first word of a title that should have a capital letter and has none; empty when there is none."""
    words = [word.strip("()[]:,;\"'") for word in title.split()]
    return next(
        (word for word in words if re.fullmatch(r"[a-z]{2,}(?:-[a-z]+)*", word)
         and word not in _SMALL and not _OWN_SPELLING.match(word)),
        "",
    )  # fmt: skip


@rule(
    "dashboards/site-link",
    step="dashboards",
    severity=Severity.INFO,
    source=README_SITES,
    why="Customers of other Datadog sites end on a page where they have no account; an address without a host opens in their own.",
    form="Write addresses of Datadog's application without the site, so that they open on every customer's site.",
    bad=changed({"id": 7, "definition": {"type": "note", "content": "See [signals](https://app.datadoghq.com/security)."}}),
    good=changed({"id": 7, "definition": {"type": "note", "content": "See [signals](/security)."}}),
)  # fmt: skip
def site_link(tile: Tile) -> Iterator[Problem]:
    """Links into Datadog's application in dashboards, monitors and detection rules name no site: /security."""
    for kind in (DASHBOARDS, MONITORS, DETECTION_RULES):
        for file in files_of(tile, kind):
            seen: set[str] = set()
            for match in _SITE.finditer(file.text):
                if match[0] not in seen:
                    seen.add(match[0])
                    message = _("the link {match} leads to one Datadog site only", match=quoted(match[0]))
                    yield Problem(
                        message,
                        file.path,
                        offset=match.start(),
                        hint=_("write {match}", match=(match["path"] or "/")[:80]),
                    )
