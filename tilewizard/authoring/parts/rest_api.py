"""The example of a REST API tile: what was chosen, sent to Datadog's API, and a test that plays Datadog.

The addresses, limits and headers are those of Datadog's API reference (field-2026, section 2). Incidents, traces and security
events have none here: a backend opens incidents case by case, traces come of tracers, and security signals of detection rules.
"""

from __future__ import annotations

from typing import Any

from tilewizard.answers.conditions import sends_data
from tilewizard.answers.model import Answers
from tilewizard.authoring.templating import render
from tilewizard.field.names import is_normalized_metric
from tilewizard.field.vocabulary import TileType
from tilewizard.tile.tile import TileFile

from .part import Files, Part, Writing

FOLDER = "examples/rest_api"
_PATHS = {
    "metrics": "/api/v2/series",
    "events": "/api/v1/events",
    "service_checks": "/api/v1/check_run",
    "logs": "/api/v2/logs",
}


def files(writing: Writing) -> Files:
    """The example of a new tile, or of one that becomes a REST API tile; files that are there stay."""
    answers = writing.after
    is_new = writing.new or writing.before.type != TileType.REST_API
    if answers.type != TileType.REST_API or not sends_data(answers) or not is_new:
        return {}
    values = _values(answers)
    if not values["paths"]:
        return {}
    texts = {f"{FOLDER}/{name}": render(f"rest_api/{name}.j2", **values) for name in ("submit.py", "test_submit.py")}
    return {path: TileFile(path, text.encode()) for path, text in texts.items() if writing.base.file(path) is None}


def _values(answers: Answers) -> dict[str, Any]:
    prefix = answers.metrics.prefix
    rows = answers.metrics.rows if "metrics" in answers.submits else []
    sent: dict[str, Any] = {
        "metrics": [r for r in rows if r.metric_name.startswith(prefix) and is_normalized_metric(r.metric_name)],
        "events": "events" in answers.submits,
        "service_checks": [check for check in answers.service_checks if check.check],
        "logs": "logs" in answers.submits,
    }
    return {
        **sent,
        "paths": [path for kind, path in _PATHS.items() if sent[kind]],
        "prefix": prefix,
        "title": answers.listing.title,
        "source": answers.logs.source or answers.listing.directory,
    }


def _inputs(answers: Answers) -> tuple[Any, ...]:
    return (
        *(answers.type, answers.submits, answers.listing.title, answers.listing.directory, answers.logs.source),
        *(answers.metrics.prefix, answers.metrics.rows, answers.service_checks),
    )


PART = Part("REST API example", _inputs, lambda _: {}, files)
