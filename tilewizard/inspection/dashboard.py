"""What a dashboard's or a monitor's JSON says: plain data in, plain facts out.

The forms are those of Datadog's API: a dashboard has a title, a layout_type and widgets with a definition each, which may
hold widgets again; a monitor comes in the form of an account's export or in the recent one with a ``definition``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

LEFTOVERS = (
    "id",
    "author_handle",
    "author_name",
    "created_at",
    "modified_at",
    "url",
    "is_read_only",
    "experience_type",
)
"""Keys that an export carries and that only the account it came from has a use for."""

_DEPTH_MAX = 100
_TELLING = frozenset({"q", "query", "custom_links", "formula", "app_id"})
"""Keys of a widget whose values are looked at, at any depth."""
_UNTITLED_OK = frozenset({"note", "image", "iframe", "free_text", "powerpack", "split_group"})
"""Kinds of widgets that have no title of their own."""

_QUERY_METRIC = re.compile(
    r"\b(?:avg|sum|min|max|count|p\d{2}|p99\.9|last|norm|area|l2norm|uniq)"
    r"(?:\([^():]*\))?:\s*([A-Za-z][A-Za-z0-9_]*\.[A-Za-z0-9_.]*)"
)
_BARE_METRIC = re.compile(r"(?<![\w.:$])([A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)+)\{")


@dataclass(frozen=True)
class DashboardFacts:
    """A dashboard at a glance.

    Attributes:
        title: as it stands; empty when there is none.
        layout_type: ``ordered`` or ``free``.
        widgets: widgets at all depths.
        template_variables: their names.
        untitled: JSON pointers of widgets' definitions that lack a title.
        without_definition: JSON pointers of widgets without a definition.
        metrics: names of the metrics that are queried.
        app_ids: every ``app_id`` at any depth, by pointer.
        leftovers: keys at the top that an export left.
    """

    title: str
    layout_type: str
    widgets: int
    template_variables: tuple[str, ...]
    untitled: tuple[str, ...]
    without_definition: tuple[str, ...]
    metrics: frozenset[str]
    app_ids: tuple[tuple[str, Any], ...]
    leftovers: tuple[str, ...]


@dataclass(frozen=True)
class MonitorFacts:
    """A monitor at a glance; ``recent`` tells the form with a ``definition``."""

    title: str
    type: str
    query: str
    recent: bool
    metrics: frozenset[str]


def dashboard_summary(value: Any) -> DashboardFacts:
    """The facts of a dashboard, whatever is wrong with it."""
    top: dict[str, Any] = value if isinstance(value, dict) else {}
    widgets = list(each_widget(top))
    untitled, bare = [], []
    for pointer, widget in widgets:
        definition = widget.get("definition")
        if not isinstance(definition, dict):
            bare.append(pointer)
        elif _text(definition.get("type")) not in _UNTITLED_OK and not definition.get("title"):
            untitled.append(f"{pointer}/definition")
    variables = top.get("template_variables")
    names = [item.get("name") for item in variables if isinstance(item, dict)] if isinstance(variables, list) else []
    metrics: set[str] = set()
    app_ids: list[tuple[str, Any]] = []
    for place, key, each in _scalars(top.get("widgets"), _TELLING):
        if key == "app_id":
            app_ids.append((f"/widgets{place()}", each))
        elif isinstance(each, str):
            metrics |= metrics_in_query(each)
    return DashboardFacts(
        _text(top.get("title")),
        _text(top.get("layout_type")),
        len(widgets),
        tuple(str(name) for name in names if name),
        tuple(untitled),
        tuple(bare),
        frozenset(metrics),
        tuple(app_ids),
        tuple(key for key in LEFTOVERS if key in top),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def each_widget(top: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every widget of a dashboard at all depths, with its pointer: ``/widgets/0/definition/widgets/2``."""
    pending = [("/widgets", top.get("widgets"))]
    while pending:
        pointer, group = pending.pop()
        for index, widget in enumerate(group if isinstance(group, list) else []):
            if isinstance(widget, dict) and pointer.count("/") < _DEPTH_MAX:
                yield f"{pointer}/{index}", widget
                definition = widget.get("definition")
                if isinstance(definition, dict) and "widgets" in definition:
                    pending.append((f"{pointer}/{index}/definition/widgets", definition["widgets"]))


_Trail = tuple[Any, ...]
"""The way to a value, the last step first: ``(key, (key before, …))``."""


def _scalars(value: Any, keys: frozenset[str]) -> Iterator[tuple[Callable[[], str], str, Any]]:
    """Every scalar under one of the keys at any depth: what gives its pointer, its key, itself."""
    pending: list[tuple[_Trail, str, Any]] = [((), "", value)]
    while pending:
        trail, key, each = pending.pop()
        if isinstance(each, dict):
            for name, inner in each.items():
                if inner.__class__ is dict or inner.__class__ is list:
                    pending.append(((name, trail), name, inner))
                elif name in keys:
                    yield partial(_pointer, (name, trail)), name, inner
        elif isinstance(each, list):
            told = key in keys
            for index, inner in enumerate(each):
                if inner.__class__ is dict or inner.__class__ is list:
                    pending.append(((index, trail), key, inner))
                elif told:
                    yield partial(_pointer, (index, trail)), key, inner


def _pointer(trail: _Trail) -> str:
    parts: list[str] = []
    while trail:
        parts.append(_escaped(str(trail[0])))
        trail = trail[1]
    return "".join(f"/{part}" for part in reversed(parts))


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def cleaned_dashboard(value: dict[str, Any]) -> dict[str, Any]:
    """A dashboard or monitor without what an export left at its top; a monitor's recent form has dates of its own."""
    if "definition" in value:
        return value
    return {key: each for key, each in value.items() if key not in LEFTOVERS}


def metrics_in_query(query: str) -> set[str]:
    """The metrics that a query names: ``"sum:acme.requests{$host} by {host}"`` → ``{"acme.requests"}``."""
    if len(query) > 20_000:
        return set()
    found = {name.rstrip(".") for name in _QUERY_METRIC.findall(query)}
    return {name for name in found | set(_BARE_METRIC.findall(query)) if "." in name}


def monitor_summary(value: Any) -> MonitorFacts:
    """The facts of a monitor in either form, whatever is wrong with it."""
    top: dict[str, Any] = value if isinstance(value, dict) else {}
    definition = top.get("definition")
    recent = isinstance(definition, dict)
    body: dict[str, Any] = definition if isinstance(definition, dict) else top
    query = _text(body.get("query"))
    title = _text(top.get("title")) or _text(body.get("name"))
    return MonitorFacts(title, _text(body.get("type")), query, recent, frozenset(metrics_in_query(query)))
