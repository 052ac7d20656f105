"""Going to an answer: to the field that asks it, in the row that holds it, where it can be seen."""

from __future__ import annotations

from typing import Any

from textual.errors import NoWidget
from textual.screen import Screen
from textual.widget import Widget
from tilewizard.answers.paths import Path

from .widgets.descendants import descendants_of
from .widgets.field import Field
from .widgets.rows import Rows


def field_at(screen: Screen[None], path: Path) -> Field | None:
    """The field of an answer, or of what holds it; None where no field asks it."""
    found = (each for each in descendants_of(screen, Field) if each.path and path[: len(each.path)] == each.path)
    return next(found, None)


async def focus_on(screen: Screen[None], path: Path) -> Field | None:
    """Give the focus to the field of an answer, in its row. Returns the field, or None where there is none."""
    for table in descendants_of(screen, Rows):
        size = len(table.question.path)
        if path[:size] == table.question.path and len(path) > size and isinstance(path[size], int):
            table.at = int(path[size])
            await table.fill()
    field = field_at(screen, path)
    if field is not None:
        screen.set_focus(field.target, scroll_visible=False)
        bring_into_view(field)
    return field


def bring_into_view(field: Field) -> None:
    """Scroll to a field once everything has its place: what is wrong above it takes room of its own."""
    field.call_after_refresh(field.scroll_visible, animate=False)


def in_view(screen: Screen[Any], widget: Widget) -> bool:
    """Whether a widget is seen, the whole of it."""
    try:
        geometry = screen.find_widget(widget)
    except NoWidget:
        return False
    return geometry.visible_region == geometry.region
