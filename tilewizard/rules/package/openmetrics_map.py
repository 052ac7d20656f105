"""Which metrics an OpenMetrics check sends, by its map and the exposition of its tests: read as text, never run.

The map is a dictionary in ``metrics.py``, or ``metrics.yaml`` beside the check, which the newest base package finds by itself.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tilewizard.field.openmetrics import ARRIVES, PARTS
from tilewizard.tile.tile import Tile, TileFile

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
    """The map of a check.

    Attributes:
        namespace: what stands before the names.
        path: the file that it stands in.
        families: its entries.
        whole: whether the check sends nothing beside it.
        holder: what it is called in the code; empty for a file of YAML.
    """

    namespace: str
    path: str
    families: tuple[Mapped, ...]
    whole: bool
    holder: str = ""


def map_of(tile: Tile, package: str) -> CheckMap | None:
    """The map of a tile's OpenMetrics check, version 2; None without one that is written down as plain values.

    Args:
        package: the importable name below ``datadog_checks``.
    """
    folder = f"datadog_checks/{package}"
    check = tile.file(f"{folder}/check.py")
    if check is None or "OpenMetricsBaseCheckV2" not in check.text:
        return None
    namespace = _NAMESPACE.search(check.text)
    file, maps = _in_code(tile, folder) or _in_yaml(tile, folder, check.text) or (None, [])
    if namespace is None or file is None or len(maps) != 1:
        return None
    types = _exposed(tile)
    holder, found = maps[0]
    families = tuple(_mapped(source, value, namespace[2], types) for source, value in found.items())
    return CheckMap(namespace[2], file.path, families, not _SENDS.search(check.text), holder)


_Maps = list[tuple[str, dict[str, tuple[str, str]]]]
"""Maps by the names that hold them: name and type told by name at the source."""


def _in_code(tile: Tile, folder: str) -> tuple[TileFile, _Maps] | None:
    file = tile.file(f"{folder}/metrics.py")
    maps = list(_maps(file.text)) if file is not None else []
    return (file, maps) if file is not None and maps else None


def _in_yaml(tile: Tile, folder: str, check: str) -> tuple[TileFile, _Maps] | None:
    """The file that the base package finds beside the check; none is looked for where the check names its own."""
    files = (tile.file(f"{folder}/metrics.{ending}") for ending in ("yaml", "yml"))
    file = next((each for each in files if each is not None), None)
    if file is None or "METRICS_MAP" in check or len(file.text) > CODE_MAX:
        return None
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        value = YAML(typ="safe", pure=True).load(file.text)
    except (YAMLError, ValueError, TypeError, RecursionError):  # A key that is a mapping is a TypeError.
        return None
    return file, [("", _pairs(value))]


def _mapped(source: str, value: tuple[str, str], namespace: str, types: dict[str, tuple[str, list[str]]]) -> Mapped:
    name, told = value
    kind, found = types.get(source, ("", []))
    # A family that is told another type arrives whole, whatever its samples are.
    sent = (ARRIVES.get(told) or found) if kind else ()
    return Mapped(source, f"{namespace}.{name}", told or kind, tuple(sent))


def _maps(code: str) -> Iterator[tuple[str, dict[str, tuple[str, str]]]]:
    """The maps that stand at the top of a module; no other dictionaries."""
    if len(code) > CODE_MAX:
        return
    try:
        body = ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for statement in body:
        if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Dict):
            continue
        names = [each.id for each in statement.targets if isinstance(each, ast.Name)]
        if "RENAMED_LABELS" in names:
            continue
        try:
            value = ast.literal_eval(statement.value)
        except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
            value = None
        yield names[0] if len(names) == 1 else "", _pairs(value)


def _pairs(value: object) -> dict[str, tuple[str, str]]:
    """A map's entries; one that can't be read makes the whole map unknown."""
    pairs = {key: _pair(key, each) for key, each in value.items()} if isinstance(value, dict) else {}
    return {key: pair for key, pair in pairs.items() if pair is not None} if all(pairs.values()) else {}


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


def families_of_row(name: str, known: dict[str, Mapped]) -> Iterator[tuple[Mapped, str]]:
    """The families that a metric may be of, and by which end.

    Args:
        name: of the metric, with its namespace.
        known: families by their names in Datadog.
    """
    for end in ("", *PARTS):
        family = known.get(name.removesuffix(end)) if name.endswith(end) else None
        if family is not None:
            yield family, end
