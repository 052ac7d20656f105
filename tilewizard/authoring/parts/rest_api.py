"""The example of a REST API tile: a customer connects by OAuth, what was chosen is sent, and tests play Datadog.

The addresses, limits and headers are those of Datadog's API reference (field-2026, section 2). Traces come of tracers, and
security signals of detection rules: no API takes them. The files are the templates below ``templates/rest_api``.
"""

from __future__ import annotations

import ast
import re
from typing import Any

from tilewizard.answers.conditions import sends_data
from tilewizard.answers.model import Answers
from tilewizard.authoring.templating import files_below, render
from tilewizard.field.names import is_normalized_metric
from tilewizard.field.vocabulary import TileType
from tilewizard.tile.tile import Tile, TileFile

from .part import Files, Part, Writing

FOLDER = "examples/rest_api"
_PATHS = {
    "metrics": "/api/v2/series",
    "events": "/api/v1/events",
    "service_checks": "/api/v1/check_run",
    "logs": "/api/v2/logs",
    "incidents": "/api/v2/incidents",
}
_CONNECT = ("connect.py", "test_connect.py")
"""What is left out where customers enter an API key."""
_UNKNOWN = "https://your-service.example/datadog"
"""Stands for the addresses that are not said yet."""
_REASON = re.compile(r"^API_KEY_REASON = (['\"].*['\"])$", re.MULTILINE)


def extract(tile: Tile) -> dict[str, Any]:
    """Why an API key is asked for instead of OAuth, as the example's code says."""
    file = tile.file(f"{FOLDER}/submit.py")
    found = _REASON.search(file.text) if file is not None else None
    if found is None:
        return {}
    try:
        reason = ast.literal_eval(found[1])
    except (ValueError, SyntaxError):
        return {}
    return {"oauth_client": {"exception": reason}} if isinstance(reason, str) else {}


def files(writing: Writing) -> Files:
    """The example of a new tile, or of one that becomes a REST API tile; files that are there stay."""
    answers = writing.after
    is_new = writing.new or writing.before.type != TileType.REST_API
    if answers.type != TileType.REST_API or not sends_data(answers) or not is_new:
        return {}
    values = _values(answers)
    if not values["paths"]:
        return {}
    names = [name for name in files_below("rest_api") if not (values["exception"] and name in _CONNECT)]
    texts = {f"{FOLDER}/{name}": render(f"rest_api/{name}.j2", **values) for name in names}
    return {path: TileFile(path, text.encode()) for path, text in texts.items() if writing.base.file(path) is None}


def _values(answers: Answers) -> dict[str, Any]:
    prefix = answers.metrics.prefix
    rows = answers.metrics.rows if "metrics" in answers.submits else []
    sent: dict[str, Any] = {
        "metrics": [r for r in rows if r.metric_name.startswith(prefix) and is_normalized_metric(r.metric_name)],
        "events": "events" in answers.submits,
        "service_checks": [check for check in answers.service_checks if check.check],
        "logs": "logs" in answers.submits,
        "incidents": "incidents" in answers.submits,
    }
    client = answers.oauth_client
    return {
        **sent,
        "paths": [path for kind, path in _PATHS.items() if sent[kind]],
        "prefix": prefix,
        "signals": "security_events" in answers.submits,
        "exception": client.exception,
        "onboarding": client.onboarding_url or f"{_UNKNOWN}/start",
        "redirect": next(iter(client.redirect_uris), f"{_UNKNOWN}/callback"),
        "title": answers.listing.title,
        "source": answers.logs.source or answers.listing.directory,
    }


def _inputs(answers: Answers) -> tuple[Any, ...]:
    return (
        *(answers.type, answers.submits, answers.listing.title, answers.listing.directory, answers.logs.source),
        *(answers.metrics.prefix, answers.metrics.rows, answers.service_checks, answers.oauth_client),
    )


PART = Part("REST API example", _inputs, extract, files)
