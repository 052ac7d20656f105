"""The carousel of a tile: its pictures side by side, small."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Static
from tilewizard.language import _
from tilewizard.preview.preview import Shot
from tilewizard.surroundings.pictures import Way

from ..drawing.ways import way_of
from .picture import Picture

if TYPE_CHECKING:
    from tilewizard.tile.tile import TileFile

SHOTS_MAX = 12
"""Pictures that are shown; Datadog takes eight."""
_SMALL, _LARGE = (18, 5), (32, 9)
"""Cells of a picture on a low and on a high screen."""
_HIGH = 32
"""Lines of a screen from which on pictures are large."""


def picture_of(file: TileFile | None) -> Path | bytes | None:
    """What a picture is shown from: its place on the disk, else its bytes."""
    if file is None:
        return None
    return Path(file.source) if file.source is not None else file.data


class _Frame(Vertical):
    """A picture of the carousel, small."""

    class Chosen(Message):
        """It was clicked."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, at: int, shot: Shot, size: tuple[int, int]) -> None:
        super().__init__()
        self.at, self.shot, self.room = at, shot, size
        self.styles.width = size[0]

    def compose(self) -> ComposeResult:
        """Its number, and the picture or words that stand in for it."""
        yield Static(f" {self.at + 1}{' video' if self.shot.video else ''} ", classes="frame-number", markup=False)
        if self.shot.file is None:
            yield Static(_("there is no picture {path}", path=self.shot.path).strip(), markup=False)
        elif way_of(self.app) == Way.NONE:
            yield Static(self.shot.path, markup=False)
        else:
            yield Picture(*self.room)

    def on_mount(self) -> None:
        """Unpack the picture."""
        for picture in self.query(Picture):
            picture.show(picture_of(self.shot.file))

    def on_click(self) -> None:
        """Choose it."""
        self.post_message(self.Chosen(self.at))


class Carousel(Vertical):
    """The pictures side by side, as many as there is room for, and the caption of the chosen one."""

    DEFAULT_CSS = """
    Carousel { height: auto; padding: 0 1; margin-bottom: 1; }
    Carousel Horizontal, Carousel Static { height: auto; }
    Carousel _Frame { height: auto; margin-right: 2; }
    Carousel .frame-number { width: auto; color: $text-muted; }
    Carousel .-chosen .frame-number { text-style: bold reverse; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.shots: tuple[Shot, ...] = ()
        self.at = 0
        self._room = (0, 0)

    def compose(self) -> ComposeResult:
        """The pictures, then the caption."""
        yield Horizontal()
        yield Static("", id="caption", markup=False)

    def show(self, shots: tuple[Shot, ...]) -> None:
        """Show pictures; none hide it."""
        self.display = bool(shots)
        if shots and shots[:SHOTS_MAX] != self.shots:
            self.shots = shots[:SHOTS_MAX]
            self.at = min(self.at, len(self.shots) - 1)
            self.run_worker(self._fill(), exclusive=True)

    def on_resize(self) -> None:
        """Pictures as large as the screen allows."""
        if self.shots and self._wanted != self._room:
            self.run_worker(self._fill(), exclusive=True)
        self._mark()

    @property
    def _wanted(self) -> tuple[int, int]:
        return _LARGE if self.app.size.height >= _HIGH else _SMALL

    async def _fill(self) -> None:
        self._room = self._wanted
        strip = self.query_one(Horizontal)
        await strip.remove_children()
        await strip.mount_all(_Frame(at, shot, self._room) for at, shot in enumerate(self.shots))
        self._mark()

    def _mark(self) -> None:
        """Show the part of the strip that the chosen picture is in."""
        if not self.shots or not self._room[0]:
            return
        fit = max(1, (self.size.width + 2) // (self._room[0] + 2)) if self.size.width else len(self.shots)
        first = self.at // fit * fit
        for frame in self.query(_Frame):
            frame.display = first <= frame.at < first + fit
            frame.set_class(frame.at == self.at, "-chosen")
        caption = self.shots[self.at].caption or _("no caption yet: Media & logo step")
        self.query_one("#caption", Static).update(
            _("{at} of {count} · {caption}", at=self.at + 1, count=len(self.shots), caption=caption)
        )

    def turn(self, by: int) -> None:
        """Choose the next picture, or the one before."""
        if self.shots:
            self.at = (self.at + by) % len(self.shots)
            self._mark()

    def on__frame_chosen(self, event: _Frame.Chosen) -> None:
        """Choose a picture."""
        event.stop()
        self.at = event.at
        self._mark()
