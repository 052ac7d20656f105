"""The first step: where it is offered, how data flows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.widget import Widget
from tilewizard.language import _
from tilewizard.session.promised import added, promised
from tilewizard.session.report import Report

from .gate import gate_of
from .owners import wizard_of
from .step import Step
from .widgets.promised_files import PromisedFiles

if TYPE_CHECKING:
    from tilewizard.session.guide import Proposal


class IntegrationTypeStep(Step):
    """Target, type, offering, what is sent and read."""

    slug = "type"
    intro = _(
        "Where it is published and how data flows; the later steps follow. Not sure? F4 asks three questions and proposes."
    )
    BINDINGS = [("f4", "guide", _("Help me choose"))]

    def compose_questions(self) -> Iterator[Widget]:
        """The questions, and the files that follow from them."""
        yield from super().compose_questions()
        yield PromisedFiles(new=self.session.new)

    def on_mount(self) -> None:
        """Show what the answers yield that one starts with."""
        self._promise()

    def show(self, report: Report) -> None:
        """Show a report, and the files of the answers as they stand."""
        super().show(report)
        self._promise(report)

    def fit(self) -> None:
        """Show what the answers as they stand ask for, and yield."""
        super().fit()
        self._promise()

    def _promise(self, report: Report | None = None) -> None:
        if self.session.base is None:
            self.query_one(PromisedFiles).show(promised(self.session.answers))
        elif report is not None:  # What is added to a tile is known once it is written in memory.
            self.query_one(PromisedFiles).show(added(report.tile, self.session.base))

    def action_guide(self) -> None:
        """Ask what a partner knows, and propose."""
        from .guide import GuideScreen

        self.app.push_screen(GuideScreen(self.session), self._guided)

    def _guided(self, proposal: Proposal | None) -> None:
        if proposal is None:
            return
        self.session.replace(proposal.taken_by(self.session.answers), ("type",))
        self.session.touched.update({("type",), ("target",)})
        gate_of(self).carry_out(wizard_of(self).show_answer(("type",)))
