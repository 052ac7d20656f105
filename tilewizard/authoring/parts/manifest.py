"""manifest.json: every question with a pointer of its own, the tags, the plans, the carousel, the assets."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

from tilewizard.answers.conditions import by_platform, on_marketplace, sends_data, sends_metrics
from tilewizard.answers.declaring import Kind
from tilewizard.answers.model import Answers
from tilewizard.answers.paths import is_given, value_at
from tilewizard.answers.questions import Question, applies, questions
from tilewizard.documents.json_document import JsonDocument
from tilewizard.field.vocabulary import Target
from tilewizard.tile.tile import CHANGELOG, MANIFEST, METADATA, README, SERVICE_CHECKS, Tile, TileFile

from . import lists, tags
from .part import Files, Part, Writing, shown
from .pointers import at_pointer, put, remove

ORDERS: dict[str, tuple[str, ...]] = {
    "": (
        *("manifest_version", "app_uuid", "app_id", "owner", "display_on_public_website", "tile"),
        *("author", "legal_terms", "pricing", "oauth", "assets"),
    ),
    "tile": (
        *("overview", "configuration", "uninstallation", "support", "changelog", "description", "title"),
        *("media", "classifier_tags", "resources"),
    ),
    "assets": ("integration", "dashboards", "monitors", "saved_views", "logs", "oauth"),
    "integration": (
        *("source_type_name", "source_type_id", "auto_install", "process_signatures", "configuration"),
        *("events", "metrics", "service_checks"),
    ),
    "metrics": ("prefix", "check", "metadata_path"),
}
"""The order of keys in each object of a new manifest, by the key that holds the object."""

KEY_ORDER = tuple(dict.fromkeys(key for order in ORDERS.values() for key in order))
"""Where a key that is added to an old manifest goes among its siblings; a key not listed goes last."""

_SPECIAL = ("/tile/classifier_tags", "/tile/media", "/tile/resources", "/pricing", "/legal_terms/eula")


def scalars() -> list[Question]:
    """The questions that are one value of the manifest."""
    return [
        each
        for each in questions()
        if each.ask.at.startswith("/")
        and each.ask.at not in _SPECIAL
        and each.ask.kind not in (Kind.FILE, Kind.FILES, Kind.TABLE)
    ]


def extract(tile: Tile) -> dict[str, Any]:
    """The answers that the manifest holds; values of the wrong type as the text that stands there."""
    found: dict[str, Any] = {}
    for question in scalars():
        value = tile.at(question.ask.at)
        if value is None:
            value = tile.stated(question.ask.at) or None
        if value is not None:
            put(found, "/" + "/".join(question.path), _as_answer(question, value))
    found |= {"target": tile.target.value}
    if tile.target == Target.PLATFORM:
        found["sold"] = tile.sold
    for part in (tags.extract(tile), lists.extract(tile)):
        for key, value in part.items():
            found[key] = {**found.get(key, {}), **value} if isinstance(value, dict) else value
    return found


def _as_answer(question: Question, value: Any) -> Any:
    if question.ask.kind == Kind.SWITCH:
        return value if isinstance(value, bool) else None
    if question.ask.kind == Kind.NUMBER:
        return value if isinstance(value, int | float) and not isinstance(value, bool) else shown(value)
    if question.ask.kind == Kind.LIST or (question.name == "metrics.check" and isinstance(value, list)):
        return [shown(item) for item in value] if isinstance(value, list) else [shown(value)]
    return shown(value)


def files(writing: Writing) -> Files:
    """The manifest with the values of the answers that differ; a new one in the usual order of keys."""
    base = writing.base.file(MANIFEST)
    if writing.base.overrides is not None and not _says_more(writing):
        return {}  # A directory that has no manifest on purpose gets none by an edit; only its listing, once it is told, has one.
    if base is not None and base.json.broken:
        return {}  # Nothing can be set in what is no JSON; the finding on its syntax says what to mend first.
    value = copy.deepcopy(base.json.value) if base is not None else {}
    if not isinstance(value, dict):
        return {}
    write_value(value, writing if base is not None else replace(writing, new=True, before=Answers()))
    if base is None:
        return {MANIFEST: TileFile(MANIFEST, JsonDocument.of(in_order(value)).text.encode())}
    return {MANIFEST: base.with_text(base.json.with_value("", value, key_order=KEY_ORDER).text)}


def _says_more(writing: Writing) -> bool:
    """Whether the answers say anything that a manifest would hold, beside what the directory was read as."""
    value: dict[str, Any] = {}
    write_value(value, writing)
    return by_platform(writing.after) and bool(value)


def write_value(value: dict[str, Any], writing: Writing) -> None:
    """Set in a manifest's data what differs between the answers before and after."""
    before, after = writing.before, writing.after
    if writing.new:
        value["manifest_version"] = "2.0.0"
    _structure(value, writing)
    for question in scalars():
        # What the manifest has is kept and changed even where a new tile wouldn't be asked for it.
        there = not writing.new and is_given(value_at(before, question.path))
        old = None if writing.new else _written(question, before, there)
        new = _written(question, after, there)
        if old == new:
            continue
        if is_given(new):
            put(value, question.ask.at, new)
        else:
            remove(value, question.ask.at)
    tags.write(value, writing)
    lists.write(value, writing)
    if by_platform(after) and after.sold and "pricing" not in value:
        value["pricing"] = []  # It is sold, though no plan is there yet.
    for pointer, given in after.manifest.items():
        if before.manifest.get(pointer, ...) != given:
            remove(value, pointer) if given is None else put(value, pointer, copy.deepcopy(given))


