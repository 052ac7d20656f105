"""Dashboards that come with the tile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

from tilewizard.field.asset_kinds import MAPPED
from tilewizard.field.vocabulary import Target
from tilewizard.inspection.dashboard import DashboardFacts, dashboard_summary
from tilewizard.language import _, ngettext
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import MANIFEST, Tile, TileFile

from ..registry import Example, rule
from ..sources import CREATE_A_TILE, DASHBOARDS_API, REVIEW, VALIDATE_DASHBOARDS
from .json_assets import assets, objects, plain_path, removing, setting, unknown_metrics, unreadable

_PATH = "assets/dashboards/acme_widget_overview.json"
_UNTITLED_MAX = 10
_known: WeakKeyDictionary[TileFile, DashboardFacts] = WeakKeyDictionary()


def facts_of(file: TileFile) -> DashboardFacts:
    """A dashboard's facts, worked out once for each file."""
    found = _known.get(file)
    if found is None:
        found = _known[file] = dashboard_summary(file.json.value)
    return found


@rule(
    "dashboards/form",
    step="dashboards",
    severity=Severity.ERROR,
    source=VALIDATE_DASHBOARDS,
    why="Datadog creates the dashboard from this file when the tile is installed.",
    form="Export the dashboard from Datadog as JSON again: a part of it is missing.",
    bad=Example(_PATH, '{"title": "Acme", "widgets": [}'),
)
def form(tile: Tile) -> Iterator[Problem]:
    """A dashboard is a JSON object with description, template_variables and a list of widgets."""
    for file in assets(tile, "dashboards"):
        problem = unreadable(file, "dashboard")
        if problem is not None:
            yield problem
            continue
        value = file.json.value
        for key in ("description", "template_variables", "widgets"):
            if key not in value:
                yield Problem(
                    _("{key} is missing", key=key), file.path, f"/{key}", hint=_("add {key}, empty if need be", key=key)
                )
        if not isinstance(value.get("widgets", []), list):
            yield Problem(_("widgets is no list"), file.path, "/widgets", hint=_("export the dashboard as JSON again"))
        elif not {"layout_type", "title", "created_at"} & set(value) and not _new_form(value.get("widgets")):
            hint = _("export it from Datadog's dashboard page, which gives title, layout_type and widgets")
            yield Problem(_("{path} is in the old form of screenboards", path=quoted(file.path)), file.path, hint=hint)


def _new_form(widgets: Any) -> bool:
    listed = widgets if isinstance(widgets, list) else []
    return any(isinstance(widget, dict) and {"definition", "layout"} & set(widget) for widget in listed)


@rule(
    "dashboards/widget",
    step="dashboards",
    severity=Severity.ERROR,
    source=VALIDATE_DASHBOARDS,
    why="Datadog's validator looks into the definition of every widget, and so does whatever draws it.",
    form="Export the dashboard from Datadog again: one of its widgets can't be read.",
    bad=Example(_PATH, {"widgets": [{"id": 1, "definition": "timeseries"}]}),
)
def widget(tile: Tile) -> Iterator[Problem]:
    """A widget, in a group too, is an object with a definition that is one."""
    for file, value in objects(tile, "dashboards"):
        pending: list[tuple[str, Any]] = [("/widgets", value.get("widgets"))]
        while pending:
            pointer, group = pending.pop()
            if not isinstance(group, list) and pointer != "/widgets":
                yield Problem(
                    _("the widgets of a group are no list"), file.path, pointer, hint=_("export the dashboard again")
                )
            for index, each in enumerate(group if isinstance(group, list) else ()):
                at = f"{pointer}/{index}"
                app_id = each["definition"].get("app_id") if _defined(each) else None
                if isinstance(app_id, dict | list) and app_id:
                    message, hint = (
                        _("app_id is {app_id}, no text", app_id=quoted(app_id)),
                        _("write the manifest's app_uuid"),
                    )
                    yield Problem(message, file.path, f"{at}/definition/app_id", hint=hint)
                definition = each.get("definition", {}) if isinstance(each, dict) else None
                if not isinstance(definition, dict):
                    message = _("a widget is {name}, no object with a definition", name=quoted(each))
                    yield Problem(message, file.path, at, hint=_("export the dashboard again"))
                elif "definition" not in each:
                    message, hint = _("a widget has no definition"), _("export the dashboard again")
                    yield Problem(message, file.path, at, hint=hint, severity=Severity.WARNING)
                elif definition.get("widgets"):
                    pending.append((f"{at}/definition/widgets", definition["widgets"]))


