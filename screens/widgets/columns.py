"""Columns of a table: how wide each is drawn, and which is left out where there is no room for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

GAP = 2
"""Cells between two columns."""
LEAST = 14
"""Cells to which the least important column is narrowed before it is left out."""


@dataclass(frozen=True)
class Column:
    """A column: its heading, how many cells wide it is drawn at most, whether a row can do without it, and whether a row
    is known by it.
    """

    title: str
    width: int
    required: bool = False
    names: bool = False


@dataclass(frozen=True)
class Need:
    """What a column's texts ask for: cells of the longest one, and whether there is any."""

    cells: int
    filled: bool


def fitted(columns: Sequence[Column], needs: Sequence[Need], room: int) -> dict[int, int]:
    """Cells of each column that is drawn, by its index, from left to right.

    The one that a row is known by is drawn whole: half a name is that of many rows. Of the others those that hold anything
    come first, of them those that a row can't do without, each from left to right. None is narrowed while a less important
    one has room; what is left over when all of them have is for columns that are empty in all rows.
    """
    wanted = [
        max(cell_len(column.title), min(column.width, need.cells)) for column, need in zip(columns, needs, strict=True)
    ]
    order = sorted(
        range(len(columns)), key=lambda at: (not needs[at].filled, not columns[at].names, not columns[at].required, at)
    )
    drawn: dict[int, int] = {}
    left = room + GAP
    for at in order:
        if not needs[at].filled:
            break
        least = wanted[at] if columns[at].names else min(wanted[at], max(LEAST, cell_len(columns[at].title)))
        if drawn and least + GAP > left:
            break
        drawn[at] = max(1, min(wanted[at], left - GAP))
        left -= drawn[at] + GAP
    whole = all(at in drawn for at in order if needs[at].filled)
    for at in order:
        if whole and not needs[at].filled and (not drawn or wanted[at] + GAP <= left):
            drawn[at] = wanted[at]
            left -= wanted[at] + GAP
    return dict(sorted(drawn.items()))
