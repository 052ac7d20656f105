"""The carousel's pictures: what they are by their content, not by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from weakref import WeakKeyDictionary

from tilewizard.field.vocabulary import IMAGE_BYTES_MAX, IMAGE_WIDTHS, Target
from tilewizard.inspection.image import HEAD, ImageFacts, quick_image_facts
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.tile import MANIFEST, README, Tile, TileFile

from ..registry import Example, rule
from ..sources import CREATE_A_TILE, TILEWIZARD, VALIDATE_MANIFEST
from .media import POINTER, pictures

SOFT_IN_EXTRAS = {Target.MARKETPLACE: Severity.ERROR, Target.EXTRAS: Severity.WARNING}
"""Published tiles of integrations-extras break these limits by the dozen (tile-facts, "Media, logo, EULA")."""
OPENED_MAX = 50_000_000
"""Bytes of a picture that is opened."""
_PATH = "images/acme_widget_overview.png"
_README_PATH = "images/how_to.png"
_SHOWN = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_known: WeakKeyDictionary[TileFile, ImageFacts] = WeakKeyDictionary()


@cache
def _picture(width: int, height: int, kind: str = "PNG", mode: str = "RGB", camera: str = "") -> bytes:
    import io

    from PIL import Image

    stream, exif = io.BytesIO(), Image.Exif()
    exif[271] = camera
    Image.new(mode, (width, height), "#632ca6").save(stream, kind, **({"exif": exif} if camera else {}))
    return stream.getvalue()


def _shows(width: int, height: int, kind: str = "PNG", mode: str = "RGB", camera: str = "") -> Example:
    shown = _(
        "{kind}, {width}x{height} pixels, {mode}{value}",
        kind=kind,
        width=width,
        height=height,
        mode=mode,
        value=f", taken by a camera: {camera}" if camera else "",
    )
    return Example(_PATH, lambda: _picture(width, height, kind, mode, camera), shown=shown)


def facts_of(file: TileFile) -> ImageFacts:
    """A picture's facts, worked out once for each file: from its head where that decides, else by Pillow."""
    found = _known.get(file)
    if found is None:
        found = quick_image_facts(file.head(HEAD), file.size)
        if found is None and file.size > OPENED_MAX:
            found = ImageFacts(size=file.size, fault=_("is {size:,} bytes, too many to be opened", size=file.size))
        if found is None:
            from tilewizard.inspection.image import inspect_image

            found = inspect_image(file.data)
        if not found.fault and not _ends(file, found.format):
            found = replace(found, fault=_("is cut off: its end is missing"))
        _known[file] = found
    return found


_LAST = {"png": b"IEND", "jpeg": b"\xff\xd9"}


def _ends(file: TileFile, kind: str) -> bool:
    """Whether a picture has its end, as a rule in its last bytes; only one without is read as a whole."""
    last = _LAST.get(kind)
    return last is None or last in file.tail(64) or file.size > OPENED_MAX or last in file.data


@rule(
    "image/format",
    step="media",
    severity=SOFT_IN_EXTRAS,
    source=CREATE_A_TILE,
    why="Browsers go by what a file is, validators by its name; both must say PNG or JPEG.",
    form="Choose a PNG or JPEG that opens, with the ending that fits.",
    bad=_shows(1440, 810, "GIF"),
    at=(f"{POINTER}/*/image_url",),
)
def image_format(tile: Tile) -> Iterator[Problem]:
    """A carousel picture is a PNG or JPEG by its content, and its name ends to match."""
    for file in pictures(tile):
        facts = facts_of(file)
        stem, __, ending = file.path.rpartition(".")
        if facts.fault:
            yield Problem(
                _("{path} {fault}", path=quoted(file.path), fault=facts.fault),
                file.path,
                hint=_("export it again as PNG"),
            )
        elif facts.format not in ("png", "jpeg"):
            message = _("{path} is a {format} inside", path=quoted(file.path), format=facts.format.upper())
            yield Problem(message, file.path, hint=_("save it as PNG or JPEG"))
        elif (facts.format == "png") != (ending.lower() == "png"):
            hint = _("name it {value}", value=quoted(f"{stem}.{_ENDINGS[facts.format]}"))
            message = _("{path} is a {format} inside", path=quoted(file.path), format=facts.format.upper())
            yield Problem(message, file.path, hint=hint, severity=Severity.WARNING)


_ENDINGS = {"png": "png", "jpeg": "jpg"}


