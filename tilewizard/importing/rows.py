"""What reading metrics gives: rows, what was guessed about each, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from tilewizard.answers.telemetry import MetricRow
from tilewizard.documents.positions import LineIndex
from tilewizard.errors import Fault
from tilewizard.language import _
from tilewizard.quoting import quoted

Cancelled = Callable[[], bool]
"""Whether somebody asked to stop; asked every now and then."""


def never() -> bool:
    """Nobody asks to stop."""
    return False


@dataclass(frozen=True, slots=True)
class Guess:
    """A value that does not stand in the text as such.

    Attributes:
        field: the column of metadata.csv, such as ``unit_name``.
        value: what was put there.
        why: the reason, some words that follow "because": ``its name ends in _seconds``.
    """

    field: str
    value: str
    why: str


Reason = tuple[str, str, str]
"""A column, why its value was guessed, and what was guessed where that is not the whole cell; else nothing."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A metric, the 1-based line that it begins on, and why it has what was guessed about it: many share one tuple."""

    row: MetricRow
    line: int
    reasons: tuple[Reason, ...] = ()

    @property
    def guesses(self) -> tuple[Guess, ...]:
        """What was guessed, with its values."""
        return tuple(Guess(name, part or getattr(self.row, name), why) for name, why, part in self.reasons)


@dataclass(frozen=True)
class Reading:
    """What a text holds.

    Attributes:
        kind: what the text was taken for, some words: ``Prometheus text``.
        text: what was read; faults' offsets are places in it.
        imported: a metric each, names unique.
        faults: what could not be taken, or was taken though it is wrong; in the text's order.
        guesses: those that hold for all rows, such as which column holds the unit.
    """

    kind: str
    text: str
    imported: tuple[Imported, ...] = ()
    faults: tuple[Fault, ...] = ()
    guesses: tuple[Guess, ...] = field(default=())

    @property
    def rows(self) -> list[MetricRow]:
        """The metrics alone."""
        return [each.row for each in self.imported]

    @cached_property
    def _place(self) -> LineIndex:
        return LineIndex(self.text)

    def place(self, fault: Fault) -> tuple[int, int]:
        """The 1-based line and column of a fault."""
        return self._place(fault.offset)


def unique(found: Iterable[tuple[Imported, int]]) -> tuple[list[Imported], list[Fault]]:
    """The first metric of each name, and a fault for every other; each comes with its offset in the text."""
    first: dict[str, Imported] = {}
    faults = []
    for each, offset in found:
        name = each.row.metric_name
        if name in first:
            message = _("{name} came before, on line {line}", name=quoted(name), line=first[name].line)
            faults.append(Fault(offset, message, _("this one is left out"), "duplicate"))
        else:
            first[name] = each
    return list(first.values()), faults
