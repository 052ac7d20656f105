"""The next version of a published tile: proposed from what differs from the default branch, and written wherever a version stands.

A version is for what customers notice in their data (Datadog documentation, create an Agent-based integration): behaviour, metrics,
dashboards and what comes with them. Texts, logos and pictures are published without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from tilewizard.language import _

from ..answers.telemetry import MetricRow
from ..authoring.author import answers_of
from ..documents.changelog_document import Release
from ..errors import TilewizardError
from ..field.asset_kinds import ASSET_KINDS, DATAFLOWS, OAUTH_CLIENTS, AssetKind
from ..quoting import visible
from ..rules.readme.readme_commands import own_version, to_version
from ..tile.asset_files import files_of
from ..tile.checkout import Checkout
from ..tile.tile import CHANGELOG, Tile, TileFile

Version = tuple[int, int, int]
_RAISED = {"Removed": 0, "Changed": 0, "Added": 1, "Deprecated": 1, "Security": 1, "Fixed": 2}
"""Which number of a version a kind of change raises (datadog-checks-dev, VERSION_BUMP)."""
_VERSION = re.compile(r"(\d{1,9})\.(\d{1,9})\.(\d{1,9})")
_ABOUT = re.compile(r"""(?P<before>__version__\s*=\s*["'])[^"']*(?=["'])""")
_CODE = ("datadog_checks/", "assets/configuration/", "pyproject.toml")
_NAMES_MAX = 8
"""Names that one line of a changelog lists."""

Changes = tuple[tuple[str, tuple[str, ...]], ...]
"""Lines of a changelog by their kind, as a :class:`Release` has them."""


@dataclass(frozen=True)
class Proposal:
    """A release to make.

    Attributes:
        tile: with the version in every place, in memory.
        published: the version that is published.
        version: the one that comes next; that one where nothing asks for another.
        why: what asks for it, by kind; the lines of the changelog where it has none yet.
        own_lines: whether the changelog had lines for it already, which stay.
    """

    tile: Tile
    published: str
    version: str
    why: Changes
    own_lines: bool

    @property
    def needed(self) -> bool:
        """Whether there is a version to write."""
        return self.version != self.published


def proposed_release(tile: Tile, on: date, version: str = "") -> Proposal:
    """What the next release of a tile is.

    Args:
        tile: as it lies in its checkout.
        on: the day that its changelog names.
        version: the one that is wanted; by default what the changes ask for.

    Raises:
        TilewizardError: the tile is in no checkout or not published, its changelog is missing, or the version is none that can follow.
    """
    before = _published(tile)
    known = _number(_newest(before)) or _number(own_version(before))
    if known is None:
        raise _fault(
            tile, _("has no version on the default branch"), _("its changelog names none: add the release by hand")
        )
    _demand_up_to_date(tile, known)
    wanted = _wanted(tile, version, known)
    ahead = _ahead(tile, known)
    why = (
        ahead.changes
        if ahead is not None and any(items for __, items in ahead.changes)
        else changes_between(before, tile)
    )
    stands = _number(ahead.version) if ahead is not None else None
    following = wanted or stands or _raised(known, [kind for kind, __ in why])
    now, then = _written(following), _written(known)
    if following == known:
        return Proposal(tile, then, then, (), own_lines=False)
    after = _with_version(tile, ahead, Release(now, on.isoformat(), why))
    return Proposal(after, then, now, why, own_lines=ahead is not None and bool(ahead.changes))


def changes_between(before: Tile, after: Tile) -> Changes:
    """What differs that a version is for, as lines of a changelog: first what is gone or different, then what is new."""
    found: dict[str, list[str]] = {}
    for kind, line in (
        *_of_metrics(before, after),
        *_of_checks(before, after),
        *_of_assets(before, after),
        *_of_code(before, after),
    ):
        found.setdefault(kind, []).append(line)
    order = sorted(found, key=lambda kind: (_RAISED[kind], kind != "Removed"))
    return tuple((kind, tuple(found[kind])) for kind in order)


# -- what is published


def _published(tile: Tile) -> Tile:
    before = published_tile(tile)
    if before is None:
        _demand_up_to_date(tile, None)
        remedy = _("a first release has the version that its changelog names, 1.0.0 as a rule")
        raise _fault(tile, _("is not on the default branch yet"), remedy)
    return before


def _demand_up_to_date(tile: Tile, known: Version | None) -> None:
    """See to it that nothing newer was released on the default branch since this branch left it: two would be the same version."""
    checkout = tile.checkout
    assert checkout is not None
    text = checkout.published(f"{folder_of(tile, checkout)}/{CHANGELOG}")
    data = (text or "").encode("utf-8", "surrogateescape")
    newest = _newest(Tile({CHANGELOG: TileFile(CHANGELOG, data)}, name=tile.name))
    number = _number(newest)
    if number is not None and (known is None or number > known):
        branch = (checkout.default_branch or "").removeprefix("refs/remotes/").removeprefix("refs/heads/")
        remedy = _("`git rebase {branch}` first, and then again: the version follows that one", branch=branch)
        raise _fault(
            tile, _("was released as {newest} on the default branch since this branch left it", newest=newest), remedy
        )


def published_tile(tile: Tile) -> Tile | None:
    """A tile as it was where its checkout's branch left the default one; None where that had none.

    Raises:
        TilewizardError: it is in no git checkout, or in one without a default branch.
    """
    checkout = tile.checkout
    if checkout is None or tile.root is None or not (checkout.root / ".git").exists():
        raise _fault(
            tile,
            _("is in no git checkout, so nothing tells what changed"),
            _("clone the repository that it is published in"),
        )
    if checkout.default_branch is None:
        raise _fault(tile, _("is in a checkout without a default branch"), _("fetch main or master from the remote"))
    files = checkout.published_below(folder_of(tile, checkout))
    if not files:
        return None
    read = {path: TileFile(path, text.encode("utf-8", "surrogateescape")) for path, text in files.items()}
    return Tile(read, name=tile.name, target=tile.target)


def folder_of(tile: Tile, checkout: Checkout) -> str:
    """A tile's directory relative to its checkout."""
    assert tile.root is not None
    return tile.root.resolve().relative_to(checkout.root.resolve()).as_posix()


