"""Choosing one of a few: the choice follows the arrow keys and the mouse."""

from __future__ import annotations

from textwrap import wrap

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from tilewizard.language import _

FOCUSED = "bold $block-cursor-foreground on $block-cursor-background"
"""The chosen option where the focus is."""


class Choice(Widget, can_focus=True):
    """A short list of which exactly one is chosen, a line each: sign, name, what it means."""

    BINDINGS = [
        Binding("up,left", "move(-1)", _("Choose"), show=False),
        Binding("down,right,space", "move(1)", _("Choose"), show=False),
    ]
    chosen: reactive[str] = reactive("", layout=False)

    class Changed(Message):
        """Another one was chosen."""

        def __init__(self, choice: Choice, value: str) -> None:
            super().__init__()
            self.choice = choice
            self.value = value

        @property
        def control(self) -> Choice:
            """The widget that it comes from."""
            return self.choice

    def __init__(self, options: tuple[str, ...], chosen: str, notes: dict[str, str] | None = None) -> None:
        super().__init__()
        self.options = options
        self.notes = notes or {}
        self.set_reactive(Choice.chosen, chosen)
        self.styles.height = "auto"
        self._names = max(map(len, options)) + 2
        self._letters = ""

    def _fits(self, width: int) -> bool:
        """Whether every meaning has room beside its option."""
        return self._names + 5 + max(map(len, self.notes.values()), default=0) <= width

    def _told(self, width: int) -> list[str]:
        """The chosen one's meaning, in lines, where there is no room beside the options."""
        return [] if self._fits(width) else wrap(self.notes.get(self.chosen, ""), max(8, width - 4))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """A line an option, and room for the longest meaning where that isn't beside them."""
        if self._fits(width) or not self.notes:
            return len(self.options)
        return len(self.options) + max(len(wrap(note, max(8, width - 4))) for note in self.notes.values())

    def render(self) -> Content:
        """A line for each option, with what it means; where there is no room what the chosen one means, below it."""
        width = self.size.width
        lines: list[Content] = []
        for option in self.options:
            here = option == self.chosen
            style = FOCUSED if here and self.has_focus else "bold" if here else ""
            line = Content.styled(f"{'(●)' if here else '( )'} {option:<{self._names}}", style)
            if self._fits(width):
                line += Content.styled(f" {self.notes.get(option, '')}", "" if here else "$text-muted")
            lines.append(line.truncate(max(8, width), ellipsis=True))
            lines += [Content.styled(f"    {each}", "$text-muted") for each in (self._told(width) if here else [])]
        return Content("\n").join(lines)

    def on_key(self, event: events.Key) -> None:
        """Letters choose what begins with them, alone or with those before them."""
        if event.character and event.is_printable and event.character != " " and self._spell(event.character):
            event.stop()

    def on_paste(self, event: events.Paste) -> None:
        """A word that is pasted chooses as one that is typed."""
        event.stop()
        for letter in event.text.strip():
            self._spell(letter)

    def on_blur(self) -> None:
        """Who comes back begins anew."""
        self._letters = ""

    def _spell(self, letter: str) -> bool:
        for typed in (self._letters + letter.casefold(), letter.casefold()):
            begun = [option for option in self.options if option.casefold().startswith(typed)]
            if begun:
                self._letters = typed
                again = len(typed) == 1 and self.chosen in begun  # The same letter goes on to the next with it.
                self._choose(begun[(begun.index(self.chosen) + 1) % len(begun)] if again else begun[0])
                return True
        return False

    def action_move(self, step: int) -> None:
        """Choose the next or the one before."""
        self._letters = ""
        at = self.options.index(self.chosen) if self.chosen in self.options else -1 if step > 0 else 0
        self._choose(self.options[(at + step) % len(self.options)])

    def on_click(self, event: events.Click) -> None:
        """Choose the line that was clicked."""
        at = self.options.index(self.chosen) if self.chosen in self.options else len(self.options)
        below = min(len(self._told(self.size.width)), max(0, event.y - at))
        if 0 <= event.y - below < len(self.options):
            self._choose(self.options[event.y - below])

    def _choose(self, option: str) -> None:
        if option != self.chosen:
            self.chosen = option
            self.post_message(self.Changed(self, option))
