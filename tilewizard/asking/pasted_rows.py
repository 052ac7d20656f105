"""Rows of a table question from pasted text: cells of a spreadsheet, a line a row, files that were dropped."""

from __future__ import annotations

import csv
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from tilewizard.answers.declaring import Kind
from tilewizard.answers.model import Answers
from tilewizard.answers.paths import is_given
from tilewizard.answers.questions import Question
from tilewizard.answers.typed import items_of
from tilewizard.answers.typed_path import typed_path
from tilewizard.language import _

from .reading import Unfit, value_typed


@dataclass(frozen=True)
class PastedRows:
    """What was read.

    Attributes:
        rows: in the order of the text.
        left_out: the columns that answer no question of the table: their headings, or ``column 5``.
    """

    rows: list[BaseModel]
    left_out: tuple[str, ...] = ()


def rows_pasted(table: Question, text: str, answers: Answers) -> PastedRows:
    """The rows that a pasted text stands for, in its order; blank lines are none.

    Cells are parted by tabs, or by commas or semicolons under headings that are questions of the table ("Picture",
    ``short_description``). Without headings they fill, from the left, the questions that nothing fills in. A line without
    cells is a file's path where the table asks for files, else the first text that it asks for; several paths in one
    line, as a terminal delivers files that are dropped on it, are a row each. What can't be an answer stays the text that
    it is: rules say what is wrong with it, and nothing is lost.

    Args:
        table: the question; its ``row`` makes an empty row.
        text: as it was pasted.
        answers: those of now, which closed lists may depend on.
    """
    assert table.row is not None
    empty = table.row()
    columns = [each for each in table.columns if each.ask.kind != Kind.TEXTS]
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    if not lines:
        return PastedRows([])
    records = _records(lines, columns)
    named: list[Question | None] = _named(records[0], columns)
    headings: list[str] = []
    if named:
        headings, records = records[0], records[1:]
    elif max(map(len, records)) == 1:
        alone = _alone(columns)
        named = [alone]
        records = [[path] for record in records for path in _dropped(record[0], alone)]
    else:
        named = [each for each in columns if each.ask.derive is None and not is_given(getattr(empty, each.path[-1]))]
    width = max((at + 1 for record in records for at, cell in enumerate(record) if cell), default=0)
    left_out = [at for at in range(width) if at >= len(named) or named[at] is None]
    return PastedRows(
        [_row(empty, named, record, answers) for record in records],
        tuple(
            headings[at] if at < len(headings) and headings[at] else _("column {place}", place=at + 1)
            for at in left_out
        ),
    )


def are_rows(table: Question, text: str) -> bool:
    """Whether a text that was pasted into one field of a table is rather rows: lines of cells, or several files."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and "\t" in text:
        return True
    files = next((each for each in table.columns if each.ask.kind == Kind.FILE), None)
    if files is None or len(text.split()) < 2:
        return False
    paths = [path for line in lines for path in _dropped(line.strip(), files)]
    return len(paths) > 1 and all(Path(typed_path(path)).is_file() for path in paths)


def _records(lines: list[str], columns: list[Question]) -> list[list[str]]:
    def parted(delimiter: str, some: list[str]) -> list[list[str]]:
        return [[cell.strip() for cell in record] for record in csv.reader(some, delimiter=delimiter)]

    try:
        if any("\t" in line for line in lines):
            return parted("\t", lines)
        for delimiter in (",", ";"):
            if delimiter in lines[0] and _named(parted(delimiter, lines[:1])[0], columns):
                return parted(delimiter, lines)
    except csv.Error:  # A quote without an end, a cell beyond the reader's limit: the lines stay as they are.
        pass
    return [[line.strip()] for line in lines]


def _named(cells: list[str], columns: list[Question]) -> list[Question | None]:
    """The questions that headings name, in their order; nothing unless most of them name one."""
    by_name = {_plain(name): each for each in columns for name in (each.ask.title, each.path[-1])}
    found = [by_name.get(_plain(cell)) for cell in cells]
    return found if 2 * sum(each is not None for each in found) > len(found) else []


def _plain(heading: str) -> str:
    return "".join(filter(str.isalnum, heading.casefold()))


def _alone(columns: list[Question]) -> Question:
    """What a line without cells answers."""
    for kinds in ((Kind.FILE,), (Kind.TEXT, Kind.LONG_TEXT)):
        if found := next((each for each in columns if each.ask.kind in kinds), None):
            return found
    return columns[0]


def _dropped(line: str, column: Question) -> list[str]:
    """The paths in a line, where all of them are files; else the line."""
    if column.ask.kind == Kind.FILE and not Path(typed_path(line)).exists():
        try:
            paths = shlex.split(line)
        except ValueError:
            return [line]
        if len(paths) > 1 and all(Path(typed_path(path)).is_file() for path in paths):
            return paths
    return [line]


def _row(empty: BaseModel, columns: list[Question | None], cells: list[str], answers: Answers) -> BaseModel:
    values = {
        column.path[-1]: _value(column, cell, answers, getattr(empty, column.path[-1]))
        for column, cell in zip(columns, cells, strict=False)
        if cell and column is not None
    }
    return empty.model_copy(update=values)


def _value(column: Question, cell: str, answers: Answers, before: Any) -> Any:
    if column.ask.kind == Kind.LIST:
        return items_of(cell)
    try:
        return value_typed(column, cell, answers, before)
    except Unfit:
        return {Kind.FILE: typed_path(cell), Kind.SWITCH: before}.get(column.ask.kind, cell)
