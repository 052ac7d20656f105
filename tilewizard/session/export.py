"""A tile as answers from which it can be written again elsewhere with the same content."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..answers.model import Answers
from ..answers.paths import replaced, value_at
from ..answers.yaml_text import file_answers
from ..authoring.author import answers_of, author
from ..authoring.parts.placing import absolute
from ..authoring.parts.pointers import escaped
from ..tile.tile import Tile


def exported_answers(tile: Tile) -> Answers:
    """The answers of a tile, with every file and manifest key that no question covers."""
    answers = _with_files_that_exist(answers_of(tile))
    again = author(answers)
    manifest = _differing(again.at("", {}), tile.at("", {}))
    answers = answers.model_copy(update={"manifest": manifest})
    again = author(answers)
    files: dict[str, str] = {}
    for path in sorted({*tile.paths, *again.paths}):
        old, new = tile.file(path), again.file(path)
        if old is None:
            files[path] = ""  # Made for a new tile of its type, and not wanted here.
        elif old.link is None and (new is None or not _alike(path, old.data, new.data)):
            files[path] = absolute(tile, path)
    return answers.model_copy(update={"files": files})


def _with_files_that_exist(answers: Answers) -> Answers:
    """Without answers that point at files which the tile lacks; what the manifest says of them is kept as it stands."""
    missing = [path for path, __, name in file_answers(answers) if not Path(name).is_file()]
    for path in missing:
        if path[0] == "media":
            answers = answers.model_copy(update={"media": []})
        elif len(path) == 1:
            answers = replaced(answers, path, "")
        else:
            kept = {key: name for key, name in value_at(answers, path[:-1]).items() if key != path[-1]}
            answers = replaced(answers, path[:-1], kept)
    return answers


def _alike(path: str, one: bytes, other: bytes) -> bool:
    if one == other:
        return True
    if not path.endswith(".json"):
        return False
    try:
        return bool(json.loads(one) == json.loads(other))
    except (ValueError, RecursionError):
        return False


def _differing(ours: Any, theirs: Any, pointer: str = "") -> dict[str, Any]:
    """The pointers at which an authored manifest differs from the one that is there, and what stands there."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        found: dict[str, Any] = {}
        for key in [*theirs, *(key for key in ours if key not in theirs)]:
            at = f"{pointer}/{escaped(key)}"
            if key not in theirs:
                found[at] = None
            elif key not in ours:
                found[at] = theirs[key]
            else:
                found |= _differing(ours[key], theirs[key], at)
        return found
    same = type(ours) is type(theirs) and ours == theirs
    return {} if same or not pointer else {pointer: theirs}


def sample_answers() -> Answers:
    """Answers to start from: the example of every question of a Marketplace listing that no file is needed for."""
    from ..answers.declaring import Kind
    from ..answers.questions import applies, questions
    from .session import starting_answers

    answers = starting_answers().model_copy(update={"submits": ["metrics"], "readme": {}})
    for question in questions():
        ask = question.ask
        if question.columns and ask.kind == Kind.TABLE and question.path[0] in ("pricing",):
            assert question.row is not None
            row = {
                c.path[0]: c.ask.example for c in question.columns if c.ask.derive is None and c.ask.kind == Kind.TEXT
            }
            answers = replaced(
                answers, question.path, [question.row(**{**row, "billing_type": "tag_count", "unit_price": 12.5})]
            )
        elif (
            ask.kind == Kind.TEXT and ask.example and ask.derive is None and applies(question, answers) and ask.required
        ):
            answers = replaced(answers, question.path, ask.example)
        elif ask.kind == Kind.CHOICES and question.path[0] == "listing":
            answers = replaced(answers, question.path, [word.strip() for word in ask.example.split(",")])
    sections = {
        "Overview": "What it is.",
        "Setup": "1. Install it.",
        "Uninstallation": "1. Remove it.",
        "Support": "Whom to ask.",
    }
    answers = replaced(answers, ("listing", "app_uuid"), "")
    return answers.model_copy(update={"readme": sections})
