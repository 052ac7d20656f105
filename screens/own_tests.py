"""The tests that a written tile brings with it, run on request."""

from __future__ import annotations

import asyncio
import os
import shlex
from pathlib import Path

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Button, RichLog
from tilewizard.language import _
from tilewizard.session.own_tests import OwnTests, progress, python_for, variables, verdict

from .running import RunningScreen


class OwnTestsScreen(RunningScreen):
    """Runs a tile's own tests. Where no Python here has what they need, it says so, and makes one on request alone.

    Args:
        root: the tile's directory.
        tests: its tests.
    """

    DEFAULT_CSS = "OwnTestsScreen #run-make { display: none; }"
    BINDINGS = [Binding("f2", "make", _("Make the environment"))]

    def __init__(self, root: Path, tests: OwnTests) -> None:
        super().__init__(root)
        self.tests = tests
        self._lines: list[str] = []
        self._lacking = False

    def more_buttons(self) -> ComposeResult:
        """The one that makes an environment."""
        yield Button(_("Make it (F2)"), id="run-make", variant="primary", compact=True)

    async def work(self) -> None:
        """Look for a Python, run the tests, say what came of it."""
        self._offer(False)
        self.say(_("Looking for a Python that has what the tests need …"))
        python, missing = await asyncio.to_thread(python_for, self.tests)
        if python is None:
            await self._tell_what_is_missing(missing)
            return
        self.say(_("Running the tests …"))
        self._lines = []
        code = await self._shown(self.tests.running(python), python=True)
        if code is not None:
            self.end(verdict(code, self._lines))

    async def _made(self) -> None:
        self._offer(False)
        for command in await asyncio.to_thread(self.tests.making):
            self.say(_("Making the environment …"))
            code = await self._shown(command)
            if code is None:
                return
            if code:
                self.end(_("✗ The environment can't be made. See below why."))
                self._offer(True)
                return
        await self.work()

    async def _shown(self, command: list[str], *, python: bool = False) -> int | None:
        self.query_one(RichLog).write(Text(f"$ {shlex.join(command)}", "bold"))
        environ = variables(self.root, os.environ) if python else {**os.environ, "PYTHONNOUSERSITE": "1"}
        return await self.execute(command, cwd=self.root, env=environ)

    def heard(self, line: str) -> bool:
        """How far the tests are; every line is shown."""
        self._lines.append(line)
        if (at := progress(line)) is not None:
            self.say(_("{place} % of the tests are done: {place2} …", place=at[1], place2=at[0]))
        return True

    async def _tell_what_is_missing(self, missing: tuple[str, ...]) -> None:
        make, install = (shlex.join(command) for command in await asyncio.to_thread(self.tests.making))
        run = shlex.join(self.tests.running(str(self.tests.environment / "bin" / "python")))
        words = (
            _("The tests import {missing}.\n", missing=", ".join(missing)),
            _(
                "F2 makes an environment for them in {environment}; it loads packages from the package index.\n",
                environment=self.tests.environment,
            ),
            _("Or make it yourself, and run the tests there:\n"),
            _(
                "{make}\n\n{install}\n\ncd {root} && PYTHONPATH=. {run}",
                make=make,
                install=install,
                root=shlex.quote(str(self.root)),
                run=run,
            ),
        )
        for each in words:
            self.query_one(RichLog).write(Text(each), scroll_end=False)
        self.end(_("No Python here has what the tests need."))
        self._offer(True)

    def _offer(self, offered: bool) -> None:
        self._lacking = offered
        self.query_one("#run-make", Button).display = offered
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """An environment is offered where there is none."""
        return action != "make" or self._lacking

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Make the environment; the others are the base class's."""
        if event.button.id == "run-make":
            event.prevent_default()
            event.stop()
            self.action_make()

    def action_make(self) -> None:
        """Make an environment, and run the tests in it."""
        self.begin(self._made())
