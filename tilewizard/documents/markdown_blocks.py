"""Where the blocks of a Markdown text stand: mistune's block parser, made to remember positions.

mistune reads texts whose lines end in ``\\n``; offsets are mapped back to the text as it is.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from re import Match
from typing import Any

from mistune.block_parser import BlockParser
from mistune.core import BlockState

QUOTES_MAX = 400
"""Depth of ``>`` on one line beyond which a text is not read as Markdown."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level, its text, and the span of its line or, for a setext heading, its lines."""

    level: int
    title: str
    start: int
    end: int
    setext: bool = False


@dataclass(frozen=True, slots=True)
class LinkDefinition:
    """``[label]: url "title"`` and its span, line break included."""

    label: str
    url: str
    title: str
    start: int
    end: int


_ADDRESS_ALONE = re.compile(r"""[ \t]*[^\s<>\\()\x00-\x1f\x7f]+[ \t]*\n(?![ \t]*["'(])""")
"""The rest of a definition that has no title, and needs no second look."""


class _Known(dict[str, Any]):
    """Says that it knows every label, so that mistune doesn't work out addresses that nobody asks it for."""

    def __contains__(self, _: object) -> bool:
        return True


class _State(BlockState):
    """A block state that notes where each of its tokens starts."""

    definitions: list[tuple[str, int, int]]

    def append_token(self, token: dict[str, Any]) -> None:
        token["start"] = self.cursor
        super().append_token(token)

    def prepend_token(self, token: dict[str, Any]) -> None:
        token["start"] = self.cursor
        super().prepend_token(token)

    def add_paragraph(self, text: str) -> None:
        super().add_paragraph(text)
        self.last_token().setdefault("start", self.cursor)


class _Parser(BlockParser):
    """A block parser of the outermost level that notes where headings and link definitions end."""

    def parse(self, state: BlockState, rules: list[str] | None = None) -> None:
        # What stands inside of lists and quotes, nobody asks for.
        if state.parent is None:
            super().parse(state, rules)

    def parse_atx_heading(self, m: Match[str], state: BlockState) -> int:
        # mistune's own takes the closing signs away in time that grows with the square of the blanks.
        text = m.group("atx_2").strip(string.whitespace)
        whole = text.rstrip()
        bare = whole.rstrip("#")
        if bare != whole and (not bare or bare[-1].isspace()):
            text = bare.rstrip()
        end = m.end() + 1
        attributes = {"level": len(m.group("atx_1"))}
        state.append_token({"type": "heading", "text": text, "attrs": attributes, "style": "atx", "end": end})
        return end

    def parse_setex_heading(self, m: Match[str], state: BlockState) -> int | None:
        before = state.last_token()
        end = super().parse_setex_heading(m, state)
        if end is not None and before is not None and before["type"] == "heading" and "end" not in before:
            before["end"] = end
        return end

    def parse_ref_link(self, m: Match[str], state: BlockState) -> int | None:
        last = state.last_token()
        in_paragraph = last is not None and last["type"] == "paragraph"
        plain = None if in_paragraph or not m.group("reflink_1").strip() else _ADDRESS_ALONE.match(state.src, m.end())
        end = plain.end() if plain else super().parse_ref_link(m, state)
        if end is not None and not in_paragraph and state.parent is None and isinstance(state, _State):
            state.definitions.append((m.group("reflink_1"), m.start(), end))
            # A definition ends the paragraph before it as far as later lines are concerned.
            state.append_token({"type": "definition"})
        return end


@dataclass(frozen=True, slots=True)
class Blocks:
    """The headings and link definitions of the outermost level, in order; ``trailing`` definitions close the text."""

    headings: tuple[Heading, ...]
    definitions: tuple[LinkDefinition, ...]
    trailing: int


def blocks_of(text: str) -> Blocks:
    """Parse a text's blocks.

    Raises:
        RecursionError: the text is nested beyond all reason.
    """
    if ">" * QUOTES_MAX in text.replace(" ", ""):
        raise RecursionError
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain += "" if plain.endswith("\n") else "\n"  # mistune knows no last line without a line break.
    mapped = _mapping(text) if "\r" in text else lambda offset: offset

    def back(offset: int) -> int:
        return min(mapped(offset), len(text))

    state = _State()
    state.definitions = []
    state.env["ref_links"] = _Known()
    state.process(plain)
    _Parser().parse(state)
    headings = []
    for token in state.tokens:
        if token["type"] == "heading" and "start" in token:
            start, end = token["start"], token.get("end", token["start"])
            title = token["text"].strip()
            headings.append(Heading(token["attrs"]["level"], title, back(start), back(end), token["style"] == "setext"))
    definitions = tuple(
        LinkDefinition(label, *_target(plain[start:end]), back(start), back(end))
        for label, start, end in state.definitions
    )
    kinds = [token["type"] for token in state.tokens if token["type"] != "blank_line"]
    trailing = next((count for count, kind in enumerate(reversed(kinds)) if kind != "definition"), len(kinds))
    return Blocks(tuple(headings), definitions, trailing)


def _target(definition: str) -> tuple[str, str]:
    """The address and the title of a definition, as typed."""
    rest = definition.partition("]:")[2].strip()
    if rest.startswith("<"):
        url, _, title = rest[1:].partition(">")
    else:
        url, title = (*rest.split(None, 1), "", "")[:2]
    return url, title.strip().strip("\"'()")


def _mapping(text: str) -> Callable[[int], int]:
    """From offsets in the text with plain line breaks to offsets in the text itself."""
    dropped = [index for index, char in enumerate(text) if char == "\r" and text[index + 1 : index + 2] == "\n"]
    shifted = [index - count for count, index in enumerate(dropped)]

    def back(offset: int) -> int:
        # A dropped \r stands before its \n: an offset just behind that line break has passed it.
        return offset + bisect_right(shifted, offset - 1)

    return back
