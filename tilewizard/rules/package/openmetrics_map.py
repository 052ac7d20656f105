"""Which metrics an OpenMetrics check sends, by its map and the exposition of its tests: read as text, never run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tilewizard.field.openmetrics import ARRIVES
from tilewizard.tile.tile import Tile

FIXTURE = "tests/fixtures/metrics.txt"
"""Where the exposition stands that the check's tests read."""
CODE_MAX = 300_000
"""Characters of a module that is read: a map of 5,000 metrics has as many."""
_NAMESPACE = re.compile(r"^[ \t]{1,20}__NAMESPACE__ = (['\"])([A-Za-z0-9_.]{1,200})\1", re.MULTILINE)
_SENDS = re.compile(
    r"self\.(?:gauge|count|monotonic_count|rate|histogram|historate|increment|decrement|submit_histogram_bucket)\("
)


@dataclass(frozen=True, slots=True)
class Mapped:
    """A family of the map: its name at the source, its name in Datadog, its type, and the ends of the metrics that are sent.

    ``type`` and ``sent`` are empty where neither the map nor the exposition says them.
    """

    source: str
    name: str
    type: str
    sent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckMap:
    """The map of a check. ``whole`` says that the check sends nothing beside it."""

    namespace: str
    path: str
    families: tuple[Mapped, ...]
    whole: bool


def map_of(tile: Tile, package: str) -> CheckMap | None:
    """The map of a tile's OpenMetrics check, version 2; None without one that is written down as plain values.

    Args:
        package: the importable name below ``datadog_checks``.
    """
    folder = f"datadog_checks/{package}"
    check, metrics = tile.file(f"{folder}/check.py"), tile.file(f"{folder}/metrics.py")
    if check is None or metrics is None or "OpenMetricsBaseCheckV2" not in check.text:
        return None
    namespace = _NAMESPACE.search(check.text)
    maps = list(_maps(metrics.text))
    if namespace is None or len(maps) != 1:
        return None
    types = _exposed(tile)
    families = tuple(_mapped(source, value, namespace[2], types) for source, value in maps[0].items())
    return CheckMap(namespace[2], metrics.path, families, not _SENDS.search(check.text))


def _mapped(source: str, value: tuple[str, str], namespace: str, types: dict[str, tuple[str, list[str]]]) -> Mapped:
    name, told = value
    kind, found = types.get(source, ("", []))
    # A family that is told another type arrives whole, whatever its samples are.
    sent = (ARRIVES.get(told) or found) if kind else ()
    return Mapped(source, f"{namespace}.{name}", told or kind, tuple(sent))


def _maps(code: str) -> Iterator[dict[str, tuple[str, str]]]:
    """The maps that stand at the top of a module, as name and type told by name at the source; no other dictionaries."""
    if len(code) > CODE_MAX:
        return
    try:
        body = ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for statement in body:
        if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Dict):
            continue
        if any(isinstance(each, ast.Name) and each.id == "RENAMED_LABELS" for each in statement.targets):
            continue
        try:
            value = ast.literal_eval(statement.value)
        except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
            value = None
        pairs = {key: _pair(key, each) for key, each in value.items()} if isinstance(value, dict) else {}
        # One entry that can't be read makes the whole map unknown.
        yield {key: pair for key, pair in pairs.items() if pair is not None} if all(pairs.values()) else {}


def _pair(key: object, value: object) -> tuple[str, str] | None:
    if isinstance(key, str) and isinstance(value, str):
        return value, ""
    if isinstance(key, str) and isinstance(value, dict) and set(value) <= {"name", "type"}:
        name, told = value.get("name", key), value.get("type", "")
        return (name, told) if isinstance(name, str) and isinstance(told, str) else None
    return None


def _exposed(tile: Tile) -> dict[str, tuple[str, list[str]]]:
    """By family of the tests' exposition its type and the ends of its samples; empty without one."""
    file = tile.file(FIXTURE)
    if file is None:
        return {}
    from tilewizard.importing.exposition import families_of, sent_of

    return {family.name: (family.type, sent_of(family)) for family in families_of(file.text)}
