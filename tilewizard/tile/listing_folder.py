"""The folder of a tile's directory that holds what goes to the Developer Platform's form, and never to a repository.

The listing is made in a web form; of the directory only the Agent package is handed in by pull request, without manifest, dashboards
and pictures (Datadog documentation, build an integration; reviews of integrations-extras 2832 and 2852). So that one set of answers
serves both, all of it stays one tile: a file of the listing has its usual path in the tile (``manifest.json``) and lies on the
disk in a folder beside the package (``listing/manifest.json``), which git is told to pass over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeVar

FOLDER = "listing"
IGNORED = f"{FOLDER}/.gitignore"
"""Tells git to pass over the folder and itself, where a package stands beside it."""
_MARK = f"{FOLDER}/manifest.json"


class _Placed(Protocol):
    path: str


_File = TypeVar("_File", bound=_Placed)


def gathered(files: Mapping[str, _File]) -> tuple[dict[str, _File], bool]:
    """The files of a directory under their paths in the tile, and whether it has a folder of a listing.

    A file of the listing whose path is taken stays where it is.
    """
    if _MARK not in files:
        return dict(files), False
    found = {path: file for path, file in files.items() if path != IGNORED}
    for path in [path for path in found if path.startswith(f"{FOLDER}/")]:
        inner = path.removeprefix(f"{FOLDER}/")
        if inner not in found:
            found[inner] = found.pop(path)
            found[inner].path = inner
    return found, True
