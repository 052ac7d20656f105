"""What Datadog's page asks of a dashboard's groups: About, Overview, logs, and where lists that scroll stand.

As with the dashboards' design, each rule gives one finding a dashboard, at the first place, and tells how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import Tile

from ..registry import rule
from ..sources import DASHBOARD_DESIGN
from .dashboard_design import changed, graph, group, once
from .json_assets import objects
from .logs import log_files

_COLUMNS = 12
_STREAMS = frozenset({"log_stream", "event_stream", "list_stream"})
_CONTENT = frozenset({"note", "image", "free_text", "iframe", "group"})
"""Kinds of widgets that show no data."""
_LOGS = re.compile(r"\blogs?\b", re.IGNORECASE)


def _about(
    *widgets: dict[str, Any], width: int = 4, banner: str = "/static/images/integration_dashboard/acme.png"
) -> Any:
    made = group("About Acme Widget", *widgets)
    made["definition"]["banner_img"] = banner
    return {**made, "layout": {"x": 0, "y": 0, "width": width, "height": 4}}


_NOTE = {"id": 5, "definition": {"type": "note", "content": "What Acme Widget does."}}
_STREAM = {"id": 6, "definition": {"type": "log_stream", "title": "Logs", "query": "source:acme_widget"}}


def _inner(widget: Any) -> tuple[dict[str, Any], list[Any]]:
    """A widget's definition, and the widgets in it."""
    definition = widget.get("definition") if isinstance(widget, dict) else None
    held = definition.get("widgets") if isinstance(definition, dict) else None
    return definition if isinstance(definition, dict) else {}, held if isinstance(held, list) else []


def _top(value: dict[str, Any]) -> list[Any]:
    listed = value.get("widgets")
    return listed if isinstance(listed, list) else []


def _spans(widgets: list[Any]) -> list[tuple[int, int] | None]:
    """The rows that each widget takes, its first and the first below it; None where its layout doesn't tell.

    A column break begins a second column on wide screens, whose rows are counted anew; else its widgets follow below.
    """
    found: list[tuple[int, int] | None] = []
    start = end = 0
    for widget in widgets:
        layout = widget.get("layout") if isinstance(widget, dict) else None
        y, height = (layout.get("y"), layout.get("height")) if isinstance(layout, dict) else (None, None)
        if not isinstance(y, int) or not isinstance(height, int):
            found.append(None)
            continue
        if isinstance(layout, dict) and layout.get("is_column_break") is True:
            start = end
        end = max(end, start + y + height)
        found.append((start + y, start + y + height))
    return found


@rule(
    "dashboards/about",
    step="dashboards",
    severity=Severity.INFO,
    source=DASHBOARD_DESIGN,
    why="It is what customers see first: a picture, a few words and links, beside the numbers.",
    form="Give the group About a banner, notes with links, and less than the whole width.",
    bad=changed(_about(_NOTE, banner="")),
    good=changed(_about(_NOTE)),
)
def about(tile: Tile) -> Iterator[Problem]:
    """A dashboard's group About has a banner or a picture, shows no data, and doesn't take the full width."""
    for file, value in objects(tile, "dashboards"):
        for index, widget in enumerate(_top(value)):
            definition, held = _inner(widget)
            if definition.get("type") != "group" or "about" not in str(definition.get("title") or "").lower():
                continue
            at = f"/widgets/{index}"
            kinds = [str(_inner(each)[0].get("type")) for each in held]
            if not definition.get("banner_img") and "image" not in kinds:
                yield Problem(
                    _("the group About has no banner"), file.path, f"{at}/definition", hint=_("add banner_img to it")
                )
            layout = widget.get("layout")
            if isinstance(layout, dict) and layout.get("width") == _COLUMNS:
                message, hint = _("the group About takes the full width"), _("make it half as wide, beside Overview")
                yield Problem(message, file.path, f"{at}/layout/width", hint=hint)
            data = [number for number, kind in enumerate(kinds) if kind not in _CONTENT]
            if data:
                message = _("the group About shows data: {kinds}", kinds=quoted(kinds[data[0]]))
                hint = _("move it to Overview")
                yield Problem(message, file.path, f"{at}/definition/widgets/{data[0]}", hint=hint)
            break


