"""A tile: the files of one directory, read lazily, never written to.

A :class:`Tile` is an immutable set of :class:`TileFile` values. Editing makes another tile that shares every file
it did not touch, so two tiles can be compared, and checks repeated, by identity.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tilewizard.language import _

from ..errors import Fault, UnusableTile
from ..field.vocabulary import Target

if TYPE_CHECKING:
    from ..documents.changelog_document import ChangelogDocument
    from ..documents.csv_document import CsvDocument
    from ..documents.json_document import JsonDocument
    from ..documents.readme_document import ReadmeDocument
    from ..inspection.yaml_text import YamlText
    from .checkout import Checkout
    from .overrides import Overrides

MANIFEST = "manifest.json"
README = "README.md"
CHANGELOG = "CHANGELOG.md"
METADATA = "metadata.csv"
SERVICE_CHECKS = "assets/service_checks.json"

_NOT_UTF8 = re.compile("[\udc80-\udcff]")
BOM = b"\xef\xbb\xbf"
TEXT_MAX = 4 * 1024 * 1024
"""Bytes of a text file that are read; a larger one is reported and treated as empty. Published ones stay below 1 MB."""
_START = 65_536
"""Bytes that are read of a file when it is opened first; a shorter one is read whole."""
FILES_MAX = 20_000
"""Files of one directory that are listed; a tile has some dozens."""
SKIPPED = frozenset({".git", "__pycache__", ".venv", "node_modules", ".tox", ".mypy_cache", ".ruff_cache"})


class TileFile:
    """One file of a tile: its bytes, and the documents that they hold, each made when it is first asked for.

    Args:
        path: relative to the tile, with ``/``.
        data: the bytes, or None to read them from ``source`` when asked.
        source: where the bytes come from.
        link: what a symbolic link points at; a link is never followed, its bytes read as empty.
        regular: whether ``source`` is a regular file, where that is known already.
    """

    def __init__(
        self,
        path: str,
        data: bytes | None = None,
        *,
        source: str | os.PathLike[str] | None = None,
        link: str | None = None,
        regular: bool | None = None,
    ) -> None:
        self.path = path
        self.source = source
        self.link = link
        self._data = data
        self._regular = regular
        self._start: bytes | None = None

    def __repr__(self) -> str:
        return f"TileFile({self.path!r})"

    @cached_property
    def data(self) -> bytes:
        """The bytes; empty for a link, a special file or one that can't be read (see ``unreadable``)."""
        if self._data is not None:
            return self._data
        if self.link is not None or self.source is None or self.unreadable:
            return b""
        if self._start is not None and len(self._start) < _START:
            return self._start
        with open(self.source, "rb") as stream:  # noqa: PTH123  (thousands of times)
            return stream.read()

    def content(self) -> bytes:
        """The bytes, as a function."""
        return self.data

    @cached_property
    def unreadable(self) -> str:
        """Why the file can't be read, or nothing."""
        if self._data is not None or self.link is not None or self.source is None:
            return ""
        try:
            if not (os.path.isfile(self.source) if self._regular is None else self._regular):  # noqa: PTH113
                return _("is not a regular file")
            # Whoever opens it may as well read: most files are that short.
            with open(self.source, "rb") as stream:  # noqa: PTH123
                self._start = stream.read(_START)
            return ""
        except OSError as error:
            return error.strerror or str(error)

    def head(self, size: int) -> bytes:
        """At most the first ``size`` bytes, without reading the rest from the disk."""
        if self._data is not None or "data" in self.__dict__:
            return self.data[:size]
        if self.link is not None or self.source is None or self.unreadable:
            return b""
        if self._start is not None and (size <= len(self._start) or len(self._start) < _START):
            return self._start[:size]
        with open(self.source, "rb") as stream:  # noqa: PTH123
            return stream.read(size)

    def tail(self, size: int) -> bytes:
        """At most the last ``size`` bytes, without reading what stands before them from the disk."""
        if self._data is not None or "data" in self.__dict__:
            return self.data[-size:]
        if self.link is not None or self.source is None or self.unreadable:
            return b""
        if self._start is not None and len(self._start) < _START:
            return self._start[-size:]
        with open(self.source, "rb") as stream:  # noqa: PTH123
            stream.seek(max(self.size - size, 0))
            return stream.read(size)

    @cached_property
    def size(self) -> int:
        """Bytes, without reading them."""
        if self._data is not None:
            return len(self._data)
        if self.link is not None or self.source is None:
            return 0
        if self._start is not None and len(self._start) < _START:
            return len(self._start)
        try:
            return os.stat(self.source).st_size  # noqa: PTH116
        except OSError:
            return 0

    @cached_property
    def text(self) -> str:
        """The bytes as UTF-8 without a byte order mark; bytes that are not UTF-8 stand as lone surrogates."""
        if self.size > TEXT_MAX:
            return ""
        data = self.data
        if data.startswith(BOM):
            data = data[3:]
        return data.decode("utf-8", "surrogateescape")

    @cached_property
    def text_faults(self) -> tuple[Fault, ...]:
        """What keeps the file from being plain UTF-8 text of a sane size."""
        if self.size > TEXT_MAX:
            return (
                Fault(
                    0,
                    _("is {size:,} bytes; a text file of a tile is at most {limit:,}", size=self.size, limit=TEXT_MAX),
                    kind="size",
                ),
            )
        found = []
        if self.data.startswith(BOM):
            found.append(Fault(0, _("starts with a byte order mark"), _("save it as UTF-8 without one"), "bom"))
        bad = None if self.text.isascii() else _NOT_UTF8.search(self.text)
        if bad is not None:
            found.append(Fault(bad.start(), _("is not UTF-8 here"), _("save the file as UTF-8"), "encoding"))
        return tuple(found)

    def with_text(self, text: str) -> TileFile:
        """The same file with another text; the byte order mark stays, an equal text gives this very file."""
        if text == self.text:
            return self
        bom = BOM if self.data.startswith(BOM) else b""
        return TileFile(self.path, bom + text.encode("utf-8", "surrogateescape"))

    @cached_property
    def json(self) -> JsonDocument:
        """The text as a JSON document; broken text gives a document with faults."""
        from ..documents.json_document import JsonDocument

        return JsonDocument.parse(self.text)

    @cached_property
    def readme(self) -> ReadmeDocument:
        """The text as a README with sections."""
        from ..documents.readme_document import ReadmeDocument

        return ReadmeDocument.parse(self.text)

    @cached_property
    def csv(self) -> CsvDocument:
        """The text as rows of comma separated values."""
        from ..documents.csv_document import CsvDocument

        return CsvDocument.parse(self.text)

    @cached_property
    def yaml(self) -> YamlText:
        """The text as YAML."""
        from ..inspection.yaml_text import YamlText

        return YamlText(self.text)

    @cached_property
    def changelog(self) -> ChangelogDocument:
        """The text as a list of releases."""
        from ..documents.changelog_document import ChangelogDocument

        return ChangelogDocument.parse(self.text)


