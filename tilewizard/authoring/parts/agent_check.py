"""The Python package of an Agent-based tile: what ``ddev create`` would start, filled in and working."""

from __future__ import annotations

import re
from typing import Any

from tilewizard.answers.conditions import sends_data
from tilewizard.answers.model import Answers
from tilewizard.authoring.templating import render
from tilewizard.field.names import snake
from tilewizard.field.vocabulary import TileType
from tilewizard.tile.tile import Tile, TileFile

from .part import Files, Part, Writing

_TEMPLATES = {
    "pyproject.toml": "pyproject.toml.j2",
    "hatch.toml": "hatch.toml.j2",
    "assets/configuration/spec.yaml": "spec.yaml.j2",
    "datadog_checks/__init__.py": "namespace.py.j2",
    "datadog_checks/{name}/__init__.py": "package.py.j2",
    "datadog_checks/{name}/__about__.py": "about.py.j2",
    "datadog_checks/{name}/check.py": "check_{type}.py.j2",
    "tests/__init__.py": "empty.j2",
    "tests/conftest.py": "conftest.py.j2",
    "tests/test_unit.py": "test_{type}.py.j2",
}
"""The files of the package and the templates that they come from, below ``templates/agent/``."""


def extract(tile: Tile) -> dict[str, Any]:
    """The endpoint that the check's configuration names as its example."""
    spec = tile.file("assets/configuration/spec.yaml")
    found = re.search(r"example: (https?://\S+)", spec.text) if spec else None
    return {"integration": {"endpoint": found.group(1)}} if found else {}


def files(writing: Writing) -> Files:
    """The package of a new Agent-based tile; an existing tile's code is the partner's own and stays as it is."""
    answers = writing.after
    if not answers.type.agent_based or not sends_data(answers) or not (writing.new or _is_new_type(writing)):
        return {}
    name = package_name(answers)
    kind = "openmetrics" if answers.type == TileType.OPENMETRICS else "python"
    found: dict[str, TileFile | None] = {}
    for path, template in _TEMPLATES.items():
        path = path.format(name=name)
        text = render(f"agent/{template.format(type=kind)}", answers=answers, name=name, metrics=metrics_read(answers))
        if writing.base.file(path) is None:
            found[path] = TileFile(path, text.encode())
    return found


def _is_new_type(writing: Writing) -> bool:
    return not writing.before.type.agent_based


def package_name(answers: Answers) -> str:
    """The check's name, that of the directory."""
    return snake(answers.listing.directory)


def metrics_read(answers: Answers) -> list[dict[str, str]]:
    """Each metric as the check reads it: its name at the source and its name below the prefix, sorted."""
    prefix = answers.metrics.prefix
    found = {}
    for row in answers.metrics.rows:
        # One exposed family makes several metrics; the map names the family once.
        name = row.metric_name.removeprefix(prefix)
        family = re.sub(r"\.(count|sum|bucket|quantile)$", "", name)
        if family:
            found[family.replace(".", "_")] = {
                "source": family.replace(".", "_"),
                "name": family,
                "type": row.metric_type,
            }
    return [found[key] for key in sorted(found)]


def _inputs(answers: Answers) -> tuple[Any, ...]:
    return (
        *(
            answers.type,
            answers.submits,
            answers.listing.directory,
            answers.listing.title,
            answers.listing.description,
        ),
        *(
            answers.author.name,
            answers.author.support_email,
            answers.integration.endpoint,
            answers.service_checks,
        ),
        *(answers.metrics.prefix, answers.metrics.rows, answers.changelog),
    )


PART = Part("Agent check", _inputs, extract, files)
