"""Builds the same bytes from the same files, when SOURCE_DATE_EPOCH says the time; all else is declared in pyproject.toml.

The catalogues of translations go into a wheel compiled, a file for each language; a checkout reads them as they are.

setuptools gives a wheel that time, but leaves in a source archive the times, modes and owners of the files where it is built.
"""

from __future__ import annotations

import gzip
import io
import os
import sys
import tarfile
import time
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from tilewizard.language.catalogues import COMPILED, compiled  # noqa: E402

os.umask(0o022)  # Of the files that are made meanwhile, whose modes a wheel keeps.


class BuildWithCatalogues(build_py):
    """The modules, and beside them what the catalogues say."""

    def run(self) -> None:
        """Copy the modules, then compile the catalogues, unless what is installed is the checkout itself."""
        super().run()
        if self.editable_mode:
            return
        for source, target in self._catalogues():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(compiled(source))

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        """What :meth:`run` writes."""
        return [*super().get_outputs(include_bytecode), *(str(target) for _, target in self._catalogues())]

    def _catalogues(self) -> list[tuple[Path, Path]]:
        folders = sorted(HERE.glob("tilewizard/locale/*/LC_MESSAGES"))
        return [(each, Path(self.build_lib) / each.relative_to(HERE) / COMPILED) for each in folders]


class SettledSdist(sdist):
    """A source archive whose members are in order, each of the one time, of nobody, and of one of two modes."""

    def make_archive(self, base_name: str, format: str, *rest: object, **more: object) -> str:  # type: ignore[override]
        """Make the archive, then settle what is by chance in it."""
        place: str = super().make_archive(base_name, format, *rest, **more)
        if format == "gztar":
            _settle(Path(place), int(os.environ.get("SOURCE_DATE_EPOCH") or time.time()))
        return place


def _settle(place: Path, moment: int) -> None:
    plain = io.BytesIO()
    with tarfile.open(place) as old, tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as new:
        for member in sorted(old.getmembers(), key=lambda each: each.name):
            member.mtime, member.uid, member.gid, member.uname, member.gname = moment, 0, 0, "", ""
            member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
            member.pax_headers = {}
            new.addfile(member, old.extractfile(member) if member.isfile() else None)
    place.write_bytes(gzip.compress(plain.getvalue(), mtime=moment))


setup(cmdclass={"build_py": BuildWithCatalogues, "sdist": SettledSdist})
