"""Which figures a generated Python check sends, by the list in its ``metrics.py``: read as text, never run."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from tilewizard.tile.tile import Tile

from .openmetrics_map import CODE_MAX

ANSWER = "tests/fixtures/answer.json"
"""Where the answer stands that the check's tests read."""
_NAMESPACE = re.compile(r"^[ \t]{1,20}__NAMESPACE__ = (['\"])([A-Za-z0-9_.]{1,200})\1", re.MULTILINE)
_READS = re.compile(r"for \w+, \w+, \w+ in METRICS\b")


@dataclass(frozen=True, slots=True)
class FigureMap:
    """The list of a check: each entry a path in the answer, the method that submits it, its name below the namespace."""

    namespace: str
    path: str
    holder: str
    entries: tuple[tuple[str, str, str], ...]


def figures_of(tile: Tile, package: str) -> FigureMap | None:
    """The list of a check that goes through ``METRICS``; None without one that is written down as plain values.

    Args:
        package: the importable name below ``datadog_checks``.
    """
    folder = f"datadog_checks/{package}"
    check, metrics = tile.file(f"{folder}/check.py"), tile.file(f"{folder}/metrics.py")
    if check is None or metrics is None or len(metrics.text) > CODE_MAX or not _READS.search(check.text):
        return None
    namespace = _NAMESPACE.search(check.text)
    try:
        body = ast.parse(metrics.text).body
        holders = [each for each in body if isinstance(each, ast.Assign) and _is_metrics(each)]
        value = ast.literal_eval(holders[0].value) if len(holders) == 1 else None
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return None
    if namespace is None or not isinstance(value, list):
        return None
    entries = tuple(each for each in value if isinstance(each, tuple) and len(each) == 3 and all(map(_is_text, each)))
    return FigureMap(namespace[2], metrics.path, "METRICS", entries) if len(entries) == len(value) else None


def _is_metrics(statement: ast.Assign) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "METRICS" for each in statement.targets)


def _is_text(value: object) -> bool:
    return isinstance(value, str)
