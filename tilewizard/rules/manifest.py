"""The manifest as a whole: that it is there, that it is JSON, that its keys and paths hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tilewizard.findings import Problem, Severity
from tilewizard.quoting import quoted
from tilewizard.tile import CHANGELOG, MANIFEST, README, Tile
from tilewizard.vocabulary import Target

from .registry import Example, rule
from .sources import CREATE_A_TILE, INTEGRATION_ASSETS, VALIDATE_MANIFEST

TYPES: dict[str, tuple[str, ...]] = {
    "/manifest_version": ("text",),
    "/app_uuid": ("text",),
    "/app_id": ("text",),
    "/owner": ("text",),
    "/display_on_public_website": ("true or false",),
    "/tile": ("object",),
    "/tile/overview": ("text",),
    "/tile/configuration": ("text",),
    "/tile/uninstallation": ("text",),
    "/tile/support": ("text",),
    "/tile/changelog": ("text",),
    "/tile/title": ("text",),
    "/tile/description": ("text",),
    "/tile/media": ("list",),
    "/tile/classifier_tags": ("list",),
    "/tile/resources": ("list",),
    "/author": ("object",),
    "/author/name": ("text",),
    "/author/homepage": ("text",),
    "/author/support_email": ("text",),
    "/author/sales_email": ("text",),
    "/author/vendor_id": ("text",),
    "/legal_terms": ("object",),
    "/legal_terms/eula": ("text",),
    "/pricing": ("list",),
    "/oauth": ("object",),
    "/assets": ("object",),
    "/assets/integration": ("object",),
    "/assets/integration/source_type_name": ("text",),
    "/assets/integration/source_type_id": ("whole number",),
    "/assets/integration/auto_install": ("true or false",),
    "/assets/integration/configuration": ("object",),
    "/assets/integration/events": ("object",),
    "/assets/integration/events/creates_events": ("true or false",),
    "/assets/integration/metrics": ("object",),
    "/assets/integration/metrics/prefix": ("text",),
    "/assets/integration/metrics/check": ("text", "list"),
    "/assets/integration/metrics/metadata_path": ("text",),
    "/assets/integration/service_checks": ("object",),
    "/assets/integration/service_checks/metadata_path": ("text",),
    "/assets/integration/process_signatures": ("list",),
    "/assets/dashboards": ("object",),
    "/assets/monitors": ("object",),
    "/assets/saved_views": ("object",),
    "/assets/logs": ("object",),
}
"""Every known key and the kinds of value that it takes."""

_REQUIRED = (
    *("/manifest_version", "/app_uuid", "/app_id", "/owner", "/display_on_public_website"),
    *("/tile", "/tile/title", "/tile/description", "/tile/overview", "/tile/configuration", "/tile/support"),
    *("/tile/changelog", "/tile/media", "/tile/classifier_tags", "/author", "/author/name"),
    *("/author/support_email", "/assets"),
)
_REQUIRED_SOFT = ("/author/homepage", "/author/sales_email")
_PARTS = ("overview", "configuration", "uninstallation", "support")


def kind_of(value: Any) -> str:
    """What a JSON value is, in words."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int):
        return "whole number"
    if isinstance(value, float):
        return "number"
    kinds: dict[type, str] = {str: "text", list: "list", dict: "object"}
    return kinds.get(type(value), "null")


@rule(
    "manifest/missing",
    step="review",
    severity=Severity.ERROR,
    source=INTEGRATION_ASSETS,
    why="manifest.json is what makes a directory a tile; without it nothing is published.",
    bad=Example(MANIFEST, None),
)
def missing(tile: Tile) -> Iterator[Problem]:
    """A tile has a manifest.json."""
    if tile.file(MANIFEST) is None:
        yield Problem("there is no manifest.json", hint="make one with `tilewizard new`")


@rule(
    "manifest/syntax",
    step="review",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="A manifest that is not JSON is not read at all.",
    bad=Example(MANIFEST, '{"manifest_version": "2.0.0",}'),
)
def syntax(tile: Tile) -> Iterator[Problem]:
    """manifest.json is one JSON object."""
    file = tile.file(MANIFEST)
    if file is None:
        return
    for fault in file.json.faults:
        if fault.kind != "duplicate-key":
            yield Problem(f"manifest.json {fault.message}", offset=fault.offset, hint=fault.hint)
    if not file.json.broken and not isinstance(file.json.value, dict):
        yield Problem(f"manifest.json holds a {kind_of(file.json.value)}", hint="it is an object: { … }")


@rule(
    "manifest/duplicate-key",
    step="review",
    severity=Severity.WARNING,
    source=INTEGRATION_ASSETS,
    why="Of two members with one key, the first is silently lost.",
    bad=Example(MANIFEST, '{"app_id": "one", "app_id": "two"}'),
)
def duplicate_key(tile: Tile) -> Iterator[Problem]:
    """No key stands twice in an object of the manifest."""
    for fault in tile.manifest.faults:
        if fault.kind == "duplicate-key":
            yield Problem(f"manifest.json {fault.message}", offset=fault.offset, hint=fault.hint)


