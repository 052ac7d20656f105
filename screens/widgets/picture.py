"""A picture in a terminal: a real one where the terminal has them, else a half block a cell.

A half block has its upper pixel as foreground and its lower one as background. What iTerm2's protocol and sixel draw lies over such
cells: where it can't be drawn, the half blocks are seen. With Kitty's protocol the cells are placeholders of the picture.
"""

from __future__ import annotations

import random
from functools import lru_cache, partial
from pathlib import Path
from time import monotonic
from typing import ClassVar

from rich.color import Color
from rich.segment import ControlType, Segment
from rich.style import Style
from textual import events
from textual.errors import NoWidget
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget
from tilewizard.language import _
from tilewizard.preview.picked_file import READ_MAX
from tilewizard.surroundings.pictures import Way

from ..drawing.kitty import NUMBERS, freed, placeholder, sent
from ..drawing.shown import Shown, shown
from ..drawing.ways import CELL, Canvas, cell_size, way_of
from ..shims.raw_output import write_raw

HALF = "▀"
MOMENT = 0.15
"""Seconds within which two places of a picture make a movement."""
_DARK = "#1d2026"
"""The ground of pictures that are for dark grounds, by their name."""
_LOOK_EVERY = 4
"""Cells from one that is looked at to the next, while it is found out whether anything lies above."""


