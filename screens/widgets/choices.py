"""Choosing several of many: typed by commas with completion, or picked from the list that opens below."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option
from tilewizard.language import _

from .line import Line

SHOWN = 6
"""Lines of the list."""


class _Typed(Line):
    BINDINGS = [
        Binding("down", "pick(1)", _("Next option"), show=False),
        Binding("up", "pick(-1)", _("Option before"), show=False),
        Binding("enter", "take", _("Add or remove"), show=False),
    ]

    def action_pick(self, step: int) -> None:
        """Move in the list below."""
        assert isinstance(self.parent, Choices)
        self.parent.move(step)

    def action_take(self) -> None:
        """Add or remove the option that is marked in the list below."""
        assert isinstance(self.parent, Choices)
        self.parent.toggle_marked()


class Choices(Vertical):
    """An input of values by commas, and a list of the options that fit what is being typed."""

    class Changed(Message):
        """The values changed."""

        def __init__(self, choices: Choices, values: list[str]) -> None:
            super().__init__()
            self.choices = choices
            self.values = values

        @property
        def control(self) -> Choices:
            """The widget that it comes from."""
            return self.choices

    def __init__(self, options: tuple[str, ...], values: list[str], placeholder: str = "") -> None:
        super().__init__()
        self.options = options
        self.values = values
        self._placeholder = placeholder
        self._pristine, self._given = ", ".join(values), values
        self._by_name = {option.casefold(): option for option in options}

    def compose(self) -> ComposeResult:
        """The input, and the list that opens while it has the focus."""
        yield _Typed(", ".join(self.values), placeholder=self._placeholder, compact=True)
        options = OptionList(compact=True, markup=False)
        options.can_focus = False
        options.display = False
        yield options

    @property
    def _input(self) -> Input:
        return self.query_one(Input)

    @property
    def _list(self) -> OptionList:
        return self.query_one(OptionList)

    def on_descendant_focus(self, __: events.DescendantFocus) -> None:
        """Open the list."""
        self._fill()
        self._list.display = True

    def on_descendant_blur(self, __: events.DescendantBlur) -> None:
        """Close the list; what was typed last counts now, known or not."""
        self._list.display = False
        self.finish()

    def finish(self) -> None:
        """Nothing more is typed: the last word counts too."""
        self._take(final=True)

    def whole(self) -> list[str]:
        """The values, the last word among them, without telling anybody."""
        if self._input.value != self._pristine:
            self.values = self._values(final=True)
        return self.values

    def on_input_changed(self, event: Input.Changed) -> None:
        """Take the values that are whole; fit the list to the one being typed."""
        event.stop()
        self._take(final=False)
        if self._list.display:
            self._fill()

    def _parts(self) -> list[str]:
        return [part.strip() for part in self._input.value.split(",")]

    def _take(self, *, final: bool) -> None:
        # Only shown so far: values that no list knows stay as they are.
        values = self._given if self._input.value == self._pristine else self._values(final=final)
        if values != self.values:
            self.values = values
            self.post_message(self.Changed(self, values))

    def _values(self, *, final: bool) -> list[str]:
        values = []
        parts = self._parts()
        for index, part in enumerate(parts):
            known = self._by_name.get(part.casefold())
            # A word that may become one of the options is no value yet while it is being typed.
            if known or (part and (final or index + 1 < len(parts) or not self._begins(part))):
                values.append(known or part)
        return list(dict.fromkeys(values))

    def _begins(self, part: str) -> bool:
        return any(part.casefold() in option for option in self._by_name)

    def set_values(self, values: list[str]) -> None:
        """Show other values."""
        self.values = values
        self._pristine, self._given = ", ".join(values), values
        self._input.value = self._pristine

    def _fill(self) -> None:
        typed = self._parts()[-1].casefold()
        typed = "" if typed in self._by_name else typed
        first = [option for option in self.options if option.casefold().startswith(typed)]
        later = [option for option in self.options if typed in option.casefold() and option not in first]
        self._list.clear_options()
        self._list.add_options(Option(self._line(option), id=option) for option in [*first, *later])
        self._list.styles.height = max(1, min(SHOWN, len(first) + len(later)))
        self._list.highlighted = 0 if typed and (first or later) else None

    def _line(self, option: str) -> str:
        return f"{'[x]' if option in self.values else '[ ]'} {option}"

    def move(self, step: int) -> None:
        """Mark the next or the previous option of the list."""
        if self._list.option_count:
            at = self._list.highlighted
            at = (0 if step > 0 else -1) if at is None else at + step
            self._list.highlighted = at % self._list.option_count

    def toggle_marked(self) -> None:
        """Add or remove the marked option."""
        at = self._list.highlighted
        if at is not None:
            self._toggle(str(self._list.get_option_at_index(at).id))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click on an option adds or removes it."""
        event.stop()
        self._toggle(str(event.option_id))
        self._input.focus()

    def _toggle(self, option: str) -> None:
        whole = [part for part in self._parts() if part.casefold() in self._by_name]
        known = [self._by_name[part.casefold()] for part in whole]
        values = [each for each in known if each != option] if option in known else [*known, option]
        self._input.value = ", ".join(values)
        self._input.cursor_position = len(self._input.value)
        self._take(final=True)
        self._fill()
