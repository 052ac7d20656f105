"""The manifest's keys: which there are, which must be there, which kind of value each takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from tilewizard.field import names
from tilewizard.field.asset_kinds import MAPPED
from tilewizard.field.vocabulary import (
    DESCRIPTION_MAX,
    DESCRIPTION_MAX_MARKETPLACE,
    OWNER,
    TITLE_MAX,
    asked_keys,
    nearest,
)
from tilewizard.language import _
from tilewizard.quoting import quoted, visible
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.tile import MANIFEST, Tile

from ..registry import Example, rule
from ..sources import CREATE_A_TILE, INTEGRATION_ASSETS

TEXT, LIST, OBJECT, BOOLEAN, WHOLE = "text", "list", "object", "true or false", "whole number"

_UNASKED: dict[str, tuple[str, ...]] = {
    "/manifest_version": (TEXT,),
    "/tile/overview": (TEXT,),
    "/tile/configuration": (TEXT,),
    "/tile/uninstallation": (TEXT,),
    "/tile/support": (TEXT,),
    "/tile/changelog": (TEXT,),
    "/tile/classifier_tags": (LIST,),
    "/pricing/*": (OBJECT,),
    "/oauth": (OBJECT,),
    "/assets/oauth": (TEXT, OBJECT),
    "/assets/integration/id": (TEXT,),
    "/assets/integration/supports_ddr_coordinated_failover": (BOOLEAN,),
    "/assets/integration/configuration": (OBJECT,),
    "/assets/integration/configuration/spec": (TEXT,),
    "/assets/integration/events": (OBJECT,),
    "/assets/integration/events/creates_events": (BOOLEAN,),
    "/assets/integration/metrics/check": (TEXT, LIST),
    "/assets/integration/metrics/check/*": (TEXT,),
    "/assets/integration/metrics/metadata_path": (TEXT,),
    "/assets/integration/service_checks": (OBJECT,),
    "/assets/integration/service_checks/metadata_path": (TEXT,),
}
"""Keys that no question is kept at, and those that take more kinds of value than their question gives."""

KINDS: dict[str, tuple[str, ...]] = {
    **_UNASKED,  # First for the order in which hints name keys, last since theirs are all the kinds.
    **{pointer: (kind,) for pointer, kind in asked_keys().items()},
    **{
        pointer: kind
        for each in MAPPED
        for pointer, kind in ((each.pointer, (OBJECT,)), (f"{each.pointer}/*", (TEXT,)))
    },
    **_UNASKED,
}
"""Every known key and the kinds of value that it takes; ``*`` stands for every member of a list or an object of names.

