"""Builds the same bytes from the same files, when SOURCE_DATE_EPOCH says the time; all else is declared in pyproject.toml.

setuptools gives a wheel that time, but leaves in a source archive the times, modes and owners of the files where it is built.
"""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import time
from pathlib import Path

from setuptools import setup
from setuptools.command.sdist import sdist

os.umask(0o022)  # Of the files that are made meanwhile, whose modes a wheel keeps.


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


setup(cmdclass={"sdist": SettledSdist})
