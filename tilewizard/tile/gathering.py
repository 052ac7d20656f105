"""The tiles that paths stand for: one, several, a whole checkout, or those of it that differ from a git ref."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from tilewizard.language import _

from ..documents.positions import line_and_column
from ..errors import TilewizardError, UnusableTile
from ..field.vocabulary import nearest
from ..quoting import visible
from .checkout import Checkout, find_checkout
from .listing_folder import FOLDER
from .tile import MANIFEST, Tile

_SIGNS = ("README.md", "assets", "metadata.csv", "CHANGELOG.md")
"""What makes a directory without a manifest a tile all the same: one that is broken."""
_SURE_SIGNS = ("assets", "metadata.csv")
"""Those of them that other folders of a checkout don't have."""


def tiles_in(path: Path) -> list[Path]:
    """The tiles that a path stands for: itself, the one that it lies in, or those of a checkout.

    In a checkout a folder that lost its manifest counts too; hidden folders and symbolic links don't.

    Raises:
        UnusableTile: there is none, or it can't be read.
    """
    try:
        return _standing_for(path)
    except OSError as error:
        raise UnusableTile(
            _("can't be read: {strerror}", strerror=error.strerror or error),
            file=visible(str(path)),
            remedy=_("check its permissions"),
        ) from error


def _standing_for(path: Path) -> list[Path]:
    if not path.is_dir():
        return [_of_file(path)]
    if path.name == FOLDER and _holds_manifest(path.parent, unsure=False):
        return [path.parent]
    if _holds_manifest(path):
        return [path]
    below = _below(path)
    if any(_holds_manifest(each, unsure=True) for each in below):
        return below
    around = tile_around(path)
    if around is not None:
        return [around]
    if any(os.path.lexists(path / name) for name in _SIGNS):
        return [path]
    if below:
        return below
    raise UnusableTile(_("holds no tile: there is no manifest.json in it or in its folders"), file=visible(str(path)),
                       remedy=_("name a tile's directory or a checkout of tiles"))  # fmt: skip


def tile_around(path: Path) -> Path | None:
    """The directory of the tile that a path belongs to, or None: the nearest one above it that holds a manifest.

    Nothing above a git checkout's root is looked at. Named as the path is: relative to the current folder, or in full.
    """
    real = Path(os.path.abspath(path))  # noqa: PTH100  (a link to a file elsewhere belongs to where it stands)
    for folder in real.parents:
        if _holds_manifest(folder, unsure=False):
            folder = folder.parent if folder.name == FOLDER and _holds_manifest(folder.parent, unsure=False) else folder
            above = next((each for each in path.parents if Path(os.path.abspath(each)) == folder), None)  # noqa: PTH100
            return above or (folder if path.is_absolute() else Path(os.path.relpath(folder)))
        if os.path.lexists(folder / ".git"):
            break
    return None


def gathered(paths: Iterable[Path], *, strays: bool = True) -> tuple[list[Path], list[UnusableTile]]:
    """The tiles of several paths, each once however it is spelled, in the order of the paths; and what went wrong.

    Args:
        paths: tiles, files in them, checkouts.
        strays: whether a file outside of any tile is a fault; it is passed over otherwise.
    """
    found: dict[str, Path] = {}
    faults: list[UnusableTile] = []
    for path in paths:
        if not strays and path.is_file() and tile_around(path) is None and _broken_around(path) is None:
            continue
        try:
            tiles = tiles_in(path)
        except UnusableTile as error:
            faults.append(error)
            continue
        for tile in tiles:
            # Those of a checkout are no links: to resolve the folder that holds them is enough, and quick.
            whole = os.path.realpath(path) if tile.parent == path and len(tiles) > 1 else ""
            found.setdefault(os.path.join(whole, tile.name) if whole else os.path.realpath(tile), tile)  # noqa: PTH118
    return list(found.values()), faults


def demand_tile(tile: Tile, path: Path) -> None:
    """See to it that a directory holds a tile whose manifest can be understood: one that can be edited or copied.

    Raises:
        UnusableTile: it shows no sign of a tile, or its manifest is broken.
    """
    if not any(tile.file(name) or tile.under(name) for name in (MANIFEST, *_SIGNS)):
        raise UnusableTile(_("holds no tile"), file=visible(str(path)), remedy=_("name a tile's directory"))
    file = tile.file(MANIFEST)
    if file is not None and file.json.broken and file.json.faults:
        broken = file.json.faults[0]
        line, __ = line_and_column(file.text, broken.offset)
        raise UnusableTile(
            _("is broken: {message}", message=visible(broken.message)),
            file=visible(str(path / MANIFEST)),
            line=line,
            remedy=_("mend it first: what it says can't be read"),
        )


