"""Other programs at work on a written tile: watched line by line, stopped by a key."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Awaitable, Mapping
from pathlib import Path

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, RichLog, Static
from tilewizard.language import _
from tilewizard.quoting import visible

from .widgets.keys import Keys

LINE_MAX = 16 * 1024 * 1024
"""Bytes of one line that are read; asyncio's own 64 KB end in an error."""


class RunningScreen(ModalScreen[None]):
    """Runs programs one after the other. What they print is shown, and how far it is above it.

    Args:
        root: the tile's directory.
    """

    DEFAULT_CSS = """
    RunningScreen { align: center middle; }
    RunningScreen #run { width: 96%; height: 90%; background: $surface; border: round $primary; padding: 0 1; }
    RunningScreen RichLog { height: 1fr; background: $boost; }
    RunningScreen #run-said { height: auto; text-style: bold; }
    """
    BINDINGS = [Binding("escape", "leave", _("Stop or close"), priority=True)]

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = root
        self._process: asyncio.subprocess.Process | None = None
        self._at_work = True

    def compose(self) -> ComposeResult:
        """How far it is, what is printed, the button."""
        with Vertical(id="run"):
            yield Static("", id="run-said", markup=False)
            yield RichLog(markup=False, highlight=False, wrap=True, min_width=20)
            with Horizontal(classes="buttons"):
                yield Button(_("Stop (Esc)"), id="run-stop", compact=True)
                yield from self.more_buttons()
        yield Keys(show_command_palette=False)

    def more_buttons(self) -> ComposeResult:
        """Buttons beside that which stops or closes."""
        yield from ()

    def on_mount(self) -> None:
        """Begin."""
        self.begin(self.work())

    def begin(self, work: Awaitable[None]) -> None:
        """Start a piece of work; from here on the key stops it."""
        self._at_work = True
        self.query_one("#run-stop", Button).label = _("Stop (Esc)")
        self.run_worker(work, exclusive=True)

    async def work(self) -> None:
        """What is run."""
        raise NotImplementedError

    def heard(self, line: str) -> bool:  # noqa: ARG002
        """A line was printed. Returns whether it is to be shown."""
        return True

    async def execute(self, command: list[str], *, cwd: Path, env: Mapping[str, str]) -> int | None:
        """Run one program to its end. Returns its exit code, or None when it can't be run."""
        log = self.query_one(RichLog)
        try:
            self._process = process = await asyncio.create_subprocess_exec(
                *command,
                cwd=cwd,
                env=dict(env),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
                limit=LINE_MAX,
            )
        except OSError as error:
            self.end(_("✗ {name} can't be run: {strerror}", name=Path(command[0]).name, strerror=error.strerror))
            return None
        assert process.stdout is not None
        while read := await process.stdout.readline():
            line = visible(read.decode(errors="replace").rstrip())
            if self.heard(line):
                log.write(Text(line))
        return await process.wait()

    def say(self, words: str) -> None:
        """Tell how far it is."""
        self.query_one("#run-said", Static).update(words)

    def end(self, words: str) -> None:
        """The work is done; the key closes."""
        self._at_work = False
        self.say(words)
        self.query_one("#run-stop", Button).label = _("Close (Esc)")

    def _stop(self) -> None:
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGTERM)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Stop or close."""
        event.stop()
        self.action_leave()

    def action_leave(self) -> None:
        """Stop what runs; else close."""
        if self._at_work:
            self.workers.cancel_node(self)
            self._stop()
            self.end(_("Stopped."))
        else:
            self.dismiss(None)

    def on_unmount(self) -> None:
        """Nothing is left running."""
        self._stop()
