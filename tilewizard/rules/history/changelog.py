"""CHANGELOG.md: the Release Notes tab."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tilewizard.documents.changelog_document import KINDS, Release
from tilewizard.field.vocabulary import nearest
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.tile import CHANGELOG, Tile

from ..registry import Example, rule
from ..sources import GUIDE, PUBLISHED_TILES, REVIEW


def _bad(text: str) -> Example:
    return Example(CHANGELOG, f"# CHANGELOG - Acme Widget\n\n{text}", shown=text)


def _releases(tile: Tile) -> tuple[Release, ...]:
    file = tile.file(CHANGELOG)
    return file.changelog.releases if file is not None else ()


def _numbers(version: str) -> tuple[int, ...] | None:
    match = re.fullmatch(r"v?(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?", version)
    return tuple(int(part or 0) for part in match.groups()) if match else None


def _at(message: str, index: int, hint: str, **more: object) -> Problem:
    return Problem(message, CHANGELOG, f"/{index}", hint=hint, **more)  # type: ignore[arg-type]


@rule(
    "changelog/missing",
    step="changelog",
    severity=Severity.WARNING,
    source=GUIDE,
    why="Customers read there what a release brought.",
    form="Add the first release: version 1.0.0, today's date and what it brings.",
    bad=Example(CHANGELOG, "# CHANGELOG - Acme Widget\n"),
)
def missing(tile: Tile) -> Iterator[Problem]:
    """CHANGELOG.md is there and has a release."""
    file = tile.file(CHANGELOG)
    if file is None:
        yield Problem(_("there is no CHANGELOG.md"), CHANGELOG, hint=_("add one with “## 1.0.0 / <today>”"))
    elif not file.changelog.releases:
        yield Problem(_("CHANGELOG.md has no release"), CHANGELOG, hint=_("add “## 1.0.0 / <today>”"))


@rule(
    "changelog/version",
    step="changelog",
    severity=Severity.WARNING,
    source=PUBLISHED_TILES,
    why="The heading of a release is its version.",
    form="Give each release a version of its own, of three numbers such as 1.2.0.",
    bad=_bad("## First release / 2026-11-23\n\n***Added***:\n\n* It\n"),
)
def version(tile: Tile) -> Iterator[Problem]:
    """A release's heading starts with a version of three numbers, and no version stands twice."""
    seen: set[str] = set()
    for index, release in enumerate(_releases(tile)):
        if _numbers(release.version) is None:
            yield _at(
                _("the heading {version} is no version", version=quoted(release.version)),
                index,
                _("write ## 1.0.0 / <date>"),
            )
        elif release.version in seen:
            yield _at(
                _("version {version} stands twice", version=quoted(release.version)),
                index,
                _("give the newer one a new version"),
            )
        elif release.version.count(".") == 1:
            yield _at(
                _("version {version} has two numbers", version=quoted(release.version)),
                index,
                _("write {version}.0", version=release.version),
            )
        seen.add(release.version)


@rule(
    "changelog/order",
    step="changelog",
    severity=Severity.WARNING,
    source=GUIDE,
    why="The newest release comes first.",
    form="Put the newest release first.",
    bad=_bad("## 1.0.0 / 2026-01-01\n\n* Old\n\n## 1.1.0 / 2026-02-01\n\n* New\n"),
)
def order(tile: Tile) -> Iterator[Problem]:
    """Releases stand newest first, by their versions and by their dates."""
    releases = _releases(tile)
    for index in range(1, len(releases)):
        above, below = _numbers(releases[index - 1].version), _numbers(releases[index].version)
        if above is not None and below is not None and below > above:
            message = _(
                "{version} stands below the older {version2}",
                version=releases[index].version,
                version2=releases[index - 1].version,
            )
            yield _at(message, index, _("put the newest release first"))
        elif _is_date(older := releases[index].date) and _is_date(newer := releases[index - 1].date) and older > newer:
            message = _(
                "{version} is of {older}, and the newer {version2} of {newer}",
                version=releases[index].version,
                older=older,
                version2=releases[index - 1].version,
                newer=newer,
            )
            yield _at(message, index, _("mend the date that is wrong"), severity=Severity.INFO)


@rule(
    "changelog/date",
    step="changelog",
    severity=Severity.INFO,
    source=PUBLISHED_TILES,
    why="Customers see how old a release is.",
    form="Write the day of the release as year-month-day, such as 2026-11-23.",
    bad=_bad("## 1.0.0 / 23.11.2026\n\n***Added***:\n\n* It\n"),
    mends=True,
)
def dates(tile: Tile) -> Iterator[Problem]:
    """A release's heading ends in its date: year-month-day."""
    for index, release in enumerate(_releases(tile)):
        if _numbers(release.version) is None:
            continue
        if not release.date:
            yield _at(
                _("{version} has no date", version=release.version),
                index,
                _("write ## {version} / <year-month-day>", version=release.version),
            )
        elif not _is_date(release.date):
            right = _as_date(release.date)
            yield _at(
                _("the date is {date}", date=quoted(release.date)),
                index,
                _("write {right}", right=right or _("it as year-month-day")),
                severity=Severity.WARNING,
                fix=_dating(index, release.date, right) if right else None,
            )
        elif "/" not in _heading(tile, release).partition(release.date)[0]:
            hint = _("write ## {version} / {date}", version=release.version, date=release.date)
            yield _at(_("no slash stands between version and date"), index, hint, fix=_slashed(index))


