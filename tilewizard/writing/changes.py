"""What writing a tile would change: each file before and after, as a tree and as diffs."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tilewizard.language import _, number

if TYPE_CHECKING:
    from ..tile.tile import Tile

Contents = Mapping[str, Callable[[], bytes]]
"""Files by path, each with a function that gives its bytes."""


COUNTED = 4_000
"""Lines, before and after together, up to which added and removed ones are counted: beyond that it takes too long."""


class ChangeKind(StrEnum):
    """What happens to a file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"


@dataclass(frozen=True)
class FileChange:
    """One file before and after; None where it doesn't exist."""

    path: str
    before: bytes | None
    after: bytes | None

    @property
    def kind(self) -> ChangeKind:
        """What happens to the file."""
        if self.before is None:
            return ChangeKind.NEW
        if self.after is None:
            return ChangeKind.REMOVED
        return ChangeKind.UNCHANGED if self.before == self.after else ChangeKind.CHANGED

    @cached_property
    def is_text(self) -> bool:
        """Whether both sides can be shown as text."""
        return not any(b"\0" in each or _odd(each) for each in (self.before, self.after) if each)

    def diff(self, context: int = 3) -> str:
        """A unified diff with control characters made visible; one line on the sizes for a file that is no text."""
        if self.kind == ChangeKind.UNCHANGED:
            return ""
        if not self.is_text:
            return _(
                "{path}: binary, {before} → {after}\n",
                path=self.path,
                before=_size(self.before),
                after=_size(self.after),
            )
        old, new = _lines(self.before), _lines(self.after)
        names = (
            (f"a/{self.path}" if self.before is not None else "/dev/null"),
            (f"b/{self.path}" if self.after is not None else "/dev/null"),
        )
        endings = any(line.endswith("\r\n") for line in old) != any(line.endswith("\r\n") for line in new)
        return "".join(_shown(line, endings) for line in difflib.unified_diff(old, new, *names, n=context))

    @cached_property
    def extent(self) -> str:
        """How much there is of the change: ``575 bytes`` of a new file, ``+3 -1 lines`` of a text, ``512 → 634 bytes``."""
        if self.kind in (ChangeKind.NEW, ChangeKind.REMOVED):
            return _size(self.after if self.before is None else self.before)
        if self.kind == ChangeKind.UNCHANGED:
            return ""
        lines = len(_lines(self.before)) + len(_lines(self.after)) if self.is_text else COUNTED + 1
        if lines > COUNTED:
            return f"{number(len(self.before or b''))} → {_size(self.after)}"
        signs = [line[:1] for line in self.diff(0).splitlines()[2:]]
        return _("+{signs} -{signs2} lines", signs=signs.count("+"), signs2=signs.count("-"))

    @property
    def hunks(self) -> int:
        """How many places of the file change."""
        return sum(line.startswith("@@ ") for line in self.diff().splitlines())


def _odd(data: bytes) -> bool:
    return not data.isascii() and "\ufffd" in data[:100_000].decode("utf-8", "replace")


def _size(data: bytes | None) -> str:
    return _("nothing") if data is None else _("{count:,} bytes", count=len(data))


def _lines(data: bytes | None) -> list[str]:
    return (data or b"").decode("utf-8", "replace").splitlines(keepends=True) if data else []


def _shown(line: str, endings: bool) -> str:
    body = line.rstrip("\r\n")
    plain = "".join(char if char.isprintable() or char == "\t" else _visible(char) for char in body)
    carriage = "␍" if endings and line.endswith("\r\n") else ""
    missing = "" if line.endswith("\n") else _("\n\\ No newline at end of file")
    return f"{plain}{carriage}{missing}\n"


def _visible(char: str) -> str:
    code = ord(char)
    return chr(0x2400 + code) if code < 0x20 else f"\\u{code:04x}"


@dataclass(frozen=True)
class ChangeSet:
    """Every file of a tile before and after. ``creates``: the directory ``root`` must not exist yet."""

    root: Path
    changes: tuple[FileChange, ...]
    creates: bool

    @cached_property
    def changed(self) -> tuple[FileChange, ...]:
        """The files that are new, changed or removed."""
        return tuple(change for change in self.changes if change.kind != ChangeKind.UNCHANGED)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written."""
        return not self.changed

    def summary(self) -> str:
        """``"3 new, 1 changed, 0 removed"``."""
        counts = {kind: sum(change.kind == kind for change in self.changes) for kind in ChangeKind}
        return _(
            "{new} new, {changed} changed, {removed} removed",
            new=counts[ChangeKind.NEW],
            changed=counts[ChangeKind.CHANGED],
            removed=counts[ChangeKind.REMOVED],
        )

    def diff(self, context: int = 3) -> str:
        """The diffs of all files, one after the other."""
        return "".join(change.diff(context) for change in self.changed)


def compare(root: Path, before: Contents, after: Contents, *, creates: bool) -> ChangeSet:
    """Set the files of a tile side by side.

    Args:
        root: the tile's directory.
        before: the files as they were read.
        after: the files as they are to be; a function shared with ``before`` means unchanged and is called once.
        creates: whether the directory is a new one.
    """
    changes = []
    for path in sorted({*before, *after}):
        old, new = before.get(path), after.get(path)
        was = old() if old else None
        changes.append(FileChange(path, was, was if new is old else new() if new else None))
    return ChangeSet(root, tuple(changes), creates)


def plan(tile: Tile, original: Tile | None = None, *, into: Path | None = None, to: Path | None = None) -> ChangeSet:
    """What writing a tile would change.

    Args:
        tile: as it is to be.
        original: the tile as it was read, for an edit in its own directory.
        into: for a new tile the folder that its directory is made in; by default the current one.
        to: a new directory to write the whole tile to instead.
    """
    from ..tile.places import contents

    if original is not None and original.root is not None and to is None:
        return compare(original.root, contents(original, original), contents(tile, original), creates=False)
    return compare(to or (into or Path()) / tile.name, {}, contents(tile, None), creates=True)
