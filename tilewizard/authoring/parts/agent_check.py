"""The Python package of an Agent-based tile: what ``ddev create`` would start, filled in, working and tested.

Its files are the templates below ``templates/agent/both`` and the folder of the kind of check, each at its own path.
"""

from __future__ import annotations

import io
import re
from typing import Any

from tilewizard.answers.conditions import repository, sends_data, sends_metrics
from tilewizard.answers.model import Answers
from tilewizard.authoring.templating import files_below, render
from tilewizard.field.names import snake
from tilewizard.field.vocabulary import TileType
from tilewizard.tile.tile import Tile, TileFile

from . import agent_metrics
from .part import Files, Part, Writing

_NAME = "_name_"
"""Stands in the paths of templates for the check's name."""
FIXTURES = {"openmetrics": "tests/fixtures/metrics.txt", "python": "tests/fixtures/answer.json"}
"""Where the answer stands that the tests are run on."""


def extract(tile: Tile) -> dict[str, Any]:
    """The endpoint that the check's configuration names as its example, and the answer that its tests read."""
    found: dict[str, Any] = {}
    spec = tile.file("assets/configuration/spec.yaml")
    endpoint = re.search(r"example: [\"']?(https?://[^\s\"']+)", spec.text) if spec else None
    if endpoint:
        found["integration"] = {"endpoint": endpoint[1]}
    sample = next((file for path in FIXTURES.values() if (file := tile.file(path))), None)
    if sample is not None:
        found["metrics"] = {"sample": sample.text}
    return found


def files(writing: Writing) -> Files:
    """The package of a new Agent-based tile; an existing tile's code is the partner's own and stays as it is."""
    answers = writing.after
    if not answers.type.agent_based or not sends_data(answers) or not (writing.new or _is_new_type(writing)):
        return {}
    kind, values = kind_of(answers), values_of(answers)
    texts = {
        path.replace(_NAME, values["name"]): render(f"{folder}/{path}.j2", **values)
        for folder in ("agent/both", f"agent/{kind}")
        for path in files_below(folder)
    }
    made = agent_metrics.exposition if kind == "openmetrics" else agent_metrics.answer
    texts[FIXTURES[kind]] = made(answers)
    return {path: TileFile(path, text.encode()) for path, text in texts.items() if writing.base.file(path) is None}


def kind_of(answers: Answers) -> str:
    """Which of the two kinds of check is written: ``openmetrics`` or ``python``."""
    return "openmetrics" if answers.type == TileType.OPENMETRICS else "python"


def values_of(answers: Answers) -> dict[str, Any]:
    """What the package's templates print."""
    name = package_name(answers)
    return {
        "answers": answers,
        "name": name,
        "kind": kind_of(answers),
        "repository": repository(answers).value,
        "title": plain_yaml(answers.integration.source_type_name),
        "endpoint": plain_yaml(answers.integration.endpoint),
        "namespace": agent_metrics.namespace_of(answers),
        "source": plain_yaml(answers.logs.source or name),
        "logs": "logs" in answers.submits,
        "events": "events" in answers.submits,
        "metrics": sends_metrics(answers),
        "exposed": agent_metrics.exposed(answers) if answers.type == TileType.OPENMETRICS else [],
        "renamed": agent_metrics.renamed_labels(answers) if answers.type == TileType.OPENMETRICS else {},
        "figures": agent_metrics.figures(answers) if answers.type == TileType.PYTHON else [],
        "openmetrics_format": agent_metrics.is_openmetrics(answers),
        "fixture": FIXTURES[kind_of(answers)].rpartition("/")[2],
    }


def plain_yaml(text: str) -> str:
    """A text as YAML's emitter writes it in a block mapping, quoted where a reader of YAML 1.1 or 1.2 would take it for another value.

    ddev and the Agent read YAML 1.1, to which ``Yes``, ``on`` and ``12:30`` are no texts; of 1.2 that is true of ``0o17``.
    """
    written = [_emitted(text, version) for version in ((1, 1), (1, 2))]
    return next((each for each in written if each[:1] in "'\""), written[0])


def _emitted(text: str, version: tuple[int, int]) -> str:
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    yaml.version = version
    yaml.default_flow_style = False
    yaml.width = 1_000_000
    yaml.allow_unicode = False
    stream = io.StringIO()
    yaml.dump({"a": text}, stream)
    return stream.getvalue().partition("\na: ")[2].rstrip("\n")


def _is_new_type(writing: Writing) -> bool:
    return not writing.before.type.agent_based


def package_name(answers: Answers) -> str:
    """The check's name, that of the directory."""
    return snake(answers.listing.directory)


def _inputs(answers: Answers) -> tuple[Any, ...]:
    return (
        *(answers.type, repository(answers), answers.submits, answers.listing.directory, answers.listing.title),
        *(answers.author.name, answers.author.support_email, answers.logs.source),
        *(answers.integration.endpoint, answers.integration.source_type_name),
        *(answers.metrics.prefix, answers.metrics.rows, answers.metrics.sample, answers.changelog),
    )


PART = Part("Agent check", _inputs, extract, files)
