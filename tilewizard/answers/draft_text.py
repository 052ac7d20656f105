"""Answers as a draft keeps them: quick to write after every few keys, whatever was typed, and YAML to any reader all the same."""

from __future__ import annotations

import json
from typing import Any

from pydantic_core import PydanticSerializationError, to_jsonable_python

from .model import Answers


def kept(answers: Answers) -> str:
    """Answers as JSON, which is YAML too, a line each key: thousands of metrics take milliseconds."""
    try:
        return answers.model_dump_json(indent=1, exclude_defaults=True) + "\n"
    except PydanticSerializationError:  # Halves of characters, as a terminal may deliver them.
        data = to_jsonable_python(answers.model_dump(exclude_defaults=True), inf_nan_mode="constants")
        return json.dumps(data, indent=1) + "\n"


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
