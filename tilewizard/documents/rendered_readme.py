"""A README as Datadog's validators see it: rendered by Python-Markdown, whose reading differs from CommonMark's.

Three differences let a text pass as Markdown and fail there: a heading must start its line, blocks of raw HTML run to
their closing tag whatever stands between, and pictures are found as HTML, or with blanks in their addresses, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from tilewizard.language import _

if TYPE_CHECKING:
    from .markdown_blocks import Heading, LinkDefinition
    from .markdown_links import Link

_NAMES = (
    "address article aside blockquote body canvas center colgroup dd details div dl dt fieldset figcaption figure footer "
    "form frameset group h1 h2 h3 h4 h5 h6 head header hgroup html iframe li legend link main map math menu nav noframes "
    "noscript ol object option output p pre progress script section style summary table tbody td tfoot th thead tr ul "
    "video"
)
_BLOCKS = frozenset(_NAMES.split())
"""HTML elements that start a block of their own (HTML, and Python-Markdown's documentation of raw HTML)."""
_ATX = re.compile(r"##(?!#)([^\n]*?)#*(?:\r?\n|$)")
_SETEXT = re.compile(r"[^\n]*\n-+ *\r?(?:\n|$)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE = re.compile(r"^ {0,3}(`{3,}+|~{3,}+)[^\n]*\n(.*?)(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"(?<![`\\])(`{1,3})(?!`)((?:[^`\n]|\n(?!\s*\n)){1,2000})\1(?!`)")
_ATTRIBUTES = r"""((?:[^<>"']++|"[^"]{0,500}+"|'[^']{0,500}+'){0,40}+)>"""
_TAG = re.compile(rf"<img\b{_ATTRIBUTES}", re.IGNORECASE)
_MARK = re.compile(rf"<!--|<(/?)([A-Za-z][A-Za-z0-9:-]{{0,40}}+){_ATTRIBUTES}")
_STARTS_LINE = re.compile(r"(?:\A|\n) {0,3}\Z")
_OPEN_MAX = 200
"""Elements that are open at a time and that a closing tag is looked for in."""
_SOURCE = re.compile(r"""(?<![\w-])src\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_INLINE = re.compile(r"!\[([^\]\n]{0,500})\]\([ \t]*([^()\n]{1,2000})\)")
_TITLE = re.compile(r"""[ \t]+(?:"[^"]*"|'[^']*')[ \t]*$""")
READ_MAX = 400_000
"""Characters of a README that is looked into; the longest published one has some 50,000."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is shown: its address (None: it has none) and where it stands."""

    url: str | None
    start: int


class ReadText(Protocol):
    """What is read of a README before it is rendered: :class:`~.readme_document.ReadmeDocument` is one."""

    @property
    def text(self) -> str: ...
    @property
    def headings(self) -> tuple[Heading, ...]: ...
    @property
    def definitions(self) -> tuple[LinkDefinition, ...]: ...
    @property
    def links(self) -> tuple[Link, ...]: ...


class RenderedReadme:
    """What is there of a README once it is rendered."""

    def __init__(self, readme: ReadText) -> None:
        self._readme = readme
        self._text = readme.text if len(readme.text) <= READ_MAX else ""

    @cached_property
    def raw_html(self) -> tuple[tuple[int, int], ...]:
        """The spans of raw HTML, in which nothing is read as Markdown."""
        return _raw_spans(self._text) if "<" in self._text else ()

    @cached_property
    def sections(self) -> tuple[Heading, ...]:
        """The H2 headings that are headings there too."""
        return tuple(each for each in self._readme.headings if each.level == 2 and not self.why_lost(each))

    def why_lost(self, heading: Heading) -> str:
        """Why an H2 is no heading there, or nothing."""
        line = self._text[heading.start : heading.end]
        if not line.strip():
            return ""
        if any(start < heading.start < end for start, end in self.raw_html):
            return _("stands inside of HTML")
        if line[0].isspace():
            return _("has blanks before it")
        if heading.setext:
            return "" if _SETEXT.match(line.replace("\r", "")) else _("is underlined in a way that is not known there")
        found = _ATX.match(line)
        return "" if found and found.group(1).strip() == heading.title else _("has blanks after its closing signs")

    def shows_nothing(self, start: int, end: int) -> bool:
        """Whether a stretch of the text renders to nothing: blanks, comments, definitions of links."""
        pieces, position = [], start
        for each in self._readme.definitions:
            if start <= each.start < end:
                pieces.append(self._readme.text[position : each.start])
                position = each.end
        text = "".join(pieces) + self._readme.text[position:end]
        return not (_COMMENT.sub("", text) if "<!--" in text else text).strip()

    @cached_property
    def pictures(self) -> tuple[Picture, ...]:
        """Every picture, in order: of Markdown, as HTML, or with blanks in its address."""
        found = [Picture(link.url, link.start) for link in self._readme.links if link.image and link.url]
        known = {each.start for each in found}
        text = self._without_code
        for tag in _TAG.finditer(text) if "<" in text else ():
            source = _SOURCE.search(tag.group(1))
            url = next((each for each in source.groups() if each is not None), "") if source else None
            found.append(Picture(url, tag.start()))
        for inline in _INLINE.finditer(text) if "](" in text else ():
            if inline.start() not in known:
                found.append(Picture(_TITLE.sub("", inline.group(2)).strip().strip("<>"), inline.start()))
        return tuple(sorted(found, key=lambda each: each.start))

    @cached_property
    def _without_code(self) -> str:
        """The text with code blanked out; a fence around a blank line is none there."""

        def blank(match: re.Match[str]) -> str:
            return re.sub(r"[^\n]", " ", match.group())

        def fence(match: re.Match[str]) -> str:
            return match.group() if re.search(r"\n[ \t]*\n", match.group(2)) else blank(match)

        text = self._text
        if "```" in text or "~~~" in text:
            text = _FENCE.sub(fence, text)
        return _CODE.sub(blank, text) if "`" in text else text


def _raw_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where blocks of raw HTML start and end; one that is never closed runs to the end of the text."""
    found: list[tuple[int, int]] = []
    pending: list[str] = []
    since = position = 0
    while match := _MARK.search(text, position):
        position = match.end()
        if match.group() == "<!--":
            close = text.find("-->", position)
            position = close + 3 if close >= 0 else position
            if close < 0:
                break
        elif match.group(1):
            if match.group(2).lower() in pending[-_OPEN_MAX:]:
                while pending.pop() != match.group(2).lower():
                    pass
                if not pending:
                    found.append((since, match.end()))
        elif not match.group().endswith("/>"):
            tag = match.group(2).lower()
            if pending:
                pending.append(tag)
            elif tag in _BLOCKS and _STARTS_LINE.search(text, max(0, match.start() - 4), match.start()):
                pending, since = [tag], match.start()
    return (*found, (since, len(text))) if pending else tuple(found)
