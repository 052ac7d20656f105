"""What a monitor compares, when it recovers, what its message says: values that Datadog refuses, or that mean nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tilewizard.field.asset_kinds import MONITORS
from tilewizard.field.monitors import OF_METRICS, SWITCHES, THRESHOLDS, TYPES, WHOLE_NUMBERS
from tilewizard.field.vocabulary import nearest
from tilewizard.inspection.monitor_message import Fault, faults_in
from tilewizard.inspection.monitor_query import taken_apart
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import Tile

from ..registry import Example, rule
from ..sources import API_CLIENT, MONITOR_VARIABLES, MONITORS_API
from .monitor_templates import bodies

_PATH = f"{MONITORS.home}/acme_widget_errors.json"
_QUERY = "avg(last_5m):avg:acme_widget.latency{*} > 5"
_WINDOW = re.compile(r"(?:last|next|current)_\d+(?:m|h|d|w|mo)")
_ACROSS = re.compile(r"avg|sum|min|max|count|p\d{2}(?:\.\d+)?")


def _metrics_alone(tile: Tile) -> Iterator[tuple[Any, str, dict[str, Any], str]]:
    """Each monitor of metrics: its file, the pointer of its body, the body, its query."""
    for file, base, body in bodies(tile):
        if body.get("type") in OF_METRICS and isinstance(body.get("query"), str):
            yield file, base, body, body["query"]


def _thresholds(body: dict[str, Any]) -> dict[str, Any] | None:
    options = body.get("options")
    found = options.get("thresholds") if isinstance(options, dict) else None
    return found if isinstance(found, dict) else None


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@rule(
    "monitors/type",
    step="dashboards",
    severity=Severity.WARNING,
    source=API_CLIENT,
    why="Datadog makes no monitor of a type that it doesn't know.",
    form="Export the monitor from Datadog again: Datadog doesn't know monitors of its type.",
    bad=Example(_PATH, {"definition": {"type": "metrics alert"}}),
    good=Example(_PATH, {"definition": {"type": "metric alert"}}),
)
def kind(tile: Tile) -> Iterator[Problem]:
    """A monitor's type is one that Datadog's API knows."""
    for file, base, body in bodies(tile):
        value = body.get("type")
        if isinstance(value, str) and value and value not in TYPES:
            near = nearest(value, list(TYPES))
            hint = _("write {near}", near=near) if near else _("write one of {types}", types=", ".join(TYPES))
            yield Problem(_("the type is {value}", value=quoted(value)), file.path, f"{base}/type", hint=hint)


@rule(
    "monitors/option-kind",
    step="dashboards",
    severity=Severity.WARNING,
    source=API_CLIENT,
    why="Datadog's API refuses a monitor whose options are of another kind: a text where a number belongs.",
    form="Give a plain number: Datadog takes none with words or units.",
    bad=Example(_PATH, {"definition": {"options": {"thresholds": {"critical": "5"}}}}),
    good=Example(_PATH, {"definition": {"query": _QUERY, "options": {"thresholds": {"critical": 5}, "renotify_interval": 0}}}),
)  # fmt: skip
def option_kind(tile: Tile) -> Iterator[Problem]:
    """A monitor's thresholds are numbers, its delays whole numbers, its switches true or false."""
    for file, base, body in bodies(tile):
        options = body.get("options")
        if not isinstance(options, dict):
            continue
        for key, value in (_thresholds(body) or {}).items():
            if value is not None and not _number(value):
                at = f"{base}/options/thresholds/{key.replace('~', '~0').replace('/', '~1')}"
                yield Problem(
                    _("the threshold {key} is {value}", key=key, value=quoted(value)),
                    file.path,
                    at,
                    hint=_("write a number"),
                )
        for key in WHOLE_NUMBERS:
            value = options.get(key)
            if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
                yield Problem(_("{key} is {value}", key=key, value=quoted(value)), file.path, f"{base}/options/{key}", hint=_("write a whole number"),
                              form=_("Export the monitor from Datadog again: one of its options is no number."))  # fmt: skip
        for key in SWITCHES:
            value = options.get(key)
            if value is not None and not isinstance(value, bool):
                yield Problem(_("{key} is {value}", key=key, value=quoted(value)), file.path, f"{base}/options/{key}", hint=_("write true or false"),
                              form=_("Export the monitor from Datadog again: one of its options is neither on nor off."))  # fmt: skip


