"""CHANGELOG.md: the releases."""

from __future__ import annotations

from typing import Any

from tilewizard.answers.material import Release as Answer
from tilewizard.answers.model import Answers
from tilewizard.authoring.templating import render
from tilewizard.documents.changelog_document import Release
from tilewizard.tile.tile import CHANGELOG, Tile, TileFile

from .part import Files, Part, Writing

KINDS = ("added", "fixed", "changed", "removed")


def extract(tile: Tile) -> dict[str, Any]:
    """The releases, the newest first; kinds of change that have no question of their own go under ``other``."""
    file = tile.file(CHANGELOG)
    return {"changelog": [_answer(release) for release in file.changelog.releases]} if file else {}


def _answer(release: Release) -> dict[str, Any]:
    found: dict[str, Any] = {"version": release.version, "date": release.date, "other": {}}
    for kind, items in release.changes:
        if kind.lower() in KINDS and kind.lower() not in found:
            found[kind.lower()] = list(items)
        else:
            found["other"][kind] = found["other"].get(kind, []) + list(items)
    return found


def changes_of(answer: Answer) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The changes of a release by kind, as the file has them; a kind without a change is left out."""
    usual = [(kind.capitalize(), tuple(getattr(answer, kind))) for kind in KINDS]
    other = [(kind, tuple(items)) for kind, items in answer.other.items()]
    return tuple((kind, items) for kind, items in [*usual, *other] if items)


def files(writing: Writing) -> Files:
    """The changelog with the changed releases changed; a new one from its template."""
    before, after = writing.before.changelog, writing.after.changelog
    base = writing.base.file(CHANGELOG)
    if base is None:
        if not writing.new and not after:
            return {}
        text = render("CHANGELOG.md.j2", answers=writing.after, changes_of=changes_of)
        return {CHANGELOG: TileFile(CHANGELOG, text.encode())}
    document = base.changelog
    if before == after:
        return {}
    added = max(0, len(after) - len(before))
    if after[added:] != before and len(after) > len(before) and after[: len(before)] == before:
        added = 0
    for index in range(len(before) - 1, len(after) - added - 1, -1):
        document = document.without_release(index)
    for index, release in enumerate(after[added : added + len(before)]):
        if release != before[index]:
            changed = _release(release)
            document = document.with_changed_release(index, changed)
    for release in reversed(after[:added]):
        document = document.with_release(_release(release), 0)
    for index in range(len(before), len(after) - added):
        document = document.with_release(_release(after[index]), index)
    return {CHANGELOG: base.with_text(document.text)}


def _release(answer: Answer) -> Release:
    return Release(
        version=answer.version,
        date=answer.date,
        changes=changes_of(answer),
        start=0,
        end=0,
        heading_start=0,
        heading_end=0,
    )


def _inputs(answers: Answers) -> tuple[Any, ...]:
    return (answers.changelog, answers.listing.title)


PART = Part("changelog", _inputs, extract, files)
