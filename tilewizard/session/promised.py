"""The files that a choice of target, type and data yields, told before anything else is answered."""

from __future__ import annotations

from dataclasses import dataclass

from tilewizard.language import _

from ..answers.conditions import exchanges_data
from ..answers.declaring import Kind
from ..answers.model import Answers
from ..answers.paths import is_given, replaced, value_at
from ..answers.questions import applies, questions
from ..answers.telemetry import MetricRow, ServiceCheck
from ..authoring.author import author
from ..tile.places import place_of
from ..tile.tile import Tile

_TITLE = _("Your product")


@dataclass(frozen=True)
class Promised:
    """What is written.

    Attributes:
        files: paths in its directory that come to it, sorted.
        wants_data: whether nothing is chosen yet that is sent, so that more files come once it is.
        later: what later questions bring files for, and have no answer yet: their titles, in their order.
    """

    files: tuple[str, ...]
    later: tuple[str, ...]
    wants_data: bool = False


def promised(answers: Answers) -> Promised:
    """What a new tile has by the answers as they stand; a title, a metric and a service check stand in for those to come."""
    tile = author(_with_stand_ins(answers))
    return Promised(tuple(sorted(place_of(tile, path) for path in tile.paths)), _later(answers), _wants_data(answers))


def added(tile: Tile, base: Tile) -> Promised:
    """What comes to a tile that is edited: the files of ``tile`` that ``base`` lacks."""
    return Promised(tuple(sorted(place_of(tile, path) for path in set(tile.paths) - set(base.paths))), ())


def _with_stand_ins(answers: Answers) -> Answers:
    if not answers.listing.title:
        answers = replaced(answers, ("listing", "title"), _TITLE)
    if exchanges_data(answers) and "metrics" in answers.submits and not answers.metrics.rows:
        row = MetricRow(metric_name="your_product.requests", metric_type="gauge")
        answers = replaced(answers, ("metrics", "rows"), [row])
    if exchanges_data(answers) and "service_checks" in answers.submits and not answers.service_checks:
        check = ServiceCheck(name="Up", check="your_product.up")
        answers = replaced(answers, ("service_checks",), [check])
    return answers


def _wants_data(answers: Answers) -> bool:
    return exchanges_data(answers) and not answers.submits


def _later(answers: Answers) -> tuple[str, ...]:
    return tuple(
        question.ask.title
        for question in questions()
        if (question.ask.kind in (Kind.FILE, Kind.FILES) or question.name == "media")
        and question.step not in ("type", "review")
        and applies(question, answers)
        and not is_given(value_at(answers, question.path))
    )


def in_folders(paths: tuple[str, ...]) -> list[tuple[str, str]]:
    """Paths as lines: each folder with the names of its own files, the tile's own folder first as ``./``."""
    folders: dict[str, list[str]] = {}
    for path in paths:
        folder, __, name = path.rpartition("/")
        folders.setdefault(f"{folder}/" if folder else "./", []).append(name)
    return [(folder, ", ".join(names)) for folder, names in sorted(folders.items(), key=lambda each: each[0])]
