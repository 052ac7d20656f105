"""The files that answers point at: dashboards, monitors, saved views, logs, pictures, logos, the EULA, others."""

from __future__ import annotations

from typing import Any

from tilewizard.answers.conditions import on_marketplace, reads_logs
from tilewizard.answers.model import Answers
from tilewizard.authoring.starters import starter_dashboard, starter_monitor
from tilewizard.documents.json_document import JsonDocument
from tilewizard.field.asset_kinds import DASHBOARDS, MONITORS, OAUTH_CLIENTS
from tilewizard.field.names import snake
from tilewizard.tile.tile import Tile, TileFile

from . import lists
from .part import Files, Part, Writing
from .placing import absolute, dropped, file_name, picture_path, placed

_SINGLE = (("eula", "assets/eula.pdf"), ("oauth", OAUTH_CLIENTS.home))


def extract(tile: Tile) -> dict[str, Any]:
    """The answers that only files stand for: logos and log pipelines."""
    logos = list(tile.under("assets", ".svg"))
    logos.sort(key=lambda path: ("dark" in path.lower() or "white" in path.lower(), path))
    found: dict[str, Any] = {}
    for key, path in zip(("logo", "logo_dark"), logos, strict=False):
        found[key] = absolute(tile, path)
    return {**found, "logs": _logs(tile)}


def _logs(tile: Tile) -> dict[str, str]:
    yaml = tile.under("assets/logs", ".yaml", ".yml")
    tests = [path for path in yaml if path.rpartition(".")[0].endswith("_tests")]
    pipelines = [path for path in yaml if path not in tests]
    found = {}
    if pipelines:
        found["pipeline"] = absolute(tile, pipelines[0])
        stem = pipelines[0].rpartition(".")[0]
        own = [path for path in tests if path.rpartition(".")[0] == f"{stem}_tests"]
        tests = own or (tests if len(pipelines) == 1 else [])  # Of several pipelines each has those of its own name.
    if tests:
        found["tests"] = absolute(tile, tests[0])
    return found


def files(writing: Writing) -> Files:
    """Every file that an answer points at, at its place; files that no answer points at any more go."""
    found: dict[str, TileFile | None] = {}
    if not writing.new:
        found |= _dropped(writing)
    for key, name, answer in lists.answers_of_maps(writing.after):
        path = lists.map_path(writing, key, name, answer)
        # A monitor that the tile has is edited in its form: what stands in it already is not taken off without being asked for.
        clean = key != MONITORS.name or writing.base.file(path) is None
        found |= placed(writing, answer, path, clean=clean) if answer else _started(writing, key, path)
    for medium in writing.after.media:
        if medium.image:
            found |= placed(writing, medium.image, picture_path(writing, medium.image))
    for key, usual in _SINGLE:
        answer = getattr(writing.after, key)
        if key != "eula" or on_marketplace(writing.after):
            found |= placed(writing, answer, lists.single_path(writing, key, answer, usual))
    found |= _logos(writing)
    found |= _log_files(writing)
    return found


_STARTERS = {"dashboards": starter_dashboard, "monitors": starter_monitor}


def _started(writing: Writing, key: str, path: str) -> Files:
    """What is made for a dashboard or monitor that is named and has no file: one to start from, once."""
    answers = writing.after
    # A monitor watches a metric; a dashboard shows events and logs as well.
    shown = bool(answers.metrics.rows) or (key == DASHBOARDS.name and bool({"events", "logs"} & {*answers.submits}))
    if key not in _STARTERS or not shown or writing.base.file(path) is not None:
        return {}
    return {path: TileFile(path, JsonDocument.of(_STARTERS[key](writing.after)).text.encode())}


def _logos(writing: Writing) -> Files:
    found: dict[str, TileFile | None] = {}
    for key in ("logo", "logo_dark"):
        answer: str = getattr(writing.after, key)
        was = writing.inside(getattr(writing.before, key))
        place = writing.inside(answer) or was or f"assets/logos/{file_name(answer)}" if answer else ""
        if place in found:  # Two pictures of the same name, one for each ground.
            place = place.removesuffix(".svg") + "_dark.svg"
        found |= placed(writing, answer, place) if place else {}
    return found


def _log_files(writing: Writing) -> Files:
    logs = writing.after.logs
    name = snake(logs.source) or snake(writing.after.listing.title) or "logs"
    found: dict[str, TileFile | None] = {}
    for answer, was, usual in (
        (logs.pipeline, writing.before.logs.pipeline, f"assets/logs/{name}.yaml"),
        (logs.tests, writing.before.logs.tests, f"assets/logs/{name}_tests.yaml"),
    ):
        if reads_logs(writing.after):
            found |= placed(writing, answer, writing.inside(answer) or writing.inside(was) or usual)
    return found


def _dropped(writing: Writing) -> Files:
    """The files of entries that were taken away or point elsewhere now."""
    old, new = _pointed_at(writing, writing.before), _pointed_at(writing, writing.after)
    found: dict[str, TileFile | None] = {}
    for path in old - new:
        found |= dropped(writing, path, new)
    return found


def _pointed_at(writing: Writing, answers: Answers) -> set[str]:
    maps = (lists.map_path(writing, key, name, answer) for key, name, answer in lists.answers_of_maps(answers))
    pictures = (picture_path(writing, medium.image) for medium in answers.media if medium.image)
    single = (
        lists.single_path(writing, key, answer, usual)
        for key, usual in _SINGLE
        if (answer := lists.single(answers, key))
    )
    return {*maps, *pictures, *single}


def _inputs(answers: Answers) -> tuple[Any, ...]:
    return (
        *lists.maps_of(answers),
        *(answers.media, answers.eula, answers.oauth, answers.oauth_client),
        *(answers.logo, answers.logo_dark, answers.logs, answers.target, answers.sold, answers.submits),
        answers.listing.title,
    )


PART = Part("assets", _inputs, extract, files)


def other_files(writing: Writing) -> Files:
    """Files that no other question covers, over whatever the others made; an empty answer takes a file away."""
    found: dict[str, TileFile | None] = {}
    for path, answer in writing.after.files.items():
        if writing.before.files.get(path) != answer:
            found |= placed(writing, answer, path) if answer else {path: None}
    return found


OTHERS = Part("other files", lambda answers: (answers.files,), lambda _: {}, other_files)
