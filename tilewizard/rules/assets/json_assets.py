"""JSON files that the manifest names under ``assets``: finding them, reading them, mending one value of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tilewizard.field.asset_kinds import MAPPED, AssetKind
from tilewizard.field.vocabulary import vocabulary
from tilewizard.language import _, ngettext
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.asset_files import files_of, named_files, plain_path
from tilewizard.tile.tile import MANIFEST, METADATA, Tile, TileFile

__all__ = [
    "assets",
    "objects",
    "plain_path",
    "removing",
    "setting",
    "unknown_metrics",
    "unreadable",
    "unreadable_files",
]
_KINDS = {kind.name: kind for kind in MAPPED}

_AGGREGATES = frozenset({"avg", "max", "min", "sum", "count", "median", "95percentile", "quantile", "bucket", "total"})
"""What the Agent adds to a histogram's or a distribution's name."""
_UNKNOWN_MAX = 50
"""Unknown metrics of one file that are reported."""


def assets(tile: Tile, key: str) -> Iterator[TileFile]:
    """The files that the manifest names under ``assets.<key>`` and that are there, each once; without a manifest all in their folder."""
    yield from (named_files if tile.has(MANIFEST) else files_of)(tile, _KINDS[key])


def objects(tile: Tile, key: str) -> Iterator[tuple[TileFile, dict[str, Any]]]:
    """Those of them that can be read as a JSON object, with that object."""
    for file in assets(tile, key):
        if not file.json.broken and isinstance(file.json.value, dict):
            yield file, file.json.value


def unreadable(file: TileFile, kind: str) -> Problem | None:
    """What keeps a file from being a JSON object, or None. ``kind`` names it: ``dashboard``, ``monitor``."""
    # A number of thousands of digits stops most readers, and NaN is no JSON.
    fault = next((each for each in file.json.faults if file.json.broken or each.kind == "constant"), None)
    if fault is not None:
        return Problem(
            _("{path} {message}", path=quoted(file.path), message=fault.message),
            file.path,
            offset=fault.offset,
            hint=fault.hint,
        )
    if not isinstance(file.json.value, dict):
        return Problem(
            _("{path} is no object", path=quoted(file.path)),
            file.path,
            hint=_("export the {kind} as JSON again", kind=kind),
        )
    return None


def unreadable_files(tile: Tile, kind: AssetKind) -> Iterator[Problem]:
    """What keeps the files of a kind from being JSON objects."""
    for file in files_of(tile, kind):
        problem = unreadable(file, kind.called)
        if problem is not None:
            yield problem


def setting(path: str, pointer: str, value: Any) -> Fix:
    """A fix that writes a value at a pointer of a JSON file."""

    def fix(tile: Tile) -> Tile:
        file = tile.file(path)
        if file is None or file.json.broken:
            return tile
        return tile.with_text(path, file.json.with_value(pointer, value).text)

    return fix


def removing(path: str, pointer: str) -> Fix:
    """A fix that takes a key of a JSON file away."""

    def fix(tile: Tile) -> Tile:
        file = tile.file(path)
        return tile if file is None else tile.with_text(path, file.json.without(pointer).text)

    return fix


def unknown_metrics(
    tile: Tile, files: Iterable[TileFile], queried: Callable[[TileFile], Iterable[str]]
) -> Iterator[Problem]:
    """Metrics of this tile that files query and metadata.csv doesn't list.

    Only a name with the tile's own prefix is surely the tile's; a prefix that every integration may use says nothing.
    """
    prefix, metadata = tile.stated("/assets/integration/metrics/prefix"), tile.file(METADATA)
    shared = tuple(vocabulary()["metadata_always_allowed_prefixes"])
    if not prefix or metadata is None or not metadata.csv.rows or prefix.startswith(shared):
        return
    known = {record.get("metric_name", "") for record in metadata.csv.rows}
    severity = Severity.INFO if not tile.sold else None
    for file in files:
        missing = [name for name in sorted(set(queried(file))) if name.startswith(prefix) and not _listed(name, known)]
        for name in missing[:_UNKNOWN_MAX]:
            hint = _("list it in metadata.csv, or query one that is listed")
            yield Problem(
                _("{name} is not in metadata.csv", name=quoted(name)),
                file.path,
                offset=_place(file.text, name),
                hint=hint,
                form=_(
                    "List {name} in Metrics & checks, or mend the query: the tile doesn't list it.", name=quoted(name)
                ),
                severity=severity,
            )
        if len(missing) > _UNKNOWN_MAX:
            hint = _("list them in metadata.csv")
            yield Problem(
                ngettext(
                    "and {count} more metric is not in metadata.csv",
                    "and {count} more metrics are not in metadata.csv",
                    len(missing) - _UNKNOWN_MAX,
                ),
                file.path,
                hint=hint,
                form=ngettext(
                    "List the other metric that it queries in Metrics & checks, too.",
                    "List the other {count} metrics that it queries in Metrics & checks, too.",
                    len(missing) - _UNKNOWN_MAX,
                ),
                severity=severity,
            )


def _listed(metric: str, known: set[str]) -> bool:
    """Whether a metric is listed, itself or as the histogram that it is an aggregate of: ``x.avg`` of ``x``."""
    start, __, end = metric.rpartition(".")
    return metric in known or (start in known and end in _AGGREGATES)


def _place(text: str, metric: str) -> int:
    match = re.search(rf"{re.escape(metric)}(?![\w.])", text)
    return match.start() if match else max(text.find(metric), 0)
