"""metadata.csv: a row for each metric."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tilewizard.documents.csv_document import CsvDocument
from tilewizard.field import names
from tilewizard.field.vocabulary import nearest, vocabulary
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import METADATA, Tile

from ..registry import Example, rule
from ..sources import VALIDATE_METADATA

MOST = 25
"""Findings of one rule on one file; the rest is counted."""
PREFIX = "/assets/integration/metrics/prefix"
HEADER = ",".join(column for column in vocabulary()["metadata_columns"] if column != "sample_tags")
_ROW = {
    "metric_name": "acme_widget.requests", "metric_type": "count", "interval": "", "unit_name": "request",
    "per_unit_name": "", "description": "Requests that the widget served.", "orientation": "0",
    "integration": "acme_widget", "short_name": "requests", "curated_metric": "",
}  # fmt: skip


def _rows(*rows: dict[str, str]) -> Example:
    lines = [",".join(({**_ROW, **row})[column] for column in HEADER.split(",")) for row in rows]
    return Example(METADATA, "\n".join([HEADER, *lines]) + "\n", shown="\n".join(lines))


def table(tile: Tile) -> CsvDocument | None:
    """The metadata, when there is a file with rows."""
    file = tile.file(METADATA)
    return file.csv if file is not None and file.csv.rows else None


Cell = Callable[[str, dict[str, str]], tuple[str, ...] | None]
"""From a cell's value and its row to what is wrong, what would be right and, if at all, what to do at the question, or None."""


def _each(tile: Tile, column: str, wrong: Cell, fix: Callable[[str], str] | None = None) -> Iterator[Problem]:
    document = table(tile)
    if document is None or document.column(column) is None:
        return
    found = 0
    for index, record in enumerate(document.records):
        fault = wrong(record[column], record)
        if fault is None:
            continue
        found += 1
        if found <= MOST:
            mend = _setting(column, record.get("metric_name", ""), record[column], fix(record[column])) if fix else None
            own = fault[2] if len(fault) > 2 else ""
            yield Problem(fault[0], METADATA, f"/{index}/{column}", hint=fault[1], form=own, fix=mend)
    if found > MOST:
        yield Problem(f"and {found - MOST} more rows with the same fault in {column}", METADATA, hint="mend them alike")


def _setting(column: str, name: str, old: str, new: str) -> Callable[[Tile], Tile]:
    def fix(tile: Tile) -> Tile:
        document = table(tile)
        for index, record in enumerate(document.records if document else ()):
            if record.get("metric_name", "") == name and record.get(column) == old and document:
                return tile.with_text(METADATA, document.with_cell(index, column, new).text)
        return tile

    return fix


@rule(
    "metadata/required",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="A metric without them can't be listed.",
    form="Fill this cell in: name, type, orientation and integration can't be empty.",
    bad=_rows({"metric_type": ""}),
)
def required(tile: Tile) -> Iterator[Problem]:
    """metric_name, metric_type, orientation and integration are never empty."""
    for column in vocabulary()["metadata_required_columns"]:

        def wrong(value: str, record: dict[str, str], column: str = column) -> tuple[str, str] | None:
            named = record.get("metric_name") or "this row"
            return None if value else (f"{column} of {named} is empty", f"fill in {column}")

        yield from _each(tile, column, wrong)


@rule(
    "metadata/unique",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="One metric has one row.",
    form="Remove one of the two rows: this metric is listed twice.",
    bad=_rows({}, {}),
)
def unique(tile: Tile) -> Iterator[Problem]:
    """Every metric_name stands once."""
    seen: set[str] = set()

    def wrong(value: str, _: dict[str, str]) -> tuple[str, str] | None:
        if value in seen and value:
            return f"{quoted(value)} stands twice", "take one row away"
        seen.add(value)
        return None

    yield from _each(tile, "metric_name", wrong)