def _written(question: Question, answers: Answers, there: bool) -> Any:
    return value_at(answers, question.path) if there or applies(question, answers) else None


def _structure(value: dict[str, Any], writing: Writing) -> None:
    """The keys that follow from what kind of tile it is."""
    after = writing.after
    if writing.new:
        put(value, "/tile/overview", f"{README}#Overview")
        put(value, "/tile/configuration", f"{README}#Setup")
        put(
            value,
            "/tile/support",
            f"{README}#Support" if "Support" in after.readme else f"{README}#Troubleshooting",
        )
        put(value, "/tile/changelog", CHANGELOG)
        put(value, "/tile/media", [])
        put(value, "/author", {})
        put(value, "/assets", {})
    sections = ({} if writing.new else writing.before.readme, after.readme)
    if "Uninstallation" in sections[1] and "Uninstallation" not in sections[0]:
        put(value, "/tile/uninstallation", f"{README}#Uninstallation")
    elif "Uninstallation" in sections[0] and "Uninstallation" not in sections[1]:
        remove(value, "/tile/uninstallation")
    _integration(value, writing)
    if not on_marketplace(after) and (writing.new or on_marketplace(writing.before)):
        for pointer in ("/pricing", "/legal_terms", "/author/vendor_id"):
            remove(value, pointer)


def _integration(value: dict[str, Any], writing: Writing) -> None:
    before, after = writing.before, writing.after
    sent = not writing.new and sends_data(before)
    if sent and not sends_data(after):
        remove(value, "/assets/integration")
    if not sends_data(after):
        return
    if not sent:
        put(value, "/assets/integration/configuration", _configuration(after))
        put(value, "/assets/integration/service_checks/metadata_path", SERVICE_CHECKS)
    if not sent or ("events" in before.submits) != ("events" in after.submits):
        put(value, "/assets/integration/events/creates_events", "events" in after.submits)
    if sends_metrics(after) and not (sent and sends_metrics(before)):
        put(value, "/assets/integration/metrics/metadata_path", METADATA)
    elif sent and sends_metrics(before) and not sends_metrics(after):
        remove(value, "/assets/integration/metrics")


def _configuration(answers: Answers) -> dict[str, str]:
    return {"spec": "assets/configuration/spec.yaml"} if answers.type.agent_based else {}


def in_order(value: Any, holder: str = "") -> Any:
    """The same data with the keys of every object in the usual order."""
    if isinstance(value, list):
        return [in_order(item, "-") for item in value]
    if not isinstance(value, dict):
        return value
    rank = {key: index for index, key in enumerate(ORDERS.get(holder, ()))}
    keys = sorted(value, key=lambda key: rank.get(key, len(rank)))
    return {key: in_order(value[key], key) for key in keys}


def _inputs(answers: Answers) -> tuple[Any, ...]:
    rows = answers.metrics.rows
    return (
        *(value_at(answers, question.path) for question in scalars()),
        *(answers.target, answers.sold, answers.type, answers.offering, answers.submits, answers.queries),
        *(answers.listing.categories, answers.listing.supported_os, answers.listing.resources),
        *lists.maps_of(answers),
        *(answers.pricing, answers.media, answers.logs, answers.oauth, answers.oauth_client, answers.eula),
        *(answers.manifest, tuple(answers.readme), bool(rows)),
    )


PART = Part("manifest", _inputs, extract, files)

__all__ = ["KEY_ORDER", "PART", "at_pointer", "in_order", "write_value"]
