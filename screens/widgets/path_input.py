"""Typing a file's path, with completion of names."""

from __future__ import annotations

import os
from pathlib import Path

from textual.suggester import Suggester
from textual.widgets import Input


def shown_path(path: str) -> str:
    """A path as one would type it: relative to the current folder where it lies below it."""
    if not path:
        return ""
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative


class _Names(Suggester):
    """Completes the last part of a path from the folder that it is in."""

    def __init__(self, endings: tuple[str, ...]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.endings = endings

    async def get_suggestion(self, value: str) -> str | None:
        """The first file of the right kind, or folder, that goes on as typed."""
        head, _, start = value.rpartition("/")
        folder = Path(os.path.expandvars(head or ("/" if value.startswith("/") else "."))).expanduser()
        try:
            names = sorted(entry.name + ("/" if entry.is_dir() else "") for entry in os.scandir(folder))
        except OSError:
            return None
        for name in names:
            fits = name.endswith("/") or not self.endings or name.lower().endswith(self.endings)
            if name.startswith(start) and fits and (start or not name.startswith(".")):
                return f"{head}/{name}" if "/" in value else name
        return None


class PathInput(Input):
    """An input for a file's path: ``~`` and variables stand for what they mean, a dropped path is taken as it is.

    Args:
        value: as it is shown.
        endings: of the files that fit.
        placeholder: an example.
    """

    def __init__(self, value: str, endings: tuple[str, ...], placeholder: str) -> None:
        super().__init__(value, placeholder=placeholder, suggester=_Names(endings), compact=True)
        self.endings = endings

    @property
    def full_path(self) -> str:
        """The path, absolute; empty when nothing is typed. Quotes and escapes of a dropped path are taken off."""
        text = self.value.strip().removeprefix("file://")
        if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
            text = text[1:-1]
        text = text.replace("\\ ", " ")
        return os.path.normpath(Path(os.path.expandvars(text)).expanduser().absolute()) if text else ""
