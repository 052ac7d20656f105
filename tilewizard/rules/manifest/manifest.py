"""The manifest as a text: that it is there, that it is JSON, which version it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tilewizard.field.asset_kinds import MAPPED
from tilewizard.field.placeholders import leftovers
from tilewizard.field.vocabulary import Target
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.places import has_package
from tilewizard.tile.tile import MANIFEST, Tile

from ..registry import Example, rule
from ..sources import INTEGRATION_ASSETS, REVIEW, VALIDATE_MANIFEST
from .manifest_keys import kind_of


@rule(
    "manifest/missing",
    step="review",
    severity=Severity.ERROR,
    source=INTEGRATION_ASSETS,
    why="manifest.json is what makes a directory a tile: optional for a summer, new integrations have it again since then.",
    form="Write the tile: it has no description of itself yet.",
    bad=Example(MANIFEST, None),
    since="2026-09-15",
)
def missing(tile: Tile) -> Iterator[Problem]:
    """A tile has a manifest.json, unless it is a package whose listing is on the Developer Platform."""
    if not tile.has(MANIFEST) and not (tile.overrides or (tile.target == Target.PLATFORM and has_package(tile))):
        hint = _("make one with `tilewizard new`")
        if tile.file("pyproject.toml") is not None and tile.checkout is not None:
            hint += _(", or name the package in .ddev/config.toml when its listing is on the Developer Platform")
        yield Problem(_("there is no manifest.json"), hint=hint)


@rule(
    "manifest/syntax",
    step="review",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="A manifest that is not JSON is not read at all.",
    form="The tile's description of itself can't be read: mend it in an editor, at the place shown.",
    bad=Example(MANIFEST, '{"manifest_version": "2.0.0",}'),
)
def syntax(tile: Tile) -> Iterator[Problem]:
    """manifest.json is one JSON object."""
    file = tile.file(MANIFEST)
    if file is None:
        return
    for fault in file.json.faults:
        if fault.kind != "duplicate-key":
            yield Problem(_("manifest.json {message}", message=fault.message), offset=fault.offset, hint=fault.hint)
    if not file.json.faults and not isinstance(file.json.value, dict):
        yield Problem(_("manifest.json holds {json}", json=quoted(file.json.value)), hint=_("it is an object: { … }"))


@rule(
    "manifest/duplicate-key",
    step="review",
    severity=Severity.WARNING,
    source=INTEGRATION_ASSETS,
    why="Of two members with one key, the first is silently lost.",
    form="Keep one of the two values: the tile's description has the same entry twice.",
    bad=Example(MANIFEST, '{"app_id": "one", "app_id": "two"}'),
)
def duplicate_key(tile: Tile) -> Iterator[Problem]:
    """No key stands twice in an object of the manifest."""
    for fault in tile.manifest.faults:
        if fault.kind == "duplicate-key":
            yield Problem(_("manifest.json {message}", message=fault.message), offset=fault.offset, hint=fault.hint)


@rule(
    "manifest/version",
    step="review",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="Version 1.0.0 is the old form; Datadog publishes only 2.0.0.",
    form="Upgrade the tile to the present form: press F4 on Review.",
    bad=Example(MANIFEST, {"manifest_version": "1.0.0"}),
    at=("/manifest_version",),
)
def version(tile: Tile) -> Iterator[Problem]:
    """manifest_version is 2.0.0."""
    found = tile.at("/manifest_version", "2.0.0")
    if found == "1.0.0":
        hint = _("run `tilewizard edit TILE --upgrade`, or press F4 on this finding on the wizard's Review")
        yield Problem(_("this is a manifest of the old version 1.0.0"), pointer="/manifest_version", hint=hint)
    elif found not in ("2.0.0", "", None):
        message = _("manifest_version is {found} ({found2})", found=quoted(found), found2=kind_of(found))
        yield Problem(message, pointer="/manifest_version", hint=_('write "2.0.0"'))


_BRACKETED = re.compile(r"<[^<>]{2,200}>")


@rule(
    "manifest/placeholder",
    step="listing",
    severity=Severity.WARNING,
    source=REVIEW,
    why="Text left to be filled in is the first thing that a reviewer sends back.",
    form="Write the real text: this one was left to be filled in.",
    bad=Example(MANIFEST, {"author": {"name": "<Your company>"}}),
    good=Example(MANIFEST, {"author": {"name": "A < B > C"}}),
    mends=True,
)
def placeholder(tile: Tile) -> Iterator[Problem]:
    """No text of the manifest was left to be filled in."""
    text = tile.manifest.text
    # Hardly any manifest has one, and the text as a whole tells quickly.
    if "<" not in text and "\\u003" not in text and next(leftovers(text), None) is None:
        return
    for pointer, value in _texts(tile.at("")):
        # A tag that is none has a rule of its own.
        if pointer.startswith("/tile/classifier_tags/"):
            continue
        left = _BRACKETED.fullmatch(value.strip()) is not None or next(leftovers(value), None) is not None
        if left:
            entry = _optional(tile, pointer)
            hint = _("write the real text") + (_(", or take the entry away") if entry else "")
            fix = _without(entry, pointer, value) if entry else None
            yield Problem(
                _("{value} was left to be filled in", value=quoted(value)), pointer=pointer, hint=hint, fix=fix
            )


_ENTRY = re.compile(
    rf"(/tile/(?:media|resources)/\d+)/(?:image_url|url)|((?:{'|'.join(kind.pointer for kind in MAPPED)})/[^/]+)"
)


def _optional(tile: Tile, pointer: str) -> str:
    """The entry that a placeholder is the address of: without it the entry says nothing, and a tile may do without."""
    match = _ENTRY.fullmatch(pointer)
    if match is None:
        return ""
    entry = match.group(1) or match.group(2)
    path = tile.text_at(pointer)
    return "" if tile.has(path) else entry


def _without(entry: str, pointer: str, value: str) -> Fix:
    def fix(tile: Tile) -> Tile:
        # The same entry of a list that has become shorter is another one.
        return tile if tile.at(pointer) != value else tile.with_text(MANIFEST, tile.manifest.without(entry).text)

    return fix


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    """Every text of a JSON value with its pointer."""
    pending = [("", value)]
    while pending:
        pointer, each = pending.pop()
        if isinstance(each, str):
            yield pointer, each
        elif isinstance(each, dict):
            pending += [
                (f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}", inner) for key, inner in each.items()
            ]
        elif isinstance(each, list):
            pending += [(f"{pointer}/{index}", inner) for index, inner in enumerate(each)]
