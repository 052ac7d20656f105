"""Metrics from what a product answers as JSON: every number with its path, types and units guessed from the names.

A path is written as ``queue.depth``; ``queues[].depth`` is a number of each item of a list. A key that holds a dot or a bracket
can't be part of a path, and its numbers are left out with a fault.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tilewizard.answers.telemetry import MetricRow
from tilewizard.errors import Fault
from tilewizard.field.names import normalized_metric
from tilewizard.language import _
from tilewizard.quoting import quoted

from .masking import masked, rounded
from .rows import Imported, Reading, unique
from .units import unit_of_name

JSON = "JSON"
_DEPTH = 20
_COUNTS = re.compile(
    r"(?:^|[._])(?:total|count|requests|errors|failures|hits|misses|restarts|bytes_(?:sent|received))$"
)
_LEVELS = re.compile(r"(?:^|[._])(?:open|active|current|pending|max|min|avg|mean|percent|ratio|size)(?:[._]|$)")


def read_json_answer(text: str, prefix: str = "") -> Reading:
    """The numbers of a JSON answer, a metric each.

    Args:
        text: the answer of the product's endpoint.
        prefix: what the metrics' names start with, a dot at its end.
    """
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError) as error:
        at = getattr(error, "pos", 0)
        return Reading(
            JSON,
            text,
            faults=(Fault(at, _("it is not whole JSON"), _("paste the answer from its start to its end"), "kind"),),
        )
    found: list[tuple[Imported, int]] = []
    faults: list[Fault] = []
    for path in dict.fromkeys(_paths(answer, "", 0, faults)):
        found.append((_row(path, prefix), 0))
    if not found and not faults:
        faults.append(Fault(0, _("it holds no number"), _("paste an answer with figures in it"), "empty"))
    imported, twice = unique(found)
    return Reading(JSON, text, tuple(imported), (*faults, *twice))


def _paths(value: Any, path: str, depth: int, faults: list[Fault]) -> Iterator[str]:
    if depth > _DEPTH:
        return
    if isinstance(value, dict):
        for key, each in value.items():
            if re.search(r"[.\[\]]", key) or not re.search(r"[A-Za-z0-9]", key):
                faults.append(
                    Fault(0, _("the key {key} can't be part of a path", key=quoted(key)), _("it is left out"), "name")
                )
                continue
            yield from _paths(each, f"{path}.{key}" if path else key, depth + 1, faults)
    elif isinstance(value, list):
        for each in value[:50]:
            yield from _paths(each, f"{path}[]", depth + 1, faults)
    elif isinstance(value, int | float) and not isinstance(value, bool) and path:
        yield path


def _row(path: str, prefix: str) -> Imported:
    below = path.replace("[]", "").strip(".")
    name = normalized_metric(f"{prefix}{below}")
    last = below.lower()
    grows = _COUNTS.search(last) is not None and _LEVELS.search(last) is None
    kind = "count" if grows else "gauge"
    why = _("its name is that of a number that only grows") if grows else _("its name says nothing else")
    reasons = [("metric_type", why, "")]
    values = {"metric_name": name, "metric_type": kind, "source": path}
    unit = unit_of_name(last.replace(".", "_"))
    if unit is not None:
        values["unit_name"] = unit[0]
        reasons.append(("unit_name", _("its name ends in _{unit}", unit=unit[1]), ""))
    values["short_name"] = re.sub(r"[._]+", " ", below).strip()
    return Imported(MetricRow(**values), 1, tuple(reasons))


def trimmed_answer(text: str) -> str:
    """The answer as a test's fixture: one item a list, numbers rounded, secrets masked; empty when it is not JSON."""
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    return json.dumps(_trimmed(answer, ""), indent=2, ensure_ascii=False) + "\n"


def _trimmed(value: Any, key: str) -> Any:
    if isinstance(value, dict):
        return {name: _trimmed(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_trimmed(each, key) for each in value[:1]]
    if isinstance(value, str):
        return masked(key, value)
    return rounded(value) if isinstance(value, float) else value
