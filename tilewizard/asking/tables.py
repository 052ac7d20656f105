"""Tables row by row, and files or texts by name, each with a short menu."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tilewizard.answers.declaring import Kind
from tilewizard.answers.derived_values import row_uses
from tilewizard.answers.paths import value_at
from tilewizard.answers.questions import Question
from tilewizard.answers.typed import as_text
from tilewizard.errors import TilewizardError
from tilewizard.field.names import snake
from tilewizard.importing.merging import merge
from tilewizard.importing.reading import load, read_text
from tilewizard.language import _, ngettext
from tilewizard.quoting import quoted

from .conversation import Conversation
from .explaining import explained, shortened
from .reading import Unfit, facts_of, file_typed
from .talk import Ahead, Back

LISTED = 20
"""Rows that are read out; more by l."""
_NAMED = re.compile(r"([\w.-]+):(?:\s+(.*))?")
_MADE = ("dashboards", "monitors")
"""Of these one to start from is made for a name without a file."""


class Listing:
    """What a table and a list by name have in common: entries that are read out, changed, removed, moved.

    Args:
        talking: the conversation.
        question: that is asked.
    """

    def __init__(self, talking: Conversation, question: Question) -> None:
        self.talking = talking
        self.question = question

    def ask(self) -> None:
        """Ask until Enter goes on."""
        say = self.talking.talk.say
        say(f"{self.question.ask.title}: {self.question.ask.help}")
        all_of_them, known = False, list[str]()
        while True:
            lines = self.lines()
            # What was read out before and has not changed is not read again: a screen reader takes its time.
            new = [at for at, line in enumerate(lines) if all_of_them or known[at : at + 1] != [line]]
            say(*(f"  {at + 1}. {lines[at]}" for at in (new if all_of_them else new[:LISTED])))
            if len(new) > LISTED and not all_of_them:
                say(_("  … {count} in all; l reads all of them.", count=len(lines)))
            known = lines
            prompt = _(
                "{ask} ({count}): {count2}, Enter goes on: ",
                ask=self.question.ask.title,
                count=len(lines),
                count2=self.menu(len(lines)),
            )
            typed = self.talking.talk.line(prompt, lambda: explained(self.question, self.talking.session.answers))
            if typed == "":
                break
            all_of_them = typed == "l"
            try:
                if not all_of_them:
                    self._do("" if typed is None else typed, len(lines))
            except TilewizardError as error:
                say(error.render())
        self.talking.passed(self.question, self.question.path)
        self.talking.faults_below(self.question.path)

    def _do(self, typed: str, count: int) -> None:
        word, *numbers = typed.split()[:3] or ["-"]
        places = [int(each) for each in numbers if each.isdigit()]
        if word.isdigit() and not numbers:
            self.change(_within(int(word), count))
        elif word == "r" and places:
            self.put([each for at, each in enumerate(self.entries()) if at != _within(places[0], count)])
        elif word == "m" and len(places) > 1:
            entries = self.entries()
            entries.insert(_within(places[1], count), entries.pop(_within(places[0], count)))
            self.put(entries)
        else:
            self.other(typed)

    def entries(self) -> list[Any]:
        """The entries of now."""
        raise NotImplementedError

    def put(self, entries: list[Any]) -> None:
        """Put other entries in place."""
        raise NotImplementedError

    def lines(self) -> list[str]:
        """A line for each entry."""
        raise NotImplementedError

    def menu(self, count: int) -> str:
        """What can be typed."""
        raise NotImplementedError

    def change(self, at: int) -> None:
        """Ask an entry anew."""
        raise NotImplementedError

    def other(self, typed: str) -> None:
        """Whatever else was typed."""
        raise NotImplementedError


class Table(Listing):
    """Rows, each asked column by column."""

    def entries(self) -> list[Any]:
        """The rows."""
        return list(value_at(self.talking.session.answers, self.question.path))

    def put(self, entries: list[Any]) -> None:
        """Put other rows in place."""
        self.talking.take(self.question.path, entries, self.question.step, alone=True)

    def lines(self) -> list[str]:
        """The cells of each row that are given."""
        names = [column.path[0] for column in self.question.columns]
        return [
            shortened(", ".join(filter(None, (_cell(getattr(row, name)) for name in names)))) for row in self.entries()
        ]

    def menu(self, count: int) -> str:
        """Adding, and what can be done with rows that are there."""
        there = _(", a number changes one, r 1 removes, m 2 1 moves, l lists") if count else ""
        imported = _(", @path imports") if self.question.name == "metrics.rows" else ""
        return _("a adds one{imported}{there}", imported=imported, there=there)

    def other(self, typed: str) -> None:
        """Add a row, or import metrics."""
        if typed.casefold() in ("a", "add"):
            assert self.question.row is not None
            rows = self.entries()
            self.put([*rows, self.question.row()])
            self.change(len(rows))
        elif typed.startswith("@") and self.question.name == "metrics.rows":
            self._import(file_typed(typed[1:]))
        else:
            raise Unfit(
                _("{typed} is nothing that can be done here", typed=quoted(typed)),
                remedy=_("type a, or a row's number"),
            )

    def change(self, at: int) -> None:
        """Ask the columns of a row; ``<`` at the first one leaves it, and takes an empty row away; ``>`` ends it."""
        columns = [each for each in self.question.columns if each.ask.kind != Kind.TEXTS]
        say, place, number, by = self.talking.talk.say, f"{self.question.ask.title} {at + 1}", 0, 1
        say(_("{place}: > ends it, with what is left as it is.", place=place))
        while number < len(columns):
            column = columns[number]
            if row_uses(self.entries()[at], column):
                try:
                    self.talking.ask(column, (*self.question.path, at, *column.path), place)
                    by = 1
                except Back:
                    by = -1
                except Ahead as ahead:
                    if ahead.words:
                        raise
                    return
            elif number == 0:
                by = 1
            number += by
            if number < 0:
                rows = self.entries()
                assert self.question.row is not None
                if rows[at] == self.question.row():
                    self.put(rows[:at] + rows[at + 1 :])
                return

    def _import(self, path: str) -> None:
        session = self.talking.session
        reading = read_text(load(path), session.settled().metrics.prefix)
        for fault in reading.faults[:LISTED]:
            self.talking.talk.say(f"Line {reading.place(fault)[0]}: {fault.message}. {fault.hint}".strip())
        merged = merge(self.entries(), reading.rows)
        self.put(merged.rows)
        self.talking.talk.say(
            ngettext(
                "{count} metric read: {count2} new, {count3} filled in, {count4} as they were.",
                "{count} metrics read: {count2} new, {count3} filled in, {count4} as they were.",
                len(reading.rows),
                count2=len(merged.added),
                count3=len(merged.changed),
                count4=len(merged.unchanged),
            )
        )


class Named(Listing):
    """Files or texts by name."""

    @property
    def _files(self) -> bool:
        return self.question.ask.kind == Kind.FILES

    def entries(self) -> list[Any]:
        """The pairs of name and value."""
        return list(value_at(self.talking.session.answers, self.question.path).items())

    def put(self, entries: list[Any]) -> None:
        """Put other pairs in place."""
        self.talking.take(self.question.path, dict(entries), self.question.step, alone=True)

    def lines(self) -> list[str]:
        """Name and value."""
        return [f"{name}: {value}" if value else _("{name}: made for you", name=name) for name, value in self.entries()]

    def menu(self, count: int) -> str:
        """What can be typed."""
        made = _(", “name:” has one made to start from") if self.question.name in _MADE else ""
        adds = (
            _("a path adds a file, “name: path” names it{made}", made=made)
            if self._files
            else _("“1: https://…” adds one")
        )
        return f"{adds}{_(', a number changes one, r 1 removes, m 2 1 moves, l lists') if count else ''}"

    def change(self, at: int) -> None:
        """Ask for another value under the same name."""
        name, value = self.entries()[at]
        typed = self.talking.talk.line(
            f"{name} [{value}]: ", lambda: explained(self.question, self.talking.session.answers)
        )
        if typed:
            self._add(name, typed)

    def other(self, typed: str) -> None:
        """Add one."""
        match = _NAMED.fullmatch(typed)
        if match is None and not self._files:
            raise Unfit(
                _("{typed} has no name", typed=quoted(typed)), remedy=_("type a name, a colon, a blank and the address")
            )
        name, value = (match[1], (match[2] or "").strip()) if match else ("", typed)
        self._add(name, value)

    def _add(self, name: str, value: str) -> None:
        if not value and self.question.name not in _MADE:
            raise Unfit(
                _("nothing stands behind {name}", name=quoted(name)),
                remedy=_("type a blank and a value behind the colon"),
            )
        if self._files and value:
            value = file_typed(value)
            name = name or snake(Path(value).stem)
            self.talking.talk.say(*facts_of(self.question.path, value))
        self.put(list({**dict(self.entries()), name: value}.items()))


def _within(number: int, count: int) -> int:
    if not 0 < number <= count:
        raise Unfit(
            _("there is no number {number}", number=number),
            remedy=_("type one from 1 to {count}", count=count) if count else _("add one first"),
        )
    return number - 1


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {as_text(each)}" for key, each in value.items())
    return as_text(value)
