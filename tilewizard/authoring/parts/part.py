"""What a part of a tile is: one place that knows how answers are read from files and written to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from tilewizard.answers.model import Answers
from tilewizard.tile.listing_folder import FOLDER
from tilewizard.tile.tile import Tile, TileFile

Files = Mapping[str, TileFile | None]
"""Files by path; None takes a file away."""


@dataclass(frozen=True)
class Writing:
    """One turn from answers to files.

    Attributes:
        after: the answers to write, derived values in place.
        before: the answers that ``base`` was read as; the very start for a new tile.
        base: the tile to change, or an empty one for a new tile.
        new: whether the tile is new, so that everything is generated.
        sources: files outside the tile that were read, kept from turn to turn.
    """

    after: Answers
    before: Answers
    base: Tile
    new: bool
    sources: Sources = field(default_factory=lambda: Sources())

    @cached_property
    def root(self) -> Path | None:
        """The directory of the tile that is changed, resolved."""
        return self.base.root.resolve() if self.base.root else None

    def inside(self, answer: str) -> str | None:
        """The path within the tile that a file's answer stands for, or None when it points elsewhere."""
        path = _below(self.root, answer) if self.root is not None and answer else None
        if path is None:
            return None
        inner = path.removeprefix(f"{FOLDER}/")
        return inner if self.base.file(path) is None and self.base.file(inner) is not None else path


@lru_cache(4096)
def _below(root: Path, answer: str) -> str | None:
    """A path relative to a directory, or None when it leads elsewhere. Hundreds of files are looked for at every key."""
    try:
        path = Path(answer).relative_to(root).as_posix()
    except ValueError:
        return None
    return None if ".." in path.split("/") else path


class Sources:
    """Files that answers point at outside the tile, as files of the tile; read again when they change on the disk."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, bool], tuple[tuple[int, int], TileFile]] = {}

    def file(self, answer: str, path: str, change: Callable[[TileFile], TileFile] | None = None) -> TileFile | None:
        """The file at ``answer`` as the tile's file ``path``, through ``change``; None when there is no such file."""
        source = Path(answer)
        try:
            state = source.stat()
            if not source.is_file():
                return None
        except (OSError, ValueError):
            return None
        stamp = (state.st_mtime_ns, state.st_size)
        known = self._known.get((answer, path, change is not None))
        if known is None or known[0] != stamp:
            file = TileFile(path, source=source)
            known = (stamp, change(file) if change else file)
            self._known[answer, path, change is not None] = known
        return known[1]


@dataclass(frozen=True)
class Part:
    """One part of a tile.

    Attributes:
        name: for messages.
        inputs: what of the answers it is written from; while that is the same object, its files are too.
        extract: the answers that it finds in a tile, nested as in an answers file. Never raises.
        files: the files that it writes, or changes, or takes away.
    """

    name: str
    inputs: Callable[[Answers], tuple[Any, ...]]
    extract: Callable[[Tile], dict[str, Any]]
    files: Callable[[Writing], Files]


def shown(value: Any) -> str:
    """A manifest's value as the text of a field; values of the wrong kind are shown as they stand in JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    import json

    return json.dumps(value, ensure_ascii=False)
