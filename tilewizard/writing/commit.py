"""Writing a change set: all of it or nothing, whatever happens on the way.

- A new tile is staged in a hidden folder beside its place, brought to the disk and renamed into place: nobody sees half
  of it, and a directory that came into being meanwhile is not replaced.
- A change of one file is a new file beside it that takes its place in one rename; the directory stays the same.
- A change of several files is a whole new directory beside the old one, unchanged files as further names of the same
  file, and then the two directories swap their names in one step (Linux renameat2). Where a system has no such step, the
  old one is renamed aside first; :func:`recover` puts it back when the second rename never came.

What a killed process leaves is a hidden folder or file whose name holds ``.tilewizard-<process>-``; :func:`recover`, called
whenever a tile is opened, removes those of processes that are gone.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tilewizard.language import _

from ..errors import ChangedOnDisk, WriteRefused
from . import disk
from .changes import ChangeKind, ChangeSet, FileChange
from .locks import tile_lock

_MARK = ".tilewizard-"
_ASIDE = "aside"


def commit(changes: ChangeSet, *, to: Path | None = None) -> list[str]:
    """Write a change set.

    Args:
        changes: what to write.
        to: write the whole state afterwards to this new directory instead.

    Returns:
        The paths that were written or removed, relative to the tile, sorted.

    Raises:
        WriteRefused: the directory is as it was; the message names file, fault and remedy.
        ChangedOnDisk: a file is not what it was when the tile was read.
    """
    if to is not None:
        whole = tuple(FileChange(each.path, None, each.after) for each in changes.changes if each.after is not None)
        changes = ChangeSet(to, whole, creates=True)
    with _told(changes.root):
        for change in changes.changed:
            _demand_inside(changes.root, change.path)
    if changes.is_empty and not changes.creates:
        return []
    with tile_lock(changes.root), _told(changes.root):
        if changes.creates:
            _create(changes)
        else:
            _demand_unchanged(changes)
            _change(changes)
    return [change.path for change in changes.changed]


@contextmanager
def _told(root: Path) -> Iterator[None]:
    """Turn a failure of the system into words; what was staged is gone by then."""
    try:
        yield
    except OSError as error:
        file = str(error.filename or root)
        raise WriteRefused(_reason(error), file=_without_stage(file), remedy=_remedy(error)) from error


def _reason(error: OSError) -> str:
    text = error.strerror or str(error)
    return _("can't be written: {text}{text2}; nothing was changed", text=text[0].lower(), text2=text[1:])


def _remedy(error: OSError) -> str:
    remedies = {
        errno.ENOSPC: _("make room on the disk and write again"),
        errno.EDQUOT: _("make room in your quota and write again"),
        errno.EACCES: _("allow writing to that folder, or write to another directory"),
        errno.EPERM: _("allow writing to that folder, or write to another directory"),
        errno.EROFS: _("the disk is read-only; write to another directory"),
        errno.EEXIST: _("choose another directory, or open the tile with `tilewizard edit`"),
        errno.ENOTDIR: _("a file stands where a folder is needed; move it, or write to another directory"),
        errno.ENAMETOOLONG: _("choose a shorter name"),
    }
    return remedies.get(error.errno or 0, _("write to another directory"))


def _without_stage(file: str) -> str:
    """The place that a user knows, for a path that is staged: what is staged has the name of what it is to be in its own."""
    return str(Path(*(part[1:].partition(_MARK)[0] if _MARK in part else part for part in Path(file).parts)))


def _demand_inside(root: Path, path: str) -> None:
    parts = path.split("/")
    ill = path.startswith("/") or "\\" in path or any(part in ("", ".", "..") for part in parts)
    if ill or any(ord(char) < 32 for char in path):
        raise WriteRefused(
            _("{path!r} is no path inside a tile", path=path), file=str(root), remedy=_("rename the file")
        )
    for depth in range(1, len(parts) + 1):
        place = root.joinpath(*parts[:depth])
        if place.is_symlink():
            raise WriteRefused(
                _("{parts} is a symbolic link, and nothing is written through one", parts="/".join(parts[:depth])),
                file=str(root),
                remedy=_("put a real file or folder in its place"),
            )


def _demand_unchanged(changes: ChangeSet) -> None:
    if not changes.root.is_dir():
        raise ChangedOnDisk([str(changes.root)])
    other = []
    for change in changes.changed:
        place = changes.root / change.path
        try:
            now: bytes | None = place.read_bytes() if place.exists() else None
        except OSError:
            now = None if change.before is not None else b""
        if now != change.before:
            other.append(change.path)
    if other:
        raise ChangedOnDisk(other)


def _stage_beside(place: Path) -> Path:
    return place.parent / f".{place.name}{_MARK}{os.getpid()}-{secrets.token_hex(4)}"


def _create(changes: ChangeSet) -> None:
    root = changes.root
    if os.path.lexists(root):
        raise WriteRefused(
            _("is there already, and a new tile never overwrites"),
            file=str(root),
            remedy=_("choose another directory, or open it with `tilewizard edit`"),
        )
    made = _make_parents(root.parent)
    stage = _stage_beside(root)
    try:
        disk.DISK.mkdir(stage)
        _fill(stage, changes)
        disk.DISK.rename_new(stage, root)
    except BaseException:
        disk.DISK.rmtree(stage)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise
    _settle(root.parent)


def _settle(folder: Path) -> None:
    """Bring a rename to the disk. It has taken place: that it may not outlast a power cut is no reason to call it failed."""
    with suppress(OSError):
        disk.DISK.fsync_directory(folder)


def _make_parents(folder: Path) -> list[Path]:
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    made: list[Path] = []
    for each in reversed(missing):
        disk.DISK.mkdir(each)
        made.append(each)
    return made


def _fill(stage: Path, changes: ChangeSet) -> None:
    """Write the new and changed files below a staging folder and bring everything to the disk."""
    folders = {stage}
    for change in changes.changes:
        place = stage / change.path
        if change.after is None or (change.kind == ChangeKind.UNCHANGED and not changes.creates):
            continue
        for folder in reversed(place.relative_to(stage).parents):
            if not (stage / folder).exists():
                disk.DISK.mkdir(stage / folder)
            folders.add(stage / folder)
        disk.DISK.write(place, change.after)
    for folder in sorted(folders, reverse=True):
        disk.DISK.fsync_directory(folder)


def _change(changes: ChangeSet) -> None:
    changed = changes.changed
    if len(changed) == 1 and changed[0].kind == ChangeKind.CHANGED:
        _replace_one(changes.root / changed[0].path, changed[0].after or b"")
    else:
        _exchange_all(changes)


def replace_file(place: Path, data: bytes) -> None:
    """Put other bytes in a file, or make it, at once; a crash leaves the old ones or the new ones.

    Raises:
        WriteRefused: the file is as it was; the message names fault and remedy.
    """
    if place.exists() and not place.is_file():
        # To take the place of a device or a pipe would take it away from everybody.
        raise WriteRefused(_("is no regular file"), file=str(place), remedy=_("name another file"))
    with _told(place):
        _replace_one(place, data)


def _replace_one(place: Path, data: bytes) -> None:
    stage = _stage_beside(place)
    mode = _mode_of(place)
    if mode is not None and not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))
    try:
        disk.DISK.write(stage, data)
        if mode is not None:
            stage.chmod(mode)
        disk.DISK.replace(stage, place)
    except BaseException:
        with suppress(OSError):
            stage.unlink()
        raise
    _settle(place.parent)


def _exchange_all(changes: ChangeSet) -> None:
    root = changes.root.resolve()
    stage = _stage_beside(root)
    modes = {change.path: _mode_of(root / change.path) for change in changes.changed}
    try:
        disk.DISK.mkdir(stage)
        _link_unchanged(root, stage, {change.path for change in changes.changed})
        _fill(stage, changes)
        for path, mode in modes.items():
            if mode is not None and (stage / path).exists():
                (stage / path).chmod(mode)
        stage.chmod(stat.S_IMODE(root.stat().st_mode))
        if not disk.DISK.exchange(stage, root):
            _rename_in_turn(stage, root)
    except BaseException:
        disk.DISK.rmtree(stage)
        raise
    _settle(root.parent)
    disk.DISK.rmtree(stage)


def _mode_of(place: Path) -> int | None:
    return stat.S_IMODE(place.stat().st_mode) if place.exists() else None


def _link_unchanged(root: Path, stage: Path, changed: set[str]) -> None:
    """Give every file that stays, known or not, a name in the new directory; folders keep their modes."""
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        there = stage / here.relative_to(root)
        for name in folders:
            if (here / name).is_symlink():
                files.append(name)
            elif (here / name).relative_to(root).as_posix() not in changed:
                disk.DISK.mkdir(there / name)
                (there / name).chmod(stat.S_IMODE((here / name).stat().st_mode) | stat.S_IRWXU)
        folders[:] = [name for name in folders if not (here / name).is_symlink()]
        for name in files:
            if (here / name).relative_to(root).as_posix() not in changed and _MARK not in name:
                disk.DISK.link(here / name, there / name)


def _rename_in_turn(stage: Path, root: Path) -> None:
    aside = root.parent / f".{root.name}{_MARK}{os.getpid()}-{_ASIDE}"
    disk.DISK.replace(root, aside)
    try:
        disk.DISK.rename_new(stage, root)
    except BaseException:
        aside.rename(root)
        raise
    disk.DISK.rmtree(aside)


def recover(root: Path) -> list[str]:
    """Clear up after a process that was killed while it wrote this tile: the tile is the old one or the new one.

    Returns:
        The names of what was removed or put back.
    """
    root = root.resolve()
    found: list[str] = []
    for place in _left_behind(root):
        found.append(place.name)
        if place.name.endswith(_ASIDE) and not root.exists():
            place.rename(root)
        elif place.is_dir() and not place.is_symlink():
            disk.DISK.rmtree(place)
        else:
            with suppress(OSError):
                place.unlink()
    return found


def _left_behind(root: Path) -> list[Path]:
    start = f".{root.name}{_MARK}"
    with suppress(OSError):
        beside = [each for each in root.parent.iterdir() if each.name.startswith(start)]
        within = [each for each in root.rglob(f".*{_MARK}*") if each.is_file()] if root.is_dir() else []
        # What stands aside comes first: without it there may be no tile.
        every = sorted([*beside, *within], key=lambda each: not each.name.endswith(_ASIDE))
        return [each for each in every if not _alive(each.name)]
    return []


def _alive(name: str) -> bool:
    number = name.partition(_MARK)[2].partition("-")[0]
    if not number.isdigit():
        return True
    if int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
