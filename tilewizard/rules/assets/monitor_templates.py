"""Monitors as templates that customers start from: what Datadog asks of them, and what was repaired in published ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tilewizard.field.asset_kinds import MONITORS
from tilewizard.field.monitors import DESCRIPTION_MAX, MISSING_DATA
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.asset_files import objects_of
from tilewizard.tile.tile import Tile, TileFile

from ..registry import Example, rule
from ..sources import MONITOR_MUTED, MONITOR_NO_DATA, MONITOR_TEMPLATE, MONITORS_API, PUBLISHED_TILES
from .json_assets import removing, setting

_PATH = f"{MONITORS.home}/acme_widget_errors.json"
_VERSION = 2
_OLD = ("notify_no_data", "no_data_timeframe")
_NEW = "on_missing_data"
_TOP = ("version", "created_at", "last_updated_at", "title", "description", "tags", "definition")
_HANDLE = re.compile(r"(?:^|(?<=[\s,;(}]))@[A-Za-z][\w.+\-]*(?:@[\w.\-]+)?")
_TEMPLATE = re.compile(r"\{\{.*?\}\}")


def bodies(tile: Tile) -> Iterator[tuple[TileFile, str, dict[str, Any]]]:
    """Each monitor's body in either form, with its pointer."""
    for file, value in objects_of(tile, MONITORS):
        inner = value.get("definition")
        yield (file, "/definition", inner) if isinstance(inner, dict) else (file, "", value)


def _recent(tile: Tile) -> Iterator[tuple[TileFile, dict[str, Any]]]:
    for file, value in objects_of(tile, MONITORS):
        if isinstance(value.get("definition"), dict):
            yield file, value


@rule(
    "monitors/no-data",
    step="dashboards",
    severity=Severity.WARNING,
    source=MONITOR_NO_DATA,
    since="2025-02-26",
    why="Datadog replaced these options by on_missing_data in 27 published monitors.",
    form="Choose anew in Datadog what happens when data is missing, and export the monitor again.",
    bad=Example(_PATH, {"definition": {"options": {"notify_no_data": False, "no_data_timeframe": 10}}}),
    good=Example(_PATH, {"definition": {"options": {"on_missing_data": "show_no_data"}}}),
    mends=True,
)
def no_data(tile: Tile) -> Iterator[Problem]:
    """A monitor says on_missing_data, not notify_no_data or no_data_timeframe."""
    for file, base, body in bodies(tile):
        for holder, at in ((body.get("options"), f"{base}/options"), (body, base)):
            old = [key for key in _OLD if isinstance(holder, dict) and key in holder]
            if old and isinstance(holder, dict):
                right = "show_and_notify_no_data" if holder.get("notify_no_data") is True else "show_no_data"
                hint = _('write "{new}": "{right}" in its place', new=_NEW, right=right)
                if _NEW in holder:
                    hint = _("take it away: {new} is there", new=_NEW)
                yield Problem(_("{old} is an old option", old=old[0]), file.path, f"{at}/{old[0]}", key=True, hint=hint,
                              fix=_renewing(file.path, at, right))  # fmt: skip


def _renewing(path: str, at: str, right: str) -> Fix:
    def fix(tile: Tile) -> Tile:
        file = tile.file(path)
        if file is None or file.json.broken:
            return tile
        document = file.json
        for key in reversed(_OLD):
            if not document.has(f"{at}/{_NEW}") and document.has(f"{at}/{key}") and key == _OLD[0]:
                document = document.with_value(f"{at}/{key}", right).renamed_key(f"{at}/{key}", _NEW)
            elif document.has(f"{at}/{key}") and (key != _OLD[1] or document.has(f"{at}/{_OLD[0]}")):
                document = document.without(f"{at}/{key}")
            elif document.has(f"{at}/{key}"):
                document = document.without(f"{at}/{key}").with_value(f"{at}/{_NEW}", right)
        return tile.with_text(path, document.text)

    return fix


@rule(
    "monitors/missing-data",
    step="dashboards",
    severity=Severity.WARNING,
    source=MONITORS_API,
    why="Datadog makes no monitor from a value that it doesn't know.",
    form="Choose anew in Datadog what happens when data is missing, and export the monitor again.",
    bad=Example(_PATH, {"definition": {"options": {"on_missing_data": "no_data"}}}),
    good=Example(_PATH, {"definition": {"options": {"on_missing_data": "resolve"}}}),
)
def missing_data(tile: Tile) -> Iterator[Problem]:
    """A monitor's on_missing_data is default, show_no_data, show_and_notify_no_data or resolve."""
    for file, base, body in bodies(tile):
        options = body.get("options")
        if isinstance(options, dict) and _NEW in options and options[_NEW] not in MISSING_DATA:
            message, hint = (
                _("{new} is {options}", new=_NEW, options=quoted(options[_NEW])),
                _("write one of {missing_data}", missing_data=", ".join(MISSING_DATA)),
            )
            yield Problem(message, file.path, f"{base}/options/{_NEW}", hint=hint)


