"""Dashboards and monitors that come with the tile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from tilewizard.findings import Problem, Severity
from tilewizard.inspection.dashboard import DashboardFacts, dashboard_summary, monitor_summary
from tilewizard.quoting import quoted
from tilewizard.tile import METADATA, Tile, TileFile
from tilewizard.vocabulary import vocabulary

from .registry import Example, rule
from .sources import CREATE_A_TILE, REVIEW, VALIDATE_DASHBOARDS

_PATH = "assets/dashboards/acme_widget_overview.json"
_MONITOR = "assets/monitors/acme_widget_errors.json"
_known: WeakKeyDictionary[TileFile, DashboardFacts] = WeakKeyDictionary()


def facts_of(file: TileFile) -> DashboardFacts:
    """A dashboard's facts, worked out once for each file."""
    found = _known.get(file)
    if found is None:
        found = _known[file] = dashboard_summary(file.json.value)
    return found


def assets(tile: Tile, key: str) -> Iterator[TileFile]:
    """The files that the manifest names under ``assets.<key>`` and that are there."""
    for path in tile.object_at(f"/assets/{key}").values():
        file = tile.file(path) if isinstance(path, str) else None
        if file is not None and file.link is None:
            yield file


def _readable(tile: Tile, key: str) -> Iterator[TileFile]:
    return (file for file in assets(tile, key) if not file.json.broken and isinstance(file.json.value, dict))


@rule(
    "dashboards/form",
    step="dashboards",
    severity=Severity.ERROR,
    source=VALIDATE_DASHBOARDS,
    why="Datadog creates the dashboard from this file when the tile is installed.",
    bad=Example(_PATH, '{"title": "Acme", "widgets": [}'),
)
def form(tile: Tile) -> Iterator[Problem]:
    """A dashboard is JSON with description, template_variables and widgets, in the form of Datadog's API."""
    for file in assets(tile, "dashboards"):
        if file.json.broken:
            fault = file.json.faults[0]
            yield Problem(f"{file.path} {fault.message}", file.path, offset=fault.offset, hint=fault.hint)
            continue
        value = file.json.value
        if not isinstance(value, dict):
            yield Problem(f"{file.path} is no object", file.path, hint="export the dashboard from Datadog as JSON")
            continue
        for key in ("description", "template_variables", "widgets"):
            if key not in value:
                yield Problem(f"{key} is missing", file.path, f"/{key}", hint=f"add {key}, empty if need be")
        widgets = value.get("widgets")
        if "widgets" in value and not isinstance(widgets, list):
            yield Problem("widgets is no list", file.path, "/widgets", hint="export the dashboard as JSON again")
        elif not {"layout_type", "title", "created_at"} & set(value) and not _new_form(widgets):
            hint = "export it from Datadog's dashboard page, which gives title, layout_type and widgets"
            yield Problem(f"{file.path} is in the old form of screenboards", file.path, hint=hint)


def _new_form(widgets: Any) -> bool:
    listed = widgets if isinstance(widgets, list) else []
    return any(isinstance(widget, dict) and {"definition", "layout"} & set(widget) for widget in listed)


@rule(
    "dashboards/title",
    step="dashboards",
    severity=Severity.WARNING,
    source=CREATE_A_TILE,
    why="Customers find the dashboard by its title.",
    bad=Example(_PATH, {"title": ""}),
)
def title(tile: Tile) -> Iterator[Problem]:
    """A dashboard has a title and at least one widget."""
    for file in _readable(tile, "dashboards"):
        facts = facts_of(file)
        if not facts.title.strip():
            yield Problem(
                f"{file.path} has no title", file.path, "/title", hint="give it one in Datadog and export it again"
            )
        if not facts.widgets and isinstance(file.json.get("/widgets"), list):
            yield Problem(
                f"{file.path} has no widgets", file.path, "/widgets", hint="add some in Datadog and export it again"
            )


