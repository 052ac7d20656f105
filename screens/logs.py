"""The step on logs: the pipeline's lab, and below it the files that it makes."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from textual import events
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Button, Static
from tilewizard.errors import TilewizardError
from tilewizard.language import _
from tilewizard.session.kept_draft import KeptDraft
from tilewizard.session.log_files import LogFiles, keep_log_files, log_files, pipelines_of, with_log_files
from tilewizard.session.report import Report

from .owners import wizard_of
from .step import Step
from .widgets.field import Answered


class LogsStep(Step):
    """The pipeline's lab, the log source, the pipeline's file, that of its tests."""

    slug = "logs"
    DEFAULT_CSS = """
    LogsStep #logs-tools { height: 1; margin: 0 0 1 1; }
    LogsStep #logs-said { height: auto; color: $text-muted; margin: 0 0 1 1; }
    """
    BINDINGS = [Binding("f3", "lab", _("Log lab"))]

    def compose_questions(self) -> Iterator[Widget]:
        """The way into the lab first: it fills in the questions."""
        yield Horizontal(Button(_("Paste or open log lines… (F3)"), id="logs-lab", compact=True), id="logs-tools")
        yield Static("", id="logs-said", markup=False)
        yield from super().compose_questions()

    def on_mount(self) -> None:
        """Say what there is."""
        self._say()

    @property
    def first_focus(self) -> Widget | None:
        """The way into the lab."""
        return self.query_one("#logs-lab", Button)

    def show(self, report: Report) -> None:
        """Say what there is now, as well."""
        super().show(report)
        self._say()

    def _say(self) -> None:
        logs = self.session.answers.logs
        if not self.query("#logs-said"):
            return  # The step is on its way out.
        self.query_one("#logs-lab", Button).label = (
            _("Open the log lab… (F3)") if logs.pipeline else _("Paste or open log lines… (F3)")
        )
        words = _("The lab shows what the pipeline makes of each sample, live, and what each processor did.")
        if not logs.pipeline:
            words = _("A pipeline, tests and facets are made from them. {words}", words=words)
        elif not logs.tests:
            words = _(
                "The pipeline has no tests yet: samples that are added in the lab become tests. {words}", words=words
            )
        self.query_one("#logs-said", Static).update(words)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Open the lab."""
        if event.button.id == "logs-lab":
            event.stop()
            self.action_lab()

    def on_paste(self, event: events.Paste) -> None:
        """Lines pasted while no field has the focus are samples."""
        if event.text.strip() and isinstance(self.screen.focused, Button):
            event.stop()
            self.action_lab(event.text)

    def action_lab(self, pasted: str = "") -> None:
        """Open the lab on what there is; of several pipelines one is chosen first."""
        self.commit()
        paths = pipelines_of(self.session)
        if not self.session.answers.logs.pipeline and len(paths) > 1:
            paths = paths[1:]
        if len(paths) == 1:
            self._open(pasted, paths[0])
            return
        from .choose_pipeline import ChoosePipeline

        answered = self.session.answers.logs.pipeline
        names = {path: Path(path or answered).name for path in paths}
        self.app.push_screen(ChoosePipeline(names), partial(self._open, pasted))

    def _open(self, pasted: str, path: str | None) -> None:
        from .log_lab import LogLab

        if path is None or not self.is_mounted:
            return
        kept = wizard_of(self).kept
        try:
            files = log_files(self.session, path)
        except TilewizardError as error:
            self.notify(error.render(), severity="error", markup=False)
            return
        lab = LogLab(
            files,
            "\n".join(each for each in (kept.lines, pasted) if each),
            keep=partial(self._kept_at_last, kept),
            meanwhile=partial(self._kept_meanwhile, kept, secrets.token_hex(3)),
        )
        self.app.push_screen(lab, self._made)

    def _kept_meanwhile(self, kept: KeptDraft, slot: str, files: LogFiles, lines: str) -> None:
        """What is typed in the lab is in the draft, as answers are."""
        kept.keep_typed(slot, partial(with_log_files, self.session, files), self.slug, lines)

    def _kept_at_last(self, kept: KeptDraft, files: LogFiles) -> None:
        """The app goes while the lab is open: the draft has what was made."""
        try:
            keep_log_files(self.session, files, kept.keep_file)
            kept.keep(self.slug)
            kept.flush()
        except TilewizardError:
            return  # There is nobody left to tell.

    async def _made(self, files: LogFiles | None) -> None:
        if files is None or not self.is_mounted:
            return
        try:
            kept = wizard_of(self).kept
            changed = keep_log_files(self.session, files, kept.keep_file)
        except TilewizardError as error:
            self.notify(
                error.render(), title=_("The lab's work was not kept"), severity="error", timeout=20, markup=False
            )
            return
        kept.keep(self.slug)  # In the place of what was kept meanwhile, changed or not.
        if changed:
            await self.reload()
            self.post_message(Answered(("logs", "pipeline"), self.session.answers.logs.pipeline))
            self.app.clear_notifications()
            self.notify(_("Pipeline, tests and facets are in the tile; Ctrl+Z takes them out again."), markup=False)
        self.query_one("#logs-lab", Button).focus()
