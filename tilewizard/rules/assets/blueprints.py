"""App-builder blueprints, ``assets/app-builder-blueprints``: apps that customers start from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tilewizard.field.asset_kinds import BLUEPRINTS as KIND
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.asset_files import objects_of
from tilewizard.tile.tile import Tile

from ..registry import Example, rule
from ..sources import BLUEPRINTS, PUBLISHED_TILES
from .json_assets import removing, setting, unreadable_files

_PATH = f"{KIND.home}/acme_widget_manager.json"
_ACTION = re.compile(r"[a-z][a-z0-9]*(\.[A-Za-z][A-Za-z0-9_]*){2,}")
_PICTURE = re.compile(r"https?://[^\s\"')\]>/]*(?<=[/.])s3[.-][^\s\"')\]>/]*amazonaws\.com[^\s\"')\]>]*")
_TEXTS_MAX = 100_000
_LEFTOVERS = (
    *(
        "id",
        "org_id",
        "user_id",
        "user_name",
        "user_uuid",
        "author",
        "created_at",
        "updated_at",
        "modified_at",
        "version",
    ),
    *("deployment", "is_published", "published_at", "favorite", "handle"),
)
"""Keys of an exported app, in snake case, that published blueprints have no more."""
_FQN = "tile_icon_action_fqn"
_SAMPLE: dict[str, Any] = {
    "slug": "acme_widget_manager",
    "name": "Widget manager",
    "description": "Lists and restarts widgets",
    "definition": {
        "queries": [{"type": "action", "name": "list", "properties": {"spec": {"fqn": "com.datadoghq.acme.listWidgets"}}}],
        "components": [],
    },
    "mocked_outputs": {},
    _FQN: "com.datadoghq.acme.listWidgets",
    "tags": ["observability"],
}  # fmt: skip


def _with(**changes: Any) -> Example:
    return Example(_PATH, {**_SAMPLE, **changes})


@rule(
    "blueprints/form",
    step="review",
    severity=Severity.ERROR,
    source=BLUEPRINTS,
    why="Datadog builds the app from this file; what can't be read can't be built.",
    form="Export the app blueprint again: the file can't be read.",
    bad=Example(_PATH, '{"slug": '),
)
def form(tile: Tile) -> Iterator[Problem]:
    """An app-builder blueprint is a JSON object."""
    yield from unreadable_files(tile, KIND)


@rule(
    "blueprints/snake-case",
    step="review",
    severity=Severity.WARNING,
    source=BLUEPRINTS,
    why="Datadog rewrote a published blueprint's keys in snake case.",
    form="Export the app blueprint again: some of its settings are spelt in the old way.",
    bad=Example(_PATH, {**{key: value for key, value in _SAMPLE.items() if key != "mocked_outputs"}, "mockedOutputs": {}}),
    good=_with(),
    mends=True,
)  # fmt: skip
def snake_case(tile: Tile) -> Iterator[Problem]:
    """The keys at a blueprint's top are in snake case: ``mocked_outputs``."""
    for file, value in objects_of(tile, KIND):
        for key in value:
            right = _snake(key)
            if right != key and right:
                at = f"/{key.replace('~', '~0').replace('/', '~1')}"
                fix = _renaming(file.path, at, right) if right not in value else None
                yield Problem(_("the key {key} is not in snake case", key=quoted(key)), file.path, at, key=True,
                              hint=_("write {right}", right=quoted(right)), fix=fix)  # fmt: skip


