"""metadata.csv and assets/service_checks.json: what is sent."""

from __future__ import annotations

from typing import Any

from tilewizard.answers.conditions import sends_data, sends_metrics
from tilewizard.answers.deriving import integration_column
from tilewizard.answers.model import Answers
from tilewizard.answers.telemetry import MetricRow, ServiceCheck
from tilewizard.documents.csv_document import CsvDocument, CsvRow
from tilewizard.documents.json_document import JsonDocument
from tilewizard.field.vocabulary import vocabulary
from tilewizard.tile.tile import METADATA, SERVICE_CHECKS, Tile, TileFile

from . import agent_metrics
from .part import Files, Part, Writing, shown
from .pointers import at_pointer

COLUMNS: tuple[str, ...] = tuple(vocabulary()["metadata_columns"])
_OPTIONAL = ("sample_tags",)
CHECK_KEYS = ("agent_version", "integration", "check", "statuses", "groups", "name", "description")


def extract_metrics(tile: Tile) -> dict[str, Any]:
    """The rows of metadata.csv."""
    file = tile.file(METADATA)
    if file is None:
        return {}
    rows = [{key: record.get(key, "") for key in COLUMNS} for record in file.csv.rows]
    for row in rows:
        for key in ("interval", "orientation"):
            row[key] = _number(row[key])  # type: ignore[assignment]
    return {"metrics": {"rows": rows}}


def _number(text: str) -> int | str | None:
    if text == "":
        return None
    plain = text.removeprefix("-")
    return int(text) if plain.isascii() and plain.isdigit() and len(plain) < 10 and str(int(text)) == text else text


def cells(row: MetricRow, integration: str) -> dict[str, str]:
    """A row as the cells of metadata.csv; the integration and the orientation are filled in."""
    found = {key: "" if value is None else str(value) for key in COLUMNS for value in (getattr(row, key),)}
    found["integration"] = found["integration"] or integration
    found["orientation"] = found["orientation"] or "0"
    return found


def metrics_files(writing: Writing) -> Files:
    """metadata.csv with the changed cells changed; a new one with a header and the rows."""
    before, after = writing.before, writing.after
    base = writing.base.file(METADATA)
    if base is None:
        if not sends_metrics(after) or (sends_metrics(before) and not writing.new and before.metrics == after.metrics):
            return {}
        integration = integration_column(after)
        records = [cells(row, integration) for row in after.metrics.rows]
        optional = [key for key in _OPTIONAL if any(record[key] for record in records)]
        columns = [key for key in COLUMNS if key not in _OPTIONAL or key in optional]
        return {METADATA: TileFile(METADATA, CsvDocument.new(columns, records).text.encode())}
    if before.metrics.rows == after.metrics.rows:
        return {}
    return {METADATA: base.with_text(_edited(base.csv, before, after).text)}


def _edited(document: CsvDocument, before: Answers, after: Answers) -> CsvDocument:
    integration = integration_column(after)
    records: list[dict[str, str]] = []
    for row, was in zip(after.metrics.rows, _aligned(document, before, after), strict=True):
        # A row that was there keeps what it leaves empty; a new one gets its derived cells.
        records.append({**was.by_column(), **_as_is(row)} if was is not None else cells(row, integration))
    for column in COLUMNS:
        if document.column(column) is None and any(record.get(column) for record in records):
            previous = COLUMNS[: COLUMNS.index(column)]
            place = next((each for each in reversed(previous) if document.column(each) is not None), None)
            document = document.with_column(column, after=place)
    return document.with_rows(records)


def _aligned(document: CsvDocument, before: Answers, after: Answers) -> list[CsvRow | None]:
    """For each row now the record that it was, or None: by place while no row came or went, else by name."""
    if len(before.metrics.rows) == len(after.metrics.rows):
        return list(document.rows)
    known: dict[str, list[CsvRow]] = {}
    for row, record in zip(before.metrics.rows, document.rows, strict=True):
        known.setdefault(row.metric_name, []).append(record)
    return [known[name].pop(0) if known.get(name := row.metric_name) else None for row in after.metrics.rows]


def _as_is(row: MetricRow) -> dict[str, str]:
    return {key: "" if value is None else str(value) for key in COLUMNS for value in (getattr(row, key),)}


def extract_checks(tile: Tile) -> dict[str, Any]:
    """The service checks, an entry for each item of the list whatever it is."""
    file = tile.file(SERVICE_CHECKS)
    value = file.json.value if file is not None else None
    if not isinstance(value, list):
        return {}
    return {"service_checks": [_check(item if isinstance(item, dict) else {}) for item in value]}


def _check(item: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {key: shown(item[key]) for key in ServiceCheck.model_fields if key in item}
    for key in ("statuses", "groups"):
        listed = item.get(key)
        found[key] = [shown(each) for each in listed] if isinstance(listed, list) else []
    return found


def check_keys(check: ServiceCheck) -> dict[str, Any]:
    """A service check as the file has it."""
    return {key: getattr(check, key) for key in CHECK_KEYS}


def checks_files(writing: Writing) -> Files:
    """service_checks.json with what differs; it exists whenever data is sent, empty if need be."""
    from .lists import write_list

    base = writing.base.file(SERVICE_CHECKS)
    after = writing.after
    if base is None:
        was_sent = sends_data(writing.before) and not writing.new
        if not sends_data(after) or (was_sent and writing.before.service_checks == after.service_checks):
            return {}
        listed = agent_metrics.service_checks(after) if writing.new else after.service_checks
        data = [check_keys(check) for check in listed]
        return {SERVICE_CHECKS: TileFile(SERVICE_CHECKS, JsonDocument.of(data).text.encode())}
    if base.json.broken or writing.before.service_checks == after.service_checks:
        return {}
    holder = {"checks": list(base.json.value) if isinstance(base.json.value, list) else []}
    write_list(holder, "/checks", writing.before.service_checks, after.service_checks, check_keys)
    changed = base.json.with_value("", at_pointer(holder, "/checks"), key_order=CHECK_KEYS)
    return {SERVICE_CHECKS: base.with_text(changed.text)}


METRICS = Part(
    "metrics",
    lambda answers: (answers.metrics.rows, integration_column(answers), sends_metrics(answers)),
    extract_metrics,
    metrics_files,
)
CHECKS = Part(
    "service checks",
    lambda answers: (
        *(answers.service_checks, sends_data(answers), answers.type),
        *(answers.metrics.prefix, answers.integration.source_type_name),
    ),
    extract_checks,
    checks_files,
)
