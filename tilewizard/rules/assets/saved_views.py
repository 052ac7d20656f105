"""Saved views that come with the tile: the pages, types and options that Datadog's validator knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tilewizard.field.vocabulary import nearest, vocabulary
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import Tile, TileFile

from ..registry import Example, rule
from ..sources import VALIDATE_SAVED_VIEWS
from .json_assets import assets, objects, removing, unreadable

_PATH = "assets/saved_views/acme_widget_errors.json"


def _words() -> dict[str, Any]:
    words: dict[str, Any] = vocabulary()["saved_view"]
    return words


def _hint(value: object, known: list[str]) -> str:
    near = nearest(value, known) if isinstance(value, str) else None
    return f"write {near}" if near else f"write one of {', '.join(known)}"


@rule(
    "saved-views/form",
    step="dashboards",
    severity=Severity.ERROR,
    source=VALIDATE_SAVED_VIEWS,
    why="Datadog creates the view from this file when the tile is installed.",
    form="Export the saved view again: a part is missing, or one is unknown.",
    bad=Example(_PATH, {"author": {"name": "Jo"}}),
    mends=True,
)
def form(tile: Tile) -> Iterator[Problem]:
    """A saved view is a JSON object with name, page, query and type, and no key that isn't known."""
    words = _words()
    known = [*words["required"], *words["optional"]]
    for file in assets(tile, "saved_views"):
        problem = unreadable(file, "saved view")
        if problem is not None:
            yield problem
            continue
        for key in words["required"]:
            if key not in file.json.value:
                form = f"Export the saved view again: its {key} is missing."
                yield Problem(f"{key} is missing", file.path, f"/{key}", hint=f"add {key}", form=form)
        for key in file.json.value:
            if key not in known:
                near = nearest(key, known)
                at = f"/{key.replace('~', '~0').replace('/', '~1')}"
                hint = f"write {near}, or take it away" if near else "take it away"
                form = f"Export the saved view again: Datadog doesn't know its {quoted(key)}."
                # What is near to a known key may be meant as that one.
                fix = None if near else removing(file.path, at)
                yield Problem(f"unknown key {quoted(key)}", file.path, at, key=True, hint=hint, form=form, fix=fix)


@rule(
    "saved-views/page",
    step="dashboards",
    severity=Severity.ERROR,
    source=VALIDATE_SAVED_VIEWS,
    why="The view opens on this page of this product.",
    form="Choose a page that Datadog knows for this view, such as logs.",
    bad=Example(_PATH, {"type": "dreams"}),
)
def page(tile: Tile) -> Iterator[Problem]:
    """A saved view's type and page are among the known ones."""
    words = _words()
    for file, value in objects(tile, "saved_views"):
        for key, known in (("type", words["types"]), ("page", words["pages"])):
            if key in value and value[key] not in known:
                message = f"{key} is {quoted(value[key])}"
                near = nearest(value[key], known) if isinstance(value[key], str) else None
                form = f"Save the view for {quoted(near)}: Datadog doesn't know {quoted(value[key])}." if near else ""
                yield Problem(message, file.path, f"/{key}", hint=_hint(value[key], known), form=form)


@rule(
    "saved-views/options",
    step="dashboards",
    severity=Severity.ERROR,
    source=VALIDATE_SAVED_VIEWS,
    why="Each page takes options of its own, and some take none.",
    form="Export the saved view again: its options don't fit its page.",
    bad=Example(_PATH, {"page": "stream", "options": {"colour": "blue"}}),
)
def options(tile: Tile) -> Iterator[Problem]:
    """A saved view's options are an object with options that its page knows."""
    for file, value in objects(tile, "saved_views"):
        if "options" in value:
            yield from _options(file, value["options"], value.get("page"))


def _options(file: TileFile, chosen: Any, page: Any) -> Iterator[Problem]:
    words = _words()
    if not isinstance(chosen, dict):
        yield Problem(
            f"options is {quoted(chosen)}, no object", file.path, "/options", hint="write an object, or take it away"
        )
        return
    if chosen and page in words["pages_without_options"]:
        hint = "take options away"
        form = f"Export the saved view again without options: the page {quoted(page)} has none."
        yield Problem(f"the page {quoted(page)} has no options", file.path, "/options", key=True, hint=hint, form=form)
        return
    known: list[str] | None = words.get(f"{page}_options") if isinstance(page, str) else None
    for key in chosen:
        if known is not None and key not in known:
            message = f"the page {quoted(page)} has no option {quoted(key)}"
            at = f"/options/{key.replace('~', '~0').replace('/', '~1')}"
            form = f"Export the saved view again: the page {quoted(page)} has no option {quoted(key)}."
            yield Problem(message, file.path, at, key=True, hint=f"known are {', '.join(known)}", form=form)


@rule(
    "saved-views/timerange",
    step="dashboards",
    severity=Severity.ERROR,
    source=VALIDATE_SAVED_VIEWS,
    why="The view shows this much of the past, in milliseconds.",
    form="Export the saved view again: its time range can't be read.",
    bad=Example(_PATH, {"timerange": {"interval_ms": "a day"}}),
)
def timerange(tile: Tile) -> Iterator[Problem]:
    """A saved view's timerange holds interval_ms, a number of milliseconds."""
    for file, value in objects(tile, "saved_views"):
        span = value.get("timerange")
        length = span.get("interval_ms") if isinstance(span, dict) else None
        if span and (isinstance(length, bool) or not isinstance(length, int | float)):
            hint = 'write {"interval_ms": 86400000} for a day'
            yield Problem(f"timerange is {quoted(span)}", file.path, "/timerange", hint=hint)


@rule(
    "saved-views/facets",
    step="dashboards",
    severity=Severity.ERROR,
    source=VALIDATE_SAVED_VIEWS,
    why="The view shows these facets at its side.",
    form="Export the saved view again: its facets can't be read.",
    bad=Example(_PATH, {"visible_facets": "@status"}),
)
def facets(tile: Tile) -> Iterator[Problem]:
    """A saved view's visible_facets are a list."""
    for file, value in objects(tile, "saved_views"):
        shown = value.get("visible_facets")
        if shown and not isinstance(shown, list):
            message = f"visible_facets is {quoted(shown)}, no list"
            yield Problem(message, file.path, "/visible_facets", hint='write a list such as ["@status"]')