@rule(
    "monitors/muted",
    step="dashboards",
    severity=Severity.WARNING,
    source=MONITOR_MUTED,
    since="2025-11-19",
    why="A monitor made from it is muted from the start, and alerts nobody.",
    form="Unmute the monitor in Datadog, and export it again.",
    bad=Example(_PATH, {"definition": {"options": {"silenced": {"*": 0}}}}),
    good=Example(_PATH, {"definition": {"options": {"silenced": {}}}}),
    mends=True,
)
def muted(tile: Tile) -> Iterator[Problem]:
    """A monitor's options mute no scope: silenced is empty or not there."""
    for file, base, body in bodies(tile):
        for at, holder in ((f"{base}/options/silenced", body.get("options")), (f"{base}/silenced", body)):
            silenced = holder.get("silenced") if isinstance(holder, dict) else None
            if not silenced or not isinstance(silenced, dict | list | bool | str):
                continue
            scopes = ", ".join(map(str, silenced)) if isinstance(silenced, dict | list) else str(silenced)
            message = _("the monitor is created muted for {scopes}", scopes=quoted(scopes))
            yield Problem(message, file.path, at, key=True, hint=_("take silenced away"), fix=removing(file.path, at))


@rule(
    "monitors/tag",
    step="dashboards",
    severity=Severity.WARNING,
    source=PUBLISHED_TILES,
    why="Every published monitor template has it: 46 of 46.",
    form="Tag the monitor with your integration's ID.",
    bad=Example(_PATH, {"tags": ["integration:acme_widget"]}),
    mends=True,
)
def tag(tile: Tile) -> Iterator[Problem]:
    """A monitor template's tags have integration: with the app_id."""
    app_id = tile.text_at("/app_id")
    right = f"integration:{app_id}"
    for file, value in _recent(tile):
        tags = [] if value.get("tags") is None else value["tags"]
        if not app_id or not isinstance(tags, list) or right in tags:
            continue
        wrong = [index for index, each in enumerate(tags) if isinstance(each, str) and each.startswith("integration:")]
        at = f"/tags/{wrong[0]}" if wrong else "/tags"
        message = (
            _("{tags} does not name the app_id", tags=quoted(tags[wrong[0]]))
            if wrong
            else _("no tag names the integration")
        )
        new = [right if index in wrong[:1] else each for index, each in enumerate(tags)] if wrong else [*tags, right]
        yield Problem(
            message, file.path, at, hint=_("write {right}", right=quoted(right)), fix=setting(file.path, "/tags", new)
        )


@rule(
    "monitors/title",
    step="dashboards",
    severity=Severity.WARNING,
    source=MONITOR_TEMPLATE,
    why="The title stands for the template itself, before there is a group that fills a variable in.",
    form="Say the monitor's title without variables, for example “Widget is slow”.",
    bad=Example(_PATH, {"title": "Widget is slow on {{host.name}}"}),
)
def title(tile: Tile) -> Iterator[Problem]:
    """A monitor template's title has no template variables."""
    for file, value in _recent(tile):
        found = _TEMPLATE.search(value["title"]) if isinstance(value.get("title"), str) else None
        if found is not None:
            hint = _("say it without; the name in the definition may have them")
            yield Problem(
                _("the title has the variable {found}", found=quoted(found[0])), file.path, "/title", hint=hint
            )


@rule(
    "monitors/version",
    step="dashboards",
    severity=Severity.WARNING,
    source=PUBLISHED_TILES,
    why="Every published monitor template is of this version.",
    form="Export the monitor again in the current form.",
    bad=Example(_PATH, {"version": 1}),
    mends=True,
)
def version(tile: Tile) -> Iterator[Problem]:
    """A monitor template's version is 2."""
    for file, value in _recent(tile):
        here = value.get("version")
        if here is not None and (here != _VERSION or not isinstance(here, int)):
            yield Problem(_("version is {here}", here=quoted(here)), file.path, "/version", hint=_("write {version}", version=_VERSION),
                          fix=setting(file.path, "/version", _VERSION))  # fmt: skip


