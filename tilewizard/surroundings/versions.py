"""What is installed: tilewizard, the packages that it needs and those that they need, with versions and licences."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from tilewizard import __version__
from tilewizard.language import _

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_EXTRA = re.compile(r"extra\s*==\s*[\"']([\w-]+)[\"']")
_OURS = ("dev", "docs")
"""Extras for who works on tilewizard itself."""
_WORDS = {"MIT License": "MIT", "MIT license": "MIT", "BSD": "BSD", "The MIT License": "MIT"}


@dataclass(frozen=True)
class Package:
    """A package.

    Attributes:
        name: as it spells itself.
        version: empty: it is not installed.
        licence: as it says itself, as an SPDX expression where it gives one; empty: it says none.
    """

    name: str
    version: str = ""
    licence: str = ""


@dataclass(frozen=True)
class Installed:
    """tilewizard's packages.

    Attributes:
        needed: all that tilewizard can't be without, those that they need too, sorted by name.
        extras: by extra what it asks for itself; one whose packages are there is usable.
    """

    needed: tuple[Package, ...] = ()
    extras: dict[str, tuple[Package, ...]] = field(default_factory=dict)


@cache
def installed() -> Installed:
    """What is installed of tilewizard's packages; nothing is known of a tilewizard that was not installed itself."""
    own = _found("tilewizard")
    if own is None:
        return Installed()
    extras: dict[str, list[Package]] = {}
    for line in own.requires or ():
        match = _EXTRA.search(line)
        if match:
            extras.setdefault(match[1], []).append(_package(_name(line)))
    needed: dict[str, Package] = {}
    left = list(_needs(own))
    while left:
        name, conditional = left.pop()
        key = _key(name)
        found = _found(name)
        if key in needed or (found is None and conditional):
            continue
        needed[key] = _package(name)
        left += _needs(found) if found is not None else ()
    chosen = {name: tuple(each) for name, each in sorted(extras.items()) if name not in _OURS}
    return Installed(tuple(needed[key] for key in sorted(needed)), chosen)


def versions() -> Iterator[str]:
    """The lines of ``tilewizard --version --verbose``."""
    packages = installed()
    yield _("tilewizard, version {version}", version=__version__)
    yield f"{platform.python_implementation()} {platform.python_version()}, {sys.executable or 'embedded'}"
    yield f"{platform.system()} {platform.release()}, {platform.machine()}"
    yield ""
    width = max((len(each.name) for each in packages.needed), default=0)
    for each in packages.needed:
        yield f"{each.name:<{width}}  {each.version or 'missing':<14}  {each.licence or _('no licence told')}".rstrip()
    if not packages.needed:
        yield _("tilewizard was not installed as a package: nothing is known of the ones that it needs")
    for extra, own in packages.extras.items():
        told = ", ".join(f"{each.name} {each.version or _('(not installed)')}" for each in own)
        yield _("tilewizard[{extra}]: {told}", extra=extra, told=told)


def _needs(found: Distribution) -> Iterator[tuple[str, bool]]:
    """What a package asks for, and whether only under a condition (of a system, of a version of Python)."""
    for line in found.requires or ():
        if not _EXTRA.search(line):
            yield _name(line), ";" in line


def _name(requirement: str) -> str:
    match = _NAME.match(requirement)
    return match[0] if match else requirement


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _found(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _package(name: str) -> Package:
    found = _found(name)
    if found is None:
        return Package(name)
    return Package(found.metadata["Name"], found.version, _licence(found))


def _licence(found: Distribution) -> str:
    """What a package says of its licence: by SPDX, else by its classifiers, else in its own words, the first line of them."""

    def said(key: str) -> list[str]:
        return [str(each).strip() for each in found.metadata.get_all(key) or ()]

    classified = [each.rpartition(" :: ")[2] for each in said("Classifier") if each.startswith("License :: ")]
    told = "".join(said("License-Expression")) or ", ".join(classified) or "".join(said("License")).partition("\n")[0]
    return _WORDS.get(told, told) if len(told) <= 100 else f"{told[:99]}…"
