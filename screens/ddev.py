"""Datadog's own validators, where they are installed: run on request."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from rich.text import Text
from textual.widgets import RichLog

from .running import RunningScreen

VALIDATORS = ("readmes", "eula", "metadata", "service-checks", "dashboards", "saved-views")
"""What is run, in turn."""


def ddev() -> str | None:
    """Where ddev is, or None when it isn't installed."""
    return shutil.which("ddev")


class DdevScreen(RunningScreen):
    """Runs ``ddev validate`` on a written tile. Nothing of the tile is changed.

    Args:
        root: the tile's directory.
    """

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.failed: list[str] = []

    async def work(self) -> None:
        """The validators, one after the other."""
        for at, validator in enumerate(VALIDATORS, 1):
            self.say(f"{at} of {len(VALIDATORS)}: ddev validate {validator} …")
            self.query_one(RichLog).write(Text(f"$ ddev --here validate {validator} {self.root.name}", "bold"))
            command = [ddev() or "ddev", "--here", "validate", validator, self.root.name]
            environ = {**os.environ, "DDEV_SELF_UPDATE": "0", "NO_COLOR": "1"}
            code = await self.execute(command, cwd=self.root.parent, env=environ)
            if code is None:
                return
            if code:
                self.failed.append(validator)
        self.end(f"✗ {', '.join(self.failed)}: see below" if self.failed else "✓ ddev objects to nothing")