@rule(
    "metadata/name",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="Datadog would store the metric under another name than the one listed.",
    form="Start with a letter; use letters, digits, underscores and dots, such as acme.queue.size.",
    bad=_rows({"metric_name": "acme_widget.open-requests"}),
    mends=True,
)
def name(tile: Tile) -> Iterator[Problem]:
    """metric_name is in Datadog's form: letters, digits, underscores and dots, no underscore beside a dot."""

    def wrong(value: str, _: dict[str, str]) -> tuple[str, str] | None:
        if not value or names.is_normalized_metric(value):
            return None
        return f"{quoted(value)} is no name that Datadog stores", f"write {names.normalized_metric(value)}"

    yield from _each(tile, "metric_name", wrong, names.normalized_metric)


@rule(
    "metadata/prefix",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="The prefix tells Datadog which integration a metric belongs to.",
    form="Start every metric with the integration's prefix, such as “acme_widget”.",
    bad=_rows({}, {"metric_name": "other.requests"}),
    at=(PREFIX,),
)
def prefix(tile: Tile) -> Iterator[Problem]:
    """Every metric_name starts with the manifest's prefix or one that is always allowed; the prefix is there."""
    start = tile.stated(PREFIX)
    described = tile.at("/assets/integration/metrics") is not None or tile.overrides is not None
    if tile.file(METADATA) is None or not described or (tile.overrides is not None and not start):
        return
    if not start:
        yield Problem(
            "assets.integration.metrics.prefix is missing",
            pointer=PREFIX,
            hint=f"write {_common_start(tile)}",
            form="Write what all its metrics start with, up to and with the first dot.",
        )
        return
    allowed = (start, *vocabulary()["metadata_always_allowed_prefixes"])

    def wrong(value: str, _: dict[str, str]) -> tuple[str, str] | None:
        if not value or value.startswith(allowed):
            return None
        return (
            f"{quoted(value)} doesn't start with the prefix {quoted(start)}",
            f"write {start}{value.rpartition('.')[2]} or change the prefix",
        )

    yield from _each(tile, "metric_name", wrong)


def _common_start(tile: Tile) -> str:
    """The first part that all metrics of the list share, with its dot."""
    document = table(tile)
    starts = {record.get("metric_name", "").partition(".")[0] for record in document.records} if document else set()
    return quoted(f"{starts.pop()}.") if len(starts) == 1 and all(starts) else "the metrics' common start"


@rule(
    "metadata/type",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="Graphs and queries depend on it.",
    form="Choose count, gauge or rate.",
    bad=_rows({"metric_type": "counter"}),
)
def metric_type(tile: Tile) -> Iterator[Problem]:
    """metric_type is count, gauge or rate."""
    yield from _each(tile, "metric_type", _listed("metric_type", "metric_types"))


def _listed(column: str, words: str) -> Cell:
    known: list[str] = vocabulary()[words]
    quick = frozenset(known)

    def wrong(value: str, _: dict[str, str]) -> tuple[str, ...] | None:
        if not value or value in quick:
            return None
        near = nearest(value, known)
        if near:
            form = f"Choose {quoted(near)}: Datadog doesn't know {quoted(value)}."
            return f"{column} is {quoted(value)}", f"did you mean {near}?", form
        short = f"one of {', '.join(known)}" if len(known) < 12 else f"choose from Datadog's list of {len(known)} units"
        return f"{column} is {quoted(value)}", short

    return wrong


@rule(
    "metadata/unit",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="A unit that Datadog doesn't know is not shown.",
    form="Choose a unit of Datadog's list, such as byte, or leave it empty.",
    bad=_rows({"unit_name": "requests"}),
)
def unit(tile: Tile) -> Iterator[Problem]:
    """unit_name and per_unit_name are units of Datadog's list, or empty."""
    for column in ("unit_name", "per_unit_name"):
        yield from _each(tile, column, _listed(column, "units"))


@rule(
    "metadata/time-per-time",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="A time per a time is a share, and Datadog has a unit for that.",
    form="Choose one of the two units: a time per a time says nothing.",
    bad=_rows({"unit_name": "millisecond", "per_unit_name": "second"}),
)
def time_per_time(tile: Tile) -> Iterator[Problem]:
    """No metric is a time unit per a time unit."""
    times = frozenset(vocabulary()["time_units"])

    def wrong(value: str, record: dict[str, str]) -> tuple[str, str] | None:
        per = record.get("per_unit_name", "")
        return (f"{value} per {per} is a share", "write the unit fraction") if value in times and per in times else None

    yield from _each(tile, "unit_name", wrong)


