"""Saved views that come with the tile: the pages, types and options that Datadog's validator knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tilewizard.field.vocabulary import nearest, vocabulary
from tilewizard.language import _
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
    return _("write {near}", near=near) if near else _("write one of {known}", known=", ".join(known))


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
                form = _("Export the saved view again: its {key} is missing.", key=key)
                yield Problem(
                    _("{key} is missing", key=key), file.path, f"/{key}", hint=_("add {key}", key=key), form=form
                )
        for key in file.json.value:
            if key not in known:
                near = nearest(key, known)
                at = f"/{key.replace('~', '~0').replace('/', '~1')}"
                hint = _("write {near}, or take it away", near=near) if near else _("take it away")
                form = _("Export the saved view again: Datadog doesn't know its {key}.", key=quoted(key))
                # What is near to a known key may be meant as that one.
                fix = None if near else removing(file.path, at)
                yield Problem(
                    _("unknown key {key}", key=quoted(key)), file.path, at, key=True, hint=hint, form=form, fix=fix
                )


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
                message = _("{key} is {value}", key=key, value=quoted(value[key]))
                near = nearest(value[key], known) if isinstance(value[key], str) else None
                form = (
                    _(
                        "Save the view for {near}: Datadog doesn't know {value}.",
                        near=quoted(near),
                        value=quoted(value[key]),
                    )
                    if near
                    else ""
                )
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
            _("options is {chosen}, no object", chosen=quoted(chosen)),
            file.path,
            "/options",
            hint=_("write an object, or take it away"),
        )
        return
    if chosen and page in words["pages_without_options"]:
        hint = _("take options away")
        form = _("Export the saved view again without options: the page {page} has none.", page=quoted(page))
        yield Problem(
            _("the page {page} has no options", page=quoted(page)),
            file.path,
            "/options",
            key=True,
            hint=hint,
            form=form,
        )
        return
    known: list[str] | None = words.get(f"{page}_options") if isinstance(page, str) else None
    for key in chosen:
        if known is not None and key not in known:
            message = _("the page {page} has no option {key}", page=quoted(page), key=quoted(key))
            at = f"/options/{key.replace('~', '~0').replace('/', '~1')}"
            form = _(
                "Export the saved view again: the page {page} has no option {key}.", page=quoted(page), key=quoted(key)
            )
            yield Problem(
                message, file.path, at, key=True, hint=_("known are {known}", known=", ".join(known)), form=form
            )


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
            hint = _('write {"interval_ms": 86400000} for a day')
            yield Problem(_("timerange is {span}", span=quoted(span)), file.path, "/timerange", hint=hint)


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
            message = _("visible_facets is {shown}, no list", shown=quoted(shown))
            yield Problem(message, file.path, "/visible_facets", hint=_('write a list such as ["@status"]'))
