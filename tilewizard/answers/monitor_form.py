"""The questions on one monitor: what its form asks. They stand in the monitor's own file, not among a tile's answers.

What each is called follows "Create an Integration Monitor Template" and the API reference's "Create a monitor".
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from tilewizard.field.monitors import ACROSS, COMPARISONS, DESCRIPTION_MAX, MISSING_DATA, OVER, WINDOWS

from .declaring import Ask, Group, Kind, Number, Text
from .questions import Question, questions_in

DOCS = "https://docs.datadoghq.com/monitors/types/metric/"
DOCS_TEMPLATE = "https://docs.datadoghq.com/developers/integrations/create-an-integration-monitor-template/"
DOCS_VARIABLES = "https://docs.datadoghq.com/monitors/notify/variables/"


def _metrics(answers: Any) -> tuple[str, ...]:
    return tuple(row.metric_name for row in answers.metrics.rows if row.metric_name)


class MonitorForm(Group):
    """One monitor, as its form asks for it."""

    title: Annotated[
        Text,
        Ask(
            "Title",
            "What is wrong when it alerts: the thing first, then what happens to it, without variables.",
            "Request latency is high",
            "Monitors > Templates",
            required=True,
            docs=DOCS_TEMPLATE,
        ),
    ] = ""
    description: Annotated[
        Text,
        Ask(
            "Description",
            "Why one watches it, and what it means for users when it alerts.",
            "Latency tells how long users wait. This monitor alerts when requests take longer than usual.",
            "Monitors > Templates",
            Kind.LONG_TEXT,
            limit=DESCRIPTION_MAX,
            required=True,
            docs=DOCS_TEMPLATE,
        ),
    ] = ""
    metric: Annotated[
        Text,
        Ask(
            "Metric",
            "A metric that the tile lists; the arrow to the right takes the one that is offered.",
            "acme_widget.request.latency",
            "the monitor's query",
            suggestions=_metrics,
            required=True,
            docs=DOCS,
        ),
    ] = ""
    across: Annotated[
        Text,
        Ask(
            "Across series",
            "How the series of one group become one: hosts, pods, whatever sends it.",
            "avg",
            "the monitor's query",
            Kind.CHOICE,
            choices=ACROSS,
            docs=DOCS,
        ),
    ] = ""
    scope: Annotated[
        Text,
        Ask(
            "Only where",
            "Tags by commas that a series must have; * for everything that sends the metric.",
            "*",
            "the monitor's query",
            docs=DOCS,
        ),
    ] = ""
    by: Annotated[
        Text,
        Ask(
            "One alert for each",
            "Tags by commas: each of their values is watched and alerts by itself. Empty: one alert for all.",
            "host",
            "the monitor's query, and the variables of its message",
            docs=DOCS,
        ),
    ] = ""
    functions: Annotated[
        Text,
        Ask(
            "Functions",
            "What follows the metric in the query: .as_count() for a count, .rollup(avg, 60), and so on.",
            ".as_count()",
            "the monitor's query",
            docs=DOCS,
        ),
    ] = ""
    expression: Annotated[
        Text,
        Ask(
            "Expression",
            "What is compared: several metrics, arithmetic, a forecast, anomalies. It is kept as it is typed.",
            "(avg:acme_widget.used{*} / avg:acme_widget.size{*}) * 100",
            "the monitor's query",
            Kind.LONG_TEXT,
            docs=DOCS,
        ),
    ] = ""
    query: Annotated[
        Text,
        Ask(
            "Query",
            "The whole query. It is kept as it is typed.",
            "avg(last_5m):avg:acme_widget.request.latency{*} > 100",
            "the monitor",
            Kind.LONG_TEXT,
            required=True,
            docs=DOCS,
        ),
    ] = ""
    over: Annotated[
        Text,
        Ask(
            "Over the window",
            "What is compared of the points in the window.",
            "avg",
            "the monitor's query",
            Kind.CHOICE,
            choices=OVER,
            docs=DOCS,
        ),
    ] = ""
    window: Annotated[
        Text,
        Ask(
            "Window",
            "How far back it looks: a number and m, h, d, w or mo.",
            "5m",
            "the monitor's query",
            suggestions=lambda _: WINDOWS,
            required=True,
            docs=DOCS,
        ),
    ] = ""
    comparison: Annotated[
        Text,
        Ask(
            "It alerts when",
            "How the value stands to the threshold when it alerts.",
            ">",
            "the monitor's query",
            Kind.CHOICE,
            choices=COMPARISONS,
            docs=DOCS,
        ),
    ] = ""
    critical: Annotated[
        Number | None,
        Ask(
            "Alert threshold",
            "The value from which on it alerts. Where the query is in parts this is its number, too.",
            "100",
            "the monitor's query and its thresholds",
            Kind.NUMBER,
            required=True,
            docs=DOCS,
        ),
    ] = None
    warning: Annotated[
        Number | None,
        Ask("Warning threshold", "The value from which on it warns, before it alerts.", "80", "the monitor", Kind.NUMBER, docs=DOCS),
    ] = None  # fmt: skip
    critical_recovery: Annotated[
        Number | None,
        Ask(
            "Alert recovery",
            "The value that it must get back to before the alert is over; empty: the alert threshold.",
            "90",
            "the monitor",
            Kind.NUMBER,
            docs=DOCS,
        ),
    ] = None
    warning_recovery: Annotated[
        Number | None,
        Ask(
            "Warning recovery",
            "The value that it must get back to before the warning is over; empty: the warning threshold.",
            "70",
            "the monitor",
            Kind.NUMBER,
            docs=DOCS,
        ),
    ] = None
    on_missing_data: Annotated[
        Text,
        Ask(
            "Without data",
            "What happens when nothing is sent any more.",
            "show_no_data",
            "the monitor",
            Kind.CHOICE,
            choices=MISSING_DATA,
            docs=DOCS,
        ),
    ] = ""
    message: Annotated[
        Text,
        Ask(
            "Message",
            "What is sent when it alerts, warns, recovers. F2 puts in a variable. Nobody is named in it: customers choose whom they "
            "notify.",
            "{{#is_alert}}Latency on {{host.name}} is {{value}}.{{/is_alert}}",
            "the notification",
            Kind.LONG_TEXT,
            required=True,
            docs=DOCS_VARIABLES,
        ),
    ] = ""
    name: Annotated[
        Text,
        Ask(
            "Subject",
            "The name of the monitor that is made from the template; it may have variables.",
            "Request latency is high on {{host.name}}",
            "the notification's subject, the list of monitors",
            required=True,
            docs=DOCS_TEMPLATE,
        ),
    ] = ""
    tags: Annotated[
        list[Text],
        Ask(
            "Tags",
            "A line each. One names the integration.",
            "integration:acme-widget",
            "the list of monitors",
            Kind.LIST,
            docs=DOCS_TEMPLATE,
        ),
    ] = Field(default_factory=list)


@cache
def monitor_questions() -> tuple[Question, ...]:
    """The form's questions, in their order; each path is ``("monitor", <name>)``."""
    return questions_in(MonitorForm, ("monitor",), "dashboards")