@rule(
    "monitors/critical",
    step="dashboards",
    severity=Severity.WARNING,
    source=MONITORS_API,
    why="The threshold is what customers set first; without it the form in Datadog is empty.",
    form="Give the value from which on it alerts.",
    bad=Example(_PATH, {"definition": {"query": _QUERY, "options": {"thresholds": {"critical": None}}}}),
    good=Example(_PATH, {"definition": {"query": _QUERY, "options": {"thresholds": {"critical": 5}}}}),
)
def critical(tile: Tile) -> Iterator[Problem]:
    """A monitor of metrics has a critical threshold."""
    for file, base, body, __ in _metrics_alone(tile):
        if isinstance(body.get("options"), dict) and (_thresholds(body) or {}).get("critical") is None:
            hint = _("add the number that the query compares with")
            yield Problem(
                _("the critical threshold is missing"), file.path, f"{base}/options/thresholds/critical", hint=hint
            )


@rule(
    "monitors/threshold-order",
    step="dashboards",
    severity=Severity.WARNING,
    source=MONITORS_API,
    why="Datadog refuses a monitor that warns after it alerts, or is over before it began.",
    form="Let it warn before it alerts, and recover on the other side of each.",
    bad=Example(_PATH, {"definition": {"query": _QUERY, "options": {"thresholds": {"critical": 5, "warning": 6}}}}),
    good=Example(_PATH, {"definition": {"query": _QUERY, "options": {"thresholds": {
        "critical": 5, "critical_recovery": 4, "warning": 3, "warning_recovery": 2}}}}),
)  # fmt: skip
def threshold_order(tile: Tile) -> Iterator[Problem]:
    """A monitor warns before it alerts, and recovers below what it alerts above: warning, critical_recovery and warning_recovery."""
    for file, base, body, query in _metrics_alone(tile):
        parts, stated = taken_apart(query), _thresholds(body) or {}
        sign = parts.part("comparison") if parts is not None else ""
        if sign[:1] not in ("<", ">") or not sign:
            continue
        up = 1 if sign[0] == ">" else -1
        for lower, upper, same in _PAIRS:
            one, other = stated.get(lower), stated.get(upper)
            if one is None or other is None or not (_number(one) and _number(other)):
                continue
            wrong = up * one > up * other or (one == other and not same)
            if wrong:
                message = _(
                    "{lower} is {one}, {upper} {other}, and the query alerts at {sign}",
                    lower=lower,
                    one=one,
                    upper=upper,
                    other=other,
                    sign=sign,
                )
                below = up > 0
                hint = (
                    _("write a number below {other}", other=other)
                    if below
                    else _("write a number above {other}", other=other)
                )
                words = _FORMS[lower, below].format(value=other)
                yield Problem(message, file.path, f"{base}/options/thresholds/{lower}", hint=hint, form=words)


_PAIRS = (
    ("warning", "critical", False),
    ("critical_recovery", "critical", True),
    ("warning_recovery", "warning", True),
)
"""Thresholds of which the first is on the near side of the second, and whether they may be equal."""
_FORMS = {
    ("warning", True): _("Let it warn below the alert threshold, {value}."),
    ("warning", False): _("Let it warn above the alert threshold, {value}."),
    ("critical_recovery", True): _("Let the alert be over below its threshold, {value}."),
    ("critical_recovery", False): _("Let the alert be over above its threshold, {value}."),
    ("warning_recovery", True): _("Let the warning be over below its threshold, {value}."),
    ("warning_recovery", False): _("Let the warning be over above its threshold, {value}."),
}
"""By the threshold, and whether it belongs below the other."""
assert {threshold for threshold, __ in _FORMS} <= set(THRESHOLDS)


@rule(
    "monitors/window",
    step="dashboards",
    severity=Severity.WARNING,
    source=MONITORS_API,
    why="Datadog makes no monitor whose window it can't read.",
    form="Give the window as a number and m, h, d, w or mo, such as 5m.",
    bad=Example(_PATH, {"definition": {"query": "avg(last_5x):avg:acme_widget.latency{*} > 5"}}),
    good=Example(_PATH, {"definition": {"query": "avg(last_1mo):avg:acme_widget.latency{*} > 5"}}),
)
def window(tile: Tile) -> Iterator[Problem]:
    """The window of a monitor's query is last_, next_ or current_ with a number and m, h, d, w or mo."""
    for file, base, __, query in _metrics_alone(tile):
        parts = taken_apart(query)
        if parts is not None and not _WINDOW.fullmatch(raw := parts.raw("window")):
            yield Problem(
                _("the window is {raw}", raw=quoted(raw)), file.path, f"{base}/query", hint=_("write such as last_5m")
            )


