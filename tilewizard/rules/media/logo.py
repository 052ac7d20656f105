"""The logo: SVG that draws, and does nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from tilewizard.field.vocabulary import Target
from tilewizard.inspection.svg import SvgFacts, inspect_svg
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import MANIFEST, Tile, TileFile

from ..registry import Example, rule
from ..sources import GUIDE, TILEWIZARD

_PATH = "assets/logos/acme_widget_logo.svg"
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}</svg>'
_known: WeakKeyDictionary[TileFile, SvgFacts] = WeakKeyDictionary()


def facts_of(file: TileFile) -> SvgFacts:
    """A logo's facts, worked out once for each file."""
    found = _known.get(file)
    if found is None:
        found = _known[file] = inspect_svg(file.text)
    return found


def logos(tile: Tile) -> list[TileFile]:
    """The SVG files that may be logos: below assets, logos or images."""
    paths = [path for folder in ("assets", "logos", "images") for path in tile.under(folder, ".svg")]
    return [file for path in paths if (file := tile.file(path)) is not None and file.link is None]


def drawings(tile: Tile) -> list[TileFile]:
    """Every SVG of the tile."""
    found = (tile.file(path) for path in tile.paths if path.lower().endswith(".svg"))
    return [file for file in found if file is not None and file.link is None]


@rule(
    "logo/missing",
    step="media",
    severity={Target.MARKETPLACE: Severity.WARNING, Target.EXTRAS: Severity.INFO},
    source=GUIDE,
    why="Datadog's designers put your SVG on the card, for light and dark.",
    form="Add your logo as SVG.",
    bad=Example(_PATH, None),
)
def missing(tile: Tile) -> Iterator[Problem]:
    """There is a logo as SVG in assets/logos."""
    if not logos(tile) and tile.has(MANIFEST):
        yield Problem(_("there is no logo"), "assets/logos", hint=_("add your logo as SVG to assets/logos"))


@rule(
    "logo/shades",
    step="media",
    severity=Severity.INFO,
    source=GUIDE,
    why="Datadog shows the card on light and on dark grounds; a logo for one may vanish on the other.",
    form="Add the logo for the other ground too: light and dark go together.",
    bad=Example("assets/logos/acme_widget_logo_dark.svg", _SVG.format("<path d='M0 0h1v1z'/>"),
                also={_PATH: None}),
)  # fmt: skip
def shades(tile: Tile) -> Iterator[Problem]:
    """A logo for dark grounds has one for light grounds beside it, and the other way round."""
    found = logos(tile)
    names = [re.split(r"[^a-z]+", file.path.rpartition("/")[2].lower()) for file in found]
    for one, other, words, hint in (
        (
            "light",
            "dark",
            _("{path} is for light grounds, and there is none for dark ones"),
            _("add one for dark grounds"),
        ),
        (
            "dark",
            "light",
            _("{path} is for dark grounds, and there is none for light ones"),
            _("add one for light grounds"),
        ),
    ):
        said = [file for file, parts in zip(found, names, strict=True) if one in parts]
        if said and not any(other in parts for parts in names) and len(found) == len(said):
            yield Problem(words.format(path=quoted(said[0].path)), said[0].path, hint=hint)


@rule(
    "logo/svg",
    step="media",
    severity=Severity.WARNING,
    source=TILEWIZARD,
    why="A logo is drawn in other people's browsers: it must draw and do nothing else.",
    form="Export the logo as plain SVG, without scripts and outside links.",
    bad=Example(_PATH, _SVG.format("<script>alert(1)</script>")),
)
def svg(tile: Tile) -> Iterator[Problem]:
    """Every SVG is well-formed, without scripts, entities or references outside."""
    for file in drawings(tile):
        facts = facts_of(file)
        if facts.fault:
            offset = _line_start(file.text, facts.fault_line)
            message = _("{path} {fault}", path=quoted(file.path), fault=facts.fault)
            yield Problem(message, file.path, offset=offset, hint=_("export the logo as plain SVG"))
        elif not facts.is_svg:
            yield Problem(
                _("{path} is XML and no SVG", path=quoted(file.path)), file.path, hint=_("export the logo as plain SVG")
            )
        if facts.scripts:
            message = _("{path} has scripts", path=quoted(file.path))
            yield Problem(message, file.path, hint=_("export the logo as plain SVG"), severity=Severity.ERROR)
        for reference in facts.outside_references[:5]:
            message, place = (
                _("{path} refers to {reference}", path=quoted(file.path), reference=quoted(reference)),
                file.text.find(reference),
            )
            yield Problem(message, file.path, offset=max(place, 0), hint=_("put it into the file"))


def _line_start(text: str, line: int | None) -> int:
    offset = 0
    for __ in range((line or 1) - 1):
        offset = text.find("\n", offset) + 1
    return offset


@rule(
    "logo/view-box",
    step="media",
    severity=Severity.INFO,
    source=GUIDE,
    why="Without a viewBox the logo can't be scaled.",
    form="Export the logo with a view box, so that it can be scaled.",
    bad=Example(_PATH, '<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>'),
)
def view_box(tile: Tile) -> Iterator[Problem]:
    """A logo has a viewBox."""
    for file in logos(tile):
        facts = facts_of(file)
        if facts.is_svg and not facts.has_view_box:
            hint = _('add viewBox="0 0 <width> <height>"')
            yield Problem(_("{path} has no viewBox", path=quoted(file.path)), file.path, hint=hint)
