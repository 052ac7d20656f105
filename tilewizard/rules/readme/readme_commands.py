"""Commands that README.md tells its readers to run: those of ddev, and the installation of the package."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from tilewizard.field.ddev_commands import COMMANDS, REPOSITORIES, VERSION
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.tile import CHANGELOG, MANIFEST, README, Tile

from ..registry import Example, rule
from ..sources import AGENT_INSTALL, README_DDEV, README_THIRD_PARTY, README_VERSIONS
from .readme import LINES_MAX, _changed, _section_at, document


def _problem(tile: Tile, message: str, offset: int, hint: str, fix: Fix | None = None) -> Problem:
    readme = document(tile)
    section = _section_at(readme, offset) if readme else ""
    return Problem(message, README, f"/{section}" if section else "", offset=offset, hint=hint, fix=fix)


def _replacing(pattern: re.Pattern[str], right: str) -> Fix:
    """A mend that writes ``right`` (an expansion of the match) wherever a pattern stands."""

    def fix(tile: Tile) -> Tile:
        readme = document(tile)
        text = pattern.sub(right, readme.text) if readme else ""
        return tile if readme is None or text == readme.text else tile.with_text(README, text)

    return fix


_REPOSITORY_KEY = re.compile(
    rf"(?P<head>\bddev[ \t]+(?:-\S+[ \t]+)*config[ \t]+set[ \t]+)(?P<key>{'|'.join(REPOSITORIES)})(?=[\s`])"
)
_OLD_PACKAGE = re.compile(r"\bdatadog[-_]checks[-_]dev\[cli\]")
_COMMAND = re.compile(
    r"(?:^|(?<=[\s`$&;|(]))ddev(?P<options>(?:[ \t]+-[\w-]+)*)[ \t]+(?P<first>[a-z][\w-]*)"
    r"(?P<rest>(?:[ \t]+(?:\"[^\"\n]{0,99}\"|'[^'\n]{0,99}'|[^\s`&;|<>()\"']+)){0,8})",
    re.MULTILINE,
)
_INDENTED = re.compile(r"(?: {4,}|\t)[$ ]*$")


@rule(
    "readme/ddev-command",
    step="readme",
    form="Name only commands that ddev has today.",
    severity=Severity.WARNING,
    source=README_DDEV,
    why="Customers copy the command, meet an error and write to support.",
    bad=_changed("1. Install it.", "1. Run `ddev config set extras ./integrations-extras`."),
    good=_changed("1. Install it.", "1. Run `ddev config set repos.extras ./integrations-extras`."),
    mends=True,
)
def ddev_command(tile: Tile) -> Iterator[Problem]:
    """Commands of ddev in README.md are among those that ddev has today."""
    readme = document(tile)
    if readme is None or ("ddev" not in readme.text and "checks" not in readme.text):
        return
    text = readme.text
    for match in islice(_REPOSITORY_KEY.finditer(text), LINES_MAX):
        message = _("{match} is no longer a setting of ddev", match=quoted(match.group()))
        fix = _replacing(_REPOSITORY_KEY, r"\g<head>repos.\g<key>")
        yield _problem(
            tile,
            message,
            match.start("key"),
            _("write {match}repos.{match2}", match=match["head"], match2=match["key"]),
            fix,
        )
    for match in islice(_OLD_PACKAGE.finditer(text), LINES_MAX):
        message = _("ddev is no longer a part of {match}", match=quoted(match.group()))
        yield _problem(
            tile, message, match.start(), _("install ddev, a package of its own"), _replacing(_OLD_PACKAGE, "ddev")
        )
    for match in islice(_COMMAND.finditer(text), 200):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if not readme.code.holds(match.start()) and not _INDENTED.fullmatch(line):
            continue
        words = match["rest"].split()
        fault = _dead(match["first"], words)
        if fault is not None:
            yield _problem(tile, fault[0], match.start(), fault[1])


def _dead(first: str, words: list[str]) -> tuple[str, str] | None:
    """What is wrong with a command of ddev and what to do, or None."""
    if first not in COMMANDS:
        return _("ddev {version} has no command {value}", version=VERSION, value=quoted(f"ddev {first}")), _(
            "its commands are {commands}", commands=", ".join(COMMANDS)
        )
    known = COMMANDS[first]
    if first == "create" and words:
        kind = next((word for word, before in zip(words[1:], words, strict=False) if before in ("-t", "--type")), "")
        kind = kind or next((word.partition("=")[2] for word in words if word.startswith("--type=")), "")
        named = next((word for word in words if not word.startswith("-")), "")
        if kind or named not in known:
            right = kind.replace("_", "-") if kind.replace("_", "-") in known else "check"
            return _("ddev create takes what is made as its first word now"), _(
                "write ddev create {right} NAME", right=right
            )
    second = words[0] if words else ""
    if known and second and not second.startswith("-") and re.fullmatch(r"[a-z][\w-]*", second) and second not in known:
        return (
            _("ddev {version} has no command {value}", version=VERSION, value=quoted(f"ddev {first} {second}")),
            _("below ddev {first} there are {known}", first=first, known=", ".join(known)),
        )
    return None


_INSTALL = re.compile(
    r"agent(?:\.exe)?[\"']?[ \t]+integration[ \t]+install\b(?P<rest>(?:[ \t]+|[ \t]*\\\r?\n[ \t]*)[^\n`&;|]*)"
)
_PACKAGE = re.compile(r"(?:^|(?<=[\s\"']))(?P<name>(?:datadog[-_])?[A-Za-z][\w.-]*?)==(?P<version>[^\s\"'`,;)]+)")
_THIRD_PARTY = re.compile(r"(?:^|\s)(?:-[a-z]*t[a-z]*|--third-party|-[a-z]*w[a-z]*|--local-wheel)(?=[\s=]|$)")


@rule(
    "readme/third-party",
    step="readme",
    form="Say with -t that the package to install is a third party's.",
    severity=Severity.WARNING,
    source=README_THIRD_PARTY,
    why="Without it the Agent looks among Datadog's own packages and doesn't find this one.",
    bad=_changed("1. Install it.", "1. Run `datadog-agent integration install datadog-acme_widget==1.0.0`."),
    good=_changed("1. Install it.", "1. Run `datadog-agent integration install -t datadog-acme_widget==1.0.0`."),
    mends=True,
)
def third_party(tile: Tile) -> Iterator[Problem]:
    """`datadog-agent integration install` in README.md has -t or --third-party: the package is no part of the Agent."""
    readme = document(tile)
    for match in islice(_untold(readme.text), LINES_MAX) if readme else ():
        message = _("{match} doesn't say that the package is a third party's", match=quoted(match.group().strip()[:80]))
        yield _problem(tile, message, match.start(), _("write integration install -t datadog-…"), _with_third_party)


def _untold(text: str) -> Iterator[re.Match[str]]:
    for match in _INSTALL.finditer(text):
        # A package is named: with a version, by Datadog's prefix, or as something to be filled in.
        named = _PACKAGE.search(match["rest"]) or re.search(r"\bdatadog[-_]\w|<\w[\w -]*>", match["rest"])
        if named and ".whl" not in match["rest"] and not _THIRD_PARTY.search(match["rest"]):
            yield match


_SINGLE = re.compile(r"(?<=[\s\"'])(?:datadog[-_])[A-Za-z][\w.-]*?(?P<sign>(?<!=)=(?!=))(?=[\w<{$])")


@rule(
    "readme/install-sign",
    step="readme",
    form="Write two equals signs between the package and its version.",
    severity=Severity.WARNING,
    source=AGENT_INSTALL,
    why="The Agent takes a package and its version with == between them, and refuses everything else.",
    bad=_changed("1. Install it.", "1. Run `datadog-agent integration install -t datadog-acme_widget=1.1.0`."),
    good=_changed("1. Install it.", "1. Run `datadog-agent integration install -t datadog-acme_widget==1.1.0`."),
    mends=True,
)
def install_sign(tile: Tile) -> Iterator[Problem]:
    """`datadog-agent integration install` in README.md has == between the package and its version."""
    readme = document(tile)
    for at in islice(_single(readme.text), LINES_MAX) if readme else ():
        yield _problem(tile, _("one equals sign stands before the version"), at, _("write =="), _with_both)


def _single(text: str) -> Iterator[int]:
    """Where a single equals sign stands between a package to install and its version."""
    for match in _INSTALL.finditer(text):
        for found in _SINGLE.finditer(match["rest"]):
            yield match.start("rest") + found.start("sign")


def _with_both(tile: Tile) -> Tile:
    readme = document(tile)
    text = readme.text if readme is not None else ""
    for at in reversed(list(_single(text))):
        text = f"{text[:at]}={text[at:]}"
    return tile if readme is None or text == readme.text else tile.with_text(README, text)


def _with_third_party(tile: Tile) -> Tile:
    readme = document(tile)
    if readme is None:
        return tile
    text = readme.text
    for match in reversed(list(_untold(text))):
        at = match.start("rest")
        text = f"{text[:at]} -t{text[at:]}"
    return tile if text == readme.text else tile.with_text(README, text)


_WHEEL = re.compile(
    r"(?P<name>datadog[-_][\w.]{1,100})-(?P<version>\d{1,6}(?:\.\d{1,6}){1,3}\w{0,12})(?=-(?:py|cp)\d[\w.]*-\w+-\w+\.whl)"
)


def own_version(tile: Tile) -> str:
    """The __version__ of the tile's package; empty without one."""
    for path in tile.under("datadog_checks", "__about__.py"):
        file = tile.file(path)
        match = re.search(r"""__version__\s*=\s*["']([^"']*)["']""", file.text) if file is not None else None
        if match:
            return match.group(1)
    return ""


