"""Another language, at the same place: the program starts anew, since its words are made once, and goes on where it was."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from tilewizard.language import _, autonym, known, spoken
from tilewizard.surroundings.program import program

from .home import HomeScreen
from .wizard import WizardScreen

if TYPE_CHECKING:
    from textual.screen import Screen

VARIABLE = "TILEWIZARD_AGAIN"
"""Tells the program that starts anew where it was: what it has open and, after a blank, the step."""
LANGUAGE = "TILEWIZARD_LANG"


def languages(screen: Screen[object], speak: Callable[[str], None]) -> Iterator[SystemCommand]:
    """What the palette offers: every other language, where nothing is open that would be lost.

    Args:
        screen: the one that the palette is opened on.
        speak: goes on in a language.
    """
    if screen.app.is_web or not isinstance(screen, HomeScreen | WizardScreen):
        return
    for code in known():
        if code != spoken():
            yield SystemCommand(
                _("Language: {language}", language=autonym(code)),
                _("Goes on right here; what you typed is kept"),
                lambda code=code: speak(code),
            )


def place_of(screens: Sequence[Screen[Any]]) -> str:
    """What is open, and at which step, for :func:`start_anew`; the draft is brought to the disk. Empty: nothing is."""
    for screen in screens:
        if isinstance(screen, WizardScreen):
            screen.kept.flush()
            return f"{_opened(screen)} {screen.step.slug}"
    return ""


def _opened(screen: WizardScreen) -> str:
    session = screen.session
    if session.example:
        return "example"
    if screen.kept.exists:
        return f"draft:{screen.kept.id}"
    root = session.original.root if session.original is not None else None
    return f"tile:{root.resolve()}" if root is not None else "new"


def start_anew(code: str, place: str) -> None:
    """Run the same program with the same words in another language, in this terminal; returns only where it ran beside this one."""
    os.environ[LANGUAGE] = code
    os.environ[VARIABLE] = place
    words = [*program(), *_without_language(sys.argv[1:])]
    sys.stdout.flush()
    if sys.platform == "win32":
        raise SystemExit(subprocess.call(words))
    os.execv(sys.executable, words)


def _without_language(words: list[str]) -> list[str]:
    kept, skip = [], False
    for word in words:
        if skip:
            skip = False
        elif word == "--lang":
            skip = True
        elif not word.startswith("--lang="):
            kept.append(word)
    return kept


def was_at() -> tuple[str, str]:
    """What was open, and the step, when the program started anew; empty texts when it didn't."""
    what, _blank, step = os.environ.pop(VARIABLE, "").rpartition(" ")
    return what, step
