"""What was found on a tile is remembered by everything that it was found from, so that it needn't be found again.

Remembered is what depends on the tile's own bytes alone. The key is made of every byte of every file, of the tile's name and
target, of the rules that were chosen, of the day, the language, and of tilewizard's own files and the libraries beside it.
A rule that looks at what lies around the tile (its checkout, its place) is noticed while it does so, and run each time anew.
Whatever can't be read back just as it was is not kept.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..language import spoken
from ..tile.tile import Tile, TileFile

if TYPE_CHECKING:
    from ..rules.findings import Finding
    from ..rules.registry import Rule
    from ..tile.checkout import Checkout

TILE_MAX = 64 * 1024 * 1024
"""Bytes of a tile that is remembered; published ones have at most some 5 MB."""
KEPT_MAX = 20_000
"""Tiles that are remembered; the older half goes when there are more."""
EDITIONS_MAX = 4
"""Editions of tilewizard whose findings are kept side by side."""


class Inward(Tile):
    """A tile that notes whether anything was asked of it that its own files don't tell."""

    def __init__(self, tile: Tile) -> None:
        self.__dict__.update(tile.for_target(tile.target).__dict__)
        self._around = tile
        self.looked_around = False
        self._own = frozenset(self.__dict__) | {"_own"}

    def forget(self) -> None:
        """Forget what was worked out from what lies around, so that whoever asks for it next is noticed too."""
        self.looked_around = False
        for name in [each for each in self.__dict__ if each not in self._own]:
            del self.__dict__[name]

    @property
    def root(self) -> Path | None:  # type: ignore[override]
        self.looked_around = True
        return self._around.root

    @property
    def checkout(self) -> Checkout | None:
        self.looked_around = True
        return self._around.checkout