def _fault(tile: Tile, fault: str, remedy: str) -> TilewizardError:
    return TilewizardError(fault, file=visible(str(tile.root or tile.name)), remedy=remedy)


# -- versions


def _releases(tile: Tile) -> tuple[Release, ...]:
    file = tile.file(CHANGELOG)
    return file.changelog.releases if file is not None else ()


def _newest(tile: Tile) -> str:
    return next((each.version for each in _releases(tile) if _number(each.version)), "")


def _number(version: str) -> Version | None:
    match = _VERSION.fullmatch(version)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def _written(version: Version) -> str:
    return ".".join(map(str, version))


def _wanted(tile: Tile, version: str, known: Version) -> Version | None:
    if not version:
        return None
    wanted = _number(version)
    if wanted is None:
        raise TilewizardError(
            _("{version!r} is no version", version=version), remedy=_("give three numbers with points between: 1.2.0")
        )
    if wanted <= known:
        raise _fault(
            tile,
            _("is published as {known}, and {version} doesn't follow it", known=_written(known), version=version),
            _("give a greater version"),
        )
    return wanted


def _ahead(tile: Tile, known: Version) -> Release | None:
    """The release that the changelog begins with and that is not published: one of a greater version, or one without a number."""
    first = next(iter(_releases(tile)), None)
    if first is None:
        return None
    number = _number(first.version)
    unnamed = number is None and first.version.lower() in ("unreleased", "next")
    return first if unnamed or (number is not None and number > known) else None


def _raised(known: Version, kinds: Iterable[str]) -> Version:
    """The version that follows: the first number that any kind of change raises goes up, those behind it are 0."""
    places = [_RAISED.get(kind, 2) for kind in kinds]
    if not places:
        return known
    at = min(places)
    major, minor, patch = known
    return ((major + 1, 0, 0), (major, minor + 1, 0), (major, minor, patch + 1))[at]


# -- what differs


