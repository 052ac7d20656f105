"""What makes a YAML text dangerous to read.

Nesting that exhausts a parser's stack is told from the characters alone, before any parser sees them: tree-sitter's YAML
grammar takes the whole process with it at some two hundred levels. Tags that make a loader construct objects, and
aliases that unfold into far more than what is written, are told from the parsed tree, before any loader sees the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from tilewizard.errors import Fault
from tilewizard.language import _

if TYPE_CHECKING:
    from tree_sitter import Node

LEVELS_MAX = 100
"""Levels of blocks; the deepest published pipeline has 15."""
BRACKETS_MAX = 500
"""Brackets that are open at a time, those in texts included; published files have at most 8."""
UNFOLDED_MAX = 1_000_000
"""Bytes that aliases may unfold into; no published file has an alias."""
UNSAFE = frozenset({"depth", "tag", "bomb", "size"})
"""Kinds of faults that are dangers, and not only mistakes."""
_LINE = re.compile(r"[^\r\n]+")
_INDICATORS = re.compile(r"(?:[-?:][ \t]+)*+")
_INDICATOR = re.compile(r"[-?:][ \t]")
_FAR_RIGHT = re.compile(rf"(?:\A|[\r\n])[ \t?:-]{{{LEVELS_MAX - 2}}}")
_BRACKET = re.compile(r"[][{}]")
_PLAIN_TAGS = frozenset(
    f"!!{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq", "set", "omap", "pairs", "binary")
) | {"!", "!!timestamp", "!!merge", "!!value"}


def nesting_fault(text: str) -> Fault | None:
    """Tell whether a text is nested too deeply to be parsed; in time that grows with the text alone."""
    # Each level starts further to the right, behind nothing but blanks and indicators.
    return _nesting_of_blocks(text) if _FAR_RIGHT.search(text) else _nesting_of_brackets(text)


def _nesting_of_blocks(text: str) -> Fault | None:
    stack: list[int] = []
    for line in _LINE.finditer(text):
        body = line.group().lstrip(" ")
        if not body.strip() or body.startswith("#"):
            continue
        indent = len(line.group()) - len(body)
        while stack and stack[-1] >= indent:
            stack.pop()
        stack.append(indent)
        run = _INDICATORS.match(body)
        if run is not None and run.group():
            stack += [indent + 1 + each.start() for each in _INDICATOR.finditer(run.group())]
        if len(stack) > LEVELS_MAX:
            return _deep(line.start())
    return _nesting_of_brackets(text)


def _nesting_of_brackets(text: str) -> Fault | None:
    if text.count("[") + text.count("{") > BRACKETS_MAX:
        depth = 0
        for bracket in _BRACKET.finditer(text):
            depth = depth + 1 if bracket.group() in "[{" else max(0, depth - 1)
            if depth > BRACKETS_MAX:
                return _deep(bracket.start())
    return None


def _deep(offset: int) -> Fault:
    return Fault(
        offset, _("is nested too deeply to be read"), _("keep it below {limit} levels", limit=LEVELS_MAX), "depth"
    )


def tag_fault(tags: list[Node]) -> Fault | None:
    """Tell of the first tag that is none of YAML's own."""
    for tag in sorted(tags, key=lambda node: node.start_byte):
        if (tag.text or b"").decode("utf-8", "replace") not in _PLAIN_TAGS:
            return Fault(tag.start_byte, _("has a tag that safe YAML doesn't know"), _("take the tag away"), "tag")
    return None


def alias_fault(anchors: list[Node], aliases: list[Node]) -> Fault | None:
    """Tell whether aliases unfold into too much; an alias inside of what it stands for never ends."""
    spans: dict[bytes, list[tuple[int, int]]] = {}
    for anchor in sorted(anchors, key=lambda node: node.start_byte):
        holder = anchor.parent or anchor
        spans.setdefault((anchor.text or b"")[1:], []).append(
            (anchor.start_byte, max(holder.end_byte, anchor.end_byte))
        )
    aliases = sorted(aliases, key=lambda node: node.start_byte)
    starts = [alias.start_byte for alias in aliases]
    sums = [0]
    for index, alias in enumerate(aliases):
        known = spans.get((alias.text or b"")[1:], [])
        at = bisect_left(known, (alias.start_byte, 0)) - 1
        weight = 0
        if at >= 0:
            start, end = known[at]
            if end > alias.start_byte:
                return Fault(
                    alias.start_byte, _("has an alias inside of what it stands for"), _("write it out"), "bomb"
                )
            first, last = bisect_left(starts, start), bisect_left(starts, end)
            weight = end - start + sums[min(last, index)] - sums[first]
        sums.append(sums[-1] + weight)
        if sums[-1] > UNFOLDED_MAX:
            message = _("has aliases that unfold into more than {limit:,} bytes", limit=UNFOLDED_MAX)
            return Fault(alias.start_byte, message, _("write out what they stand for"), "bomb")
    return None
