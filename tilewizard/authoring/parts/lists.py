"""The lists and maps of the manifest: plans, carousel, resources, and the files that it names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from pathlib import PurePath
from typing import Any

from tilewizard.answers.conditions import on_marketplace
from tilewizard.answers.declaring import Group
from tilewizard.answers.listing import Resource
from tilewizard.answers.material import Medium
from tilewizard.answers.model import Answers
from tilewizard.answers.oauth_client import is_begun
from tilewizard.answers.paths import is_given
from tilewizard.answers.plans import Plan
from tilewizard.field.asset_kinds import MAPPED, OAUTH_CLIENTS
from tilewizard.tile.tile import Tile

from .part import Writing, shown
from .placing import absolute, asset_path, picture_path
from .pointers import at_pointer, escaped, put, remove

FOLDERS = {kind.name: kind.home for kind in MAPPED if kind.name in Answers.model_fields}
"""Maps of short names to files: the answers' key, and the folder of the tile. What no question asks for stays as it is."""

MEDIUM_KEYS = {"media_type": "media_type", "caption": "caption", "image": "image_url", "vimeo_id": "vimeo_id"}


def write(value: dict[str, Any], writing: Writing) -> None:
    """Set what differs, item by item: an item that stays keeps its keys, known and unknown."""
    before, after = writing.before, writing.after
    write_list(
        value,
        "/tile/resources",
        _old(writing, before.listing.resources),
        after.listing.resources,
        resource_keys,
    )
    if on_marketplace(after):
        write_list(value, "/pricing", _old(writing, before.pricing), after.pricing, plan_keys)
        if writing.new and not after.pricing:
            put(value, "/pricing", [])
    write_list(
        value,
        "/tile/media",
        _old(writing, before.media),
        after.media,
        lambda medium: medium_keys(medium, writing),
    )
    for key in FOLDERS:
        _write_map(value, key, writing)
    _write_path(value, "/legal_terms/eula", writing, "eula", "assets/eula.pdf")
    _write_path(value, "/assets/oauth", writing, "oauth", OAUTH_CLIENTS.home)


def _old(writing: Writing, items: Sequence[Group]) -> Sequence[Group]:
    return [] if writing.new else items


def resource_keys(resource: Resource) -> dict[str, Any]:
    """A resource as the manifest has it."""
    return {"resource_type": resource.resource_type, "url": resource.url}


def plan_keys(plan: Plan) -> dict[str, Any]:
    """A pricing plan as the manifest has it: only the keys that its billing type uses."""
    from tilewizard.answers.derived_values import row_uses
    from tilewizard.answers.questions import question_at

    columns = question_at(("pricing",)).columns
    return {
        column.path[0]: getattr(plan, column.path[0])
        for column in columns
        if row_uses(plan, column) and is_given(getattr(plan, column.path[0]))
    }


def medium_keys(medium: Medium, writing: Writing) -> dict[str, Any]:
    """An entry of the carousel as the manifest has it."""
    keys: dict[str, Any] = {"media_type": medium.media_type or "image", "caption": medium.caption}
    keys["image_url"] = picture_path(writing, medium.image) if medium.image else ""
    if medium.media_type == "video" and is_given(medium.vimeo_id):
        keys["vimeo_id"] = medium.vimeo_id
    return keys


