"""Mending what has one right answer: the findings' fixes applied until none is left, as a change set to be looked at first.

A fix changes the bytes that it must and no others. Fixes that speak of places (a row, an item of a list) are applied from
the end of a file to its start, one at a place; then the tile is checked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..rules.findings import Finding, Severity
from ..rules.manifest.around import wanted_job, wanted_overrides
from ..rules.registry import Rule
from ..tile.codeowners import owned
from ..tile.jobs_writing import with_job
from ..tile.overrides import CONFIG, with_lines
from ..writing.changes import ChangeSet, FileChange, plan
from .allowed import Allowance
from .check import Checker

if TYPE_CHECKING:
    from ..tile.tile import Tile

ROUNDS = 20
"""Checks at most: a mend may bring out another fault, but not for ever."""
CODEOWNERS = ".github/CODEOWNERS"


@dataclass(frozen=True)
class Mended:
    """What mending a tile comes to.

    Attributes:
        tile: with every mend applied, in memory.
        mends: the findings that were mended, in the order of mending.
        changes: what writing it would change in the tile's directory.
        around: what would change in the checkout around it: at most its CODEOWNERS, the workflow with its packages' jobs
            and its configuration of ddev; None when nothing.
    """

    tile: Tile
    mends: tuple[Finding, ...]
    changes: ChangeSet
    around: ChangeSet | None = None

    @property
    def change_sets(self) -> tuple[ChangeSet, ...]:
        """Whatever there is to write."""
        return tuple(each for each in (self.changes, self.around) if each is not None and not each.is_empty)

    def diff(self) -> str:
        """The diffs of all files."""
        return "".join(each.diff() for each in self.change_sets)


def mended(
    tile: Tile,
    *,
    rules: Iterable[Rule] | None = None,
    owner: str = "",
    severity: Severity = Severity.INFO,
    allowances: Sequence[Allowance] = (),
) -> Mended:
    """Apply every fix that the rules offer.

    Args:
        tile: as it was read.
        rules: whose findings are mended; by default all.
        owner: the user or team (``@acme/integrations``) for a missing line of CODEOWNERS; without one it stays missing,
            for nobody but the partner knows it.
        severity: the least that is mended: nothing is that a report leaves out.
        allowances: exceptions: what they allow is not mended.
    """
    checker, original, mends = Checker(rules, allowances), tile, []
    for _ in range(ROUNDS):
        findings = [finding for finding in checker.check(tile) if finding.severity.rank <= severity.rank]
        tile, done = _round(tile, [finding for finding in findings if finding.fix is not None])
        mends += done
        if not done:
            break
    around: list[FileChange] = []
    lacking = wanted_overrides(original)
    for finding in findings:
        change = None
        if finding.rule == "checkout/codeowners" and owner:
            change = with_owner(original, owner)
        elif finding.rule == "checkout/ci-job":
            change = with_missing_job(original)
        elif finding.rule == "checkout/overrides" and any(f"[{table}]" in finding.message for table in lacking):
            change = with_missing_overrides(original)
        if change is not None and original.checkout is not None:
            mends.append(finding)
            if change.path not in {each.path for each in around}:  # One change brings all lines of a file.
                around.append(change)
    return Mended(tile, tuple(mends), plan(tile, original), _around(original, around))


def _around(tile: Tile, changes: list[FileChange]) -> ChangeSet | None:
    checkout = tile.checkout
    return ChangeSet(checkout.root, tuple(changes), creates=False) if checkout is not None and changes else None


def _round(tile: Tile, findings: list[Finding]) -> tuple[Tile, list[Finding]]:
    """Apply at most one fix to a place, the last places of a file first: those before them stay where they are."""
    done: list[Finding] = []
    touched: set[tuple[str, str]] = set()
    for finding in sorted(findings, key=lambda each: (each.file, each.line or 0, each.column or 0), reverse=True):
        assert finding.fix is not None
        if any(file == finding.file and _overlap(pointer, finding.pointer) for file, pointer in touched):
            continue
        after = finding.fix(tile)
        if after is not tile and _differs(tile, after):
            touched.add((finding.file, finding.pointer))
            done.append(finding)
            tile = after
    return tile, done


def _overlap(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def _differs(before: Tile, after: Tile) -> bool:
    paths = {*before.paths, *after.paths}
    for path in paths:
        old, new = before.file(path), after.file(path)
        if old is not new and (old is None or new is None or old.data != new.data):
            return True
    return False


def with_owner(tile: Tile, owner: str) -> FileChange | None:
    """The checkout's CODEOWNERS with a line for the tile's directory, or None when there is no such file.

    Where the line goes, :func:`owned` says.
    """
    checkout = tile.checkout
    if checkout is None or checkout.codeowners is None or tile.root is None:
        return None
    folder = tile.root.resolve().relative_to(checkout.root.resolve()).as_posix()
    return _changed(checkout.root, CODEOWNERS, lambda text: owned(text, folder, owner))


def with_missing_job(tile: Tile) -> FileChange | None:
    """The checkout's workflow with the job of the tile's package, or None where it has one, or one of another form is asked for."""
    job = wanted_job(tile)
    if job is None or tile.checkout is None or tile.checkout.text(job.file) is None:
        return None
    return _changed(tile.checkout.root, job.file, lambda text: with_job(text, job))


def with_missing_overrides(tile: Tile) -> FileChange | None:
    """The checkout's configuration of ddev with the lines that stand in for the manifest of a package beside its listing."""
    checkout, values = tile.checkout, wanted_overrides(tile)
    if checkout is None or checkout.text(CONFIG) is None or not values:
        return None
    return _changed(checkout.root, CONFIG, lambda text: with_lines(text, tile.name, values))


def _changed(root: Path, path: str, change: Callable[[str], str | None]) -> FileChange | None:
    """A file of the checkout, read anew, as a change makes it; bytes that are no text stay."""
    before = (root / path).read_bytes()
    after = change(before.decode("utf-8", "surrogateescape"))
    return None if after is None else FileChange(path, before, after.encode("utf-8", "surrogateescape"))