@rule(
    "manifest/version",
    step="review",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="Version 1.0.0 is the old form; Datadog publishes only 2.0.0.",
    bad=Example(MANIFEST, {"manifest_version": "1.0.0"}),
    at=("/manifest_version",),
)
def version(tile: Tile) -> Iterator[Problem]:
    """manifest_version is 2.0.0."""
    found = tile.at("/manifest_version", "2.0.0")
    if found == "1.0.0":
        hint = (
            "open it with `tilewizard edit` and choose “Upgrade the manifest”, or run `tilewizard edit TILE --upgrade`"
        )
        yield Problem("this is a manifest of the old version 1.0.0", pointer="/manifest_version", hint=hint)
    elif found != "2.0.0":
        yield Problem(f"manifest_version is {quoted(found)}", pointer="/manifest_version", hint='write "2.0.0"')


@rule(
    "manifest/required-key",
    step="listing",
    severity=Severity.ERROR,
    source=INTEGRATION_ASSETS,
    why="Datadog refuses a manifest that lacks one of these keys.",
    bad=Example(MANIFEST, {"tile": {"title": None}}),
    at=(*_REQUIRED, *_REQUIRED_SOFT),
)
def required_key(tile: Tile) -> Iterator[Problem]:
    """Every key that a manifest of version 2.0.0 must have is there and not empty."""
    if not isinstance(tile.at(""), dict) or tile.at("/manifest_version") == "1.0.0" or tile.manifest.broken:
        return
    for pointer in (*_REQUIRED, *_REQUIRED_SOFT):
        value = tile.at(pointer)
        severity = Severity.WARNING if pointer in _REQUIRED_SOFT else None
        if value is None and tile.at(pointer.rpartition("/")[0]) is not None:
            name = pointer[1:].replace("/", ".")
            yield Problem(f"{name} is missing", pointer=pointer, hint=f"add {name}", severity=severity)
        elif value == "":
            name = pointer[1:].replace("/", ".")
            yield Problem(f"{name} is empty", pointer=pointer, hint=f"fill in {name}", severity=severity)


@rule(
    "manifest/type",
    step="listing",
    severity=Severity.ERROR,
    source=INTEGRATION_ASSETS,
    why="A value of the wrong kind can't be read by Datadog.",
    bad=Example(MANIFEST, {"tile": {"title": 12}}),
    at=tuple(TYPES),
)
def types(tile: Tile) -> Iterator[Problem]:
    """Every known key of the manifest holds the kind of value that it is for."""
    for pointer, kinds in TYPES.items():
        value = tile.at(pointer)
        if value is None or kind_of(value) in kinds:
            continue
        name = pointer[1:].replace("/", ".")
        yield Problem(
            f"{name} is {_article(kind_of(value))}: {quoted(value)}",
            pointer=pointer,
            hint=f"write {_article(kinds[0])}",
        )


def _article(kind: str) -> str:
    return kind if kind in ("text", "null", "true or false") else f"an {kind}" if kind == "object" else f"a {kind}"


@rule(
    "manifest/heading",
    step="readme",
    severity=Severity.ERROR,
    source=CREATE_A_TILE,
    why="Each tab of the tile's page shows the README section that the manifest names; without it the tab is empty.",
    bad=Example(MANIFEST, {"tile": {"support": "README.md#Helpdesk"}}),
    at=tuple(f"/tile/{part}" for part in _PARTS),
)
def heading(tile: Tile) -> Iterator[Problem]:
    """tile.overview, configuration, uninstallation and support name headings that README.md has."""
    readme = tile.file(README)
    if readme is None or readme.readme.faults:
        return
    titles = {each.title.strip().lower() for each in readme.readme.headings}
    for part in _PARTS:
        value = tile.text_at(f"/tile/{part}")
        file, _, name = value.partition("#")
        if value and file == README and name.replace("-", " ").lower() not in titles and name.lower() not in titles:
            yield Problem(
                f"tile.{part} names the heading {quoted(name)}, which README.md doesn't have",
                pointer=f"/tile/{part}",
                hint=f"add a section “## {name}” to README.md or name one that it has",
                # Two thirds of the published free tiles name a Support section that they call Troubleshooting.
                severity=Severity.WARNING if part == "support" and tile.target == Target.EXTRAS else None,
            )


