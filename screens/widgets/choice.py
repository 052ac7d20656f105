"""Choosing one of a few: the choice follows the arrow keys and the mouse."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class Choice(Widget, can_focus=True):
    """A short list of which exactly one is chosen, a line each: sign, name, what it means."""

    BINDINGS = [
        Binding("up,left", "move(-1)", "Choose", show=False),
        Binding("down,right,space", "move(1)", "Choose", show=False),
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
        self.styles.height = len(options)

    def render(self) -> Text:
        """A line for each option."""
        lines = []
        width = max(len(option) for option in self.options) + 2
        for option in self.options:
            here = option == self.chosen
            line = Text()
            style = "bold reverse" if here and self.has_focus else "bold" if here else ""
            line.append(f"{'(●)' if here else '( )'} {option:<{width}}", style)
            line.append(f" {self.notes.get(option, '')}", "dim" if not here else "")
            line.truncate(max(8, self.size.width), overflow="ellipsis")
            lines.append(line)
        return Text("\n").join(lines)

    def action_move(self, step: int) -> None:
        """Choose the next or the one before."""
        at = self.options.index(self.chosen) if self.chosen in self.options else -1 if step > 0 else 0
        self._choose(self.options[(at + step) % len(self.options)])

    def on_click(self, event: events.Click) -> None:
        """Choose the line that was clicked."""
        if 0 <= event.y < len(self.options):
            self._choose(self.options[event.y])

    def _choose(self, option: str) -> None:
        if option != self.chosen:
            self.chosen = option
            self.post_message(self.Changed(self, option))