@rule(
    "dashboards/stream-last",
    step="dashboards",
    severity=Severity.INFO,
    source=DASHBOARD_DESIGN,
    why="Whoever scrolls down is caught in the list, and doesn't reach what stands below it.",
    form="Move lists of logs or events to the end of the dashboard.",
    bad=changed(group("Logs", _STREAM), group("Requests", graph())),
    good=changed(group("Requests", graph()), group("Logs", _STREAM)),
)
def stream_last(tile: Tile) -> Iterator[Problem]:
    """Streams of logs or events stand at the end of an ordered dashboard, and of their group: nothing but streams stands below."""
    for file, value in objects(tile, "dashboards"):
        if value.get("layout_type") != "ordered":
            continue
        top = _top(value)
        places = _trapping(top, "/widgets")
        for index, widget in enumerate(top):
            places += _trapping(_inner(widget)[1], f"/widgets/{index}/definition/widgets")
        yield from once(
            file, places, lambda n: _("streams with other widgets below them: {n}", n=n), _("move them to the end")
        )


def _trapping(widgets: list[Any], at: str) -> list[str]:
    """The pointers of what holds a stream and has data without a stream below it."""
    kinds = [{str(_inner(each)[0].get("type", "note")) for each in (widget, *_inner(widget)[1])} for widget in widgets]
    streams = [index for index, found in enumerate(kinds) if found & _STREAMS]
    others = [index for index, found in enumerate(kinds) if not found & _STREAMS and found - _CONTENT]
    spans = _spans(widgets)
    lowest = max((span[0] for other in others if (span := spans[other]) is not None), default=-1)
    last = max(others, default=-1)
    last_unplaced = max((other for other in others if spans[other] is None), default=-1)

    def traps(one: int) -> bool:
        """By their rows; by their order where one has none."""
        span = spans[one]
        return last > one if span is None else lowest >= span[1] or last_unplaced > one

    return [f"{at}/{one}" for one in streams if traps(one)]


@rule(
    "dashboards/logs-group",
    step="dashboards",
    severity=Severity.INFO,
    source=DASHBOARD_DESIGN,
    why="Your logs come with the metrics; customers look for both at one place.",
    form="Add a group Logs to a dashboard: logs by status over time, and a list of the errors.",
    bad=changed(group("Overview", graph())),
    good=changed(group("Overview", graph()), group("Logs", _STREAM)),
)
def logs_group(tile: Tile) -> Iterator[Problem]:
    """A tile with a log pipeline and dashboards in groups has a group Logs, or a widget on logs, in one of them."""
    if not any(log_files(tile, tests=False)):
        return
    grouped = ""
    for file, value in objects(tile, "dashboards"):
        for widget in _top(value):
            definition, held = _inner(widget)
            if any(_shows_logs(each) for each in (definition, *(_inner(each)[0] for each in held))):
                return
            if definition.get("type") == "group":
                grouped = grouped or file.path
    if grouped:
        message = _("the tile has a log pipeline, and no dashboard shows logs")
        yield Problem(message, grouped, "/widgets", hint=_("add a group Logs: logs by status, and a list of errors"))


def _shows_logs(definition: dict[str, Any]) -> bool:
    title, kind = definition.get("title"), definition.get("type")
    if kind == "group":
        return isinstance(title, str) and _LOGS.search(title) is not None
    if kind == "log_stream":
        return True
    requests = definition.get("requests")
    return any(_of_logs(each) for each in (requests if isinstance(requests, list) else [requests]))


def _of_logs(request: Any) -> bool:
    """Whether a widget's request asks for logs, in the old form or the new."""
    if not isinstance(request, dict):
        return False
    queries = request.get("queries")
    asked = [request.get("query"), *(queries if isinstance(queries, list) else ())]
    sources = [each.get("data_source") for each in asked if isinstance(each, dict)]
    return "log_query" in request or any(source in ("logs", "logs_stream") for source in sources)
