"""Looking for words in all answers: in what is asked, and in what was answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path as FilePath
from typing import Any

from ..answers.declaring import Kind
from ..answers.model import Answers
from ..answers.monitor_form import monitor_questions
from ..answers.paths import Path, is_given, value_at
from ..answers.questions import Question, applies, questions
from ..answers.typed import as_text
from ..authoring.monitor_file import MonitorFile
from ..errors import TilewizardError
from ..field.asset_kinds import MONITORS
from .history import where

_MONITOR_MAX = 100_000
"""Bytes of a monitor that is looked into."""
MOST = 200
"""Answers that are found at most: a list to choose from, not to read."""


@dataclass(frozen=True)
class Found:
    """An answer that holds the words, or whose place does.

    Attributes:
        path: of the answer; of the question where nothing is answered.
        where: its place, as one reads it on the screen.
        text: the answer, from the line that holds the words; empty where there is none.
    """

    path: Path
    where: str
    text: str


def answers_found(answers: Answers, words: str) -> list[Found]:
    """The answers that hold all of some words, in their value, their label, their step; in the order of the questions.

    Args:
        answers: with derived values in place.
        words: parted by blanks, of any case; none find every answer.
    """
    wanted = words.casefold().split()
    found = (_found(path, value, wanted) for path, value in _all(answers))
    return list(islice((each for each in found if each is not None), MOST))


def _found(path: Path, value: Any, wanted: list[str]) -> Found | None:
    text = as_text(value)
    place = where(path)
    whole = f"{place} {text}".casefold()
    if not all(word in whole for word in wanted):
        return None
    lines = text.strip().split("\n")
    line = next((each for each in lines if any(word in each.casefold() for word in wanted)), lines[0])
    return Found(path, place, line.strip())


def _all(answers: Answers) -> Iterator[tuple[Path, Any]]:
    for question in questions():
        if question.step == "review" or not applies(question, answers):
            continue
        value = value_at(answers, question.path)
        if question.columns and value:
            yield from _cells(question, value)
        elif question.ask.kind in (Kind.FILES, Kind.TEXTS) and value:
            yield from (((*question.path, name), text) for name, text in value.items())
            if question.path == (MONITORS.name,):
                yield from _in_monitors(value)
        else:
            yield question.path, "" if question.columns or isinstance(value, dict) else value


def _in_monitors(monitors: dict[str, str]) -> Iterator[tuple[Path, Any]]:
    """What the monitors' forms ask for, and what stands there: ``("monitors", "errors", "title")``."""
    for name, answer in monitors.items():
        try:
            data = FilePath(answer).read_bytes() if answer else b""
            values = MonitorFile.read(data.decode()).values if 0 < len(data) < _MONITOR_MAX else None
        except (OSError, ValueError, TilewizardError):
            continue  # What can't be read is told on its step.
        for each in monitor_questions() if values is not None else ():
            if is_given(value := getattr(values, each.path[-1])):
                yield (MONITORS.name, name, each.path[-1]), value


def _cells(question: Question, rows: list[Any]) -> Iterator[tuple[Path, Any]]:
    names = [column.path[0] for column in question.columns if column.ask.kind != Kind.TEXTS]
    for at, row in enumerate(rows):
        for name in names:
            if is_given(value := getattr(row, name)):
                yield (*question.path, at, name), value
