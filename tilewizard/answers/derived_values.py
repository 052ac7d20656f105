"""Putting derived values where a partner gave none."""

from __future__ import annotations

import time
import uuid
from typing import Any

from tilewizard.field.vocabulary import SOURCE_TYPE_EPOCH

from .conditions import sends_data
from .model import Answers
from .paths import is_given, replaced, value_at
from .questions import Question, applies, questions

_LARGE = {("metrics", "rows")}
"""Tables whose rows get their derived cells when they are written: there may be thousands."""


def settled(answers: Answers, before: Answers | None = None) -> Answers:
    """The answers with every derived value in place.

    Args:
        answers: as the partner gave them.
        before: the answers that an existing tile was read as. What was not there then, though it was asked for,
            stays out: an edit changes what was edited and no more.
    """
    for question in questions():
        if not applies(question, answers):
            continue
        if question.columns and question.path not in _LARGE:
            answers = _settled_rows(answers, question, before)
        elif question.ask.derive is not None and not is_given(value_at(answers, question.path)):
            left_out = before is not None and applies(question, before)
            if not left_out:
                answers = replaced(answers, question.path, question.ask.derive(answers))
    return answers


def _settled_rows(answers: Answers, question: Question, before: Answers | None) -> Answers:
    rows: list[Any] = value_at(answers, question.path)
    known = value_at(before, question.path) if before is not None else []
    for index, row in enumerate(rows):
        if row in known or index < len(known):
            continue
        derived = {
            column.path[0]: column.ask.derive(answers)
            for column in question.columns
            if column.ask.derive is not None and not is_given(getattr(row, column.path[0])) and row_uses(row, column)
        }
        if derived:
            answers = replaced(answers, (*question.path, index), row.model_copy(update=derived))
    return answers


def row_uses(row: Any, column: Question) -> bool:
    """Whether a row has a use for a column: a plan's metering columns are for tag_count alone."""
    return column.ask.uses is None or column.ask.uses(row)


def derived_value(answers: Answers, question: Question) -> Any:
    """What stands in while the partner gives no answer, or None."""
    return question.ask.derive(answers) if question.ask.derive is not None else None


def with_identity(answers: Answers) -> Answers:
    """The answers with an app_uuid and, when data is sent, a source_type_id; those that are there stay."""
    if not answers.listing.app_uuid:
        answers = replaced(answers, ("listing", "app_uuid"), str(uuid.uuid4()))
    if answers.integration.source_type_id is None and sends_data(answers):
        # Datadog's scaffolder takes the clock too: the number only has to be nobody else's.
        answers = replaced(answers, ("integration", "source_type_id"), int(time.time()) - SOURCE_TYPE_EPOCH)
    return answers
