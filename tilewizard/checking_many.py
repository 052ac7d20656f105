"""Checking many tiles: each order can be carried out in another process, and comes back as plain values."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from .checking import check
from .checkout import Checkout
from .findings import Severity
from .reporting.checked import Checked
from .rules.registry import Rule, all_rules
from .tile import Tile, read
from .vocabulary import Target

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
        select: rules to run (see :func:`tilewizard.selecting.selected`); nothing means all.
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
        from .selecting import selected

        return selected(self.select, self.ignore)

    def carried_out(self, checkouts: dict[Path, Checkout] | None = None) -> Checked:
        """The tile's findings; ``checkouts`` are shared with other tiles.

        Raises:
            UnusableTile: the directory can't be read.
        """
        tile = self.tile(checkouts)
        found = check(tile, rules=self.rules())
        kept = [finding for finding in found if finding.severity.rank <= self.severity.rank]
        return Checked(self.path, tile.target.value, kept)


def checked_all(orders: list[Order]) -> list[Checked]:
    """Carry out orders, in their order; many of them in several processes.

    Raises:
        UnusableTile: a directory can't be read.
    """
    workers = min(os.cpu_count() or 1, len(orders) // WORTH + 1, 8)
    if workers < 2 or not hasattr(os, "fork"):
        checkouts: dict[Path, Checkout] = {}
        return [order.carried_out(checkouts) for order in orders]
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    all_rules()  # Imported once, before the processes part.
    _CHECKOUTS.clear()
    # Small lots: tiles differ in size by a factor of a hundred.
    lots = [orders[at : at + 8] for at in range(0, len(orders), 8)]
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        return [each for lot in pool.map(_carried_out, lots) for each in lot]


def _carried_out(orders: list[Order]) -> list[Checked]:
    return [_portable(order.carried_out(_CHECKOUTS)) for order in orders]


def _portable(checked: Checked) -> Checked:
    """Without the mends, which are functions of this process."""
    return replace(checked, findings=[replace(finding, fix=None) for finding in checked.findings])
