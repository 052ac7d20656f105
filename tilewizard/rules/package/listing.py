"""A package beside a listing on the Developer Platform: what is for the form alone stays out of it."""

from __future__ import annotations

from collections.abc import Iterator

from tilewizard.field.vocabulary import Target
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.listing_folder import FOLDER
from tilewizard.tile.places import has_package
from tilewizard.tile.tile import MANIFEST, Tile

from ..registry import Example, rule
from ..sources import LISTING_APART
from .project import GOOD, PROJECT

_DASHBOARDS = "assets/dashboards"


@rule(
    "package/listing-apart",
    step="review",
    severity={Target.PLATFORM: Severity.WARNING},
    source=LISTING_APART,
    why="The Developer Platform keeps the listing and its dashboards: reviewers have them removed from the package's pull request.",
    form="Take the listing and its dashboards out of the package: only the web form gets them.",
    bad=Example(
        MANIFEST,
        {},
        shown="manifest.json in the package, and another in its folder listing",
        target=Target.PLATFORM,
        also={PROJECT: GOOD, f"{FOLDER}/{MANIFEST}": {"manifest_version": "2.0.0"}},
    ),
    good=Example(PROJECT, GOOD, target=Target.PLATFORM),
)
def listing_apart(tile: Tile) -> Iterator[Problem]:
    """A package beside a listing has no manifest.json and no dashboards: they lie in the folder of the listing."""
    if not has_package(tile):
        return
    for path in (MANIFEST, *tile.under(_DASHBOARDS)):
        file, apart = tile.file(path), f"{FOLDER}/{path}"
        if file is None:
            continue
        twice = tile.has(apart)
        if not twice and not (tile.listed_apart and file.held_in(tile.root) == path):
            continue
        hint = _("move it to {apart}", apart=apart)
        if twice:
            hint = _("bring {apart} up to it where they differ, then remove it from the package", apart=apart)
        yield Problem(
            _("{path} lies in the package, and is for the Developer Platform's form alone", path=quoted(path)),
            file=path,
            hint=hint,
        )
