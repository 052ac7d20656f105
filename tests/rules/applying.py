"""Laying a rule's example over the clean tile."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tilewizard.rules.registry import Example
from tilewizard.tile.tile import Tile, TileFile

from .clean_tile import clean_tile


def applied(example: Example) -> Tile:
    """The clean tile with an example's changes."""
    tile = clean_tile(example.target)
    for file, content in {**(example.also or {}), example.file: example.content}.items():
        tile = with_content(tile, file, content)
    return tile


def with_content(tile: Tile, path: str, content: Any) -> Tile:
    """The tile with one file changed: merged for an object over JSON (RFC 7396), replaced, or taken away for None."""
    if callable(content):
        content = content()
    if content is None:
        return tile.with_files([], without=[path])
    if isinstance(content, bytes):
        return tile.with_file(TileFile(path, content))
    if isinstance(content, str):
        return tile.with_file(TileFile(path, content.encode()))
    file = tile.file(path)
    value = merged(file.json.value if file else {}, content) if isinstance(content, Mapping) else content
    return tile.with_file(TileFile(path, json.dumps(value, indent=2).encode()))


def merged(value: Any, patch: Any) -> Any:
    """RFC 7396: objects are merged, null takes a key away, everything else replaces."""
    if not isinstance(patch, Mapping):
        return patch
    result = dict(value) if isinstance(value, Mapping) else {}
    for key, each in patch.items():
        if each is None:
            result.pop(key, None)
        else:
            result[key] = merged(result.get(key), each)
    return result
