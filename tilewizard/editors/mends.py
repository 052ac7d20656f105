"""Mends as edits of texts: the least that turns one text into another, and what becomes of whole files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from ..checking.mend import Mended, mended
from ..rules.findings import Finding
from ..rules.registry import rules_by_name
from ..tile.places import place_of
from ..tile.tile import BOM, Tile
from .at_work import Report

_COMPARED_MAX = 400_000_000
"""Lines of one text times lines of the other that are compared one by one; beyond, the whole middle is replaced."""

Splice = tuple[int, int, str]
"""Start and end in a text, in characters, and what is put there."""


@dataclass(frozen=True)
class FileEdit:
    """Another text for one file.

    Attributes:
        path: where it is, absolute.
        before: its text; None: it is new.
        after: the text that it gets.
    """

    path: Path
    before: str | None
    after: str


def mends_of(finding: Finding, report: Report) -> list[FileEdit]:
    """What mends one finding as ``check --fix`` does; nothing where there isn't one right answer, or it is no text."""
    if finding.fix is not None:
        return _edits(report.tile, finding.fix(report.tile), whole=True)
    rule = rules_by_name()[finding.rule]
    return _around(mended(report.tile, rules=(rule,), owner=report.owner)) if rule.checkout else []


def mends_of_all(report: Report) -> list[FileEdit]:
    """What ``check --fix`` would mend in the whole tile and around it, but for what is no text."""
    order = report.order
    mends = mended(
        report.tile,
        rules=order.rules(),
        owner=report.owner,
        severity=order.severity,
        allowances=order.allowances,
    )
    return [*_edits(report.tile, mends.tile, whole=False), *_around(mends)]


def _edits(before: Tile, after: Tile, *, whole: bool) -> list[FileEdit]:
    """The files that differ; nothing when one of them is no text and all are wanted or none."""
    if before.root is None:
        return []
    found: list[FileEdit] = []
    for path in after.paths:
        old, new = before.file(path), after.file(path)
        if new is None or old is new or (old is not None and old.data == new.data):
            continue
        was, now = (None if old is None else _text(old.data)), _text(new.data)
        if now is None or (was is None and old is not None):
            if whole:
                return []
        elif was != now:  # A byte order mark is no part of what an editor shows.
            found.append(FileEdit(Path(os.path.abspath(before.root)) / place_of(before, path), was, now))  # noqa: PTH100
    return found


def splices(before: str, after: str) -> Iterator[Splice]:
    """The edits that turn one text into another, from the start to the end, none touching another."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    old_middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    at = sum(map(len, old[:head]))
    if len(old_middle) * len(new_middle) > _COMPARED_MAX:
        yield _least(at, "".join(old_middle), "".join(new_middle))
        return
    for kind, first, last, start, end in SequenceMatcher(None, old_middle, new_middle).get_opcodes():
        text = "".join(old_middle[first:last])
        if kind != "equal":
            yield _least(at, text, "".join(new_middle[start:end]))
        at += len(text)


def _least(at: int, old: str, new: str) -> Splice:
    """One edit without what both texts begin and end with."""
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    return at + head, at + len(old) - tail, new[head : len(new) - tail]


def _alike(one: list[str] | str, other: list[str] | str) -> int:
    """How many lines or characters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((count for count, (mine, yours) in enumerate(pairs) if mine != yours), min(len(one), len(other)))


def _around(mends: Mended) -> list[FileEdit]:
    around = mends.around
    if around is None:
        return []
    found = []
    for change in around.changes:
        before, after = (None if data is None else _text(data) for data in (change.before, change.after))
        if before is not None and after is not None:
            found.append(FileEdit(around.root / change.path, before, after))
    return found


def _text(data: bytes) -> str | None:
    """Bytes as an editor shows them; None when they are no text."""
    try:
        return data.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError:
        return None
