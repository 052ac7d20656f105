"""Metrics from a table: cells pasted from a spreadsheet, CSV with commas or semicolons, a metadata.csv."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tilewizard.answers.telemetry import MetricRow
from tilewizard.errors import Fault
from tilewizard.field.names import is_normalized_metric
from tilewizard.language import _, ngettext

from .cells import fault_of, mended
from .columns import SPARE, columns_by_content, columns_of_header
from .rows import Cancelled, Guess, Imported, Reading, Reason, never, unique

_DELIMITERS = {"\t": _("a table with tabs"), ",": _("a table with commas"), ";": _("a table with semicolons")}
_SEEN = 20
"""Rows that tell the columns where no header does."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row's cells, with where it starts in the text, and on which 1-based line."""

    cells: tuple[str, ...]
    offset: int
    line: int


def read_table(text: str, prefix: str = "", *, cancelled: Cancelled = never) -> Reading:
    """The metrics of a table, a row each.

    Args:
        text: lines of cells, by tabs, commas or semicolons; the first may name the columns, in any order and spelling
            (``Metric Name``, ``type``). Without names the columns are told by what they hold.
        prefix: put before a name that has no dot and so can't be whole.
        cancelled: asked before each row; what was read by then is returned.
    """
    text = re.sub(
        r"\r(?!\n)", "\n", text.removeprefix("\ufeff")
    )  # An old line break; as long as the new one, so places stay.
    delimiter = _delimiter(text)
    records, faults = _records(text, delimiter)
    kind = _DELIMITERS[delimiter]
    if not records:
        return Reading(kind, text, faults=(*faults, Fault(0, _("there are no rows"), kind="empty")))
    guesses: tuple[Guess, ...] = ()
    columns = columns_of_header(records[0].cells)
    if columns:
        records = records[1:]
    else:
        columns, guesses = columns_by_content([each.cells for each in records[:_SEEN]])
    if "metric_name" not in columns:
        hint = _("give one column the heading metric_name")
        return Reading(kind, text, faults=(*faults, Fault(0, _("no column holds the metrics' names"), hint, "columns")))
    found = []
    for record in records:
        if cancelled():
            break
        made, wrong = _row(record, columns, prefix, text)
        faults += wrong
        found += [(made, record.offset)] if made is not None else []
    imported, twice = unique(found)
    ordered = tuple(sorted([*faults, *twice], key=lambda fault: fault.offset))
    return Reading(kind, text, tuple(imported), ordered, guesses)


# -- lines


def _delimiter(text: str) -> str:
    first = next((line for line in text.split("\n", 100) if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(_DELIMITERS, key=bare.count)


def _records(text: str, delimiter: str) -> tuple[list[Record], list[Fault]]:
    """The rows that aren't blank. A quote that is never closed counts as a character, and what follows is read on."""
    records, faults = _parsed(text, delimiter, 0, 1, csv.QUOTE_MINIMAL)
    if records and _unclosed(text[records[-1].offset :], delimiter):
        last = records.pop()
        faults.append(Fault(last.offset, _("a quote is opened and never closed"), _('end the cell with "'), "quote"))
        rest, more = _parsed(text, delimiter, last.offset, last.line, csv.QUOTE_NONE)
        records += rest
        faults += more
    return records, faults


def _parsed(text: str, delimiter: str, start: int, line: int, quoting: int) -> tuple[list[Record], list[Fault]]:
    starts: list[int] = []

    def lines() -> Iterator[str]:
        position = start
        while position < len(text):
            end = text.find("\n", position) + 1 or len(text)
            starts.append(position)
            yield text[position:end]
            position = end

    records: list[Record] = []
    faults: list[Fault] = []
    reader = csv.reader(lines(), delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
    while True:
        first = reader.line_num
        try:
            cells = tuple(cell.strip() for cell in next(reader))
        except StopIteration:
            return records, faults
        except csv.Error as error:
            faults.append(Fault(starts[first], _("the row can't be read: {error}", error=error), _("it is left out")))
            continue
        if any(cells):
            records.append(Record(cells, starts[first], line + first))


def _unclosed(row: str, delimiter: str) -> bool:
    if '"' not in row:
        return False
    try:
        list(csv.reader(row.splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


# -- rows


def _row(record: Record, columns: dict[str, int], prefix: str, text: str) -> tuple[Imported | None, list[Fault]]:
    cells = record.cells
    values = {name: cells[at] for name, at in columns.items() if at < len(cells) and name != SPARE}
    faults = _too_many(record, columns, text)
    if not values.get("metric_name"):
        faults.append(Fault(record.offset, _("the row has no metric's name"), _("it is left out"), "name"))
        return None, faults
    reasons: list[Reason] = []
    for name, value in values.items():
        values[name], why = mended(name, value)
        if why:
            reasons.append((name, why, ""))
        fault = fault_of(name, values[name])
        if fault is not None:
            place = _offset(record, columns[name], text)
            faults.append(Fault(place, f"{name}: {fault[0]}", fault[1], "value"))
    name = values["metric_name"]
    if prefix and "." not in name and is_normalized_metric(name):
        values["metric_name"] = f"{prefix}{name}"
        reasons.append(("metric_name", _("a name without a dot lacks the prefix"), ""))
    typed = {name: _number(value) if name in ("interval", "orientation") else value for name, value in values.items()}
    row = MetricRow.model_validate(typed, context={"lenient": True})
    return Imported(row, record.line, tuple(reasons)), faults


def _number(value: str) -> int | str | None:
    if not value:
        return None
    return int(value) if re.fullmatch(r"-?(0|[1-9][0-9]{0,8})", value) else value


def _too_many(record: Record, columns: dict[str, int], text: str) -> list[Fault]:
    width = max(columns.values()) + 1
    if not any(record.cells[width:]):
        return []
    message = ngettext(
        "the row has {count} cell where there are {width} columns",
        "the row has {count} cells where there are {width} columns",
        len(record.cells),
        width=width,
    )
    hint = _("a cell that holds the delimiter stands in quotes")
    return [Fault(_offset(record, width, text), message, hint, "columns")]


def _offset(record: Record, at: int, text: str) -> int:
    """Where a cell stands: behind the cells before it."""
    position = record.offset
    for cell in record.cells[:at]:
        found = text.find(cell, position)
        position = (found if found >= 0 else position) + len(cell)
    cell = record.cells[at]
    found = text.find(cell, position) if cell else position
    return found if found >= 0 else record.offset
