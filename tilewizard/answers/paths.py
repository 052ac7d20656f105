"""Reaching into answers by path, and setting one value without touching the rest.

A path is a tuple of attribute names, list indexes and dictionary keys: ``("pricing", 0, "unit_price")``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

Path = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)


def value_at(answers: Any, path: Path, default: Any = None) -> Any:
    """The value at a path; ``default`` where a list or a dictionary on the way has no such entry."""
    for part in path:
        try:
            answers = getattr(answers, str(part)) if isinstance(answers, BaseModel) else answers[part]
        except (KeyError, IndexError):
            return default
    return answers


def replaced(answers: Model, path: Path, value: Any) -> Model:
    """The answers with another value at a path; everything beside it is shared with the old ones.

    The value is not validated: what a partner types is kept as it is, and rules say what is wrong with it.
    """
    found = _replaced(answers, path, value)
    assert isinstance(found, type(answers))
    return found


def _replaced(holder: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    part, rest = path[0], path[1:]
    if isinstance(holder, BaseModel):
        return holder.model_copy(update={str(part): _replaced(getattr(holder, str(part)), rest, value)})
    if isinstance(holder, list):
        items = list(holder)
        index = int(part)
        items[index] = _replaced(items[index], rest, value)
        return items
    entries: Mapping[Any, Any] = holder or {}
    return {**entries, part: _replaced(entries.get(part), rest, value)}


def is_given(value: Any) -> bool:
    """Whether a value was given at all: not None, no empty text, list or dictionary."""
    return value is not None and value != "" and value != [] and value != {}
