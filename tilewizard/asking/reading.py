"""From a typed line to an answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tilewizard.answers.declaring import Kind
from tilewizard.answers.model import Answers
from tilewizard.answers.paths import Path as AnswerPath
from tilewizard.answers.questions import Question, choices_of
from tilewizard.answers.typed import NUMBERS, number
from tilewizard.answers.typed_path import typed_path
from tilewizard.errors import TilewizardError
from tilewizard.field.vocabulary import nearest
from tilewizard.language import _
from tilewizard.preview.picked_file import kind_at, looked_into
from tilewizard.quoting import quoted

_YES, _NO = ("y", "yes", "true", "on", "1"), ("n", "no", "false", "off", "0")


class Unfit(TilewizardError):
    """What was typed can't be an answer to the question; nothing was taken."""


def value_typed(question: Question, text: str, answers: Answers, before: Any) -> Any:
    """The answer that a line stands for.

    Args:
        question: that it answers; not one of several lines.
        text: what was typed, not empty.
        answers: those of now, which closed lists may depend on.
        before: the answer that stands: a list of texts stays one.

    Raises:
        Unfit: it is none of a closed list, neither yes nor no, or no file.
    """
    kind = question.ask.kind
    choices = choices_of(question, answers)
    if kind == Kind.SWITCH:
        return _switched(text)
    if kind == Kind.CHOICES:
        return list(dict.fromkeys(one_of(part.strip(), choices) for part in text.split(",") if part.strip()))
    if kind == Kind.CHOICE:
        chosen = one_of(text, choices)
        return number(chosen) if question.path[-1] in NUMBERS else chosen
    if kind == Kind.FILE:
        return file_typed(text)
    if kind == Kind.NUMBER:
        return number(text)
    return [part.strip() for part in text.split(",") if part.strip()] if isinstance(before, list) else text


def _switched(text: str) -> bool:
    plain = text.casefold()
    if plain not in (*_YES, *_NO):
        raise Unfit(_("{text} is neither yes nor no", text=quoted(text)), remedy=_("type y or n"))
    return plain in _YES


def one_of(text: str, choices: tuple[str, ...]) -> str:
    """The choice that a text names: whole, by its number, or by how it begins where only one begins so.

    Raises:
        Unfit: it names none, or more than one.
    """
    plain = text.casefold()
    known = {each.casefold(): each for each in choices}
    if plain in known:
        return known[plain]
    if text.isdigit() and 0 < int(text) <= len(choices) and not any(each.lstrip("-").isdigit() for each in choices):
        return choices[int(text) - 1]
    begun = [each for each in choices if each.casefold().startswith(plain)]
    if len(begun) == 1:
        return begun[0]
    if not choices:
        return text
    near = nearest(text, choices)
    raise Unfit(
        _("{text} is none of the choices", text=quoted(text)),
        remedy=_("did you mean {near}?", near=near) if near else _("? tells them"),
    )


def file_typed(text: str) -> str:
    """The absolute path of a file that is there.

    Raises:
        Unfit: there is none.
    """
    path = typed_path(text)
    if not Path(path).is_file():
        what = _("is a folder") if Path(path).is_dir() else _("there is no such file")
        raise Unfit(what, file=path, remedy=_("type the path of a file, from the current folder"))
    return path


def facts_of(path: AnswerPath, value: str) -> tuple[str, ...]:
    """What is in a file that was picked, a line each."""
    return looked_into(Path(value), kind_at(path)).lines
