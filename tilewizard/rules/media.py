"""The carousel, its pictures and the logo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from tilewizard.findings import Problem, Severity
from tilewizard.inspection.image import HEAD, ImageFacts, quick_image_facts
from tilewizard.quoting import quoted
from tilewizard.tile import MANIFEST, Tile, TileFile
from tilewizard.vocabulary import (
    CAPTION_MAX,
    IMAGE_BYTES_MAX,
    IMAGE_WIDTHS,
    MEDIA_MAX,
    MEDIA_MIN_MARKETPLACE,
    Target,
)

from .registry import Example, rule
from .sources import CREATE_A_TILE, GUIDE, REVIEW, TILEWIZARD, VALIDATE_MANIFEST

POINTER = "/tile/media"
SOFT_IN_EXTRAS = {Target.MARKETPLACE: Severity.ERROR, Target.EXTRAS: Severity.WARNING}
_known: WeakKeyDictionary[TileFile, ImageFacts] = WeakKeyDictionary()


def _media(*changes: dict[str, Any]) -> Example:
    names = ("overview", "hosts", "alerts")
    entries = [
        {"media_type": "image", "caption": "A view", "image_url": f"images/acme_widget_{name}.png"} for name in names
    ]
    for entry, change in zip(entries, changes, strict=False):
        entry |= change
    return Example(MANIFEST, {"tile": {"media": entries}})


@cache
def _picture(width: int, height: int, kind: str = "PNG", mode: str = "RGB") -> bytes:
    import io

    from PIL import Image

    stream = io.BytesIO()
    Image.new(mode, (width, height), "#632ca6").save(stream, kind)
    return stream.getvalue()


def _shows(width: int, height: int, kind: str = "PNG", mode: str = "RGB") -> Example:
    shown = f"{kind}, {width}x{height} pixels, {mode}"
    return Example("images/acme_widget_overview.png", lambda: _picture(width, height, kind, mode), shown=shown)


def entries(tile: Tile) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every entry of the carousel that is an object, with its pointer."""
    for index, item in enumerate(tile.list_at(POINTER)):
        if isinstance(item, dict):
            yield f"{POINTER}/{index}", item


def pictures(tile: Tile) -> Iterator[tuple[str, TileFile]]:
    """Every picture of the carousel that is there, with the pointer of its address."""
    for at, item in entries(tile):
        url = item.get("image_url")
        file = tile.file(url) if isinstance(url, str) else None
        if file is not None and file.link is None:
            yield f"{at}/image_url", file


def facts_of(file: TileFile) -> ImageFacts:
    """A picture's facts, worked out once for each file."""
    found = _known.get(file)
    if found is None:
        found = quick_image_facts(file.head(HEAD), file.size)
        if found is None:
            from tilewizard.inspection.image import inspect_image

            found = inspect_image(file.data)
        _known[file] = found
    return found


@rule(
    "media/entry",
    step="media",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="Datadog's validator demands these keys and their kinds.",
    bad=_media({"media_type": "gif"}),
    at=(POINTER,),
)
def entry(tile: Tile) -> Iterator[Problem]:
    """An entry of tile.media has media_type (image or video), caption and image_url, all texts; a video an integer vimeo_id."""
    for index, item in enumerate(tile.list_at(POINTER)):
        at = f"{POINTER}/{index}"
        if not isinstance(item, dict):
            yield Problem(f"entry {index + 1} is no object", pointer=at, hint="write media_type, caption and image_url")
            continue
        kind = item.get("media_type")
        if kind not in ("image", "video"):
            yield Problem(
                f"media_type is {quoted(kind or '')}", pointer=f"{at}/media_type", hint="write image or video"
            )
        for key in ("caption", "image_url"):
            if not isinstance(item.get(key), str) or not item[key].strip():
                yield Problem(f"{key} is missing", pointer=f"{at}/{key}", hint=f"write a text for {key}")
        vimeo = item.get("vimeo_id")
        if kind == "video" and (not isinstance(vimeo, int) or isinstance(vimeo, bool)):
            yield Problem(
                "a video needs its vimeo_id, a whole number" if vimeo is None else f"vimeo_id is {quoted(vimeo)}",
                pointer=f"{at}/vimeo_id",
                hint="write the number of the video on Vimeo; Datadog puts it there for you",
            )