def changed_since(tiles: Iterable[Path], ref: str) -> list[Path]:
    """Those tiles in which a file differs from a git ref: committed since the branch left it, changed, or untracked.

    Args:
        tiles: directories in a git checkout.
        ref: a branch, tag or commit; empty for the checkout's default branch.

    Raises:
        TilewizardError: a tile is in no checkout, or git doesn't know the ref.
    """
    known: dict[Path, set[Path]] = {}
    found = []
    for tile in tiles:
        checkout = find_checkout(tile)
        if checkout is None or not (checkout.root / ".git").exists():
            raise TilewizardError(
                _("is in no git checkout, so nothing tells what changed"),
                file=visible(str(tile)),
                remedy=_("leave --changed out"),
            )
        if checkout.root not in known:
            files = [checkout.root.resolve() / name for name in differing(checkout, ref) if name]
            known[checkout.root] = {folder for file in files for folder in file.parents}
        if tile.resolve() in known[checkout.root]:
            found.append(tile)
    return found


def _of_file(path: Path) -> Path:
    if not os.path.lexists(path):
        raise UnusableTile(_("there is no such directory"), file=visible(str(path)), remedy=_("check the path"))
    around = tile_around(path) or _broken_around(path)
    if around is not None:
        return around
    if path.is_symlink() and not path.exists():
        raise UnusableTile(_("is a symbolic link to nothing"), file=visible(str(path)), remedy=_("name the directory"))
    raise UnusableTile(_("is a file outside of any tile"), file=visible(str(path)), remedy=_("name a tile's directory"))


def _broken_around(file: Path) -> Path | None:
    folders = (folder for folder in file.parents if not os.path.lexists(folder / ".git"))
    return next((folder for folder in folders if _is_broken_tile(folder)), None)


def _below(path: Path) -> list[Path]:
    with os.scandir(path) as entries:
        names = [each.name for each in entries if each.is_dir(follow_symlinks=False) and not each.name.startswith(".")]
    folders = (path / name for name in sorted(names))
    return [each for each in folders if _holds_manifest(each, unsure=True) or _is_broken_tile(each)]


def _holds_manifest(folder: Path, *, unsure: bool | None = None) -> bool:
    """Whether a folder holds a manifest of whatever kind; ``unsure`` is the answer where nobody may look."""
    for place in (MANIFEST, f"{FOLDER}/{MANIFEST}"):
        if place != MANIFEST and os.path.lexists(folder / ".git"):
            break  # In a checkout's root it is a tile of that name.
        try:
            os.lstat(os.path.join(folder, place))  # noqa: PTH118  (thousands of times)
        except PermissionError:
            if unsure is None:
                raise
            return unsure
        except (OSError, ValueError):
            continue
        return True
    return False


def _is_broken_tile(folder: Path) -> bool:
    signs = [name for name in _SIGNS if os.path.lexists(folder / name)]
    return len(signs) > 1 and any(name in _SURE_SIGNS for name in signs)


def differing(checkout: Checkout, ref: str) -> list[str]:
    """The paths, relative to a checkout, that differ from a git ref: committed since the branch left it, changed, or untracked.

    Args:
        checkout: a git work tree.
        ref: a branch, tag or commit; empty for the default branch.

    Raises:
        TilewizardError: there is nothing to compare with.
    """
    git = checkout.git
    untracked = git("ls-files", "--others", "--exclude-standard", "-z") or ""
    born = git("rev-parse", "--verify", "--quiet", "HEAD") is not None
    if not born and ref in ("", "HEAD", (git("symbolic-ref", "--quiet", "--short", "HEAD") or "").strip()):
        tracked = git("ls-files", "-z")
        if tracked is not None:  # Before the first commit everything is new.
            return (tracked + untracked).split("\0")
    against = ref or checkout.default_branch
    if not against:
        raise _unknown(checkout, "") or _fault(
            checkout, _("has no default branch to compare with"), _("name one: --changed REF")
        )
    base = (git("merge-base", "--end-of-options", against, "HEAD") or "").strip()
    # A file that went from one tile to another changes both: renames are no renames here.
    listed = git("diff", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", "-z", base, "--")
    if not base or listed is None:
        raise _unknown(checkout, against) or _fault(
            checkout, _("git can't compare with {against!r}", against=against), _("name another ref")
        )
    return (listed + untracked).split("\0")


def _unknown(checkout: Checkout, ref: str) -> TilewizardError | None:
    """Why there is nothing to compare with."""
    why = checkout.why_not("rev-parse", "--git-dir")
    if why:
        return _fault(checkout, _("git can't read the checkout: {why}", why=why), _("see what `git status` says there"))
    if not ref:
        return None
    if checkout.git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}") is None:
        names = (checkout.git("for-each-ref", "--format=%(refname:short)") or "").split()
        near = nearest(ref, names)
        remedy = (
            _("did you mean {near}, or is it not fetched yet?", near=near)
            if near
            else _("name a branch or commit; in CI, fetch it first")
        )
        if Path(ref).exists():
            remedy = _("name folders before --changed, or write --changed=REF")
        return _fault(checkout, _("git knows no {ref!r} to compare with", ref=ref), remedy)
    shallow = (checkout.git("rev-parse", "--is-shallow-repository") or "").strip() == "true"
    remedy = _("fetch the history: `git fetch --unshallow`, or fetch-depth: 0 in actions/checkout")
    return _fault(
        checkout, _("has no commit in common with {ref!r}", ref=ref), remedy if shallow else _("name another ref")
    )


def _fault(checkout: Checkout, fault: str, remedy: str) -> TilewizardError:
    return TilewizardError(fault, file=visible(str(checkout.root)), remedy=remedy)