@rule(
    "dashboards/untitled-widget",
    step="dashboards",
    severity=Severity.WARNING,
    source=REVIEW,
    why="A graph without a title says nothing to whoever didn't make it.",
    bad=Example(_PATH, {"widgets": [{"id": 1, "definition": {"type": "timeseries", "requests": []}}]}),
)
def untitled_widget(tile: Tile) -> Iterator[Problem]:
    """Every widget that can have a title has one."""
    for file in _readable(tile, "dashboards"):
        untitled = facts_of(file).untitled
        for pointer in untitled[:10]:
            kind = file.json.get(f"{pointer}/type")
            yield Problem(
                f"a {quoted(kind)} widget has no title", file.path, pointer, hint='add "title" to its definition'
            )
        if len(untitled) > 10:
            yield Problem(f"and {len(untitled) - 10} more widgets without a title", file.path, hint="give each a title")


@rule(
    "dashboards/app-id",
    step="dashboards",
    severity=Severity.ERROR,
    source=VALIDATE_DASHBOARDS,
    why="A widget that names another tile's UUID shows nothing.",
    bad=Example(_PATH, {"widgets": [{"id": 1, "definition": {"type": "custom", "title": "x", "app_id": "other"}}]}),
    at=("/app_uuid",),
    mends=True,
)
def app_id(tile: Tile) -> Iterator[Problem]:
    """A widget's app_id, at any depth, is the manifest's app_uuid."""
    right = tile.text_at("/app_uuid")
    for file in _readable(tile, "dashboards"):
        if '"app_id"' not in file.text or not right:
            continue
        for pointer, value in facts_of(file).app_ids:
            if value != right:
                yield Problem(
                    f"app_id is {quoted(value)}",
                    file.path,
                    pointer,
                    hint=f"write {right}",
                    fix=_setting(file.path, pointer, right),
                )


def _setting(path: str, pointer: str, value: Any) -> Callable[[Tile], Tile]:
    def fix(tile: Tile) -> Tile:
        file = tile.file(path)
        return tile if file is None else tile.with_text(path, file.json.with_value(pointer, value).text)

    return fix


@rule(
    "dashboards/leftover",
    step="dashboards",
    severity=Severity.WARNING,
    source=REVIEW,
    why="They name your account and its people, and mean nothing in a customer's.",
    bad=Example(_PATH, {"author_handle": "someone@acme.example", "id": "abc-def-ghi"}),
    mends=True,
)
def leftover(tile: Tile) -> Iterator[Problem]:
    """A dashboard carries nothing that only the account it was exported from has a use for."""
    for file in _readable(tile, "dashboards"):
        for key in facts_of(file).leftovers:
            soft = key in ("is_read_only", "experience_type")
            yield Problem(
                f"{key} is left over from the export",
                file.path,
                f"/{key}",
                key=True,
                hint=f"take {key} away",
                fix=_without(file.path, f"/{key}"),
                severity=Severity.INFO if soft else None,
            )


def _without(path: str, pointer: str) -> Callable[[Tile], Tile]:
    def fix(tile: Tile) -> Tile:
        file = tile.file(path)
        return tile if file is None else tile.with_text(path, file.json.without(pointer).text)

    return fix


@rule(
    "dashboards/template-variable",
    step="dashboards",
    severity=Severity.INFO,
    source=CREATE_A_TILE,
    why="Customers narrow a dashboard down by its variables: host, environment, service.",
    bad=Example(_PATH, {"template_variables": []}),
)
def template_variable(tile: Tile) -> Iterator[Problem]:
    """A dashboard has template variables."""
    for file in _readable(tile, "dashboards"):
        if file.json.get("/template_variables") == []:
            yield Problem(
                "there is no template variable", file.path, "/template_variables", hint="add one such as host"
            )


@rule(
    "dashboards/unknown-metric",
    step="dashboards",
    severity=Severity.WARNING,
    source=REVIEW,
    why="A graph of a metric that isn't listed stays empty, or shows what customers can't look up.",
    bad=Example(_PATH, {"widgets": [{"id": 1, "definition": {"type": "timeseries", "title": "x", "requests": [
        {"q": "sum:acme_widget.nothing{*}"}]}}]}),
    at=("/assets/integration/metrics/prefix",),
)  # fmt: skip
def unknown_metric(tile: Tile) -> Iterator[Problem]:
    """Dashboards and monitors query metrics of this tile that metadata.csv lists."""
    prefix, metadata = tile.text_at("/assets/integration/metrics/prefix"), tile.file(METADATA)
    if not prefix or metadata is None or not metadata.csv.rows:
        return
    known = {record.get("metric_name", "") for record in metadata.csv.records}
    for file in [*_readable(tile, "dashboards"), *_readable(tile, "monitors")]:
        is_monitor = file.path.startswith("assets/monitors")
        queried = monitor_summary(file.json.value).metrics if is_monitor else facts_of(file).metrics
        for metric in sorted(queried)[:200]:
            if metric.startswith(prefix) and metric not in known and not _part_of(metric, known):
                at = file.text.find(metric)
                yield Problem(
                    f"{quoted(metric)} is not in metadata.csv", file.path, offset=max(at, 0), hint="list it, or query another",
                    severity=Severity.INFO if tile.target.value == "integrations-extras" else None,
                )  # fmt: skip


