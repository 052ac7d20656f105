"""Texts of users as a preview shows them: in one line, printable, bounded, pictures as words."""

from __future__ import annotations

import re

from tilewizard.language import _

from ..documents.readme_document import ReadmeDocument
from ..quoting import visible

TEXT_MAX = 40_000
"""Characters of one tab; the longest section of a published tile has 26,000."""
LINES_MAX = 800
"""Lines of one tab."""
LINE_MAX = 400
"""Characters of one line of the card."""

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: object, most: int = LINE_MAX) -> str:
    """A user's text in one line, printable, shortened."""
    words = " ".join(str(text)[: most * 4].split())
    return visible(words if len(words) <= most else f"{words[:most]}…")


def escaped(text: object, most: int = LINE_MAX) -> str:
    """The same as Markdown that shows it literally."""
    return _PUNCTUATION.sub(r"\\\1", plain(text, most))


def printable(text: str) -> str:
    """Several lines with control characters made visible; no-break spaces are spaces to the eye."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").expandtabs(4).split("\n")
    return "\n".join(visible(line) for line in lines)


def bounded(text: str) -> tuple[str, str]:
    """The first lines of a long text, and words on the rest."""
    lines = text[:TEXT_MAX].split("\n")
    kept = "\n".join(lines[:LINES_MAX])
    more = len(text) - len(kept)
    return kept, _("… and {more:,} characters more, which are not shown here.", more=more) if more > 0 else ""


def in_words(text: str) -> str:
    """The same with every picture as words: a terminal shows none within a text."""
    text = printable(text)
    if "![" not in text:
        return text
    for link in reversed(ReadmeDocument.parse(text).links):
        if link.image:
            words = ": ".join(filter(None, ("picture", escaped(link.text))))
            at = f" \\({escaped(link.url)}\\)" if link.url else ""
            text = f"{text[: link.start]}\\[{words}{at}\\]{text[link.end :]}"
    return text
