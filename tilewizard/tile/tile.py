"""A tile: the files of one directory, read lazily, never written to.

A :class:`Tile` is an immutable set of :class:`TileFile` values. Editing makes another tile that shares every file
it did not touch, so two tiles can be compared, and checks repeated, by identity.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tilewizard.language import _

from ..errors import UnusableTile
from ..field.vocabulary import Target, repository_of
from .listing_folder import gathered
from .tile_file import BOM, TEXT_MAX, TileFile

if TYPE_CHECKING:
    from ..documents.json_document import JsonDocument
    from .checkout import Checkout
    from .overrides import Overrides

__all__ = [
    "BOM",
    "CHANGELOG",
    "FILES_MAX",
    "MANIFEST",
    "METADATA",
    "README",
    "SERVICE_CHECKS",
    "SKIPPED",
    "TEXT_MAX",
    "Tile",
    "TileFile",
    "read",
]

MANIFEST = "manifest.json"
README = "README.md"
CHANGELOG = "CHANGELOG.md"
METADATA = "metadata.csv"
SERVICE_CHECKS = "assets/service_checks.json"

FILES_MAX = 20_000
"""Files of one directory that are listed; a tile has some dozens."""
SKIPPED = frozenset({".git", "__pycache__", ".venv", "node_modules", ".tox", ".mypy_cache", ".ruff_cache"})


class Tile:
    """The files of one tile, and what they say.

    Args:
        files: every file by its path relative to the tile, with ``/``.
        name: the directory's name.
        root: the directory, or None for a tile that was never written.
        target: the repository that it is meant for, or None to find out (see :attr:`target`).
        checkouts: what is known of checkouts already, by their roots: shared by tiles that are read together.
        listed_apart: whether its directory has a folder for what goes to the Developer Platform's form.
    """

    def __init__(
        self,
        files: Mapping[str, TileFile],
        *,
        name: str,
        root: Path | None = None,
        target: Target | None = None,
        checkouts: dict[Path, Checkout] | None = None,
        listed_apart: bool = False,
    ) -> None:
        self._checkouts = checkouts
        self._listed_apart = listed_apart
        self._files = files
        self.name = name
        self.root = root
        self._target = target

    def __repr__(self) -> str:
        return f"Tile({self.name!r}, {len(self._files)} files)"

    def file(self, path: str) -> TileFile | None:
        """The file at ``path``, or None; looked up by exact spelling."""
        return self._files.get(path)

    def has(self, path: str) -> bool:
        """Whether there is a file at ``path``."""
        return path in self._files

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file's path, sorted."""
        return tuple(sorted(self._files))

    def under(self, folder: str, *endings: str) -> tuple[str, ...]:
        """The files directly or deeper below ``folder``, with one of the endings when any is named."""
        start = f"{folder.rstrip('/')}/"
        found = (path for path in self.paths if path.startswith(start))
        return tuple(path for path in found if not endings or path.lower().endswith(endings))

    def at(self, pointer: str, default: Any = None) -> Any:
        """The manifest's value at a JSON pointer, or ``default``: ``tile.at("/tile/title")``."""
        file = self._files.get(MANIFEST)
        return default if file is None else file.json.get(pointer, default)

    def text_at(self, pointer: str) -> str:
        """The manifest's text at a pointer; empty when it is missing or no text."""
        value = self.at(pointer)
        return value if isinstance(value, str) else ""

    def list_at(self, pointer: str) -> list[Any]:
        """The manifest's list at a pointer; empty when it is missing or no list."""
        value = self.at(pointer)
        return value if isinstance(value, list) else []

    def object_at(self, pointer: str) -> dict[str, Any]:
        """The manifest's object at a pointer; empty when it is missing or no object."""
        value = self.at(pointer)
        return value if isinstance(value, dict) else {}

    @property
    def overrides(self) -> Overrides | None:
        """What the checkout says of a directory that has no manifest on purpose; None for any other."""
        return None if self.has(MANIFEST) else self._said_around()

    @property
    def listed_apart(self) -> bool:
        """Whether its directory has a folder for what goes to the Developer Platform's form."""
        return self._listed_apart

    @property
    def expected_overrides(self) -> Overrides | None:
        """As :attr:`overrides`, and for a package whose listing lies apart too, in a checkout of Datadog's: empty where nothing is said.

        None where the package has a manifest of its own, and outside of such a checkout.
        """
        if not self._listed_apart:
            return self.overrides
        manifest = self.file(MANIFEST)
        if self.root is None or self.checkout is None or self.checkout.target is None:
            return None
        if self.root.resolve().parent != self.checkout.root.resolve():
            return None
        if manifest is not None and manifest.held_in(self.root) == MANIFEST:
            return None
        from .overrides import Overrides

        return self._said_around() or Overrides()

    def _said_around(self) -> Overrides | None:
        # Not kept: whoever remembers findings notes each look at what lies around the tile.
        if self.root is None or self.checkout is None:
            return None
        root = self.root.resolve()
        return self.checkout.overrides.get(root.name) if root.parent == self.checkout.root.resolve() else None

    def stated(self, pointer: str) -> str:
        """The manifest's text at a pointer, or what the checkout says in its place where the package has no manifest."""
        text = self.text_at(pointer)
        if text or (self.has(MANIFEST) and not self._listed_apart):
            return text
        around = self._said_around()
        return around.stated(pointer) if around is not None else ""

    @property
    def manifest(self) -> JsonDocument:
        """The manifest; a tile without one has an empty text with a fault."""
        file = self.file(MANIFEST)
        return (file or TileFile(MANIFEST, b"")).json

    @property
    def target(self) -> Target:
        """Where it goes: as given; the Developer Platform by its folder or by a checkout that knows it to have no manifest; else
        a repository, from pricing or legal terms, from the checkout's name or remote, else extras."""
        if self._target is not None:
            return self._target
        return self._found_target

    @cached_property
    def _found_target(self) -> Target:
        if self._listed_apart or self.overrides is not None:
            return Target.PLATFORM
        if self.at("/pricing") or self.at("/legal_terms") or self.at("/terms/eula"):
            return Target.MARKETPLACE
        checkout = self.checkout
        return checkout.target if checkout and checkout.target else Target.EXTRAS

    @property
    def sold(self) -> bool:
        """Whether customers pay for it: in a repository by which it is, on the platform by what the listing asks of buyers."""
        if self.target != Target.PLATFORM:
            return self.target == Target.MARKETPLACE
        return any(self.at(pointer) is not None for pointer in ("/pricing", "/legal_terms", "/terms/eula"))

    @property
    def repository(self) -> Target:
        """The repository that its code stands in."""
        return repository_of(self.target, sold=self.sold)

    @cached_property
    def checkout(self) -> Checkout | None:
        """The git checkout that the directory stands in, or None."""
        from .checkout import find_checkout

        return find_checkout(self.root, self._checkouts) if self.root else None

    def with_file(self, file: TileFile) -> Tile:
        """This tile with one file more, or another in its place."""
        return self.with_files([file])

    def with_files(self, files: Iterable[TileFile], *, without: Iterable[str] = ()) -> Tile:
        """This tile with files added or replaced and others taken away; this very tile when nothing differs."""
        changed = dict(self._files)
        for path in without:
            changed.pop(path, None)
        changed.update((file.path, file) for file in files)
        if len(changed) == len(self._files) and all(self._files.get(path) is file for path, file in changed.items()):
            return self
        return self._like(changed)

    def with_text(self, path: str, text: str) -> Tile:
        """This tile with another text in one file."""
        file = self._files.get(path)
        return self.with_file(file.with_text(text) if file else TileFile(path, text.encode("utf-8", "surrogateescape")))

    def for_target(self, target: Target | None) -> Tile:
        """This tile, taken to be meant for ``target`` (None: find out)."""
        other = self._like(self._files)
        other._target = target
        return other

    def _like(self, files: Mapping[str, TileFile]) -> Tile:
        other = Tile(files, name=self.name, root=self.root, target=self._target, checkouts=self._checkouts)
        other._listed_apart = self._listed_apart
        if "checkout" in self.__dict__:
            other.__dict__["checkout"] = self.__dict__["checkout"]
        return other