@rule(
    "monitors/description-length",
    step="dashboards",
    severity=Severity.WARNING,
    source=MONITOR_TEMPLATE,
    why="Datadog's page on monitor templates asks for 300 characters at most.",
    form="Shorten the monitor's description to 300 characters.",
    bad=Example(_PATH, {"description": "Why it matters, and what happens. " * 10}, shown="a description of 340 characters"),
)  # fmt: skip
def description_length(tile: Tile) -> Iterator[Problem]:
    """A monitor template's description has at most 300 characters."""
    for file, value in _recent(tile):
        text = value.get("description")
        if isinstance(text, str) and len(text) > DESCRIPTION_MAX:
            message = _("the description has {count} characters", count=len(text))
            yield Problem(message, file.path, "/description", hint=_("say it in {limit}", limit=DESCRIPTION_MAX))


@rule(
    "monitors/handle",
    step="dashboards",
    severity=Severity.WARNING,
    source=MONITOR_TEMPLATE,
    why="The handle is of your account; a customer's monitor would notify somebody who isn't there.",
    form="Take the people and channels out of the monitor's message: customers choose their own.",
    bad=Example(_PATH, {"definition": {"message": "A widget is slow. @slack-acme-alerts"}}),
)
def handle(tile: Tile) -> Iterator[Problem]:
    """A monitor's message, and the one that it sends again, notify no handle (@…)."""
    for file, base, body in bodies(tile):
        options = body.get("options")
        again = options.get("escalation_message") if isinstance(options, dict) else None
        for pointer, message in (("message", body.get("message")), ("options/escalation_message", again)):
            found = _HANDLE.search(message) if isinstance(message, str) else None
            if found is not None:
                hint = _("take it away: customers choose whom they notify")
                yield Problem(
                    _("the message notifies {found}", found=quoted(found[0])), file.path, f"{base}/{pointer}", hint=hint
                )


@rule(
    "monitors/unknown-key",
    step="dashboards",
    severity=Severity.WARNING,
    source=PUBLISHED_TILES,
    why="Every published monitor template has these seven keys and no others.",
    form="Export the monitor again as a template: it carries something that templates don't have.",
    bad=Example(_PATH, {"org_name": "Acme"}),
)
def unknown_key(tile: Tile) -> Iterator[Problem]:
    """A monitor template has no key at its top but version, created_at, last_updated_at, title, description, tags and definition."""
    for file, value in _recent(tile):
        for key in value:
            # An id has its own rule, monitors/leftover, where it is the definition's.
            if key not in _TOP:
                at = f"/{key.replace('~', '~0').replace('/', '~1')}"
                yield Problem(_("unknown key {key}", key=quoted(key)), file.path, at, key=True, hint=_("take it away"))


_COMPARED = re.compile(r"(?:>=|<=|==|!=|>|<)\s*(-?\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?)\s*$", re.IGNORECASE)


@rule(
    "monitors/threshold",
    step="dashboards",
    severity=Severity.WARNING,
    source=MONITORS_API,
    why="Datadog makes no monitor whose critical threshold is another number than its query's.",
    form="Let the monitor's query and its alert threshold name the same number: export it from Datadog again.",
    bad=Example(_PATH, {"definition": {"query": "avg(last_5m):avg:acme_widget.latency{*} > 5",
                                       "options": {"thresholds": {"critical": 4}}}}),
    good=Example(_PATH, {"definition": {"query": "avg(last_5m):avg:acme_widget.latency{*} > 5",
                                        "options": {"thresholds": {"critical": 5}}}}),
)  # fmt: skip
def threshold(tile: Tile) -> Iterator[Problem]:
    """A monitor's query compares with its critical threshold."""
    for file, base, body in bodies(tile):
        query, options = body.get("query"), body.get("options")
        thresholds = options.get("thresholds") if isinstance(options, dict) else None
        stated = thresholds.get("critical") if isinstance(thresholds, dict) else None
        found = _COMPARED.search(query.rstrip()[-100:]) if isinstance(query, str) else None
        if found is None or isinstance(stated, bool) or not isinstance(stated, int | float):
            continue
        if float(found[1].replace("_", "")) != float(stated):
            message = _(
                "the query compares with {found}, the critical threshold is {stated}", found=found[1], stated=stated
            )
            at = f"{base}/options/thresholds/critical"
            yield Problem(message, file.path, at, hint=_("write {found}, or mend the query", found=found[1]))
