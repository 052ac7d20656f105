"""The rows of metadata.csv as its rules read them: cell by cell, down a column."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tilewizard.documents.csv_document import CsvDocument, CsvRow
from tilewizard.field.vocabulary import vocabulary
from tilewizard.language import _, ngettext
from tilewizard.rules.findings import Problem
from tilewizard.tile.tile import METADATA, Tile

from ..registry import Example

MOST = 25
"""Findings of one rule on one file; the rest is counted."""
PREFIX = "/assets/integration/metrics/prefix"
HEADER = ",".join(column for column in vocabulary()["metadata_columns"] if column != "sample_tags")
_ROW = {
    "metric_name": "acme_widget.requests", "metric_type": "count", "interval": "", "unit_name": "request",
    "per_unit_name": "", "description": "Requests that the widget served.", "orientation": "0",
    "integration": "acme_widget", "short_name": "requests", "curated_metric": "",
}  # fmt: skip


def example_rows(*rows: dict[str, str]) -> Example:
    """An example: the file with these rows, each laid over a clean one."""
    lines = [",".join(({**_ROW, **row})[column] for column in HEADER.split(",")) for row in rows]
    return Example(METADATA, "\n".join([HEADER, *lines]) + "\n", shown="\n".join(lines))


def table(tile: Tile) -> CsvDocument | None:
    """The metadata, when there is a file with rows."""
    file = tile.file(METADATA)
    return file.csv if file is not None and file.csv.rows else None


Cell = Callable[[str, CsvRow], tuple[str, ...] | None]
"""From a cell's value and its row to what is wrong, what would be right and, if at all, what to do at the question, or None."""


def each_cell(tile: Tile, column: str, wrong: Cell, fix: Callable[[str], str] | None = None) -> Iterator[Problem]:
    """What is wrong with the cells of a column, at most :data:`MOST` of them; ``fix`` gives the right cell for a wrong one."""
    document = table(tile)
    if document is None or document.column(column) is None:
        return
    found = 0
    for index, (value, record) in enumerate(zip(document.values(column), document.rows, strict=True)):
        fault = wrong(value, record)
        if fault is None:
            continue
        found += 1
        if found <= MOST:
            mend = setting_cell(column, record.get("metric_name", ""), value, fix(value)) if fix else None
            own = fault[2] if len(fault) > 2 else ""
            yield Problem(fault[0], METADATA, f"/{index}/{column}", hint=fault[1], form=own, fix=mend)
    if found > MOST:
        yield Problem(
            ngettext(
                "and {count} more row with the same fault in {column}",
                "and {count} more rows with the same fault in {column}",
                found - MOST,
                column=column,
            ),
            METADATA,
            hint=_("mend them alike"),
        )


def setting_cell(column: str, name: str, old: str, new: str) -> Callable[[Tile], Tile]:
    """The mend that writes a cell of the first row of this metric whose cell still reads as it did."""

    def fix(tile: Tile) -> Tile:
        document = table(tile)
        for index, record in enumerate(document.rows if document else ()):
            if record.get("metric_name", "") == name and record.get(column) == old and document:
                return tile.with_text(METADATA, document.with_cell(index, column, new).text)
        return tile

    return fix
