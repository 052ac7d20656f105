"""A table of many rows, drawn a line at a time: sorting, marking and moving cost the same with five rows and five thousand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from tilewizard.language import _
from tilewizard.quoting import visible

from .columns import GAP, Column, Need, fitted

HEAD = 7
"""Cells before the first column: mark, sign and number."""
MEASURED = 60
"""Rows, spread over all, whose texts say how wide the columns are."""


class Grid(ScrollView, can_focus=True):
    """Rows under headings. A row is named by its index in the data; sorting and filtering change only what is shown.

    Args:
        columns: from left to right.
        cells: gives a row's texts, one a column.
        sign: gives a row's sign, one cell, and the style's name: ``error``, ``warning`` or nothing.
    """

    goes_on_with = frozenset({"up", "down", "pageup", "pagedown", "home", "end"})
    COMPONENT_CLASSES = {
        "grid--header", "grid--cursor", "grid--cursor-blurred", "grid--marked", "grid--error", "grid--warning", "grid--info",
    }  # fmt: skip
    DEFAULT_CSS = """
    Grid { background: $boost; height: auto; max-height: 8; scrollbar-size: 1 1; overflow-x: hidden; overflow-y: auto; }
    Grid .grid--header { text-style: bold; color: $text-primary; background: $panel; }
    Grid .grid--cursor { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
    Grid .grid--cursor-blurred { background: $primary-muted; }
    Grid .grid--marked { text-style: underline; color: $text-accent; }
    Grid .grid--error { color: $text-error; }
    Grid .grid--warning { color: $text-warning; }
    """
    BINDINGS = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(-1)", show=False),
        Binding("end", "edge(1)", show=False),
        Binding("space", "mark", _("Mark")),
        Binding("shift+down", "extend(1)", show=False),
        Binding("shift+up", "extend(-1)", show=False),
        Binding("asterisk", "mark_all", _("Mark all"), key_display="*"),
        Binding("s", "sort", _("Sort")),
        Binding("enter", "choose", show=False),
    ]

    class Moved(Message):
        """Another row is the current one."""

        def __init__(self, grid: Grid, row: int) -> None:
            super().__init__()
            self.grid = grid
            self.row = row

    class Chosen(Moved):
        """Enter on a row, or a second click."""

    class Marked(Message):
        """Other rows are marked."""

        def __init__(self, grid: Grid) -> None:
            super().__init__()
            self.grid = grid

    def __init__(
        self,
        columns: Sequence[Column],
        cells: Callable[[int], Sequence[str]],
        sign: Callable[[int], tuple[str, str]] = lambda __: (" ", ""),
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.cells = cells
        self.sign = sign
        self.count = 0
        self.shown: list[int] = []
        self.at = 0
        self.marked: set[int] = set()
        self.sorted_by: tuple[int, bool] | None = None
        self._filter = ""
        self._needs = [Need(0, False) for __ in self.columns]
        self._fitted: tuple[int, dict[int, int]] = (-1, {})

    # -- data

    def fill(self, count: int, at: int = 0) -> None:
        """Show ``count`` rows, with row ``at`` as the current one."""
        self.count = count
        self._needs = [Need(0, False) for __ in self.columns]
        for row in range(0, count, count // MEASURED + 1):
            self.measure(row)
        self.marked = {row for row in self.marked if row < count}
        self._arrange()
        self.show_row(at)

    def measure(self, row: int) -> None:
        """Make room for what stands in a row."""
        for at, text in enumerate(self.cells(row)):
            need = self._needs[at]
            cells = min(cell_len(text), self.columns[at].width)
            if cells > need.cells or (text and not need.filled):
                self._needs[at] = Need(max(cells, need.cells), need.filled or bool(text))
                self._fitted = (-1, {})

    @property
    def drawn(self) -> dict[int, int]:
        """Cells of each column that there is room for, by its index."""
        room = self.scrollable_content_region.width - HEAD
        if self._fitted[0] != room:
            self._fitted = (room, fitted(self.columns, self._needs, room))
        return self._fitted[1]

    def filtered(self, text: str) -> None:
        """Show only rows in which every word of a text stands."""
        if text != self._filter:
            self._filter = text
            row = self.row
            self._arrange()
            self.show_row(row if row is not None else 0)

    @property
    def filter(self) -> str:
        """The words that shown rows hold."""
        return self._filter

    def _arrange(self) -> None:
        words = self._filter.casefold().split()
        rows = list(range(self.count))
        if words:
            rows = [row for row in rows if all(word in self._haystack(row) for word in words)]
        if self.sorted_by is not None:
            column, down = self.sorted_by
            rows.sort(key=lambda row: _sort_key(self.cells(row)[column]), reverse=down)
        self.shown = rows
        self.virtual_size = Size(1, len(rows) + 1)  # Columns take the room that there is.
        self.refresh(layout=True)

    def _haystack(self, row: int) -> str:
        sign = self.sign(row)[1]
        return f"{' '.join(self.cells(row))} {sign}".casefold()

    @property
    def row(self) -> int | None:
        """The current row, or None when none is shown."""
        return self.shown[self.at] if self.at < len(self.shown) else None

    def show_row(self, row: int) -> None:
        """Make a row the current one; the first that is shown when a filter hides it."""
        self.at = self.shown.index(row) if row in self.shown else 0
        self._into_view()
        self.refresh()

    @property
    def chosen(self) -> list[int]:
        """The marked rows, or the current one when none is marked."""
        return sorted(self.marked) or ([self.row] if self.row is not None else [])

    # -- drawing

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Header and rows."""
        return len(self.shown) + 1

    def render_line(self, y: int) -> Strip:
        """The header stays on top; below it the rows from where one has scrolled to."""
        width = self.scrollable_content_region.width
        strip = self._header() if y == 0 else self._line(self.scroll_offset.y + y - 1)
        return strip.extend_cell_length(width, self.rich_style).crop(0, width)

    def _header(self) -> Strip:
        style = self.get_component_rich_style("grid--header")
        texts = []
        for index, width in self.drawn.items():
            arrow = ""
            if self.sorted_by is not None and self.sorted_by[0] == index:
                arrow = " ▼" if self.sorted_by[1] else " ▲"
            texts.append(set_cell_size(f"{self.columns[index].title}{arrow}", width + GAP))  # The arrow has the gap.
        line = " " * HEAD + "".join(texts)
        return Strip([Segment(line.ljust(self.size.width), style)])

    def _line(self, at: int) -> Strip:
        if at >= len(self.shown):
            return Strip.blank(self.size.width, self.rich_style)
        row = self.shown[at]
        sign, fault = self.sign(row)
        mark = "●" if row in self.marked else " "
        style = self.rich_style
        if row in self.marked:
            style += self.get_component_rich_style("grid--marked", partial=True)
        if at == self.at:
            style += self.get_component_rich_style(
                "grid--cursor" if self.has_focus else "grid--cursor-blurred", partial=True
            )
        head = f"{mark}{sign}{row + 1:>4} "
        cells = self.cells(row)
        texts = [_fitted(cells[index], width) for index, width in self.drawn.items() if index < len(cells)]
        head_style = style + self.get_component_rich_style(f"grid--{fault}", partial=True) if fault else style
        body = (" " * GAP).join(texts)
        return Strip([Segment(head, head_style), Segment(body, style)]).extend_cell_length(self.size.width, style)

    # -- moving

    def _into_view(self) -> None:
        if not self.is_attached or not self.size:
            return
        # The header covers the first line: the row must come below it.
        height = max(1, self.scrollable_content_region.height - 1)
        top = self.scroll_offset.y
        if self.at < top:
            self.scroll_to(y=self.at, animate=False)
        elif self.at >= top + height:
            self.scroll_to(y=self.at - height + 1, animate=False)

    def _move_to(self, at: int) -> None:
        at = max(0, min(at, len(self.shown) - 1))
        if not self.shown or at == self.at:
            return
        self.at = at
        self._into_view()
        self.refresh()
        self.post_message(self.Moved(self, self.shown[at]))

    def action_move(self, by: int) -> None:
        """The next or previous row."""
        self._move_to(self.at + by)

    def action_page(self, by: int) -> None:
        """As many rows as are seen."""
        self._move_to(self.at + by * max(1, self.size.height - 1))

    def action_edge(self, by: int) -> None:
        """The first or last row."""
        self._move_to(0 if by < 0 else len(self.shown) - 1)

    def action_choose(self) -> None:
        """Enter: on to the row's fields."""
        if self.row is not None:
            self.post_message(self.Chosen(self, self.row))

    # -- marking and sorting

    def action_mark(self) -> None:
        """Mark the row, or take its mark away, and go on."""
        if self.row is not None:
            self.marked ^= {self.row}
            self._marked()
            self.action_move(1)

    def action_extend(self, by: int) -> None:
        """Mark the row and the next one."""
        if self.row is not None:
            self.marked.add(self.row)
            self.action_move(by)
            self.marked.add(self.shown[self.at])
            self._marked()

    def action_mark_all(self) -> None:
        """Mark every row that is shown, or none."""
        shown = set(self.shown)
        self.marked = self.marked - shown if shown <= self.marked else self.marked | shown
        self._marked()

    def unmark(self) -> None:
        """No row is marked."""
        if self.marked:
            self.marked = set()
            self._marked()

    def _marked(self) -> None:
        self.refresh()
        self.post_message(self.Marked(self))

    def action_sort(self) -> None:
        """Show the rows sorted by the next column, then as they stand in the file again."""
        at, down = self.sorted_by or (-1, True)
        following = next((index for index in self.drawn if index > at), None)
        self._sort_by((at, True) if not down else None if following is None else (following, False))

    def _sort_by(self, what: tuple[int, bool] | None) -> None:
        row = self.row
        self.sorted_by = what
        self._arrange()
        self.show_row(row if row is not None else 0)

    def on_click(self, event: events.Click) -> None:
        """A heading sorts; a row becomes the current one; its first cell marks it."""
        if event.y == 0:
            self._sort_clicked(event.x)
            return
        at = self.scroll_offset.y + event.y - 1
        if at >= len(self.shown):
            return
        if event.x == 0 or event.ctrl:
            self.marked ^= {self.shown[at]}
            self._marked()
        elif event.chain > 1:
            self.action_choose()
        self._move_to(at)

    def _sort_clicked(self, x: int) -> None:
        left = HEAD
        for index, width in self.drawn.items():
            if left <= x < left + width + GAP:
                down = self.sorted_by == (index, False)
                self._sort_by(None if self.sorted_by == (index, True) else (index, down))
            left += width + GAP

    def on_resize(self) -> None:
        """Keep the current row in view."""
        self._into_view()

    def region_of(self, row: int) -> Region:
        """Where a row is drawn, for tests of the mouse: relative to the widget."""
        return Region(1, self.shown.index(row) - self.scroll_offset.y + 1, self.size.width, 1)


def _fitted(text: str, width: int) -> str:
    plain = visible(text.replace("\n", " "))
    return set_cell_size(plain, width) if cell_len(plain) <= width else f"{set_cell_size(plain, width - 1)}…"


def _sort_key(text: str) -> tuple[int, float, str]:
    """Numbers by their value, before texts; empty cells last."""
    if not text:
        return 2, 0.0, ""
    try:
        return 0, float(text), ""
    except ValueError:
        return 1, 0.0, text.casefold()
