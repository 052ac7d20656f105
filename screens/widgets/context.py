"""The pane that explains the focused field."""

from __future__ import annotations

from functools import cache

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static
from tilewizard.answers.notes import NOTES
from tilewizard.answers.questions import Question, limit_of
from tilewizard.session.session import Session


class Context(VerticalScroll, can_focus=False):
    """What the field is, why it is asked, an example, where it shows, and which rules speak of it."""

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static("", id="context-text", markup=False)

    def say(self, title: str, words: str) -> None:
        """Say something that is about no field."""
        self.query_one("#context-text", Static).update(Text.assemble((f"{title}\n", "bold"), words))

    def explain(self, question: Question, session: Session) -> None:
        """Explain a question."""
        self.query_one("#context-text", Static).update(explanation(question, session))
        self.scroll_home(animate=False)


def explanation(question: Question, session: Session) -> Text:
    """All that there is to say of a question."""
    ask = question.ask
    text = Text()
    text.append(f"{ask.title}\n", "bold")
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
