"""YAML files below ``assets``: pipelines of logs, their tests, the flows of data."""

from __future__ import annotations

from collections import Counter

from tilewizard.inspection.yaml_text import YamlText
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem
from tilewizard.tile.tile import TileFile


def yaml_of(file: TileFile) -> YamlText:
    """A file's text as YAML, parsed once for each file."""
    return file.yaml


def unreadable(file: TileFile) -> Problem | None:
    """What keeps a file from being a YAML mapping, or None."""
    read = yaml_of(file)
    if read.hazard is not None:
        return None  # The rule ``files/yaml`` tells of it, in every file.
    if read.fault is not None:
        message = f"{quoted(file.path)} {read.fault.message}"
        return Problem(message, file.path, offset=read.fault.offset, hint=read.fault.hint)
    if not read.keys:
        return Problem(f"{quoted(file.path)} has no keys", file.path, hint="write it as key: value")
    twice = next((key for key, count in Counter(read.keys).items() if count > 1), None)
    if twice is not None:
        hint = "take one away"
        return Problem(f"{quoted(twice)} stands twice", file.path, offset=read.offset(twice), hint=hint)
    return None
