"""The pane that explains the focused field."""

from __future__ import annotations

from functools import cache

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static
from tilewizard.answers.notes import NOTES
from tilewizard.answers.questions import Question, limit_of
from tilewizard.language import _
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
        self.query_one("#context-text", Static).update(Content.assemble((f"{title}\n", "bold $text-primary"), words))

    def explain(self, asker: Asker, session: Session) -> None:
        """Explain a question, and say all that is wrong with its answer."""
        self._asker, self._said = asker, list(asker.said)
        self.query_one("#context-text", Static).update(explanation(asker, session))
        self.scroll_home(animate=False)

    def keep_up(self, session: Session) -> None:
        """Explain the question anew when something else is wrong with its answer."""
        if self._asker is not None and self._asker.is_attached and self._asker.said != self._said:
            self.explain(self._asker, session)


def explanation(asker: Asker, session: Session) -> Content:
    """All that there is to say of a question and its answer."""
    question = asker.question
    ask = question.ask
    text: list[str | tuple[str, str]] = [(f"{ask.title}\n", "bold $text-primary")]
    for line in asker.said:
        text.append((f"{line}\n", "bold"))
    text.append(f"{ask.help}\n")
    for option, note in NOTES.get(question.name, {}).items():
        text += [(f"  {option}: ", "bold"), f"{note}\n"]
    limit = limit_of(question, session.answers)
    if limit:
        text.append(_("At most {limit} characters.\n", limit=limit))
    if ask.example:
        text += [(_("\nExample: "), "bold"), f"{ask.example}\n"]
    if ask.derive is not None:
        text.append((_("Left empty, it fills itself in.\n"), "$text-muted"))
    if ask.shows:
        text += [(_("\nShows in Datadog: "), "bold"), f"{ask.shows}\n"]
    for what, source in rules_on(question)[:3]:
        text += [(_("\nRule: "), "bold"), f"{what} ", (f"({source})\n", "$text-muted")]
    if ask.docs:
        text += [(_("\nMore: "), "bold"), (ask.docs, "$text-muted")]
    return Content.assemble(*text)


@cache
def rules_on(question: Question) -> list[tuple[str, str]]:
    """What the rules demand whose findings lead to a question, and their sources."""
    from tilewizard.rules.registry import all_rules

    general = ("manifest/type", "manifest/required-key", "manifest/immutable")
    asked = {question.ask.at, question.name} - {""}
    return [(rule.what, rule.source) for rule in all_rules() if asked & {*rule.at} and rule.name not in general]