def _snake(key: str) -> str:
    return re.sub(r"[\s\-]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key)).lower()


def _renaming(path: str, at: str, right: str) -> Fix:
    def fix(tile: Tile) -> Tile:
        file = tile.file(path)
        if file is None or not file.json.has(at):
            return tile
        return tile.with_text(path, file.json.renamed_key(at, right).text)

    return fix


@rule(
    "blueprints/leftover",
    step="review",
    severity=Severity.WARNING,
    source=PUBLISHED_TILES,
    why="They belong to the account that the app was exported from; no published blueprint has them.",
    form="Take out of the app blueprint what only the account that it was exported from can use.",
    bad=_with(id="7c0c0f3e", user_uuid="31b4"),
    good=_with(),
    mends=True,
)
def leftover(tile: Tile) -> Iterator[Problem]:
    """A blueprint carries no id, person or date of the account that it was exported from."""
    for file, value in objects_of(tile, KIND):
        for key in value:
            if _snake(key) in _LEFTOVERS:
                yield Problem(_("{key} is left over from the export", key=key), file.path, f"/{key}", key=True,
                              hint=_("take {key} away", key=key), fix=removing(file.path, f"/{key}"))  # fmt: skip


@rule(
    "blueprints/action-name",
    step="review",
    severity=Severity.WARNING,
    source=BLUEPRINTS,
    why="The card of the blueprint shows the icon of this action; without a name it shows none.",
    form="Choose the action whose icon stands for the app.",
    bad=_with(tile_icon_action_fqn=""),
    good=_with(),
    mends=True,
)
def action_name(tile: Tile) -> Iterator[Problem]:
    """A blueprint's tile_icon_action_fqn is the full name of an action: ``com.datadoghq.http.request``."""
    for file, value in objects_of(tile, KIND):
        here = value.get(_FQN)
        if isinstance(here, str) and _ACTION.fullmatch(here):
            continue
        first = _first_action(value)
        message = _("{fqn} is {here}", fqn=_FQN, here=quoted(here)) if here else _("{fqn} is empty", fqn=_FQN)
        hint = (
            _("write {first}, its first action", first=quoted(first))
            if first
            else _("write the full name of one of its actions")
        )
        at = f"/{_FQN}"
        yield Problem(message, file.path, at, hint=hint, fix=setting(file.path, at, first) if first else None)


def _first_action(value: dict[str, Any]) -> str:
    """The full name of the first action that the blueprint's queries call, as published ones have it; or nothing."""
    definition = value.get("definition")
    queries = definition.get("queries") if isinstance(definition, dict) else None
    for query in queries if isinstance(queries, list) else ():
        properties = query.get("properties") if isinstance(query, dict) else None
        spec = properties.get("spec") if isinstance(properties, dict) else None
        name = spec.get("fqn") if isinstance(spec, dict) else None
        if isinstance(name, str) and _ACTION.fullmatch(name):
            return name
    return ""


@rule(
    "blueprints/picture",
    step="review",
    severity=Severity.WARNING,
    source=BLUEPRINTS,
    why="Datadog took such a picture out of a published blueprint as deprecated.",
    form="Take the picture out of the app, or use one of the app builder's icons.",
    bad=_with(definition={"components": [{"properties": {"content": "![](https://app-builder-demo.s3.amazonaws.com/acme.svg)"}}]}),
    good=_with(),
)  # fmt: skip
def picture(tile: Tile) -> Iterator[Problem]:
    """No picture of a blueprint comes from an S3 bucket."""
    for file, value in objects_of(tile, KIND):
        if "amazonaws.com" not in file.text:
            continue
        for pointer, text in _texts(value):
            found = _PICTURE.search(text)
            if found is not None:
                hint = _("take the picture away, or use an icon of the app builder")
                yield Problem(_("{found} is in an S3 bucket", found=quoted(found[0])), file.path, pointer, hint=hint)


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    pending: list[tuple[str, Any]] = [("", value)]
    for __ in range(_TEXTS_MAX):
        if not pending:
            return
        pointer, each = pending.pop()
        if isinstance(each, str):
            yield pointer, each
        elif isinstance(each, dict):
            pending += (
                (f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}", inner) for key, inner in each.items()
            )
        elif isinstance(each, list):
            pending += ((f"{pointer}/{index}", inner) for index, inner in enumerate(each))
