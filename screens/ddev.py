"""Datadog's own validators, where they are installed: run on request."""

from __future__ import annotations

import asyncio
from pathlib import Path

from rich.text import Text
from textual.widgets import RichLog
from tilewizard.language import _, ngettext
from tilewizard.publishing.breakdown import TRACE, explained
from tilewizard.publishing.pack import order_around
from tilewizard.publishing.validators import Result, Verdict, asking, command_of, environment, plan_for, result_of
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
        self._hidden: list[str] = []
        self._hides = False

    def heard(self, line: str) -> bool:
        """Kept for the verdict. What Python tells of a breakdown is not shown: it is told in words at the end."""
        self._lines.append(line)
        self._hides = self._hides or TRACE in line
        if self._hides:
            self._hidden.append(line)
        return not self._hides

    async def work(self) -> None:
        """The validators, one after the other."""
        plan, paths, log = plan_for(self.root), read(self.root).paths, self.query_one(RichLog)
        log.write(
            Text(ngettext("{count} validator, {why}", "{count} validators, {why}", len(plan.names), why=plan.why))
        )
        for name, why in plan.left_out:
            log.write(Text(_("{name} is left out: {why}", name=name, why=why)))
        places: list[str] = []
        broken: list[str] = []
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
                self._lines, self._hidden, self._hides = [], [], False
                code = await self.execute(command, cwd=plan.root, env=environment())
                if code is None:
                    return
                result = result_of(validator, code, self._lines, self.root.name, paths)
                if result.verdict is Verdict.BREAKS:
                    result = await asyncio.to_thread(self._explained, result)
                    broken += [
                        _("{validator} breaks down:", validator=validator),
                        *(f"  {told.text}" for told in result.told),
                    ]
                    self.failed.append(validator)
                    log.write(Text(_("ddev itself failed: see below")))
                    continue
                for line in self._hidden:
                    log.write(Text(line))
                if result.verdict is Verdict.ABSENT:
                    log.write(Text(_("this ddev does not have it")))
                elif result.verdict is not Verdict.FINE:
                    self.failed.append(validator)
                    at_files = [told for told in result.told if told.file] or [*result.told[:1]]
                    places += [f"{validator}: {told.text}" for told in at_files]
        for place in places:
            log.write(Text(f"✗ {place}"))
        for line in broken:
            log.write(Text(line))
        self.end(
            _("✗ {failed}: see below", failed=", ".join(self.failed)) if self.failed else _("✓ ddev objects to nothing")
        )

    def _explained(self, result: Result) -> Result:
        """A breakdown in words, with what our own rules say of the same."""
        order = order_around(self.root)
        return explained(result, self._lines, self.root.name, order.checked_as(order.tile()).findings)