class Tile:
    """The files of one tile, and what they say.

    Args:
        files: every file by its path relative to the tile, with ``/``.
        name: the directory's name.
        root: the directory, or None for a tile that was never written.
        target: the repository that it is meant for, or None to find out (see :attr:`target`).
        checkouts: what is known of checkouts already, by their roots: shared by tiles that are read together.
    """

    def __init__(
        self,
        files: Mapping[str, TileFile],
        *,
        name: str,
        root: Path | None = None,
        target: Target | None = None,
        checkouts: dict[Path, Checkout] | None = None,
    ) -> None:
        self._checkouts = checkouts
        self._files = files
        self.name = name
        self.root = root
        self._target = target

    def __repr__(self) -> str:
        return f"Tile({self.name!r}, {len(self._files)} files)"

    def file(self, path: str) -> TileFile | None:
        """The file at ``path``, or None; looked up by exact spelling."""
        return self._files.get(path)

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
        # Not kept: whoever remembers findings notes each look at what lies around the tile.
        if self.file(MANIFEST) is not None or self.root is None or self.checkout is None:
            return None
        root = self.root.resolve()
        return self.checkout.overrides.get(root.name) if root.parent == self.checkout.root.resolve() else None

    def stated(self, pointer: str) -> str:
        """The manifest's text at a pointer, or what the checkout says in its place where there is no manifest."""
        return self.overrides.stated(pointer) if self.overrides is not None else self.text_at(pointer)

    @property
    def manifest(self) -> JsonDocument:
        """The manifest; a tile without one has an empty text with a fault."""
        file = self.file(MANIFEST)
        return (file or TileFile(MANIFEST, b"")).json

    @property
    def target(self) -> Target:
        """The repository: as given, else from pricing or legal terms, else the checkout's name or remote, else extras."""
        if self._target is not None:
            return self._target
        return self._found_target

    @cached_property
    def _found_target(self) -> Target:
        if self.at("/pricing") or self.at("/legal_terms") or self.at("/terms/eula"):
            return Target.MARKETPLACE
        checkout = self.checkout
        return checkout.target if checkout and checkout.target else Target.EXTRAS

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
    return Tile(files, name=root.resolve().name, root=root, checkouts=checkouts)


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
