"""What the manifest points at: files of the tile, headings of its README."""

from __future__ import annotations

from collections.abc import Iterator

from tilewizard.field.asset_kinds import MAPPED
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.tile import CHANGELOG, MANIFEST, METADATA, README, Tile

from ..assets.json_assets import plain_path
from ..registry import Example, rule
from ..sources import CREATE_A_TILE, INTEGRATION_ASSETS, VALIDATE_MANIFEST

_PARTS = {"overview": "Overview", "configuration": "Setup", "uninstallation": "Uninstallation", "support": "Support"}
"""The tabs of the tile's page and the headings that they show by custom."""
_OTHERS = {"support": ("Troubleshooting", "Contact", "Help"), "configuration": ("Installation", "Configuration")}
"""Headings that tiles have in their place."""
_METADATA_PATH = "/assets/integration/metrics/metadata_path"
_FILES = (
    *("/tile/changelog", "/legal_terms/eula", "/assets/oauth", "/assets/integration/configuration/spec"),
    *(_METADATA_PATH, "/assets/integration/service_checks/metadata_path"),
)
_FILLED = ("/legal_terms/eula", "/assets/integration/service_checks/metadata_path")
"""Paths that Datadog's validators follow even when they are empty."""
_NAMED = tuple(kind.name for kind in MAPPED)
_BELOW = tuple(f"/assets/{key}/" for key in _NAMED)


@rule(
    "manifest/heading",
    step="readme",
    severity=Severity.ERROR,
    source=CREATE_A_TILE,
    why="Each tab of the tile's page shows the README section that the manifest names; without it the tab is empty.",
    form="Add the section that this tab shows: the README doesn't have it.",
    bad=Example(MANIFEST, {"tile": {"support": "README.md#Helpdesk"}}),
    good=Example(MANIFEST, {"tile": {"support": "README.md#support"}}),
    at=tuple(f"/tile/{part}" for part in _PARTS),
)
def heading(tile: Tile) -> Iterator[Problem]:
    """tile.overview, configuration, uninstallation and support name headings that README.md has."""
    readme = tile.file(README)
    if readme is None or readme.readme.faults:
        return
    titles = {each.title.strip().lower() for each in readme.readme.headings}
    for part, custom in _PARTS.items():
        file, __, name = tile.text_at(f"/tile/{part}").partition("#")
        if file != README or name.replace("-", " ").lower() in titles or name.lower() in titles:
            continue
        here = (
            _("names the heading {name}, which README.md doesn't have", name=quoted(name))
            if name
            else _("names no heading")
        )
        other = next((each for each in (custom, *_OTHERS.get(part, ())) if each.lower() in titles), None)
        right = _("write {readme}#{other}", readme=README, other=other or custom)
        if name:
            right = _("add the section {value} to README.md, or ", value=quoted(f"## {name}")) + (
                right if other else _("name one that it has")
            )
        yield Problem(
            _("tile.{part} {here}", part=part, here=here),
            pointer=f"/tile/{part}",
            hint=right,
            form=_("Write the section {name}: this tab of the tile's page shows it.", name=quoted(name or custom)),
            # Two thirds of the published free tiles name a Support section that they call Troubleshooting.
            severity=Severity.WARNING if part == "support" and not tile.sold else None,
        )


def _paths(tile: Tile) -> Iterator[tuple[str, str]]:
    """Every path that the manifest names, with its pointer."""
    for part in _PARTS:
        yield f"/tile/{part}", tile.text_at(f"/tile/{part}").partition("#")[0]
    for pointer in _FILES:
        yield pointer, tile.text_at(pointer)
    for key in _NAMED:
        for name, value in tile.object_at(f"/assets/{key}").items():
            if isinstance(value, str):
                yield f"/assets/{key}/{name.replace('~', '~0').replace('/', '~1')}", value
    for index, item in enumerate(tile.list_at("/tile/media")):
        # An address in the place of a path has a rule of its own, media/address.
        if isinstance(item, dict) and isinstance(item.get("image_url"), str) and "://" not in item["image_url"]:
            yield f"/tile/media/{index}/image_url", item["image_url"]


def _leaves(path: str) -> bool:
    """Whether a path leads out of the tile on any system."""
    return path.startswith(("/", "~")) or ".." in path.split("/") or "\\" in path or "\0" in path or path[1:2] == ":"


