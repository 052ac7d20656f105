"""The pane that explains the focused field."""

from __future__ import annotations

from functools import cache

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static
from tilewizard.answers.notes import NOTES
from tilewizard.answers.questions import limit_of
from tilewizard.session.session import Session

from .faults import Asker


class Context(VerticalScroll, can_focus=False):
    """What the field is, why it is asked, an example, where it shows, and which rules speak of it."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._asker: Asker | None = None
        self._said: list[str] = []

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static("", id="context-text", markup=False)

    def say(self, title: str, words: str) -> None:
        """Say something that is about no field."""
        self._asker = None
        self.query_one("#context-text", Static).update(Text.assemble((f"{title}\n", "bold"), words))

    def explain(self, asker: Asker, session: Session) -> None:
        """Explain a question, and say all that is wrong with its answer."""
        self._asker, self._said = asker, list(asker.said)
        self.query_one("#context-text", Static).update(explanation(asker, session))
        self.scroll_home(animate=False)

    def keep_up(self, session: Session) -> None:
        """Explain the question anew when something else is wrong with its answer."""
        if self._asker is not None and self._asker.is_attached and self._asker.said != self._said:
            self.explain(self._asker, session)


def explanation(asker: Asker, session: Session) -> Text:
    """All that there is to say of a question and its answer."""
    question = asker.question
    ask = question.ask
    text = Text()
    text.append(f"{ask.title}\n", "bold")
    for line in asker.said:
        text.append(f"{line}\n", "bold")
    text.append(f"{ask.help}\n")
    for option, note in NOTES.get(question.name, {}).items():
        text.append(f"  {option}: ", "bold").append(f"{note}\n")
    limit = limit_of(question, session.answers)
    if limit:
        text.append(f"At most {limit} characters.\n")
    if ask.example:
        text.append("\nExample: ", "bold").append(f"{ask.example}\n")
    if ask.derive is not None:
        text.append("Left empty, it fills itself in.\n", "dim")
    if ask.shows:
        text.append("\nShows in Datadog: ", "bold").append(f"{ask.shows}\n")
    for what, source in rules_on(ask.at)[:3]:
        text.append("\nRule: ", "bold").append(f"{what} ")
        text.append(f"({source})\n", "dim")
    if ask.docs:
        text.append("\nMore: ", "bold").append(ask.docs, "dim")
    return text


@cache
def rules_on(pointer: str) -> list[tuple[str, str]]:
    """What the rules on a manifest pointer demand, and their sources."""
    from tilewizard.rules.registry import all_rules

    general = ("manifest/type", "manifest/required-key", "manifest/immutable")
    return [
        (rule.what, rule.source) for rule in all_rules() if pointer and pointer in rule.at and rule.name not in general
    ]
