"""A CSV text that keeps its bytes: an edit of a cell changes that cell alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import TypeVar, overload

from tilewizard.errors import Fault, TilewizardError
from tilewizard.language import _, ngettext

T = TypeVar("T")
ROWS_MAX = 100_000
"""Lines of a table that is read; the longest published one has some 2,000."""


class CsvRow(Mapping[str, str]):
    """A row: its cells as they stand, and by the names of their columns, where a missing cell is empty. Immutable.

    Attributes:
        cells: as many as the row has.
    """

    __slots__ = ("_columns", "cells")

    def __init__(self, cells: tuple[str, ...], columns: Mapping[str, int]) -> None:
        self.cells = cells
        self._columns = columns

    def __getitem__(self, name: str) -> str:
        at = self._columns[name]
        return self.cells[at] if at < len(self.cells) else ""

    @overload
    def get(self, name: str, default: None = None, /) -> str | None: ...
    @overload
    def get(self, name: str, default: T, /) -> str | T: ...
    def get(self, name: str, default: T | None = None, /) -> str | T | None:
        """The cell of a column, or ``default`` when there is no such column."""
        at = self._columns.get(name)
        if at is None:
            return default
        return self.cells[at] if at < len(self.cells) else ""

    def by_column(self) -> dict[str, str]:
        """The cells by the names of their columns, in a dict of their own."""
        count = len(self.cells)
        return {name: self.cells[at] if at < count else "" for name, at in self._columns.items()}

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


@dataclass(frozen=True, slots=True)
class _RawRow:
    """A row as it stands: the span of each cell, quotes included, and the end of the row with its line break."""

    cells: tuple[tuple[int, int], ...]
    end: int


class CsvDocument:
    """An immutable CSV text with a header. Rows are counted from 0 below the header, -1 is the header itself.

    Values come from the standard library's reader; spans from a scan of the text, only when one is asked for.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @classmethod
    def parse(cls, text: str) -> CsvDocument:
        """The document of a text. Never raises."""
        return cls(text)

    @classmethod
    def new(cls, columns: Sequence[str], records: Sequence[Mapping[str, str]]) -> CsvDocument:
        """A new text with a header and a row for each record."""
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([record.get(column, "") for column in columns] for record in records)
        return cls(stream.getvalue())

    # -- reading

    @cached_property
    def _read(self) -> tuple[tuple[CsvRow, ...], int, Fault | None]:
        """The header and the rows, the line that the header stands on, and where reading stopped."""
        found: list[CsvRow] = []
        if self.too_long:
            message = _("has more than {limit:,} lines", limit=ROWS_MAX)
            return (), 1, Fault(0, message, _("list the metrics once each"), "size")
        reader = csv.reader(io.StringIO(self.text, newline=""))
        columns: dict[str, int] = {}
        line, first, fault = 1, 1, None
        same = {"": ""}.setdefault  # Most cells of a column say the same: each such text is kept once.
        try:
            for cells in reader:
                if cells:
                    if not found:
                        first = line
                        columns |= {name: at for at, name in enumerate(cells)}
                    found.append(CsvRow(tuple(map(same, cells, cells)), columns))
                line = reader.line_num + 1
        except csv.Error:
            # What comes before is kept.
            message = _(
                "has a cell of more than {csv:,} characters in or after line {line}",
                csv=csv.field_size_limit(),
                line=line,
            )
            fault = Fault(self._line_start(line), message, _("shorten it"), "cell")
        return tuple(found), first, fault

    def _line_start(self, line: int) -> int:
        offset = 0
        for __ in range(line - 1):
            offset = self.text.find("\n", offset) + 1
        return offset

    @cached_property
    def too_long(self) -> bool:
        """Whether there are more than :data:`ROWS_MAX` lines; then nothing is read."""
        return self.text.count("\n") + self.text.count("\r") > 2 * ROWS_MAX or self.text.count("\n") > ROWS_MAX

    @property
    def _all(self) -> tuple[CsvRow, ...]:
        return self._read[0]

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self._all[0].cells if self._all else ()

    @cached_property
    def rows(self) -> tuple[CsvRow, ...]:
        """The rows below the header, by their columns too; blank lines are none."""
        return self._all[1:]

    def values(self, name: str) -> list[str]:
        """The cells of a column that there is, row by row."""
        at = len(self.header) - 1 - self.header[::-1].index(name)
        return [row.cells[at] if at < len(row.cells) else "" for row in self.rows]

    def column(self, name: str) -> int | None:
        """The index of a column, or None."""
        return self.header.index(name) if name in self.header else None

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the form: kinds ``empty``, ``blank``, ``size``, ``cell``, ``columns``, ``quote``."""
        __, first, stopped = self._read
        found = [stopped] if stopped is not None else []
        if not self._all:
            return tuple(found) or (Fault(0, _("is empty"), _("write the header line at least"), "empty"),)
        if first > 1:
            found.append(Fault(0, _("starts with a blank line"), _("take it away: the header comes first"), "blank"))
        width = len(self.header)
        for index, row in enumerate(self.rows):
            if len(row.cells) != width:
                message = ngettext(
                    "has {count} cell where the header has {width} columns",
                    "has {count} cells where the header has {width} columns",
                    len(row.cells),
                    width=width,
                )
                found.append(
                    Fault(self.offset(index), message, _("a cell that holds a comma stands in quotes"), "columns")
                )
        if self._unclosed is not None:
            found.append(
                Fault(self._unclosed, _("has a quote that is never closed"), _('end the cell with "'), "quote")
            )
        return tuple(found)

    # -- places

    @cached_property
    def _scanned(self) -> tuple[tuple[_RawRow, ...], int | None]:
        """Every row's spans, and where a quote opens that is never closed."""
        text, size, position = self.text, len(self.text), 0
        rows: list[_RawRow] = []
        cells: list[tuple[int, int]] = []
        unclosed: int | None = None
        while position < size:
            start = position
            if text[position] == '"':
                position = self._after_quotes(position + 1)
                if position > size:
                    unclosed, position = start, size
            while position < size and text[position] not in ",\r\n":
                position += 1
            cells.append((start, position))
            if position < size and text[position] == ",":
                position += 1
                if position == size:
                    cells.append((size, size))
                continue
            if text.startswith("\r\n", position):
                position += 1
            position = min(size, position + 1)
            if cells != [(start, start)]:
                rows.append(_RawRow(tuple(cells), position))
            cells = []
        if cells:
            rows.append(_RawRow(tuple(cells), size))
        return tuple(rows), unclosed

    def _after_quotes(self, position: int) -> int:
        """The offset behind the quote that closes; beyond the text when none does."""
        while True:
            close = self.text.find('"', position)
            if close < 0:
                return len(self.text) + 1
            if self.text.startswith('""', close):
                position = close + 2
                continue
            return close + 1

    @property
    def _unclosed(self) -> int | None:
        return self._scanned[1] if '"' in self.text and not self._sound else None

    @cached_property
    def _sound(self) -> bool:
        """Whether the standard library's reader, told to be strict, has nothing to say; it says more than it must."""
        try:
            for __ in csv.reader(io.StringIO(self.text, newline=""), strict=True):
                pass
        except csv.Error:
            return False
        return True

    def _raw(self, row: int) -> _RawRow | None:
        rows = self._scanned[0]
        return rows[row + 1] if 0 <= row + 1 < len(rows) else None

    def offset(self, row: int, column: str | None = None) -> int:
        """The offset of a cell, or of a row; that of the text's end when there is no such row."""
        raw = self._raw(row)
        if raw is None:
            return len(self.text)
        index = self.column(column) if column else 0
        return raw.cells[min(index or 0, len(raw.cells) - 1)][0]

    def span(self, row: int, column: str) -> tuple[int, int] | None:
        """The span of a cell, quotes included, or None when there is none."""
        raw, index = self._raw(row), self.column(column)
        return raw.cells[index] if raw is not None and index is not None and index < len(raw.cells) else None

    # -- edits

    def with_cell(self, row: int, column: str, value: str) -> CsvDocument:
        """Another value in one cell; a cell that stood in quotes stays in quotes.

        Raises:
            KeyError: there is no such row or column.
        """
        index, raw = self.column(column), self._raw(row)
        if index is None or raw is None:
            raise KeyError(column if index is None else row)
        cells = self._all[row + 1].cells
        if index >= len(cells):
            start = raw.cells[-1][1]
            return self._spliced(start, start, "," * (index - len(cells) + 1) + _quoted(value))
        if cells[index] == value:
            return self
        start, end = raw.cells[index]
        return self._spliced(start, end, _quoted(value, always=self.text[start : start + 1] == '"'))

    def with_rows(self, records: Sequence[Mapping[str, str]]) -> CsvDocument:
        """The rows turned into other records: only rows and cells that differ are touched.

        Raises:
            TilewizardError: the table is too long to be read.
        """
        if self.too_long:
            raise TilewizardError(
                _("has more than {limit:,} lines and isn't edited", limit=ROWS_MAX), remedy=_("make it shorter first")
            )
        old = [tuple(record.get(name, "") for name in self.header) for record in self.rows]
        new = [tuple(record.get(name, "") for name in self.header) for record in records]
        if old == new:
            return self
        pieces: list[str] = []
        for kind, i1, i2, j1, j2 in _operations(old, new):
            if kind == "equal":
                pieces += [self._row_text(index) for index in range(i1, i2)]
                continue
            for step in range(j2 - j1):
                pieces.append(
                    self._changed_row(i1 + step, new[j1 + step]) if i1 + step < i2 else self._new_row(new[j1 + step])
                )
        rows = self._scanned[0]
        start = rows[0].end if rows else 0
        head = self.text[:start]
        if pieces and head and not head.endswith(("\n", "\r")):
            head += self._newline
        body = "".join(pieces)
        if body and not self._ends and body.endswith(self._newline):
            body = body.removesuffix(self._newline)
        tail = self.text[rows[-1].end :] if rows else ""
        return CsvDocument(head + body + tail)

    @cached_property
    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"

    @property
    def _ends(self) -> bool:
        return self.text.endswith(("\n", "\r")) or len(self._all) < 2

    def _row_text(self, row: int) -> str:
        """A row as it stands, with the blank lines before it; a line break is put where the text ended without."""
        rows = self._scanned[0]
        text = self.text[rows[row].end : rows[row + 1].end]
        return text if text.endswith(("\n", "\r")) else text + self._newline

    def _changed_row(self, row: int, values: tuple[str, ...]) -> str:
        raw = self._raw(row)
        assert raw is not None
        start = self._scanned[0][row].end
        text, cells = self._row_text(row), self._all[row + 1].cells
        for index in range(len(values) - 1, -1, -1):
            if index >= len(cells):
                if any(values[len(cells) : index + 1]) and index == len(values) - 1:
                    at = raw.cells[-1][1] - start
                    text = text[:at] + "".join(f",{_quoted(value)}" for value in values[len(cells) :]) + text[at:]
            elif cells[index] != values[index]:
                begin, end = raw.cells[index][0] - start, raw.cells[index][1] - start
                always = text[begin : begin + 1] == '"'
                text = text[:begin] + _quoted(values[index], always=always) + text[end:]
        return text

    def _new_row(self, values: tuple[str, ...]) -> str:
        return ",".join(_quoted(value) for value in values) + self._newline

    def with_column(self, name: str, *, after: str | None, default: str = "") -> CsvDocument:
        """A column more, after another one (None: first), with a value in every row."""
        index = self.column(after) if after else None
        if self.too_long:
            raise TilewizardError(
                _("has more than {limit:,} lines and isn't edited", limit=ROWS_MAX), remedy=_("make it shorter first")
            )
        pieces, position = [], 0
        for count, raw in enumerate(self._scanned[0]):
            value = _quoted(name if count == 0 else default)
            if index is None:
                at, text = raw.cells[0][0], f"{value},"
            else:
                at, text = raw.cells[min(index, len(raw.cells) - 1)][1], f",{value}"
            pieces += [self.text[position:at], text]
            position = at
        return CsvDocument("".join(pieces) + self.text[position:])

    def _spliced(self, start: int, end: int, text: str) -> CsvDocument:
        return CsvDocument(self.text[:start] + text + self.text[end:])


def _quoted(value: str, *, always: bool = False) -> str:
    if always or any(char in value for char in ',"\r\n'):
        return '"' + value.replace('"', '""') + '"'
    return value


def _operations(old: list[tuple[str, ...]], new: list[tuple[str, ...]]) -> list[tuple[str, int, int, int, int]]:
    """What turns the old rows into the new ones; rows that are alike at both ends are not looked at twice."""
    if len(old) == len(new):
        # No row came or went: rows are compared in place, which keeps an edit of one among thousands quick.
        return [
            ("equal" if a == b else "replace", i, i + 1, i, i + 1)
            for i, (a, b) in enumerate(zip(old, new, strict=True))
        ]
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    stop = 0
    while stop < min(len(old), len(new)) - start and old[-1 - stop] == new[-1 - stop]:
        stop += 1
    matcher = SequenceMatcher(None, old[start : len(old) - stop], new[start : len(new) - stop], False)
    middle = [(kind, i1 + start, i2 + start, j1 + start, j2 + start) for kind, i1, i2, j1, j2 in matcher.get_opcodes()]
    ends = [("equal", len(old) - stop, len(old), len(new) - stop, len(new))] if stop else []
    return [("equal", 0, start, 0, start), *middle, *ends]