Entries of media, resources and tags, and the keys of a plan, have rules of their own. A key that a question is kept at
is known by the question (``asked_keys.json``), the map of a kind of assets by :mod:`tilewizard.field.asset_kinds`.
"""

MOVED = {
    "integration_id": "app_id",
    "is_public": "display_on_public_website",
    "short_description": "tile.description",
    "public_title": "tile.title",
    "display_name": "assets.integration.source_type_name",
    "maintainer": "author.support_email",
    "creates_events": "assets.integration.events.creates_events",
    "metric_prefix": "assets.integration.metrics.prefix",
    "metric_to_check": "assets.integration.metrics.check",
    "process_signatures": "assets.integration.process_signatures",
    "supported_os": "tile.classifier_tags, as Supported OS::…",
    "categories": "tile.classifier_tags, as Category::…",
    "guid": _("app_uuid, with a new UUID"),
    "support": "",
    "type": "",
    "metrics_metadata": "assets.integration.metrics.metadata_path",
    "service_checks": "assets.integration.service_checks.metadata_path",
    "configuration": "assets.integration.configuration",
}
"""Keys of version 1.0.0 (at the top or in assets) and where their values go in 2.0.0, if anywhere (tile-facts, "Upgrade
from 1.0.0")."""

_REQUIRED = (
    *("/manifest_version", "/app_uuid", "/app_id", "/owner", "/display_on_public_website"),
    *("/tile", "/tile/title", "/tile/description", "/tile/overview", "/tile/configuration", "/tile/support"),
    *("/tile/changelog", "/tile/media", "/tile/classifier_tags", "/author", "/author/name"),
    *("/author/support_email", "/assets"),
)
_ASKED = ("/author/homepage", "/author/sales_email")
_USUAL = {
    "/manifest_version": '"2.0.0"',
    "/app_uuid": _("a new UUID, as `uuidgen` prints one"),
    "/owner": f'"{OWNER}"',
    "/display_on_public_website": "true",
    "/tile/overview": '"README.md#Overview"',
    "/tile/configuration": '"README.md#Setup"',
    "/tile/uninstallation": '"README.md#Uninstallation"',
    "/tile/support": '"README.md#Support"',
    "/tile/changelog": '"CHANGELOG.md"',
    "/tile/media": "[]",
    "/tile/classifier_tags": '["Category::…", "Offering::Integration", "Supported OS::…"]',
}
"""What partners write for a key that has one usual value."""
_FORMS = {
    "/app_uuid": _("Let the wizard make a number that Datadog knows the tile by."),
    "/app_id": _("Write a name for addresses: lower-case words joined by dashes, such as acme-widget."),
    "/owner": _("Name the team at Datadog that looks after the tile."),
    "/display_on_public_website": _("Say whether the tile may be shown in public."),
    "/tile/overview": _("Write the section Overview: what the offering does and for whom."),
    "/tile/configuration": _("Write the section Setup: the steps to get started."),
    "/tile/uninstallation": _("Write the section Uninstallation: the steps to remove it."),
    "/tile/support": _("Write the section Support: whom customers can ask."),
    "/tile/changelog": _("Add the first release to the changelog."),
    "/tile/media": _("Add pictures for the carousel, or say that there are none."),
    "/tile/classifier_tags": _("Choose at least one category, what is offered, and where it runs."),
    "/author": _("Say who offers this."),
    "/author/name": _("Write your company's name, as customers know it."),
    "/author/support_email": _("Write the mail address that customers can ask, such as support@acme.example."),
    "/author/homepage": _("Write your company's web address, such as https://www.acme.example."),
    "/author/sales_email": _("Write the mail address for Datadog's questions on sales, such as sales@acme.example."),
}
"""What to do at the question where an answer is missing."""
_ON_MARKETPLACE = "/tile/uninstallation"
_ENTRY_KEYS = {
    "/tile/media": ("media_type", "caption", "image_url", "vimeo_id"),
    "/tile/resources": ("resource_type", "url"),
}
"""The keys of the entries of lists that have rules of their own."""
_SURE = 0.8
"""Likeness (difflib) from which a misspelled key can only mean the known one."""


def kind_of(value: Any) -> str:
    """What a JSON value is, in words."""
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, int):
        return WHOLE
    kinds: dict[type, str] = {str: TEXT, list: LIST, dict: OBJECT, float: "number"}
    return kinds.get(type(value), "null")


