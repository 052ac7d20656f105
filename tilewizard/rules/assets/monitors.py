"""Monitors that come with the tile, in the form of an export or in the recent one with a definition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tilewizard.field.asset_kinds import MONITORS
from tilewizard.field.vocabulary import Target
from tilewizard.inspection.dashboard import monitor_summary
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.asset_files import objects_of
from tilewizard.tile.tile import Tile

from ..registry import Example, rule
from ..sources import CREATE_A_TILE, MONITORS_API, REVIEW
from .json_assets import assets, objects, removing, unknown_metrics, unreadable

_PATH = "assets/monitors/acme_widget_errors.json"
_KINDS: dict[str, type[Any]] = {"name": str, "type": str, "query": str, "message": str, "tags": list, "options": dict}
"""What a monitor's definition holds, in either form (tile-facts, "Dashboards, monitors, saved views, logs")."""
_RECENT = ("version", "created_at", "last_updated_at", "title", "description")
_LEFTOVERS = ("id", "org_id", "creator", "created", "modified", "deleted", "overall_state", "overall_state_modified",
              "modifier", "multi", "matching_downtimes", "draft_status")  # fmt: skip
_OWN = ("restricted_roles", "restriction_policy")
"""Leftovers where something is in them: they name roles of the account."""
_LACKS = {
    "name": _("Give the monitor a subject: what its notifications are called."),
    "message": _("Say what is sent when it alerts."),
    "title": _("Give the monitor a title: the thing first, then what happens to it."),
    "description": _("Say why one watches it, and what it means for users when it alerts."),
}
"""What the form says where a part is missing that one writes."""
_WORDS: dict[type[Any], str] = {str: "text", list: "list", dict: "object"}


def _definition(value: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    inner = value.get("definition")
    return ("/definition", inner) if isinstance(inner, dict) else ("", value)


@rule(
    "monitors/form",
    step="dashboards",
    severity=Severity.ERROR,
    source=MONITORS_API,
    why="Datadog recommends the monitor from this file, and can make none without a type and a query.",
    form="Export the monitor from Datadog as JSON again: its type or its query is missing.",
    bad=Example(_PATH, '{"title": "x"'),
)
def form(tile: Tile) -> Iterator[Problem]:
    """A monitor is a JSON object with a type and a query, at its top or in its definition."""
    for file in assets(tile, "monitors"):
        problem = unreadable(file, "monitor")
        if problem is not None:
            yield problem
            continue
        facts = monitor_summary(file.json.value)
        base = "/definition" if facts.recent else ""
        for key, found in (("type", facts.type), ("query", facts.query)):
            if not found:
                yield Problem(
                    _("{key} is missing", key=key),
                    file.path,
                    f"{base}/{key}",
                    hint=_("export the monitor as JSON again"),
                )


@rule(
    "monitors/fields",
    step="dashboards",
    severity=Severity.WARNING,
    source=CREATE_A_TILE,
    why="Customers see the name and the message; the rest makes the monitor behave as you mean it.",
    form="Export the monitor from Datadog again: a part is missing or of the wrong kind.",
    bad=Example(_PATH, {"message": None, "definition": {"message": None, "query": "x", "type": "metric alert"}}),
)
def fields(tile: Tile) -> Iterator[Problem]:
    """A monitor has name, message, tags and options, each of its kind; the recent form also title, description, version and dates."""
    for file, value in objects(tile, "monitors"):
        base, body = _definition(value)
        for key, kind in _KINDS.items():
            each = body.get(key)
            if key in ("type", "query") and not each:
                continue
            if each is None or each == "":
                hint = _("add {key}", key=key)
                form = _LACKS.get(key, "")
                yield Problem(_("{key} is missing", key=key), file.path, f"{base}/{key}", hint=hint, form=form)
            elif not isinstance(each, kind):
                message = _("{key} is {name}", key=key, name=quoted(each))
                yield Problem(message, file.path, f"{base}/{key}", hint=_("write a {words} there", words=_WORDS[kind]))
        for key in _RECENT if base else ():
            if value.get(key) in (None, ""):
                hint = _("add {key}", key=key)
                form = _LACKS.get(key, "")
                yield Problem(_("{key} is missing", key=key), file.path, f"/{key}", hint=hint, form=form)


@rule(
    "monitors/unique",
    step="dashboards",
    severity=Severity.WARNING,
    source=REVIEW,
    why="Two monitors of one name can't be told apart in the list of recommended ones.",
    form="Give each monitor a name of its own.",
    bad=Example(
        "assets/monitors/acme_widget_again.json", lambda: _SAME.encode(), shown=f"a second monitor that is named as {_PATH}",
        also={_PATH: {"title": "Errors", "name": "Errors"},
              "manifest.json": {"assets": {"monitors": {"again": "assets/monitors/acme_widget_again.json"}}}},
    ),
)  # fmt: skip
def unique(tile: Tile) -> Iterator[Problem]:
    """No two monitors of a tile have the same name."""
    seen: dict[str, str] = {}
    for file, value in objects(tile, "monitors"):
        name = monitor_summary(value).title.strip()
        other = seen.setdefault(name.casefold(), file.path) if name else file.path
        if other != file.path:
            pointer = "/title" if value.get("title") else "/name"
            message = _("{name} is the name of {other} too", name=quoted(name), other=other)
            yield Problem(message, file.path, pointer, hint=_("say what sets it apart"))


_SAME = (
    '{"title": "Errors", "name": "Errors", "type": "metric alert", "query": "avg(last_5m):avg:system.load.1{*} > 1"}'
)


@rule(
    "monitors/leftover",
    step="dashboards",
    severity={Target.MARKETPLACE: Severity.WARNING, Target.EXTRAS: Severity.INFO},
    source=REVIEW,
    why="They belong to the account that the monitor was exported from.",
    form="Remove what only the account that the monitor was exported from can use.",
    bad=Example(_PATH, {"id": 123456, "definition": {"id": 123456}}),
    mends=True,
)
def leftover(tile: Tile) -> Iterator[Problem]:
    """A monitor carries no id, creator or state of the account that it was exported from."""
    for file, value in objects_of(tile, MONITORS):
        base, body = _definition(value)
        for key in (*_LEFTOVERS, *(each for each in _OWN if body.get(each))):
            if key in body:
                pointer = f"{base}/{key}"
                yield Problem(_("{key} is left over from the export", key=key), file.path, pointer, key=True,
                              hint=_("take {key} away", key=key), fix=removing(file.path, pointer))  # fmt: skip


@rule(
    "monitors/unknown-metric",
    step="dashboards",
    severity=Severity.WARNING,
    source=REVIEW,
    why="A monitor on a metric that isn't listed never alerts, or on what customers can't look up.",
    form="List this metric in Metrics & checks, or mend the monitor's query.",
    bad=Example(_PATH, {"query": "avg(last_5m):avg:acme_widget.nothing{*} > 1",
                        "definition": {"query": "avg(last_5m):avg:acme_widget.nothing{*} > 1"}}),
)  # fmt: skip
def unknown_metric(tile: Tile) -> Iterator[Problem]:
    """Monitors query metrics of this tile that metadata.csv lists."""
    files = (file for file, __ in objects(tile, "monitors"))
    yield from unknown_metrics(tile, files, lambda file: monitor_summary(file.json.value).metrics)
