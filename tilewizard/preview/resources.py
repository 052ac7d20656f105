"""What comes with a tile beside its texts: dashboards, monitors, facets of logs and other assets, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from ..field.asset_kinds import BLUEPRINTS, DASHBOARDS, DETECTION_RULES, MONITORS, SAVED_VIEWS, AssetKind
from ..inspection.dashboard import monitor_summary
from ..inspection.dashboard_layout import Layout, as_read, layout_of
from ..rules.assets.log_pipelines import facets_of
from ..rules.assets.logs import log_files
from ..tile.asset_files import objects_of
from ..tile.tile import Tile
from .words import plain

LISTED_MAX = 100
"""Assets of one kind that are shown; the Developer Platform takes ten dashboards and ten monitors."""
FACETS_MAX = 500
WORDS_MAX = 4_000
"""Characters of a monitor's message or query."""


@dataclass(frozen=True)
class DashboardShown:
    """A dashboard: its title, what it is for, the template variables, where its widgets stand, its place in the tile."""

    title: str
    description: str
    variables: tuple[str, ...]
    layout: Layout
    path: str = ""


@dataclass(frozen=True)
class MonitorShown:
    """A monitor; ``why`` is its description, ``message`` what is sent when it alerts."""

    title: str
    why: str
    type: str
    query: str
    message: str
    tags: tuple[str, ...]
    path: str = ""


@dataclass(frozen=True)
class Facet:
    """A facet of a log pipeline."""

    name: str
    path: str
    type: str
    groups: str
    source: str


@dataclass(frozen=True)
class Other:
    """An asset that is only named: ``Saved view``, its name, what it is for."""

    kind: str
    name: str
    words: str
    path: str = ""


def dashboards(tile: Tile) -> list[DashboardShown]:
    """The dashboards of a tile, in the order of the manifest."""
    return [
        DashboardShown(
            _line(value.get("title")) or PurePosixPath(file.path).stem,
            _words(_as_read(value.get("description"))),
            tuple(_line(each.get("name")) for each in _objects(value.get("template_variables"))[:50]),
            layout_of(value),
            file.path,
        )
        for file, value in _first(tile, DASHBOARDS)
    ]


def monitors(tile: Tile) -> list[MonitorShown]:
    """The monitors of a tile, in either form."""
    found = []
    for file, value in _first(tile, MONITORS):
        facts, definition = monitor_summary(value), value.get("definition")
        body: dict[str, Any] = definition if isinstance(definition, dict) else value
        tags = value.get("tags") or body.get("tags")
        found.append(
            MonitorShown(
                _line(facts.title) or PurePosixPath(file.path).stem,
                _words(value.get("description")),
                _line(facts.type),
                _words(facts.query),
                _words(body.get("message")),
                tuple(_line(each) for each in tags[:50] if isinstance(each, str)) if isinstance(tags, list) else (),
                file.path,
            )
        )
    return found


def facets(tile: Tile) -> list[Facet]:
    """The facets of all log pipelines of a tile."""
    found = []
    for file in log_files(tile, tests=False):
        if file.yaml.fault is not None:
            continue
        for _, facet in facets_of(file):
            groups = facet.get("groups")
            named = [each for each in groups if isinstance(each, str)] if isinstance(groups, list) else []
            name, path, kind, source = (_line(facet.get(key)) for key in ("name", "path", "type", "source"))
            # Datadog takes a facet without a type for a text.
            found.append(Facet(name, path, kind or "string", ", ".join(map(plain, named)), source or "log"))
    return found[:FACETS_MAX]


def others(tile: Tile) -> list[Other]:
    """Saved views, detection rules and blueprints."""
    return [
        Other(
            kind.called.capitalize(), _line(value.get("name")) or PurePosixPath(file.path).stem, words(value), file.path
        )
        for kind, words in _OTHERS
        for file, value in _first(tile, kind)
    ]


def _severities(rule: dict[str, Any]) -> str:
    return ", ".join(dict.fromkeys(_line(each.get("status")) for each in _objects(rule.get("cases"))[:20]))


_OTHERS: tuple[tuple[AssetKind, Callable[[dict[str, Any]], str]], ...] = (
    (SAVED_VIEWS, lambda value: _line(value.get("type"))),
    (DETECTION_RULES, _severities),
    (BLUEPRINTS, lambda value: _line(value.get("description"))),
)
"""What is only named, and what is said of it."""


def _first(tile: Tile, kind: AssetKind) -> Iterator[Any]:
    for count, found in enumerate(objects_of(tile, kind)):
        if count < LISTED_MAX:
            yield found


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _as_read(value: Any) -> Any:
    """A dashboard's description: Datadog reads it as Markdown."""
    return as_read(value[: 2 * WORDS_MAX]) if isinstance(value, str) else value


def _line(value: Any) -> str:
    return plain(value) if isinstance(value, str) else ""


def _words(value: Any) -> str:
    return plain(value, WORDS_MAX) if isinstance(value, str) else ""
