"""A file that somebody asked for by name, such as a page or an archive: there whole, or as it was."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from ..errors import TilewizardError
from ..quoting import visible
from . import disk


def put_file(place: Path, data: bytes) -> None:
    """Write a file at once, in the place of an older one; a pipe or a terminal is written to.

    Raises:
        TilewizardError: it can't be written; what was there is as it was.
    """
    stage = None
    try:
        if place.exists() and not place.is_file():
            with place.open("wb") as stream:
                stream.write(data)
            return
        target = place.resolve() if place.is_symlink() else place
        stage = target.with_name(f".{target.name}.{os.getpid()}-{secrets.token_hex(3)}")
        disk.DISK.write(stage, data)
        disk.DISK.replace(stage, target)
    except (OSError, ValueError) as error:
        with suppress(OSError, ValueError):
            if stage is not None:
                stage.unlink()
        reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
        remedy = "name another file, or make its folder first"
        raise TilewizardError(f"can't be written: {reason}", file=visible(str(place)), remedy=remedy) from error
