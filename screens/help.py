"""Help on a step: what it asks, and the keys."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static
from tilewizard.answers.questions import questions_of

from .step import Step

KEYS = (
    ("Tab, Shift+Tab", "next and previous field"),
    ("Ctrl+N, Ctrl+P", "next and previous step; also Alt+N, Alt+P"),
    ("F5", "preview: the tile as a customer sees it"),
    ("F6", "list of steps: arrows and Enter go to one"),
    ("Ctrl+G", "next problem, wherever it is"),
    ("Ctrl+Z, Ctrl+Y", "undo, redo; it is said what and where"),
    ("Alt+Z", "history: what was changed; Enter goes there, u takes back all down to it"),
    ("Ctrl+F", "search all answers by label or value; Enter goes there"),
    ("Alt+C", "copy the value that has the focus (OSC 52)"),
    ("F7, F8", "add or remove a row of a table"),
    ("Alt+Up, Alt+Down", "move a row"),
    ("In a table", "arrows choose a row, Enter goes to its fields, s sorts, Space marks, * marks all"),
    ("Pasted on a table", "cells of a spreadsheet, lines, files that are dropped: a row each"),
    ("In a short list", "arrows or first letters choose"),
    ("Ctrl+O", "choose a file from a list"),
    ("F2, F3, F4, F9", "what the step offers, see the line below"),
    ("Ctrl+Q", "leave; the draft is kept"),
    ("F10, Alt+X", "command palette: all of this by name"),
    ("F1", "this help; Escape closes it; the line at the foot shows the keys that there is room for"),
)
ABOUT = """\
A tile is a directory that presents your offering in Datadog: a manifest, a README, metric metadata, dashboards, pictures,
a logo, a changelog, and on the paid Marketplace pricing and a licence agreement.
The wizard asks for each in turn. Steps can be left and come back to in any order; nothing is written into your checkout
before the last one, and what you typed is kept as a draft in the meantime.
A tile that exists is opened with `tilewizard edit DIRECTORY`; only what you edit in it changes.
"""


class HelpScreen(ModalScreen[None]):
    """What the step asks, question by question, and the keys that work; without a step what tilewizard is for.

    Args:
        step: the one that is shown.
        field: the explanation of the field that has the focus.
    """

    BINDINGS = [("escape,f1,q,question_mark", "dismiss", "Close")]

    def __init__(self, step: type[Step] | None, field: Content | None = None) -> None:
        super().__init__()
        self.step = step
        self.field = field

    def compose(self) -> ComposeResult:
        """One scrolling text."""
        text = Text()
        if self.step is None:
            text.append("tilewizard\n", "bold").append(f"{ABOUT}\n")
        else:
            text.append(f"{self.step.title}\n", "bold").append(f"{self.step.intro}\n\n")
            for question in questions_of(self.step.slug):
                text.append(f"{question.ask.title}: ", "bold").append(f"{question.ask.help}\n")
                for column in question.columns:
                    text.append(f"  {column.ask.title}: ", "bold").append(f"{column.ask.help}\n")
        text.append("\nKeys\n", "bold")
        for key, meaning in KEYS:
            text.append(f"  {key:<18} {meaning}\n")
        with VerticalScroll(id="help"):
            if self.field is not None:
                # A small terminal has no room for all of it beside the step.
                yield Static(self.field + "\n\n", markup=False)
            yield Static(text, markup=False)
