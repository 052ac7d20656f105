"""The flows of data, ``assets/dataflows.yaml``: what the tile provides, each flow under an id that follows from the app_id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tilewizard.field.asset_kinds import DATAFLOWS as KIND
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.tile import MANIFEST, METADATA, Tile, TileFile

from ..registry import Example, rule
from ..sources import DATAFLOWS, PUBLISHED_TILES
from .logs import log_files
from .yaml_assets import unreadable, writing, yaml_of

_PATH = KIND.home
_KEYS = ("id", "always_on", "granular", "data_type", "direction")
_TYPES = ("metrics", "logs", "events", "rum_events", "traces")
_DIRECTIONS = ("inbound", "outbound")
_ENDS = {"rum_events": "events"}
"""How an id ends where it is not the data type itself."""


_MISNAMED = re.compile(r"(?:assets/)?(?:data[-_]?flows?/)?data[-_]?flows?\.ya?ml", re.IGNORECASE)
"""The list where it is not read: in another place, or by another spelling."""


def _flow(name: str, kind: str, *, way: str = "inbound") -> str:
    return f"  - id: {name}\n    always_on: true\n    granular: false\n    data_type: {kind}\n    direction: {way}\n"


def _file(tile: Tile) -> TileFile | None:
    file = tile.file(_PATH)
    return file if file is not None and file.link is None and not yaml_of(file).fault else None


def _flows(tile: Tile) -> Iterator[tuple[TileFile, int, dict[str, Any]]]:
    file = _file(tile)
    flows = yaml_of(file).get("provides") if file is not None else None
    if file is not None and isinstance(flows, list):
        for index, flow in enumerate(flows):
            if isinstance(flow, dict):
                yield file, index, flow


def _offset(file: TileFile, index: int, key: str = "") -> int:
    span = (yaml_of(file).span("provides", index, key) if key else None) or yaml_of(file).span("provides", index)
    return span[0] if span is not None else 0


@rule(
    "dataflows/form",
    step="review",
    severity=Severity.WARNING,
    source=PUBLISHED_TILES,
    why="It tells Datadog what data goes which way; what can't be read tells nothing.",
    form="Write the list of data flows again: the file can't be read.",
    bad=Example(_PATH, "provides:\n  - id: [\n"),
)
def form(tile: Tile) -> Iterator[Problem]:
    """assets/dataflows.yaml is YAML, a mapping without repeated keys."""
    file = tile.file(_PATH)
    problem = unreadable(file) if file is not None and file.link is None else None
    if problem is not None:
        yield problem


@rule(
    "dataflows/place",
    step="review",
    severity=Severity.WARNING,
    source=PUBLISHED_TILES,
    why="Every published list of data flows stands there; what is called otherwise tells Datadog nothing.",
    form="Give the list of data flows the name and the place that Datadog reads.",
    bad=Example("assets/dataflows.yml", "provides:\n" + _flow("acme-corp-acme-widget-metrics", "metrics")),
)
def place(tile: Tile) -> Iterator[Problem]:
    """The list of data flows is assets/dataflows.yaml, not .yml, not beside the manifest."""
    for path in tile.paths:
        if path != _PATH and _MISNAMED.fullmatch(path):
            message = _("{path} is not where the list of data flows is read", path=quoted(path))
            there = tile.has(_PATH)
            hint = _("delete it: {path} is there", path=_PATH) if there else _("call it {path}", path=_PATH)
            yield Problem(message, path, hint=hint)


@rule(
    "dataflows/entry",
    step="review",
    severity=Severity.WARNING,
    source=PUBLISHED_TILES,
    why="Every published flow has these keys and no others.",
    form="Say for each data flow what it carries and which way it goes.",
    bad=Example(_PATH, "provides:\n" + _flow("acme-corp-acme-widget-metrics", "metrics", way="sideways")),
    good=Example(
        _PATH,
        "provides:\n" + _flow("acme-corp-acme-widget-metrics", "metrics") + _flow("acme-corp-acme-widget-logs", "logs"),
    ),
)
def entry(tile: Tile) -> Iterator[Problem]:
    """A flow has an id of its own, a known data_type, direction (inbound or outbound), always_on and granular, nothing else."""
    file = _file(tile)
    if file is None or unreadable(file) is not None:
        return
    flows = yaml_of(file).get("provides")
    if not isinstance(flows, list) or not flows:
        yield Problem(_("provides is missing or no list"), file.path, hint=_("list the flows under provides"))
        return
    for index, flow in enumerate(flows):
        if not isinstance(flow, dict):
            message, hint = _("flow {index} is no mapping", index=index + 1), _("give it {keys}", keys=", ".join(_KEYS))
            yield Problem(message, file.path, offset=_offset(file, index), hint=hint)
    seen: set[str] = set()
    for __, index, flow in _flows(tile):
        yield from _keys_of(file, index, flow)
        name = str(flow.get("id"))
        if name in seen:
            message = _("two flows have the id {name}", name=quoted(name))
            yield Problem(message, file.path, offset=_offset(file, index, "id"), hint=_("give each its own"))
        seen.add(name)


def _keys_of(file: TileFile, index: int, flow: dict[str, Any]) -> Iterator[Problem]:
    for key in _KEYS:
        if not flow.get(key):
            yield Problem(
                _("flow {index} has no {key}", index=index + 1, key=key),
                file.path,
                offset=_offset(file, index, key),
                hint=_("add {key}", key=key),
            )
    for key in flow:
        if key not in _KEYS:
            message, hint = (
                _("flow {index} has the key {key}", index=index + 1, key=quoted(key)),
                _("the keys are {keys}", keys=", ".join(_KEYS)),
            )
            yield Problem(message, file.path, offset=_offset(file, index, key), hint=hint)
    for key in ("always_on", "granular"):
        if flow.get(key) and flow[key] not in ("true", "false"):
            message = _("{key} of flow {index} is {flow}", key=key, index=index + 1, flow=quoted(flow[key]))
            yield Problem(message, file.path, offset=_offset(file, index, key), hint=_("write true or false"))
    kind = flow.get("data_type")
    if kind and kind not in _TYPES:
        message, hint = (
            _("the data_type of flow {index} is {kind}", index=index + 1, kind=quoted(kind)),
            _("the published ones are {types}", types=", ".join(_TYPES)),
        )
        yield Problem(message, file.path, offset=_offset(file, index, "data_type"), hint=hint)
    way = flow.get("direction")
    if way and way not in _DIRECTIONS:
        message = _("the direction of flow {index} is {way}", index=index + 1, way=quoted(way))
        yield Problem(message, file.path, offset=_offset(file, index, "direction"), hint=_("write inbound or outbound"))


@rule(
    "dataflows/id",
    step="review",
    severity=Severity.WARNING,
    source=DATAFLOWS,
    since="2026-08-04",
    why="Datadog corrected ids that were made of the directory's name; all 138 published ones follow the app_id.",
    form="Name the data flow after the integration's ID and the kind of data.",
    bad=Example(_PATH, "provides:\n" + _flow("acme-widget-metrics", "metrics") + _flow("acme-corp-acme-widget-logs", "logs")),
    mends=True,
)  # fmt: skip
def flow_id(tile: Tile) -> Iterator[Problem]:
    """A flow's id is the app_id, a hyphen and the data type: ``acme-widget-metrics``; for rum_events ``-events``."""
    app_id = tile.text_at("/app_id")
    for file, index, flow in _flows(tile) if app_id else ():
        name, kind = flow.get("id"), flow.get("data_type")
        if not isinstance(name, str) or not isinstance(kind, str) or not name or not kind:
            continue
        right = f"{app_id}-{_ENDS.get(kind, kind)}"
        if name != right:
            place = ("provides", index, "id")
            yield Problem(
                _("the id of flow {index} is {name}", index=index + 1, name=quoted(name)),
                file.path,
                offset=_offset(file, index, "id"),
                hint=_("write {right}: the app_id and the data type", right=quoted(right)),
                fix=writing(file.path, place, name, right),
            )