@rule(
    "image/weight",
    step="media",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="Datadog's validator takes at most one million bytes.",
    form="Make the picture smaller: at most 1 MB.",
    bad=Example(_PATH, lambda: _picture(1440, 810) + bytes(IMAGE_BYTES_MAX), shown="1.1 MB"),
    at=(f"{POINTER}/*/image_url",),
    mends=True,
)
def weight(tile: Tile) -> Iterator[Problem]:
    """A carousel picture has at most 1 MB."""
    for file in pictures(tile):
        if file.size > IMAGE_BYTES_MAX:
            hint = _("bring it below {limit:,}; about 500 KB is plenty", limit=IMAGE_BYTES_MAX)
            yield Problem(
                _("{path} has {size:,} bytes", path=quoted(file.path), size=file.size),
                file.path,
                hint=hint,
                fix=_prepared(file.path),
            )


def _prepared(path: str) -> Fix:
    def fix(tile: Tile) -> Tile:
        from tilewizard.errors import TilewizardError
        from tilewizard.inspection.image import prepared_image

        file = tile.file(path)
        if file is None:
            return tile
        try:
            return tile.with_file(TileFile(path, prepared_image(file.data, "keep")))
        except TilewizardError:
            return tile

    return fix


@rule(
    "image/ratio",
    step="media",
    severity=SOFT_IN_EXTRAS,
    source=CREATE_A_TILE,
    why="The carousel crops or frames anything else.",
    form="Crop the picture to 16:9, such as 1440 by 810 pixels.",
    bad=_shows(1440, 900),
    at=(f"{POINTER}/*/image_url",),
)
def ratio(tile: Tile) -> Iterator[Problem]:
    """A carousel picture is 16:9 to the pixel."""
    for file in pictures(tile):
        facts = facts_of(file)
        if facts.width and not facts.ratio_is_16_9:
            unit = max(min(facts.width // 16, facts.height // 9), 1)
            hint = _("crop it to {unit}x{unit2}, or pad it", unit=unit * 16, unit2=unit * 9)
            yield Problem(
                _(
                    "{path} is {width}x{height}, not 16:9",
                    path=quoted(file.path),
                    width=facts.width,
                    height=facts.height,
                ),
                file.path,
                hint=hint,
                form=_(
                    "Crop the picture to {unit} by {unit2} pixels: it has to be 16:9.", unit=unit * 16, unit2=unit * 9
                ),
            )


@rule(
    "image/width",
    step="media",
    severity=SOFT_IN_EXTRAS,
    source=CREATE_A_TILE,
    why="Narrower pictures are blurred, wider ones are slow.",
    form="Make the picture 1440 to 2880 pixels wide.",
    bad=_shows(1280, 720),
    at=(f"{POINTER}/*/image_url",),
)
def width(tile: Tile) -> Iterator[Problem]:
    """A carousel picture is 1440 to 2880 pixels wide."""
    least, most = IMAGE_WIDTHS
    for file in pictures(tile):
        facts = facts_of(file)
        if facts.width and not least <= facts.width <= most:
            yield Problem(
                _("{path} is {width} pixels wide", path=quoted(file.path), width=facts.width),
                file.path,
                hint=_(
                    "make it {least} wide; {least2} to {most} will do",
                    least=least if facts.width < least else most,
                    least2=least,
                    most=most,
                ),
                form=_(
                    "Make the picture {least} to {most} pixels wide: it has {width}.",
                    least=least,
                    most=most,
                    width=facts.width,
                ),
            )


@rule(
    "image/colours",
    step="media",
    severity={Target.MARKETPLACE: Severity.WARNING, Target.EXTRAS: Severity.INFO},
    source=CREATE_A_TILE,
    why="Other colours come out wrong in browsers.",
    form="Save the picture as a still RGB image with the sRGB profile.",
    bad=_shows(1440, 810, "PNG", "L"),
    at=(f"{POINTER}/*/image_url",),
    mends=True,
)
def colours(tile: Tile) -> Iterator[Problem]:
    """A carousel picture is RGB with the sRGB profile, and doesn't move."""
    for file in pictures(tile):
        facts = facts_of(file)
        if facts.fault or not facts.width:
            continue
        fix = _prepared(file.path)
        if facts.mode not in ("RGB", "RGBA", "P"):
            yield Problem(
                _("{path} has the colour mode {mode}", path=quoted(file.path), mode=facts.mode),
                file.path,
                hint=_("save it as RGB"),
                fix=fix,
            )
        elif facts.profile != "sRGB":
            yield Problem(
                _("{path} has the profile {profile}", path=quoted(file.path), profile=quoted(facts.profile)),
                file.path,
                hint=_("save it as sRGB"),
                fix=fix,
            )
        elif facts.animated:
            yield Problem(_("{path} moves", path=quoted(file.path)), file.path, hint=_("save a still picture"))


@rule(
    "image/name",
    step="media",
    severity=Severity.WARNING,
    source=CREATE_A_TILE,
    why="Other characters break addresses.",
    form="Rename the picture: letters, digits, underscores and dashes only.",
    bad=Example(
        "images/acme widget.png", lambda: _picture(1440, 810), shown="images/acme widget.png",
        also={MANIFEST: {"tile": {"media": [{"media_type": "image", "caption": "x", "image_url": "images/acme widget.png"}]}}},
    ),
    at=(f"{POINTER}/*/image_url",),
)  # fmt: skip
def image_name(tile: Tile) -> Iterator[Problem]:
    """A carousel picture's name has letters, digits, underscores and dashes only."""
    for file in pictures(tile):
        stem = file.path.rpartition("/")[2].rpartition(".")[0]
        if not re.fullmatch(r"[A-Za-z0-9_-]+", stem):
            right = re.sub(r"[^A-Za-z0-9_-]+", "_", stem).strip("_")
            yield Problem(
                _("the name {path}", path=quoted(file.path)), file.path, hint=_("rename it to {right}", right=right)
            )


@rule(
    "image/readme",
    step="readme",
    severity={Target.MARKETPLACE: Severity.WARNING, Target.EXTRAS: Severity.INFO},
    source=CREATE_A_TILE,
    why="A picture of the README is loaded with the page, by browsers that go by what it is and not by its name.",
    form="Choose a PNG or JPEG that opens, of at most 1 MB.",
    bad=Example(_README_PATH, lambda: _picture(1440, 810) + bytes(IMAGE_BYTES_MAX), shown="images/how_to.png of 1.1 MB",
                also={README: "# Acme\n\n## Overview\n\n![How to](images/how_to.png)\n"}),
    mends=True,
)  # fmt: skip
def in_readme(tile: Tile) -> Iterator[Problem]:
    """A picture that only README.md shows is a PNG or JPEG that opens, of at most 1 MB."""
    readme = tile.file(README)
    shown = {file.path for file in pictures(tile)}
    for path in tile.under("images") if readme is not None else ():
        file = tile.file(path)
        if path in shown or file is None or file.link is not None or not path.lower().endswith(_SHOWN):
            continue
        if readme is None or path.rpartition("/")[2] not in readme.text:
            continue
        facts = facts_of(file)
        if facts.fault:
            yield Problem(
                _("{path} {fault}", path=quoted(path), fault=facts.fault), path, hint=_("export it again as PNG")
            )
        elif facts.format not in ("png", "jpeg", "gif"):
            yield Problem(
                _("{path} is a {format} inside", path=quoted(path), format=facts.format.upper()),
                path,
                hint=_("save it as PNG or JPEG"),
            )
        elif file.size > IMAGE_BYTES_MAX:
            hint = _("bring it below {limit:,}; about 500 KB is plenty", limit=IMAGE_BYTES_MAX)
            fix = _prepared(path) if facts.format != "gif" else None
            yield Problem(_("{path} has {size:,} bytes", path=quoted(path), size=file.size), path, hint=hint, fix=fix)


@rule(
    "image/metadata",
    step="media",
    severity=Severity.INFO,
    source=TILEWIZARD,
    why="It may tell where, when and with what a picture was taken, and the picture is public.",
    form="Save the picture without camera data: it may tell places and names.",
    bad=_shows(1440, 810, "JPEG", "RGB", "Acme Camera"),
    at=(f"{POINTER}/*/image_url",),
    mends=True,
)
def metadata(tile: Tile) -> Iterator[Problem]:
    """A carousel picture carries no camera data (EXIF)."""
    for file in pictures(tile):
        head = file.head(HEAD)
        jpeg = head.startswith(b"\xff\xd8") and b"Exif\0\0" in head
        if jpeg or (head.startswith(b"\x89PNG") and b"eXIf" in head[:4096]):
            message = _("{path} carries camera data", path=quoted(file.path))
            yield Problem(message, file.path, hint=_("save it without"), fix=_prepared(file.path))