def write_list(
    value: dict[str, Any],
    pointer: str,
    old: Sequence[Group],
    new: Sequence[Group],
    keys: Callable[[Any], dict[str, Any]],
) -> None:
    """Turn the list at a pointer, which was read as ``old``, into ``new``."""
    if list(old) == list(new):
        return
    present = at_pointer(value, pointer, [])
    raw: list[Any] = present if isinstance(present, list) and len(present) == len(old) else [{} for _ in old]
    result: list[Any] = []
    matcher = SequenceMatcher(None, [repr(item) for item in old], [repr(item) for item in new], autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            result += raw[i1:i2]
            continue
        for offset in range(j2 - j1):
            if i1 + offset < i2:
                was = old[i1 + offset]
                result.append(_merged(raw[i1 + offset], keys(was), keys(new[j1 + offset])))
            else:
                result.append(keys(new[j1 + offset]))
    if result or at_pointer(value, pointer) is not None:
        put(value, pointer, result)


def _merged(raw: Any, old: dict[str, Any], new: dict[str, Any]) -> Any:
    if not isinstance(raw, dict):
        return new
    result = dict(raw)
    for key in [*old, *(key for key in new if key not in old)]:
        if key not in new:
            result.pop(key, None)
        elif old.get(key, ...) != new[key]:
            result[key] = new[key]
    return result


def _write_map(value: dict[str, Any], key: str, writing: Writing) -> None:
    old: dict[str, str] = {} if writing.new else getattr(writing.before, key)
    new: dict[str, str] = getattr(writing.after, key)
    for name in old:
        if name not in new:
            remove(value, f"/assets/{key}/{escaped(name)}")
    for name, answer in new.items():
        if name not in old or old[name] != answer:
            put(value, f"/assets/{key}/{escaped(name)}", map_path(writing, key, name, answer))
    if old and not new and at_pointer(value, f"/assets/{key}") == {}:
        remove(value, f"/assets/{key}")


def map_path(writing: Writing, key: str, name: str, answer: str) -> str:
    """The place of a dashboard, monitor or saved view: where it is, where it was, or its folder."""
    inside = writing.inside(answer)
    if inside is not None:
        return inside
    was = writing.inside(getattr(writing.before, key).get(name, ""))
    return was or _place_of_the_renamed(writing, key, name) or asset_path(FOLDERS[key], name)


def _place_of_the_renamed(writing: Writing, key: str, name: str) -> str | None:
    """Where the file of a new short name was under one that went: what is edited is kept elsewhere, by its file's own name."""
    before, after = getattr(writing.before, key), getattr(writing.after, key)
    if name in before or name not in after:
        return None
    taken = {path for answer in after.values() if (path := writing.inside(answer))}
    for old, answer in before.items():
        place = writing.inside(answer)
        if old in after or place is None or place in taken:
            continue
        file = place.rpartition("/")[2]
        heirs = [new for new, kept in after.items() if new not in before and PurePath(kept).name == file]
        if heirs[:1] == [name]:
            return place
    return None


def _write_path(value: dict[str, Any], pointer: str, writing: Writing, key: str, usual: str) -> None:
    old = "" if writing.new else single(writing.before, key)
    new = single(writing.after, key)
    if key == "eula" and not on_marketplace(writing.after):
        return
    if old != new:
        if new:
            put(value, pointer, single_path(writing, key, new, usual))
        else:
            remove(value, pointer)


def single(answers: Answers, key: str) -> str:
    """The answer of a single file; for the OAuth client the usual place, where it is made from answers of its own."""
    answer: str = getattr(answers, key)
    return answer or (OAUTH_CLIENTS.home if key == "oauth" and is_begun(answers) else "")


def single_path(writing: Writing, key: str, answer: str, usual: str) -> str:
    """The place of a single file: where it is, where it was, or the usual one."""
    was: str = getattr(writing.before, key)
    return writing.inside(answer) or writing.inside(was) or usual


def extract(tile: Tile) -> dict[str, Any]:
    """The answers that the lists and maps hold."""
    found: dict[str, Any] = {
        "listing": {"resources": [_texts(Resource, item) for item in _objects(tile, "/tile/resources")]},
        "pricing": [_plan(item) for item in _objects(tile, "/pricing")],
        "media": [_medium(tile, item) for item in _objects(tile, "/tile/media")],
    }
    for key in FOLDERS:
        found[key] = {
            name: absolute(tile, path if isinstance(path, str) else shown(path))
            for name, path in tile.object_at(f"/assets/{key}").items()
        }
    for key, pointer in (("eula", "/legal_terms/eula"), ("oauth", "/assets/oauth")):
        path = tile.text_at(pointer)
        found[key] = absolute(tile, path) if path else ""
    return found


def _objects(tile: Tile, pointer: str) -> list[dict[str, Any]]:
    """The list at a pointer, an object for each item whatever it is, so that indexes stay those of the file."""
    return [item if isinstance(item, dict) else {} for item in tile.list_at(pointer)]


def _texts(model: type[Group], item: dict[str, Any]) -> dict[str, Any]:
    return {key: shown(item[key]) for key in model.model_fields if key in item}


def _plan(item: dict[str, Any]) -> dict[str, Any]:
    found = _texts(Plan, item)
    price = item.get("unit_price")
    found["unit_price"] = (
        price if isinstance(price, int | float) and not isinstance(price, bool) else found.get("unit_price")
    )
    assets = item.get("includes_assets")
    found["includes_assets"] = assets if isinstance(assets, bool) else None
    return found


def _medium(tile: Tile, item: dict[str, Any]) -> dict[str, Any]:
    path = item.get("image_url")
    vimeo = item.get("vimeo_id")
    return {
        "media_type": shown(item.get("media_type")),
        "caption": shown(item.get("caption")),
        "image": absolute(tile, path) if isinstance(path, str) and path else shown(path),
        "vimeo_id": vimeo if isinstance(vimeo, int) and not isinstance(vimeo, bool) else (shown(vimeo) or None),
    }


def maps_of(answers: Answers) -> tuple[dict[str, str], ...]:
    """The maps of short names to files, of every kind."""
    return tuple(getattr(answers, key) for key in FOLDERS)


def answers_of_maps(answers: Answers) -> list[tuple[str, str, str]]:
    """Every file that the maps point at: (key, short name, answer)."""
    return [(key, name, answer) for key in FOLDERS for name, answer in getattr(answers, key).items()]
