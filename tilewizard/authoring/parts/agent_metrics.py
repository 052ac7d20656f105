"""What an Agent check reads: each metric at its source, and the answer that its tests are run on."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tilewizard.answers.model import Answers
from tilewizard.answers.telemetry import MetricRow, ServiceCheck
from tilewizard.field.names import snake
from tilewizard.field.openmetrics import TYPED, part_of
from tilewizard.field.vocabulary import TileType

if TYPE_CHECKING:
    from prometheus_client import Metric


@dataclass(frozen=True)
class Exposed:
    """An exposed family: its name at the source, its name in Datadog below the prefix, its type, its rows.

    ``told`` is the type that the check's map gives it, empty where its own type makes it arrive as the rows say.
    """

    source: str
    name: str
    type: str
    rows: tuple[MetricRow, ...]
    told: str = ""

    @property
    def ends(self) -> set[str]:
        """The ends of the rows that are parts of the family."""
        return {part_of(row.metric_name, row.metric_type) for row in self.rows} - {""}


def exposed(answers: Answers) -> list[Exposed]:
    """Every family that the metrics come from, by its name at the source.

    A row that names its source keeps it; for others the name in Datadog, dots made underscores, stands for it. The type is that
    of the sample answer; where that has no such family, the one that explains the rows.
    """
    types = {family.name: family.type for family in _sampled(answers.metrics.sample)}
    prefix = answers.metrics.prefix
    grouped: dict[str, list[MetricRow]] = {}
    for row in answers.metrics.rows:
        if row.metric_name.startswith(prefix) and row.metric_name != prefix:
            grouped.setdefault(row.source or _source(row, prefix), []).append(row)
    found = []
    for source, rows in sorted(grouped.items()):
        kind = types.get(source) or _type_of(rows)
        told = _told(kind, rows)
        whole = (told or kind) in ("gauge", "rate")
        name = (rows[0].metric_name if whole else _stem(rows[0])).removeprefix(prefix)
        if name:
            found.append(Exposed(source, name, kind, tuple(rows), told))
    return found


def _stem(row: MetricRow) -> str:
    return row.metric_name.removesuffix(part_of(row.metric_name, row.metric_type))


def _source(row: MetricRow, prefix: str) -> str:
    """What a row's family may be called at the source: of a counter the check reads the name without ``_total``."""
    name = _stem(row).removeprefix(prefix).replace(".", "_")
    return name.removesuffix("_total") or name if row.metric_type == "count" else name


def _type_of(rows: list[MetricRow]) -> str:
    """The type of a family that arrives as these rows."""
    ends = {part_of(row.metric_name, row.metric_type) for row in rows}
    if ".bucket" in ends:
        return "histogram"
    if ".quantile" in ends or ".sum" in ends:
        return "summary"
    return "counter" if rows[0].metric_type == "count" else "gauge"


def _told(kind: str, rows: list[MetricRow]) -> str:
    """The type that a family is told so that it arrives as its rows say; parts of one are never anything else."""
    if kind in ("histogram", "summary"):
        return ""
    wanted = {"count": "counter", "rate": "rate"}.get(rows[0].metric_type, "gauge")
    return "" if wanted == kind else wanted


def _sampled(sample: str) -> list[Metric]:
    if not sample.strip() or sample.lstrip()[:1] in "{[":
        return []
    from tilewizard.importing.exposition import families_of

    return families_of(sample)


def exposition(answers: Answers) -> str:
    """The exposition that the check's tests read: the sample's families, and one made for each metric that it lacks."""
    from tilewizard.importing.trimmed import exposition_of

    openmetrics = is_openmetrics(answers)
    known = {family.name: family for family in _sampled(answers.metrics.sample)}
    families = [known.get(each.source) or made(each) for each in exposed(answers)]
    return exposition_of(families, openmetrics=openmetrics)


def is_openmetrics(answers: Answers) -> bool:
    """Whether the sample is of the OpenMetrics format proper, not Prometheus text."""
    return re.search(r"^# EOF\s*$", answers.metrics.sample, re.MULTILINE) is not None


GENERIC = ("cluster", "cluster_id", "cluster_name", "clusterid", "clustername", "env", "host", "host_name", "hostname")
GENERIC_TAGS = frozenset({*GENERIC, "service", "version"})
"""Tags that are the host's own: the base package's tests refuse a metric that carries one (datadog_checks.base.utils.tagging)."""