def _releases(tile: Tile) -> list[str]:
    """The versions that CHANGELOG.md lists, the newest first; where their order is wrong, that has a rule of its own."""
    changelog = tile.file(CHANGELOG)
    releases = changelog.changelog.releases if changelog is not None else ()
    return [each.version for each in releases if re.fullmatch(r"\d+\.\d+\.\d+\S*", each.version)]


def installed_packages(text: str) -> Iterator[re.Match[str]]:
    """The packages, with a version each, that commands of the Agent install: ``name`` and ``version``, at their places."""
    for match in _INSTALL.finditer(text):
        yield from _PACKAGE.finditer(text, match.start("rest"), match.end("rest"))


def plain_name(name: str) -> str:
    """A package's name without its spelling: ``datadog-Acme_widget`` is ``acme-widget``."""
    return re.sub(r"[-_.]+", "-", name.lower()).removeprefix("datadog-")


def _stale(tile: Tile, right: str) -> Iterator[re.Match[str]]:
    readme = document(tile)
    text = readme.text if readme else ""
    own = {
        plain_name(tile.name),
        plain_name(tile.text_at("/app_id")),
        plain_name(tile.text_at("/assets/integration/id")),
    }
    for sign, pattern in (("==", _PACKAGE), (".whl", _WHEEL)):
        for match in pattern.finditer(text) if sign in text else ():
            numbered = re.fullmatch(r"v?\d+(?:\.\d+)*\S*", match["version"].rstrip("."))
            if numbered and match["version"].rstrip(".") != right and plain_name(match["name"]) in own:
                yield match


