"""The Python package of an Agent tile as its ``pyproject.toml``, version and changelog describe it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tilewizard.field.vocabulary import Target
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.tile import CHANGELOG, Tile

from ..registry import Example, rule
from ..sources import AGENT_FLOOR, SCAFFOLD_PACKAGE, VALIDATE_PACKAGE, VALIDATE_VERSION

PROJECT = "pyproject.toml"
BASE_FLOOR = (37, 20, 0)
"""The oldest datadog-checks-base that the job of extras' CI with the minimum base can install (pull requests 2957, 3121)."""
_VERSION = re.compile(r"""^__version__\s*=\s*["']([^"'\n]{1,60})["']""", re.MULTILINE)
_BASE = re.compile(
    r"datadog[-_.]checks[-_.]base[^>=~]{0,40}(?:>=|==|~=)\s*(\d{1,4})(?:\.(\d{1,4}))?(?:\.(\d{1,4}))?", re.IGNORECASE
)

GOOD = """[project]
name = "datadog-acme-corp-acme-widget"
authors = [
    { name = "Acme Corp", email = "support@acme.example" },
]
requires-python = ">=3.12"
dependencies = ["datadog-checks-base>=37.33.0"]
dynamic = ["version"]

[tool.hatch.version]
path = "datadog_checks/acme_corp_acme_widget/__about__.py"
"""
_ABOUT = "datadog_checks/acme_corp_acme_widget/__about__.py"


def project(tile: Tile) -> dict[str, Any] | None:
    """What pyproject.toml says; None without one, and for one that is no TOML."""
    file = tile.file(PROJECT)
    try:
        return tomllib.loads(file.text) if file is not None else None
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _table(value: Any, *keys: str) -> dict[str, Any]:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _at(tile: Tile, word: str) -> int:
    """Where a key stands in pyproject.toml, in characters; 0 where it can't be found."""
    file = tile.file(PROJECT)
    match = re.search(rf"^[ \t{{]{{0,20}}{re.escape(word)}[ \t]{{0,9}}=", file.text if file else "", re.MULTILINE)
    return match.start() if match else 0


def _bad(old: str, new: str) -> Example:
    assert old in GOOD
    return Example(PROJECT, GOOD.replace(old, new), shown=new)


def package_name(tile: Tile) -> str:
    """The importable name of the tile's package: the directory's, with underscores."""
    return tile.name.lower().replace("-", "_")


def _replacing(old: str, new: str) -> Fix:
    def fix(tile: Tile) -> Tile:
        file = tile.file(PROJECT)
        if file is None or file.text.count(old) != 1:
            return tile
        return tile.with_text(PROJECT, file.text.replace(old, new))

    return fix


@rule(
    "package/syntax",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_PACKAGE,
    why="A package whose pyproject.toml can't be read can't be built.",
    form="The package's project settings can't be read: mend them in an editor, at the place shown.",
    bad=Example(PROJECT, "[project\n"),
    good=Example(PROJECT, GOOD),
)
def syntax(tile: Tile) -> Iterator[Problem]:
    """pyproject.toml is TOML."""
    file = tile.file(PROJECT)
    try:
        if file is not None:
            tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"at line (\d+), column (\d+)", str(error))
        lines = file.text.split("\n") if file else []
        line, column = (int(match[1]), int(match[2])) if match else (len(lines), 1)
        offset = sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
        yield Problem(_("pyproject.toml is no TOML from here on"), PROJECT, offset=offset, hint=_("mend it there"))
    except RecursionError:
        yield Problem(_("pyproject.toml is nested too deeply to be read"), PROJECT, hint=_("write it flatter"))


