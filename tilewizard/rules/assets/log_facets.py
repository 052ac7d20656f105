"""The facets of a log pipeline: what each has, and where its attribute stands.

The rules ``logs/facet-source`` and ``logs/facet-type`` stand with the pipeline's processors, which they are compared with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tilewizard.field.asset_kinds import LOGS
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.tile import Tile, TileFile

from ..registry import Example, rule
from ..sources import LOG_PIPELINES, PUBLISHED_TILES
from .log_pipelines import facets_of, let_off, pipelines
from .yaml_assets import writing, yaml_of

_PATH = f"{LOGS.home}/acme_widget.yaml"
_KEYS = ("groups", "name", "path", "source")
_PREFIX_MIN = 3
_STANDARD = re.compile(
    r"(?:http|network|usr|evt|db|logger|error|geoip|dns|ocsf|syslog|rum|session|view|trace|span|container|kube\w*)\."
    r"|(?:duration|service|status|host|message|title|source|date|timestamp|trace_id|span_id)$"
)
"""Attributes that Datadog names for all integrations, whose facets carry no prefix."""


def _pipeline(path: str = "acme_widget.cache", groups: str = "    groups:\n      - Acme\n") -> Example:
    facet = f"facets:\n  - name: Cache\n    path: {path}\n{groups}    source: log\n"
    rest = "pipeline:\n  type: pipeline\n  name: Acme\n  processors: []\n"
    return Example(_PATH, f"id: acme_widget\nbackend_only: false\n{facet}{rest}")


def _offset(file: TileFile, index: int, key: str) -> int:
    span = yaml_of(file).span("facets", index, key) or yaml_of(file).span("facets", index)
    return span[0] if span is not None else 0


@rule(
    "logs/facet-keys",
    step="logs",
    severity=Severity.WARNING,
    source=PUBLISHED_TILES,
    why="Every published facet has them, and stands in one group.",
    form="Give each facet a name, a path, a source and one group, named as the integration.",
    bad=_pipeline(groups=""),
    good=_pipeline(),
)
def facet_keys(tile: Tile) -> Iterator[Problem]:
    """A facet has a name, a path, a source and one group."""
    for file, *__ in pipelines(tile):
        for index, facet in facets_of(file):
            name = quoted(str(facet.get("path") or facet.get("name") or index + 1))
            for key in _KEYS:
                if not facet.get(key):
                    message = _("the facet {name} has no {key}", name=name, key=key)
                    yield Problem(message, file.path, offset=_offset(file, index, key), hint=_("add {key}", key=key))
            groups = facet.get("groups")
            if groups and (not isinstance(groups, list) or len(groups) != 1):
                message, hint = _("groups of the facet {name} is no list of one", name=name), _("list one group")
                yield Problem(message, file.path, offset=_offset(file, index, "groups"), hint=hint)


@rule(
    "logs/facet-path",
    step="logs",
    severity=Severity.INFO,
    source=LOG_PIPELINES,
    why="Two integrations that name an attribute alike would share its facet.",
    form="Let the paths of your own facets begin with the source of your logs.",
    bad=_pipeline("cache"),
    good=_pipeline(),
)
def facet_path(tile: Tile) -> Iterator[Problem]:
    """The path of a facet of the integration's own attribute begins with the source of its logs."""
    for file, bypassed, __ in pipelines(tile):
        names = {_plain(str(each)) for each in (yaml_of(file).get("id"), tile.text_at("/assets/logs/source")) if each}
        for index, facet in facets_of(file):
            path = facet.get("path")
            if not isinstance(path, str) or not path or facet.get("source") == "tag" or _STANDARD.match(path):
                continue
            first = _plain(path.partition(".")[0]) if "." in path else ""
            if names and not any(_fits(first, name) for name in names):
                source = tile.text_at("/assets/logs/source") or str(yaml_of(file).get("id"))
                message = _("the path of the facet {path} doesn't begin with the source", path=quoted(path))
                hint = _("remap the attribute to {value}, and name that", value=quoted(f"{source}.{path}"))
                allowed = let_off(bypassed, "facets-path")
                yield Problem(message, file.path, offset=_offset(file, index, "path"), hint=hint, allowed=allowed)


_OWN_GROUPS = frozenset(
    ["web access", "geoip", "event", "user", "dns", "database", "network", "measure", "source code", "ocsf", "performance",
     "logger", "error"]
)  # fmt: skip
"""Groups under which Datadog lists the facets of standard attributes."""
_SHARED = re.compile(r"(?:http|network|usr|evt|db|logger|error|dns|ocsf)\.|duration$")


