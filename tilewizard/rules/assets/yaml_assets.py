"""YAML files below ``assets``: pipelines of logs, their tests, the flows of data."""

from __future__ import annotations

from collections import Counter

from tilewizard.inspection.yaml_text import YamlText
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem
from tilewizard.tile.tile import Tile, TileFile


def yaml_of(file: TileFile) -> YamlText:
    """A file's text as YAML, parsed once for each file."""
    return file.yaml


def unreadable(file: TileFile) -> Problem | None:
    """What keeps a file from being a YAML mapping, or None."""
    read = yaml_of(file)
    if read.hazard is not None:
        return None  # The rule ``files/yaml`` tells of it, in every file.
    if read.fault is not None:
        message = _("{path} {message}", path=quoted(file.path), message=read.fault.message)
        return Problem(message, file.path, offset=read.fault.offset, hint=read.fault.hint)
    if not read.keys:
        return Problem(_("{path} has no keys", path=quoted(file.path)), file.path, hint=_("write it as key: value"))
    twice = next((key for key, count in Counter(read.keys).items() if count > 1), None)
    if twice is not None:
        hint = _("take one away")
        return Problem(_("{twice} stands twice", twice=quoted(twice)), file.path, offset=read.offset(twice), hint=hint)
    return None


def writing(path: str, place: tuple[str | int, ...], before: str, text: str) -> Fix:
    """A fix that writes a scalar at a place of a YAML file, as long as ``before`` stands there; its quotes stay."""

    def fix(tile: Tile) -> Tile:
        file = tile.file(path)
        span = yaml_of(file).span(*place) if file is not None else None
        if file is None or span is None:
            return tile
        here = file.text[span[0] : span[1]]
        quote = here[:1] if here[:1] in ("'", '"') else ""
        if here.strip("'\"") != before:
            return tile
        return tile.with_text(path, f"{file.text[: span[0]]}{quote}{text}{quote}{file.text[span[1] :]}")

    return fix
