"""The third step: what it costs."""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Static
from tilewizard.answers.plans import Plan
from tilewizard.price import price_sentence
from tilewizard.session import Report

from .step import Step


class PricingStep(Step):
    """The plans, and the sentence that a customer reads."""

    slug = "pricing"
    title = "Pricing"
    intro = "The plans that customers can buy. Every purchase starts with a 14-day free trial."

    skipped = "free tile"

    def compose_questions(self) -> Iterator[Widget]:
        """The plans, then how they read."""
        if not self.session.answers.pricing and self.session.new:
            self.session.answers = self.session.answers.model_copy(update={"pricing": [Plan()]})
        yield from super().compose_questions()
        yield Static("", id="price", markup=False)

    def show(self, report: Report) -> None:
        """Also the sentence of each plan."""
        super().show(report)
        lines = [sentence for plan in report.settled.pricing if (sentence := price_sentence(plan))]
        box = self.query_one("#price", Static)
        box.display = bool(lines)
        box.update("Customers read:\n" + "\n".join(f"  {line}" for line in lines))
