"""Datadog's own validators, where they are installed: run on request."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text
from textual.widgets import RichLog
from tilewizard.language import _
from tilewizard.publishing.validators import Verdict, asking, command_of, environment, plan_for, result_of
from tilewizard.publishing.validators import program as ddev
from tilewizard.tile.tile import read

from .running import RunningScreen

__all__ = ["DdevScreen", "ddev"]


class DdevScreen(RunningScreen):
    """Runs the validators that the checkout's CI runs on a written tile. Nothing of the tile is changed.

    Args:
        root: the tile's directory.
    """

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.failed: list[str] = []
        self._lines: list[str] = []

    def heard(self, line: str) -> None:
        """Kept for the verdict."""
        self._lines.append(line)

    async def work(self) -> None:
        """The validators, one after the other."""
        plan, paths, log = plan_for(self.root), read(self.root).paths, self.query_one(RichLog)
        log.write(Text(_("{count} validators, {why}", count=len(plan.names), why=plan.why)))
        for name, why in plan.left_out:
            log.write(Text(_("{name} is left out: {why}", name=name, why=why)))
        places: list[str] = []
        with asking(plan) as asked:
            for at, validator in enumerate(plan.names, 1):
                self.say(
                    _(
                        "{place} of {count}: ddev validate {validator} …",
                        place=at,
                        count=len(plan.names),
                        validator=validator,
                    )
                )
                command = command_of(asked, validator, self.root.name)
                log.write(Text(" ".join(["$ ddev", *command[len(asked) :]]), "bold"))
                self._lines = []
                code = await self.execute(command, cwd=plan.root, env=environment())
                if code is None:
                    return
                result = result_of(validator, code, self._lines, self.root.name, paths)
                if result.verdict is Verdict.ABSENT:
                    log.write(Text(_("this ddev does not have it")))
                elif result.verdict is not Verdict.FINE:
                    self.failed.append(validator)
                    at_files = [told for told in result.told if told.file] or [*result.told[:1]]
                    places += [f"{validator}: {told.text}" for told in at_files]
        for place in places:
            log.write(Text(f"✗ {place}"))
        self.end(
            _("✗ {failed}: see below", failed=", ".join(self.failed)) if self.failed else _("✓ ddev objects to nothing")
        )
