"""Checking many tiles: each order can be carried out in another process, and comes back as plain values."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import UnusableTile
from ..field.vocabulary import Target
from ..quoting import visible
from ..reporting.checked import Checked
from ..rules.findings import Severity
from ..rules.registry import Rule, all_rules
from ..tile.checkout import Checkout
from ..tile.tile import Tile, read
from .check import check

_CHECKOUTS: dict[Path, Checkout] = {}
"""Of a process that carries out lot after lot."""
WORTH = 24
"""Tiles from which on a second process pays for its start."""


@dataclass(frozen=True)
class Order:
    """One tile to check.

    Attributes:
        path: its directory.
        target: the repository; None: find out.
        severity: the least that is reported.
        select: rules to run (see :func:`tilewizard.checking.select.selected`); nothing means all.
        ignore: rules to leave out.
    """

    path: Path
    target: Target | None = None
    severity: Severity = Severity.INFO
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def tile(self, checkouts: dict[Path, Checkout] | None = None) -> Tile:
        """The tile, read; ``checkouts`` are shared with other tiles.

        Raises:
            UnusableTile: the directory can't be read.
        """
        tile = read(self.path, checkouts)
        return tile if self.target is None else tile.for_target(self.target)

    def rules(self) -> tuple[Rule, ...]:
        """The rules to run.

        Raises:
            TilewizardError: a word that no rule answers to.
        """
        if not (self.select or self.ignore):
            return all_rules()
        from .select import selected

        return selected(self.select, self.ignore)

    def carried_out(self, checkouts: dict[Path, Checkout] | None = None) -> Checked:
        """The tile's findings; ``checkouts`` are shared with other tiles.

        Raises:
            UnusableTile: the directory can't be read.
        """
        tile = self.tile(checkouts)
        try:
            found = check(tile, rules=self.rules())
        except OSError as error:  # Files can go, or be closed to us, while they are read.
            place, reason = visible(str(error.filename or self.path)), error.strerror or str(error)
            raise UnusableTile(f"can't be read: {reason}", file=place, remedy="check again") from error
        kept = [finding for finding in found if finding.severity.rank <= self.severity.rank]
        return Checked(self.path, tile.target.value, kept)


def checked_all(orders: list[Order]) -> tuple[list[Checked], list[UnusableTile]]:
    """Carry out orders, many of them in several processes: the findings in the orders' order, and what can't be read."""
    workers = min(os.cpu_count() or 1, len(orders) // WORTH + 1, 8)
    if workers < 2 or not hasattr(os, "fork"):
        checkouts: dict[Path, Checkout] = {}
        return _parted(_tried(order, checkouts) for order in orders)
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    all_rules()  # Imported once, before the processes part.
    _CHECKOUTS.clear()
    # Small lots: tiles differ in size by a factor of a hundred.
    lots = [orders[at : at + 8] for at in range(0, len(orders), 8)]
    with ProcessPoolExecutor(workers, mp_context=get_context("fork"), initializer=_leave_interrupts) as pool:
        return _parted(each for lot in pool.map(_carried_out, lots) for each in lot)


def _parted(results: Iterable[Checked | UnusableTile]) -> tuple[list[Checked], list[UnusableTile]]:
    checked: list[Checked] = []
    faults: list[UnusableTile] = []
    for each in results:
        if isinstance(each, UnusableTile):
            faults.append(each)
        else:
            checked.append(each)
    return checked, faults


def _tried(order: Order, checkouts: dict[Path, Checkout]) -> Checked | UnusableTile:
    try:
        return order.carried_out(checkouts)
    except UnusableTile as error:
        return error


def _leave_interrupts() -> None:
    """Ctrl+C is for the process that gave the orders: it says so once, and ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _carried_out(orders: list[Order]) -> list[Checked | UnusableTile]:
    results = (_tried(order, _CHECKOUTS) for order in orders)
    return [_portable(each) if isinstance(each, Checked) else each for each in results]


def _portable(checked: Checked) -> Checked:
    """Without the mends, which are functions of this process."""
    return replace(checked, findings=[replace(finding, fix=None) for finding in checked.findings])
