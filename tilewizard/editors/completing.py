"""What may stand at a place that is being typed: tags and closed values of the manifest, cells of metadata.csv, headings.

The lists are those that the rules check against and the wizard asks with; nothing is listed here a second time.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tilewizard.language import _

from ..answers.model import Answers
from ..answers.questions import choices_of, question_for, questions
from ..checking.locate import in_manifest
from ..documents.readme_document import ReadmeDocument
from ..field.vocabulary import known_tags, vocabulary
from ..readme.data_collected import TITLE as DATA_COLLECTED
from ..readme.starters import TEMPLATES
from ..rules.readme.readme import required_sections
from ..tile.tile import MANIFEST, METADATA, README, Tile

_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"?|[{}\[\],:]')
_REST = re.compile(r'(?:[^"\\\n]|\\.)*"?')
_TAGS = "/tile/classifier_tags/"
_HEADING = re.compile(r"(#{1,6})[ \t]*(.*)")
_BELOW = {
    DATA_COLLECTED: ("Metrics", "Events", _("Service Checks"), "Logs"),
    "Setup": ("Installation", "Configuration", "Validation"),
}
"""Headings of the third level, by their section: those that the tab knows, and those of the starter text."""
_LISTED = {"curated_metric": "curated_metric_types"}
"""Columns whose closed list is no choice of their question, and the list's name."""

_ALIKE = ("integration",)
"""Columns that say the same in every row."""
_ROWS = 20
"""Rows that are looked at for that."""


@dataclass(frozen=True)
class Proposal:
    """One text that may stand at the place.

    Attributes:
        text: what is put there.
        start: from which offset on.
        end: up to which offset.
        told: a few words on it.
        first: whether it comes before those that have it not.
    """

    text: str
    start: int
    end: int
    told: str = ""
    first: bool = False


def proposals(tile: Tile | None, path: str, text: str, offset: int) -> list[Proposal]:
    """What may stand at an offset of an open file.

    Args:
        tile: the tile as it was checked last; None: not yet.
        path: the file's, in the tile.
        text: the buffer as it is now.
        offset: where the cursor is, in characters.
    """
    if path == MANIFEST:
        return list(_in_manifest(text, offset, tile))
    if path == METADATA:
        return list(_in_table(text, offset))
    if path == README:
        return list(_headings(text, offset, sold=tile.sold if tile is not None else True))
    return []


# -- manifest.json


def _in_manifest(text: str, offset: int, tile: Tile | None) -> Iterator[Proposal]:
    place = _place(text, offset)
    if place is None:
        return
    pointer, start = place
    rest = _REST.match(text, offset)
    end = rest.end() if rest is not None and text[rest.end() - 1 : rest.end()] == '"' else offset
    if pointer.startswith(_TAGS):
        taken = set(re.findall(r'"([A-Z][^"\n]*::[^"\n]*)"', text[: start - 1] + text[end:]))
        used = vocabulary()["classifier_tags_in_use"]
        for tag in sorted(set(known_tags()) - taken, key=lambda each: (-used.get(each, 0), each)):
            told = _("on {used} published tiles", used=used[tag]) if tag in used else "documented"
            yield Proposal(f'"{tag}"', start, end, told)
        return
    path = in_manifest(pointer, tile) if tile is not None else None
    question = question_for(path) if path is not None else None
    for value in choices_of(question, Answers()) if question is not None else ():
        yield Proposal(f'"{value}"', start, end)


def _place(text: str, offset: int) -> tuple[str, int] | None:
    """The pointer of the text that an offset is in, and where it starts; None in a key, and outside of any text.

    What comes behind the offset is not looked at: half a document is no document, and no parser tells its places.
    """
    keys: list[str | int] = []
    kinds: list[str] = []
    key = ""
    for match in _TOKEN.finditer(text, 0, offset):
        token = match.group()
        if token[0] == '"':
            if match.end() == offset and not _closed(token):
                named = bool(kinds) and (kinds[-1] == "[" or keys[-1] != "")
                return ("".join(f"/{each}" for each in keys), match.start()) if named else None
            key = token[1:-1]
        elif token in "{[":
            kinds.append(token)
            keys.append("" if token == "{" else 0)
        elif not kinds:
            continue
        elif token in "}]":
            kinds.pop()
            keys.pop()
        elif token == ":":
            keys[-1] = key
        else:
            last = keys[-1]
            keys[-1] = last + 1 if isinstance(last, int) else ""
    return None


def _closed(token: str) -> bool:
    return len(token) > 1 and token[-1] == '"' and (len(token) - len(token[:-1].rstrip("\\"))) % 2 == 1


# -- metadata.csv


@cache
def _cells() -> dict[str, tuple[str, ...]]:
    """The closed lists of columns."""
    table = next(each for each in questions() if each.path == ("metrics", "rows"))
    found = {each.path[-1]: choices_of(each, Answers()) for each in table.columns}
    found |= {column: tuple(vocabulary()[name]) for column, name in _LISTED.items()}
    return {column: values for column, values in found.items() if values}


def _in_table(text: str, offset: int) -> Iterator[Proposal]:
    start = text.rfind("\n", 0, offset) + 1
    head = text[: text.find("\n")] if "\n" in text else text
    columns = next(csv.reader([head.rstrip("\r")]), [])
    cells = next(csv.reader([text[start:offset]]), None) or [""]
    rest = re.match(r'[^,"\r\n]*"?', text[offset:])
    end = offset + (rest.end() if rest else 0)
    at = offset - len(cells[-1]) - (text[start:offset].count('"') % 2)
    if start == 0:
        for column in vocabulary()["metadata_columns"]:
            if column not in [each for each in columns if each != text[at:end]]:
                yield Proposal(column, at, end, _("a column"))
        return
    column = columns[len(cells) - 1] if len(cells) <= len(columns) else ""
    for value in _cells().get(column, ()):
        yield Proposal(value, at, end, column)
    if column in _ALIKE:
        rows = csv.reader(line for line in text.splitlines()[1:_ROWS] if not text.startswith(line, start))
        for value in sorted({row[len(cells) - 1] for row in rows if len(row) >= len(cells)} - {""}):
            yield Proposal(value, at, end, column)


# -- README.md


def _headings(text: str, offset: int, *, sold: bool) -> Iterator[Proposal]:
    start = text.rfind("\n", 0, offset) + 1
    match = _HEADING.fullmatch(text[start:offset].rstrip("\r"))
    if match is None:
        return
    level = len(match[1])
    line_end = text.find("\n", offset)
    end = len(text[: line_end if line_end >= 0 else len(text)].rstrip())
    others = ReadmeDocument.parse(text[:start] + text[max(end, offset) :])
    there = {section.title for section in others.sections}
    demanded = required_sections(sold=sold)
    if level <= 2:
        for title in dict.fromkeys((*demanded, *TEMPLATES, DATA_COLLECTED)):
            if title not in there:
                told = _("a section that is asked for") if title in demanded else _("a section")
                yield Proposal(f"## {title}", start, max(end, offset), told, first=title in demanded)
        return
    section = next((each for each in reversed(others.sections) if each.heading.start < start), None)
    taken = {each.title for each in others.headings if section and section.start <= each.start < section.end}
    for title in _BELOW.get(section.title, ()) if section is not None and level == 3 else ():
        if title not in taken:
            yield Proposal(
                f"### {title}", start, max(end, offset), _("in {section}", section=section.title) if section else ""
            )
