"""A dashboard's layout drawn with lines: each widget a box in its place, with its title and its kind in words.

No colour tells anything: what is a group, what a widget and of which kind stands in words and lines.
"""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from tilewizard.inspection.dashboard_layout import COLUMNS, Block, Layout
from tilewizard.quoting import visible

LINES_A_ROW = 2
"""Lines that a row of the dashboard takes; the lowest widget, of one row, has one line between its edges."""
WIDTH_MIN = 4 * COLUMNS + 1
"""Cells below which a column had no room for a letter between its edges."""

_UP, _DOWN, _LEFT, _RIGHT = 1, 2, 4, 8
_EDGES = " ╵╷│╴┘┐┤╶└┌├─┴┬┼"
"""The character of each set of directions that lines leave a cell in."""
_LOOKS = {
    "line": ("▁▂▃▅▆▅▃▂",),
    "bars": ("▂▇▃▅▁▆▄▅",),
    "list": ("▄▄▄▄▄▄▄▄▄▄▄▄", "▄▄▄▄▄▄▄▄", "▄▄▄▄▄"),
    "table": ("──┼─────┼─────",),
    "map": ("▓▒░▒▓░▒░",),
    "text": ("¶ ──────────", "  ───────"),
    "picture": ("▛▀▀▀▀▜", "▙▄▄▄▄▟"),
    "pie": ("◔",),
    "number": ("123",),
}
"""What is drawn below the words of a widget that has room: lines of a pattern, by what its sketch shows."""
_REPEATED = ("line", "bars", "table", "map")
"""Patterns that go on to the widget's right edge."""


def sketch_of(layout: Layout, width: int) -> list[str]:
    """The lines of a layout, at most ``width`` cells wide and at least :data:`WIDTH_MIN`; none when it has no widget."""
    if not layout.blocks:
        return []
    canvas = _Canvas(max(width, WIDTH_MIN))
    for block in layout.blocks:
        _draw(canvas, block, 0, canvas.width - 1, COLUMNS, 0)
    return canvas.lines()


class _Canvas:
    """Cells that lines and words are put on; it grows downwards."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._edges: list[list[int]] = []
        self._words: list[dict[int, str]] = []

    def _row(self, y: int) -> list[int]:
        while len(self._edges) <= y:
            self._edges.append([0] * self.width)
            self._words.append({})
        return self._edges[y]

    def box(self, left: int, top: int, right: int, bottom: int) -> None:
        """The edges of a box; where it meets another, their lines join."""
        for y in (top, bottom):
            row = self._row(y)
            for x in range(left, right):
                row[x] |= _RIGHT
                row[x + 1] |= _LEFT
        for y in range(top, bottom):
            for x in (left, right):
                self._row(y)[x] |= _DOWN
                self._row(y + 1)[x] |= _UP

    def put(self, x: int, y: int, words: str, room: int) -> None:
        """Words in a line, shortened to their room; what takes none itself is left out."""
        if room < 1 or not cell_len(words):
            return
        if cell_len(words) > room:
            words = set_cell_size(words, room - 1).rstrip() + "…"
        self._row(y)
        self._words[y][x] = words

    def lines(self) -> list[str]:
        """What was drawn, without blanks at the ends."""
        return [self._line(edges, words) for edges, words in zip(self._edges, self._words, strict=True)]

    def _line(self, edges: list[int], words: dict[int, str]) -> str:
        line, x = [], 0
        while x < self.width:
            put = words.get(x)
            line.append(put or _EDGES[edges[x]])
            x += cell_len(put) if put else 1
        return "".join(line).rstrip()


def _draw(canvas: _Canvas, block: Block, left: int, cells: int, columns: int, top: int) -> None:
    """Draw a block: ``columns`` share ``cells`` from ``left`` on, and its rows count from the line ``top``."""
    begin, end = (left + min(at, columns) * cells // columns for at in (block.x, block.x + block.width))
    upper = top + block.y * LINES_A_ROW
    lower = upper + block.height * LINES_A_ROW
    if end - begin < 2:
        return
    canvas.box(begin, upper, end, lower)
    room = end - begin - 1
    kind, title = visible(block.kind), visible(" ".join(block.title.split()))
    title = title if cell_len(title) else ""  # Marks on a letter that is not there take no room.
    if block.inner:
        canvas.put(begin + 1, upper + 1, f"{kind}: {title}" if title else kind, room)
        for each in block.inner:
            _draw(canvas, each, begin, end - begin, block.columns, upper + LINES_A_ROW)
        return
    free = lower - upper - 1
    if free == 1:
        canvas.put(begin + 1, upper + 1, f"{title} · {kind}" if title else kind, room)
        return
    words = [title, kind] if title else [kind]
    for at, word in enumerate(words, start=1):
        canvas.put(begin + 1, upper + at, word, room)
    pattern = _LOOKS.get(block.look, ())
    for at, drawn in enumerate(pattern[: free - len(words)], start=upper + 1 + len(words)):
        whole = drawn * (room // len(drawn) + 1) if block.look in _REPEATED else drawn
        canvas.put(begin + 1, at, whole[:room], room)