def _listed(what: str, names: list[str]) -> str:
    shown = ", ".join(visible(name) for name in names[:_NAMES_MAX])
    more = len(names) - _NAMES_MAX
    return f"{what}: {shown}, and {more} more" if more > 0 else f"{what}: {shown}"


def _of_metrics(before: Tile, after: Tile) -> Iterator[tuple[str, str]]:
    old, new = _metrics(before), _metrics(after)
    if gone := [name for name in old if name not in new]:
        yield "Removed", _listed("Metrics", gone)
    if retyped := [name for name in new if name in old and old[name].metric_type != new[name].metric_type]:
        yield "Changed", _listed("Types of metrics", retyped)
    if fresh := [name for name in new if name not in old]:
        yield "Added", _listed("Metrics", fresh)
    kept = [name for name in new if name in old]
    if remeasured := [name for name in kept if _unit(old[name]) != _unit(new[name])]:
        yield "Fixed", _listed("Units of metrics", remeasured)


def _metrics(tile: Tile) -> dict[str, MetricRow]:
    return {row.metric_name: row for row in answers_of(tile).metrics.rows if row.metric_name}


def _unit(row: MetricRow) -> tuple[str, str]:
    return str(row.unit_name or ""), str(row.per_unit_name or "")


def _of_checks(before: Tile, after: Tile) -> Iterator[tuple[str, str]]:
    old, new = ([each.check for each in answers_of(tile).service_checks if each.check] for tile in (before, after))
    if gone := [name for name in old if name not in new]:
        yield "Removed", _listed("Service checks", gone)
    if fresh := [name for name in new if name not in old]:
        yield "Added", _listed("Service checks", fresh)


_WITH_A_VERSION = tuple(kind for kind in ASSET_KINDS if kind not in (DATAFLOWS, OAUTH_CLIENTS))
"""What comes with a tile and is installed at the customer's; the others tell Datadog of the tile."""


def _of_assets(before: Tile, after: Tile) -> Iterator[tuple[str, str]]:
    for kind in _WITH_A_VERSION:
        old, new = ({file.path: file.data for file in files_of(tile, kind)} for tile in (before, after))
        gone, fresh = [path for path in old if path not in new], [path for path in new if path not in old]
        if gone:
            yield "Removed", _line(kind, gone)
        if fresh:
            yield "Added", _line(kind, fresh)
        if altered := [path for path in new if path in old and old[path] != new[path]]:
            yield "Fixed", _line(kind, altered)


def _line(kind: AssetKind, paths: list[str]) -> str:
    return _listed(kind.one.capitalize(), [PurePosixPath(path).stem for path in paths])


def _of_code(before: Tile, after: Tile) -> Iterator[tuple[str, str]]:
    paths = sorted({*before.paths, *after.paths})
    code = [path for path in paths if path.startswith(_CODE) and not path.endswith("__about__.py")]
    if altered := [path for path in code if _bytes(before, path) != _bytes(after, path)]:
        yield "Fixed", _listed("The Agent check", [PurePosixPath(path).name for path in altered])


def _bytes(tile: Tile, path: str) -> bytes | None:
    file = tile.file(path)
    return file.data if file is not None and file.link is None else None


# -- every place


def _with_version(tile: Tile, ahead: Release | None, release: Release) -> Tile:
    """The tile with a version in its changelog, its package and its README, and nothing else changed."""
    file = tile.file(CHANGELOG)
    if file is None or file.link is not None:
        raise _fault(tile, _("has no {changelog}", changelog=CHANGELOG), _("add one with its first release"))
    document = file.changelog
    if ahead is None:
        document = document.with_release(release)
    else:
        kept = replace(release, date=ahead.date or release.date, changes=ahead.changes or release.changes)
        document = document.with_changed_release(0, kept)
    after = tile.with_text(CHANGELOG, document.text)
    for path in tile.under("datadog_checks", "__about__.py"):
        about = tile.file(path)
        if about is not None and about.link is None:
            text = _ABOUT.sub(lambda match: f"{match['before']}{release.version}", about.text, count=1)
            after = after.with_text(path, text)
    return to_version(release.version)(after)
