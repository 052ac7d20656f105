"""metadata.csv: a row for each metric."""

from __future__ import annotations

from collections.abc import Iterator

from tilewizard.documents.csv_document import CsvRow
from tilewizard.field import names
from tilewizard.field.vocabulary import nearest, vocabulary
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import METADATA, Tile

from ..registry import rule
from ..sources import VALIDATE_METADATA
from .metadata_cells import PREFIX, Cell, each_cell, example_rows, table


@rule(
    "metadata/required",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="A metric without them can't be listed.",
    form="Fill this cell in: name, type, orientation and integration can't be empty.",
    bad=example_rows({"metric_type": ""}),
)
def required(tile: Tile) -> Iterator[Problem]:
    """metric_name, metric_type, orientation and integration are never empty."""
    for column in vocabulary()["metadata_required_columns"]:

        def wrong(value: str, record: CsvRow, column: str = column) -> tuple[str, str] | None:
            named = record.get("metric_name") or _("this row")
            return (
                None
                if value
                else (
                    _("{column} of {named} is empty", column=column, named=named),
                    _("fill in {column}", column=column),
                )
            )

        yield from each_cell(tile, column, wrong)


@rule(
    "metadata/unique",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="One metric has one row.",
    form="Remove one of the two rows: this metric is listed twice.",
    bad=example_rows({}, {}),
)
def unique(tile: Tile) -> Iterator[Problem]:
    """Every metric_name stands once."""
    seen: set[str] = set()

    def wrong(value: str, __: CsvRow) -> tuple[str, str] | None:
        if value in seen and value:
            return _("{value} stands twice", value=quoted(value)), _("take one row away")
        seen.add(value)
        return None

    yield from each_cell(tile, "metric_name", wrong)


@rule(
    "metadata/name",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="Datadog would store the metric under another name than the one listed.",
    form="Start with a letter; use letters, digits, underscores and dots, such as acme.queue.size.",
    bad=example_rows({"metric_name": "acme_widget.open-requests"}),
    mends=True,
)
def name(tile: Tile) -> Iterator[Problem]:
    """metric_name is in Datadog's form: letters, digits, underscores and dots, no underscore beside a dot."""

    def wrong(value: str, __: CsvRow) -> tuple[str, str] | None:
        if not value or names.is_normalized_metric(value):
            return None
        return _("{value} is no name that Datadog stores", value=quoted(value)), _(
            "write {names}", names=names.normalized_metric(value)
        )

    yield from each_cell(tile, "metric_name", wrong, names.normalized_metric)


@rule(
    "metadata/prefix",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="The prefix tells Datadog which integration a metric belongs to.",
    form="Start every metric with the integration's prefix, such as “acme_widget”.",
    bad=example_rows({}, {"metric_name": "other.requests"}),
    at=(PREFIX,),
)
def prefix(tile: Tile) -> Iterator[Problem]:
    """Every metric_name starts with the manifest's prefix or one that is always allowed; the prefix is there."""
    start = tile.stated(PREFIX)
    described = tile.at("/assets/integration/metrics") is not None or tile.overrides is not None
    if not tile.has(METADATA) or not described or (tile.overrides is not None and not start):
        return
    if not start:
        yield Problem(
            _("assets.integration.metrics.prefix is missing"),
            pointer=PREFIX,
            hint=_("write {tile}", tile=_common_start(tile)),
            form=_("Write what all its metrics start with, up to and with the first dot."),
        )
        return
    allowed = (start, *vocabulary()["metadata_always_allowed_prefixes"])

    def wrong(value: str, __: CsvRow) -> tuple[str, str] | None:
        if not value or value.startswith(allowed):
            return None
        return (
            _("{value} doesn't start with the prefix {start}", value=quoted(value), start=quoted(start)),
            _("write {start}{rpartition} or change the prefix", start=start, rpartition=value.rpartition(".")[2]),
        )

    yield from each_cell(tile, "metric_name", wrong)


def _common_start(tile: Tile) -> str:
    """The first part that all metrics of the list share, with its dot."""
    document = table(tile)
    starts = {record.get("metric_name", "").partition(".")[0] for record in document.rows} if document else set()
    return quoted(f"{starts.pop()}.") if len(starts) == 1 and all(starts) else _("the metrics' common start")


@rule(
    "metadata/type",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="Graphs and queries depend on it.",
    form="Choose count, gauge or rate.",
    bad=example_rows({"metric_type": "counter"}),
)
def metric_type(tile: Tile) -> Iterator[Problem]:
    """metric_type is count, gauge or rate."""
    yield from each_cell(tile, "metric_type", _listed("metric_type", "metric_types"))


def _listed(column: str, words: str) -> Cell:
    known: list[str] = vocabulary()[words]
    quick = frozenset(known)

    def wrong(value: str, __: CsvRow) -> tuple[str, ...] | None:
        if not value or value in quick:
            return None
        near = nearest(value, known)
        if near:
            form = _("Choose {near}: Datadog doesn't know {value}.", near=quoted(near), value=quoted(value))
            return (
                _("{column} is {value}", column=column, value=quoted(value)),
                _("did you mean {near}?", near=near),
                form,
            )
        short = (
            _("one of {known}", known=", ".join(known))
            if len(known) < 12
            else _("choose from Datadog's list of {count} units", count=len(known))
        )
        return _("{column} is {value}", column=column, value=quoted(value)), short

    return wrong


