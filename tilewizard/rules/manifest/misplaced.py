"""Files that stand where nobody looks for them, and that nothing names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tilewizard.field.asset_kinds import MAPPED
from tilewizard.field.vocabulary import Target
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import README, Tile

from ..assets.json_assets import plain_path
from ..registry import Example, rule
from ..sources import REVIEW

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_FOLDERS = {
    **{kind.name.removesuffix("s"): kind.name for kind in MAPPED},
    "recommended_monitor": "monitors",
    "savedview": "saved_views",
    "view": "saved_views",
}
"""Folders by their names without a plural, and the ones that are meant."""
_ELSEWHERE = ("datadog_checks/", "tests/", "images/", "docs/", "examples/")
"""Folders whose files have uses of their own, or rules."""
_NAMED_MAX = 10_000
"""Texts of a manifest that are looked through."""


@rule(
    "files/misplaced",
    step="review",
    severity={Target.MARKETPLACE: Severity.WARNING, Target.EXTRAS: Severity.INFO},
    source=REVIEW,
    why="Datadog looks for each kind of file in one place; what stands elsewhere, and is named nowhere, is not published.",
    form="Move this file to its folder, or delete it: Datadog won't find it here.",
    bad=Example("assets/dashboard/acme_widget_hosts.json", "{}"),
    good=Example("assets/security/acme_widget_login.json", "{}"),
)
def misplaced(tile: Tile) -> Iterator[Problem]:
    """Pictures, dashboards, monitors, saved views, log pipelines and the EULA stand in their folders, or are named."""
    strays = [(path, place) for path in tile.paths if not path.startswith(_ELSEWHERE) and (place := _place(path))]
    if not strays:
        return
    named = _named(tile.at(""))
    readme = tile.file(README)
    text = readme.text if readme is not None else ""
    for path, place in strays:
        if path not in named and path not in text:
            hint = _("move it to {place} and name it in the manifest, or delete it", place=place)
            if place.startswith("assets/logs/"):
                hint = _("move it to {place}, or delete it", place=place)
            message = _("nothing names {path}, and it stands where nobody looks for it", path=quoted(path))
            form = _("Move {path} to {place}, or delete it.", path=quoted(path), place=quoted(place))
            if path == place:
                message, hint = _("nothing names {path}", path=quoted(path)), _("name it in the manifest, or delete it")
                form = _("Add {path} to the tile, or delete it: nothing uses it.", path=quoted(path))
            yield Problem(message, path, hint=hint, form=form)


def _place(path: str) -> str:
    """Where a file should stand that stands in no known place; empty for all others."""
    folder, __, name = path.rpartition("/")
    low, last = name.lower(), folder.rpartition("/")[2].lower()
    if low.endswith(_PICTURES):
        return f"images/{name}" if last not in ("logos", "assets") else ""
    if low.endswith(".pdf"):
        return "assets/eula.pdf"
    if low.endswith(".json") and folder.count("/") < 2:
        right = _FOLDERS.get(re.sub(r"[-\s]", "_", last).removesuffix("s"))
        return f"assets/{right}/{name}" if right and folder != f"assets/{right}" else ""
    if re.fullmatch(r".+_tests\.ya?ml", low) or last in ("log", "pipelines", "log_pipelines"):
        return f"assets/logs/{name}" if low.endswith((".yaml", ".yml")) and folder != "assets/logs" else ""
    return ""


def _named(value: Any) -> set[str]:
    """Every text of the manifest, as a path."""
    found: set[str] = set()
    pending = [value]
    while pending and len(found) < _NAMED_MAX:
        each = pending.pop()
        if isinstance(each, str):
            found.add(plain_path(each))
        elif isinstance(each, dict | list):
            pending += each.values() if isinstance(each, dict) else each
    return found
