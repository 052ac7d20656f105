"""How Datadog asks for a dashboard to be laid out and worded.

Many published dashboards differ, so that each rule gives one finding a dashboard, at the first place, and tells how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from tilewizard.inspection.dashboard import each_widget
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import Tile, TileFile

from ..registry import Example, rule
from ..sources import DASHBOARD_DESIGN
from .json_assets import objects

_PATH = "assets/dashboards/acme_widget_overview.json"
_NARROWEST = 4
_LACKING = {
    (False, False): _("the dashboard has neither a group About nor a group Overview"),
    (False, True): _("the dashboard has no group About"),
    (True, False): _("the dashboard has no group Overview"),
}
"""What is said, by whether there is a group About and a group Overview."""
_COUNTING = re.compile(
    r"(?:(?:the|total|average|avg|max(?:imum)?|min(?:imum)?|overall)\s+){0,3}(?:number|no\.|#)\s*of\b", re.IGNORECASE
)


def graph(title: str = "Requests", layout: dict[str, int] | None = None, **request: Any) -> dict[str, Any]:
    asked = request or {"q": "sum:acme_widget.requests{$host}"}
    widget: dict[str, Any] = {"id": 7, "definition": {"type": "timeseries", "title": title, "requests": [asked]}}
    return {**widget, "layout": layout} if layout else widget


def group(title: str, *widgets: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": 8,
        "definition": {"type": "group", "title": title, "layout_type": "ordered", "widgets": list(widgets)},
    }


def changed(*widgets: dict[str, Any], **top: Any) -> Example:
    return Example(_PATH, {**({"widgets": list(widgets)} if widgets else {}), **top})


_ABOUT, _OVERVIEW = group("About Acme Widget"), group("Overview", graph())


def definitions(value: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Pointer, widget and definition of each widget that has one."""
    for pointer, widget in each_widget(value):
        definition = widget.get("definition")
        if isinstance(definition, dict):
            yield pointer, widget, definition


def _groups(value: dict[str, Any]) -> list[str]:
    """The titles of a dashboard's groups, lower case, in their order."""
    listed = value.get("widgets")
    found = (each.get("definition") for each in (listed if isinstance(listed, list) else ()) if isinstance(each, dict))
    return [
        str(each.get("title") or "").lower() for each in found if isinstance(each, dict) and each.get("type") == "group"
    ]


def once(file: TileFile, places: list[str], said: Callable[[int], str], hint: str) -> Iterator[Problem]:
    if places:
        first = min(places, key=lambda place: [int(part) for part in re.findall(r"/(\d+)", place)])
        yield Problem(said(len(places)), file.path, first, hint=hint)


@rule(
    "dashboards/title-hyphen",
    step="dashboards",
    severity=Severity.INFO,
    source=DASHBOARD_DESIGN,
    why="Datadog makes the dashboard's address of its title.",
    form="Write the dashboard's title without a hyphen, such as Acme Widget Overview.",
    bad=changed(title="Acme Widget - Overview"),
)
def title_hyphen(tile: Tile) -> Iterator[Problem]:
    """A dashboard's title has no hyphen."""
    for file, value in objects(tile, "dashboards"):
        title = value.get("title")
        if isinstance(title, str) and "-" in title:
            yield Problem(
                _("the title {title} has a hyphen", title=quoted(title)),
                file.path,
                "/title",
                hint=_("write it without one"),
            )


@rule(
    "dashboards/number-of",
    step="dashboards",
    severity=Severity.INFO,
    source=DASHBOARD_DESIGN,
    why="That a number is shown is seen; the title is read sooner without the words.",
    form="Name what a widget counts: Requests, not Number of requests.",
    bad=changed(graph("Number of requests")),
    good=changed(graph("Requests")),
)
def number_of(tile: Tile) -> Iterator[Problem]:
    """No widget's title begins with "Number of", or "Total number of"."""
    for file, value in objects(tile, "dashboards"):
        places = [
            f"{pointer}/definition/title"
            for pointer, __, definition in definitions(value)
            if isinstance(definition.get("title"), str) and _COUNTING.match(definition["title"].lstrip())
        ]
        yield from once(
            file,
            places,
            lambda n: _('widgets whose title begins with "Number of": {n}', n=n),
            _("write what is counted"),
        )


@rule(
    "dashboards/narrow",
    step="dashboards",
    severity=Severity.INFO,
    source=DASHBOARD_DESIGN,
    why="A narrower graph over time can't be read on a small screen.",
    form="Make each graph over time at least 4 of the 12 columns wide.",
    bad=changed(graph(layout={"x": 0, "y": 0, "width": 3, "height": 2})),
    good=changed(graph(layout={"x": 0, "y": 0, "width": 4, "height": 2})),
)
def narrow(tile: Tile) -> Iterator[Problem]:
    """In an ordered dashboard a timeseries is at least four columns wide."""
    for file, value in objects(tile, "dashboards"):
        if value.get("layout_type") != "ordered":
            continue
        places = []
        for pointer, widget, definition in definitions(value):
            layout = widget.get("layout")
            width = layout.get("width") if isinstance(layout, dict) else None
            if definition.get("type") == "timeseries" and isinstance(width, int) and 0 < width < _NARROWEST:
                places.append(f"{pointer}/layout/width")
        yield from once(
            file, places, lambda n: _("timeseries narrower than 4 columns: {n}", n=n), _("make them 4 columns wide")
        )


