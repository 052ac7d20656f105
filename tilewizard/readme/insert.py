"""Links and pictures put into a README section: what is written there, and what else of the answers changes."""

from __future__ import annotations

import re
from pathlib import Path

from ..answers.conditions import on_marketplace, repository
from ..answers.derived_values import settled
from ..answers.model import Answers
from ..answers.paths import replaced
from ..authoring.parts.placing import file_name
from ..documents.readme_document import ReadmeDocument
from .data_collected import label_for

PICTURES = (".png", ".jpg", ".jpeg", ".gif")
"""Endings of pictures that READMEs show."""
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?", re.ASCII)
_MAIL = re.compile(r"[^\s@<>()\[\]]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_SCHEME = re.compile(r"(https?://[^\s<>]+\.?[^\s<>]*|mailto:[^\s<>]+@[^\s<>]+)", re.IGNORECASE)


def address(typed: str) -> str:
    """The address that a typed text stands for; empty when it is none.

    ``docs.acme.example`` becomes ``https://docs.acme.example``, a mail address a ``mailto:``.
    """
    text = typed.strip().strip("<>")
    if _SCHEME.fullmatch(text):
        return text
    if _MAIL.fullmatch(text):
        return f"mailto:{text}"
    return f"https://{text}" if _HOST.fullmatch(text) else ""


def with_link(answers: Answers, text: str, url: str) -> tuple[str, Answers]:
    """A link as it is written in a section, and the answers with its address among the README's links.

    Args:
        answers: those of now.
        text: what one reads.
        url: where it leads; an address that is there already keeps its number.
    """
    label = label_for({**_in_sections(answers), **answers.readme_links}, url)
    link = f"[{_plain(text) or url}][{label}]"
    return link, replaced(answers, ("readme_links",), {**answers.readme_links, label: url})


def _in_sections(answers: Answers) -> dict[str, str]:
    """Link definitions that stand within sections."""
    found: dict[str, str] = {}
    for text in answers.readme.values():
        if "]:" in text:
            found |= {each.label: each.url for each in ReadmeDocument.parse(text).definitions}
    return found


def with_definitions_moved(answers: Answers, title: str) -> Answers:
    """The answers with the link definitions that end a section among the README's links; as they are when it has none."""
    document = ReadmeDocument.parse(answers.readme.get(title, ""))
    found = {each.label: each.url for each in document.trailing_definitions}
    if not found:
        return answers
    text = document.text[: document.trailing_definitions[0].start].rstrip()
    answers = replaced(answers, ("readme", title), text)
    return replaced(answers, ("readme_links",), {**answers.readme_links, **found})


def with_picture(answers: Answers, path: Path, caption: str, root: Path | None = None) -> tuple[str, Answers]:
    """A picture as it is written in a section, and the answers with its file among those to copy into ``images/``.

    Args:
        answers: those of now.
        path: the file.
        caption: what it shows, in words.
        root: the tile's directory, when there is one: a picture of its own ``images/`` is shown from there.
    """
    name = file_name(str(path))
    # One with spaces in its name would need an address that not every reader takes: it is copied.
    inside = root is not None and path.resolve() == root.resolve() / "images" / name
    picture = f"![{_plain(caption)}]({picture_address(answers, name, root)})"
    if not inside and str(path) not in answers.readme_images:
        answers = replaced(answers, ("readme_images",), [*answers.readme_images, str(path)])
    return picture, answers


def picture_address(answers: Answers, name: str, root: Path | None = None) -> str:
    """Where a picture of ``images/`` is shown from: relative on the Marketplace, by raw GitHub address elsewhere."""
    if on_marketplace(answers):
        return f"images/{name}"
    directory = root.resolve().name if root is not None else settled(answers).listing.directory
    return f"https://raw.githubusercontent.com/DataDog/{repository(answers).value}/master/{directory}/images/{name}"


def name_taken(answers: Answers, path: Path, root: Path | None = None) -> bool:
    """Whether another picture goes into ``images/`` under the name that this one would have."""
    name = file_name(str(path))
    others = [*answers.readme_images, *(medium.image for medium in answers.media)]
    if any(each and each != str(path) and file_name(each) == name for each in others):
        return True
    mine = root / "images" / name if root is not None else None
    return mine is not None and mine.is_file() and mine.resolve() != path.resolve()


def _plain(text: str) -> str:
    """A text on one line, its brackets escaped."""
    return re.sub(r"(?<!\\)([\[\]])", r"\\\1", " ".join(text.split()))
