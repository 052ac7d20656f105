"""A tile with which nothing is wrong, in memory, for each target: it uses every kind of file."""

from __future__ import annotations

from pathlib import Path

from tilewizard.field.vocabulary import Target
from tilewizard.rules.sample import (
    CHANGELOG,
    CHECK,
    DASHBOARD,
    LOGO,
    METADATA,
    MONITOR,
    OAUTH,
    PICTURES,
    PIPELINE,
    README,
    SAVED_VIEW,
    UUID,
    manifest,
)
from tilewizard.rules.sample_tile import pdf, picture
from tilewizard.rules.sample_tile import sample_files as clean_files
from tilewizard.rules.sample_tile import sample_tile as clean_tile

__all__ = [
    "CHANGELOG",
    "CHECK",
    "DASHBOARD",
    "LOGO",
    "METADATA",
    "MONITOR",
    "OAUTH",
    "PICTURES",
    "PIPELINE",
    "README",
    "SAVED_VIEW",
    "UUID",
    "clean_files",
    "clean_tile",
    "manifest",
    "pdf",
    "picture",
]


def written(root: Path, target: Target = Target.MARKETPLACE) -> Path:
    """The clean tile's files, in a folder."""
    for path, data in clean_files(target).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root