def dotted(pointer: str) -> str:
    """A pointer as people write it: ``/tile/title`` → ``tile.title``; long or unprintable names as messages show them."""
    parts = (part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/"))
    return ".".join(visible(f"{part[:60]}…" if len(part) > 60 else part) for part in parts)


@cache
def _known() -> dict[str, tuple[str, ...]]:
    """For each known object the names of its known keys; an object of free names has ``*`` alone."""
    found: dict[str, list[str]] = {}
    for pointer in KINDS:
        parent, __, name = pointer.rpartition("/")
        found.setdefault(parent, []).append(name)
    return {parent: tuple(keys) for parent, keys in found.items()}


def _members(tile: Tile) -> Iterator[tuple[str, str, Any]]:
    """Every member of a known object or list: the place that the table knows it by, its pointer, its value."""
    pending = [("", "", tile.at(""))]
    while pending:
        place, pointer, value = pending.pop()
        if (
            place not in _known()
            or kind_of(value) not in (OBJECT, LIST)
            or kind_of(value) not in KINDS.get(place, (OBJECT,))
        ):
            continue
        free = _known()[place] == ("*",)
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, each in pairs:
            escaped = str(key).replace("~", "~0").replace("/", "~1")
            inner = f"{place}/*" if free else f"{place}/{escaped}"
            yield inner, f"{pointer}/{escaped}", each
            pending.append((inner, f"{pointer}/{escaped}", each))


def _is_current(tile: Tile) -> bool:
    """Whether there is a manifest that can be held against the keys of version 2.0.0."""
    return isinstance(tile.at(""), dict) and tile.at("/manifest_version") != "1.0.0" and not tile.manifest.broken


@rule(
    "manifest/required-key",
    step="listing",
    severity=Severity.ERROR,
    source=INTEGRATION_ASSETS,
    why="Datadog refuses a manifest that lacks one of these keys.",
    form="Fill this in: Datadog refuses a tile without it.",
    bad=Example(MANIFEST, {"tile": {"title": None}}),
    at=(*_REQUIRED, *_ASKED, _ON_MARKETPLACE),
)
def required_key(tile: Tile) -> Iterator[Problem]:
    """Every key that a manifest of version 2.0.0 must have is there and not empty."""
    if not _is_current(tile):
        return
    extra = (_ON_MARKETPLACE,) if tile.sold else ()
    for pointer in (*_REQUIRED, *_ASKED, *extra):
        value = tile.at(pointer)
        blank = isinstance(value, str) and not value.strip()
        lost = value is None and isinstance(tile.at(pointer.rpartition("/")[0]), dict)
        if lost or blank:
            name = dotted(pointer)
            usual = f": {_usual(tile, pointer)}" if _usual(tile, pointer) else ""
            yield Problem(
                _("{name} is missing", name=name) if lost else _("{name} is empty", name=name),
                pointer=pointer,
                hint=_("add {name}{usual}", name=name, usual=usual)
                if lost
                else _("fill in {name}{usual}", name=name, usual=usual),
                form=_form(tile, pointer),
                severity=None if pointer in _REQUIRED else Severity.WARNING,
            )


def _form(tile: Tile, pointer: str) -> str:
    """What to do at the question; empty where the rule's own sentence serves."""
    if pointer == "/tile/description":
        limit = DESCRIPTION_MAX_MARKETPLACE if tile.sold else DESCRIPTION_MAX
        return _("Say in one line what it does, in at most {limit} characters.", limit=limit)
    if pointer == "/tile/title":
        return _("Name the offering, in at most {limit} characters.", limit=TITLE_MAX)
    return _FORMS.get(pointer, "")


def _usual(tile: Tile, pointer: str) -> str:
    """The value that a missing key most likely takes; empty where only the partner knows it."""
    if pointer == "/app_id" and names.snake(tile.name):
        return f'"{names.kebab(tile.name)}"'
    return _USUAL.get(pointer, "")


@rule(
    "manifest/type",
    step="listing",
    severity=Severity.ERROR,
    source=INTEGRATION_ASSETS,
    why="A value of the wrong kind can't be read by Datadog.",
    form="Write this anew: the value is of a kind that Datadog can't read here.",
    bad=Example(MANIFEST, {"tile": {"title": 12}}),
    at=tuple(KINDS),
)
def types(tile: Tile) -> Iterator[Problem]:
    """Every known key of the manifest holds the kind of value that it is for."""
    for place, pointer, value in _members(tile):
        kinds = KINDS.get(place)
        if kinds is None or kind_of(value) in kinds:
            continue
        found = "null" if value is None else f"{_article(kind_of(value))}: {quoted(value)}"
        hint = _("write {unquoted}", unquoted=_unquoted(value, kinds) or _article(kinds[0])) + (
            _(", or take the key away") if value is None else ""
        )
        yield Problem(
            _("{pointer} is {found}", pointer=dotted(pointer), found=found),
            pointer=pointer,
            hint=hint,
            form=_retyped(value, kinds[0]),
        )


_RETYPED = {
    TEXT: _("Write this as words: {value} can't be read as them."),
    LIST: _("List this anew, an entry each: {value} is no list."),
    OBJECT: _("Answer these questions anew: {value} stands in their place."),
    BOOLEAN: _("Switch this on or off: {value} says neither."),
    WHOLE: _("Write a whole number: {value} is none."),
}
"""What to do at the question by the kind of value that is due."""


def _retyped(value: Any, kind: str) -> str:
    """The wrong value in the form's voice; empty where it has no short one to show."""
    shown = value if isinstance(value, str) else str(value)
    return "" if isinstance(value, (list, dict)) or value is None else _RETYPED[kind].format(value=quoted(shown, 40))


def _unquoted(value: Any, kinds: tuple[str, ...]) -> str:
    """A number, or true or false, that stands as a text, as JSON has it; one text where a list of them is due, too."""
    if not isinstance(value, str) or len(value) > 60:
        return ""
    if kinds[0] == LIST and value.isprintable():
        return json.dumps([value], ensure_ascii=False)
    plain = value.strip().lower()
    right = (WHOLE in kinds and plain.isascii() and plain.isdigit()) or (
        BOOLEAN in kinds and plain in ("true", "false")
    )
    return _("{plain} without the quotes", plain=plain) if right else ""


def _article(kind: str) -> str:
    return (
        kind
        if kind in (TEXT, "null", BOOLEAN)
        else _("an {kind}", kind=kind)
        if kind == OBJECT
        else _("a {kind}", kind=kind)
    )


@rule(
    "manifest/unknown-key",
    step="review",
    severity=Severity.INFO,
    source=CREATE_A_TILE,
    why="Datadog passes over a key that it doesn't know, and with it over what you meant to say.",
    form="Remove or rename the entry that Datadog doesn't know.",
    bad=Example(MANIFEST, {"tile": {"clasifier_tags": []}}),
    good=Example(MANIFEST, {"assets": {"integration": {"supports_ddr_coordinated_failover": False}}}),
    mends=True,
)
def unknown_key(tile: Tile) -> Iterator[Problem]:
    """The manifest has no keys but those of version 2.0.0."""
    if not _is_current(tile):
        return
    for place, pointer, __ in _members(tile):
        parent, __, name = place.rpartition("/")
        key = name.replace("~1", "/").replace("~0", "~")
        # ``terms`` has a rule of its own; null and all else that is wrong with a known key, too.
        if place in KINDS or place == "/terms":
            continue
        if place == "/legal_terms/legal_email":
            message, hint = (
                _("legal_email is a key of the old manifest version 1.0.0"),
                _("move its value to author.sales_email"),
            )
            yield Problem(message, pointer=pointer, key=True, hint=hint, severity=Severity.WARNING)
            continue
        if key in MOVED and parent in ("", "/assets"):
            yield Problem(
                _("{pointer} is a key of the old manifest version 1.0.0", pointer=dotted(pointer)),
                pointer=pointer,
                key=True,
                hint=_("move its value to {moved}", moved=MOVED[key]) if MOVED[key] else _("take it away"),
                # Datadog's validators still look for metadata.csv where this one says.
                severity=Severity.ERROR if key == "metrics_metadata" else Severity.WARNING,
            )
            continue
        yield _misspelled(tile, parent, key, pointer)
    for place, keys in _ENTRY_KEYS.items():
        for index, item in enumerate(tile.list_at(place)):
            for key in item if isinstance(item, dict) else ():
                if key not in keys:
                    escaped = key.replace("~", "~0").replace("/", "~1")
                    yield _misspelled(tile, place, key, f"{place}/{index}/{escaped}")


def _misspelled(tile: Tile, parent: str, key: str, pointer: str) -> Problem:
    known = _known()[parent] if parent in _known() else _ENTRY_KEYS[parent]
    near = nearest(key[:100], known)
    where = _("the keys here are {known}", known=", ".join(known))
    sure = near is not None and SequenceMatcher(None, key[:100], near).ratio() >= _SURE
    mend = sure and tile.at(f"{pointer.rpartition('/')[0]}/{near}") is None
    if not mend and not sure and tile.at(f"{pointer.rpartition('/')[0]}/{near}") is not None:
        near = None  # What it resembles is there already, so something else was meant.
    return Problem(
        _("the key {key} is unknown", key=quoted(key)),
        pointer=pointer,
        key=True,
        hint=_("did you mean {near}?", near=near) if near else where,
        severity=Severity.WARNING if near else None,
        fix=renaming(pointer, near) if mend and near else None,
    )


def renaming(pointer: str, name: str) -> Fix:
    """A fix that gives the manifest's key at a pointer another name."""

    def fix(tile: Tile) -> Tile:
        if tile.at(pointer) is None:
            return tile
        return tile.with_text(MANIFEST, tile.manifest.renamed_key(pointer, name).text)

    return fix
