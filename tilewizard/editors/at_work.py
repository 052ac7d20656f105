"""One tile while its files are edited: checked with what stands in the editor's buffers in the place of what is on the disk.

What no buffer holds is read from the disk at each check, and taken as the same file where its stamp is the same: so the rules that
read nothing new are not asked again (:class:`~tilewizard.checking.check.Checker`). Not made for two threads at once.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..checking.check import Checker, findings_of
from ..checking.check_many import Order
from ..checking.configuration import Configuration, configuration_around
from ..errors import TilewizardError
from ..rules.findings import Finding
from ..rules.registry import Rule
from ..tile.checkout import Checkout
from ..tile.gathering import tile_around, tiles_in
from ..tile.places import path_at, place_of
from ..tile.tile import MANIFEST, SKIPPED, Tile, TileFile, read

_LONE = re.compile("[\ud800-\udfff]")
_PARSED = (".json", ".yaml", ".yml")
_FORMS = ("/syntax", "/form")
"""How the rules end that say whether a file can be read at all."""
_OWN_KEYS = ("app_id", "app_uuid", "tile", "display_on_public_website", "classifier_tags", "integration_id")
"""One of them is in the manifest of every published tile; manifests of browsers' extensions and of web pages have none."""

Stamp = tuple[int, int, int, int]


@dataclass(frozen=True)
class Report:
    """What was found.

    Attributes:
        tile: as it stood, with the buffers.
        findings: those that stand against it, sorted; of a file that can't be read only what keeps it from being read.
        order: how it was checked: rules, exceptions, target.
        owner: who owns new tiles, by the settings.
        fault: why the checkout's settings can't be read; the tile was checked without them. None: they can.
    """

    tile: Tile
    findings: tuple[Finding, ...]
    order: Order
    owner: str = ""
    fault: TilewizardError | None = None


def root_of(path: Path) -> Path | None:
    """The directory of the tile that a file belongs to, or None: a manifest.json alone makes no tile.

    Args:
        path: absolute; the file need not be there.
    """
    root = tile_around(path)
    if root is None:
        try:
            root = tiles_in(path)[0]  # One that lost its manifest.
        except TilewizardError:
            return path.parent if path.name == MANIFEST and path.parent.is_dir() else None
    return root


def _foreign(tile: Tile) -> bool:
    """Whether a manifest is that of something else: a browser's extension, a web page."""
    value = tile.manifest.value
    return isinstance(value, dict) and bool(value) and not any(key in value for key in _OWN_KEYS) and not tile.overrides


class TileAtWork:
    """One tile's directory, and what is known of it from one check to the next.

    Args:
        root: the directory.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._on_disk: dict[str, tuple[Stamp, TileFile]] = {}
        self._laid: dict[str, tuple[TileFile | None, str, TileFile]] = {}
        self._sound: dict[str, TileFile] = {}
        self._checkouts: dict[Path, Checkout] = {}
        self._settings: Configuration | None = None
        self._checker = Checker()

    def look_around(self) -> None:
        """Forget what is known of the checkout: something around the tile may have changed."""
        self._checkouts, self._settings = {}, None

    def check(self, buffers: Mapping[str, str]) -> Report:
        """What is wrong with the tile.

        Args:
            buffers: texts of open files, by their paths in the directory, with ``/``.

        Raises:
            UnusableTile: the directory can't be read.
        """
        settings, fault = self._configuration()
        order = Order.by(self.root, settings)
        if settings != self._settings:
            self._checker, self._settings = Checker(order.rules(), order.allowances), settings
        tile = self._with_buffers(self._read(), buffers).for_target(order.target)
        if _foreign(tile):
            return Report(tile, (), order)
        broken = [path for path in tile.paths if _unreadable(tile.file(path))]
        known = self._readable(tile, broken)
        found = [] if _unreadable(known.file(MANIFEST)) else self._checker.check(known)
        if broken:
            found = [each for each in found if each.file not in broken]
            found = [*_what_breaks(tile, broken, order.rules()), *found]
        kept = tuple(each for each in found if each.severity.rank <= order.severity.rank)
        return Report(tile, kept, order, settings.owner, fault)

    def _configuration(self) -> tuple[Configuration, TilewizardError | None]:
        try:
            return configuration_around(self.root.resolve().parent), None
        except TilewizardError as error:
            return Configuration(), error

    def _read(self) -> Tile:
        """The tile on the disk, made of the files that are known wherever they are still the same."""
        fresh = read(self.root, self._checkouts)
        known: dict[str, tuple[Stamp, TileFile]] = {}
        same: list[TileFile] = []
        for path in fresh.paths:
            file, stamp = fresh.file(path), _stamp(self.root / place_of(fresh, path))
            if file is None or stamp is None:
                continue
            old = self._on_disk.get(path)
            if old is not None and old[0] == stamp and old[1].link == file.link:
                same.append(old[1])
                known[path] = old
            else:
                known[path] = (stamp, file)
        self._on_disk = known
        return fresh.with_files(same)

    def _with_buffers(self, tile: Tile, buffers: Mapping[str, str]) -> Tile:
        laid: dict[str, tuple[TileFile | None, str, TileFile]] = {}
        for place, text in buffers.items():
            path = path_at(tile, place)
            below = tile.file(path)
            # Where a link leads is no part of the tile, nor is what lies in folders that are no tile's.
            if (below is not None and below.link is not None) or not SKIPPED.isdisjoint(path.split("/")):
                continue
            old = self._laid.get(path)
            if old is not None and old[0] is below and old[1] == text:
                laid[path] = old
                continue
            # Half of a character can't be saved; an editor's text may hold one for a moment.
            plain = text if text.isascii() else _LONE.sub("\ufffd", text)
            file = below.with_text(plain) if below is not None else TileFile(path, plain.encode("utf-8"))
            laid[path] = (below, text, file)
        self._laid = laid
        return tile.with_files(file for _, _, file in laid.values())

    def _readable(self, tile: Tile, broken: Collection[str]) -> Tile:
        """The tile with the last texts that could be read in the place of those that can't be: what one types is broken
        at every second key, and what the other files say of it should not come and go with that."""
        for path in tile.paths:
            file = tile.file(path)
            if file is not None and path.endswith(_PARSED) and path not in broken:
                self._sound[path] = file
        for path in broken:
            below = self._on_disk.get(path)
            if path not in self._sound and below is not None and not _unreadable(below[1]):
                self._sound[path] = below[1]
        return tile.with_files(self._sound[path] for path in broken if path in self._sound)


def _stamp(path: Path) -> Stamp | None:
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino, found.st_mode


def _unreadable(file: TileFile | None) -> bool:
    """Whether a text can't be taken for what its name says."""
    if file is None or file.link is not None or not file.path.endswith(_PARSED):
        return False
    if file.path.endswith(".json"):
        return file.json.broken
    return file.yaml.fault is not None and file.yaml.fault.kind != "empty"


def _what_breaks(tile: Tile, broken: Collection[str], rules: Iterable[Rule]) -> list[Finding]:
    """The one finding of each file that can't be read which says why."""
    forms = [each for each in rules if each.name.endswith(_FORMS)]
    found: dict[str, Finding] = {}
    for finding in findings_of(tile, forms):
        if finding.file in broken and not finding.allowed:
            found.setdefault(finding.file, finding)
    return [found[path] for path in broken if path in found]
