"""Which way pictures are shown in an app."""

from __future__ import annotations

import array
import os
import sys
from dataclasses import dataclass
from typing import Any

from textual.app import App
from tilewizard.surroundings.pictures import AUTO, SWITCH, Way, way_by

CELL = (10, 20)
"""Width and height in pixels of a cell of unknown size: those of a VT340."""
_CELL_MAX = 64
"""Pixels of a cell's side at most; a terminal that says more is not believed."""


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