@rule(
    "media/count",
    step="media",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="The carousel holds eight, one of them a video.",
    bad=_media({"media_type": "video", "vimeo_id": 1}, {"media_type": "video", "vimeo_id": 2}),
    at=(POINTER,),
)
def count(tile: Tile) -> Iterator[Problem]:
    """tile.media has at most eight entries, at most one of them a video."""
    media = tile.list_at(POINTER)
    if len(media) > MEDIA_MAX:
        yield Problem(f"the carousel has {len(media)} entries", pointer=POINTER, hint=f"keep at most {MEDIA_MAX}")
    videos = [at for at, item in entries(tile) if item.get("media_type") == "video"]
    for at in videos[1:]:
        yield Problem(f"the carousel has {len(videos)} videos", pointer=at, hint="keep one")


@rule(
    "media/few",
    step="media",
    severity={Target.MARKETPLACE: Severity.WARNING},
    source=CREATE_A_TILE,
    why="Customers buy what they can see; Datadog asks for three pictures at least.",
    bad=Example(MANIFEST, {"tile": {"media": []}}),
    at=(POINTER,),
)
def few(tile: Tile) -> Iterator[Problem]:
    """On the Marketplace the carousel has at least three pictures."""
    found = len(tile.list_at(POINTER))
    if isinstance(tile.at("/tile"), dict) and found < MEDIA_MIN_MARKETPLACE:
        hint = f"add {MEDIA_MIN_MARKETPLACE - found} more: screenshots of your product or dashboards"
        yield Problem(f"the carousel has {found} pictures", pointer=POINTER, hint=hint)


@rule(
    "media/caption-length",
    step="media",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="There is room for that much below a picture.",
    bad=_media({"caption": "x" * 301}),
    at=(f"{POINTER}/*/caption",),
)
def caption_length(tile: Tile) -> Iterator[Problem]:
    """A caption has at most 300 characters."""
    for at, item in entries(tile):
        caption = item.get("caption")
        if isinstance(caption, str) and len(caption) > CAPTION_MAX:
            hint = f"shorten it to {CAPTION_MAX}"
            yield Problem(f"the caption has {len(caption)} characters", pointer=f"{at}/caption", hint=hint)


@rule(
    "media/twice",
    step="media",
    severity=Severity.WARNING,
    source=REVIEW,
    why="A picture that comes twice is an oversight.",
    bad=_media({}, {"image_url": "images/acme_widget_overview.png"}),
    at=(POINTER,),
)
def twice(tile: Tile) -> Iterator[Problem]:
    """No picture stands twice in the carousel."""
    seen: set[str] = set()
    for at, item in entries(tile):
        url = item.get("image_url")
        if isinstance(url, str) and url:
            if url in seen:
                yield Problem(f"{quoted(url)} stands twice", pointer=f"{at}/image_url", hint="take one away")
            seen.add(url)


