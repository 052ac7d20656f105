"""README.md: its sections are the tabs of the tile's page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from tilewizard.documents.readme_document import ReadmeDocument, Section
from tilewizard.field.placeholders import leftovers
from tilewizard.field.vocabulary import Target
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import METADATA, README, Tile

from ..registry import Example, rule
from ..sources import CREATE_A_TILE, GUIDE, REVIEW, VALIDATE_README

REQUIRED = ("Overview", "Setup")
REQUIRED_MARKETPLACE = ("Overview", "Setup", "Uninstallation", "Support")
CUSTOMARY = ("Data Collected", "Troubleshooting", "Further Reading")
LINES_MAX = 20
"""Findings of one kind on one README; more of them help nobody."""

_CLEAN = """# Acme Widget

## Overview

What it is. See the [guide][1].

## Setup

1. Install it.

## Data Collected

Metrics, which metadata.csv lists, and events.

### Log collection

None by default.

## Uninstallation

1. Remove it.

## Support

Write to [support][1].

[1]: https://acme.example
"""


def _changed(old: str, new: str, target: Target = Target.MARKETPLACE) -> Example:
    return Example(README, _CLEAN.replace(old, new), shown=new or f"without: {old.strip()}", target=target)


def document(tile: Tile) -> ReadmeDocument | None:
    """The README, if there is one that can be parsed."""
    file = tile.file(README)
    return None if file is None or file.readme.faults else file.readme


def mentions(text: str, *words: str) -> bool:
    """Whether one of some words, in lower case, is in a text: quicker than a pattern of all of them, which most texts lack."""
    low = text.lower()
    return any(word in low for word in words)


def required_sections(*, sold: bool) -> tuple[str, ...]:
    """The titles of the sections that a tile must have: more of them when it is sold."""
    return REQUIRED_MARKETPLACE if sold else REQUIRED


def _problem(message: str, section: str = "", hint: str = "", offset: int | None = None, form: str = "") -> Problem:
    return Problem(message, README, f"/{section}" if section else "", offset=offset, hint=hint, form=form)


def _section_at(readme: ReadmeDocument, offset: int) -> str:
    found: Section | None = next((s for s in readme.sections if s.heading.start <= offset < s.end), None)
    return found.key if found else ""


@rule(
    "readme/missing",
    step="readme",
    severity=Severity.ERROR,
    source=CREATE_A_TILE,
    why="Without it the tile's page is empty.",
    form="Write the README: its sections are what the tabs show.",
    bad=Example(README, None),
)
def missing(tile: Tile) -> Iterator[Problem]:
    """A tile has a README.md that can be read."""
    file = tile.file(README)
    if file is None:
        yield _problem(_("there is no README.md"), hint=_("write one; `tilewizard edit` has a step for it"))
    else:
        for fault in file.readme.faults:
            yield _problem(_("README.md {message}", message=fault.message), hint=fault.hint, offset=fault.offset)
        for fault in file.readme.unread:
            message = f"README.md {fault.message}"
            yield Problem(message, README, hint=fault.hint, offset=fault.offset, severity=Severity.WARNING)


@rule(
    "readme/section-missing",
    step="readme",
    severity=Severity.ERROR,
    source=VALIDATE_README,
    why="Each required section is a tab that customers look for.",
    form="Write this section: the tile's page has a tab for it.",
    bad=_changed("## Setup\n", "## Installation\n"),
)
def section_missing(tile: Tile) -> Iterator[Problem]:
    """README.md has the H2 sections Overview and Setup, on the Marketplace also Uninstallation and Support."""
    readme = document(tile)
    if readme is None:
        return
    rendered = readme.rendered
    for title in required_sections(sold=tile.sold):
        lost = [(each, rendered.why_lost(each.heading)) for each in readme.sections if each.title == title]
        if lost and all(why for __, why in lost):
            section, why = lost[0]
            message = _("the heading {title} {why}: Datadog's validator doesn't find it", title=title, why=why)
            hint = _("write “## {title}” on a line of its own", title=title)
            form = _(
                "Give the section “{title}” a heading that stands by itself: Datadog doesn't find it.", title=title
            )
            yield _problem(message, section.key, hint, section.heading.start, form)
        elif not lost:
            near = next((each for each in readme.sections if each.title.lower().startswith(title.lower()[:5])), None)
            hint = (
                _("rename “## {near}” to “## {title}”", near=near.title, title=title)
                if near
                else _("add “## {title}” with its text", title=title)
            )
            offset = near.heading.start if near else None
            form = _("Write the section “{title}”: the tile's page has a tab for it.", title=title)
            if near:
                form = _(
                    "Rename the section {near} to “{title}”: the tab shows that one.",
                    near=quoted(near.title),
                    title=title,
                )
            yield _problem(
                _("the section {title} is missing", title=title), near.key if near else "", hint, offset, form
            )


@rule(
    "readme/section-empty",
    step="readme",
    severity=Severity.ERROR,
    source=VALIDATE_README,
    why="An empty section is an empty tab.",
    form="Write this section, or take its heading away where it isn't required.",
    bad=_changed("1. Install it.\n", ""),
)
def section_empty(tile: Tile) -> Iterator[Problem]:
    """No section of README.md is empty."""
    readme = document(tile)
    if readme is None:
        return
    rendered = readme.rendered
    for section in readme.sections:
        if not rendered.shows_nothing(section.start, section.end):
            continue
        required = section.title in required_sections(sold=tile.sold)
        yield Problem(
            _("the section {section} is empty", section=section.title),
            README,
            f"/{section.key}",
            offset=section.heading.start,
            hint=_("write its text") if required else _("write its text or take the heading away"),
            form=_("Write the section {section}: it is empty.", section=quoted(section.title)),
            severity=None if required else Severity.WARNING,
        )


@rule(
    "readme/section-twice",
    step="readme",
    severity=Severity.WARNING,
    source=REVIEW,
    why="A tab shows the first of two sections with one name.",
    form="Join the two sections, or rename one: they have the same title.",
    bad=_changed("## Support\n", "## Setup\n\nAgain.\n\n## Support\n"),
)
def section_twice(tile: Tile) -> Iterator[Problem]:
    """No two sections of README.md have the same title."""
    readme = document(tile)
    for section in readme.sections if readme else ():
        if section.key != section.title:
            hint = _("bring the two together")
            yield _problem(
                _("the section {section} stands twice", section=section.title), section.key, hint, section.heading.start
            )


@rule(
    "readme/placeholder",
    step="readme",
    severity=Severity.WARNING,
    source=REVIEW,
    why="Text left to be filled in is the first thing that a reviewer sends back.",
    form="Write the real text: some was left to be filled in.",
    bad=_changed("What it is.", "TODO: say what it is."),
)
def placeholder(tile: Tile) -> Iterator[Problem]:
    """README.md has no text that was left to be filled in; what its examples of code leave to the customer is none."""
    readme = document(tile)
    if readme is None:
        return
    found = [
        (offset, word) for offset, word in islice(leftovers(readme.text), 200) if not _in_code(readme.text, offset)
    ]
    for offset, word in found[:LINES_MAX]:
        yield _problem(
            _("{word} was left to be filled in", word=quoted(word)),
            _section_at(readme, offset),
            _("write the real text"),
            offset,
        )


def _in_code(text: str, offset: int) -> bool:
    """Whether a place is inside a fence or between the backquotes of its line."""
    *before, line = text[:offset].split("\n")
    fences = sum(each.lstrip(" >-*").startswith(("```", "~~~")) for each in before)
    return fences % 2 == 1 or line.count("`") % 2 == 1


@rule(
    "readme/characters",
    step="readme",
    severity={Target.EXTRAS: Severity.ERROR},
    source=VALIDATE_README,
    why="Datadog's validator takes no character above U+0100 in integrations-extras.",
    form="Replace this character by a plain one: free tiles take no emoji or special signs.",
    bad=_changed("What it is.", "What it is \u2014 and why.", Target.EXTRAS),
    mends=True,
)
def characters(tile: Tile) -> Iterator[Problem]:
    """Outside the Marketplace README.md has no character above U+0100."""
    file = tile.file(README)
    if file is None or file.text.isascii():
        return
    found = [index for index, char in enumerate(file.text) if ord(char) > 256 and not "\udc80" <= char <= "\udcff"]
    for offset in found[:LINES_MAX]:
        char = file.text[offset]
        plain = _PLAIN.get(char)
        hint = _("write {plain!r}", plain=plain) if plain else _("write it in plain ASCII")
        section = _section_at(file.readme, offset)
        problem = _problem(
            _("{char} (U+{char2:04X}) is not allowed", char=quoted(char), char2=ord(char)), section, hint, offset
        )
        yield Problem(
            problem.message, README, problem.pointer, offset=offset, hint=hint, fix=_made_plain if plain else None
        )


_PLAIN = {
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-", "\u2026": "...",
    "\u2192": "->", "\u2022": "*", "\u2212": "-", "\u200b": "", "\ufeff": "", "\u2011": "-", "\u2009": " ",
}  # fmt: skip
"""Typographic characters and what they are in ASCII."""


def _made_plain(tile: Tile) -> Tile:
    file = tile.file(README)
    return (
        tile
        if file is None
        else tile.with_text(README, file.text.translate({ord(char): plain for char, plain in _PLAIN.items()}))
    )


@rule(
    "readme/heading-skipped",
    step="readme",
    severity=Severity.WARNING,
    source=REVIEW,
    why="A heading that skips a level breaks the outline that screen readers and the page's contents follow.",
    form="Raise this heading: it skips a level.",
    bad=_changed("### Log collection", "#### Log collection"),
)
def heading_skipped(tile: Tile) -> Iterator[Problem]:
    """No heading of README.md skips a level."""
    readme = document(tile)
    level = 0
    for heading in readme.headings if readme else ():
        if level and heading.level > level + 1:
            yield _problem(
                _(
                    "the heading {heading} goes from H{level} to H{level2}",
                    heading=quoted(heading.title),
                    level=level,
                    level2=heading.level,
                ),
                _section_at(readme, heading.start) if readme else "",
                _("make it {level} {heading}", level="#" * (level + 1), heading=heading.title),
                heading.start,
            )
        level = heading.level


@rule(
    "readme/steps-numbered",
    step="readme",
    severity=Severity.INFO,
    source=REVIEW,
    why="Reviewers ask for numbered steps where the order matters.",
    form="Write the steps of Setup as a numbered list.",
    bad=_changed(
        "1. Install it.\n", "Install it. Then restart it. Then look at the dashboard. And so on and on and on.\n"
    ),
)
def steps_numbered(tile: Tile) -> Iterator[Problem]:
    """Setup has numbered steps."""
    readme = document(tile)
    body = readme.body("Setup") if readme else ""
    if body and readme and not re.search(r"^ {0,3}(?:\d+[.)]|[*+-]) ", body, re.M) and len(body) > 60:
        start = next(each.heading.start for each in readme.sections if each.key == "Setup")
        yield _problem(_("Setup has no numbered steps"), "Setup", _("write the steps as 1. … 2. …"), start)


_FILLER = re.compile(r"\b(simply|please)\b", re.IGNORECASE)


@rule(
    "readme/filler",
    step="readme",
    severity=Severity.INFO,
    source=REVIEW,
    why="Datadog's style does without them, and reviewers strike them out one by one.",
    form="Leave out “simply” and “please”.",
    bad=_changed("What it is.", "Simply install it, please."),
)
def filler(tile: Tile) -> Iterator[Problem]:
    """README.md does without “simply” and “please”."""
    readme = document(tile)
    if readme is None or not mentions(readme.text, "simply", "please"):
        return
    for match in islice(_FILLER.finditer(readme.text), LINES_MAX):
        section = _section_at(readme, match.start())
        yield _problem(_("the word {match}", match=quoted(match.group())), section, _("leave it out"), match.start())


@rule(
    "readme/data-collected",
    step="readme",
    # Nearly every published tile of integrations-extras has one; the Marketplace's guide doesn't ask for it.
    severity={Target.EXTRAS: Severity.INFO},
    source=CREATE_A_TILE,
    why="Customers look there for what arrives: metrics, events, service checks, logs.",
    form="Add the section Data Collected: the tile has metrics.",
    bad=_changed("## Data Collected\n", "## More\n", Target.EXTRAS),
)
def data_collected(tile: Tile) -> Iterator[Problem]:
    """README.md of a tile with metrics has a section Data Collected."""
    readme, metadata = document(tile), tile.file(METADATA)
    if readme is None or metadata is None or not metadata.csv.rows:
        return
    if not any(heading.title.strip().lower() == "data collected" for heading in readme.headings):
        hint = _("add “## Data Collected” with “### Metrics” that names metadata.csv")
        yield _problem(_("there is no section Data Collected, and metadata.csv lists metrics"), hint=hint)


@rule(
    "readme/support",
    step="readme",
    severity={Target.EXTRAS: Severity.INFO},
    source=GUIDE,
    why="Customers look for whom to ask.",
    form="Say whom customers can ask, with an address.",
    bad=Example(README, "# A\n\n## Overview\n\nText.\n\n## Setup\n\n1. Install it.\n", target=Target.EXTRAS),
)
def support(tile: Tile) -> Iterator[Problem]:
    """README.md says whom to ask, in a section Support or Troubleshooting."""
    readme = document(tile)
    if readme is not None and not {"Support", "Troubleshooting"} & {section.title for section in readme.sections}:
        yield _problem(_("there is no section Support or Troubleshooting"), hint=_("add “## Support” with an address"))
