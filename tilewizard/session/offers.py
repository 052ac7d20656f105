"""What a written tile asks for elsewhere than in its answers: shown as a diff, written on request alone.

In its Agent package: entries of the map of metrics, the files that are made of spec.yaml. In the checkout around it: the job that
runs the package's tests, its owner's line. Nothing here writes but :func:`take`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from tilewizard.language import _

from ..checking.configuration import OWNERS, configuration_around
from ..checking.mend import CODEOWNERS, mended
from ..errors import TilewizardError
from ..rules.registry import rules_by_name
from ..tile.overrides import CONFIG
from ..tile.tile import Tile, read
from ..writing.changes import ChangeSet, FileChange, plan
from ..writing.commit import commit
from .package_changes import map_changes, spec_changes

AROUND = ("checkout/ci-job", "checkout/overrides", "checkout/codeowners")
"""The rules whose faults are mended in the checkout."""
NO_OWNER = _("Write who owns the tile above: a user or team of GitHub, such as @acme/integrations.")


@dataclass(frozen=True)
class Offer:
    """What would change at once: one file, or two that belong together.

    Attributes:
        title: what it brings, a few words.
        changes: what would be written; None while something is not known.
        lacks: what is not known, a sentence; empty when all is.
    """

    title: str
    changes: ChangeSet | None
    lacks: str = ""

    @property
    def path(self) -> str:
        """The first file that changes, from the root of its change set; empty while that isn't known."""
        return self.changes.changed[0].path if self.changes is not None else ""


def offers(root: Path, owner: str = "") -> list[Offer]:
    """All that a tile on the disk asks for, read anew.

    Args:
        root: the tile's directory.
        owner: who owns it (``@acme/integrations``); where that is empty or no user or team, the line of CODEOWNERS is offered
            without its change.

    Raises:
        UnusableTile: the directory can't be read.
    """
    tile = read(root)
    return [*inside(tile), *around(tile, owner)]


def inside(tile: Tile) -> list[Offer]:
    """What the tile's metadata.csv and spec.yaml ask of its package."""
    found = []
    for each in (*map_changes(tile), *spec_changes(tile)):
        changes = plan(tile.with_files(each.files), tile) if each.files else None
        found.append(Offer(each.title, changes, each.lacks))
    return found


def around(tile: Tile, owner: str = "") -> list[Offer]:
    """What a tile asks for in the checkout that it stands in; nothing where there is none."""
    if tile.checkout is None:
        return []
    rules = [rules_by_name()[name] for name in AROUND]
    known = owner if OWNERS.fullmatch(owner) else ""
    found = mended(tile, rules=rules, owner=known)
    made = found.around.changed if found.around is not None else ()
    offered = [Offer(_title(each), _alone(found.around, each)) for each in made if found.around is not None]
    if not known and with_a_line_missing(tile):
        offered.append(Offer(_("Your line in {codeowners}", codeowners=CODEOWNERS), None, NO_OWNER))
    return offered


def with_a_line_missing(tile: Tile) -> bool:
    """Whether the checkout's CODEOWNERS has no owner for the tile."""
    return any(True for __ in rules_by_name()["checkout/codeowners"].check(tile))


def usual_owner(root: Path) -> str:
    """Who owns new tiles, as tilewizard.toml says; empty where it doesn't, or can't be read."""
    try:
        return configuration_around(root.resolve().parent).owner
    except TilewizardError:
        return ""


def take(offer: Offer) -> list[str]:
    """Write what is offered. Returns the paths written, from the root of its change set.

    Raises:
        WriteRefused: nothing was written, and why.
        ChangedOnDisk: the file is another one than was shown.
    """
    return commit(offer.changes) if offer.changes is not None else []


def _title(change: FileChange) -> str:
    if change.path == CODEOWNERS:
        return _("Your line in {codeowners}", codeowners=CODEOWNERS)
    if change.path == CONFIG:
        return _("The lines of your package in {path}", path=change.path)
    return _("The job of your package's tests in {path}", path=change.path)


def _alone(changes: ChangeSet, change: FileChange) -> ChangeSet:
    return replace(changes, changes=(change,))
