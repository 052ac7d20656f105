"""The step on dashboards, monitors and what else comes with the tile."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.binding import Binding
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Button
from tilewizard.answers.model import Answers
from tilewizard.answers.paths import Path
from tilewizard.errors import TilewizardError
from tilewizard.field.asset_kinds import MONITORS
from tilewizard.language import _
from tilewizard.session.assets import assets_of
from tilewizard.session.monitor_desk import MonitorDesk

from .assets import AssetsScreen
from .gate import gate_of
from .monitor_form import MonitorScreen
from .owners import wizard_of
from .step import Step
from .widgets.field import Answered


class DashboardsStep(Step):
    """The files, and above them the way to look at what is in them."""

    slug = "dashboards"
    DEFAULT_CSS = """
    DashboardsStep #assets-tools { height: 1; margin: 0 0 0 1; }
    DashboardsStep #assets-tools Button { margin-right: 2; }
    """
    BINDINGS = [Binding("f2", "new_monitor", _("New monitor")), Binding("f3", "look", _("Look at them"))]

    def compose_questions(self) -> Iterator[Widget]:
        """The questions, below the way to look at what they name."""
        look = Button(_("Look at them, take files (F3)"), id="assets-look", compact=True)
        monitor = Button(_("New monitor (F2)"), id="assets-monitor", compact=True)
        look.can_focus = monitor.can_focus = False
        yield Horizontal(look, monitor, id="assets-tools")
        yield from super().compose_questions()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Look at them, or make a monitor."""
        if event.button.id == "assets-look":
            event.stop()
            self.action_look()
        elif event.button.id == "assets-monitor":
            event.stop()
            self.action_new_monitor()

    def action_look(self) -> None:
        """Show what comes with the tile, as it would be written."""
        self.commit()
        before = self.session.answers
        self.app.push_screen(AssetsScreen(wizard_of(self).kept), partial(self._looked, before))

    def action_new_monitor(self) -> None:
        """Make a monitor of a metric, in its form."""
        self.commit()
        before = self.session.answers
        desk = MonitorDesk(self.session)
        self.app.push_screen(MonitorScreen(desk, wizard_of(self).kept), partial(self._looked, before))

    def show_within(self, path: Path) -> None:
        """Open a monitor's form at a field: ``("monitors", "errors", "title")``."""
        if len(path) < 3 or path[0] != MONITORS.name:
            return
        there = assets_of(self.session.examine().tile)
        asset = next((each for each in there if each.kind is MONITORS and each.name == path[1]), None)
        if asset is None:
            return
        try:
            desk = MonitorDesk(self.session, asset)
        except TilewizardError as error:
            self.notify(error.render(), severity="error", markup=False)
            return
        screen = MonitorScreen(desk, wizard_of(self).kept, str(path[2]))
        self.app.push_screen(screen, partial(self._looked, self.session.answers))

    def _looked(self, before: Answers, __: object) -> None:
        """Show the answers that were changed meanwhile."""
        if self.is_mounted and self.session.answers is not before:
            gate_of(self).carry_out(self._show_changed())

    async def _show_changed(self) -> None:
        await self.reload()
        self.post_message(Answered((self.slug,), None))