@rule(
    "metadata/unit",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="A unit that Datadog doesn't know is not shown.",
    form="Choose a unit of Datadog's list, such as byte, or leave it empty.",
    bad=example_rows({"unit_name": "requests"}),
)
def unit(tile: Tile) -> Iterator[Problem]:
    """unit_name and per_unit_name are units of Datadog's list, or empty."""
    for column in ("unit_name", "per_unit_name"):
        yield from each_cell(tile, column, _listed(column, "units"))


@rule(
    "metadata/time-per-time",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="A time per a time is a share, and Datadog has a unit for that.",
    form="Choose one of the two units: a time per a time says nothing.",
    bad=example_rows({"unit_name": "millisecond", "per_unit_name": "second"}),
)
def time_per_time(tile: Tile) -> Iterator[Problem]:
    """No metric is a time unit per a time unit."""
    times = frozenset(vocabulary()["time_units"])

    def wrong(value: str, record: CsvRow) -> tuple[str, str] | None:
        per = record.get("per_unit_name", "")
        return (
            (_("{value} per {per} is a share", value=value, per=per), _("write the unit fraction"))
            if value in times and per in times
            else None
        )

    yield from each_cell(tile, "unit_name", wrong)


@rule(
    "metadata/description",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="Datadog's tables break on it.",
    form="Shorten to 400 plain ASCII characters, without a vertical bar.",
    bad=example_rows({"description": "Requests | errors"}),
)
def description(tile: Tile) -> Iterator[Problem]:
    """description has at most 400 characters, no “|”; every cell is ASCII."""
    limit: int = vocabulary()["metadata_max_description"]

    def wrong(value: str, __: CsvRow) -> tuple[str, str] | None:
        if len(value) > limit:
            return _("the description has {count} characters", count=len(value)), _(
                "shorten it to {limit}", limit=limit
            )
        if "|" in value:
            return _("the description has a |"), _("write it without")
        return None

    def foreign(value: str, __: CsvRow) -> tuple[str, str] | None:
        odd = next((char for char in value if not char.isascii()), None) if not value.isascii() else None
        return (_("{odd} is not ASCII", odd=quoted(odd)), _("write it in plain ASCII")) if odd else None

    yield from each_cell(tile, "description", wrong)
    file = tile.file(METADATA)
    if file is not None and not file.text.isascii():
        for column in dict.fromkeys(file.csv.header):
            yield from each_cell(tile, column, foreign)


@rule(
    "metadata/description-missing",
    step="metrics",
    severity=Severity.INFO,
    source=VALIDATE_METADATA,
    why="Customers read what a metric measures in the Data Collected tab.",
    form="Say in a sentence what this metric measures.",
    bad=example_rows({"description": ""}),
)
def description_missing(tile: Tile) -> Iterator[Problem]:
    """Every metric has a description."""

    def wrong(value: str, record: CsvRow) -> tuple[str, str] | None:
        return (
            None
            if value
            else (
                _("{record} has no description", record=record.get("metric_name") or _("a row")),
                _("say what it measures"),
            )
        )

    yield from each_cell(tile, "description", wrong)


@rule(
    "metadata/interval",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="It is a number of seconds.",
    form="Write a whole number of seconds, or leave it empty.",
    bad=example_rows({"interval": "10s"}),
)
def interval(tile: Tile) -> Iterator[Problem]:
    """interval is a whole number of seconds or empty."""

    def wrong(value: str, __: CsvRow) -> tuple[str, str] | None:
        return (
            None
            if not value or value.isdigit()
            else (_("interval is {value}", value=quoted(value)), _("write seconds, such as 10"))
        )

    yield from each_cell(tile, "interval", wrong)


@rule(
    "metadata/orientation",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="It tells Datadog whether more is better.",
    form="Choose -1 when less is better, 1 when more is better, else 0.",
    bad=example_rows({"orientation": "up"}),
)
def orientation(tile: Tile) -> Iterator[Problem]:
    """orientation is -1, 0 or 1."""
    yield from each_cell(tile, "orientation", _listed("orientation", "orientations"))


@rule(
    "metadata/curated",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="Only these kinds are curated.",
    form="Write cpu, memory or both, each once, or leave it empty.",
    bad=example_rows({"curated_metric": "disk"}),
)
def curated(tile: Tile) -> Iterator[Problem]:
    """curated_metric is a list of cpu and memory by |, none of them twice, or empty."""
    known: list[str] = vocabulary()["curated_metric_types"]

    def wrong(value: str, __: CsvRow) -> tuple[str, str] | None:
        kinds = value.split("|") if value else []
        if all(kind in known for kind in kinds) and len(set(kinds)) == len(kinds):
            return None
        return _("curated_metric is {value}", value=quoted(value)), _(
            "leave it empty or write {known}", known=" or ".join(known)
        )

    yield from each_cell(tile, "curated_metric", wrong)


@rule(
    "metadata/integration",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="Datadog finds the integration of a metric by it.",
    form="Write the integration's name in lower case, with underscores for blanks.",
    bad=example_rows({"integration": "Acme Widget"}),
    mends=True,
)
def integration(tile: Tile) -> Iterator[Problem]:
    """The integration column is the source_type_name in lower case, with underscores."""
    right = names.integration_name(tile.stated("/assets/integration/source_type_name"))
    if not right:
        return

    def wrong(value: str, __: CsvRow) -> tuple[str, str] | None:
        return (
            None
            if not value or value == right
            else (_("integration is {value}", value=quoted(value)), _("write {right}", right=right))
        )

    yield from each_cell(tile, "integration", wrong, lambda __: right)
