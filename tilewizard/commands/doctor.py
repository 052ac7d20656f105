"""``tilewizard doctor``: whether what tilewizard runs in is as it needs it."""

from __future__ import annotations

import shutil
import sys
import textwrap
from pathlib import Path

import click

from tilewizard.errors import Exit
from tilewizard.language import _, ngettext


@click.command("doctor")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=Path())
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(folder: Path, form: str) -> int:
    """Look at the terminal, its colours, keys, mouse, clipboard and pictures, at git, ddev, the checkout, folders and Python.

    FOLDER is where you work, by default the folder that you are in. Each thing that is less than it could be comes with a
    remedy. Exits 1 when tilewizard, or a part of it, doesn't work so; notes alone exit 0. Nothing is changed.
    """
    import json
    from dataclasses import asdict

    from tilewizard.quoting import visible
    from tilewizard.reporting.printing import put_out
    from tilewizard.reporting.text import coloured
    from tilewizard.surroundings.looking import State, looked_at

    seen = list(looked_at(folder))
    bad, notes = (sum(each.state == state for each in seen) for state in (State.BAD, State.NOTE))
    if form == "json":
        put_out(json.dumps([asdict(each) for each in seen], indent=2) + "\n")
        return Exit.FOUND if bad else Exit.DONE
    width = max(len(each.subject) for each in seen)
    tints = {State.FINE: "green", State.NOTE: "yellow", State.BAD: "red"}
    shown = coloured()
    lines = []
    for each in seen:
        state = click.style(f"{each.state.value:<4}", fg=tints[each.state]) if shown else f"{each.state.value:<4}"
        told = _folded(visible(each.told), width + 8)
        lines.append(f"{state}  {each.subject:<{width}}  {told}")
        if each.remedy:
            lines.append(f"{'':>{width + 8}}→ {_folded(visible(each.remedy), width + 10)}")
    told = (
        _("nothing is in the way")
        if not bad
        else ngettext("1 thing is in the way", "{count} things are in the way", bad)
    )
    lines.append(ngettext("\n{told}; {count} note", "\n{told}; {count} notes", notes, told=told))
    put_out("\n".join(lines) + "\n", colour=shown)
    return Exit.FOUND if bad else Exit.DONE


def _folded(text: str, indent: int) -> str:
    """A text in lines that a terminal has room for, all but the first with their indent; as it is where there is none."""
    if not sys.stdout.isatty():
        return text
    room = max(shutil.get_terminal_size().columns - indent, 20)
    return f"\n{'':>{indent}}".join(textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False) or [""])
