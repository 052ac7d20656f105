"""The carousel, ``tile.media`` of the manifest; what its pictures hold is in ``images``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tilewizard.field.vocabulary import CAPTION_MAX, MEDIA_MAX, MEDIA_MIN_MARKETPLACE, Target
from tilewizard.language import _, ngettext
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import MANIFEST, Tile, TileFile

from ..assets.json_assets import plain_path
from ..registry import Example, rule
from ..sources import CREATE_A_TILE, REVIEW, VALIDATE_MANIFEST

POINTER = "/tile/media"


def _media(*changes: dict[str, Any]) -> Example:
    names = ("overview", "hosts", "alerts")
    entries = [
        {"media_type": "image", "caption": "A view", "image_url": f"images/acme_widget_{name}.png"} for name in names
    ]
    for entry, change in zip(entries, changes, strict=False):
        entry |= change
    return Example(MANIFEST, {"tile": {"media": entries}})


def entries(tile: Tile) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every entry of the carousel that is an object, with its pointer."""
    for index, item in enumerate(tile.list_at(POINTER)):
        if isinstance(item, dict):
            yield f"{POINTER}/{index}", item


def pictures(tile: Tile) -> Iterator[TileFile]:
    """Every picture of the carousel that is there, once."""
    seen: set[str] = set()
    for __, item in entries(tile):
        url = item.get("image_url")
        file = tile.file(plain_path(url)) if isinstance(url, str) else None
        if file is not None and file.link is None and file.path not in seen:
            seen.add(file.path)
            yield file


@rule(
    "media/entry",
    step="media",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="Datadog's validator demands these keys and their kinds.",
    form="Choose a picture or a video here, and say in a caption what it shows.",
    bad=_media({"media_type": "gif"}),
    at=(POINTER,),
)
def entry(tile: Tile) -> Iterator[Problem]:
    """An entry of tile.media has media_type (image or video), caption and image_url, all texts; a video an integer vimeo_id."""
    for index, item in enumerate(tile.list_at(POINTER)):
        at = f"{POINTER}/{index}"
        if not isinstance(item, dict):
            yield Problem(
                _("entry {index} is no object", index=index + 1),
                pointer=at,
                hint=_("write media_type, caption and image_url"),
            )
            continue
        kind = item.get("media_type")
        if kind not in ("image", "video"):
            message = _("media_type is missing") if kind is None else _("media_type is {kind}", kind=quoted(kind))
            yield Problem(
                message, pointer=f"{at}/media_type", hint=_("write image or video"), form=_("Choose picture or video.")
            )
        yield from _texts(at, item)
        vimeo = item.get("vimeo_id")
        if kind == "video" and (not isinstance(vimeo, int) or isinstance(vimeo, bool)):
            message = (
                _("a video needs its vimeo_id")
                if vimeo is None
                else _("vimeo_id is {vimeo}, no whole number", vimeo=quoted(vimeo))
            )
            hint = _("write the number of the video on Vimeo; Datadog puts it there for you")
            form = _("Enter the number of the video on Vimeo, which Datadog gives you.")
            yield Problem(message, pointer=f"{at}/vimeo_id", hint=hint, form=form)
        elif kind == "image" and vimeo is not None:
            hint = _("take vimeo_id away, or write video as media_type")
            yield Problem(
                _("a picture has a vimeo_id"),
                pointer=f"{at}/vimeo_id",
                hint=hint,
                form=_("Leave this empty for a picture, or choose video."),
                severity=Severity.WARNING,
            )


_FORMS = {
    "caption": _("Say in a caption what the picture shows."),
    "image_url": _("Choose a PNG or JPEG for this picture."),
}


def _texts(at: str, item: dict[str, Any]) -> Iterator[Problem]:
    for key in ("caption", "image_url"):
        value = item.get(key)
        if not isinstance(value, str):
            message = (
                _("{key} is missing", key=key)
                if value is None
                else _("{key} is {value}, no text", key=key, value=quoted(value))
            )
            yield Problem(message, pointer=f"{at}/{key}", hint=_("write a text for {key}", key=key), form=_FORMS[key])
        elif not value.strip():
            # The validator takes an empty caption, and an address that is empty is no picture's.
            severity = Severity.WARNING if key == "caption" else None
            yield Problem(
                _("{key} is empty", key=key),
                pointer=f"{at}/{key}",
                hint=_("write a text for {key}", key=key),
                form=_FORMS[key],
                severity=severity,
            )


