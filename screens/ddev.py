"""Datadog's own validators, where they are installed: run on request, watched line by line, stopped by a key."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
from pathlib import Path

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Footer, RichLog, Static
from tilewizard.quoting import visible

VALIDATORS = ("readmes", "eula", "metadata", "service-checks", "dashboards", "saved-views")
"""What is run, in turn."""


LINE_MAX = 16 * 1024 * 1024
"""Bytes of one line that are read; asyncio's own 64 KB end in an error."""


def ddev() -> str | None:
    """Where ddev is, or None when it isn't installed."""
    return shutil.which("ddev")


class DdevScreen(ModalScreen[None]):
    """Runs ``ddev validate`` on a written tile. Nothing of the tile is changed.

    Args:
        root: the tile's directory.
    """

    DEFAULT_CSS = """
    DdevScreen { align: center middle; }
    DdevScreen #ddev { width: 96%; height: 90%; background: $surface; border: round $primary; padding: 0 1; }
    DdevScreen RichLog { height: 1fr; background: $boost; }
    DdevScreen #ddev-said { height: auto; text-style: bold; }
    """
    BINDINGS = [Binding("escape", "leave", "Stop or close", priority=True)]

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = root
        self.failed: list[str] = []
        self._process: asyncio.subprocess.Process | None = None
        self._at_work = True

    def compose(self) -> ComposeResult:
        """How far it is, what is printed, the button."""
        with Vertical(id="ddev"):
            yield Static("", id="ddev-said", markup=False)
            yield RichLog(markup=False, highlight=False, wrap=True)
            with Horizontal(classes="buttons"):
                yield Button("Stop (Esc)", id="ddev-stop", compact=True)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin."""
        self.run_worker(self._run(), exclusive=True)

    async def _run(self) -> None:
        for at, validator in enumerate(VALIDATORS, 1):
            self._say(f"{at} of {len(VALIDATORS)}: ddev validate {validator} …")
            code = await self._validate(validator)
            if code is None:
                return
            if code:
                self.failed.append(validator)
        said = f"✗ {', '.join(self.failed)}: see below" if self.failed else "✓ ddev objects to nothing"
        self._end(said)

    async def _validate(self, validator: str) -> int | None:
        """Run one validator. Returns its exit code, or None when it can't be run."""
        log = self.query_one(RichLog)
        log.write(Text(f"$ ddev --here validate {validator} {self.root.name}", "bold"))
        command = [ddev() or "ddev", "--here", "validate", validator, self.root.name]
        try:
            self._process = process = await asyncio.create_subprocess_exec(
                *command,
                cwd=self.root.parent,
                env={**os.environ, "DDEV_SELF_UPDATE": "0", "NO_COLOR": "1"},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
                limit=LINE_MAX,
            )
        except OSError as error:
            self._end(f"✗ ddev can't be run: {error.strerror}")
            return None
        assert process.stdout is not None
        while line := await process.stdout.readline():
            log.write(Text(visible(line.decode(errors="replace").rstrip())))
        return await process.wait()

    def _say(self, words: str) -> None:
        self.query_one("#ddev-said", Static).update(words)

    def _end(self, words: str) -> None:
        self._at_work = False
        self._say(words)
        self.query_one("#ddev-stop", Button).label = "Close (Esc)"

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
            self._end("Stopped.")
        else:
            self.dismiss(None)

    def on_unmount(self) -> None:
        """Nothing is left running."""
        self._stop()