@rule(
    "logs/facet-standard",
    step="dashboards",
    severity=Severity.WARNING,
    source=LOG_PIPELINES,
    why="Datadog has the facet already, for all integrations; a second one in a group of your own splits it.",
    form="Leave out facets of attributes that Datadog names for all integrations.",
    bad=_pipeline("http.status_code"),
    good=_pipeline("http.status_code", "    groups:\n      - Web Access\n"),
)
def facet_standard(tile: Tile) -> Iterator[Problem]:
    """No facet of a standard attribute stands in a group of the integration's own."""
    for file, *__ in pipelines(tile):
        for index, facet in facets_of(file):
            path, groups = facet.get("path"), facet.get("groups")
            first = groups[0] if isinstance(groups, list) and groups else None
            if (
                isinstance(path, str)
                and _SHARED.match(path)
                and isinstance(first, str)
                and first.lower() not in _OWN_GROUPS
            ):
                message = _(
                    "the facet {path} of a standard attribute stands in the group {first}",
                    path=quoted(path),
                    first=quoted(first),
                )
                hint = _("take it away: Datadog has it")
                yield Problem(message, file.path, offset=_offset(file, index, "groups"), hint=hint)


@rule(
    "logs/metric-id",
    step="dashboards",
    severity=Severity.WARNING,
    source=PUBLISHED_TILES,
    why="By it Datadog knows whose logs the pipeline parses, where its id is not the tile's: so in every published one.",
    form="Name the integration's ID in the log pipeline: export it from Datadog again.",
    bad=Example(_PATH, "id: acme_widget\nbackend_only: false\nfacets: []\npipeline:\n  type: pipeline\n  name: Acme\n"
                       "  processors: []\n"),
    good=Example(_PATH, "id: acme_widget\nmetric_id: acme-corp-acme-widget\nbackend_only: false\nfacets: []\npipeline:\n"
                        "  type: pipeline\n  name: Acme\n  processors: []\n"),
    mends=True,
)  # fmt: skip
def metric_id(tile: Tile) -> Iterator[Problem]:
    """A pipeline whose id is not the app_id has the app_id as metric_id."""
    app_id = tile.text_at("/app_id")
    for file, *__ in pipelines(tile):
        read = yaml_of(file)
        name, said = read.get("id"), read.get("metric_id")
        if not app_id or not isinstance(name, str) or not name or said == app_id or (said is None and name == app_id):
            continue
        if said is None:
            hint = _("add metric_id: {app_id}", app_id=app_id)
            message = _("the id {name} is not the app_id, and there is no metric_id", name=quoted(name))
            yield Problem(
                message, file.path, offset=read.offset("id"), hint=hint, fix=_with_metric_id(file.path, app_id)
            )
        elif isinstance(said, str):
            message, hint = _("metric_id is {said}", said=quoted(said)), _("write {app_id}, the app_id", app_id=app_id)
            fix = writing(file.path, ("metric_id",), said, app_id)
            yield Problem(message, file.path, offset=read.offset("metric_id"), hint=hint, fix=fix)


def _with_metric_id(path: str, app_id: str) -> Fix:
    def fix(tile: Tile) -> Tile:
        file = tile.file(path)
        read = yaml_of(file) if file is not None else None
        if file is None or read is None or read.fault is not None or "metric_id" in read.keys or "id" not in read.keys:
            return tile
        end = file.text.find("\n", read.offset("id"))
        newline = "\r\n" if file.text[end - 1 : end] == "\r" else "\n"
        if end < 0:
            return tile
        return tile.with_text(path, f"{file.text[: end + 1]}metric_id: {app_id}{newline}{file.text[end + 1 :]}")

    return fix


def _plain(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", word.lower())


def _fits(first: str, name: str) -> bool:
    """Whether the first step of a path is the source, or begins it: ``jfrog`` of ``jfrog_platform``."""
    return len(first) >= min(_PREFIX_MIN, len(name)) and (name.startswith(first) or first.startswith(name))


@rule(
    "logs/facet-group",
    step="logs",
    severity=Severity.INFO,
    source=LOG_PIPELINES,
    why="Customers look for your facets under your integration's name.",
    form="Put your own facets into a group that is named as the integration.",
    bad=_pipeline("acme_widget.cache", "    groups:\n      - Others\n"),
    good=_pipeline("acme_widget.cache", "    groups:\n      - Acme Widget\n"),
)
def facet_group(tile: Tile) -> Iterator[Problem]:
    """The group of a facet of the integration's own attribute is named as the integration, or as its vendor."""
    stated = (tile.text_at("/tile/title"), tile.stated("/assets/integration/source_type_name"))
    names = {_plain(name) for name in (*stated, tile.text_at("/author/name"), tile.text_at("/assets/logs/source"))} - {
        ""
    }
    for file, *__ in pipelines(tile):
        seen: set[str] = set()
        for index, facet in facets_of(file):
            groups, path = facet.get("groups"), facet.get("path")
            first = groups[0] if isinstance(groups, list) and len(groups) == 1 else None
            if not isinstance(first, str) or not first or not isinstance(path, str) or not names or first in seen:
                continue
            own = first.lower() not in _OWN_GROUPS and not _STANDARD.match(path)
            if own and not any(_fits(_plain(first), name) for name in names):
                seen.add(first)
                message = _(
                    "the group {first} of the facet {path} is not the integration's name",
                    first=quoted(first),
                    path=quoted(path),
                )
                hint = _("write {stated}", stated=quoted(stated[0] or stated[1]))
                yield Problem(message, file.path, offset=_offset(file, index, "groups"), hint=hint)