def _heading(tile: Tile, release: Release) -> str:
    file = tile.file(CHANGELOG)
    return file.text[release.heading_start : release.heading_end] if file is not None else ""


def _slashed(index: int) -> Fix:
    def fix(tile: Tile) -> Tile:
        release = _releases(tile)[index]
        file, heading = tile.file(CHANGELOG), _heading(tile, release)
        start, __, end = heading.partition(release.date)
        if file is None or "/" in start:
            return tile
        plain = start[: start.index(release.version) + len(release.version)]
        heading = f"{plain} / {release.date}{end.lstrip(')')}"
        return tile.with_text(
            CHANGELOG, file.text[: release.heading_start] + heading + file.text[release.heading_end :]
        )

    return fix


def _is_date(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


_MONTHS = "january february march april may june july august september october november december"


def _number(text: str) -> int:
    """A number, that of a month for its English name, 0 for any other word."""
    if text.isdigit():
        return int(text)
    return next((place for place, name in enumerate(_MONTHS.split(), 1) if name.startswith(text.lower())), 0)


def _as_date(text: str) -> str | None:
    """A date in another clear form as year-month-day; one that can be read in two ways is left."""
    for pattern, places in (
        (r"(\d{1,2})\.(\d{1,2})\.(\d{4})", (3, 2, 1)),
        (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", (1, 2, 3)),
        (r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", (3, 1, 2)),
        (r"(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.?,? (\d{4})", (3, 2, 1)),
    ):
        match = re.fullmatch(pattern, text)
        if match:
            year, month, day = (_number(match.group(place)) for place in places)
            try:
                return date(year, month, day).isoformat()
            except ValueError:
                return None
    return None


def _dating(index: int, old: str, right: str) -> Fix:
    def fix(tile: Tile) -> Tile:
        file = tile.file(CHANGELOG)
        if file is None or [each.date for each in file.changelog.releases[index : index + 1]] != [old]:
            return tile
        return tile.with_text(CHANGELOG, file.changelog.with_date(index, right).text)

    return fix


@rule(
    "changelog/changes",
    step="changelog",
    severity=Severity.INFO,
    source=PUBLISHED_TILES,
    why="A release without changes tells nothing.",
    form="List what changed in this release as added, fixed, changed or removed.",
    bad=_bad("## 1.0.0 / 2026-11-23\n"),
)
def changes(tile: Tile) -> Iterator[Problem]:
    """A release lists its changes under ***Added***:, ***Fixed***:, ***Changed***: or ***Removed***:."""
    for index, release in enumerate(_releases(tile)):
        if not any(items for __, items in release.changes):
            yield _at(
                _("{version} lists no changes", version=release.version), index, _("write ***Added***: and what is new")
            )
        if any(items and not kind for kind, items in release.changes):
            message = _("changes of {version} stand under no kind", version=release.version)
            yield _at(message, index, _("put ***Added***:, ***Fixed***:, ***Changed***: or ***Removed***: above them"))
        for kind, __ in release.changes:
            if kind and kind not in KINDS:
                near = nearest(kind, KINDS)
                if near:
                    yield _at(
                        _("{kind} is no kind of change", kind=quoted(kind)), index, _("did you mean {near}?", near=near)
                    )


@rule(
    "changelog/agent-version",
    step="changelog",
    severity=Severity.WARNING,
    source=REVIEW,
    why="The package and its release notes go by one version.",
    form="Give the newest release the version that the Agent check has, or raise the check's own.",
    bad=Example("datadog_checks/acme_widget/__about__.py", '__version__ = "9.9.9"\n'),
)
def agent_version(tile: Tile) -> Iterator[Problem]:
    """The Agent check's __version__ is that of the newest release."""
    releases = _releases(tile)
    for path in tile.under("datadog_checks", "__about__.py"):
        file = tile.file(path)
        match = re.search(r"""__version__\s*=\s*["']([^"']*)["']""", file.text) if file is not None else None
        if match and releases and match.group(1) != releases[0].version:
            hint = _("write {version}, or add the release to CHANGELOG.md", version=releases[0].version)
            yield Problem(
                _("__version__ is {match}", match=quoted(match.group(1))), path, offset=match.start(1), hint=hint
            )
