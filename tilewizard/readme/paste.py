"""A whole README, pasted or read from a file, split into sections for the tile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from ..answers.model import Answers
from ..answers.paths import replaced
from ..documents.markdown_links import folded
from ..documents.readme_document import ReadmeDocument
from ..field.vocabulary import nearest
from .data_collected import label_for

SIZE_MAX = 2_000_000
"""Characters of a README that are taken; the largest published one has 60,000."""
NEAR = {
    "about": "Overview",
    "description": "Overview",
    "introduction": "Overview",
    "summary": "Overview",
    "configuration": "Setup",
    "getting started": "Setup",
    "install": "Setup",
    "installation": "Setup",
    "installing": "Setup",
    "data": "Data Collected",
    "metrics": "Data Collected",
    "metrics collected": "Data Collected",
    "deinstallation": "Uninstallation",
    "removal": "Uninstallation",
    "uninstall": "Uninstallation",
    "uninstalling": "Uninstallation",
    "contact": "Support",
    "contact us": "Support",
    "getting help": "Support",
    "help": "Support",
    "faq": "Troubleshooting",
    "known issues": "Troubleshooting",
    "links": "Further Reading",
    "references": "Further Reading",
    "resources": "Further Reading",
}
"""Headings that READMEs have, in small letters, and the section that they mean."""


@dataclass(frozen=True)
class Piece:
    """A section of the pasted text.

    Attributes:
        heading: its heading.
        text: what stands under it.
        near: the section that it seems to mean, or nothing.
        own: whether it keeps its own heading all the same.
    """

    heading: str
    text: str
    near: str = ""
    own: bool = False

    @property
    def title(self) -> str:
        """The section that it becomes."""
        return self.near if self.near and not self.own else self.heading


@dataclass(frozen=True)
class Pasted:
    """A whole README, split."""

    title: str
    intro: str
    pieces: tuple[Piece, ...]
    links: dict[str, str]

    def switched(self, at: int) -> Pasted:
        """With one section under its own heading, or under the near one again."""
        pieces = [
            replace(each, own=not each.own) if n == at and each.near else each for n, each in enumerate(self.pieces)
        ]
        return replace(self, pieces=tuple(pieces))


def is_whole(text: str) -> bool:
    """Whether a text is a README of sections, and not a piece of one section."""
    plain = _plain(text)
    if len(text) > SIZE_MAX or "\n" not in plain.strip():
        return False
    return bool(ReadmeDocument.parse(plain).sections)


def _plain(text: str) -> str:
    """A text with plain line ends; some terminals paste ``\\r`` for each."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def split(text: str, known: tuple[str, ...]) -> Pasted:
    """A README's sections and links.

    Args:
        text: the README.
        known: the sections that a tile has, which headings are compared with.
    """
    document = ReadmeDocument.parse(_plain(text))
    links: dict[str, str] = {}
    for each in document.definitions:
        links.setdefault(each.label, each.url)
    plain = document.text
    for each in reversed(document.definitions):
        plain = plain[: each.start] + plain[each.end :]
    document = ReadmeDocument.parse(plain)
    headings = [section.key for section in document.sections]
    taken = set(headings)
    pieces = []
    for heading in headings:
        near = _near(heading, known)
        if near in taken:
            near = ""
        taken.add(near)
        pieces.append(Piece(heading, document.body(heading), near))
    return Pasted(document.title, document.intro, tuple(pieces), links)


def _near(heading: str, known: tuple[str, ...]) -> str:
    """The section that a heading means, when it isn't its very name."""
    if heading in known:
        return ""
    plain = heading.strip(" :#*_").casefold()
    same = next((title for title in known if title.casefold() == plain), "")
    meant = NEAR.get(plain, "")
    close = nearest(plain, known) if len(plain) > 4 else None
    return same or (meant if meant in known else "") or (close if close and _alike(plain, close) else "")


def _alike(plain: str, title: str) -> bool:
    """Whether two names differ by a slip of the fingers at most."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, plain, title.casefold()).ratio() > 0.84


def taken_over(answers: Answers, pasted: Pasted, how: Literal["replace", "merge"]) -> Answers:
    """The answers with a pasted README in place.

    Args:
        answers: those of now.
        pasted: the README, split.
        how: ``replace`` puts it in the place of the whole README; ``merge`` puts each of its sections in the place of
            the one of the same name, and leaves the others.
    """
    if how == "replace":
        answers = replaced(answers, ("readme",), {each.title: each.text for each in pasted.pieces})
        answers = replaced(answers, ("readme_links",), dict(pasted.links))
        answers = replaced(answers, ("readme_intro",), pasted.intro)
        same = pasted.title in ("", answers.readme_title or answers.listing.title)
        return answers if same else replaced(answers, ("readme_title",), pasted.title)
    labels, links = _merged_links(answers.readme_links, pasted.links)
    sections = dict(answers.readme)
    for each in pasted.pieces:
        sections[each.title] = _relabelled(each.text, labels)
    return replaced(replaced(answers, ("readme",), sections), ("readme_links",), links)


def _merged_links(old: dict[str, str], new: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The labels that new links get beside old ones, and all links."""
    links, labels = dict(old), {}
    known = {folded(label): url for label, url in old.items()}
    for label, url in new.items():
        mine = label if known.get(folded(label), url) == url else label_for({**links, **new}, "")
        if mine != label:
            same = next((each for each, other in links.items() if other == url), None)
            mine = same or mine
        labels[folded(label)] = mine
        links.setdefault(mine, url)
    return labels, links


def _relabelled(text: str, labels: dict[str, str]) -> str:
    """A text whose references carry their new labels."""
    changed = {old: new for old, new in labels.items() if old != folded(new)}
    if not changed:
        return text
    from ..documents.markdown_links import links_of

    found = [
        each for each in links_of(text, dict.fromkeys(labels, "-")) if folded(each.label) in changed and each.label
    ]
    for link in reversed(found):
        sign = "!" if link.image else ""
        text = f"{text[: link.start]}{sign}[{link.text}][{changed[folded(link.label)]}]{text[link.end :]}"
    return text