@rule(
    "monitors/query",
    step="dashboards",
    severity=Severity.WARNING,
    source=MONITORS_API,
    why="Datadog makes no monitor from a query that lacks its metric or its number.",
    form="Say which metric it watches, and what its value is compared with.",
    bad=Example(_PATH, {"definition": {"query": "avg(last_5m):avg:{*} > 5"}}),
    good=Example(_PATH, {"definition": {"query": _QUERY}}),
)
def query_parts(tile: Tile) -> Iterator[Problem]:
    """A monitor's query names a metric, how its series are taken together, and a number that it compares with."""
    for file, base, __, query in _metrics_alone(tile):
        parts = taken_apart(query)
        if parts is None:
            continue
        at = f"{base}/query"
        if "metric" in parts.places:
            if not re.fullmatch(r"[A-Za-z][\w.]*", parts.part("metric")):
                message = (
                    _("the query names {parts}", parts=quoted(parts.part("metric")))
                    if parts.part("metric")
                    else _("the query names no metric")
                )
                yield Problem(
                    message,
                    file.path,
                    at,
                    hint=_("write a metric of metadata.csv"),
                    form=_("Say which metric it watches."),
                )
            if not _ACROSS.fullmatch(parts.part("across")):
                message = _("the query takes series together by {parts}", parts=quoted(parts.part("across")))
                yield Problem(
                    message,
                    file.path,
                    at,
                    hint=_("write avg, sum, min or max"),
                    form=_("Choose how the series of a group become one."),
                )
        if not re.fullmatch(r"-?(?:\d[\d_]*\.?\d*|\.\d+)(?:e[+-]?\d+)?", parts.part("threshold"), re.IGNORECASE):
            message = _("the query compares with {parts}", parts=quoted(parts.part("threshold")))
            yield Problem(
                message,
                file.path,
                at,
                hint=_("write a number"),
                form=_("Give the value from which on it alerts, a plain number."),
            )


@rule(
    "monitors/variable",
    step="dashboards",
    severity=Severity.WARNING,
    source=MONITOR_VARIABLES,
    why="Datadog sends what it can't fill in as an empty place, or the braces as they are.",
    form="Mend the message's variables.",
    bad=Example(_PATH, {"definition": {"message": "{{#is_alert}}Slow on {{host.name}}"}}),
    good=Example(_PATH, {"definition": {
        "query": "avg(last_5m):avg:acme_widget.latency{*} by {host} > 5", "options": {"thresholds": {"critical": 5}},
        "message": "{{#is_alert}}Slow on {{host.name}}: {{value}}.{{/is_alert}}"}}),
)  # fmt: skip
def variable(tile: Tile) -> Iterator[Problem]:
    """The variables of a monitor's name and message are Datadog's or tags that it is grouped by, and each block is closed."""
    for file, base, body in bodies(tile):
        query = body.get("query")
        of_metrics = query if body.get("type") in OF_METRICS and isinstance(query, str) else None
        options = body.get("options")
        again = options.get("escalation_message") if isinstance(options, dict) else None
        for pointer, text in (
            ("message", body.get("message")),
            ("name", body.get("name")),
            ("options/escalation_message", again),
        ):
            for fault in faults_in(text, of_metrics) if isinstance(text, str) else ():
                message, hint, form = _words_of(fault)
                yield Problem(message, file.path, f"{base}/{pointer}", hint=hint, form=form)


def _words_of(fault: Fault) -> tuple[str, str, str]:
    """What a fault of a message is, its remedy for the file and for the form."""
    name = fault.name
    if fault.kind == "open":
        return (
            _("the block {name} is not closed", name=quoted(name)),
            _("write {{{{/{name}}}}} where it ends", name=name),
            _("Close what begins with {name}.", name=quoted(name)),
        )
    if fault.kind == "closed":
        return (_("the block {name} is closed and was not opened", name=quoted(name)), _("write {{{{#{name}}}}} where it begins", name=name),
                _("Begin what ends with {name}, or take the end away.", name=quoted(name)))  # fmt: skip
    if fault.kind == "braces":
        return (
            _("braces are not closed: {name}", name=quoted(name)),
            _("write }} where the variable ends"),
            _("Close the braces of {name}.", name=quoted(name)),
        )
    if fault.kind == "ungrouped":
        tag = name.split(".")[0]
        return (_("the query has no group for {name}", name=quoted(name)), _("group the query by {{{tag}}}, or say it without", tag=tag),
                _("Let it alert for each {tag}, or say the message without {name}.", tag=tag, name=quoted(name)))  # fmt: skip
    return (
        _("{name} is no variable of a monitor", name=quoted(name)),
        _("take one of Datadog's, such as {{value}}"),
        _("Take another variable than {name}.", name=quoted(name)),
    )
