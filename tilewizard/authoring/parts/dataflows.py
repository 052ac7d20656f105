"""assets/dataflows.yaml: what flows into Datadog, an entry for each kind of data that the tile sends."""

from __future__ import annotations

import re
from typing import Any

from tilewizard.answers.conditions import sends_data
from tilewizard.answers.model import Answers
from tilewizard.tile.tile import TileFile

from .part import Files, Part, Writing

DATAFLOWS = "assets/dataflows.yaml"
KINDS = ("metrics", "logs", "events", "traces")
"""Kinds of data that published files name (field-2026, section 1.6); service checks and incidents stand in none."""


def kinds_of(answers: Answers) -> list[str]:
    """The kinds of data that flow in, in the order of published files."""
    return [kind for kind in KINDS if kind in answers.submits] if sends_data(answers) else []


def files(writing: Writing) -> Files:
    """The file of a new tile; an existing one gets entries for the kinds that came, below those that it has."""
    kinds, app_id = kinds_of(writing.after), writing.after.listing.app_id
    base = writing.base.file(DATAFLOWS)
    if not writing.new and base is not None:
        came = [kind for kind in kinds if kind not in kinds_of(writing.before)]
        came = [kind for kind in came if not re.search(rf"data_type:\s*[\"']?{kind}\b", base.text)]
        indent = re.search(r"^([ ]*)- \w+:", base.text, re.MULTILINE)
        if not came or indent is None:
            return {}
        text = base.text if base.text.endswith("\n") else f"{base.text}\n"
        return {DATAFLOWS: base.with_text(text + "".join(_entry(kind, app_id, indent[1]) for kind in came))}
    if not kinds or not writing.new or not app_id:
        return {}
    text = "provides:\n" + "".join(_entry(kind, app_id, "  ") for kind in kinds)
    return {DATAFLOWS: TileFile(DATAFLOWS, text.encode())}


def _entry(kind: str, app_id: str, indent: str) -> str:
    from .agent_check import plain_yaml

    lines = (f"- id: {plain_yaml(f'{app_id}-{kind}')}", "  always_on: true", "  granular: false")
    return "".join(f"{indent}{line}\n" for line in (*lines, f"  data_type: {kind}", "  direction: inbound"))


def _inputs(answers: Answers) -> tuple[Any, ...]:
    return (answers.submits, answers.type, answers.listing.app_id)


PART = Part("flows of data", _inputs, lambda _: {}, files)
