"""Where a dashboard's widgets stand: plain data in, blocks of a grid of twelve columns out.

Layouts are those of Datadog's API: ``ordered`` with a place in twelve columns, ``ordered`` without places, where widgets follow each
other, and the older ``free``, whose units are as many as somebody dragged. Groups hold widgets with places of their own.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from tilewizard.language import _

COLUMNS = 12
"""Of a dashboard (Datadog, dashboards API); a group has as many as it is wide."""
WIDGETS_MAX = 400
"""Widgets of one dashboard that are laid out; the largest published one has 150."""
ROWS_MAX = 600
"""Rows that a layout may have; what lies below is moved up to the last."""
_FLOWING = (4, 2)
"""Columns and rows of a widget that has no place."""
_DEPTH_MAX = 3
_PUSHES = 20
"""Times that a block is moved down until it goes below all others."""
_PARTING = frozenset({"paragraph", "heading", "list_item", "block_text", "softbreak", "linebreak", "block_code"})
"""Parts of a Markdown text that stand apart from what is before them."""
_TARGET = re.compile(r"^ {0,3}\[[^\]\n]+\]:[^\n]*", re.MULTILINE)
_TEXT_MAX = 2_000
"""Characters of a title or a note that are looked at for its first line."""

_KINDS = {
    "timeseries": (_("Timeseries"), "line"),
    "query_value": (_("Query value"), "number"),
    "alert_value": (_("Alert value"), "number"),
    "change": (_("Change"), "list"),
    "toplist": (_("Top list"), "list"),
    "query_table": (_("Table"), "table"),
    "list_stream": (_("List"), "table"),
    "log_stream": (_("Log stream"), "table"),
    "event_stream": (_("Event stream"), "table"),
    "event_timeline": (_("Event timeline"), "bars"),
    "distribution": (_("Distribution"), "bars"),
    "heatmap": (_("Heat map"), "map"),
    "sunburst": (_("Pie"), "pie"),
    "hostmap": (_("Host map"), "map"),
    "geomap": (_("Geomap"), "map"),
    "treemap": (_("Treemap"), "map"),
    "scatterplot": (_("Scatter plot"), "map"),
    "check_status": (_("Check status"), "number"),
    "manage_status": (_("Monitor summary"), "table"),
    "alert_graph": (_("Alert graph"), "line"),
    "note": (_("Note"), "text"),
    "free_text": (_("Text"), "text"),
    "image": (_("Picture"), "picture"),
    "iframe": (_("Embedded page"), "picture"),
    "group": (_("Group"), "group"),
}
"""What a kind of widget is called, and what its sketch looks like."""


@dataclass(frozen=True)
class Block:
    """A widget in its place.

    Attributes:
        kind: what it is called: ``Timeseries``.
        look: what its sketch shows: ``line``, ``number``, ``list``, ``table``, ``bars``, ``pie``, ``map``, ``text``, ``picture``,
            ``group`` or ``other``.
        title: its title; of a note the first line; may be empty.
        x: columns to its left, 0 to 11.
        y: rows above it, in the dashboard or in its group.
        width: columns, 1 to 12.
        height: rows, at least 1.
        inner: of a group the widgets in it.
    """

    kind: str
    look: str
    title: str
    x: int
    y: int
    width: int
    height: int
    inner: tuple[Block, ...] = ()

    @property
    def columns(self) -> int:
        """Of a group the columns that its widgets share: as many as it is wide (so in every published dashboard), else twelve."""
        return self.width if all(each.x + each.width <= self.width for each in self.inner) else COLUMNS


@dataclass(frozen=True)
class Layout:
    """A dashboard's widgets, from top to bottom and left to right; ``left_out`` counts those that are too many."""

    blocks: tuple[Block, ...]
    left_out: int = 0


def layout_of(dashboard: Any) -> Layout:
    """Where the widgets of a dashboard stand. Never raises, whatever is wrong with it."""
    top = dashboard if isinstance(dashboard, dict) else {}
    budget = [WIDGETS_MAX, 0]
    blocks = _blocks(top.get("widgets"), free=top.get("layout_type") == "free", depth=0, budget=budget)
    return Layout(blocks, budget[1])


