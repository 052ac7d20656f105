"""The questions on what is sent: metrics, service checks, logs."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from tilewizard.field.vocabulary import vocabulary as lists

from . import deriving
from .conditions import reads_logs, runs_in_agent, sends_metrics
from .declaring import Ask, Group, Kind, Number, Text


class MetricRow(Group):
    """A row of metadata.csv."""

    metric_name: Annotated[
        Text,
        Ask(
            "Metric",
            "The full name, starting with the prefix.",
            "acme_widget.requests",
            "the Metrics Summary",
            required=True,
            width=32,
        ),
    ] = ""
    metric_type: Annotated[
        Text,
        Ask(
            "Type",
            "count: a number of things since the last point. gauge: a level now. rate: a number per second.",
            "count",
            "the Metrics Summary",
            Kind.CHOICE,
            choices=tuple(lists()["metric_types"]),
            required=True,
            width=7,
        ),
    ] = ""
    interval: Annotated[
        Number | None,
        Ask(
            "Interval",
            "Seconds between two points of a rate or count that is sent at a fixed pace; else empty.",
            "10",
            "nowhere",
            Kind.NUMBER,
            width=8,
        ),
    ] = None
    unit_name: Annotated[
        Text,
        Ask(
            "Unit",
            "The unit of the value, from Datadog's list.",
            "request",
            "the axis of graphs",
            Kind.CHOICE,
            choices=tuple(lists()["units"]),
            width=14,
        ),
    ] = ""
    per_unit_name: Annotated[
        Text,
        Ask(
            "Per",
            "The unit that it is divided by: request per second.",
            "second",
            "the axis of graphs",
            Kind.CHOICE,
            choices=tuple(lists()["units"]),
            width=10,
        ),
    ] = ""
    description: Annotated[
        Text,
        Ask(
            "Description",
            "What it measures, one sentence, plain ASCII.",
            "Requests that the widget served.",
            "the Metrics Summary",
            limit=lists()["metadata_max_description"],
            width=40,
        ),
    ] = ""
    orientation: Annotated[
        Number | None,
        Ask(
            "Orientation",
            "1: more is better. -1: less is better. 0: neither.",
            "0",
            "nowhere",
            Kind.CHOICE,
            choices=tuple(lists()["orientations"]),
            derive=lambda _: 0,
            width=6,
        ),
    ] = None
    integration: Annotated[
        Text,
        Ask(
            "Integration",
            "The source type name in lower case, spaces as underscores.",
            "acme_widget",
            "nowhere",
            derive=deriving.integration_column,
            width=14,
        ),
    ] = ""
    short_name: Annotated[Text, Ask("Short name", "A short label.", "requests", "narrow graphs", width=14)] = ""
    curated_metric: Annotated[
        Text,
        Ask(
            "Curated",
            "cpu or memory when it is the host's main such metric; else empty.",
            "",
            "nowhere",
            width=8,
        ),
    ] = ""
    sample_tags: Annotated[
        Text, Ask("Sample tags", "Tags that it carries, by commas.", "host,widget_id", "nowhere", width=14)
    ] = ""
    source: Annotated[
        Text,
        Ask(
            "At the source",
            "What your product calls it: the exposed metric, or the path of the number in its JSON answer.",
            "widget_requests",
            "nowhere; the Agent check reads it there",
            width=20,
        ),
    ] = ""

    def model_post_init(self, context: Any, /) -> None:  # noqa: ARG002
        """Share what says which fields there are and which were given: a tile has thousands of rows that say the same."""
        cells = _Cells().__dict__
        for name, value in self.__dict__.items():
            cells[name] = value
        object.__setattr__(self, "__dict__", cells)
        given = self.model_fields_set
        object.__setattr__(self, "__pydantic_fields_set__", _GIVEN.setdefault(frozenset(given), given))


class _Cells:
    """Attributes of a row: Python keeps the names once for all that were set one by one in the same order (PEP 412)."""


_GIVEN: dict[frozenset[str], set[str]] = {}
"""Sets of fields of rows, one of each: rows are immutable, and a copy of one gets its own."""


class Metrics(Group):
    """What is measured."""

    @model_validator(mode="before")
    @classmethod
    def _from(cls, data: Any) -> Any:
        """``from`` is no name of an attribute in Python, and the word that one would write."""
        if isinstance(data, dict) and "from" in data and "file" not in data:
            return {("file" if key == "from" else key): value for key, value in data.items()}
        return data

    prefix: Annotated[
        Text,
        Ask(
            "Prefix",
            "What all your metrics' names start with, a dot at its end.",
            "acme_widget.",
            "the Metrics Summary",
            at="/assets/integration/metrics/prefix",
            derive=deriving.metric_prefix,
            applies=sends_metrics,
            required=True,
        ),
    ] = ""
    check: Annotated[
        Text | list[Text],
        Ask(
            "Check metric",
            "A metric whose arrival tells Datadog that the integration works.",
            "acme_widget.requests",
            "“installed” on the Integrations page",
            at="/assets/integration/metrics/check",
            derive=deriving.metric_check,
            suggestions=lambda answers: tuple(r.metric_name for r in answers.metrics.rows),
            applies=sends_metrics,
            required=True,
        ),
    ] = ""
    rows: Annotated[
        list[MetricRow],
        Ask(
            "Metrics",
            "Every metric that is sent, a row each.",
            "",
            "the Data Collected tab",
            Kind.TABLE,
            at="metadata.csv",
            applies=sends_metrics,
        ),
    ] = Field(default_factory=list)

    file: Annotated[
        Text,
        Ask(
            "Metrics from a file",
            "An exposition, a JSON answer or a table whose metrics are taken when the answers are read; "
            "`from` means the same. Rows that are given stay as they are.",
            "metrics.txt",
            "nowhere",
            Kind.FILE,
            step="review",
            applies=sends_metrics,
        ),
    ] = ""
    sample: Annotated[
        Text,
        Ask(
            "Sample answer",
            "What your product's endpoint answers, an exposition or JSON, one sample each. The check's tests read it.",
            "",
            "nowhere; it becomes the test's fixture",
            Kind.LONG_TEXT,
            step="review",
            applies=runs_in_agent,
        ),
    ] = ""


class ServiceCheck(Group):
    """An entry of service_checks.json."""

    name: Annotated[
        Text,
        Ask("Name", "What customers read.", "Can Connect", "the Checks Summary", required=True, width=20),
    ] = ""
    check: Annotated[
        Text,
        Ask(
            "Check",
            "The name that it is sent under.",
            "acme_widget.can_connect",
            "the Checks Summary",
            required=True,
            width=26,
        ),
    ] = ""
    statuses: Annotated[
        list[Text],
        Ask(
            "Statuses",
            "Those that it can report.",
            "ok, critical",
            "the Checks Summary",
            Kind.CHOICES,
            choices=tuple(lists()["service_check_statuses"]),
            required=True,
            width=20,
        ),
    ] = Field(default_factory=lambda: ["ok", "critical"])
    groups: Annotated[
        list[Text],
        Ask("Groups", "Tags that it is told apart by.", "host", "monitors on the check", Kind.LIST, width=14),
    ] = Field(default_factory=list)
    description: Annotated[
        Text,
        Ask(
            "Description",
            "When it is critical, when it is ok.",
            "Returns CRITICAL when the widget can't be reached, OK otherwise.",
            "the Checks Summary",
            required=True,
            width=40,
        ),
    ] = ""
    agent_version: Annotated[
        Text,
        Ask(
            "Agent version",
            "The Agent that it needs at least, three numbers.",
            "6.0.0",
            "nowhere",
            derive=lambda _: "6.0.0",
            width=8,
        ),
    ] = ""
    integration: Annotated[
        Text,
        Ask(
            "Integration",
            "The source type name.",
            "Acme Widget",
            "nowhere",
            derive=lambda answers: answers.integration.source_type_name or answers.listing.title,
            width=14,
        ),
    ] = ""


class Logs(Group):
    """Log collection."""

    source: Annotated[
        Text,
        Ask(
            "Log source",
            "The source that your logs carry; the pipeline picks them by it.",
            "acme_widget",
            "the Log Explorer",
            at="/assets/logs/source",
            applies=reads_logs,
        ),
    ] = ""
    pipeline: Annotated[
        Text,
        Ask(
            "Log pipeline",
            "The pipeline's YAML file, made with Datadog's Logs team or exported.",
            "acme_widget.yaml",
            "nowhere",
            Kind.FILE,
            endings=(".yaml", ".yml"),
            applies=reads_logs,
        ),
    ] = ""
    tests: Annotated[
        Text,
        Ask(
            "Pipeline tests",
            "The YAML file with sample logs and what the pipeline makes of them.",
            "acme_widget_tests.yaml",
            "nowhere",
            Kind.FILE,
            endings=(".yaml", ".yml"),
            applies=reads_logs,
        ),
    ] = ""