def _defined(widget: Any) -> bool:
    return isinstance(widget, dict) and isinstance(widget.get("definition"), dict)


@rule(
    "dashboards/layout",
    step="dashboards",
    severity=Severity.ERROR,
    source=DASHBOARDS_API,
    why="Datadog's API makes no dashboard without it.",
    form="Let Datadog place the widgets in order, or place them freely, and export the dashboard again.",
    bad=Example(_PATH, {"layout_type": "grid"}),
)
def layout(tile: Tile) -> Iterator[Problem]:
    """A dashboard's layout_type is ordered or free."""
    for file, value in objects(tile, "dashboards"):
        kind = value.get("layout_type")
        if kind not in ("ordered", "free"):
            message = _("layout_type is missing") if kind is None else _("layout_type is {kind}", kind=quoted(kind))
            yield Problem(
                message, file.path, "/layout_type", hint=_("write ordered, or free for widgets placed by hand")
            )


@rule(
    "dashboards/title",
    step="dashboards",
    severity=Severity.WARNING,
    source=CREATE_A_TILE,
    why="Customers find the dashboard by its title.",
    form="Give the dashboard a title and at least one widget in Datadog, and export it again.",
    bad=Example(_PATH, {"title": ""}),
)
def title(tile: Tile) -> Iterator[Problem]:
    """A dashboard has a title and at least one widget."""
    for file, __ in objects(tile, "dashboards"):
        facts = facts_of(file)
        if not facts.title.strip():
            yield Problem(
                _("{path} has no title", path=quoted(file.path)),
                file.path,
                "/title",
                hint=_("give it one in Datadog and export it again"),
            )
        if not facts.widgets and isinstance(file.json.get("/widgets"), list):
            yield Problem(
                _("{path} has no widgets", path=quoted(file.path)),
                file.path,
                "/widgets",
                hint=_("add some in Datadog and export it again"),
            )


@rule(
    "dashboards/untitled-widget",
    step="dashboards",
    severity=Severity.WARNING,
    source=REVIEW,
    why="A graph without a title says nothing to whoever didn't make it.",
    form="Give every widget a title in Datadog, and export the dashboard again.",
    bad=Example(_PATH, {"widgets": [{"id": 1, "definition": {"type": "timeseries", "requests": []}}]}),
)
def untitled_widget(tile: Tile) -> Iterator[Problem]:
    """Every widget that can have a title has one."""
    for file, __ in objects(tile, "dashboards"):
        untitled = facts_of(file).untitled
        for pointer in untitled[:_UNTITLED_MAX]:
            kind = file.json.get(f"{pointer}/type")
            message = _("a {kind} widget has no title", kind=quoted(kind))
            yield Problem(message, file.path, pointer, hint=_('add "title" to its definition'))
        if len(untitled) > _UNTITLED_MAX:
            message = ngettext(
                "and {count} more widget has no title",
                "and {count} more widgets have no title",
                len(untitled) - _UNTITLED_MAX,
            )
            yield Problem(message, file.path, hint=_("give each a title"))


@rule(
    "dashboards/app-id",
    step="dashboards",
    severity=Severity.ERROR,
    source=VALIDATE_DASHBOARDS,
    why="A widget that names another tile's UUID shows nothing.",
    form="Let the dashboard's widgets point at this tile: they name another one.",
    bad=Example(_PATH, {"widgets": [{"id": 1, "definition": {"type": "custom", "title": "x", "app_id": "other"}}]}),
    mends=True,
)
def app_id(tile: Tile) -> Iterator[Problem]:
    """A widget's app_id, at any depth, is the manifest's app_uuid."""
    right = tile.text_at("/app_uuid")
    for file, __ in objects(tile, "dashboards"):
        # An escaped key is as good as a plain one to a parser; both are rare.
        if "app_id" not in file.text and "\\u" not in file.text:
            continue
        for pointer, value in facts_of(file).app_ids:
            if right and value != right:
                # The validator passes over empty ones.
                severity = None if value else Severity.WARNING
                yield Problem(_("app_id is {value}", value=quoted(value)), file.path, pointer, hint=_("write {right}, the manifest's app_uuid", right=quoted(right)),
                              severity=severity, fix=setting(file.path, pointer, right))  # fmt: skip


