"""Where the files that answers point at go within the tile."""

from __future__ import annotations

import re
from pathlib import Path

from tilewizard.field.names import snake
from tilewizard.tile.places import place_of
from tilewizard.tile.tile import Tile, TileFile

from .part import Files, Writing

_ILL = re.compile(r"[^A-Za-z0-9_-]+")


def file_name(answer: str) -> str:
    """The name of a picked file, of letters, digits, ``_`` and ``-`` only, its ending in lower case."""
    path = Path(answer)
    return f"{_ILL.sub('_', path.stem).strip('_') or 'file'}{path.suffix.lower()}"


def absolute(tile: Tile, path: str) -> str:
    """The answer that stands for a file of a tile."""
    return str((tile.root.resolve() if tile.root else Path()) / place_of(tile, path))


def asset_path(folder: str, short_name: str, ending: str = ".json") -> str:
    """The place of a dashboard, a monitor or a saved view, from its short name."""
    return f"{folder}/{snake(short_name) or 'unnamed'}{ending}"


def picture_path(writing: Writing, answer: str) -> str:
    """The place of a picture: where it is, when that is in the tile, else ``images/`` under its own name."""
    inside = writing.inside(answer)
    return inside or f"images/{file_name(answer)}"


def placed(writing: Writing, answer: str, path: str, *, clean: bool = False) -> Files:
    """The file at ``answer`` at its place in the tile; nothing when it is there already or can't be found."""
    if not answer or writing.inside(answer) == path:
        return {}
    file = writing.sources.file(answer, path, without_leftovers if clean else None)
    return {path: file} if file is not None else {}


def without_leftovers(file: TileFile) -> TileFile:
    """An exported dashboard or monitor without the keys that only the account it came from has a use for."""
    from tilewizard.inspection.dashboard import cleaned_dashboard

    document = file.json
    if document.broken or not isinstance(document.value, dict):
        return file
    for key in [key for key in document.value if key not in cleaned_dashboard(document.value)]:
        document = document.without("/" + key.replace("~", "~0").replace("/", "~1"))
    return file.with_text(document.text)


def dropped(writing: Writing, path: str, still: set[str]) -> Files:
    """Takes away a file that an answer no longer points at, unless something else of the tile shows it."""
    if path in still or writing.base.file(path) is None:
        return {}
    readme = writing.base.file("README.md")
    named = readme is not None and path.rpartition("/")[2] in readme.text
    return {} if named else {path: None}