@rule(
    "dashboards/alias",
    step="dashboards",
    severity=Severity.INFO,
    source=DASHBOARD_DESIGN,
    why="Without an alias the legend shows the formula, which says little to whoever didn't write it.",
    form="Give each formula of a graph a name for its legend.",
    bad=changed(graph(formulas=[{"formula": "query1"}])),
    good=changed(graph(formulas=[{"formula": "query1", "alias": "requests"}])),
)
def alias(tile: Tile) -> Iterator[Problem]:
    """Each formula of a timeseries has an alias."""
    for file, value in objects(tile, "dashboards"):
        places = []
        for pointer, __, definition in definitions(value):
            requests = definition.get("requests") if definition.get("type") == "timeseries" else None
            for index, request in enumerate(requests if isinstance(requests, list) else ()):
                formulas = request.get("formulas") if isinstance(request, dict) else None
                for number, formula in enumerate(formulas if isinstance(formulas, list) else ()):
                    if isinstance(formula, dict) and not formula.get("alias"):
                        places.append(f"{pointer}/definition/requests/{index}/formulas/{number}")
        yield from once(
            file, places, lambda n: _("formulas of timeseries without an alias: {n}", n=n), _("give each an alias")
        )


@rule(
    "dashboards/unused-variable",
    step="dashboards",
    severity=Severity.INFO,
    source=DASHBOARD_DESIGN,
    why="Choosing a value of it changes nothing on the dashboard.",
    form="Use each template variable in a query, or take it away.",
    bad=changed(template_variables=[{"name": "host", "prefix": "host"}, {"name": "rack", "prefix": "rack"}]),
)
def unused_variable(tile: Tile) -> Iterator[Problem]:
    """Every template variable is used somewhere in the dashboard."""
    for file, value in objects(tile, "dashboards"):
        variables = value.get("template_variables")
        used: set[str] | None = None
        for index, variable in enumerate(variables if isinstance(variables, list) else ()):
            name = variable.get("name") if isinstance(variable, dict) else None
            if not isinstance(name, str) or not re.fullmatch(r"[\w.-]+", name, re.ASCII):
                continue
            if used is None:
                used = _used(file.text)
            if name not in used:
                message = _("the template variable {name} is used nowhere", name=quoted(name))
                hint = _("use ${name} in a query, or take it away", name=name)
                yield Problem(message, file.path, f"/template_variables/{index}", hint=hint)


def _used(text: str) -> set[str]:
    """Every name that may be meant after a dollar: ``$a.b.value`` is ``a``, ``a.b`` or ``a.b.value``."""
    found: set[str] = set()
    for run in set(re.findall(r"\$\{?([\w.-]{1,200})", text, re.ASCII)):
        found |= {run[: match.start()] for match in re.finditer(r"[.-]", run)} | {run}
    return found


@rule(
    "dashboards/outside-group",
    step="dashboards",
    severity=Severity.INFO,
    source=DASHBOARD_DESIGN,
    why="Groups tell where to look; what stands beside them belongs nowhere.",
    form="Put each widget of the dashboard into one of its groups.",
    bad=changed(_ABOUT, _OVERVIEW, graph()),
    good=changed(_ABOUT, _OVERVIEW),
)
def outside_group(tile: Tile) -> Iterator[Problem]:
    """In a dashboard with groups every widget stands in one."""
    for file, value in objects(tile, "dashboards"):
        places = [
            pointer
            for pointer, __, definition in definitions(value)
            if pointer.count("/") == 2 and definition.get("type") not in ("group", "powerpack", "split_group")
        ]
        if _groups(value):
            yield from once(
                file, places, lambda n: _("widgets outside of the groups: {n}", n=n), _("put each into a group")
            )


@rule(
    "dashboards/first-groups",
    step="dashboards",
    severity=Severity.INFO,
    source=DASHBOARD_DESIGN,
    why="Customers learn from the first what they see, and from the second how things stand.",
    form="Begin the dashboard with a group About, with your logo and links, and a group Overview.",
    bad=changed(group("Requests", graph())),
    good=changed(_ABOUT, _OVERVIEW),
)
def first_groups(tile: Tile) -> Iterator[Problem]:
    """A dashboard with groups has a group About and a group Overview."""
    for file, value in objects(tile, "dashboards"):
        groups = _groups(value)
        about, overview = (any(word in title for title in groups) for word in ("about", "overview"))
        if groups and not (about and overview):
            message = _LACKING[about, overview]
            yield Problem(message, file.path, "/widgets", hint=_("add it at the top"))


@rule(
    "dashboards/free-layout",
    step="dashboards",
    severity=Severity.INFO,
    source=DASHBOARD_DESIGN,
    why="Groups, and widths that follow the screen, are of the ordered layout; few published dashboards still have the free one.",
    form="Make the dashboard anew with Datadog's ordered layout, which has groups.",
    bad=changed(layout_type="free"),
)
def free_layout(tile: Tile) -> Iterator[Problem]:
    """A dashboard has the ordered layout, not the old free one."""
    for file, value in objects(tile, "dashboards"):
        if value.get("layout_type") == "free":
            message, hint = _("the dashboard has the old free layout"), _("make it anew with the ordered layout")
            yield Problem(message, file.path, "/layout_type", hint=hint)
