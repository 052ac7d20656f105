"""The closed lists of the field: units, tags, billing types, columns and limits.

The lists live in ``vocabulary.json`` beside this module (from Datadog's documentation and validators, and from what
published tiles use); limits that several rooms need are constants here, each with its source.
"""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

TITLE_MAX = 50
"""Characters in ``tile.title`` (Datadog, integration assets reference)."""
DESCRIPTION_MAX = 80
"""Characters in ``tile.description`` (Datadog, integration assets reference)."""
DESCRIPTION_MAX_MARKETPLACE = 70
"""The same on the Marketplace (Marketplace repository)."""
CAPTION_MAX = 300
"""Characters in a media caption (Datadog, create a tile)."""
MEDIA_MAX = 8
"""Entries of the carousel, one of which may be a video (Datadog, create a tile)."""
MEDIA_MIN_MARKETPLACE = 3
"""Pictures that the Marketplace asks for (Datadog, create a tile)."""
IMAGE_BYTES_MAX = 1_000_000
"""Bytes of one picture (Datadog, create a tile)."""
IMAGE_WIDTHS = (1440, 2880)
"""Least and greatest width of a carousel picture, pixels (Datadog, create a tile)."""
OWNER = "integrations-developer-platform"
"""The team that owns partners' tiles (170 of 262 published manifests)."""
SOURCE_TYPE_EPOCH = 1_700_000_000
"""A new ``source_type_id`` is the Unix time less this (Datadog's scaffolder)."""


class Target(StrEnum):
    """Where a tile goes: one of Datadog's two repositories, or the Developer Platform's web form.

    A repository says too whether the offering is sold; by the form both is possible.
    """

    MARKETPLACE = "marketplace"
    EXTRAS = "integrations-extras"
    PLATFORM = "developer-platform"


REPOSITORIES = (Target.MARKETPLACE, Target.EXTRAS)
"""The targets that are repositories: by their names checkouts are known."""


def repository_of(target: Target, *, sold: bool) -> Target:
    """The repository that a tile's code stands in: that of a listing on the platform is where others of its kind stand."""
    if target in REPOSITORIES:
        return target
    return Target.MARKETPLACE if sold else Target.EXTRAS


class TileType(StrEnum):
    """How the offering exchanges data with Datadog (the guide, step 1)."""

    OPENMETRICS = "openmetrics-check"
    PYTHON = "python-check"
    DOGSTATSD = "dogstatsd"
    REST_API = "rest-api"
    TILE_ONLY = "tile-only"

    @property
    def agent_based(self) -> bool:
        """Whether an Agent check is part of the tile, and so a Python package."""
        return self in (TileType.OPENMETRICS, TileType.PYTHON)


@cache
def vocabulary() -> dict[str, Any]:
    """Every closed list, by name, as ``vocabulary.json`` has it."""
    text = Path(__file__).with_name("vocabulary.json").read_text("utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


@cache
def asked_keys() -> dict[str, str]:
    """The manifest's keys that questions are kept at: by pointer the kind of value. Made by ``tools/asked_keys.py``."""
    text = Path(__file__).with_name("asked_keys.json").read_text("utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


@cache
def known_tags() -> dict[str, str]:
    """Classifier tags, documented or in use: ``{tag: "documented" | "in use"}``."""
    lists = vocabulary()
    tags = dict.fromkeys(lists["classifier_tags_in_use"], "in use")
    return tags | dict.fromkeys(lists["classifier_tags_documented"], "documented")


@cache
def tag_values(kind: str) -> tuple[str, ...]:
    """The values of one kind of classifier tag, most used first: ``tag_values("Category")``."""
    used: dict[str, int] = vocabulary()["classifier_tags_in_use"]
    tags = [tag for tag in known_tags() if tag.startswith(f"{kind}::")]
    # A tag that no published tile uses any more is an older spelling when a used one is nearly the same.
    return tuple(tag.partition("::")[2] for tag in sorted(tags, key=lambda tag: (-used.get(tag, 0), tag)))


_NEAR = 0.75
"""How alike (difflib's ratio) a slip and what was meant are: `Automatoin` is, `Migration` is not `Automation`."""
_BEGUN = 0.5
"""How alike they are where one begins as the other: `AI` and `AI/ML`."""


def nearest(word: str, known: list[str] | tuple[str, ...]) -> str | None:
    """The known spelling that ``word`` may be a slip or a beginning of, or None when none is near; case aside.

    Words that only share an ending mean different things (``Migration``, ``Automation``): a wrong guess is worse than none.
    """
    from difflib import get_close_matches

    folded: dict[str, str] = {}
    for each in known:
        folded.setdefault(each.casefold(), each)
    plain = word.casefold()
    found = get_close_matches(plain, folded, n=1, cutoff=_NEAR)
    if not found and len(plain) > 1:
        begun = [each for each in folded if each.startswith(plain) or (len(each) > 1 and plain.startswith(each))]
        found = get_close_matches(plain, begun, n=1, cutoff=_BEGUN)
    return folded[found[0]] if found else None
