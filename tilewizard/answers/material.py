"""The questions on pictures and releases."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tilewizard.field import vocabulary

from .declaring import DOCS_TILE, Ask, Group, Kind, Number, Text


class Medium(Group):
    """A picture or the video of the carousel."""

    media_type: Annotated[
        Text,
        Ask(
            "Kind",
            "A picture, or the one video.",
            "image",
            "the carousel",
            Kind.CHOICE,
            choices=("image", "video"),
            derive=lambda _: "image",
            width=7,
        ),
    ] = ""
    image: Annotated[
        Text,
        Ask(
            "Picture",
            "PNG or JPEG, 16:9, 1440 to 2880 pixels wide, at most 1 MB. For a video, the still shown before it plays.",
            "acme_widget_overview.png",
            "the carousel",
            Kind.FILE,
            endings=(".png", ".jpg", ".jpeg"),
            required=True,
            width=30,
            docs=DOCS_TILE,
        ),
    ] = ""
    caption: Annotated[
        Text,
        Ask(
            "Caption",
            "What one sees.",
            "The Acme Widget Overview dashboard",
            "below the picture",
            limit=vocabulary.CAPTION_MAX,
            required=True,
            width=40,
            docs=DOCS_TILE,
        ),
    ] = ""
    vimeo_id: Annotated[
        Number | None,
        Ask(
            "Vimeo id",
            "The number in the video's address on Vimeo. Datadog hosts it there for you.",
            "619368659",
            "the carousel",
            Kind.NUMBER,
            width=10,
            uses=lambda medium: medium.media_type == "video",
            docs=DOCS_TILE,
        ),
    ] = None


class Release(Group):
    """A release of the changelog."""

    version: Annotated[
        Text, Ask("Version", "Three numbers.", "1.0.0", "the Release Notes tab", required=True, width=8)
    ] = ""
    date: Annotated[Text, Ask("Date", "Year-month-day.", "2026-11-23", "the Release Notes tab", width=11)] = ""
    added: Annotated[
        list[Text],
        Ask(
            "Added",
            "What is new, a line each.",
            "Initial release",
            "the Release Notes tab",
            Kind.LIST,
            width=30,
        ),
    ] = Field(default_factory=list)
    fixed: Annotated[list[Text], Ask("Fixed", "What was mended.", "", "the Release Notes tab", Kind.LIST, width=20)] = (
        Field(default_factory=list)
    )
    changed: Annotated[
        list[Text], Ask("Changed", "What is different.", "", "the Release Notes tab", Kind.LIST, width=20)
    ] = Field(default_factory=list)
    removed: Annotated[
        list[Text], Ask("Removed", "What is gone.", "", "the Release Notes tab", Kind.LIST, width=20)
    ] = Field(default_factory=list)
    other: Annotated[
        dict[str, list[Text]],
        Ask("Other changes", "Changes under other headings.", "", "the Release Notes tab", Kind.TEXTS),
    ] = Field(default_factory=dict)