class Picture(Widget):
    """Shows a picture as large as its place allows. It is made ready in a thread; without colours a line says so.

    Args:
        columns: cells across at most.
        lines: cells down at most.
    """

    DEFAULT_CSS = """
    Picture { width: auto; height: auto; }
    Picture.-empty { display: none; }
    """
    ALLOW_SELECT = False
    _next: ClassVar[int] = random.randrange(NUMBERS.start, NUMBERS.stop)
    """The number of the next picture that a terminal is given; other programs have given it pictures, too."""

    class Settled(Message):
        """It is known whether the picture can be shown."""

        def __init__(self, picture: Picture) -> None:
            super().__init__()
            self.picture = picture

        @property
        def control(self) -> Picture:
            """The widget."""
            return self.picture

    def __init__(
        self, columns: int = 40, lines: int = 12, *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.most = (columns, lines)
        self.shown: Shown | None = None
        self.number = 0
        """Of the picture that the terminal keeps for this widget; 0: none."""
        self.add_class("-empty")
        self._asked: tuple[Path | bytes, str] | None = None
        self._was_covered = False
        self._place: Region | None = None
        self._moved_at = 0.0
        self._rest: Timer | None = None

    # -- what is shown

    def show(self, picture: Path | bytes | None, how: str = "keep") -> None:
        """Show a picture, from a file or from its bytes; None: nothing.

        Args:
            picture: a file that can't be shown leaves the place empty.
            how: ``keep``, or as ``crop`` or ``pad`` would make it.
        """
        self._asked = (picture, how) if picture is not None else None
        if picture is None:
            self.workers.cancel_node(self)
            self.put(None)
        else:
            work = partial(self._unpack, picture, how, self._room(), self.canvas())
            self.run_worker(work, thread=True, exclusive=True, group="picture", exit_on_error=False)

    def canvas(self) -> Canvas:
        """What pictures are drawn for here."""
        __, ground = self.background_colors
        return Canvas(way_of(self.app), cell_size() or CELL, ground.hex6)

    def _room(self) -> tuple[int, int]:
        """Cells across and down: no more than asked for, nor than the place has."""
        size = self.parent.size if isinstance(self.parent, Widget) else self.app.size
        columns, lines = self.most
        return min(columns, size.width or columns), lines

    def _unpack(self, picture: Path | bytes, how: str, room: tuple[int, int], canvas: Canvas) -> None:
        found = None
        try:
            data = picture if isinstance(picture, bytes) else _read(picture)
            found = shown(data, *room, canvas, how, _ground_of(picture))
        except OSError:
            pass
        if self.is_attached and self._asked == (picture, how):
            self.app.call_from_thread(self.put, found)

    def put(self, found: Shown | None) -> None:
        """Show what is made ready already; None: nothing."""
        self._give_back()
        self.shown = found
        self.set_class(found is None, "-empty")
        if found is not None and found.canvas.way == Way.KITTY:
            self.number = Picture._next
            Picture._next = self.number + 1 if self.number + 1 in NUMBERS else NUMBERS.start
            self._send()
        self.refresh(layout=True)
        self.post_message(self.Settled(self))

    def _send(self) -> None:
        """Give the terminal the picture that placeholders stand for."""
        if self.number and self.shown is not None:
            small = self.shown.small
            write_raw(self.app, sent(self.number, small.sharp, small.width, small.height // 2))

    def on_mount(self) -> None:
        """After another program had the terminal, an editor, it keeps no picture any more."""
        self.app.app_resume_signal.subscribe(self, lambda __: self._send())

    def _give_back(self) -> None:
        """The terminal needs to keep a picture no longer."""
        if self.number:
            write_raw(self.app, freed(self.number))
        self.number = 0

    def on_unmount(self) -> None:
        """Nothing is left in the terminal."""
        self._give_back()

    def on_resize(self, __: events.Resize) -> None:
        """Nothing is kept of the old size."""
        self.refresh()

    # -- its size

    @property
    def _in_words(self) -> bool:
        return self.shown is not None and self.shown.canvas.way == Way.NONE

    @property
    def _plain(self) -> str:
        """What stands in for the picture where there are no colours, or no pictures are wanted."""
        width, height = self.shown.small.full if self.shown is not None else (0, 0)
        if not self.app.no_color:
            return _("(a picture of {width} by {height} pixels)", width=width, height=height)
        return _(
            "(a picture of {width} by {height} pixels; it can be shown in colours only)", width=width, height=height
        )

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """As wide as the picture."""
        if self._in_words:
            return min(container.width, len(self._plain))
        return self.shown.small.width if self.shown is not None else 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As high as the picture, two pixels a line."""
        return 1 if self._in_words or self.shown is None else self.shown.small.height // 2

    # -- drawing

    def render_line(self, y: int) -> Strip:
        """Two rows of pixels, or the cells that stand for a part of the picture."""
        found = self.shown
        if found is None or (self._in_words and y > 0) or (not self._in_words and y * 2 + 1 >= found.small.height):
            return Strip.blank(self.size.width, self.rich_style)
        if self._in_words:
            text = self._plain[: self.size.width]
            return Strip([Segment(text, self.rich_style)], len(text))
        small = found.small
        if self.number:
            style = Style(color=Color.from_rgb(*self.number.to_bytes(3)), bgcolor=self.rich_style.bgcolor)
            return Strip([Segment(placeholder(y, x), style) for x in range(small.width)], small.width)
        cells = [Segment(HALF, _style(small.at(x, y * 2), small.at(x, y * 2 + 1))) for x in range(small.width)]
        return Strip(cells, small.width)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines, and what draws the real picture over them where all of it is seen.

        It goes along as a control code, which is nothing wide and is left out wherever a line is cut.
        """
        lines = super().render_lines(crop)
        found = self.shown
        if found is None or not found.strips:
            return lines
        region = self.region
        seen = crop.translate(region.offset)
        covered = self._is_covered(seen)
        if self._was_covered and not covered:
            # What lay above took parts of the picture away that are not drawn anew now.
            self.call_later(self.refresh)
        self._was_covered = covered
        if self._is_moving(seen) or covered or crop.x or crop.width < found.small.width:
            return lines
        if found.canvas.way == Way.SIXEL and (cell_size() or CELL) != found.canvas.cell:
            self.call_later(self._draw_anew)
            return lines
        last = self.app.size.height - 1  # Below the last line some terminals would scroll.
        return [
            self._with_picture(line, y, region.x) if y < len(found.strips) and region.y + y < last else line
            for y, line in enumerate(lines, crop.y)
        ]

    def _with_picture(self, line: Strip, y: int, column: int) -> Strip:
        assert self.shown is not None
        codes = f"\x1b7\x1b[{column + 1}G{self.shown.strips[y]}\x1b8"
        # Any control will do: it says that the text is no text.
        return Strip([*line, Segment(codes, None, [(ControlType.CURSOR_FORWARD, 0)])], line.cell_length)

    def _is_covered(self, seen: Region) -> bool:
        """Whether something lies above the part of the picture that is within its place."""
        if not self.screen.is_active:
            return True
        columns = (*range(seen.x, seen.right, _LOOK_EVERY), seen.right - 1)
        try:
            return any(self.screen.get_widget_at(x, y)[0] is not self for y in seen.line_range for x in columns)
        except NoWidget:
            return True

    def _is_moving(self, seen: Region) -> bool:
        """Whether it was elsewhere a moment ago, and just before, as in scrolling; it is drawn where it comes to rest.

        A picture takes a hundred thousand characters: sixty a second would keep a terminal from all else.
        """
        if seen != self._place:
            now, before = monotonic(), self._place
            if before is not None and now - self._moved_at < MOMENT:
                if self._rest is not None:
                    self._rest.stop()
                self._rest = self.set_timer(MOMENT, self._come_to_rest)
            self._place, self._moved_at = seen, now
        return self._rest is not None

    def _come_to_rest(self) -> None:
        self._rest = None
        self.refresh()

    def _draw_anew(self) -> None:
        """The cells have another size than the picture was drawn for."""
        if self._asked is not None and self.is_attached:
            self.show(*self._asked)


def _read(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(READ_MAX) if path.is_file() else b""


def _ground_of(picture: Path | bytes) -> str:
    """A logo for dark grounds would not be seen on white."""
    return _DARK if isinstance(picture, Path) and picture.suffix.lower() == ".svg" and "dark" in picture.stem else ""


@lru_cache(4096)
def _style(upper: tuple[int, int, int], lower: tuple[int, int, int]) -> Style:
    return Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower))
