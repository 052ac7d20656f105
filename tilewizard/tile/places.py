"""Where the files of a tile lie in its directory, and which of them go to a form and which to a repository."""

from __future__ import annotations

from collections.abc import Callable

from ..field.asset_kinds import DATAFLOWS
from ..field.vocabulary import Target
from .listing_folder import FOLDER, IGNORED
from .tile import CHANGELOG, MANIFEST, METADATA, README, SERVICE_CHECKS, Tile

_TEXTS = frozenset({README, CHANGELOG, METADATA})
_OF_CODE = ("assets/configuration/", SERVICE_CHECKS, DATAFLOWS.home)
"""What of ``assets`` belongs to the Agent's code, and stays with it."""

_OF_PACKAGE = ("pyproject.toml", "setup.py", "assets/configuration/spec.yaml")
"""Files that a package alone has; each is missing in some."""


def has_package(tile: Tile) -> bool:
    """Whether an Agent package is part of a tile: code that is published from a repository."""
    return any(tile.has(path) for path in _OF_PACKAGE) or bool(tile.under("datadog_checks"))


def of_listing(tile: Tile, path: str) -> bool:
    """Whether a file goes to the form alone, were the tile listed on the Developer Platform."""
    if path == MANIFEST or (path in _TEXTS and not has_package(tile)):
        return True
    if path.startswith("assets/"):
        return not has_package(tile) or not path.startswith(_OF_CODE)
    return path.startswith("images/") and not _shown_by_package(tile, path)


def _shown_by_package(tile: Tile, path: str) -> bool:
    readme = tile.file(README)
    return has_package(tile) and readme is not None and path.rpartition("/")[2] in readme.text


def place_of(tile: Tile, path: str) -> str:
    """Where a file of a tile lies in its directory: where it was read, else where it is written."""
    file = tile.file(path)
    held = file.held_in(tile.root) if file is not None and tile.root is not None else None
    if held is not None:
        return held
    return f"{FOLDER}/{path}" if tile.target == Target.PLATFORM and of_listing(tile, path) else path


def path_at(tile: Tile, place: str) -> str:
    """The path in the tile of a file that lies at a place of its directory; that of :func:`place_of`, turned round."""
    apart = place.startswith(f"{FOLDER}/") and not tile.has(place) and tile.target == Target.PLATFORM
    return place.removeprefix(f"{FOLDER}/") if apart else place


def contents(tile: Tile, original: Tile | None) -> dict[str, Callable[[], bytes]]:
    """The files of a tile as its directory is to hold them, each with a function that gives its bytes.

    What was read stays where it lies for as long as the tile goes the same way. Links are left out: nothing is written through them.

    Args:
        tile: as it is to be.
        original: the tile as it was read from its directory; None for one that is written whole.
    """
    on_platform = tile.target == Target.PLATFORM
    same_way = original is not None and on_platform == (original.target == Target.PLATFORM)
    found: dict[str, Callable[[], bytes]] = {}
    for path in tile.paths:
        file = tile.file(path)
        if file is None or file.link is not None:
            continue
        was = original.file(path) if original is not None and same_way else None
        held = was.held_in(original.root) if was is not None and original is not None else None
        place = f"{FOLDER}/{path}" if on_platform and of_listing(tile, path) else path
        found[held or place] = file.content
    if on_platform and has_package(tile) and any(place.startswith(f"{FOLDER}/") for place in found):
        found[IGNORED] = lambda: b"# What goes to the form of Datadog's Developer Platform, and to no repository.\n*\n"
    return found
