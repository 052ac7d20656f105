"""The first step: where it is offered, how data flows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .gate import gate_of
from .owners import wizard_of
from .step import Step

if TYPE_CHECKING:
    from tilewizard.session.guide import Proposal


class IntegrationTypeStep(Step):
    """Target, type, offering, what is sent and read."""

    slug = "type"
    intro = "Where it is published and how data flows; the later steps follow. Not sure? F4 asks three questions and proposes."
    BINDINGS = [("f4", "guide", "Help me choose")]

    def action_guide(self) -> None:
        """Ask what a partner knows, and propose."""
        from .guide import GuideScreen

        self.app.push_screen(GuideScreen(self.session.answers), self._guided)

    def _guided(self, proposal: Proposal | None) -> None:
        if proposal is None:
            return
        self.session.replace(proposal.taken_by(self.session.answers), ("type",))
        self.session.touched.update({("type",), ("target",)})
        gate_of(self).carry_out(wizard_of(self).show_answer(("type",)))
