"""Which way pictures are shown, from the environment alone."""

from __future__ import annotations

import array
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from textual.app import App
from tilewizard.errors import TilewizardError

SWITCH = "TILEWIZARD_PICTURES"
"""The variable that says the way."""
AUTO = "auto"
CELL = (10, 20)
"""Width and height in pixels of a cell of unknown size: those of a VT340."""
_CELL_MAX = 64
"""Pixels of a cell's side at most; a terminal that says more is not believed."""
_KONSOLE = 220400
"""The version of Konsole from which on it knows sixel."""


class Way(StrEnum):
    """How pictures are shown."""

    KITTY = "kitty"
    ITERM2 = "iterm2"
    SIXEL = "sixel"
    BLOCKS = "blocks"
    NONE = "none"


def way_by(environment: Mapping[str, str]) -> Way:
    """The way that an environment's terminal allows; what :data:`SWITCH` says comes first.

    Within tmux, screen and zellij, which pass pictures on in some versions and settings only, it is half blocks.

    Raises:
        TilewizardError: the variable says something else than a way.
    """
    said = environment.get(SWITCH, "").strip().lower()
    if said and said != AUTO:
        if said not in set(Way):
            accepted = ", ".join((AUTO, *Way))
            raise TilewizardError(f"{SWITCH} says {said!r}", remedy=f"it takes one of: {accepted}")
        return Way(said)
    term = environment.get("TERM", "")
    if any(environment.get(name) for name in ("TMUX", "STY", "ZELLIJ")) or term.startswith(("tmux", "screen")):
        return Way.BLOCKS
    return _by_terminal(term, environment)


def _by_terminal(term: str, environment: Mapping[str, str]) -> Way:
    # What a terminal says of itself comes before what was inherited from the one that it was started in.
    for names, way in (
        (("xterm-kitty", "xterm-ghostty"), Way.KITTY),
        (("foot", "foot-extra", "foot-direct"), Way.SIXEL),
    ):
        if term in names:
            return way
    program = environment.get("TERM_PROGRAM", "")
    if program:
        known = {"iTerm.app": Way.ITERM2, "WezTerm": Way.ITERM2, "ghostty": Way.KITTY, "kitty": Way.KITTY}
        return known.get(program, Way.BLOCKS)
    if environment.get("LC_TERMINAL") == "iTerm2":  # It goes along over SSH.
        return Way.ITERM2
    if environment.get("KITTY_WINDOW_ID"):
        return Way.KITTY
    konsole = environment.get("KONSOLE_VERSION", "")
    return Way.SIXEL if re.fullmatch(r"\d{6}", konsole) and int(konsole) >= _KONSOLE else Way.BLOCKS


def cell_size() -> tuple[int, int] | None:
    """Width and height of a cell in pixels, as the kernel knows them from the terminal; None where it doesn't."""
    try:
        from fcntl import ioctl
        from termios import TIOCGWINSZ
    except ImportError:
        return None
    if sys.__stdout__ is None:
        return None
    said = array.array("H", [0, 0, 0, 0])
    try:
        ioctl(sys.__stdout__.fileno(), TIOCGWINSZ, said)
    except (OSError, ValueError):
        return None
    lines, columns, width, height = said
    if not lines or not columns:
        return None
    cell = (width // columns, height // lines)
    return cell if all(2 <= side <= _CELL_MAX for side in cell) else None


@dataclass(frozen=True)
class Canvas:
    """What a picture is drawn for.

    Attributes:
        way: how it is shown.
        cell: width and height of a cell in pixels.
        ground: what shows beside a picture that doesn't fill its cells, ``#rrggbb``.
    """

    way: Way = Way.BLOCKS
    cell: tuple[int, int] = CELL
    ground: str = "#ffffff"


def way_of(app: App[Any]) -> Way:
    """How pictures are shown in an app: not at all without colours, as half blocks in a browser and without a screen."""
    way = way_by(os.environ)
    if app.no_color or way == Way.NONE:
        return Way.NONE
    told = os.environ.get(SWITCH, "").strip().lower() not in ("", AUTO)
    if app.is_web or (app.is_headless and not told):
        return Way.BLOCKS
    if way == Way.KITTY and app.console.color_system != "truecolor":
        return Way.BLOCKS  # The number of a picture is told by a colour of 24 bits.
    if way == Way.SIXEL and not told and cell_size() is None:
        return Way.BLOCKS  # It is drawn by the pixel: it would lie across other cells.
    return way
