"""The requirements of a tile's way and their states: for people, and for programs."""

from __future__ import annotations

import json

import click

from tilewizard.language import _

from ..answers.notes import NAMES
from ..quoting import visible
from .ready import Readiness, Standing, State

SIGNS = {State.MET: ("✓", "green"), State.CONFIRMED: ("✓", "green"), State.OPEN: ("?", "yellow"), State.UNMET: ("✗", "red")}  # fmt: skip


def as_text(readiness: Readiness, name: str, *, colour: bool) -> str:
    """A line for each requirement, and what is left to do.

    Args:
        readiness: where the tile stands.
        name: the tile's directory.
        colour: whether to use ANSI colours.
    """
    lines = [visible(_("{name}, to be published on {way}:", name=name, way=NAMES[readiness.way])), ""]
    for each in readiness.standings:
        lines += _lines(each, colour=colour)
    return "\n".join([*lines, "", _summary(readiness)]) + "\n"


def _lines(each: Standing, *, colour: bool) -> list[str]:
    sign, hue = SIGNS[each.state]
    head = f"{sign} {each.state.cell}"
    shown = click.style(head, fg=hue) if colour else head
    lines = [f"  {shown} {each.requirement.slug:<10} {visible(each.told)}"]
    return lines + [f"{'':{len(each.state.cell) + 16}}→ {visible(more)}" for more in each.more]


def _summary(readiness: Readiness) -> str:
    waiting = readiness.of(State.OPEN)
    if not waiting:
        return readiness.verdict
    first = waiting[0].requirement.slug
    return _(
        "{verdict} Confirm by --ask, one after the other, or by name: --tick {first}. It is asked once.",
        verdict=readiness.verdict,
        first=first,
    )


def as_json(readiness: Readiness, name: str) -> str:
    """The same as one JSON object; its form is version 1."""
    requirements = [
        {
            "name": each.requirement.slug,
            "state": each.state.value,
            "words": each.words,
            "remedy": each.remedy,
            "wait": each.requirement.wait,
            "confirmed": each.on or None,
            "of_partner": each.requirement.of_partner,
            "source": each.requirement.source,
        }
        for each in readiness.standings
    ]
    facts = {"version": 1, "tile": name, "target": readiness.way.value, "ready": readiness.ready}
    return json.dumps({**facts, "requirements": requirements}, indent=2) + "\n"
