"""The step on dashboards, monitors and what else comes with the tile."""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import Binding
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Button

from .assets import AssetsScreen
from .step import Step


class DashboardsStep(Step):
    """The files, and above them the way to look at what is in them."""

    slug = "dashboards"
    DEFAULT_CSS = "DashboardsStep #assets-tools { height: 1; margin: 0 0 0 1; }"
    BINDINGS = [Binding("f3", "look", "Look at them")]

    def compose_questions(self) -> Iterator[Widget]:
        """The questions, below the way to look at what they name."""
        button = Button("Look at them: layout, query, message (F3)", id="assets-look", compact=True)
        button.can_focus = False
        yield Horizontal(button, id="assets-tools")
        yield from super().compose_questions()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Look at them."""
        if event.button.id == "assets-look":
            event.stop()
            self.action_look()

    def action_look(self) -> None:
        """Show what comes with the tile, as it would be written."""
        self.commit()
        self.app.push_screen(AssetsScreen(self.session.examine().tile))
