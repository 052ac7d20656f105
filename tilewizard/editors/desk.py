"""A tile with open files: checked a moment after the last key, one check at a time, beside the loop that reads messages."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from lsprotocol import types as lsp

from ..errors import TilewizardError, unforeseen
from . import answering
from .at_work import Report, TileAtWork
from .lines import Encoding, Lines

PAUSE = 0.1
"""Seconds without a key after which a tile is checked."""
PATIENCE = 1.0
"""Seconds of typing without such a pause after which it is checked all the same."""


@dataclass
class Buffer:
    """An open file, by its text in the editor."""

    uri: str
    path: Path
    version: int | None
    lines: Lines


class Editor(Protocol):
    """Whom a desk works for: what is open there, and what it is told."""

    @property
    def encoding(self) -> Encoding: ...

    def buffers_of(self, root: Path) -> list[Buffer]: ...

    def tell(self, diagnostics: Mapping[str, list[lsp.Diagnostic] | None], checked: Iterable[Buffer] = ()) -> None: ...

    def log(self, message: str) -> None: ...


class Desk:
    """A tile with open files: checks it when it was touched, and tells the editor.

    Args:
        editor: whom it works for.
        root: the tile's directory.
    """

    def __init__(self, editor: Editor, root: Path) -> None:
        self._editor = editor
        self.root = root
        self._tile = TileAtWork(root)
        self._touched, self._around = 0, False
        self._task: asyncio.Task[None] | None = None
        self._told: set[str] = set()
        self.report: Report | None = None

    def touch(self, *, around: bool = False) -> None:
        """Something changed: a buffer, or with ``around`` what lies about the tile."""
        self._touched += 1
        self._around = self._around or around
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._work())

    async def current(self) -> Report | None:
        """The report on the buffers as they are now; None when the tile can't be read."""
        if self._task is not None:
            await asyncio.shield(self._task)
        return self.report

    def close(self) -> None:
        """No file is open any more: take back what was told."""
        if self._task is not None:
            self._task.cancel()
        self._editor.tell(dict.fromkeys(self._told))
        self._told = set()

    async def _work(self) -> None:
        done = -1
        while done != self._touched:
            await self._pause()
            done, around = self._touched, self._around
            self._around = False
            buffers = {buffer.path: replace(buffer) for buffer in self._editor.buffers_of(self.root)}
            texts = {path.relative_to(self.root).as_posix(): each.lines.text for path, each in buffers.items()}
            try:
                self.report = await asyncio.to_thread(self._checked, texts, around)
            except TilewizardError as error:
                self.report = None
                self._editor.log(error.render())
            except Exception as error:  # One tile that can't be checked must not end the others.
                self.report = None
                self._editor.log(unforeseen(error))
            found = answering.diagnostics(self.report, buffers, self._editor.encoding) if self.report else {}
            self._editor.tell({**dict.fromkeys(self._told - set(found)), **found}, buffers.values())
            self._told = set(found)

    async def _pause(self) -> None:
        """Wait until no key was pressed for a moment; nobody waits for a first report."""
        if self.report is None:
            return
        loop = asyncio.get_running_loop()
        began, seen = loop.time(), -1
        while seen != self._touched and loop.time() - began < PATIENCE:
            seen = self._touched
            await asyncio.sleep(PAUSE)

    def _checked(self, texts: dict[str, str], around: bool) -> Report:
        if around:
            self._tile.look_around()
        return self._tile.check(texts)