@rule(
    "package/name",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_PACKAGE,
    why="`datadog-agent integration install` looks for the package under its directory's name.",
    form="Name the package after its folder, with datadog- in front.",
    bad=_bad('name = "datadog-acme-corp-acme-widget"', 'name = "datadog-widget"'),
    good=Example(PROJECT, GOOD),
    mends=True,
)
def name(tile: Tile) -> Iterator[Problem]:
    """The package is named datadog- and its directory."""
    said = project(tile)
    if said is None:
        return
    found, right = _table(said, "project").get("name"), f"datadog-{tile.name.lower()}"
    if not isinstance(found, str) or not found:
        hint = _('write name = "{right}" below [project]', right=_normalized(right))
        yield Problem(_("the package has no name"), PROJECT, offset=_at(tile, "name"), hint=hint)
    elif _normalized(found) != _normalized(right):
        yield Problem(
            _("the package is named {found}", found=quoted(found)),
            PROJECT,
            offset=_at(tile, "name"),
            hint=_("write {right}", right=_normalized(right)),
            fix=_replacing(f'name = "{found}"', f'name = "{_normalized(right)}"'),
        )


def _normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@rule(
    "package/version-path",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_PACKAGE,
    why="The version of a release is read from that file.",
    form="Let the package take its version from its own source.",
    bad=_bad("acme_corp_acme_widget/__about__.py", "acme_widget/__about__.py"),
    good=Example(PROJECT, GOOD),
    mends=True,
)
def version_path(tile: Tile) -> Iterator[Problem]:
    """tool.hatch.version.path is the package's __about__.py."""
    said = project(tile)
    if said is None:
        return
    found, right = (
        _table(said, "tool", "hatch", "version").get("path"),
        f"datadog_checks/{package_name(tile)}/__about__.py",
    )
    if found == right:
        return
    message = (
        _("tool.hatch.version.path is {found}", found=quoted(found))
        if found
        else _("tool.hatch.version.path is missing")
    )
    fix = _replacing(f'path = "{found}"', f'path = "{right}"') if found else None
    yield Problem(message, PROJECT, offset=_at(tile, "path"), hint=_("write {right}", right=right), fix=fix)


@rule(
    "package/author-email",
    step="listing",
    severity=Severity.ERROR,
    source=VALIDATE_PACKAGE,
    why="ddev stops at an author without a name and at an address that is none.",
    form="List the package's authors, each with a mail address.",
    bad=_bad("support@acme.example", "support at acme.example"),
    good=Example(PROJECT, GOOD),
)
def author_email(tile: Tile) -> Iterator[Problem]:
    """The package's authors are listed, and their e-mail addresses are addresses."""
    said = project(tile)
    if said is None:
        return
    authors = _table(said, "project").get("authors")
    if not isinstance(authors, list):
        hint = _('write authors = [{ name = "…", email = "…" }] below [project]')
        yield Problem(_("the package lists no authors"), PROJECT, offset=_at(tile, "authors"), hint=hint)
        return
    for author in authors:
        email = author.get("email") if isinstance(author, dict) else None
        if isinstance(author, dict) and "email" in author and not _is_address(email):
            file = tile.file(PROJECT)
            place = file.text.find(f'"{email}"') if file and email else -1
            offset = place if place >= 0 else _at(tile, "authors")
            message = _("the author's address is {email}", email=quoted(email))
            yield Problem(message, PROJECT, offset=offset, hint=_("write one like support@your-company.com"))


def _is_address(value: Any) -> bool:
    from email.errors import HeaderParseError, InvalidHeaderDefect
    from email.headerregistry import Address

    try:
        return isinstance(value, str) and bool(Address(addr_spec=value).domain)
    except (InvalidHeaderDefect, HeaderParseError, ValueError, IndexError):
        return False


