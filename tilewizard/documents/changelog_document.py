"""A changelog that keeps its text: releases under H2 headings, each changed without touching the others."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from tilewizard.errors import Fault

from .readme_document import ReadmeDocument, Section

_HEADING = re.compile(r"v?(?P<version>[^\s/]+)(?:\s*(?:/|-|\u2013|\u2014)?\s*\(?(?P<date>[^()]*?)\)?)?\s*")
_AGENT = re.compile(r"\s*Agent\s+v?\d[\w.+-]{0,40}\s*", re.IGNORECASE)
"""What Datadog's own changelogs add to a heading: the Agent that a release came with, ``## 1.2.0 / 2025-04-09 / Agent 7.66.0``."""
_KIND = re.compile(
    r"\s{0,3}(?:\*{2,3}|_{2,3}|#{3,4}\s+)?(?P<kind>[A-Z][A-Za-z ]{2,20}?)\s*(?:\*{2,3}|_{2,3})?\s*:?\s*(?:\*{2,3})?:?\s*"
)
_ITEM = re.compile(r"(?P<indent>\s{0,3})[*+-]\s+(?P<text>.*)")
KINDS = ("Added", "Fixed", "Changed", "Removed", "Deprecated", "Security")


@dataclass(frozen=True, slots=True)
class Release:
    """A release: what its heading says and its changes.

    Attributes:
        version: as typed.
        date: as typed; empty when there is none.
        changes: items by kind, in order; those under no kind, and prose, under the empty one.
        start: where the heading starts, characters.
        end: where the release ends.
        heading_start: the same as ``start``.
        heading_end: where its body starts.
    """

    version: str
    date: str
    changes: tuple[tuple[str, tuple[str, ...]], ...]
    start: int = 0
    end: int = 0
    heading_start: int = 0
    heading_end: int = 0


class ChangelogDocument:
    """An immutable changelog; the newest release comes first."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._readme = ReadmeDocument(text)

    @classmethod
    def parse(cls, text: str) -> ChangelogDocument:
        """The document of a text. Never raises."""
        return cls(text)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Why the text can't be read as Markdown."""
        return self._readme.faults

    @cached_property
    def releases(self) -> tuple[Release, ...]:
        """The releases as they stand."""
        return tuple(self._release(section) for section in self._readme.sections)

    def _release(self, section: Section) -> Release:
        before, _, last = section.title.rpartition("/")
        match = _HEADING.fullmatch(before.rstrip() if _AGENT.fullmatch(last) else section.title)
        version, date = (match["version"], match["date"] or "") if match else (section.title, "")
        changes = changes_in(self.text[section.start : section.end])
        heading = section.heading
        return Release(version, date, changes, heading.start, section.end, heading.start, heading.end)

    # -- edits

    @cached_property
    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"

    def with_release(self, release: Release, index: int = 0) -> ChangelogDocument:
        """A release more, before the one at an index."""
        nl = self._newline
        block = release_text(release).replace("\n", nl)
        releases = self.releases
        if index < len(releases):
            at = releases[index].start
            return self._spliced(at, at, block + nl)
        head = self.text.rstrip()
        return ChangelogDocument(f"{head}{nl * 2 if head else ''}{block}")

    def without_release(self, index: int) -> ChangelogDocument:
        """Without a release."""
        section = self._readme.sections[index]
        return ChangelogDocument(self._readme.without_section(section.key).text)

    def with_changed_release(self, index: int, release: Release) -> ChangelogDocument:
        """Another version, date or list of changes for a release; what is the same stays as it stands."""
        old = self.releases[index]
        document = self
        # Kinds keep the order in which they stand; a new kind goes last.
        given, stands = dict(release.changes), [kind for kind, _ in old.changes]
        kinds = [*(kind for kind in stands if kind in given), *(kind for kind in given if kind not in stands)]
        changes = tuple((kind, given[kind]) for kind in kinds)
        if old.changes != changes:
            document = document._with_changes(index, replace(release, changes=changes))
        if (old.version, old.date) != (release.version, release.date):
            document = document._with_heading(index, old, release)
        return document

    def with_date(self, index: int, date: str) -> ChangelogDocument:
        """Another date in the heading of a release."""
        old = self.releases[index]
        return self._with_heading(index, old, Release(old.version, date, old.changes))

    def _with_heading(self, index: int, old: Release, new: Release) -> ChangelogDocument:
        section = self._readme.sections[index]
        title = section.title
        if old.version != new.version and old.version in title:
            title = title.replace(old.version, new.version, 1)
        if old.date and new.date:
            title = title.replace(old.date, new.date, 1)
        elif new.date:
            before, _, last = title.rpartition("/")
            with_agent = before and _AGENT.fullmatch(last)
            title = f"{before.rstrip()} / {new.date} /{last}" if with_agent else f"{title} / {new.date}"
        elif old.date:
            title = new.version
        return ChangelogDocument(self._readme.renamed_section(section.key, title).text)

    def _with_changes(self, index: int, release: Release) -> ChangelogDocument:
        section = self._readme.sections[index]
        old = self.releases[index].changes
        body = self.text[section.start : section.end]
        if [kind for kind, _ in old] == [kind for kind, _ in release.changes]:
            changed = _with_items(body, old, release.changes)
            if changed is not None:
                return self._spliced(section.start, section.end, changed)
        text = changes_text(release.changes).rstrip("\n")
        return ChangelogDocument(self._readme.with_body(section.key, text).text)

    def _spliced(self, start: int, end: int, text: str) -> ChangelogDocument:
        return ChangelogDocument(self.text[:start] + text + self.text[end:])


def changes_in(body: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The changes of a release's body, by kind; continuation lines belong to their item, prose is an item too."""
    found: list[tuple[str, list[str]]] = []
    kind = ""
    for line in body.splitlines():
        if not line.strip():
            continue
        heading = _KIND.fullmatch(line)
        if heading and (heading["kind"].strip() in KINDS or line.lstrip().startswith(("*", "_", "#"))):
            kind = heading["kind"].strip()
            found.append((kind, []))
            continue
        item = _ITEM.fullmatch(line)
        if not found:
            found.append((kind, []))
        if item is None and line[:1] in " \t" and found[-1][1]:
            found[-1][1][-1] += f"\n{line.strip()}"
        else:
            found[-1][1].append(item["text"].strip() if item else line.strip())
    return tuple((kind, tuple(items)) for kind, items in found)


def _with_items(
    body: str, old: tuple[tuple[str, tuple[str, ...]], ...], new: tuple[tuple[str, tuple[str, ...]], ...]
) -> str | None:
    """The body with single items changed in place; None when items came or went."""
    pairs = [(a, b) for (_, was), (_, now) in zip(old, new, strict=True) for a, b in zip(was, now, strict=False)]
    if any(len(was) != len(now) for (_, was), (_, now) in zip(old, new, strict=True)):
        return None
    for was, now in pairs:
        if was != now:
            if "\n" in was + now or body.count(was) != 1:
                return None
            body = body.replace(was, now)
    return body


def changes_text(changes: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    """Changes as a changelog has them."""
    blocks = []
    for kind, items in changes:
        lines = [f"* {item.replace(chr(10), chr(10) + '  ')}" for item in items]
        blocks.append((f"***{kind}***:\n\n" if kind else "") + "\n".join(lines) + "\n")
    return "\n".join(blocks)


def release_text(release: Release) -> str:
    """A release as a changelog has it, with a last newline."""
    heading = f"## {release.version}{f' / {release.date}' if release.date else ''}"
    body = changes_text(release.changes)
    return f"{heading}\n\n{body}" if body else f"{heading}\n"
