"""The third step: what it costs."""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget
from tilewizard.answers.plans import Plan
from tilewizard.preview.price import price_sentence
from tilewizard.session.report import Report

from .step import Step
from .widgets.calculator import Calculator
from .widgets.rows import Rows


class PricingStep(Step):
    """The plans, and what a customer reads and pays."""

    slug = "pricing"

    def compose_questions(self) -> Iterator[Widget]:
        """The plans, then how they read."""
        if not self.session.answers.pricing and self.session.new:
            self.session.answers = self.session.answers.model_copy(update={"pricing": [Plan()]})
        yield from super().compose_questions()
        calculator = Calculator()
        calculator.display = False
        yield calculator

    def show(self, report: Report) -> None:
        """Also the sentence of each plan, and a calculation with the chosen one."""
        super().show(report)
        plans = report.settled.pricing
        at = self.query_one(Rows).at
        plan = plans[at] if at < len(plans) else None
        self.query_one(Calculator).show([each for each in map(price_sentence, plans) if each], plan)
