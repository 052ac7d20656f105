"""Opens every screen in the language in which every marked text stands in brackets, and prints what stands outside of them.

Run in a process of its own, for the language is settled once, before this is imported. A line is printed for each text: the
widget, the text; and one when a screen was seen: the way to it, ``seen``.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from textual.content import Content
from textual.widget import Widget
from textual.widgets import DataTable, LoadingIndicator, OptionList
from tilewizard.drafts.appearance import Appearance
from tilewizard.language import spoken
from tilewizard.screens.app import WizardApp
from tilewizard.screens.shims.blinking import stop_blinking
from tilewizard.session.own_tests import PYTHON

from tests.screens.test_snapshots import MATERIAL, WAYS, WITH_LOGS

SIZE = (120, 40)
METRICS = "# TYPE jdbc_wait_seconds gauge\njdbc_wait_seconds 3\n"
_MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
_WORD = re.compile(r"[^\W\d_]{3,}")


def outside(text: str) -> list[str]:
    """The pieces of a text that stand outside of the brackets and have words in them."""
    before = None
    while text != before:  # One text within another is taken out first.
        before, text = text, _MARKED.sub("\0", text)
    return [piece.strip() for piece in re.split(r"[\0⟦⟧\n]", text) if _WORD.search(piece)]


def plain(shown: Any) -> str:
    """What is shown as text: of Rich, of Textual, or a string with markup; nothing for a picture."""
    if isinstance(shown, str):
        try:
            return Content.from_markup(shown).plain
        except Exception:
            return shown
    return str(getattr(shown, "plain", ""))


def texts(screen: Widget) -> Iterator[tuple[Widget, str]]:
    """Every text of a screen that is shown, with its widget."""
    for widget in [screen, *screen.query("*")]:
        if not widget.display or not all(each.display for each in widget.ancestors if isinstance(each, Widget)):
            continue
        found = [plain(getattr(widget, name, None)) for name in ("border_title", "border_subtitle", "placeholder")]
        found.append(plain(widget.tooltip))
        if isinstance(widget, OptionList):
            found += [plain(option.prompt) for option in widget.options]
        elif isinstance(widget, DataTable):
            found += [plain(column.label) for column in widget.columns.values()]
        else:
            found.append(plain(getattr(widget, "description", None)) or _drawn(widget))
        yield from ((widget, text) for text in found if text)


def _drawn(widget: Widget) -> str:
    """What a widget draws as a text; what draws line by line, a picture or dots in motion, has none."""
    if isinstance(widget, LoadingIndicator) or type(widget).render is Widget.render:
        return ""
    return plain(widget.render())


async def opened(name: str) -> list[tuple[str, str]]:
    """What stands outside of the brackets on the way's screen, each with the name of its widget."""
    answers = None if name == "home" else Path("answers.yaml")
    if name in WITH_LOGS and answers is not None:
        typed = answers.read_text()
        answers.write_text(typed.replace("submits: [metrics, events]", "submits: [metrics, events, logs]"))
    app = WizardApp(answers=answers, into=Path("marketplace"), appearance=Appearance(motion=False))
    async with app.run_test(size=SIZE) as pilot:
        await WAYS[name](pilot)
        return [
            (f"{type(widget).__name__}{'#' + widget.id if widget.id else ''}", piece)
            for widget, text in texts(pilot.app.screen)
            for piece in outside(text)
        ]


def main() -> None:
    """Go every way, or those that are named."""
    assert spoken() == "qps"
    stop_blinking()
    for name in sys.argv[1:] or WAYS:
        with tempfile.TemporaryDirectory() as folder:
            for each in MATERIAL.iterdir():
                shutil.copy(each, folder)
            Path(folder, "hikaricp.txt").write_text(METRICS)
            os.environ.update(HOME=folder, PATH="", TILEWIZARD_STATE=f"{folder}/state", TEXTUAL_ANIMATIONS="none")
            os.environ[PYTHON] = ""
            os.chdir(folder)
            for widget, piece in asyncio.run(opened(name)):
                sys.stdout.write(f"{widget}\t{piece}\n")
            sys.stdout.write(f"{name}\tseen\n")
            os.chdir("/")


if __name__ == "__main__":
    main()