def _paths(tile: Tile) -> Iterator[tuple[str, str]]:
    """Every path that the manifest names, with its pointer."""
    for part in _PARTS:
        value = tile.text_at(f"/tile/{part}")
        if value:
            yield f"/tile/{part}", value.partition("#")[0]
    pointers = ["/tile/changelog", "/legal_terms/eula", "/assets/oauth", "/assets/integration/configuration/spec"]
    pointers += ["/assets/integration/metrics/metadata_path", "/assets/integration/service_checks/metadata_path"]
    for pointer in pointers:
        if tile.text_at(pointer):
            yield pointer, tile.text_at(pointer)
    for key in ("dashboards", "monitors", "saved_views"):
        for name, value in tile.object_at(f"/assets/{key}").items():
            if isinstance(value, str):
                yield f"/assets/{key}/{name.replace('~', '~0').replace('/', '~1')}", value
    for index, item in enumerate(tile.list_at("/tile/media")):
        if isinstance(item, dict) and isinstance(item.get("image_url"), str) and item["image_url"]:
            yield f"/tile/media/{index}/image_url", item["image_url"]


@rule(
    "manifest/path",
    step="review",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="Datadog publishes the files that the manifest names; one that isn't there can't be.",
    bad=Example(MANIFEST, {"tile": {"changelog": "HISTORY.md"}}),
    at=("/tile/changelog", "/legal_terms/eula", "/assets/dashboards/*", "/tile/media/*/image_url"),
)
def path(tile: Tile) -> Iterator[Problem]:
    """Every file that the manifest names exists in the tile, as a real file and by the same spelling."""
    for pointer, value in _paths(tile):
        parts = value.split("/")
        if value.startswith("/") or ".." in parts or "\\" in value or "\0" in value:
            yield Problem(
                f"{quoted(value)} leads out of the tile",
                pointer=pointer,
                hint="name a file of the tile, relative to it",
            )
            continue
        file = tile.file("/".join(part for part in parts if part not in ("", ".")))
        if file is None:
            near = next((each for each in tile.paths if each.lower() == value.lower()), None)
            hint = f"its spelling is {near}" if near else f"add {value} or name another file"
            yield Problem(f"there is no file {quoted(value)}", pointer=pointer, hint=hint)
        elif file.link is not None:
            yield Problem(f"{quoted(value)} is a symbolic link", pointer=pointer, hint="put the file itself there")


_IMMUTABLE = ("/app_id", "/app_uuid", "/assets/integration/id", "/assets/integration/source_type_name")


@rule(
    "manifest/immutable",
    step="review",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="Customers' installations hang on these names; once published they can't change.",
    bad=Example(MANIFEST, {"app_id": "another-id"}),
    at=(*_IMMUTABLE, "/assets/dashboards", "/assets/monitors", "/assets/saved_views"),
    mends=True,
    checkout=True,
)
def immutable(tile: Tile) -> Iterator[Problem]:
    """app_id, app_uuid, source_type_name and short names are those of the checkout's default branch."""
    published = _published(tile)
    if published is None:
        return
    for pointer in _IMMUTABLE:
        old, new = published.get(pointer), tile.at(pointer)
        if old is not None and old != new:
            yield Problem(
                f"{pointer[1:].replace('/', '.')} is {quoted(new)}, and {quoted(old)} is published",
                pointer=pointer,
                hint=f"put {quoted(old)} back",
                fix=_putting_back(pointer, old),
            )
    for key in ("dashboards", "monitors", "saved_views"):
        names = published.get(f"/assets/{key}")
        for name in names if isinstance(names, dict) else ():
            if name not in tile.object_at(f"/assets/{key}"):
                yield Problem(
                    f"the published short name {quoted(name)} is gone from assets.{key}",
                    pointer=f"/assets/{key}",
                    hint="put it back; a published short name stays",
                )


def _putting_back(pointer: str, old: Any) -> Any:
    return lambda tile: tile.with_text(MANIFEST, tile.manifest.with_value(pointer, old).text)


def _published(tile: Tile) -> Any:
    from tilewizard.documents.json_document import JsonDocument

    checkout = tile.checkout
    if checkout is None or tile.root is None or not (checkout.root / ".git").exists():
        return None
    try:
        path = (tile.root.resolve() / MANIFEST).relative_to(checkout.root.resolve()).as_posix()
    except ValueError:
        return None
    text = checkout.published(path)
    document = JsonDocument.parse(text) if text else None
    return document if document is not None and isinstance(document.value, dict) else None


@rule(
    "manifest/changelog-place",
    step="changelog",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="Datadog looks for the changelog at the top of the tile.",
    bad=Example(MANIFEST, {"tile": {"changelog": "assets/service_checks.json"}}),
    at=("/tile/changelog",),
)
def changelog_place(tile: Tile) -> Iterator[Problem]:
    """tile.changelog names a file at the top of the tile."""
    value = tile.text_at("/tile/changelog")
    if "/" in value:
        yield Problem(f"tile.changelog is {quoted(value)}", pointer="/tile/changelog", hint=f"write {CHANGELOG}")
