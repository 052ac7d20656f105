"""Checking many tiles: each order can be carried out in another process, and comes back as plain values."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from tilewizard.language import _

from ..errors import UnusableTile
from ..field.vocabulary import Target
from ..quoting import visible
from ..rules.findings import Finding, Severity
from ..rules.registry import Rule, all_rules
from ..tile.checkout import Checkout
from ..tile.places import place_of
from ..tile.tile import Tile, read
from .allowed import Allowance, parted
from .check import findings_of, settled
from .checked import Checked
from .configuration import Configuration
from .remembered import Memory

_CHECKOUTS: dict[Path, Checkout] = {}
"""Of a process that carries out lot after lot."""
WORTH = 24
"""Tiles from which on a second process pays for its start."""
LEAST_GARBAGE = 50_000
"""New objects after which a process looks for circles among them."""
RECALLED = 400
"""Tiles whose findings are looked up before any other process is started."""


@dataclass(frozen=True)
class Order:
    """One tile to check.

    Attributes:
        path: its directory.
        target: the repository; None: find out.
        severity: the least that is reported.
        select: rules to run (see :func:`tilewizard.checking.select.selected`); nothing means all.
        ignore: rules to leave out.
        allowances: the exceptions of the checkout.
        memory: where findings are remembered from one check to the next; None: nowhere.
    """

    path: Path
    target: Target | None = None
    severity: Severity = Severity.INFO
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    memory: Memory | None = None

    @classmethod
    def by(cls, path: Path, settings: Configuration) -> Order:
        """How the tile in a directory is checked by some settings; they may leave rules out in a tile of its name."""
        ignored = settings.ignored_in(path.resolve().name)
        return cls(path, settings.target, settings.severity, settings.select, ignored, settings.allow)

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

    def checked(self, checkouts: dict[Path, Checkout] | None = None) -> Checked:
        """The tile's findings; ``checkouts`` are shared with other tiles.

        Raises:
            UnusableTile: the directory can't be read.
        """
        tile = self.tile(checkouts)
        try:
            found = self._recalled(tile)
            if found is None:
                rules = self.rules()
                found = self._asked_of(tile, rules)
        except OSError as error:  # Files can go, or be closed to us, while they are read.
            place, reason = visible(str(error.filename or self.path)), error.strerror or str(error)
            raise UnusableTile(
                _("can't be read: {reason}", reason=reason), file=place, remedy=_("check again")
            ) from error
        return self._told(tile, found)

    def _asked_of(self, tile: Tile, rules: Iterable[Rule]) -> list[Finding]:
        if self.memory is None:
            return settled(findings_of(tile, rules))
        return self.memory.found(tile, rules, self._words)

    def checked_as(self, tile: Tile) -> Checked:
        """The findings of a tile that is read already."""
        return self._told(tile, settled(findings_of(tile, self.rules())))

    def recalled(self, checkouts: dict[Path, Checkout] | None = None) -> Checked | None:
        """The tile's findings as they are remembered; None when they aren't, or can't be told without a check."""
        try:
            tile = self.tile(checkouts)
            found = self._recalled(tile)
        except (UnusableTile, OSError):
            return None
        return None if found is None else self._told(tile, found)

    def _recalled(self, tile: Tile) -> list[Finding] | None:
        return None if self.memory is None or self.memory.blank else self.memory.recalled(tile, self._words)

    @property
    def _words(self) -> tuple[str, ...]:
        return (*self.select, "but", *self.ignore)

    def _told(self, tile: Tile, found: list[Finding]) -> Checked:
        against, allowed, used = parted(found, self.allowances, tile.name)
        kept, let = ([each for each in some if each.severity.rank <= self.severity.rank] for some in (against, allowed))
        kept, let = ([_placed(tile, each) for each in some] for some in (kept, let))
        return Checked(self.path, tile.target.value, kept, let, used)


def _placed(tile: Tile, finding: Finding) -> Finding:
    """A finding at the place on the disk of the file that it is about."""
    place = place_of(tile, finding.file)
    return finding if place == finding.file else replace(finding, file=place)


def checked_all(orders: list[Order]) -> tuple[list[Checked], list[UnusableTile]]:
    """Carry out orders, many of them in several processes: the findings in the orders' order, and what can't be read."""
    checkouts: dict[Path, Checkout] = {}
    known = _remembered(orders, checkouts)
    unknown = [order for at, order in enumerate(orders) if at not in known]
    asked = iter(list(_asked(unknown, checkouts)))
    results = _parted(known[at] if at in known else next(asked) for at in range(len(orders)))
    if unknown and unknown[0].memory is not None:
        unknown[0].memory.tidied()
    return results


def _remembered(orders: list[Order], checkouts: dict[Path, Checkout]) -> dict[int, Checked]:
    """What needs no check, by the order's number; of very many tiles only the first are looked at here."""
    found: dict[int, Checked] = {}
    for at, order in enumerate(orders[:RECALLED]):
        if order.memory is None or order.memory.blank:
            break
        checked = order.recalled(checkouts)
        if checked is not None:
            found[at] = checked
    return found


def _asked(orders: list[Order], checkouts: dict[Path, Checkout]) -> Iterable[Checked | UnusableTile]:
    """Carry out orders, many of them in several processes."""
    workers = min(os.cpu_count() or 1, len(orders) // WORTH + 1, 8)
    if workers < 2 or not hasattr(os, "fork"):
        yield from (_tried(order, checkouts) for order in orders)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    if len(orders) <= RECALLED or orders[0].memory is None:
        all_rules()  # Imported once, before the processes part.
    _CHECKOUTS.clear()
    # Small lots: tiles differ in size by a factor of a hundred.
    lots = [orders[at : at + 8] for at in range(0, len(orders), 8)]
    with ProcessPoolExecutor(workers, mp_context=get_context("fork"), initializer=_begin) as pool:
        for lot in pool.map(_check_lot, lots):
            yield from lot


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
        return order.checked(checkouts)
    except UnusableTile as error:
        return error


def _begin() -> None:
    """Each process leaves Ctrl+C to the one that gave the orders: it says so once, and ends the others.

    What is loaded by now stays, and a check makes many objects and few circles: Python looks for these less often.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(LEAST_GARBAGE, 20, 50)


def _check_lot(orders: list[Order]) -> list[Checked | UnusableTile]:
    results = (_tried(order, _CHECKOUTS) for order in orders)
    return [_portable(each) if isinstance(each, Checked) else each for each in results]


def _portable(checked: Checked) -> Checked:
    """Without the mends, which are functions of this process."""
    kept, let = ([replace(each, fix=None) for each in some] for some in (checked.findings, checked.allowed))
    return replace(checked, findings=kept, allowed=let)
