"""The files of one kind of asset in a tile: those that the manifest names, then those that stand in the kind's folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..field.asset_kinds import AssetKind
from .tile import Tile, TileFile


def plain_path(path: str) -> str:
    """A path of the manifest without empty and ``.`` parts, as an operating system reads it."""
    return "/".join(part for part in path.split("/") if part not in ("", "."))


def named_paths(tile: Tile, kind: AssetKind) -> Iterator[str]:
    """The paths that the manifest gives for a kind, as they stand there."""
    if kind.mapped:
        yield from (path for path in tile.object_at(kind.pointer).values() if isinstance(path, str))
    elif kind.pointer and tile.text_at(kind.pointer):
        yield tile.text_at(kind.pointer)


def named_files(tile: Tile, kind: AssetKind) -> Iterator[TileFile]:
    """The files that the manifest names and that are there, each once."""
    yield from _each_once(tile, (plain_path(path) for path in named_paths(tile, kind)))


def files_of(tile: Tile, kind: AssetKind) -> Iterator[TileFile]:
    """Every file of a kind, named or not, each once; symbolic links are left out."""
    yield from _each_once(tile, _paths(tile, kind))


def objects_of(tile: Tile, kind: AssetKind) -> Iterator[tuple[TileFile, dict[str, Any]]]:
    """Every JSON file of a kind that can be read as an object, with that object."""
    for file in files_of(tile, kind):
        if not file.json.broken and isinstance(file.json.value, dict):
            yield file, file.json.value


def _paths(tile: Tile, kind: AssetKind) -> Iterator[str]:
    yield from (plain_path(path) for path in named_paths(tile, kind))
    if kind.single:
        yield kind.home
        return
    for folder in (kind.home, *kind.former):
        yield from tile.under(folder, *kind.endings)


def _each_once(tile: Tile, paths: Iterator[str]) -> Iterator[TileFile]:
    seen: set[str] = set()
    for path in paths:
        file = tile.file(path)
        if file is not None and file.link is None and path not in seen:
            seen.add(path)
            yield file