@rule(
    "manifest/path",
    step="review",
    severity=Severity.ERROR,
    source=_("{validate_manifest}, eula, dashboards and saved-views; for the other paths {integration_assets}", validate_manifest=VALIDATE_MANIFEST, integration_assets=INTEGRATION_ASSETS),
    why="Datadog publishes the files that the manifest names; one that isn't there can't be.",
    form="Choose a file inside the tile: this one isn't there.",
    bad=Example(MANIFEST, {"assets": {"dashboards": {"acme_widget_overview": "assets/dashboards/Acme_Widget_Overview.json"}}}),
    at=(*(f"/tile/{part}" for part in _PARTS), *_FILES, *(f"/assets/{key}/*" for key in _NAMED), "/tile/media/*/image_url"),
    mends=True,
)  # fmt: skip
def path(tile: Tile) -> Iterator[Problem]:
    """Every file that the manifest names exists in the tile, as a real file and by the same spelling."""
    for pointer, value in _paths(tile):
        if not value:
            if tile.at(pointer) == "" and (pointer in _FILLED or pointer.startswith(_BELOW)):
                yield Problem(
                    _("the path is empty"),
                    pointer=pointer,
                    hint=_("name a file of the tile, or take the key away"),
                    form=_("Choose a file: none is named."),
                )
            continue
        if value.endswith("/"):
            yield Problem(
                _("{value} names a folder", value=quoted(value)),
                pointer=pointer,
                hint=_("name a file, without a slash at the end"),
                form=_("Choose a file: this is a folder."),
            )
            continue
        if _leaves(value):
            hint = _("name a file of the tile, relative to it")
            yield Problem(
                _("{value} leads out of the tile", value=quoted(value)),
                pointer=pointer,
                hint=hint,
                form=_("Choose a file inside the tile: this one is outside."),
            )
            continue
        file = tile.file(plain_path(value))
        if file is None:
            yield _absent(tile, pointer, value)
        elif file.link is not None:
            yield Problem(
                _("{value} is a symbolic link", value=quoted(value)),
                pointer=pointer,
                hint=_("put the file itself there"),
                form=_("Choose the file itself: this is a link to one."),
            )


def _absent(tile: Tile, pointer: str, value: str) -> Problem:
    folded = plain_path(value).casefold()
    alike = [each for each in tile.paths if each.casefold() == folded]
    mend = len(alike) == 1 and tile.text_at(pointer) == value
    form = _("Choose a file inside the tile: {value} isn't there.", value=quoted(value))
    if alike:
        form = _(
            "Choose {alike}: {value} isn't there, and letter case counts.", alike=quoted(alike[0]), value=quoted(value)
        )
    return Problem(
        _("there is no file {value}", value=quoted(value)),
        pointer=pointer,
        hint=_("its spelling is {alike}", alike=quoted(alike[0]))
        if alike
        else _("add {value} or name another file", value=quoted(value)),
        form=form,
        # Published free tiles have an address of mail there.
        severity=Severity.WARNING if pointer == "/tile/support" and not tile.sold else None,
        fix=_writing(pointer, alike[0]) if mend else None,
    )


def _writing(pointer: str, value: str) -> Fix:
    return lambda tile: tile.with_text(MANIFEST, tile.manifest.with_value(pointer, value).text)


@rule(
    "manifest/changelog-place",
    step="changelog",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="Datadog looks for the changelog at the top of the tile.",
    form="Keep the changelog at the top of the tile's folder.",
    bad=Example(MANIFEST, {"tile": {"changelog": "assets/service_checks.json"}}),
    at=("/tile/changelog",),
)
def changelog_place(tile: Tile) -> Iterator[Problem]:
    """tile.changelog names a file at the top of the tile."""
    value = tile.text_at("/tile/changelog")
    if "/" in value:
        yield Problem(
            _("tile.changelog is {value}", value=quoted(value)),
            pointer="/tile/changelog",
            hint=_("write {changelog}", changelog=CHANGELOG),
        )


@rule(
    "manifest/metadata-place",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="Datadog reads the list of metrics from metadata.csv at the top of the tile and from nowhere else.",
    form="Keep the list of metrics where Datadog looks for it, at the top of the tile's folder.",
    bad=Example(MANIFEST, {"assets": {"integration": {"metrics": {"metadata_path": "CHANGELOG.md"}}}}),
    at=(_METADATA_PATH,),
    mends=True,
)
def metadata_place(tile: Tile) -> Iterator[Problem]:
    """assets.integration.metrics.metadata_path is metadata.csv."""
    value = tile.text_at(_METADATA_PATH)
    if value and plain_path(value) != METADATA:
        fix = _writing(_METADATA_PATH, METADATA) if tile.has(METADATA) else None
        message = _("metadata_path is {value}", value=quoted(value))
        yield Problem(message, pointer=_METADATA_PATH, hint=_("write {metadata}", metadata=METADATA), fix=fix)
