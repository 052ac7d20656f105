"""The tiles that paths stand for: one, several, a whole checkout, or those of it that differ from a git ref."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from .checkout import find_checkout
from .errors import TilewizardError, UnusableTile
from .tile import MANIFEST

_SIGNS = ("README.md", "assets", "metadata.csv", "CHANGELOG.md")
"""What makes a directory without a manifest a tile all the same: one that is broken."""


def tiles_in(path: Path) -> list[Path]:
    """The tiles that a path stands for: itself, the one that it is a file of, or those of a checkout.

    Raises:
        UnusableTile: there is none.
    """
    if path.is_file():
        around = tile_around(path)
        if around is not None:
            return [around]
        raise UnusableTile("is a file outside of any tile", file=str(path), remedy="name a tile's directory")
    if not path.is_dir() or (path / MANIFEST).exists():
        return [path]
    below = sorted(each for each in path.iterdir() if each.is_dir() and (each / MANIFEST).is_file())
    if below:
        return below
    if any((path / name).exists() for name in _SIGNS):
        return [path]
    raise UnusableTile("holds no tile: there is no manifest.json in it or in its folders", file=str(path),
                       remedy="name a tile's directory or a checkout of tiles")  # fmt: skip


def tile_around(file: Path) -> Path | None:
    """The directory of the tile that a file belongs to, or None: the nearest one above it that holds a manifest."""
    return next((folder for folder in file.parents if (folder / MANIFEST).is_file()), None)


def gathered(paths: Iterable[Path]) -> list[Path]:
    """The tiles of several paths, each once, in the order of the paths.

    Raises:
        UnusableTile: a path holds none.
    """
    return list(dict.fromkeys(tile for path in paths for tile in tiles_in(path)))


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
                "is in no git checkout, so nothing tells what changed", file=str(tile), remedy="leave --changed out"
            )
        if checkout.root not in known:
            against = ref or checkout.default_branch
            if not against:
                raise TilewizardError(
                    "has no default branch to compare with", file=str(checkout.root), remedy="name one: --changed REF"
                )
            known[checkout.root] = set(_differing(checkout.git, against, checkout.root))
        place = tile.resolve()
        if any(place in file.parents for file in known[checkout.root]):
            found.append(tile)
    return found


def _differing(git, ref: str, root: Path) -> Iterator[Path]:  # type: ignore[no-untyped-def]
    base = (git("merge-base", "--end-of-options", ref, "HEAD") or "").strip() if not ref.startswith("-") else ""
    listed = git("diff", "--name-only", "--no-ext-diff", "--no-textconv", "-z", base, "--") if base else None
    if listed is None:
        raise TilewizardError(f"git knows no {ref!r} to compare with", file=str(root), remedy="name a branch or commit")
    untracked = git("ls-files", "--others", "--exclude-standard", "-z") or ""
    for name in (listed + untracked).split("\0"):
        if name:
            yield root.resolve() / name