@rule(
    "media/address",
    step="media",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="The picture is published from the tile's own files.",
    form="Choose a PNG or JPEG from the tile's own pictures.",
    bad=_media({"image_url": "https://acme.example/overview.png"}),
    at=(f"{POINTER}/*/image_url",),
)
def address(tile: Tile) -> Iterator[Problem]:
    """image_url is a path inside the tile, in images/, and ends in .png or .jpg."""
    for at, item in entries(tile):
        url = item.get("image_url")
        if not isinstance(url, str) or not url.strip():
            continue
        name, pointer = url.rpartition("/")[2], f"{at}/image_url"
        if re.match(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//|[A-Za-z][A-Za-z0-9+.-]*:", url):
            yield Problem(
                _("{url} is no path inside the tile", url=quoted(url)),
                pointer=pointer,
                hint=_("write {value}", value=quoted(f"images/{name}")),
            )
        elif ".png" not in url.lower() and ".jpg" not in url.lower():
            yield Problem(
                _("{url} is neither .png nor .jpg", url=quoted(url)), pointer=pointer, hint=_("save it as .png or .jpg")
            )
        elif not plain_path(url).startswith("images/"):
            hint = _("move it to {value}", value=quoted(f"images/{name}"))
            yield Problem(
                _("{url} is not in images/", url=quoted(url)), pointer=pointer, hint=hint, severity=Severity.WARNING
            )


@rule(
    "media/count",
    step="media",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="The carousel holds eight, one of them a video.",
    form="Keep at most eight pictures, at most one of them a video.",
    bad=_media({"media_type": "video", "vimeo_id": 1}, {"media_type": "video", "vimeo_id": 2}),
    at=(POINTER,),
)
def count(tile: Tile) -> Iterator[Problem]:
    """tile.media has at most eight entries, at most one of them a video."""
    media = tile.list_at(POINTER)
    if len(media) > MEDIA_MAX:
        yield Problem(
            _("the carousel has {count} entries", count=len(media)),
            pointer=POINTER,
            hint=_("keep at most {limit}", limit=MEDIA_MAX),
            form=_("Keep at most {limit} pictures: there are {count}.", limit=MEDIA_MAX, count=len(media)),
        )
    videos = [at for at, item in entries(tile) if item.get("media_type") == "video"]
    for at in videos[1:]:
        yield Problem(
            _("the carousel has {count} videos", count=len(videos)),
            pointer=at,
            hint=_("keep one"),
            form=_("Keep one video: the carousel shows no more."),
        )


@rule(
    "media/few",
    step="media",
    severity={Target.MARKETPLACE: Severity.WARNING},
    source=CREATE_A_TILE,
    why="Customers buy what they can see; Datadog asks for three pictures at least.",
    form="Show at least three pictures: reviewers ask for them.",
    bad=Example(MANIFEST, {"tile": {"media": []}}),
    at=(POINTER,),
)
def few(tile: Tile) -> Iterator[Problem]:
    """On the Marketplace the carousel has at least three pictures."""
    found = sum(item.get("media_type") != "video" for __, item in entries(tile))
    if isinstance(tile.at("/tile"), dict) and found < MEDIA_MIN_MARKETPLACE:
        hint = _(
            "add {media_min_marketplace} more: screenshots of your product or dashboards",
            media_min_marketplace=MEDIA_MIN_MARKETPLACE - found,
        )
        form = ngettext(
            "Show at least {media_min_marketplace} pictures: there is {count}.",
            "Show at least {media_min_marketplace} pictures: there are {count}.",
            found,
            media_min_marketplace=MEDIA_MIN_MARKETPLACE,
        )
        message = ngettext("the carousel has {count} picture", "the carousel has {count} pictures", found)
        yield Problem(message, pointer=POINTER, hint=hint, form=form)


@rule(
    "media/caption-length",
    step="media",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="There is room for that much below a picture.",
    form="Shorten the caption to 300 characters.",
    bad=_media({"caption": "x" * 301}),
    at=(f"{POINTER}/*/caption",),
)
def caption_length(tile: Tile) -> Iterator[Problem]:
    """A caption has at most 300 characters."""
    for at, item in entries(tile):
        caption = item.get("caption")
        if isinstance(caption, str) and len(caption) > CAPTION_MAX:
            hint = _("shorten it to {limit}", limit=CAPTION_MAX)
            yield Problem(
                _("the caption has {count} characters", count=len(caption)),
                pointer=f"{at}/caption",
                hint=hint,
                form=_(
                    "Shorten the caption to {limit} characters: it has {count}.", limit=CAPTION_MAX, count=len(caption)
                ),
            )


@rule(
    "media/twice",
    step="media",
    severity=Severity.WARNING,
    source=REVIEW,
    why="A picture that comes twice is an oversight.",
    form="Take one of the two away: this picture is shown twice.",
    bad=_media({}, {"image_url": "images/acme_widget_overview.png"}),
    at=(POINTER,),
)
def twice(tile: Tile) -> Iterator[Problem]:
    """No picture stands twice in the carousel."""
    seen: set[str] = set()
    for at, item in entries(tile):
        url = item.get("image_url")
        if isinstance(url, str) and url:
            if plain_path(url) in seen:
                yield Problem(
                    _("{url} stands twice", url=quoted(url)), pointer=f"{at}/image_url", hint=_("take one away")
                )
            seen.add(plain_path(url))
