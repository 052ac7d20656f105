"""Asking one question and taking its answer, with what is wrong with it said at once."""

from __future__ import annotations

from functools import partial
from typing import Any

from tilewizard.answers.declaring import Kind
from tilewizard.answers.paths import Path as AnswerPath
from tilewizard.answers.paths import is_given, value_at
from tilewizard.answers.questions import Question, choices_of
from tilewizard.answers.typed import as_text, items_of
from tilewizard.answers.typed_path import typed_path
from tilewizard.errors import TilewizardError
from tilewizard.importing.reading import load
from tilewizard.language import _
from tilewizard.rules.findings import Severity
from tilewizard.session.kept_draft import KeptDraft
from tilewizard.session.report import Report
from tilewizard.session.session import Session

from .explaining import FEW, choices_said, explained, prompt_of, shortened, told
from .reading import facts_of, file_typed, value_typed
from .talk import CutShort, Talk

SAID = 5
"""Findings that are said of one answer."""


class Conversation:
    """A session, its draft and the one who is asked.

    Args:
        session: what the answers go into.
        kept: its draft.
        talk: the lines.
    """

    def __init__(self, session: Session, kept: KeptDraft, talk: Talk) -> None:
        self.session = session
        self.kept = kept
        self.talk = talk
        self._report: Report | None = None
        self._choices_said: set[str] = set()

    # -- the answers

    @property
    def report(self) -> Report:
        """What is wrong with the answers as they stand."""
        if self._report is None or self._report.answers is not self.session.answers:
            self._report = self.session.examine()
        return self._report

    def derived(self, question: Question, path: AnswerPath) -> Any:
        """What stands in for an answer that is not given; a cell's derives from the other answers."""
        if len(path) == len(question.path):
            return self.session.derived(question)
        return question.ask.derive(self.session.settled()) if question.ask.derive is not None else None

    def take(self, path: AnswerPath, value: Any, step: str, *, alone: bool = False) -> None:
        """Put an answer into the session and its draft."""
        self.session.set(path, value, alone=alone)
        self.kept.keep(step)

    # -- asking

    def ask(self, question: Question, path: AnswerPath, place: str = "") -> None:
        """Ask until an answer is taken with which nothing is wrong, or Enter goes on."""
        self._faults(path, passed=True)
        kind = question.ask.kind
        while True:
            self._say_choices(question, place)
            try:
                several = kind in (Kind.LIST, Kind.LONG_TEXT)
                taken = self._several(question, path, place) if several else self._one(question, path, place)
            except TilewizardError as error:
                self.talk.say(error.render())
                continue
            if not taken:
                self.passed(question, path)
                return
            if not self._faults(path):
                return
            self.talk.say(_("Answer again, or press Enter to go on."))

    def _say_choices(self, question: Question, place: str) -> None:
        """Read a short list of choices out once; ``?`` does it again."""
        name = f"{place.rstrip('0123456789')}{question.name}"
        if name not in self._choices_said and 0 < len(choices_of(question, self.session.answers)) <= FEW:
            self._choices_said.add(name)
            self.talk.say(*choices_said(question, self.session.answers))

    def _one(self, question: Question, path: AnswerPath, place: str) -> bool:
        """Ask for a line. Returns whether an answer was given."""
        answers, before = self.session.answers, self.session.value(path)
        prompt = prompt_of(question, answers, before, self.derived(question, path), place)
        typed = self.talk.line(prompt, lambda: explained(question, answers))
        if typed == "":
            return False
        value = nothing(before) if typed is None else value_typed(question, typed, answers, before)
        if typed is None and question.ask.kind == Kind.CHOICE and question.ask.required and len(path) == 1:
            raise TilewizardError(
                _("one of the choices must stand here"), remedy=_("type another one, or Enter to keep it")
            )
        self.take(path, value, question.step)
        if question.ask.kind == Kind.FILE and value:
            self.talk.say(*facts_of(path, value))
        return True

    def _several(self, question: Question, path: AnswerPath, place: str) -> bool:
        """Ask for lines: a list's end with an empty one, a text's with a dot. Returns whether an answer was given."""
        ask, value = question.ask, self.session.value(path)
        listed = ask.kind == Kind.LIST
        ends = _("one a line, an empty line ends") if listed else _("lines, a dot alone ends, @path reads a file")
        count = f" [{shortened(as_text(value))}]" if is_given(value) else ""
        prompt = f"{f'{place}, ' if place else ''}{ask.title} ({ends}){count}: "
        explanation = partial(explained, question, self.session.answers)
        if not listed:
            try:
                text = self.text(prompt, explanation)
            except CutShort as cut:
                self.take(path, unfinished(cut.lines, value), question.step)
                raise
            if text == "":
                return False
            self.take(path, text or "", question.step)
            return True
        first = self.talk.line(prompt, explanation)
        if first == "":
            return False
        files = question.name == "readme_images"
        try:
            items = items_of("\n".join(self.talk.items(first))) if first is not None else []
        except CutShort as cut:
            given = [typed_path(each) if files else each for each in items_of("\n".join(cut.lines))]
            self.take(path, list(dict.fromkeys([*given, *value])), question.step)
            raise
        self.take(path, [file_typed(each) for each in items] if files else items, question.step)
        return True

    def text(self, prompt: str, explanation: Any) -> str | None:
        """A text of several lines, or that of a file; empty for Enter alone, None where it is to be taken away.

        Raises:
            TilewizardError: the file can't be read.
            CutShort: Ctrl+C, or nothing more comes, after the first line.
        """
        lines = self.talk.text(prompt, explanation)
        if lines is None or not lines:
            return None if lines is None else ""
        if len(lines) == 1 and lines[0].startswith("@"):
            return load(file_typed(lines[0][1:])).replace("\r\n", "\n")
        return "\n".join(lines)

    # -- telling

    def passed(self, question: Question, path: AnswerPath) -> None:
        """Mark a required question that was passed over; it is no fault before the end."""
        missing = question.ask.required and not is_given(value_at(self.session.answers, path))
        if missing and question.ask.derive is None:
            self.talk.say(
                _("{ask} is needed; it stands on the list at the end until it is answered.", ask=question.ask.title)
            )

    def _faults(self, path: AnswerPath, *, passed: bool = False) -> bool:
        """Say what is wrong with an answer. Returns whether any of it is more than a note."""
        if passed and not is_given(self.session.value(path)):
            return False
        found = self.report.exactly_at(path)
        self.talk.say(*(told(each) for each in found[:SAID]))
        return any(each.severity != Severity.INFO for each in found)

    def faults_below(self, path: AnswerPath) -> None:
        """Say what is wrong with a table, a list of files, a README as a whole."""
        found = self.report.at(path)
        self.talk.say(*dict.fromkeys(told(each) for each in found[:SAID]))
        if len(found) > SAID:
            self.talk.say(_("And {count} more, told at the end.", count=len(found) - SAID))


def unfinished(lines: list[str], before: Any) -> str:
    """A text that was cut short in being typed: its lines, above the text that they were to replace, so that neither is lost."""
    return "\n".join([*lines, *(["", str(before)] if before else [])])


def nothing(before: Any) -> Any:
    """What stands where an answer was taken away."""
    if isinstance(before, list | dict):
        return type(before)()
    return "" if isinstance(before, str) else None