@rule(
    "package/base-floor",
    step="type",
    severity=Severity.WARNING,
    source=AGENT_FLOOR,
    why="CI installs the oldest base package that yours allows, and those before can't be installed any more.",
    form="Raise the least version of Datadog's base package to one that can be installed.",
    bad=_bad("datadog-checks-base>=37.33.0", "datadog-checks-base>=37.0.0"),
    good=Example(PROJECT, GOOD),
)
def base_floor(tile: Tile) -> Iterator[Problem]:
    """The least datadog-checks-base that the package asks for can be installed."""
    said = project(tile)
    asked = _table(said, "project").get("dependencies") if said is not None else None
    for each in asked if isinstance(asked, list) else ():
        match = _BASE.match(each) if isinstance(each, str) else None
        if match is None or tuple(int(part or 0) for part in match.groups()) >= BASE_FLOOR:
            continue
        file = tile.file(PROJECT)
        offset = max(file.text.find(each), 0) if file else 0
        yield Problem(
            _("the package asks for {name}", name=quoted(each)),
            PROJECT,
            offset=offset,
            hint=_("ask for at least 37.33.0"),
        )


@rule(
    "package/version",
    step="review",
    severity=Severity.WARNING,
    source=VALIDATE_VERSION,
    why="A release is cut from one version; a package that says another is never released, or under the wrong number.",
    form="Give the package the version of the newest release in the changelog.",
    bad=Example(_ABOUT, "__version__ = '1.1.0'\n", also={PROJECT: GOOD}),
    good=Example(_ABOUT, "__version__ = '1.0.0'\n", also={PROJECT: GOOD}),
)
def version(tile: Tile) -> Iterator[Problem]:
    """The version in __about__.py is that of the newest release in the changelog."""
    path = f"datadog_checks/{package_name(tile)}/__about__.py"
    about, changelog = tile.file(path), tile.file(CHANGELOG)
    match = _VERSION.search(about.text) if about is not None else None
    newest = re.search(r"^## (\d+\.\d+\.\d+)", changelog.text, re.MULTILINE) if changelog is not None else None
    if match is None or newest is None or match[1] == newest[1]:
        return
    message = _(
        "__version__ is {match}, and the newest release in {changelog} is {newest}",
        match=match[1],
        changelog=CHANGELOG,
        newest=newest[1],
    )
    yield Problem(
        message,
        path,
        offset=match.start(),
        hint=_("write {newest}, or add the release to {changelog}", newest=newest[1], changelog=CHANGELOG),
    )


_URLS = re.compile(
    r"https?://github\.com/DataDog/(?P<repository>integrations-[a-z]+)(?P<rest>[^\"'\s]*)", re.IGNORECASE
)


@rule(
    "package/source-url",
    step="type",
    severity={Target.EXTRAS: Severity.WARNING},
    source=SCAFFOLD_PACKAGE,
    why="Whoever looks for the package's source is sent to a repository that hasn't got it: the scaffold names Datadog's own.",
    form="Let the package's source address name the repository that it is published in.",
    bad=replace(_bad("[tool.hatch.version]", '[project.urls]\nSource = "https://github.com/DataDog/integrations-core"\n\n[tool.hatch.version]'),
                target=Target.EXTRAS),
    good=replace(_bad("[tool.hatch.version]", '[project.urls]\nSource = "https://github.com/DataDog/integrations-extras"\n\n[tool.hatch.version]'),
                 target=Target.EXTRAS),
    mends=True,
)  # fmt: skip
def source_url(tile: Tile) -> Iterator[Problem]:
    """The addresses under project.urls name integrations-extras, not another repository of Datadog's integrations."""
    said, file = project(tile), tile.file(PROJECT)
    for key, url in _table(said, "project", "urls").items() if said is not None and file is not None else ():
        match = _URLS.match(url) if isinstance(url, str) else None
        if match is None or match["repository"].lower() == "integrations-extras" or file is None:
            continue
        right = url.replace(match["repository"], "integrations-extras", 1)
        message = _("{key} is {url}", key=key, url=quoted(url))
        yield Problem(
            message,
            PROJECT,
            offset=max(file.text.find(url), 0),
            hint=_("write {right}", right=right),
            fix=_replacing(f'"{url}"', f'"{right}"'),
        )
