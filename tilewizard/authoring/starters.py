"""A dashboard and a monitor to start from, made from the metrics, events and logs that are sent.

The forms are those that Datadog asks partners for: "Create an Integration Dashboard" and "Create an Integration Monitor
Template" (field-2026, sections 1.3 and 1.4).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tilewizard.answers.model import Answers
from tilewizard.answers.telemetry import MetricRow
from tilewizard.field.names import is_normalized_metric

WIDGETS = 24
"""Graphs at most: more than anybody looks at, and a starter is for being changed."""
_HEADLINES = 4
_FILLING = frozenset(
    {
        *("percent", "percent_nano", "apdex", "fraction", "byte", "kibibyte", "mebibyte", "gibibyte", "tebibyte"),
        *("kilobyte", "megabyte", "gigabyte", "terabyte", "page", "block"),
    }
)
"""Units of what fills something."""
_BANNER_HEIGHT = 2
_TROUBLE = re.compile(r"(?:error|fail|reject|timeout|drop|retr|pending|backlog|lag|queue|latency|duration|wait)")


def _rows(answers: Answers) -> list[MetricRow]:
    prefix = answers.metrics.prefix
    named = [row for row in answers.metrics.rows if row.metric_name.startswith(prefix)]
    return [row for row in named if is_normalized_metric(row.metric_name) and not row.metric_name.endswith(".bucket")]


def starter_dashboard(answers: Answers) -> dict[str, Any]:
    """A dashboard as Datadog's API has it: About, Overview, a group for each kind of metric, events and logs where they are sent."""
    title = re.sub(r"\s*-\s*", " ", answers.listing.title).strip()
    rows = _rows(answers)
    groups = [_about(answers), _overview(answers, rows)]
    kinds: dict[str, list[MetricRow]] = {}
    for row in rows[:WIDGETS]:
        kinds.setdefault(_kind(row, answers.metrics.prefix), []).append(row)
    groups += [_group(kind, [_graph(row, answers) for row in of_kind], 4) for kind, of_kind in kinds.items()]
    if "events" in answers.submits:
        groups.append(_group("Events", [_events(answers)], 12))
    if "logs" in answers.submits:
        groups.append(_group("Logs", [_logs(answers)], 12))
    widgets: list[dict[str, Any]] = []
    top = 0
    for at, group in enumerate(groups):
        # About and Overview stand side by side.
        x, width = (6 * at, 6) if at < 2 else (0, 12)
        layout = {"x": x, "y": top, "width": width, "height": _height(group)}
        widgets.append({"id": len(widgets) + 1, "definition": group, "layout": layout})
        top += max(_height(each) for each in groups[:2]) if at == 1 else _height(group) if at else 0
    return {
        "title": f"{title} Overview",
        "description": f"Shows what {answers.listing.title} sends to Datadog.",
        "widgets": _numbered(widgets),
        "template_variables": [{"name": "host", "prefix": "host", "available_values": [], "default": "*"}],
        "layout_type": "ordered",
        "notify_list": [],
        "reflow_type": "fixed",
    }


def _height(group: dict[str, Any]) -> int:
    """Rows that a group takes: its head, its banner, its widgets."""
    below = max((each["layout"]["y"] + each["layout"]["height"] for each in group["widgets"]), default=0)
    return 1 + (_BANNER_HEIGHT if group.get("banner_img") else 0) + below


