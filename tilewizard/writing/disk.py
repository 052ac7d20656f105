"""The few ways in which tilewizard touches a disk to write: one seam, so that a test can break any of them."""

from __future__ import annotations

import ctypes
import ctypes.util
import errno
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

_AT_FDCWD = -100
_NOREPLACE = 1
_EXCHANGE = 2


@cache
def _renameat2() -> Any:
    if not sys.platform.startswith("linux"):
        return None
    try:
        return ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True).renameat2
    except (OSError, AttributeError):
        return None


def _rename_with(source: Path, target: Path, flag: int) -> bool:
    """Rename with a flag of Linux's renameat2. Returns False where it can't be had; raises OSError when it fails."""
    call = _renameat2()
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(source), _AT_FDCWD, os.fsencode(target), flag) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(target))


class Disk:
    """Writing primitives; each is one step that a crash can come before or after."""

    def mkdir(self, path: Path) -> None:
        """Make a directory."""
        path.mkdir()

    def write(self, path: Path, data: bytes, mode: int = 0o666) -> None:
        """Make a new file with these bytes, on the disk when this returns."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), mode)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            self.fsync(stream.fileno())

    def fsync(self, descriptor: int) -> None:
        """See to it that a file is on the disk."""
        os.fsync(descriptor)

    def fsync_directory(self, path: Path) -> None:
        """See to it that a directory's entries are on the disk, where the system can."""
        try:
            descriptor = os.open(path, os.O_RDONLY)
        except OSError:
            return
        try:
            self.fsync(descriptor)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.EBADF, errno.EACCES):
                raise
        finally:
            os.close(descriptor)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name; copy it where that can't be had."""
        import shutil

        try:
            os.link(source, target, follow_symlinks=False)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise
            shutil.copy2(source, target, follow_symlinks=False)

    def replace(self, source: Path, target: Path) -> None:
        """Put a file in another's place at once."""
        source.replace(target)

    def rename_new(self, source: Path, target: Path) -> None:
        """Rename to a name that must be free; raises FileExistsError when it isn't."""
        if _rename_with(source, target, _NOREPLACE):
            return
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        source.rename(target)

    def exchange(self, one: Path, other: Path) -> bool:
        """Let two directories swap their names at once. Returns False where the system can't."""
        return _rename_with(one, other, _EXCHANGE)

    def unlink(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    def rmtree(self, path: Path) -> None:
        """Remove a directory and all in it; what can't be removed is left."""
        import shutil

        shutil.rmtree(path, ignore_errors=True)


DISK = Disk()
"""The disk that everything is written to."""
