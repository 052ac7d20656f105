"""Rows that come put into those that are there, metric by metric."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tilewizard.answers.telemetry import MetricRow

_CELLS = tuple(name for name in MetricRow.model_fields if name != "metric_name")


@dataclass(frozen=True, slots=True)
class Changed:
    """A metric that was there, and each of its cells that differs now: column, old value, new value."""

    name: str
    cells: tuple[tuple[str, object, object], ...]


@dataclass
class Merged:
    """What merging gives.

    Attributes:
        rows: those that were there, in their order, then the new ones.
        added: names of new metrics.
        changed: metrics with other cells than before.
        unchanged: names of metrics to which nothing came.
    """

    rows: list[MetricRow]
    added: list[str] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


def merge(existing: Sequence[MetricRow], new: Sequence[MetricRow], *, overwrite: bool = False) -> Merged:
    """New rows put into existing ones by ``metric_name``.

    An empty cell is filled; one that holds something stays, unless ``overwrite``. An empty cell never replaces anything. A
    new row without a name is passed over. Rows to which nothing came are the same objects.
    """
    merged = Merged(list(existing))
    places: dict[str, int] = {}
    for at, row in enumerate(existing):
        places.setdefault(row.metric_name, at)
    for row in new:
        name = row.metric_name
        if not name:
            continue
        if name not in places:
            places[name] = len(merged.rows)
            merged.rows.append(row)
            merged.added.append(name)
            continue
        cells = _differing(merged.rows[places[name]], row, overwrite)
        if cells:
            update = {column: value for column, _, value in cells}
            merged.rows[places[name]] = merged.rows[places[name]].model_copy(update=update)
            merged.changed.append(Changed(name, cells))
        else:
            merged.unchanged.append(name)
    return merged


def _differing(old: MetricRow, new: MetricRow, overwrite: bool) -> tuple[tuple[str, object, object], ...]:
    found = []
    for column in _CELLS:
        was, now = getattr(old, column), getattr(new, column)
        if now in ("", None) or now == was:
            continue
        if overwrite or was in ("", None):
            found.append((column, was, now))
    return tuple(found)
