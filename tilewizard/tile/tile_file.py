"""One file of a tile: its bytes, and the documents that they hold, each made when it is first asked for."""

from __future__ import annotations

import os
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tilewizard.language import _

from ..errors import Fault

if TYPE_CHECKING:
    from ..documents.changelog_document import ChangelogDocument
    from ..documents.csv_document import CsvDocument
    from ..documents.json_document import JsonDocument
    from ..documents.readme_document import ReadmeDocument
    from ..inspection.yaml_text import YamlText

_NOT_UTF8 = re.compile("[\udc80-\udcff]")
BOM = b"\xef\xbb\xbf"
TEXT_MAX = 4 * 1024 * 1024
"""Bytes of a text file that are read; a larger one is reported and treated as empty. Published ones stay below 1 MB."""
_START = 65_536
"""Bytes that are read of a file when it is opened first; a shorter one is read whole."""


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

    def held_in(self, root: Path | None) -> str | None:
        """The path below a directory at which the file was read; None for one that was made, or read elsewhere."""
        if self.source is None or root is None:
            return None
        try:
            return Path(self.source).relative_to(root).as_posix()
        except ValueError:
            return None

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