@rule(
    "metadata/description",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="Datadog's tables break on it.",
    form="Shorten to 400 plain ASCII characters, without a vertical bar.",
    bad=_rows({"description": "Requests | errors"}),
)
def description(tile: Tile) -> Iterator[Problem]:
    """description has at most 400 characters, no “|”; every cell is ASCII."""
    limit: int = vocabulary()["metadata_max_description"]

    def wrong(value: str, _: dict[str, str]) -> tuple[str, str] | None:
        if len(value) > limit:
            return f"the description has {len(value)} characters", f"shorten it to {limit}"
        if "|" in value:
            return "the description has a |", "write it without"
        return None

    def foreign(value: str, _: dict[str, str]) -> tuple[str, str] | None:
        odd = next((char for char in value if not char.isascii()), None) if not value.isascii() else None
        return (f"{quoted(odd)} is not ASCII", "write it in plain ASCII") if odd else None

    yield from _each(tile, "description", wrong)
    file = tile.file(METADATA)
    if file is not None and not file.text.isascii():
        for column in dict.fromkeys(file.csv.header):
            yield from _each(tile, column, foreign)


@rule(
    "metadata/description-missing",
    step="metrics",
    severity=Severity.INFO,
    source=VALIDATE_METADATA,
    why="Customers read what a metric measures in the Data Collected tab.",
    form="Say in a sentence what this metric measures.",
    bad=_rows({"description": ""}),
)
def description_missing(tile: Tile) -> Iterator[Problem]:
    """Every metric has a description."""

    def wrong(value: str, record: dict[str, str]) -> tuple[str, str] | None:
        return None if value else (f"{record.get('metric_name') or 'a row'} has no description", "say what it measures")

    yield from _each(tile, "description", wrong)


@rule(
    "metadata/interval",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="It is a number of seconds.",
    form="Write a whole number of seconds, or leave it empty.",
    bad=_rows({"interval": "10s"}),
)
def interval(tile: Tile) -> Iterator[Problem]:
    """interval is a whole number of seconds or empty."""

    def wrong(value: str, _: dict[str, str]) -> tuple[str, str] | None:
        return None if not value or value.isdigit() else (f"interval is {quoted(value)}", "write seconds, such as 10")

    yield from _each(tile, "interval", wrong)


@rule(
    "metadata/orientation",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="It tells Datadog whether more is better.",
    form="Choose -1 when less is better, 1 when more is better, else 0.",
    bad=_rows({"orientation": "up"}),
)
def orientation(tile: Tile) -> Iterator[Problem]:
    """orientation is -1, 0 or 1."""
    yield from _each(tile, "orientation", _listed("orientation", "orientations"))


@rule(
    "metadata/curated",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="Only these kinds are curated.",
    form="Write cpu, memory or both, each once, or leave it empty.",
    bad=_rows({"curated_metric": "disk"}),
)
def curated(tile: Tile) -> Iterator[Problem]:
    """curated_metric is a list of cpu and memory by |, none of them twice, or empty."""
    known: list[str] = vocabulary()["curated_metric_types"]

    def wrong(value: str, _: dict[str, str]) -> tuple[str, str] | None:
        kinds = value.split("|") if value else []
        if all(kind in known for kind in kinds) and len(set(kinds)) == len(kinds):
            return None
        return f"curated_metric is {quoted(value)}", f"leave it empty or write {' or '.join(known)}"

    yield from _each(tile, "curated_metric", wrong)


@rule(
    "metadata/integration",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="Datadog finds the integration of a metric by it.",
    form="Write the integration's name in lower case, with underscores for blanks.",
    bad=_rows({"integration": "Acme Widget"}),
    at=("/assets/integration/source_type_name",),
    mends=True,
)
def integration(tile: Tile) -> Iterator[Problem]:
    """The integration column is the source_type_name in lower case, with underscores."""
    right = names.integration_name(tile.stated("/assets/integration/source_type_name"))
    if not right:
        return

    def wrong(value: str, _: dict[str, str]) -> tuple[str, str] | None:
        return None if not value or value == right else (f"integration is {quoted(value)}", f"write {right}")

    yield from _each(tile, "integration", wrong, lambda _: right)
