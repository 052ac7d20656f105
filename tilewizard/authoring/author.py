"""From answers to a tile and back: every part of a tile in one list.

:func:`answers_of` reads the answers that a tile stands for; :func:`author` writes a new tile from answers, or an existing
one with what differs. Both are pure: the disk is only read, and only where answers point at files.
"""

from __future__ import annotations

from typing import Any

from ..answers.derived_values import settled
from ..answers.model import Answers
from ..field.vocabulary import REPOSITORIES
from ..tile.tile import Tile, TileFile
from .parts import (
    agent_check,
    assets,
    changelog,
    dataflows,
    dogstatsd,
    manifest,
    oauth_clients,
    readme,
    rest_api,
    telemetry,
)
from .parts.part import Files, Part, Sources, Writing

PARTS: tuple[Part, ...] = (
    manifest.PART,
    readme.PART,
    telemetry.METRICS,
    telemetry.CHECKS,
    assets.PART,
    oauth_clients.PART,
    changelog.PART,
    agent_check.PART,
    dataflows.PART,
    dogstatsd.PART,
    rest_api.PART,
    assets.OTHERS,
)

_FROM_DISK = (assets.PART, oauth_clients.PART, readme.PART, assets.OTHERS)
"""Parts made of files that may change on the disk while they are pointed at: always looked at again."""


def answers_of(tile: Tile) -> Answers:
    """The answers that a tile stands for; whatever is broken in it is simply not there.

    Values of the wrong type appear as the text that stands in their place.
    """
    found: dict[str, Any] = {}
    for part in PARTS:
        _merge(found, part.extract(tile))
    found.setdefault("listing", {})["directory"] = tile.name
    return Answers.model_validate(found, context={"lenient": True})


def _merge(into: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


class Author:
    """Writes one tile again and again, doing anew only the parts whose answers changed.

    Args:
        base: the tile that is edited, or None for a new one.
        before: the answers that ``base`` was read as; by default :func:`answers_of` it.
    """

    def __init__(self, base: Tile | None = None, before: Answers | None = None) -> None:
        self.new = base is None
        self.base = base if base is not None else Tile({}, name="")
        self.before = (before or answers_of(self.base)) if not self.new else Answers()
        self._sources = Sources()
        self._known: dict[str, tuple[tuple[Any, ...], Files]] = {}

    def settled(self, answers: Answers) -> Answers:
        """The answers with their derived values."""
        return settled(answers, None if self.new else self.before)

    def tile(self, answers: Answers) -> Tile:
        """The tile that answers stand for, in memory."""
        after = self.settled(answers)
        writing = Writing(after, self.before, self.base, self.new, self._sources)
        written: dict[str, TileFile | None] = {}
        for part in PARTS:
            written |= self._files(part, writing)
        kept = [file for file in written.values() if file is not None]
        tile = self.base.with_files(kept, without=[path for path, file in written.items() if file is None])
        if self.new:
            return Tile(
                {path: file for path in tile.paths if (file := tile.file(path))},
                name=after.listing.directory,
                target=after.target,
            )
        stays = after.target == self.before.target and (after.target in REPOSITORIES or tile is self.base)
        return tile if stays else tile.for_target(after.target)

    def _files(self, part: Part, writing: Writing) -> Files:
        inputs = part.inputs(writing.after)
        known = self._known.get(part.name)
        if known is not None and part not in _FROM_DISK and _same(known[0], inputs):
            return known[1]
        files = part.files(writing)
        if known is not None:
            files = {path: _kept(file, known[1].get(path)) for path, file in files.items()}
        self._known[part.name] = (inputs, files)
        return files


def _same(old: tuple[Any, ...], new: tuple[Any, ...]) -> bool:
    return len(old) == len(new) and all(a is b or a == b for a, b in zip(old, new, strict=True))


def _kept(file: TileFile | None, known: TileFile | None) -> TileFile | None:
    """The known file when the new one says the same, so that whoever compares by identity sees no change."""
    if file is None or known is None or file is known or file.source is not None:
        return file
    return known if known.source is None and known.data == file.data else file


def author(answers: Answers, base: Tile | None = None) -> Tile:
    """The tile that answers stand for, in memory: a new one, or ``base`` with what differs.

    Args:
        answers: as the partner gave them; derived values are filled in.
        base: the tile to edit.
    """
    return Author(base).tile(answers)