@rule(
    "image/format",
    step="media",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="Browsers go by what a file is, validators by its name; both must be PNG or JPEG.",
    bad=_shows(1440, 810, "GIF"),
    at=(f"{POINTER}/*/image_url",),
)
def image_format(tile: Tile) -> Iterator[Problem]:
    """A carousel picture is a PNG or JPEG by its content, and its name ends in .png or .jpg to match."""
    for at, item in entries(tile):
        url = item.get("image_url")
        if isinstance(url, str) and url and ".png" not in url.lower() and ".jpg" not in url.lower():
            severity = Severity.WARNING if url.lower().endswith(".jpeg") and tile.target == Target.EXTRAS else None
            hint = "save it as .png or .jpg"
            yield Problem(
                f"{quoted(url)} is neither .png nor .jpg", pointer=f"{at}/image_url", hint=hint, severity=severity
            )
    for _, file in pictures(tile):
        facts = facts_of(file)
        ending = file.path.lower().rpartition(".")[2]
        if facts.fault:
            yield Problem(f"{file.path} {facts.fault}", file.path, hint="export it again as PNG")
        elif facts.format not in ("png", "jpeg"):
            yield Problem(f"{file.path} is a {facts.format.upper()} inside", file.path, hint="save it as PNG or JPEG")
        elif (facts.format == "png") != (ending == "png"):
            hint = f"name it {file.path.rpartition('.')[0]}.{'png' if facts.format == 'png' else 'jpg'}"
            yield Problem(
                f"{file.path} is a {facts.format.upper()} inside", file.path, hint=hint, severity=Severity.WARNING
            )


@rule(
    "image/weight",
    step="media",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="Datadog's validator takes at most one million bytes.",
    bad=Example(
        "images/acme_widget_overview.png", lambda: _picture(1440, 810) + bytes(IMAGE_BYTES_MAX), shown="1.1 MB"
    ),
    at=(f"{POINTER}/*/image_url",),
    mends=True,
)
def weight(tile: Tile) -> Iterator[Problem]:
    """A carousel picture has at most 1 MB."""
    for _, file in pictures(tile):
        if file.size > IMAGE_BYTES_MAX:
            hint = f"bring it below {IMAGE_BYTES_MAX:,}; about 500 KB is plenty"
            yield Problem(f"{file.path} has {file.size:,} bytes", file.path, hint=hint, fix=_prepared(file.path))


def _prepared(path: str) -> Any:
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
    bad=_shows(1440, 900),
    at=(f"{POINTER}/*/image_url",),
)
def ratio(tile: Tile) -> Iterator[Problem]:
    """A carousel picture is 16:9 to the pixel."""
    for _, file in pictures(tile):
        facts = facts_of(file)
        if facts.width and not facts.ratio_is_16_9:
            hint = f"crop it to {facts.width // 16 * 16}x{facts.width // 16 * 9}, or pad it; the wizard's Media step does both"
            yield Problem(f"{file.path} is {facts.width}x{facts.height}, not 16:9", file.path, hint=hint)


@rule(
    "image/width",
    step="media",
    severity=SOFT_IN_EXTRAS,
    source=CREATE_A_TILE,
    why="Narrower pictures are blurred, wider ones are slow.",
    bad=_shows(1280, 720),
    at=(f"{POINTER}/*/image_url",),
)
def width(tile: Tile) -> Iterator[Problem]:
    """A carousel picture is 1440 to 2880 pixels wide."""
    least, most = IMAGE_WIDTHS
    for _, file in pictures(tile):
        facts = facts_of(file)
        if facts.width and not least <= facts.width <= most:
            yield Problem(
                f"{file.path} is {facts.width} pixels wide", file.path, hint=f"make it {least} to {most} wide"
            )


@rule(
    "image/colours",
    step="media",
    severity={Target.MARKETPLACE: Severity.WARNING, Target.EXTRAS: Severity.INFO},
    source=CREATE_A_TILE,
    why="Other colours come out wrong in browsers.",
    bad=_shows(1440, 810, "PNG", "L"),
    at=(f"{POINTER}/*/image_url",),
    mends=True,
)
def colours(tile: Tile) -> Iterator[Problem]:
    """A carousel picture is RGB with the sRGB profile, and doesn't move."""
    for _, file in pictures(tile):
        facts = facts_of(file)
        if facts.fault or not facts.width:
            continue
        fix = _prepared(file.path)
        if facts.mode not in ("RGB", "RGBA", "P"):
            yield Problem(f"{file.path} has the colour mode {facts.mode}", file.path, hint="save it as RGB", fix=fix)
        elif facts.profile != "sRGB":
            yield Problem(
                f"{file.path} has the profile {quoted(facts.profile)}", file.path, hint="save it as sRGB", fix=fix
            )
        elif facts.animated:
            yield Problem(f"{file.path} moves", file.path, hint="save a still picture")


