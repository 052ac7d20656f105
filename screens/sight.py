"""What gets the focus is seen, also where it has no place yet when it gets it."""

from __future__ import annotations

from typing import Any, TypeVar

from textual import events, on
from textual.errors import NoWidget
from textual.screen import Screen
from textual.widget import Widget

Result = TypeVar("Result")
LINES_SEEN = 3
"""Lines of what is taller that are to be seen."""


class FocusSeen(Screen[Result]):
    """A screen that scrolls to the focus once it has a place: Textual looks at once, and then no more.

    A row that was just put in, on a busy machine, is laid out after it got the focus: it stayed out of sight, and a click was
    meant for what stood there.
    """

    _placeless: Widget | None = None

    @on(events.Mount)
    def _hear_of_layouts(self) -> None:
        self.screen_layout_refresh_signal.subscribe(self, self._laid_out, immediate=True)

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        """Give the focus, and see that what gets it is seen."""
        super().set_focus(widget, scroll_visible, from_app_focus)
        waits = widget is not None and scroll_visible and not widget.virtual_region.size
        self._placeless = widget if waits else None

    def _laid_out(self, _: Screen[Any]) -> None:
        widget = self._placeless
        if widget is None or not widget.virtual_region.size:
            return
        self._placeless = None
        if widget is self.focused and not self._seen_enough(widget):
            self.scroll_to_center(widget, animate=False, immediate=True)

    def _seen_enough(self, widget: Widget) -> bool:
        """Whether its first lines are seen: a step with a tall editor opens at its top."""
        try:
            place = self.find_widget(widget)
        except NoWidget:
            return False
        seen = place.visible_region
        return seen.y == place.region.y and seen.height >= min(LINES_SEEN, place.region.height)