def _part_of(metric: str, known: set[str]) -> bool:
    """Whether it is an aggregate of a listed histogram: ``x.avg`` of ``x``."""
    start, _, end = metric.rpartition(".")
    return start in known and end in (
        "avg",
        "max",
        "min",
        "sum",
        "count",
        "median",
        "95percentile",
        "quantile",
        "bucket",
    )


@rule(
    "monitors/form",
    step="dashboards",
    severity=Severity.ERROR,
    source=CREATE_A_TILE,
    why="Datadog recommends the monitor from this file.",
    bad=Example(_MONITOR, '{"title": "x"'),
)
def monitor_form(tile: Tile) -> Iterator[Problem]:
    """A monitor is JSON with a title, a type, a query and a message, in the exported or the recent form."""
    for file in assets(tile, "monitors"):
        if file.json.broken:
            fault = file.json.faults[0]
            yield Problem(f"{file.path} {fault.message}", file.path, offset=fault.offset, hint=fault.hint)
            continue
        value = file.json.value
        if not isinstance(value, dict):
            yield Problem(f"{file.path} is no object", file.path, hint="export the monitor from Datadog as JSON")
            continue
        facts = monitor_summary(value)
        base = "/definition" if facts.recent else ""
        for key, found in (("type", facts.type), ("query", facts.query)):
            if not found:
                yield Problem(f"{key} is missing", file.path, f"{base}/{key}", hint="export the monitor as JSON again")
        if not facts.title:
            key = "/title" if facts.recent else "/name"
            yield Problem(f"{key[1:]} is missing", file.path, key, hint="name the monitor", severity=Severity.WARNING)


@rule(
    "saved-views/form",
    step="dashboards",
    severity=Severity.ERROR,
    source=VALIDATE_DASHBOARDS,
    why="Datadog creates the view from this file when the tile is installed.",
    bad=Example("assets/saved_views/acme_widget_errors.json", {"type": "dreams"}),
)
def saved_view(tile: Tile) -> Iterator[Problem]:
    """A saved view has a name, a known page and type, a query, and only known keys."""
    words: dict[str, Any] = vocabulary()["saved_view"]
    for file in assets(tile, "saved_views"):
        if file.json.broken:
            fault = file.json.faults[0]
            yield Problem(f"{file.path} {fault.message}", file.path, offset=fault.offset, hint=fault.hint)
            continue
        value = file.json.value if isinstance(file.json.value, dict) else {}
        for key in words["required"]:
            if key not in value:
                yield Problem(f"{key} is missing", file.path, f"/{key}", hint=f"add {key}")
        for key in value:
            if key not in (*words["required"], *words["optional"]):
                yield Problem(f"unknown key {quoted(key)}", file.path, f"/{key}", key=True, hint="take it away")
        for key, known in (("type", words["types"]), ("page", words["pages"])):
            if key in value and value[key] not in known:
                yield Problem(
                    f"{key} is {quoted(value[key])}", file.path, f"/{key}", hint=f"one of {', '.join(known[:6])}…"
                )
        yield from _options(file, value, words)


def _options(file: TileFile, value: dict[str, Any], words: dict[str, Any]) -> Iterator[Problem]:
    page, options = value.get("page"), value.get("options")
    known = words.get(f"{page}_options")
    if isinstance(options, dict) and known is not None:
        for key in options:
            if key not in known:
                yield Problem(
                    f"unknown option {quoted(key)}", file.path, f"/options/{key}", key=True, hint="take it away"
                )
    elif options and page in words["pages_without_options"]:
        yield Problem(
            f"the page {quoted(page)} has no options", file.path, "/options", key=True, hint="take options away"
        )