def read(path: str | os.PathLike[str], checkouts: dict[Path, Checkout] | None = None) -> Tile:
    """Read the tile in a directory; file contents are read when they are first needed.

    Symbolic links are listed and never followed. A tile whose files are broken is read all the same.

    Args:
        path: the directory.
        checkouts: what is known of the checkouts around tiles, when many are read.

    Raises:
        UnusableTile: the path is missing, is no directory, can't be listed, or has absurdly many files.
    """
    root = Path(path)
    if not root.exists():
        raise UnusableTile(_("there is no such directory"), file=str(path), remedy=_("check the path"))
    if not root.is_dir():
        raise UnusableTile(_("is a file, and a tile is a directory"), file=str(path), remedy=_("name the directory"))
    files: dict[str, TileFile] = {}
    try:
        _list_into(files, os.fspath(root), "")
    except OSError as error:
        raise UnusableTile(
            _("can't be listed: {strerror}", strerror=error.strerror), file=str(path), remedy=_("check its permissions")
        ) from error
    files, listed_apart = gathered(files)
    return Tile(files, name=root.resolve().name, root=root, checkouts=checkouts, listed_apart=listed_apart)


def _list_into(files: dict[str, TileFile], folder: str, prefix: str) -> None:
    pending = [(folder, prefix)]
    while pending:
        folder, prefix = pending.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                path = f"{prefix}{entry.name}"
                if entry.is_symlink():
                    files[path] = TileFile(path, link=str(Path(entry.path).readlink()))
                elif entry.is_dir(follow_symlinks=False):
                    if entry.name not in SKIPPED:
                        pending.append((entry.path, f"{path}/"))
                else:
                    files[path] = TileFile(path, source=entry.path, regular=entry.is_file(follow_symlinks=False))
        if len(files) > FILES_MAX:
            raise UnusableTile(
                _("holds more than {limit:,} files, too many for a tile", limit=FILES_MAX),
                file=folder,
                remedy=_("name one tile's directory"),
            )
