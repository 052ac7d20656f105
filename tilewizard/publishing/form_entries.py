"""What a field of a form is: what it takes from a tile, what is asked of it; and the ways in which most fields are filled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tilewizard.language import _

from ..preview.preview import section_text
from ..tile.tile import TileFile
from .requirements import Sight

Value = tuple[str, str]
"""A text to copy, and before it what it is called among the values of its field; empty where the field has one."""


@dataclass(frozen=True)
class Filled:
    """What a tile gives for a field: texts to copy, files to upload."""

    values: tuple[Value, ...] = ()
    files: tuple[TileFile, ...] = ()

    @property
    def text(self) -> str:
        """All texts, one below the other."""
        return "\n".join(text for __, text in self.values)


@dataclass(frozen=True)
class Demand:
    """What the form or its reviewers ask of a field.

    Attributes:
        words: what is asked, a sentence that is true where it is met.
        met: whether it is.
    """

    words: str
    met: Callable[[Sight, Filled], bool]


@dataclass(frozen=True)
class Entry:
    """A field of the form.

    Attributes:
        name: as the form calls it.
        fill: what the tile gives for it.
        demands: what is asked of it.
        note: what to do there, where that isn't plain.
        applies: whether the form of such a tile has it.
        subjects: the rules whose errors are told at it.
    """

    name: str
    fill: Callable[[Sight], Filled]
    demands: tuple[Demand, ...] = ()
    note: str = ""
    applies: Callable[[Sight], bool] = lambda __: True
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """A page of the form with its fields."""

    title: str
    entries: tuple[Entry, ...]


def text_of(read: Callable[[Sight], object]) -> Callable[[Sight], Filled]:
    """A field that takes one text; nothing where that is empty."""

    def fill(sight: Sight) -> Filled:
        found = str(read(sight) or "").strip()
        return Filled((("", found),) if found else ())

    return fill


def texts_of(read: Callable[[Sight], Iterable[object]]) -> Callable[[Sight], Filled]:
    """A field that takes several texts, each copied for itself."""
    return lambda sight: Filled(tuple(("", str(each)) for each in read(sight) if str(each).strip()))


def files_from(read: Callable[[Sight], Iterable[TileFile]]) -> Callable[[Sight], Filled]:
    """A field that takes files."""
    return lambda sight: Filled(files=tuple(read(sight)))


def nothing(__: Sight) -> Filled:
    """What a tile gives for a field that is filled in the form alone."""
    return Filled()


def section(heading: str) -> Callable[[Sight], Filled]:
    """A field that takes a section of the README."""
    return text_of(lambda sight: _with_its_links(section_text(sight.tile, heading)[0]))


_DEFINITION = re.compile(r"\[([^\]]+)\]: ")


def _with_its_links(text: str) -> str:
    """A section of the README whose text comes first, then those of the README's links that it refers to."""
    head, __, body = text.partition("\n\n")
    found = [(match, line) for line in head.split("\n") if (match := _DEFINITION.match(line))]
    if len(found) != head.count("\n") + 1:
        return text
    used = [line for match, line in found if f"[{match[1]}]" in body]
    return "\n\n".join(part for part in (body.strip("\n"), "\n".join(used)) if part)


def no_more_than(limit: int) -> Demand:
    """A limit of characters."""
    return Demand(_("It has at most {limit} characters.", limit=limit), lambda __, filled: len(filled.text) <= limit)


def files_between(least: int, most: int) -> Demand:
    """A limit of files."""
    return Demand(
        _("There are {least} to {most} of them.", least=least, most=most),
        lambda __, filled: least <= len(filled.files) <= most,
    )


GIVEN = Demand(_("It is filled in."), lambda __, filled: bool(filled.values or filled.files))
