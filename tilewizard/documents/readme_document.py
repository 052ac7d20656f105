"""A README that keeps its text: sections, heading, link definitions, each changed without touching the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tilewizard.errors import Fault
from tilewizard.language import _

from .rendered_readme import RenderedReadme

if TYPE_CHECKING:
    from .markdown_blocks import Blocks, Heading, LinkDefinition
    from .markdown_code import CodeRanges
    from .markdown_links import Link

READ_MAX = 1_000_000
"""Characters of a Markdown text that is read; the longest published one has some 50,000."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section under an H2.

    Attributes:
        title: as typed.
        key: the title, with `` (2)`` and so on for a title that stands again.
        heading: where its heading stands.
        start: where its body starts, after the heading.
        end: where it ends: at the next H2 or H1, at the link definitions that close the file, or at its end.
    """

    title: str
    key: str
    heading: Heading
    start: int
    end: int


class ReadmeDocument:
    """An immutable README. Offsets are characters; sections come from mistune's block parser."""

    def __init__(self, text: str) -> None:
        self.text = text

    @classmethod
    def parse(cls, text: str) -> ReadmeDocument:
        """The document of a text. Never raises; what can't be parsed has no sections and a fault."""
        return cls(text)

    # -- reading

    @cached_property
    def _parsed(self) -> tuple[Blocks, tuple[Fault, ...]]:
        from .markdown_blocks import Blocks, blocks_of

        if len(self.text) > READ_MAX:
            message = _("has more than {limit:,} characters and is not read", limit=READ_MAX)
            return Blocks((), (), 0), (Fault(0, message, _("make it shorter"), "size"),)
        try:
            return blocks_of(self.text), ()
        except RecursionError:
            return Blocks((), (), 0), (
                Fault(0, _("is nested too deeply to be read"), _("write it plainer"), "complexity"),
            )

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Why the text can't be read as Markdown; kinds ``complexity``, ``size``."""
        return self._parsed[1]

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Headings of every level, outside code, quotes and lists."""
        return self._parsed[0].headings

    @property
    def definitions(self) -> tuple[LinkDefinition, ...]:
        """Every link definition."""
        return self._parsed[0].definitions

    @cached_property
    def trailing_definitions(self) -> tuple[LinkDefinition, ...]:
        """The definitions after which nothing but blank lines and more of them follows."""
        count = self._parsed[0].trailing
        return self.definitions[len(self.definitions) - count :] if count else ()

    @cached_property
    def title_heading(self) -> Heading | None:
        """The first H1."""
        return next((heading for heading in self.headings if heading.level == 1), None)

    @property
    def title(self) -> str:
        """The text of the first H1; empty when there is none."""
        return self.title_heading.title if self.title_heading else ""

    @cached_property
    def _content_end(self) -> int:
        trailing = self.trailing_definitions
        return trailing[0].start if trailing else len(self.text)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections under H2 headings, in order."""
        tops = [heading for heading in self.headings if heading.level <= 2]
        found: list[Section] = []
        seen: dict[str, int] = {}
        for index, heading in enumerate(tops):
            if heading.level != 2:
                continue
            end = tops[index + 1].start if index + 1 < len(tops) else max(self._content_end, heading.end)
            seen[heading.title] = seen.get(heading.title, 0) + 1
            count = seen[heading.title]
            key = heading.title if count == 1 else f"{heading.title} ({count})"
            found.append(Section(heading.title, key, heading, heading.end, end))
        return tuple(found)

    def section(self, key: str) -> Section | None:
        """The section of a key, or None."""
        return next((section for section in self.sections if section.key == key), None)

    def body(self, key: str) -> str:
        """A section's text without the blank lines around it, its lines ending in ``\\n``."""
        section = self.section(key)
        return self._shown(self.text[section.start : section.end]) if section else ""

    @property
    def _intro_span(self) -> tuple[int, int]:
        start = self.title_heading.end if self.title_heading else 0
        first = self.sections[0].heading.start if self.sections else self._content_end
        return (start, first) if start <= first else (first, first)

    @property
    def intro(self) -> str:
        """The text between the H1 and the first H2."""
        start, end = self._intro_span
        return self._shown(self.text[start:end])

    @staticmethod
    def _shown(text: str) -> str:
        plain = text.replace("\r\n", "\n")
        return re.sub(r"\A([ \t]*\n)+", "", plain).rstrip()

    @cached_property
    def unread(self) -> tuple[Fault, ...]:
        """What is not looked into, so that time stays bounded: links of knotted paragraphs; kind ``complexity``."""
        from .markdown_links import entangled_at

        at = entangled_at(self.text)
        if at is None:
            return ()
        message = _("has a paragraph here with thousands of brackets or letters, so its links are not checked")
        return (Fault(at, message, _("write it plainer"), "complexity"),)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link and picture outside code."""
        from .markdown_links import folded, links_of

        if self.faults or self.unread or ("[" not in self.text and "<" not in self.text):
            return ()
        # The definitions that close the text hold no links.
        text = self.text[: self._content_end]
        return links_of(text, {folded(each.label): each.url for each in self.definitions})

    @cached_property
    def code(self) -> CodeRanges:
        """What of the text is code."""
        from .markdown_code import CodeRanges

        return CodeRanges(self.text)

    @cached_property
    def rendered(self) -> RenderedReadme:
        """The README as Datadog's validators render it."""
        return RenderedReadme(self)

    # -- edits

    @cached_property
    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"

    def _own(self, text: str) -> str:
        """A text with the file's line breaks."""
        return text.replace("\r\n", "\n").replace("\n", self._newline)

    def _spliced(self, start: int, end: int, text: str) -> ReadmeDocument:
        return self if self.text[start:end] == text else ReadmeDocument(self.text[:start] + text + self.text[end:])

    def with_title(self, title: str) -> ReadmeDocument:
        """Another H1, in the style of the one that is there."""
        heading = self.title_heading
        if heading is None:
            return self._spliced(0, 0, f"# {title}{self._newline * 2}")
        return self._retitled(heading, title)

    def _retitled(self, heading: Heading, title: str) -> ReadmeDocument:
        raw = self.text[heading.start : heading.end]
        at = raw.find(heading.title) if heading.title else -1
        if at < 0:
            line = f"{'#' * heading.level} {title}"
            ending = raw[len(raw.rstrip("\r\n")) :]
            return self._spliced(heading.start, heading.end, line + ending)
        start = heading.start + at
        return self._spliced(start, start + len(heading.title), title)

    def with_intro(self, text: str) -> ReadmeDocument:
        """Another text between the H1 and the first H2."""
        start, end = self._intro_span
        return self._with_text(start, end, text, last=end == len(self.text))

    def with_body(self, key: str, text: str) -> ReadmeDocument:
        """Another text for a section; the blank lines around it stay.

        Raises:
            KeyError: there is no such section.
        """
        section = self.section(key)
        if section is None:
            raise KeyError(key)
        if self.body(key) == self._shown(text):
            return self
        return self._with_text(section.start, section.end, text, last=section.end == len(self.text))

    def _with_text(self, start: int, end: int, text: str, *, last: bool) -> ReadmeDocument:
        old, new = self.text[start:end], self._own(self._shown(text))
        lead_match = re.match(r"(?:[ \t]*\r?\n)*", old)
        lead = lead_match.group() if lead_match else ""
        if not old.strip():
            nl = self._newline
            head = nl if start and self.text[start - 1] == "\n" else nl * 2
            # An empty body: what blank lines there are close it, a body needs them on both sides.
            tail = "" if last and not old and not self.text.endswith("\n") else nl if last else nl * 2
            return self._spliced(start, end, f"{head}{new}{tail}" if new else old)
        tail = old[len(old.rstrip()) :]
        if new:
            return self._spliced(start + len(lead), end - len(tail), new)
        return self._spliced(start, end, "" if last else tail)

    def with_section(self, title: str, text: str, *, after: str | None) -> ReadmeDocument:
        """A section more, after the one of a key; None puts it first."""
        nl = self._newline
        previous = self.section(after) if after is not None else None
        if previous is not None:
            at = previous.end
        else:
            at = self.sections[0].heading.start if self.sections else self._content_end
        before, behind = self.text[:at], self.text[at:]
        setext = bool(self.sections) and all(section.heading.setext for section in self.sections)
        heading = f"{title}{nl}{'-' * max(3, len(title))}" if setext else f"## {title}"
        body = self._own(self._shown(text))
        lead = "" if not before or before.endswith(nl * 2) else nl if before.endswith("\n") else nl * 2
        block = f"{lead}{heading}{nl}{f'{nl}{body}{nl}' if body else ''}"
        if behind.strip():
            block += nl
        elif not before.endswith("\n") and before:
            block = block.removesuffix(nl)
        return self._spliced(at, at, block)

    def without_section(self, key: str) -> ReadmeDocument:
        """Without a section and its heading."""
        section = self.section(key)
        if section is None:
            return self
        text = self.text[: section.heading.start]
        if section.end == len(self.text):
            ending = self.text[len(self.text.rstrip("\r\n")) :]
            text = text.rstrip() + (ending if text.strip() else "")
        return ReadmeDocument(text + self.text[section.end :])

    def renamed_section(self, key: str, title: str) -> ReadmeDocument:
        """Another heading for a section; its level and style stay."""
        section = self.section(key)
        return self._retitled(section.heading, title) if section else self

    def reordered(self, keys: Sequence[str]) -> ReadmeDocument:
        """The sections in another order; sections that are not named stay behind the named ones."""
        sections = list(self.sections)
        if not sections:
            return self
        known = {section.key: section for section in sections}
        order = [known[key] for key in keys if key in known]
        order += [section for section in sections if section.key not in keys]
        if order == sections:
            return self
        nl = self._newline
        pieces = [self.text[section.heading.start : section.end] for section in order]
        final = self.text[sections[-1].heading.start : sections[-1].end]
        tail = final[len(final.rstrip()) :]
        text = "".join(piece.rstrip() + nl * 2 for piece in pieces[:-1]) + pieces[-1].rstrip() + tail
        return self._spliced(sections[0].heading.start, sections[-1].end, text)

    def with_definition(self, label: str, url: str) -> ReadmeDocument:
        """Another address for a link definition; a new one goes to those that close the file."""
        from .markdown_links import folded

        for each in self.definitions:
            if folded(each.label) == folded(label):
                raw = self.text[each.start : each.end]
                at = raw.find(each.url, raw.find("]:") + 2)
                return self if not each.url else self._spliced(each.start + at, each.start + at + len(each.url), url)
        nl = self._newline
        trailing = self.trailing_definitions
        if trailing:
            end = trailing[-1].end
            missing = "" if self.text[:end].endswith("\n") else nl
            line = f"{missing}[{label}]: {url}" + (nl if not missing else "")
            return self._spliced(end, end, line)
        head = self.text.rstrip()
        ending = self.text[len(self.text.rstrip("\r\n")) :] or nl
        return ReadmeDocument(f"{head}{nl * 2 if head else ''}[{label}]: {url}{ending if head else nl}")

    def without_definition(self, label: str) -> ReadmeDocument:
        """Without the definition of a label."""
        from .markdown_links import folded

        for each in self.definitions:
            if folded(each.label) == folded(label):
                return self._spliced(each.start, each.end, "")
        return self

    def with_inline_links_as_references(self) -> ReadmeDocument:
        """Every ``[text](address)`` as ``[text][n]`` with its definition at the end, and its title there.

        Pictures stay as they are.
        """
        inline = [link for link in self.links if link.kind == "inline" and not link.image and link.url]
        numbers = {each.url: each.label for each in reversed(self.definitions) if each.label.isdigit()}
        address = {link: f"{link.url}{_title(self.text[link.start : link.end])}" for link in inline}
        highest = max((int(each.label) for each in self.definitions if each.label.isdigit()), default=0)
        added: dict[str, str] = {}
        for link in inline:
            if address[link] not in numbers:
                highest += 1
                numbers[address[link]] = added[address[link]] = str(highest)
        text = self.text
        for link in reversed(inline):
            text = f"{text[: link.start]}[{link.text}][{numbers[address[link]]}]{text[link.end :]}"
        document = ReadmeDocument(text)
        for url, label in added.items():
            document = document.with_definition(label, url)
        return document if inline else self


def _title(link: str) -> str:
    """The title of an inline link as it stands, with the blank before it; empty when there is none."""
    match = re.search(r"""\s("[^"\n]*"|'[^'\n]*')[ \t]*\)$""", link)
    return f" {match.group(1)}" if match else ""
