"""Answers as a draft keeps them: quick to write after every few keys, whatever was typed, and YAML to any reader all the same."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError, to_jsonable_python

from .model import Answers
from .telemetry import MetricRow

AT_ONCE = 100
"""Metrics that are written without a pause, during which no key is taken: part of a millisecond."""
_ROWS = TypeAdapter(list[MetricRow], config=MetricRow.model_config)
_FORM: dict[str, Any] = {"indent": 1, "exclude_defaults": True}


def written(rows: list[MetricRow]) -> str:
    """Metrics as members of a JSON list.

    Raises:
        PydanticSerializationError: there are halves of characters in them.
    """
    several = (rows[at : at + AT_ONCE] for at in range(0, len(rows), AT_ONCE))
    return ",\n".join(_ROWS.dump_json(each, **_FORM).decode()[2:-2] for each in several)


class Packed:
    """:func:`written` for one who types elsewhere: thousands of metrics that are the same as the last time are not written anew.

    They are held packed, in a tenth of their room; packing and unpacking leave the other threads alone.
    """

    def __init__(self) -> None:
        self._rows: list[MetricRow] = []
        self._packed = b""

    def __call__(self, rows: list[MetricRow]) -> str:
        """As :func:`written`."""
        if rows is self._rows and self._packed:
            return zlib.decompress(self._packed).decode()
        text = written(rows)
        self._rows, self._packed = rows, zlib.compress(text.encode(), 1) if len(rows) > AT_ONCE else b""
        return text


def kept(answers: Answers, metrics: Callable[[list[MetricRow]], str] = written) -> str:
    """Answers as JSON, which is YAML too, a line each key: thousands of metrics take milliseconds.

    Args:
        answers: to keep.
        metrics: :func:`written`, or a :class:`Packed` of who keeps them again and again.
    """
    try:
        return f"{{\n{_members(answers, metrics)}\n}}\n"
    except PydanticSerializationError:  # Halves of characters, as a terminal may deliver them.
        data = to_jsonable_python(answers.model_dump(exclude_defaults=True), inf_nan_mode="constants")
        return json.dumps(data, indent=1) + "\n"


def _members(answers: Answers, metrics: Callable[[list[MetricRow]], str]) -> str:
    few, rows = answers.metrics.model_dump_json(exclude={"rows"}, **_FORM)[2:-2], metrics(answers.metrics.rows)
    measured = [few, f'"rows": [\n{rows}\n]' if rows else ""]
    found = [answers.model_dump_json(exclude={"metrics"}, **_FORM)[2:-2]]
    if any(measured):
        found.append('"metrics": {\n' + ",\n".join(filter(None, measured)) + "\n}")
    return ",\n".join(filter(None, found))


def kept_answers(text: str, *, file: str) -> Answers:
    """The answers of a draft: as :func:`kept` wrote it, or as somebody edited it.

    Raises:
        UnusableAnswers: it is neither, with one fault for everything that is wrong.
    """
    try:
        data: Any = json.loads(text)
        return Answers.model_validate(data, context={"lenient": True})
    except ValueError:  # pydantic's errors are of this kind too: the YAML reader tells where they are.
        from .yaml_text import loads

        return loads(text, file=file, lenient=True)
