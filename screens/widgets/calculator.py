"""What a customer pays: units to month to year, for the plan that is chosen."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label, Static
from tilewizard.answers.plans import Plan, is_metered
from tilewizard.language import _
from tilewizard.preview.price import HOURS, estimate

_ASKED = (("units", _("Try: units"), "10"), ("peak", _("peak"), "25"), ("hours", _("for hours"), "5"))


class Calculator(Vertical):
    """A few numbers to play with; none of them is an answer, nothing is kept."""

    DEFAULT_CSS = """
    Calculator { height: auto; margin-top: 1; padding: 0 1; background: $panel; }
    Calculator .calculator-line { height: 1; }
    Calculator Label { width: auto; padding-right: 1; }
    Calculator Input { width: 8; margin-right: 1; background: $boost; }
    Calculator Input:focus { background: $primary-muted; text-style: bold; }
    Calculator #customers-read { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._plan = Plan()
        self._sentences: list[str] = []

    def compose(self) -> ComposeResult:
        """What customers read, the numbers, what comes of them."""
        yield Static("", id="customers-read", markup=False)
        with Horizontal(classes="calculator-line"):
            for name, label, value in _ASKED:
                yield Label(label, markup=False)
                yield Input(
                    value, type="integer", max_length=7, compact=True, id=f"calculator-{name}", select_on_focus=False
                )
        yield Static("", id="calculator-said", markup=False)

    def show(self, sentences: list[str], plan: Plan | None) -> None:
        """Show what the plans read like, and calculate with one of them.

        Args:
            sentences: of all plans that have a price.
            plan: the chosen one, with derived values; None: there is none.
        """
        self.display = bool(sentences) and plan is not None
        if plan is None or not self.query("#customers-read"):
            return
        if (sentences, plan) != (self._sentences, self._plan):
            self._sentences, self._plan = sentences, plan
            head = _("Customers read:\n") + "\n".join(f"  {each}" for each in sentences)
            self.query_one("#customers-read", Static).update(head)
            self.query_one(".calculator-line").display = is_metered(plan)
            self._calculate()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Calculate anew."""
        event.stop()
        self._calculate()

    def _calculate(self) -> None:
        usual, peak, hours = (self._number(name) for name, __, __ in _ASKED)
        lines = estimate(self._plan, usual, peak, min(hours, HOURS))
        self.query_one("#calculator-said", Static).update("\n".join(lines))

    def _number(self, name: str) -> int:
        text = self.query_one(f"#calculator-{name}", Input).value
        return int(text) if text.isdecimal() else 0
