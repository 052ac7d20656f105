"""Help on a step: what it asks, and the keys."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static
from tilewizard.answers.questions import questions_of
from tilewizard.language import _

from .step import Step

KEYS = (
    (_("Tab, Shift+Tab"), _("next and previous field")),
    (_("Ctrl+N, Ctrl+P"), _("next and previous step; also Alt+N, Alt+P")),
    ("F5", _("preview: the tile as a customer sees it")),
    ("F6", _("list of steps: arrows and Enter go to one")),
    ("Ctrl+G", _("next problem, wherever it is")),
    (_("Ctrl+Z, Ctrl+Y"), _("undo, redo; it is said what and where")),
    ("Alt+Z", _("history: what was changed; Enter goes there, u takes back all down to it")),
    ("Ctrl+F", _("search all answers by label or value; Enter goes there")),
    ("Alt+C", _("copy the value that has the focus (OSC 52)")),
    ("F7, F8", _("add or remove a row of a table")),
    (_("Alt+Up, Alt+Down"), _("move a row")),
    (_("In a table"), _("arrows choose a row, Enter goes to its fields, s sorts, Space marks, * marks all")),
    (_("Pasted on a table"), _("cells of a spreadsheet, lines, files that are dropped: a row each")),
    (_("In a short list"), _("arrows or first letters choose")),
    ("Ctrl+O", _("choose a file from a list")),
    ("F2, F3, F4, F9", _("what the step offers, see the line below")),
    ("Ctrl+Q", _("leave; the draft is kept")),
    (_("F10, Alt+X"), _("command palette: all of this by name")),
    ("F1", _("this help; Escape closes it; the line at the foot shows the keys that there is room for")),
)
ABOUT = _("""\
A tile is a directory that presents your offering in Datadog: a manifest, a README, metric metadata, dashboards, pictures,
a logo, a changelog, and on the paid Marketplace pricing and a licence agreement.
The wizard asks for each in turn. Steps can be left and come back to in any order; nothing is written into your checkout
before the last one, and what you typed is kept as a draft in the meantime.
A tile that exists is opened with `tilewizard edit DIRECTORY`; only what you edit in it changes.
""")


class HelpScreen(ModalScreen[None]):
    """What the step asks, question by question, and the keys that work; without a step what tilewizard is for.

    Args:
        step: the one that is shown.
        field: the explanation of the field that has the focus.
    """

    BINDINGS = [("escape,f1,q,question_mark", "dismiss", _("Close"))]

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
        text.append(_("\nKeys\n"), "bold")
        for key, meaning in KEYS:
            text.append(f"  {key:<18} {meaning}\n")
        with VerticalScroll(id="help"):
            if self.field is not None:
                # A small terminal has no room for all of it beside the step.
                yield Static(self.field + "\n\n", markup=False)
            yield Static(text, markup=False)
