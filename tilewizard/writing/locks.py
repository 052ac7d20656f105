"""One wizard at a time on one tile: an advisory lock in the user's state folder, released when its process ends."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tilewizard.language import _

from ..errors import WriteRefused
from .state_folder import state_folder

_HELD: dict[Path, int] = {}


@contextmanager
def tile_lock(root: Path) -> Iterator[None]:
    """Hold the lock on a tile's directory; within one process it may be taken again.

    Raises:
        WriteRefused: another process holds it.
    """
    place = root.resolve()
    if _HELD.get(place):
        _HELD[place] += 1
        try:
            yield
        finally:
            _HELD[place] -= 1
        return
    stream = _locked(place)
    _HELD[place] = 1
    try:
        yield
    finally:
        del _HELD[place]
        if stream is not None:
            stream.close()


def _locked(place: Path) -> IO[str] | None:
    try:
        import fcntl
    except ImportError:  # No such locks on this system: the check for changes on the disk is what is left.
        return None
    name = hashlib.sha256(os.fsencode(place)).hexdigest()[:24]
    try:
        folder = state_folder() / "locks"
        folder.mkdir(parents=True, exist_ok=True)
        stream = (folder / name).open("a+", encoding="utf-8")
    except OSError:  # A state folder that can't be written must not keep anybody from saving.
        return None
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        stream.seek(0)
        holder = stream.read(20).strip()
        stream.close()
        raise WriteRefused(
            _("is open in another tilewizard{value}", value=f" (process {holder})" if holder else ""),
            file=str(place),
            remedy=_("close it there first, or write to another directory"),
        ) from None
    stream.truncate(0)
    stream.write(str(os.getpid()))
    stream.flush()
    return stream
