"""The step on metrics and service checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Button
from tilewizard.answers.conditions import runs_in_agent
from tilewizard.answers.paths import replaced
from tilewizard.answers.questions import Question, applies
from tilewizard.language import _, ngettext

from .step import Step
from .widgets.field import Answered
from .widgets.line import TakesLines
from .widgets.rows import Rows
from .widgets.tools import Tool

if TYPE_CHECKING:
    from .import_metrics import Taken


class Metrics(Rows):
    """The metrics: typed one by one, or imported from wherever they are told already."""

    none_yet = _("None yet: F3 imports them, lines pasted anywhere on this step are read, F7 adds one.")

    def compose_tools(self) -> ComposeResult:
        """The way to import them."""
        yield Tool(_("Import… (F3)"), _("Import… (F3)"), id="import-metrics")

    async def fill(self) -> None:
        """With rows the key does, as with the others."""
        await super().fill()
        self.query_one("#import-metrics", Button).can_focus = not self.items

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        """Import; adding and removing are the table's own."""
        if event.button.id == "import-metrics":
            event.stop()
            self.action_import_metrics()

    async def take_pasted(self, text: str) -> None:
        """Lines are metrics: from a spreadsheet, a file, an exposition."""
        self.action_import_metrics(text)

    def action_import_metrics(self, pasted: str = "") -> None:
        """Ask where they come from, show what was read, take what is wanted."""
        from .import_metrics import ImportMetrics

        prefix = self.session.settled().metrics.prefix
        sampled = runs_in_agent(self.session.answers)
        self.app.push_screen(ImportMetrics(list(self.items), prefix, pasted, sampled=sampled), self._imported)

    async def _imported(self, taken: Taken | None) -> None:
        if taken is None or not self.is_mounted:
            return
        before, rows = len(self.items), taken.rows
        answers = replaced(self.session.answers, self.question.path, rows)
        if taken.sample and not answers.metrics.sample:  # What is there stays, as cells do.
            answers = replaced(answers, ("metrics", "sample"), taken.sample)
        self.session.replace(answers, self.question.path)  # One step back takes both away.
        self.session.touched.add(self.question.path)
        self.at = min(before, len(rows) - 1)
        await self.fill()
        self.post_message(Answered(self.question.path, rows))
        self.notify(
            ngettext(
                "{count} metric, {count2} of them new; Ctrl+Z takes it back.",
                "{count} metrics, {count2} of them new; Ctrl+Z takes it back.",
                len(rows),
                count2=len(rows) - before,
            ),
            markup=False,
        )
        (self.grid if len(rows) > 1 else self).focus()


class MetricsStep(TakesLines, Step):
    """The metrics' prefix, the metrics, the service checks."""

    slug = "metrics"
    BINDINGS = [Binding("f3", "import_metrics", _("Import"))]

    def widget_for(self, question: Question) -> Widget:
        """The metrics can be imported."""
        if question.name != "metrics.rows":
            return super().widget_for(question)
        widget = Metrics(question, self.session, "metric")
        widget.display = applies(question, self.session.answers)
        return widget

    def on_paste(self, event: events.Paste) -> None:
        """Lines pasted into a field that stands in no table are metrics."""
        if event.text.strip():
            event.stop()
            self.query_one(Metrics).action_import_metrics(event.text)

    def action_import_metrics(self) -> None:
        """Import, from anywhere on the step."""
        self.query_one(Metrics).action_import_metrics()