@dataclass(frozen=True)
class Memory:
    """The findings of earlier checks in a folder of one's own. Nothing in it is ever needed: it may go at any time."""

    folder: Path

    @classmethod
    def of_user(cls) -> Memory | None:
        """Below ``$TILEWIZARD_STATE``, else in the system's usual place for what can be made again.

        None when tilewizard can't tell its own edition: when it runs out of an archive.
        """
        try:
            edition()
        except OSError:
            return None
        given = os.environ.get("TILEWIZARD_STATE")
        if given:
            return cls(Path(given) / "checked")
        from platformdirs import user_cache_path

        return cls(user_cache_path("tilewizard", appauthor=False) / "checked")

    @cached_property
    def _edition(self) -> Path:
        return self.folder / edition()

    @property
    def blank(self) -> bool:
        """Whether nothing was ever remembered for this edition of tilewizard."""
        return not self._edition.is_dir()

    def recalled(self, tile: Tile, chosen: tuple[str, ...]) -> list[Finding] | None:
        """The findings that :func:`~tilewizard.checking.check.check` would give for a tile; None when it must be asked.

        Args:
            tile: the tile.
            chosen: words for the rules to run: the same for the same rules.
        """
        if tile.root is None:
            return None
        try:
            held = json.loads(self._place(tile, chosen).read_bytes())
            if held["key"] != key_of(tile, chosen):
                return None
            found = [_restored(each) for each in held["findings"]]
            fresh = [_rule(module, name) for module, name in held["fresh"]]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        from .check import findings_of, settled

        return settled([*found, *findings_of(tile, fresh)])

    def found(self, tile: Tile, rules: Iterable[Rule], chosen: tuple[str, ...]) -> list[Finding]:
        """The findings on a tile, as :func:`~tilewizard.checking.check.check` gives them; remembered from now on."""
        from .check import by_rule, findings_of, settled

        key = key_of(tile, chosen) if tile.root is not None else None
        if key is None:
            return settled(findings_of(tile, rules))
        inward, fresh = Inward(tile), []
        lasting: list[Finding] = []
        found: list[Finding] = []
        for rule, each in by_rule(inward, rules):
            found += each
            if inward.looked_around:
                fresh.append((rule.check.__module__, rule.name))
                inward.forget()
            else:
                lasting += each
        self._keep(self._place(tile, chosen), key, lasting, fresh)
        return settled(found)

    def _place(self, tile: Tile, chosen: tuple[str, ...]) -> Path:
        name = json.dumps([os.path.abspath(tile.root or ""), chosen, spoken()])  # noqa: PTH100
        return self._edition / f"{_digest([name.encode('utf-8', 'surrogateescape')])}.json"

    def _keep(self, place: Path, key: str, findings: list[Finding], fresh: list[tuple[str, str]]) -> None:
        try:
            plain = [_plain(each) for each in findings]
            text = json.dumps({"key": key, "fresh": fresh, "findings": plain})
            # Field by field: two findings that only differ in what they don't compare are not the same here.
            same = [_plain(_restored(each)) for each in json.loads(text)["findings"]] == plain
        except (TypeError, ValueError, RecursionError):
            return
        stage = place.with_name(f".{place.name}.{os.getpid()}")
        with suppress(OSError, UnicodeEncodeError):
            if same:
                self._make_room(place.parent)
                stage.write_text(text, "utf-8")
                stage.replace(place)

    def _make_room(self, edition: Path) -> None:
        """Make the folder, and see that neither it nor its elder sisters grow without end."""
        if edition.is_dir():
            return
        edition.mkdir(mode=0o700, parents=True, exist_ok=True)
        _thin_out(self.folder, EDITIONS_MAX)

    def tidied(self) -> None:
        """Forget the older half when more is remembered than anyone looks at again."""
        with suppress(OSError):
            if not self.blank and len(os.listdir(self._edition)) > KEPT_MAX:  # noqa: PTH208
                _thin_out(self._edition, KEPT_MAX // 2)


def _thin_out(folder: Path, most: int) -> None:
    """Take the oldest entries of a folder away, so that ``most`` stay."""
    import shutil

    entries = sorted(os.scandir(folder), key=lambda each: each.stat(follow_symlinks=False).st_mtime_ns)
    for each in entries[: max(0, len(entries) - most)]:
        if each.is_dir(follow_symlinks=False):
            shutil.rmtree(each.path, ignore_errors=True)
        else:
            os.unlink(each.path)  # noqa: PTH108


def key_of(tile: Tile, chosen: tuple[str, ...]) -> str | None:
    """What the findings on a tile depend on, as one word; None for a tile that is too large to be remembered."""
    from datetime import date

    told = [tile.name, tile.target.value, date.today().isoformat(), *chosen, "", spoken()]
    pieces = [json.dumps(told).encode()]
    size = 0
    for path in tile.paths:
        file = tile.file(path)
        assert file is not None
        size += file.size
        if size > TILE_MAX:
            return None
        pieces += _told(file)
    return _digest(pieces)


def _told(file: TileFile) -> Iterator[bytes]:
    yield file.path.encode("utf-8", "surrogateescape")
    yield json.dumps([file.link, file.unreadable]).encode()
    yield file.data


def _digest(pieces: Iterable[bytes]) -> str:
    made = blake2b(digest_size=20)
    for piece in pieces:
        made.update(b"%d:" % len(piece))
        made.update(piece)
    return made.hexdigest()


@cache
def edition() -> str:
    """Tilewizard's own files and the libraries beside it as one word: their names, sizes and times, as Python judges them."""
    folders = list(sys.modules[__name__.partition(".")[0]].__path__)
    pieces = [sys.version, *folders]
    for folder in folders:
        pieces += _files_of(folder)
    for folder in sys.path:
        if not folder.endswith(("site-packages", "dist-packages")):
            continue
        with suppress(OSError):
            # The folder of an installed library is named by its version.
            names = os.listdir(folder)  # noqa: PTH208
            pieces += sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))
    return _digest([piece.encode("utf-8", "surrogateescape") for piece in pieces])


def _files_of(folder: str) -> list[str]:
    found, pending = [], [folder]
    while pending:
        for entry in os.scandir(pending.pop()):
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in ("__pycache__", "screens"):
                    pending.append(entry.path)
            else:
                state = entry.stat()
                found.append(f"{entry.path} {state.st_size} {state.st_mtime_ns}")
    return sorted(found)


def _plain(finding: Finding) -> dict[str, Any]:
    from dataclasses import fields

    return {each.name: getattr(finding, each.name) for each in fields(finding) if each.name != "fix"}


def _restored(plain: dict[str, Any]) -> Finding:
    from ..rules.findings import Finding, Severity

    return Finding(**{**plain, "severity": Severity(plain["severity"])})


def _rule(module: str, name: str) -> Rule:
    """A rule by its module and name: no other module is imported."""
    import importlib

    from ..rules.registry import declared

    if not module.startswith("tilewizard.rules."):
        raise ValueError(module)
    importlib.import_module(module)
    return declared()[name]
