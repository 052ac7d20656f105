"""A tile's pictures as ``data:`` addresses, so that a page of HTML needs no other file."""

from __future__ import annotations

import re
from base64 import b64encode
from urllib.parse import unquote

from ..inspection.image import PIXELS_MAX
from ..rules.media.images import facts_of
from ..tile.asset_files import plain_path
from ..tile.tile import Tile, TileFile

PICTURE_MAX = 4 * 1024 * 1024
"""Bytes of one picture or document that a page takes in; Datadog takes pictures up to 1 MB."""
PAGE_MAX = 32 * 1024 * 1024
"""Characters of the addresses of all of them together."""

_OWN = re.compile(
    r"https?://(?:raw\.githubusercontent\.com/DataDog/[\w.-]+/[\w.-]+|github\.com/DataDog/[\w.-]+/(?:raw|blob)/[\w.-]+)/"
    r"([^/?#]+)/([^?#]+)",
    re.IGNORECASE,
)
"""A file of a tile in one of Datadog's repositories: directory and path."""
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}


class Pictures:
    """The pictures of one tile; those that a page can't take in any more have no address.

    Args:
        tile: where they are looked for.
    """

    def __init__(self, tile: Tile) -> None:
        self._tile = tile
        self._left = PAGE_MAX
        self._known: dict[str, str] = {}

    def at(self, url: str) -> str:
        """The ``data:`` address of a picture that a text names: a path of the tile, or its place in Datadog's repository."""
        found = _OWN.match(url)
        path = url if found is None else found.group(2) if found.group(1) == self._tile.name else ""
        file = self._tile.file(plain_path(unquote(path))) if path else None
        return self.of(file)

    def of(self, file: TileFile | None) -> str:
        """The ``data:`` address of a file; empty for one that is no picture, too large, or not there."""
        if file is None or file.link is not None or file.size > PICTURE_MAX:
            return ""
        data = self._known.get(file.path)
        if data is None:
            kind = _kind(file)
            data = self._known[file.path] = data_address(kind, file.data) if kind else ""
        # Each use counts: a text may show one picture a thousand times.
        if len(data) > self._left:
            return ""
        self._left -= len(data)
        return data


def _kind(file: TileFile) -> str:
    if file.path.lower().endswith(".svg"):
        # As a picture an SVG runs no script and loads nothing (SVG 2, secure static mode).
        return "image/svg+xml" if "<svg" in file.text else ""
    facts = facts_of(file)
    small = 0 < facts.width * facts.height <= PIXELS_MAX and not facts.fault
    return _TYPES.get(facts.format.upper(), "") if small else ""


def data_address(kind: str, data: bytes) -> str:
    """Bytes as an address that holds them."""
    return f"data:{kind};base64,{b64encode(data).decode('ascii')}"