def renamed_labels(answers: Answers) -> dict[str, str]:
    """Labels of the sample that would pass for the host's own tags, each with the name that it gets instead."""
    used = {each.source for each in exposed(answers)}
    start = answers.metrics.prefix.rstrip(".").replace(".", "_")
    labels = {
        label
        for family in _sampled(answers.metrics.sample)
        if family.name in used
        for sample in family.samples
        for label in sample.labels
    }
    return {label: f"{start}_{label}" for label in sorted(labels & GENERIC_TAGS)}


def made(family: Exposed) -> Metric:
    """A family with samples that arrive as its rows say, for a metric that no sample answer has."""
    from prometheus_client import Metric

    metric = Metric(family.source, family.rows[0].description, family.type if family.type in TYPED else "unknown")
    if family.type == "counter":
        metric.add_sample(f"{family.source}_total", {}, 3.0)
    elif ".bucket" in family.ends:
        metric.add_sample(f"{family.source}_bucket", {"le": "0.5"}, 2.0)
        metric.add_sample(f"{family.source}_bucket", {"le": "+Inf"}, 3.0)
    elif ".quantile" in family.ends:
        metric.add_sample(family.source, {"quantile": "0.5"}, 0.5)
    elif family.type not in ("histogram", "summary"):
        metric.add_sample(family.source, {}, 3.0)
    if family.type in ("histogram", "summary"):
        for end, value in ((".sum", 4.0), (".count", 3.0)):
            if end in family.ends:
                metric.add_sample(f"{family.source}_{end[1:]}", {}, value)
    return metric


def namespace_of(answers: Answers) -> str:
    """What stands before all that the check sends: the prefix of the metrics, else its own name where it sends none."""
    return answers.metrics.prefix.rstrip(".") or snake(answers.listing.directory)


def service_checks(answers: Answers) -> list[ServiceCheck]:
    """The service checks of the answers, and the one that the generated check sends of itself."""
    namespace = namespace_of(answers)
    if not answers.type.agent_based or not namespace:
        return answers.service_checks
    openmetrics = answers.type == TileType.OPENMETRICS
    own = ServiceCheck(
        name="Endpoint Health" if openmetrics else "Can Connect",
        check=f"{namespace}.{'openmetrics.health' if openmetrics else 'can_connect'}",
        groups=["endpoint" if openmetrics else "url"],
        description="Returns CRITICAL when the Agent can't read the endpoint, OK otherwise.",
        agent_version="6.0.0",
        integration=answers.integration.source_type_name or answers.listing.title,
    )
    known = {each.check for each in answers.service_checks}
    return answers.service_checks if own.check in known else [*answers.service_checks, own]


# -- JSON

METHODS = {"count": "monotonic_count", "rate": "rate"}
"""The method that submits a number of an answer, by its type in metadata.csv; all others are levels."""


@dataclass(frozen=True)
class Figure:
    """A number of a JSON answer: its path, the method that submits it, its name below the prefix."""

    path: str
    method: str
    name: str


def figures(answers: Answers) -> list[Figure]:
    """Every number that the check reads from the answer, by its path."""
    prefix = answers.metrics.prefix
    found = {}
    for row in answers.metrics.rows:
        name = row.metric_name.removeprefix(prefix)
        if row.metric_name.startswith(prefix) and name:
            found[row.metric_name] = Figure(row.source or name, METHODS.get(row.metric_type, "gauge"), name)
    return sorted(found.values(), key=lambda each: each.path)


def answer(answers: Answers) -> str:
    """The JSON answer that the check's tests read: the sample, and a number for each path that it lacks."""
    from tilewizard.importing.json_answer import trimmed_answer

    try:
        tree = json.loads(trimmed_answer(answers.metrics.sample) or "{}")
    except ValueError:
        tree = {}
    for number, figure in enumerate(figures(answers), 1):
        tree = with_number(tree, steps_of(figure.path), number)
    return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"


def steps_of(path: str) -> list[str]:
    """A figure's path in its steps: ``queues[].depth`` is three."""
    return path.replace("[]", ".[]").strip(".").split(".")


def with_number(tree: Any, path: list[str], number: int) -> Any:
    """A JSON value with a number at a path (``[]`` for the items of a list), as it was where there is one."""
    if not path:
        return tree if isinstance(tree, int | float) and not isinstance(tree, bool) else number
    part, rest = path[0], path[1:]
    if part == "[]":
        items = tree if isinstance(tree, list) and tree else [None]
        return [with_number(items[0], rest, number), *items[1:]]
    holder = tree if isinstance(tree, dict) else {}
    return {**holder, part: with_number(holder.get(part), rest, number)}
