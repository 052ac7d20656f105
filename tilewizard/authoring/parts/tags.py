"""tile.classifier_tags: categories, systems, the offering, what is sent and read."""

from __future__ import annotations

from typing import Any

from tilewizard.answers.model import OFFERINGS, QUERIES, SUBMITS, Answers
from tilewizard.field.asset_kinds import DETECTION_RULES
from tilewizard.field.vocabulary import TileType
from tilewizard.tile.asset_files import files_of
from tilewizard.tile.tile import METADATA, SERVICE_CHECKS, Tile

from .part import Writing
from .pointers import at_pointer, put

POINTER = "/tile/classifier_tags"
_OFFERING_TAGS = {
    "integration": "Integration",
    "software-license": "Software License",
    "professional-service": "Professional Service",
    "ui-extension": "UI Extension",
}
_TAGGED = ("metrics", "logs", "events", "traces", "incidents")
"""Kinds of data that a tag exists for; service checks and security events have none."""


def _tagged(kinds: list[str]) -> list[str]:
    """The tags' values. A word that is no kind of data is one too: the check then says so, and it isn't lost."""
    return [kind.capitalize() for kind in kinds if kind in _TAGGED or kind not in SUBMITS]


def tags_of(answers: Answers) -> list[str]:
    """The classifier tags that answers stand for, kind by kind."""
    asked = {
        "Category": answers.listing.categories,
        "Offering": [_OFFERING_TAGS[answers.offering]] if answers.offering in _OFFERING_TAGS else [],
        "Queried Data Type": _tagged(answers.queries),
        "Submitted Data Type": _tagged(answers.submits),
        "Supported OS": answers.listing.supported_os,
    }
    if answers.type == TileType.TILE_ONLY:
        asked |= {"Queried Data Type": [], "Submitted Data Type": []}
    return [f"{kind}::{value}" for kind, values in asked.items() for value in values]


def write(value: dict[str, Any], writing: Writing) -> None:
    """Add the tags that are new and take away those that went; the others stay as and where they are."""
    old = [] if writing.new else tags_of(writing.before)
    new = tags_of(writing.after)
    if old == new and not writing.new:
        return
    present: list[Any] = at_pointer(value, POINTER, [])
    present = list(present) if isinstance(present, list) else []
    tags = [tag for tag in present if tag not in set(old) - set(new)]
    for tag in new:
        if tag not in old and tag not in tags:
            tags.insert(_place(tags, tag), tag)
    if tags != present or writing.new:
        put(value, POINTER, tags)


def _place(tags: list[Any], tag: str) -> int:
    """After the last tag of the same kind, else at the end."""
    kind = tag.partition("::")[0] + "::"
    alike = [index for index, each in enumerate(tags) if isinstance(each, str) and each.startswith(kind)]
    return alike[-1] + 1 if alike else len(tags)


def extract(tile: Tile) -> dict[str, Any]:
    """The answers that the tags, and where they are silent the files, stand for."""
    by_kind: dict[str, list[str]] = {}
    for tag in tile.list_at(POINTER):
        if isinstance(tag, str) and "::" in tag:
            kind, _, name = tag.partition("::")
            by_kind.setdefault(kind, []).append(name)
    offered = {name: key for key, name in _OFFERING_TAGS.items()}
    offering = next((offered[name] for name in by_kind.get("Offering", []) if name in offered), OFFERINGS[0])
    return {
        "listing": {
            "categories": by_kind.get("Category", []),
            "supported_os": by_kind.get("Supported OS", []),
        },
        "offering": offering,
        "submits": _submits(tile, by_kind.get("Submitted Data Type", [])),
        "queries": [kind for kind in QUERIES if kind.capitalize() in by_kind.get("Queried Data Type", [])],
        "type": _type(tile).value,
    }


def _submits(tile: Tile, tagged: list[str]) -> list[str]:
    """What is sent: as the tags say, and what the assets show."""
    kinds = {name.lower() for name in tagged}
    if tile.at("/assets/integration") is not None:
        metadata, checks = tile.file(METADATA), tile.file(SERVICE_CHECKS)
        kinds |= (
            {"metrics"}
            if tile.at("/assets/integration/metrics/metadata_path") and metadata and metadata.csv.rows
            else set()
        )
        kinds |= {"service_checks"} if checks and checks.json.value else set()
        kinds |= {"events"} if tile.at("/assets/integration/events/creates_events") is True else set()
        kinds |= {"logs"} if tile.at("/assets/logs") else set()
        kinds |= {"security_events"} if any(files_of(tile, DETECTION_RULES)) else set()
        # An integration object says that something is sent; service checks have no other trace.
        kinds = kinds or {"service_checks"}
    return [kind for kind in SUBMITS if kind in kinds]


def _type(tile: Tile) -> TileType:
    """The integration type, which no file states: from the Agent check's own files, else from what is exchanged."""
    spec = tile.file("assets/configuration/spec.yaml")
    if spec is not None or tile.under("datadog_checks", ".py"):
        code = "".join(file.text for path in tile.under("datadog_checks", ".py") if (file := tile.file(path)))
        openmetrics = "OpenMetrics" in code or (spec is not None and "openmetrics" in spec.text)
        return TileType.OPENMETRICS if openmetrics else TileType.PYTHON
    exchanged = ("Submitted Data Type::", "Queried Data Type::")
    tagged = any(isinstance(tag, str) and tag.startswith(exchanged) for tag in tile.list_at(POINTER))
    if tile.at("/assets/integration") is None and not tagged:
        return TileType.TILE_ONLY
    readme = tile.file("README.md")
    return TileType.DOGSTATSD if readme and "dogstatsd" in readme.text.lower() else TileType.REST_API