@rule(
    "image/name",
    step="media",
    severity=Severity.WARNING,
    source=CREATE_A_TILE,
    why="Other characters break addresses.",
    bad=Example(
        "images/acme widget.png", lambda: _picture(1440, 810), shown="images/acme widget.png",
        also={MANIFEST: {"tile": {"media": [{"media_type": "image", "caption": "x", "image_url": "images/acme widget.png"}]}}},
    ),
    at=(f"{POINTER}/*/image_url",),
)  # fmt: skip
def image_name(tile: Tile) -> Iterator[Problem]:
    """A carousel picture's name has letters, digits, underscores and dashes only."""
    for _, file in pictures(tile):
        stem = file.path.rpartition("/")[2].rpartition(".")[0]
        if not re.fullmatch(r"[A-Za-z0-9_-]+", stem):
            right = re.sub(r"[^A-Za-z0-9_-]+", "_", stem).strip("_")
            yield Problem(f"the name {quoted(file.path)}", file.path, hint=f"rename it to {right}")


def logos(tile: Tile) -> list[TileFile]:
    """The SVG files that may be logos: below assets or images."""
    paths = [*tile.under("assets", ".svg"), *tile.under("images", ".svg")]
    return [file for path in paths if (file := tile.file(path)) is not None and file.link is None]


@rule(
    "logo/missing",
    step="media",
    severity={Target.MARKETPLACE: Severity.WARNING, Target.EXTRAS: Severity.INFO},
    source=GUIDE,
    why="Datadog's designers put your SVG on the card, for light and dark.",
    bad=Example("assets/logos/acme_widget_logo.svg", None),
)
def logo_missing(tile: Tile) -> Iterator[Problem]:
    """There is a logo as SVG in assets/logos."""
    if not logos(tile) and tile.file(MANIFEST) is not None:
        yield Problem("there is no logo", "assets/logos", hint="add your logo as SVG to assets/logos")


@rule(
    "logo/svg",
    step="media",
    severity=Severity.WARNING,
    source=TILEWIZARD,
    why="A logo is drawn in other people's browsers: it must draw and do nothing else.",
    bad=Example("assets/logos/acme_widget_logo.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">'
                "<script>alert(1)</script></svg>"),
)  # fmt: skip
def svg(tile: Tile) -> Iterator[Problem]:
    """A logo is well-formed SVG without scripts, entities or references outside."""
    for file in logos(tile):
        from tilewizard.inspection.svg import inspect_svg

        facts = inspect_svg(file.text)
        if facts.fault:
            offset = _line_start(file.text, facts.fault_line)
            yield Problem(f"{file.path} {facts.fault}", file.path, offset=offset, hint="export the logo as plain SVG")
        elif not facts.is_svg:
            yield Problem(f"{file.path} is XML and no SVG", file.path, hint="export the logo as plain SVG")
        if facts.scripts:
            yield Problem(
                f"{file.path} has scripts", file.path, hint="export the logo as plain SVG", severity=Severity.ERROR
            )
        for reference in facts.outside_references[:5]:
            yield Problem(f"{file.path} refers to {quoted(reference)}", file.path, hint="put it into the file")


def _line_start(text: str, line: int | None) -> int:
    offset = 0
    for _ in range((line or 1) - 1):
        offset = text.find("\n", offset) + 1
    return offset


@rule(
    "logo/view-box",
    step="media",
    severity=Severity.INFO,
    source=GUIDE,
    why="Without a viewBox the logo can't be scaled.",
    bad=Example("assets/logos/acme_widget_logo.svg", '<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>'),
)
def view_box(tile: Tile) -> Iterator[Problem]:
    """A logo has a viewBox."""
    for file in logos(tile):
        if "<svg" in file.text and "viewBox" not in file.text:
            yield Problem(f"{file.path} has no viewBox", file.path, hint='add viewBox="0 0 <width> <height>"')
