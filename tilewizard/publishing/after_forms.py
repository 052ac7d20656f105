"""What comes after a tile is handed in: for people, and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from textwrap import indent, wrap

import click

from tilewizard.language import _

from ..answers.notes import NAMES
from ..quoting import visible
from .after import After, Section

WIDTH = 100
"""Columns of a sentence; a text to copy keeps its lines."""


def as_text(after: After, name: str, *, colour: bool) -> str:
    """The sections one after the other.

    Args:
        after: what comes.
        name: the tile's directory.
        colour: whether to use ANSI colours.
    """
    lines = [visible(_("{name}, after it is handed in to {way}:", name=name, way=NAMES[after.way]))]
    for at, section in enumerate(after.sections, 1):
        title = f"{at}. {section.title}"
        lines += ["", click.style(title, bold=True) if colour else title, *_lines(section)]
        for each in section.texts:
            label = f"   [{each.name}]"
            lines += ["", click.style(label, fg="cyan") if colour else label]
            lines += map(visible, indent(each.text.rstrip(), "   | ", lambda __: True).splitlines())
    return "\n".join(lines) + "\n"


def told(section: Section) -> Iterator[tuple[str, str]]:
    """The sentences of a section, each after its sign: what happens, what to do, who acts, how long it takes."""
    yield from (("·", each) for each in section.happens)
    yield from (("→", each) for each in section.todo)
    yield "·", _("Who acts: {who}.", who=section.who)
    if section.wait:
        yield "·", _("How long: {wait}", wait=section.wait)


def _lines(section: Section) -> Iterator[str]:
    for sign, sentence in told(section):
        yield from wrap(visible(sentence), WIDTH, initial_indent=f"   {sign} ", subsequent_indent=" " * 5, break_long_words=False, break_on_hyphens=False)  # fmt: skip


def as_json(after: After, name: str) -> str:
    """The same as one JSON object; its form is version 1."""
    sections = [
        {
            "name": each.slug,
            "title": each.title,
            "happens": each.happens,
            "to_do": each.todo,
            "who": each.who,
            "wait": each.wait or None,
            "source": each.source,
            "texts": [
                {"name": text.slug, "title": text.name, "text": text.text, "placeholders": text.gaps}
                for text in each.texts
            ],
        }
        for each in after.sections
    ]
    facts = {"version": 1, "tile": name, "target": after.way.value, "sold": after.sold}
    return json.dumps({**facts, "sections": sections}, indent=2) + "\n"
