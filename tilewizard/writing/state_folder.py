"""The folder in which tilewizard keeps drafts, recent tiles and folders, and how one likes the wizard to look."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any


def state_folder() -> Path:
    """``$TILEWIZARD_STATE``, else the system's usual place for a program's state."""
    given = os.environ.get("TILEWIZARD_STATE")
    if given:
        return Path(given)
    from platformdirs import user_state_path

    return user_state_path("tilewizard", appauthor=False)


def recall(name: str) -> Any:
    """What was kept under a name in the state folder, as JSON; None where there is nothing that can be read."""
    import json

    try:
        return json.loads((state_folder() / name).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def keep(name: str, data: Any) -> None:
    """Keep something as JSON under a name; a state folder that can't be written is no reason to fail."""
    import json
    from contextlib import suppress

    with suppress(OSError):
        put(state_folder() / name, json.dumps(data, indent=1).encode())


def put(place: Path, data: bytes) -> None:
    """Write a file of the user's own at once: a crash leaves the old one or the new one.

    Raises:
        OSError: it can't be written; the old one is as it was.
    """
    import secrets
    from contextlib import suppress

    from . import disk

    stage = place.with_name(f".{place.name}.{os.getpid()}-{secrets.token_hex(3)}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        disk.DISK.write(stage, data, 0o600)
        disk.DISK.replace(stage, place)
        disk.DISK.fsync_directory(place.parent)
    except OSError:
        with suppress(OSError):
            stage.unlink()
        raise
