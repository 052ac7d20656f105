"""Text that was left to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LEFTOVER = re.compile(
    r"FILL[ _-]?IN\b|\bTODO\b|\bTBD\b|\bFIXME\b|\bXXX\b|\blorem ipsum\b|<[A-Z][A-Z_ ]*_?(?:HERE|PLACEHOLDER)>"
    r"|\[(?:insert|your|describe|add|fill)\b[^\]\n]{2,80}\](?![\[(:])|\{\{\s*\w+\s*\}\}",
    re.IGNORECASE,
)
_SIGNS = (
    "fill",
    "todo",
    "tbd",
    "fixme",
    "xxx",
    "lorem",
    "here>",
    "placeholder>",
    "[insert",
    "[your",
    "[describe",
    "[add",
    "{{",
)
"""One of these stands in every leftover: most texts have none, and need no closer look."""
_CASED = ("todo", "tbd", "xxx", "fixme", "fill in", "fill-in", "fill_in", "fillin")
"""Words that are leftovers in capitals only, or in brackets: “Fill in the key” is a step of a guide."""


def leftovers(text: str) -> Iterator[tuple[int, str]]:
    """Every piece of placeholder text, with its offset."""
    lowered = text.lower()
    if not any(sign in lowered for sign in _SIGNS):
        return
    for match in _LEFTOVER.finditer(text):
        word = match.group()
        if word.lower() not in _CASED or word.isupper() or text[max(match.start() - 1, 0)] in "<[{":
            yield match.start(), word
