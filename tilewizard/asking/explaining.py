"""A question in words: its prompt, its choices, its explanation; what is wrong with its answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tilewizard.answers.declaring import Kind
from tilewizard.answers.model import Answers
from tilewizard.answers.notes import NOTES
from tilewizard.answers.paths import is_given
from tilewizard.answers.questions import Question, choices_of, limit_of
from tilewizard.answers.typed import as_text
from tilewizard.language import _
from tilewizard.rules.findings import Finding, Severity

FEW = 8
"""Choices that are read out before the question; more are told by ``?``."""
SEVERITIES = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.INFO: "Note"}
_LONGEST = 70
"""Characters of a value that a prompt repeats."""


def prompt_of(question: Question, answers: Answers, value: Any, derived: Any, place: str = "") -> str:
    """The line that asks: ``Title (required, at most 80 characters) [Acme Widget]: ``."""
    ask = question.ask
    limit = limit_of(question, answers)
    facts = [
        *(["required"] if ask.required else []),
        *([_("at most {limit} characters", limit=limit)] if limit else []),
        *([_("yes or no")] if ask.kind == Kind.SWITCH else []),
        *([_("several by commas")] if ask.kind == Kind.CHOICES else []),
    ]
    if not is_given(value) and not is_given(derived) and ask.example:
        facts.append(_("for example {example}", example=ask.example))
    words = f" ({', '.join(facts)})" if facts else ""
    return f"{f'{place}, ' if place else ''}{ask.title}{words}{_standing(value, derived)}: "


def _standing(value: Any, derived: Any) -> str:
    if is_given(value):
        return f" [{shortened(as_text(value))}]"
    return _(" [{derived}, filled in]", derived=shortened(as_text(derived))) if is_given(derived) else ""


def shortened(text: str) -> str:
    """A value in a line: its first line, cut where it is long."""
    first, __, more = text.strip().partition("\n")
    return f"{first[:_LONGEST]} …" if more or len(first) > _LONGEST else first


def choices_said(question: Question, answers: Answers) -> Iterator[str]:
    """A line for each choice, with its number and what it means."""
    choices = choices_of(question, answers)
    notes = NOTES.get(question.name, {})
    numbered = not any(each.lstrip("-").isdigit() for each in choices)
    for at, choice in enumerate(choices, 1):
        note = f": {notes[choice]}" if choice in notes else ""
        yield f"  {at}. {choice}{note}" if numbered else f"  {choice}{note}"


def explained(question: Question, answers: Answers) -> Iterator[str]:
    """All that there is to say of a question."""
    ask = question.ask
    yield f"{ask.title}: {ask.help}"
    choices = choices_of(question, answers)
    if len(choices) > FEW:
        yield _("One of: {choices}", choices=", ".join(choices))
    else:
        yield from choices_said(question, answers)
    if limit := limit_of(question, answers):
        yield _("At most {limit} characters.", limit=limit)
    if ask.suggestions is not None and (likely := ask.suggestions(answers)):
        yield _("Likely: {likely}", likely=", ".join(likely[:FEW]))
    if ask.endings:
        yield _("Files that fit end in {endings}.", endings=", ".join(ask.endings))
    if ask.example:
        yield _("Example: {example}", example=ask.example)
    if ask.derive is not None:
        yield _("Left empty, it fills itself in.")
    if ask.shows:
        yield _("Shows in Datadog: {shows}", shows=ask.shows)
    for column in question.columns:
        yield f"  {column.ask.title}: {column.ask.help}"
    if ask.docs:
        yield _("More: {docs}", docs=ask.docs)


def told(finding: Finding, place: str = "") -> str:
    """A finding in a line, in the form's voice."""
    return f"{SEVERITIES[finding.severity]}: {f'{place}: ' if place else ''}{finding.form or finding.message}"
