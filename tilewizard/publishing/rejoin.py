"""A tile that was split into the form's kit and a repository's package, made whole again: each file with its bytes.

What is neither uploaded nor stays for a repository (the manifest above all) lies in the kit as it was, so nothing has to be
made anew. A client for OAuth lies there only where it says no more than the form asks for: else it may hold a secret.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from tilewizard.language import _

from ..errors import TilewizardError
from ..field.asset_kinds import OAUTH_CLIENTS
from ..quoting import visible
from ..tile.asset_files import files_of
from ..tile.tile import Tile

KEPT = "kept"
"""The folder of a kit that holds what the form and the repository don't take."""
CONTENTS = "kit.json"
"""The list of a kit's other files, with their hashes: by it a kit is told from any other folder."""
_PUBLIC = frozenset(
    ("id", "name", "description", "client_role", "scopes", "onboarding_url", "redirect_uris", "client_id", "site")
)
"""What a published client says (37 of 37 in integrations-extras)."""


@dataclass(frozen=True)
class Rejoined:
    """A tile made whole.

    Attributes:
        name: its directory.
        files: its files with their bytes, by their paths.
        lacking: the paths of files that the kit doesn't hold.
    """

    name: str
    files: Mapping[str, bytes]
    lacking: tuple[str, ...]


def kept(tile: Tile, taken: Iterable[str]) -> dict[str, bytes]:
    """The files of a tile that lie in its kit for the way back alone, by their places in it.

    Args:
        tile: that the kit is made of.
        taken: the paths that are uploaded, or stay for the repository.
    """
    there = set(taken)
    closed = {file.path for file in files_of(tile, OAUTH_CLIENTS) if not _is_public(file.text)}
    found = {}
    for path in tile.paths:
        file = tile.file(path)
        if path not in there and path not in closed and file is not None and file.link is None and not file.unreadable:
            found[f"{KEPT}/{path}"] = file.data
    return found


def _is_public(text: str) -> bool:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    clients = value.values() if isinstance(value, dict) else [None]
    return all(isinstance(each, dict) and each.keys() <= _PUBLIC for each in clients)


def rejoined(files: Mapping[str, bytes], package: Mapping[str, bytes] | None = None) -> Rejoined:
    """The tile that a kit was made of.

    Where a file lies in the kit twice (it is uploaded, and stays for the repository) and one was changed since, the change counts.

    Args:
        files: all files of the kit by their paths in it.
        package: the files of the package as the repository has it now, by their paths in the tile; by default the kit's own.

    Raises:
        TilewizardError: it is no kit, or a file was changed in two places in two ways.
    """
    facts = _facts(files)
    name, found, changed = str(facts["tile"]), dict[str, bytes](), dict[str, str]()
    for entry in facts["files"]:
        place, path = entry["path"], entry.get("of")
        if not path:
            continue
        ours = place.startswith("package/")
        data = package.get(path) if ours and package is not None else files.get(place)
        if data is None:
            continue
        altered = hashlib.sha256(data).hexdigest() != entry["sha256"]
        if path in changed and altered and found[path] != data:
            message = _("was changed here and in {other}, each in its own way", other=visible(changed[path]))
            raise TilewizardError(message, file=visible(place), remedy=_("make the two alike first"))
        if altered or path not in found:
            found[path] = data
        if altered:
            changed[path] = place
    for path, data in (package or {}).items():
        found.setdefault(path, data)
    wanted = {entry["of"] for entry in facts["files"] if entry.get("of")} | {*facts["in_fields"], *facts["left"]}
    return Rejoined(name, found, tuple(sorted(wanted - found.keys())))


def _facts(files: Mapping[str, bytes]) -> dict[str, Any]:
    remedy = _("name a folder that `tilewizard export` wrote")
    try:
        facts = json.loads(files.get(CONTENTS, b""))
        paths = [each["path"] for each in facts["files"]]
        paths += [path for each in facts["files"] if (path := each.get("of"))]
        paths += [*facts["in_fields"], *facts["left"], facts["tile"]]
        hashes = [each["sha256"] for each in facts["files"]]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise TilewizardError(_("is no list of a kit"), file=CONTENTS, remedy=remedy) from error
    if not all(isinstance(each, str) for each in (*paths, *hashes)) or not all(map(_is_within, paths)):
        raise TilewizardError(_("names a place outside of the tile"), file=CONTENTS, remedy=remedy)
    if "/" in facts["tile"]:
        raise TilewizardError(_("names no directory of a tile"), file=CONTENTS, remedy=remedy)
    return facts  # type: ignore[no-any-return]


def _is_within(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\\" not in path and path.isprintable()
