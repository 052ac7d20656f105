"""A tile as what the Developer Platform's form asks for, in its order: texts to copy, files to upload, what stays for a repository.

The tile itself is never changed. No secret is taken up: of an OAuth client only what the form asks for, never its file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from tilewizard.language import _

from ..authoring.author import answers_of
from ..errors import TilewizardError
from ..field.asset_kinds import OAUTH_CLIENTS
from ..quoting import visible
from ..rules.findings import Finding
from ..tile.asset_files import files_of
from ..tile.overrides import PLATFORMS, literal
from ..tile.places import of_listing
from ..tile.tile import CHANGELOG, MANIFEST, README, Tile, TileFile
from .form import FORM, by_agent
from .form_entries import Entry, Filled, Page, Value
from .requirements import Sight

UPLOADS = "files"
"""The folder of a kit that holds what is uploaded."""
PACKAGE = "package"
"""The folder of a kit that holds what stays for the repository, in a folder of the tile's name."""


@dataclass(frozen=True)
class Upload:
    """A file to upload: its path in the kit, which begins with its turn, and in the tile."""

    place: str
    path: str
    file: TileFile


@dataclass(frozen=True)
class Field:
    """A field of the form as the tile fills it.

    Attributes:
        name: as the form calls it.
        values: what to copy.
        uploads: what to upload, in order.
        demands: what is asked of it, and whether that is met.
        note: what to do there.
    """

    name: str
    values: tuple[Value, ...]
    uploads: tuple[Upload, ...]
    demands: tuple[tuple[str, bool], ...]
    note: str

    @property
    def met(self) -> bool:
        """Whether all that is asked of it is met."""
        return all(met for __, met in self.demands)


@dataclass(frozen=True)
class Kit:
    """All of a listing.

    Attributes:
        name: the tile's directory.
        pages: the form's pages with their fields.
        package: the paths of the files that stay for the repository; empty where nothing does.
        overrides: what ``.ddev/config.toml`` has to say of a package without a manifest; empty where there is none.
        in_fields: the paths of the files that say nothing but what the fields hold.
        left: the paths of the files that the form has no field for.
        errors: how many errors the check found.
    """

    name: str
    pages: tuple[tuple[str, tuple[Field, ...]], ...]
    package: tuple[str, ...]
    overrides: str
    in_fields: tuple[str, ...]
    left: tuple[str, ...]
    errors: int

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields, in the form's order."""
        return tuple(field for __, fields in self.pages for field in fields)

    @property
    def unmet(self) -> tuple[Field, ...]:
        """The fields that something is asked of in vain."""
        return tuple(field for field in self.fields if not field.met)

    @property
    def uploads(self) -> tuple[Upload, ...]:
        """All files to upload, in order."""
        return tuple(upload for field in self.fields for upload in field.uploads)


def kit_of(tile: Tile, findings: Iterable[Finding]) -> Kit:
    """The kit of a tile.

    Args:
        tile: as it was checked.
        findings: what the check found.

    Raises:
        TilewizardError: a file to hand over can't be read.
    """
    sight = Sight(tile, answers_of(tile), tuple(findings))
    uploads = Uploads()
    pages = tuple((page.title, fields) for page in FORM if (fields := _fields(page, sight, uploads)))
    uploaded = {file.path for file in uploads.files}
    package = _package(tile) if by_agent(sight) else ()
    said = {MANIFEST, README, CHANGELOG, *(file.path for file in files_of(tile, OAUTH_CLIENTS))}
    in_fields = tuple(path for path in tile.paths if path in said and path not in package)
    left = tuple(path for path in tile.paths if path not in {*uploaded, *package, *in_fields})
    for path in package:
        _demand_readable(tile, path)
    overrides = _overrides(sight) if package and tile.has(MANIFEST) else ""
    return Kit(tile.name, pages, package, overrides, in_fields, left, sight.errors())


class Uploads:
    """Files in the order in which they are uploaded, each with its number."""

    def __init__(self) -> None:
        self.files: list[TileFile] = []

    def add(self, file: TileFile) -> Upload:
        """The upload of a file, the next in turn."""
        if file.unreadable:
            raise TilewizardError(
                _("can't be read: {unreadable}", unreadable=file.unreadable),
                file=visible(file.path),
                remedy=_("check its permissions"),
            )
        self.files.append(file)
        name = re.sub(r"[^\w.-]", "_", PurePosixPath(file.path).name).lstrip(".")
        return Upload(f"{UPLOADS}/{len(self.files):02}-{name}", file.path, file)


def _fields(page: Page, sight: Sight, uploads: Uploads) -> tuple[Field, ...]:
    return tuple(_field(entry, sight, uploads) for entry in page.entries if entry.applies(sight))


def _field(entry: Entry, sight: Sight, uploads: Uploads) -> Field:
    filled: Filled = entry.fill(sight)
    demands = [(demand.words, demand.met(sight, filled)) for demand in entry.demands]
    if entry.subjects and (filled.files or filled.values):
        demands.append((_("The check finds no errors in it."), not sight.errors(*entry.subjects)))
    return Field(entry.name, filled.values, tuple(map(uploads.add, filled.files)), tuple(demands), entry.note)


def _package(tile: Tile) -> tuple[str, ...]:
    """What stays for the repository of an Agent package whose listing is on the platform: neither manifest nor what is uploaded."""
    return tuple(path for path in tile.paths if not of_listing(tile, path) and _is_file(tile, path))


def _is_file(tile: Tile, path: str) -> bool:
    file = tile.file(path)
    return file is not None and file.link is None


def _demand_readable(tile: Tile, path: str) -> None:
    file = tile.file(path)
    if file is not None and file.unreadable:
        raise TilewizardError(
            _("can't be read: {unreadable}", unreadable=file.unreadable),
            file=visible(path),
            remedy=_("check its permissions"),
        )


def _overrides(sight: Sight) -> str:
    """The lines of ``.ddev/config.toml`` that stand in for the manifest (integrations-core, pull request 24874)."""
    answers, key = sight.answers, literal(sight.tile.name)
    systems = [name for name, tag in PLATFORMS.items() if tag in answers.listing.supported_os]
    name = answers.integration.source_type_name or answers.listing.title
    tables = [("overrides.display-name", name), ("overrides.metrics-prefix", answers.metrics.prefix)]
    lines = [f"[{table}]\n{key} = {literal(value)}\n" for table, value in tables if value]
    if systems:
        lines.append(f"[overrides.manifest.platforms]\n{key} = {literal(systems)}\n")
    return "\n".join(lines)
