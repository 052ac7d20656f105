"""A picture in a terminal: a half block a cell, its upper pixel as foreground and its lower one as background."""

from __future__ import annotations

from functools import lru_cache, partial
from pathlib import Path

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget
from tilewizard.inspection.thumbnail import Thumbnail, thumbnail
from tilewizard.preview.picked_file import READ_MAX

HALF = "▀"


class Picture(Widget):
    """Shows a picture as large as its place allows. It is unpacked in a thread; without colours a line says so.

    Args:
        columns: cells across at most.
        lines: cells down at most.
    """

    DEFAULT_CSS = """
    Picture { width: auto; height: auto; }
    Picture.-empty { display: none; }
    """

    def __init__(
        self, columns: int = 40, lines: int = 12, *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.most = (columns, lines)
        self.shown: Thumbnail | None = None
        self.add_class("-empty")
        self._asked: tuple[Path | bytes, str] | None = None

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
            work = partial(self._unpack, picture, how, self._room())
            self.run_worker(work, thread=True, exclusive=True, group="picture", exit_on_error=False)

    def _room(self) -> tuple[int, int]:
        """Cells across and down: no more than asked for, nor than the place has."""
        size = self.parent.size if isinstance(self.parent, Widget) else self.app.size
        columns, lines = self.most
        return min(columns, size.width or columns), lines

    def _unpack(self, picture: Path | bytes, how: str, room: tuple[int, int]) -> None:
        found = None
        try:
            data = picture if isinstance(picture, bytes) else _read(picture)
            found = thumbnail(data, *room, how=how)
        except OSError:
            pass
        if self.is_attached and self._asked == (picture, how):
            self.app.call_from_thread(self.put, found)

    def put(self, found: Thumbnail | None) -> None:
        """Show what is made small already; None: nothing."""
        self.shown = found
        self.set_class(found is None, "-empty")
        self.refresh(layout=True)

    def on_resize(self, _: events.Resize) -> None:
        """Nothing is kept of the old size."""
        self.refresh()

    @property
    def _plain(self) -> str:
        """What stands in for the picture where there are no colours."""
        width, height = self.shown.full if self.shown is not None else (0, 0)
        return f"(a picture of {width} by {height} pixels; it can be shown in colours only)"

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """As wide as the picture."""
        if self.app.no_color:
            return min(container.width, len(self._plain))
        return self.shown.width if self.shown is not None else 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As high as the picture, two pixels a line."""
        if self.app.no_color or self.shown is None:
            return 1
        return self.shown.height // 2

    def render_line(self, y: int) -> Strip:
        """Two rows of pixels."""
        picture = self.shown
        if picture is None:
            return Strip.blank(self.size.width, self.rich_style)
        if self.app.no_color:
            text = self._plain[: self.size.width]
            return (
                Strip([Segment(text, self.rich_style)], len(text))
                if y == 0
                else Strip.blank(self.size.width, self.rich_style)
            )
        if y * 2 + 1 >= picture.height:
            return Strip.blank(self.size.width, self.rich_style)
        cells = [Segment(HALF, _style(picture.at(x, y * 2), picture.at(x, y * 2 + 1))) for x in range(picture.width)]
        return Strip(cells, picture.width)


def _read(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(READ_MAX) if path.is_file() else b""


@lru_cache(4096)
def _style(upper: tuple[int, int, int], lower: tuple[int, int, int]) -> Style:
    return Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower))