def _blocks(widgets: Any, *, free: bool, depth: int, budget: list[int]) -> tuple[Block, ...]:
    """The blocks of a list of widgets; ``budget`` counts those that may still come and those that were left out."""
    listed = [each for each in widgets if isinstance(each, dict)] if isinstance(widgets, list) else []
    kept = listed[: max(budget[0], 0)]
    budget[0] -= len(kept)
    budget[1] += len(listed) - len(kept)
    places = [_place(each.get("layout")) for each in kept]
    scale = _scale(places) if free else 1.0
    flow = _Flow()
    found: list[Block] = []
    above = 0
    for widget, place in zip(kept, places, strict=True):
        body = widget.get("definition")
        definition: dict[str, Any] = body if isinstance(body, dict) else {}
        nested = definition.get("widgets") if depth < _DEPTH_MAX else None
        inner = _blocks(nested, free=False, depth=depth + 1, budget=budget)
        x, y, width, height = _fitted(place, scale) if place else flow.next(inner)
        if inner:
            height = max(height, 1 + max(each.y + each.height for each in inner))
        if _breaks(widget.get("layout")):
            # Where a wide screen begins a second column: on others the rest stands below.
            above = max((each.y + each.height for each in found), default=0)
        y = y + above if free else _beside(found, x, y + above, width, height)
        y = min(y, ROWS_MAX)
        kind, look = _kind(definition.get("type"))
        found.append(Block(kind, look, _title(definition), x, y, width, height, inner))
    return tuple(sorted(found, key=lambda each: (each.y, each.x)))


_Place = tuple[float, float, float, float]


def _place(layout: Any) -> _Place | None:
    """x, y, width and height as they are given; None where one of them is no sane number."""
    given = [layout.get(key) for key in ("x", "y", "width", "height")] if isinstance(layout, dict) else []
    numbers = [each for each in given if isinstance(each, int | float) and not isinstance(each, bool)]
    if len(numbers) < 4 or any(not -1e6 < each < 1e6 for each in numbers):
        return None
    x, y, width, height = (float(each) for each in numbers)
    return x, y, width, height


def _beside(found: list[Block], x: int, y: int, width: int, height: int) -> int:
    """The row from which a block covers no other: a dashboard in columns moves it down until it does."""
    for __ in range(_PUSHES):
        under = [
            each.y + each.height
            for each in found
            if each.x < x + width and x < each.x + each.width and each.y < y + height and y < each.y + each.height
        ]
        if not under:
            return y
        y = min(under)
    return max(each.y + each.height for each in found)


def _breaks(layout: Any) -> bool:
    return isinstance(layout, dict) and layout.get("is_column_break") is True


def _scale(places: list[_Place | None]) -> float:
    """Columns that one unit of a free layout is."""
    return COLUMNS / max((place[0] + place[2] for place in places if place), default=COLUMNS) or 1.0


def _fitted(place: _Place, scale: float) -> tuple[int, int, int, int]:
    x, y, width, height = (each * scale for each in place)
    left = min(max(math.floor(x + 0.25), 0), COLUMNS - 1)
    right = min(max(math.floor(x + width + 0.25), left + 1), COLUMNS)
    upper = min(max(math.floor(y), 0), ROWS_MAX)
    lower = min(max(math.floor(y + height), upper + 1), ROWS_MAX + 1)
    return left, upper, right - left, lower - upper


class _Flow:
    """Places for widgets that have none: one beside the other, a group over the whole width."""

    def __init__(self) -> None:
        self.x = self.y = 0

    def next(self, inner: tuple[Block, ...]) -> tuple[int, int, int, int]:
        width, height = _FLOWING
        if inner:
            width, height = COLUMNS, 1 + max(each.y + each.height for each in inner)
        if self.x + width > COLUMNS or inner:
            self.y += _FLOWING[1] if self.x else 0
            self.x = 0
        place = (self.x, min(self.y, ROWS_MAX), width, height)
        self.x += width
        if self.x >= COLUMNS:
            self.x, self.y = 0, self.y + height
        return place


def _kind(kind: Any) -> tuple[str, str]:
    name = kind if isinstance(kind, str) else ""
    return _KINDS.get(name) or (name.replace("_", " ").strip()[:40].capitalize() or "Widget", "other")


def _title(definition: dict[str, Any]) -> str:
    for key in ("title", "content", "text"):
        value = definition.get(key)
        if isinstance(value, str) and value.strip():
            line = next(line for line in value.strip()[:_TEXT_MAX].splitlines() if line.strip())
            if key == "title":
                return line.strip()[:200]
            # Where its links go stands below, and is no part of what is read.
            targets = "\n".join(_TARGET.findall(value[:_TEXT_MAX]))
            return as_read(f"{line}\n\n{targets}" if "][" in line else line)[:200]
    return ""


def as_read(text: str) -> str:
    """A Markdown text as it is read, in one line: without the signs of headings, emphasis, code and links."""
    import mistune

    pending: list[Any] = [mistune.create_markdown(renderer=None)(text)]
    words = []
    while pending:
        token = pending.pop()
        if isinstance(token, list):
            pending += reversed(token)
        elif isinstance(token, dict):
            raw = token.get("raw")
            words.append(raw if isinstance(raw, str) else " " if token.get("type") in _PARTING else "")
            pending.append(token.get("children"))
    return " ".join("".join(words).split()) or text.strip("#*_ \t\n")