@rule(
    "dataflows/derived",
    step="review",
    severity=Severity.WARNING,
    source=DATAFLOWS,
    since="2026-08-04",
    why="Datadog derives the flows from these files, and repaired lists that had drifted from them.",
    form="List a data flow for each kind of data that you send.",
    bad=Example(_PATH, "provides:\n" + _flow("acme-corp-acme-widget-logs", "logs")),
    mends=True,
)
def derived(tile: Tile) -> Iterator[Problem]:
    """Metrics in metadata.csv have a flow of metrics, a log pipeline has a flow of logs."""
    file = _file(tile)
    if file is None or not isinstance(yaml_of(file).get("provides"), list):
        return
    known = [flow.get("data_type") for *__, flow in _flows(tile)]
    for kind, cause in _causes(tile).items():
        if cause and kind not in known:
            name = f"{tile.text_at('/app_id')}-{kind}"
            fix = _adding(_flow(name, kind)) if tile.text_at("/app_id") else None
            hint = _("add one with the id {name}", name=quoted(name))
            yield Problem(
                _("{cause}, and no flow has the data_type {kind}", cause=cause, kind=kind),
                file.path,
                hint=hint,
                fix=fix,
            )


def _causes(tile: Tile) -> dict[str, str]:
    """What a flow of a kind derives from, in words; empty where the tile has none."""
    metadata = tile.file(METADATA)
    metrics = metadata is not None and bool(metadata.csv.rows)
    logs = any(log_files(tile, tests=False))
    return {
        "metrics": "metadata.csv lists metrics" if metrics else "",
        "logs": _("there is a log pipeline") if logs else "",
    }


