"""A picture made ready to be shown. It takes a while, and is done in a thread."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tilewizard.inspection.thumbnail import Thumbnail, thumbnail
from tilewizard.surroundings.pictures import Way

from .by_line import strips
from .kitty import MARKS
from .ways import Canvas


@dataclass(frozen=True)
class Shown:
    """A picture as it is shown.

    Attributes:
        small: as half blocks; its size is that of the picture in cells.
        canvas: what it was drawn for.
        strips: by line of cells the codes that draw it over them; empty for other ways.
    """

    small: Thumbnail
    canvas: Canvas
    strips: tuple[str, ...] = ()


def shown(data: bytes, columns: int, lines: int, canvas: Canvas, how: str = "keep", ground: str = "") -> Shown | None:
    """A picture within some cells, or None for one that can't be shown.

    Args:
        data: as :func:`~tilewizard.inspection.thumbnail.thumbnail` takes them.
        columns: cells across at most.
        lines: cells down at most.
        canvas: how it is shown.
        how: ``keep``, or as ``crop`` or ``pad`` would make it.
        ground: what transparent pictures lie on, white by default.
    """
    real = canvas.way in (Way.KITTY, Way.ITERM2, Way.SIXEL)
    if canvas.way == Way.KITTY:
        columns, lines = min(columns, len(MARKS)), min(lines, len(MARKS))
    small = thumbnail(data, columns, lines, how, ground or "#ffffff", canvas.cell if real else None)
    if small is None:
        return None
    drawn = strips(small.sharp, small.width, small.height // 2, canvas) if canvas.way in (Way.ITERM2, Way.SIXEL) else ()
    return Shown(small if canvas.way == Way.KITTY else replace(small, sharp=b""), canvas, drawn)
