"""The requirements of a tile's way and their states: for people, and for programs."""

from __future__ import annotations

import json

import click

from ..quoting import visible
from .ready import Readiness, Standing, State

_SIGNS = {State.MET: ("✓", "green"), State.CONFIRMED: ("✓", "green"), State.OPEN: ("?", "yellow"), State.UNMET: ("✗", "red")}  # fmt: skip


def as_text(readiness: Readiness, name: str, *, colour: bool) -> str:
    """A line for each requirement, and what is left to do.

    Args:
        readiness: where the tile stands.
        name: the tile's directory.
        colour: whether to use ANSI colours.
    """
    lines = [visible(f"{name}, to be published on {readiness.way.value}:"), ""]
    for each in readiness.standings:
        lines += _lines(each, colour=colour)
    return "\n".join([*lines, "", _summary(readiness)]) + "\n"


def _lines(each: Standing, *, colour: bool) -> list[str]:
    sign, hue = _SIGNS[each.state]
    head = f"{sign} {each.state.value:<10}"
    shown = click.style(head, fg=hue) if colour else head
    day = (
        f" Yes, confirmed on {each.on}."
        if each.on
        else " Yes, ticked at the start."
        if each.state == State.CONFIRMED
        else ""
    )
    lines = [f"  {shown} {each.requirement.slug:<10} {visible(each.words)}{day}"]
    waits = each.requirement.wait if each.state == State.OPEN else ""
    return lines + [f"{'':26}→ {visible(more)}" for more in (each.remedy, waits) if more]


def _summary(readiness: Readiness) -> str:
    missing, waiting = len(readiness.of(State.UNMET)), readiness.of(State.OPEN)
    if readiness.ready:
        return "Ready: all that is asked for is there."
    said = [f"Not ready. Not met: {missing}; to confirm: {len(waiting)}."]
    if waiting:
        first = waiting[0].requirement.slug
        said.append(f"Confirm by --ask, one after the other, or by name: --tick {first}. It is asked once.")
    return " ".join(said)


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
