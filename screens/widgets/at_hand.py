"""What to have at hand, to tick off; the ticks are there again the next time."""

from __future__ import annotations

from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option
from tilewizard.drafts.at_hand import THINGS, Thing, tick, ticked
from tilewizard.language import _


class AtHand(OptionList):
    """A line for each thing, ticked or not."""

    DEFAULT_CSS = """
    AtHand {
        height: auto; margin-right: 1; padding: 0 1; background: transparent;
        border: round $surface-lighten-2; border-title-color: $text-muted;
        &:focus { border: round $primary; border-title-color: $text-primary; border-title-style: bold; }
        &:blur > .option-list--option-highlighted { background: transparent; color: $foreground; text-style: none; }
    }
    """
    BINDINGS = [Binding("space", "select", _("Tick"))]

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.done = ticked()
        self._title()
        self.add_options(Option(self._line(thing), id=thing.slug) for thing in THINGS)
        self.highlighted = 0

    def _title(self) -> None:
        count = sum(thing.slug in self.done for thing in THINGS)
        self.border_title = _(
            "Have at hand: {count} of {count2} (Space ticks; what is missing can come later)",
            count=count,
            count2=len(THINGS),
        )

    def _line(self, thing: Thing) -> Content:
        box = "[x]" if thing.slug in self.done else "[ ]"
        only = _("  Marketplace only") if thing.paid else ""
        return Content.assemble(f"{box} {thing.words}", (only, "$text-muted"))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Tick a thing, or take its tick away."""
        event.stop()
        thing = THINGS[event.option_index]
        self.done = tick(thing.slug)
        self.replace_option_prompt_at_index(event.option_index, self._line(thing))
        self._title()