@rule(
    "dashboards/leftover",
    step="dashboards",
    severity=Severity.WARNING,
    source=REVIEW,
    why="They name your account and its people, and mean nothing in a customer's.",
    form="Remove what only the account that the dashboard was exported from can use.",
    bad=Example(_PATH, {"author_handle": "someone@acme.example", "id": "abc-def-ghi"}),
    mends=True,
)
def leftover(tile: Tile) -> Iterator[Problem]:
    """A dashboard carries nothing that only the account it was exported from has a use for."""
    for file, __ in objects(tile, "dashboards"):
        for key in facts_of(file).leftovers:
            severity = Severity.INFO if key in ("is_read_only", "experience_type") else None
            yield Problem(_("{key} is left over from the export", key=key), file.path, f"/{key}", key=True,
                          hint=_("take {key} away", key=key), fix=removing(file.path, f"/{key}"), severity=severity)  # fmt: skip


@rule(
    "dashboards/template-variable",
    step="dashboards",
    severity=Severity.INFO,
    source=CREATE_A_TILE,
    why="Customers narrow a dashboard down by its variables: host, environment, service.",
    form="Give the dashboard a template variable, such as host, so that customers can narrow it.",
    bad=Example(_PATH, {"template_variables": []}),
)
def template_variable(tile: Tile) -> Iterator[Problem]:
    """A dashboard has template variables."""
    for file, value in objects(tile, "dashboards"):
        if "template_variables" in value and not value["template_variables"]:
            message = _("there is no template variable")
            yield Problem(message, file.path, "/template_variables", hint=_("add one such as host"))


@rule(
    "dashboards/unknown-metric",
    step="dashboards",
    severity=Severity.WARNING,
    source=REVIEW,
    why="A graph of a metric that isn't listed stays empty, or shows what customers can't look up.",
    form="List this metric in Metrics & checks, or mend the query in the dashboard.",
    bad=Example(_PATH, {"widgets": [{"id": 1, "definition": {"type": "timeseries", "title": "x", "requests": [
        {"q": "sum:acme_widget.nothing{*}"}]}}]}),
)  # fmt: skip
def unknown_metric(tile: Tile) -> Iterator[Problem]:
    """Dashboards query metrics of this tile that metadata.csv lists."""
    files = (file for file, __ in objects(tile, "dashboards"))
    yield from unknown_metrics(tile, files, lambda file: facts_of(file).metrics)


@rule(
    "dashboards/short-name",
    step="dashboards",
    severity={Target.MARKETPLACE: Severity.WARNING, Target.EXTRAS: Severity.INFO},
    source=CREATE_A_TILE,
    why="A short name can never change once it is published: it should be right from the start.",
    form="Give each file one short name of its own, of plain words.",
    bad=Example(MANIFEST, {"assets": {"dashboards": {" ": _PATH}}}),
    at=("/assets/dashboards", "/assets/monitors", "/assets/saved_views"),
)
def short_name(tile: Tile) -> Iterator[Problem]:
    """The short names of dashboards, monitors and saved views are plain words, and each file has one of them."""
    for kind in (each.name for each in MAPPED):
        seen: dict[str, str] = {}
        for name, path in tile.object_at(f"/assets/{kind}").items():
            at = f"/assets/{kind}/{name.replace('~', '~0').replace('/', '~1')}"
            if not name or name != name.strip() or not name.isprintable():
                message = _(
                    "the short name {name} is empty, or has blanks at its ends or control characters", name=quoted(name)
                )
                yield Problem(message, pointer=at, key=True, hint=_("write {name}", name=quoted(_tidy(name))))
            other = seen.setdefault(plain_path(path), name) if isinstance(path, str) else name
            if other != name:
                message = _("{other} and {name} name the same file", other=quoted(other), name=quoted(name))
                yield Problem(message, pointer=at, hint=_("take one away, or name the other file"))


def _tidy(name: str) -> str:
    plain = "".join(char if char.isprintable() else " " for char in name)
    return " ".join(plain.split()) or "overview"
