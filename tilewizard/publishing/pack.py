"""A tile as one zip to hand over: its files, the page that shows it, the report of its check, a list of all of it with hashes.

The same tile, checked by the same version, gives the same bytes on every machine: files stand sorted, carry no time and no owner, and
aren't compressed, since no two releases of zlib promise the same stream.
"""

from __future__ import annotations

import hashlib
import io
import json
import stat
import tomllib
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

from tilewizard.language import _

from .. import __version__
from ..checking.check_many import Order
from ..checking.checked import Checked
from ..checking.configuration import configuration_around
from ..errors import TilewizardError
from ..preview.page import page_of
from ..quoting import visible
from ..reporting import json_form
from ..reporting import text as text_form
from ..rules.findings import Severity
from ..rules.readme.readme_commands import own_version
from ..tile.tile import Tile, TileFile

PACK_MAX = 256 * 1024 * 1024
"""Bytes of a tile that is packed; the largest published one has 12 MB."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can name (APPNOTE.TXT 4.4.6)."""
_PROGRAMS = (b"#!", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
"""How what can be started begins: a script, or a program of Linux or of macOS."""
_MODE, _PROGRAM = 0o100644, 0o100755
"""What a file may be: a program of the tile keeps the bit that lets it be started, and no other bit depends on the machine."""


@dataclass(frozen=True)
class Pack:
    """A packed tile.

    Attributes:
        data: the zip.
        report: what its check found.
        files: how many files of the tile are in it.
    """

    data: bytes
    report: Checked
    files: int


def order_around(path: Path) -> Order:
    """How a tile is checked by the settings of the checkout that it stands in; nothing is too slight to be handed over.

    Raises:
        TilewizardError: the settings can't be read.
    """
    settings = configuration_around(path.resolve().parent)
    return Order.by(path, replace(settings, severity=Severity.INFO))


def packed(tile: Tile, report: Checked) -> Pack:
    """The zip of a tile.

    Args:
        tile: as it was checked.
        report: what the check found; its path gives way to the tile's name, which is the same on every machine.

    Raises:
        TilewizardError: a file of it is a link or can't be read, or it is too large.
    """
    name = tile.name
    files = {f"{name}/{path}": data for path, data in _contents(tile).items()}
    reports = [replace(report, path=Path(name))]
    own = {
        "preview.html": page_of(tile).encode("utf-8", "replace"),
        "check.json": json_form.render(reports).encode(),
        "check.txt": text_form.render(reports, colour=False).encode("utf-8", "replace"),
    }
    programs = frozenset(f"{name}/{file.path}" for file in map(tile.file, tile.paths) if file and _can_be_started(file))
    own["contents.json"] = _listed(tile, report, files, own, programs)
    whole = {**files, **own}
    sums = "".join(f"{_hash(data)}  {_in_sums(path)}\n" for path, data in sorted(whole.items()))
    data = _zipped({**whole, "SHA256SUMS": sums.encode("utf-8", "surrogateescape")}, programs)
    return Pack(data, report, len(files))


def _contents(tile: Tile) -> dict[str, bytes]:
    found, total = {}, 0
    for path in tile.paths:
        file = tile.file(path)
        assert file is not None
        place = visible(f"{tile.name}/{path}")
        if file.link is not None:
            raise TilewizardError(
                _("is a link, and a pack holds files"), file=place, remedy=_("put the file in its place")
            )
        if file.unreadable:
            raise TilewizardError(
                _("can't be read: {unreadable}", unreadable=file.unreadable),
                file=place,
                remedy=_("check its permissions"),
            )
        if not path.isprintable():
            raise TilewizardError(_("has a name that no archive should hold"), file=place, remedy=_("rename it"))
        total += file.size
        if total > PACK_MAX:
            message = _("is where the tile grows past {limit:,} bytes", limit=PACK_MAX)
            raise TilewizardError(message, file=place, remedy=_("take what doesn't belong to the tile out of it"))
        found[path] = file.data
    return found


def _listed(
    tile: Tile, report: Checked, files: dict[str, bytes], own: dict[str, bytes], programs: frozenset[str]
) -> bytes:
    """The list of all files: what each is, its size, mode and hash; and what an Agent package asks to be installed."""
    kinds = {**dict.fromkeys(files, "tile"), **dict.fromkeys(own, "report"), "preview.html": "preview"}
    entries = [
        {
            "path": path,
            "kind": kinds[path],
            "size": len(data),
            "mode": f"{_mode(path, programs):o}",
            "sha256": _hash(data),
        }
        for path, data in sorted({**files, **own}.items())
    ]
    facts = {
        "version": 1,
        "made_by": f"tilewizard {__version__}",
        "tile": tile.name,
        "app_id": tile.text_at("/app_id"),
        "title": tile.text_at("/tile/title"),
        "target": report.target,
        "errors": sum(each.severity == Severity.ERROR for each in report.findings),
        **_packaged(tile),
        "files": entries,
    }
    return (json.dumps(facts, indent=2) + "\n").encode()


def _packaged(tile: Tile) -> dict[str, dict[str, str | list[str]]]:
    """The Agent package in the tile: its name and version, the Python and the packages that it asks for; nothing without one."""
    file = tile.file("pyproject.toml")
    try:
        project = tomllib.loads(file.text).get("project") if file is not None else None
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    if not isinstance(project, dict) or not isinstance(project.get("name"), str):
        return {}
    extras = project.get("optional-dependencies")
    groups = [project.get("dependencies"), *(extras.values() if isinstance(extras, dict) else ())]
    asked = {each for group in groups if isinstance(group, list) for each in group if isinstance(each, str)}
    python = project.get("requires-python")
    about = {"name": project["name"], "version": own_version(tile), "python": python if isinstance(python, str) else ""}
    return {"package": {**about, "requires": sorted(asked)}}


def _can_be_started(file: TileFile) -> bool:
    """Whether a file is a program: its owner may execute it, and it begins as one does.

    Where a file system gives that bit to all that it holds, what is no program is told by its beginning.
    """
    if file.source is None or file.link is not None or not file.head(4).startswith(_PROGRAMS):
        return False
    return bool(Path(file.source).stat().st_mode & stat.S_IXUSR)


def _mode(path: str, programs: frozenset[str]) -> int:
    return _PROGRAM if path in programs else _MODE


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _in_sums(path: str) -> str:
    # A backslash has to be told apart from an escape (coreutils, sha256sum): such a line would begin with one.
    if "\\" in path:
        raise TilewizardError(_("has a backslash in its name"), file=visible(path), remedy=_("rename it"))
    return path


def _zipped(files: dict[str, bytes], programs: frozenset[str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for path, data in sorted(files.items()):
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.create_system = 3  # Unix, wherever it is made.
            entry.external_attr = _mode(path, programs) << 16
            archive.writestr(entry, data)
    return stream.getvalue()
