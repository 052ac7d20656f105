"""The list of all questions, read off the models: what forms, comments and ``explain`` are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .declaring import Ask, Group, Kind
from .model import Answers
from .paths import Path


@dataclass(frozen=True)
class Question:
    """One question and where its answer stands.

    Attributes:
        path: in the answers: ``("listing", "title")``; a column's path is relative to its row.
        ask: the declaration.
        step: the wizard's step that asks it.
        columns: the questions of one row, for a table.
        row: the model of one row, for a table.
    """

    path: tuple[str, ...]
    ask: Ask
    step: str
    columns: tuple[Question, ...] = ()
    row: type[Group] | None = None

    @property
    def name(self) -> str:
        """The path as one writes it: ``listing.title``."""
        return ".".join(self.path)


@cache
def questions() -> tuple[Question, ...]:
    """Every question in the order in which the wizard asks; groups are opened, tables are not."""
    return tuple(_of(Answers, (), ""))


@cache
def question_at(path: tuple[str, ...]) -> Question:
    """The question at a path without indexes: ``("pricing", "unit_price")`` is a column of the table ``pricing``.

    Raises:
        KeyError: there is none.
    """
    for each in questions():
        if each.path == path:
            return each
        if path[: len(each.path)] == each.path:
            for column in each.columns:
                if each.path + column.path == path:
                    return column
    raise KeyError(".".join(path))


def question_for(path: Path) -> Question | None:
    """The question that a value's path belongs to: its own, its column's, or the list or dictionary that it is an entry of."""
    plain = tuple(part for part in path if isinstance(part, str))
    while plain:
        try:
            return question_at(plain)
        except KeyError:
            plain = plain[:-1]
    return None


def questions_of(step: str) -> tuple[Question, ...]:
    """The questions of one step."""
    return tuple(each for each in questions() if each.step == step)


def choices_of(question: Question, answers: Answers) -> tuple[str, ...]:
    """The closed list of a question, or nothing when any text will do."""
    choices = question.ask.choices
    if choices is None:
        return ()
    return tuple(choices(answers)) if callable(choices) else tuple(choices)


def limit_of(question: Question, answers: Answers) -> int | None:
    """Characters that an answer has at most, or None."""
    limit = question.ask.limit
    return limit(answers) if callable(limit) else limit


def applies(question: Question, answers: Answers) -> bool:
    """Whether a question is asked, from the other answers."""
    return question.ask.applies is None or question.ask.applies(answers)


def questions_in(model: type[Group], prefix: tuple[str, ...], step: str) -> tuple[Question, ...]:
    """The questions of a model that is no part of the answers: of a file that has a form of its own.

    Args:
        model: what declares them.
        prefix: what their paths begin with.
        step: the wizard's step that the form is opened from.
    """
    return tuple(_of(model, prefix, step))


def _of(model: type[BaseModel], prefix: tuple[str, ...], step: str) -> list[Question]:
    found: list[Question] = []
    for name, field in model.model_fields.items():
        ask = ask_of(field)
        path, own_step = (*prefix, name), ask.step or step
        group = _group_in(field.annotation)
        if group is None:
            found.append(Question(path, ask, own_step))
        elif get_origin(field.annotation) is list:
            found.append(Question(path, ask, own_step, tuple(_of(group, (), own_step)), group))
        else:
            found += _of(group, path, own_step)
    return found


def ask_of(field: FieldInfo) -> Ask:
    """A model attribute's declaration."""
    return next(each for each in field.metadata if isinstance(each, Ask))


def _group_in(annotation: Any) -> type[Group] | None:
    for each in (annotation, *get_args(annotation)):
        if isinstance(each, type) and issubclass(each, Group):
            return each
    return None


def kind_of(question: Question) -> Kind:
    """What the question is answered with."""
    return question.ask.kind
