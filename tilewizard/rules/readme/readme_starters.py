"""Starter text that was left as it is in README.md."""

from __future__ import annotations

from collections.abc import Iterator

from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import README, Tile

from ..registry import rule
from ..sources import GUIDE
from .readme import LINES_MAX, _changed, _section_at, document

_HINT = _("put your own words in the place of each «…»")


@rule(
    "readme/starter",
    step="readme",
    severity=Severity.WARNING,
    source=GUIDE,
    why="Starter text shows how a section is built; it says nothing of your product.",
    form="Put your own words in the place of the starter text.",
    bad=_changed("What it is.", "Acme Widget is «what kind of product it is, and whom it serves»."),
    good=_changed("What it is.", "Acme Widget is a controller of widgets, «Acme» on its label, for small factories."),
)
def starter(tile: Tile) -> Iterator[Problem]:
    """README.md has no starter text that was not edited."""
    readme = document(tile)
    if readme is None or "«" not in readme.text:
        return
    from tilewizard.readme.starters import (  # They come with the questions, which nothing else here needs.
        gaps,
        unedited,
    )

    whole: set[str] = set()
    for section in readme.sections:
        if unedited(section.title, readme.body(section.key)):
            whole.add(section.key)
            message = _("{section} is still starter text", section=section.title)
            yield Problem(message, README, f"/{section.key}", offset=section.heading.start, hint=_HINT)
    left = ((offset, gap, _section_at(readme, offset)) for offset, gap in gaps(readme.text))
    for offset, gap, key in [each for each in left if each[2] not in whole][:LINES_MAX]:
        message = _("{gap} of the starter text is still there", gap=quoted(gap))
        yield Problem(
            message, README, f"/{key}" if key else "", offset=offset, hint=_("put your own words in its place")
        )