@rule(
    "dataflows/missing",
    step="review",
    severity=Severity.INFO,
    source=DATAFLOWS,
    since="2026-08-04",
    why="Datadog derives it from the metrics and the log pipelines; older tiles have none, new ones do.",
    form="List what flows into Datadog: metrics, logs, each under the integration's ID.",
    bad=Example(_PATH, None, shown=f"metrics in metadata.csv, and no {_PATH}"),
)
def missing(tile: Tile) -> Iterator[Problem]:
    """A tile with metrics in metadata.csv or a log pipeline has a list of data flows."""
    if tile.has(_PATH) or any(_MISNAMED.fullmatch(path) for path in tile.paths):
        return
    causes = {kind: cause for kind, cause in _causes(tile).items() if cause}
    if causes:
        ids = " and ".join(quoted(f"{tile.text_at('/app_id') or 'app_id'}-{kind}") for kind in causes)
        message = _("{causes}, and there is no list of data flows", causes=" and ".join(causes.values()))
        yield Problem(message, _PATH, hint=_("list under provides {ids}", ids=ids))


@rule(
    "dataflows/without-data",
    step="review",
    severity=Severity.INFO,
    source=DATAFLOWS,
    since="2026-08-04",
    why="Datadog derives flows of metrics from metadata.csv and flows of logs from pipelines; without these it takes the flow away.",
    form="List the metrics, add the log pipeline, or take the data flow away.",
    bad=Example(
        "metadata.csv",
        None,
        also={
            _PATH: "provides:\n" + _flow("acme-corp-acme-widget-metrics", "metrics"),
            MANIFEST: {"tile": {"classifier_tags": ["Category::Cloud"]}},
        },
    ),
)
def without_data(tile: Tile) -> Iterator[Problem]:
    """A flow of metrics has rows in metadata.csv, a flow of logs has a log pipeline, unless the tile is tagged with them."""
    causes, tags = _causes(tile), tile.list_at("/tile/classifier_tags")
    for file, index, flow in _flows(tile):
        kind = flow.get("data_type")
        # Of what is tagged and not there, integration/submitted-metrics and -logs tell.
        if isinstance(kind, str) and causes.get(kind) == "" and f"Submitted Data Type::{kind.title()}" not in tags:
            lacks = _("metadata.csv lists no metrics") if kind == "metrics" else _("there is no log pipeline")
            message = _("flow {index} carries {kind}, and {lacks}", index=index + 1, kind=kind, lacks=lacks)
            hint = _("take the flow away, or add what is sent")
            yield Problem(message, file.path, offset=_offset(file, index, "data_type"), hint=hint)


def _adding(flow: str) -> Fix:
    def fix(tile: Tile) -> Tile:
        file = _file(tile)
        flows = yaml_of(file).get("provides") if file is not None else None
        span = yaml_of(file).span("provides", len(flows) - 1) if file is not None and flows else None
        if file is None or span is None or yaml_of(file).keys != ("provides",) or flow in f"{file.text}\n":
            return tile
        start = file.text.rfind("\n", 0, span[0]) + 1
        indent = len(file.text[start : span[0]]) - len(file.text[start : span[0]].lstrip())
        lines = [" " * indent + line[2:] for line in flow.splitlines(keepends=True)]
        return tile.with_text(_PATH, file.text.rstrip() + "\n" + "".join(lines))

    return fix