_NAMED = "1. Run `datadog-agent integration install -t datadog-acme_widget=={}`."


def _installing(version: str) -> Example:
    releases = "# CHANGELOG - Acme Widget\n\n## 1.1.0 / 2026-02-01\n\n***Added***:\n\n* B\n\n## 1.0.0 / 2026-01-01\n"
    readme = _changed("1. Install it.", _NAMED.format(version))
    return replace(readme, also={CHANGELOG: f"{releases}\n***Added***:\n\n* A\n", MANIFEST: {"app_id": "acme-widget"}})


@rule(
    "readme/install-version",
    step="readme",
    form="Name the newest version of your package in the installation command.",
    severity=Severity.WARNING,
    source=README_VERSIONS,
    why="Who copies the command installs an old release.",
    bad=_installing("1.0.0"),
    good=_installing("1.1.0"),
    mends=True,
)
def install_version(tile: Tile) -> Iterator[Problem]:
    """A version of the tile's own package in README.md is the newest one, as __about__.py or CHANGELOG.md has it."""
    own, releases = own_version(tile), _releases(tile)
    right = own or next(iter(releases), "")
    if not right or document(tile) is None:
        return
    for match in islice(_stale(tile, right), LINES_MAX):
        if own or match["version"].rstrip(".") in releases:
            message = _(
                "the version of {match} is {match2}, that of the package {right}",
                match=quoted(match["name"]),
                match2=quoted(match["version"]),
                right=right,
            )
            yield _problem(tile, message, match.start("version"), _("write {right}", right=right), to_version(right))


@rule(
    "readme/install-unreleased",
    step="readme",
    form="Name a version of your package that has been released, or add it to the release notes.",
    severity=Severity.WARNING,
    source=README_VERSIONS,
    why="Who copies the command meets an error where there is none of that version.",
    bad=_installing("1.0.7"),
    good=_installing("1.1.0"),
)
def install_unreleased(tile: Tile) -> Iterator[Problem]:
    """A version of the tile's own package in README.md is one that CHANGELOG.md lists."""
    releases = _releases(tile)
    if not releases or document(tile) is None or own_version(tile):
        return
    for match in islice(_stale(tile, releases[0]), LINES_MAX):
        if match["version"].rstrip(".") not in releases:
            message = _(
                "CHANGELOG.md lists no version {match} of {match2}",
                match=match["version"],
                match2=quoted(match["name"]),
            )
            hint = _("write {releases}, or add the release to CHANGELOG.md", releases=releases[0])
            yield _problem(tile, message, match.start("version"), hint)


def to_version(right: str) -> Fix:
    """A change of README.md that names another version of the tile's own package, wherever one is named."""

    def fix(tile: Tile) -> Tile:
        readme = document(tile)
        if readme is None:
            return tile
        text = readme.text
        for match in sorted(_stale(tile, right), key=lambda each: -each.start()):
            dot = "." if match["version"].endswith(".") else ""
            text = text[: match.start("version")] + right + dot + text[match.end("version") :]
        return tile if text == readme.text else tile.with_text(README, text)

    return fix