def _numbered(widgets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    number = len(widgets)
    for group in widgets:
        for inner in group["definition"]["widgets"]:
            number += 1
            inner["id"] = number
    return widgets


def _group(title: str, definitions: list[dict[str, Any]], width: int, height: int = 3, of: int = 12) -> dict[str, Any]:
    across = of // width
    widgets = [
        {
            "definition": definition,
            "layout": {"x": at % across * width, "y": at // across * height, "width": width, "height": height},
        }
        for at, definition in enumerate(definitions)
    ]
    return {"title": title, "type": "group", "layout_type": "ordered", "show_title": True, "widgets": widgets}


def _about(answers: Answers) -> dict[str, Any]:
    text = "\n\n".join(
        part
        for part in (
            f"## {answers.listing.title}",
            answers.listing.description,
            f"For help, write to {answers.author.support_email}." if answers.author.support_email else "",
        )
        if part
    )
    note = {
        "type": "note",
        "content": text,
        "background_color": "transparent",
        "font_size": "14",
        "text_align": "left",
        "vertical_align": "top",
        "show_tick": False,
        "has_padding": True,
    }
    # Under this address Datadog has the logos of what is published; until then there is an empty place.
    logo = f"/static/images/logos/{answers.listing.app_id}_large.svg"
    return {**_group("About", [note], 6, of=6), "banner_img": logo}


def _overview(answers: Answers, rows: list[MetricRow]) -> dict[str, Any]:
    checks = [
        {
            "title": check.name,
            "type": "check_status",
            "check": check.check,
            "grouping": "cluster",
            "group_by": [],
            "tags": ["$host"],
        }
        for check in answers.service_checks[:2]
        if check.name and check.check
    ]
    headlines = [row for row in rows if not row.metric_name.endswith((".quantile", ".sum"))]
    values = [_value(row, answers) for row in headlines[:_HEADLINES]]
    counts = [_counted(kind, answers) for kind in ("logs", "events") if kind in answers.submits and not rows]
    return _group("Overview", [*checks, *values, *counts], 3, 2, of=6)


def _counted(kind: str, answers: Answers) -> dict[str, Any]:
    """How many logs or events came, where there is no metric to begin with."""
    query: dict[str, Any] = {
        "data_source": kind,
        "name": "query1",
        "search": {"query": f"source:{_source(answers)} $host"},
        "indexes": ["*"],
        "compute": {"aggregation": "count"},
        "group_by": [],
    }
    request = {
        "response_format": "scalar",
        "queries": [query],
        "formulas": [{"formula": "query1", "alias": kind}],
    }
    return {
        "title": kind.capitalize(),
        "type": "query_value",
        "requests": [request],
        "autoscale": True,
        "precision": 0,
        "timeseries_background": {"type": "bars", "yaxis": {}},
    }


def _source(answers: Answers) -> str:
    return answers.logs.source or answers.listing.directory


def _value(row: MetricRow, answers: Answers) -> dict[str, Any]:
    request: dict[str, Any] = {
        "response_format": "scalar",
        "queries": [_query(row, "sum" if row.metric_type == "count" else "avg")],
        "formulas": [{"formula": "query1", "alias": _label(row, answers).lower()}],
    }
    if row.unit_name == "percent" and row.metric_type == "gauge":
        # A share tells more of the series that have most of it than as one number.
        request["formulas"][0]["limit"] = {"count": 5, "order": "desc"}
        request["queries"][0]["query"] = request["queries"][0]["query"].replace("}", "} by {host}", 1)
        return {"title": _label(row, answers), "type": "toplist", "requests": [request]}
    return {
        "title": _label(row, answers),
        "type": "query_value",
        "requests": [request],
        "autoscale": True,
        "precision": 2,
        "timeseries_background": {"type": "area", "yaxis": {}},
    }


def _graph(row: MetricRow, answers: Answers) -> dict[str, Any]:
    request = {
        "response_format": "timeseries",
        "queries": [_query(row)],
        "formulas": [{"formula": "query1", "alias": _label(row, answers).lower()}],
        "display_type": _display(row),
        "style": {"palette": "dog_classic", "line_type": "solid", "line_width": "normal"},
    }
    return {
        "title": _label(row, answers),
        "type": "timeseries",
        "requests": [request],
        "show_legend": True,
        "legend_layout": "auto",
        "legend_columns": ["avg", "min", "max", "value", "sum"],
        **({"yaxis": {"min": "0", "max": "auto", "include_zero": True}} if _fills(row) else {}),
    }


def _fills(row: MetricRow) -> bool:
    """Whether a metric tells how full something is: a share, or a size."""
    return row.metric_type == "gauge" and not row.per_unit_name and row.unit_name in _FILLING


def _display(row: MetricRow) -> str:
    """How a metric is drawn: what is counted as bars, what fills something as an area from zero, all else as lines."""
    return "bars" if row.metric_type == "count" else "area" if _fills(row) else "line"


def _query(row: MetricRow, aggregator: str = "") -> dict[str, Any]:
    counted = row.metric_type == "count"
    text = f"{'sum' if counted else 'avg'}:{row.metric_name}{{$host}}{'.as_count()' if counted else ''}"
    query = {"data_source": "metrics", "name": "query1", "query": text}
    return {**query, "aggregator": aggregator} if aggregator else query


def _logs(answers: Answers) -> dict[str, Any]:
    query = {
        "data_source": "logs_stream",
        "query_string": f"source:{_source(answers)} $host",
        "indexes": [],
        "storage": "hot",
    }
    columns = [{"field": field, "width": "auto"} for field in ("status_line", "timestamp", "host", "content")]
    request = {"response_format": "event_list", "columns": columns, "query": query}
    return {"title": "Latest logs", "type": "list_stream", "requests": [request]}


def _events(answers: Answers) -> dict[str, Any]:
    query = {"data_source": "event_stream", "query_string": f"source:{_source(answers)} $host", "event_size": "s"}
    request = {"response_format": "event_list", "columns": [], "query": query}
    return {"title": "Latest events", "type": "list_stream", "requests": [request]}


def _label(row: MetricRow, answers: Answers) -> str:
    below = row.metric_name.removeprefix(answers.metrics.prefix)
    words = re.sub(r"[._]+", " ", re.sub(r"\.(count|quantile)$", "", below)).strip()
    return words[:1].upper() + words[1:]


def _kind(row: MetricRow, prefix: str) -> str:
    """The group that a metric stands in: the first part of its name, when it has several."""
    parts = re.sub(r"\.(count|sum|quantile)$", "", row.metric_name.removeprefix(prefix)).split(".")
    return " ".join(word.capitalize() for word in parts[0].split("_")) if len(parts) > 1 else "Metrics"


def monitor_row(answers: Answers) -> MetricRow:
    """The metric that tells of trouble most likely; an empty one where there is none to watch."""
    rows = [row for row in _rows(answers) if row.metric_type in ("gauge", "count", "rate")]
    return next((row for row in rows if _TROUBLE.search(row.metric_name)), rows[0] if rows else MetricRow())


def starter_monitor(answers: Answers, row: MetricRow | None = None) -> dict[str, Any]:
    """A monitor of the recent form; its threshold is for the partner to set.

    Args:
        answers: with derived values in place.
        row: the metric that it watches; by default :func:`monitor_row`.
    """
    row = row if row is not None else monitor_row(answers)
    label = _label(row, answers)
    counted = row.metric_type == "count"
    how = "sum" if counted else "avg"
    query = f"{how}(last_5m):{how}:{row.metric_name}{{*}} by {{host}}{'.as_count()' if counted else ''} > 100"
    tags, today = [f"integration:{answers.listing.app_id}"], date.today().isoformat()
    message = (
        "{{#is_alert}}\n"
        f"{label} of {answers.listing.title} on {{{{host.name}}}} is {{{{value}}}}, above {{{{threshold}}}}.\n"
        "{{/is_alert}}\n"
        "{{#is_recovery}}\n"
        f"{label} of {answers.listing.title} on {{{{host.name}}}} is back at {{{{value}}}}.\n"
        "{{/is_recovery}}"
    )
    return {
        "version": 2,
        "created_at": today,
        "last_updated_at": today,
        "title": f"{label} is high",
        "description": f"{label} tells how {answers.listing.title} copes. This monitor alerts when it stays above what is usual, "
        "so that you can look for the cause before your users notice.",
        "tags": tags,
        "definition": {
            "name": f"{label} is high",
            "type": "query alert",
            "query": query,
            "message": message,
            "tags": tags,
            "options": {
                "thresholds": {"critical": 100, "warning": 80},
                "notify_audit": False,
                "include_tags": True,
                "on_missing_data": "show_no_data",
                "new_group_delay": 60,
                "renotify_interval": 0,
                "require_full_window": False,
            },
            "priority": None,
        },
    }
