"""Typing a file's path, with completion of names, or choosing the file from a list."""

from __future__ import annotations

import os
from pathlib import Path

from textual.binding import Binding
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Static
from tilewizard.answers.typed_path import typed_path
from tilewizard.language import _

from ..file_picker import FilePicker, starting_folder
from .line import Line


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
        head, __, start = value.rpartition("/")
        try:
            folder = Path(os.path.expandvars(head or ("/" if value.startswith("/") else "."))).expanduser()
            names = sorted(entry.name + ("/" if entry.is_dir() else "") for entry in os.scandir(folder))
        except (OSError, ValueError, RuntimeError):
            return None
        for name in names:
            fits = name.endswith("/") or not self.endings or name.lower().endswith(self.endings)
            if name.startswith(start) and fits and (start or not name.startswith(".")):
                return f"{head}/{name}" if "/" in value else name
        return None


class PathInput(Line):
    """An input for a file's path: ``~`` and variables stand for what they mean, a dropped path is taken as it is.

    Args:
        value: as it is shown.
        endings: of the files that fit.
        placeholder: an example.
        kind: what the file is for, as :func:`tilewizard.preview.picked_file.kind_at` says.
        several: whether more than one may be chosen at once; then the input stays as it is, and they are posted as
            :class:`More`.
    """

    BINDINGS = [Binding("ctrl+o", "choose", _("Choose"))]

    class More(Message):
        """More than one file was chosen; the input leaves it to others what to do with them."""

        def __init__(self, paths: list[Path]) -> None:
            super().__init__()
            self.paths = paths

    def __init__(
        self, value: str, endings: tuple[str, ...], placeholder: str, kind: str = "", *, several: bool = False
    ) -> None:
        super().__init__(value, placeholder=placeholder, suggester=_Names(endings), compact=True)
        self.endings = endings
        self.kind = kind
        self.several = several

    @property
    def full_path(self) -> str:
        """The path, absolute; empty when nothing is typed. Quotes and escapes of a dropped path are taken off."""
        return typed_path(self.value)

    def action_choose(self) -> None:
        """Open the list of files where the typed path is, else where a file was picked last."""
        self.focus()
        start = starting_folder(self.full_path)
        self.app.push_screen(FilePicker(start, self.endings, self.kind, self.several), self._chosen)

    def _chosen(self, chosen: Path | list[Path] | None) -> None:
        paths = chosen if isinstance(chosen, list) else [chosen] if chosen is not None else []
        if not self.is_mounted:
            return
        if len(paths) > 1:
            self.post_message(self.More(paths))
        elif paths:
            self.value = shown_path(str(paths[0]))
            self.cursor_position = len(self.value)


class ChooseFile(Static, can_focus=False):
    """The sign beside a path that opens the list of files with the mouse; the key is the input's ``ctrl+o``."""

    DEFAULT_CSS = """
    ChooseFile { width: 3; height: 1; content-align: center middle; background: $primary-muted; color: $text-primary; }
    ChooseFile:hover { background: $primary; }
    """

    def __init__(self, input_: PathInput) -> None:
        super().__init__("…", markup=False)
        self.tooltip = _("Choose a file (Ctrl+O)")
        self.input = input_

    def on_click(self) -> None:
        """Open the list."""
        self.input.action_choose()
