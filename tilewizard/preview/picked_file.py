"""A file that somebody picks, looked into before it is part of a tile: facts in words, and what Datadog will object to.

The objections are the rules' own: the file is laid into a tile of its own, at the place that it would have, and the
rules on files of its kind are run over that.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tilewizard.language import _, ngettext, number

from ..answers.paths import Path as AnswerPath
from ..field.vocabulary import IMAGE_WIDTHS, Target
from ..inspection.drawn_svg import REMEDY, can_draw_svg
from ..inspection.image import PIXELS_MAX
from ..quoting import quoted, visible
from ..rules.findings import Severity
from ..rules.registry import Rule, all_rules
from ..tile.tile import MANIFEST, Tile, TileFile

READ_MAX = 32 * 1024 * 1024
"""Bytes of a picked file that are read; nothing that a tile holds comes near."""
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff")
"""Endings of pictures that can be looked at, and made what Datadog asks for."""

_ASKED = (
    ("image/format", _("PNG or JPEG")),
    ("image/ratio", "16:9"),
    (
        "image/width",
        _("{image_widths} to {image_widths2} wide", image_widths=IMAGE_WIDTHS[0], image_widths2=IMAGE_WIDTHS[1]),
    ),
    ("image/weight", _("at most 1 MB")),
    ("image/colours", _("RGB, sRGB")),
)
"""What Datadog asks of a carousel picture, by the rule that demands it."""
_SHAPE = frozenset({"image/ratio", "image/width"})
_OF_MORE_FILES = frozenset({"logs/tests", "logs/id", "logo/shades"})
"""Rules that say nothing of a file alone."""


@dataclass(frozen=True)
class PickedFile:
    """What was found in a picked file.

    Attributes:
        path: the file.
        kind: what it was looked into as: ``image``, ``eula``, ``dashboards``, …; empty for anything else.
        lines: facts, a line each, the most telling first.
        problems: what is wrong with it, a line each; empty when nothing is.
        mends: for a picture the ways of :func:`~tilewizard.inspection.image.prepared_image` that mend all of it:
            ``crop`` and ``pad``, or ``keep``, which only converts.
        is_picture: whether it can be shown as a picture.
    """

    path: Path
    kind: str
    lines: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    mends: tuple[str, ...] = ()
    is_picture: bool = False


@dataclass(frozen=True)
class _Kind:
    """How files of a kind are looked into.

    ``place`` gives the file's path in the tile from its name, ``manifest`` what names it there.
    """

    place: Callable[[str], str]
    manifest: Callable[[str], dict[str, Any]]
    subject: str
    facts: Callable[[TileFile], Iterable[str]]
    exported: bool = False


def kind_at(path: AnswerPath) -> str:
    """The kind of the file that an answer names: ``("media", 0, "image")`` → ``"image"``, else the question's name."""
    names = [part for part in path if isinstance(part, str)]
    return "image" if names[:1] == ["media"] else ".".join(names)


def looked_into(path: Path, kind: str) -> PickedFile:
    """Look into a file. Reads at most :data:`READ_MAX` bytes; never raises: what can't be read is a problem.

    Args:
        path: a file; anything else is reported.
        kind: what it is picked for, as :func:`kind_at` says; by an unknown kind its ending decides, and no rule is run.
    """
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            what = _("a folder") if stat.S_ISDIR(state.st_mode) else _("no regular file")
            return PickedFile(path, kind, problems=(_("is {what}", what=what),))
        if state.st_size > READ_MAX:
            return PickedFile(
                path, kind, problems=(_("has {st_size:,} bytes, far too many to look into", st_size=state.st_size),)
            )
        with path.open("rb") as stream:
            data = stream.read(READ_MAX)
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else ""
        return PickedFile(path, kind, problems=(_("can't be read: {said}", said=said or _("no such path")),))
    known = _KINDS.get(kind)
    return _examined(path, kind, known, data) if known else _described(path, data)


def _examined(path: Path, kind: str, known: _Kind, data: bytes) -> PickedFile:
    from ..authoring.parts.placing import file_name, without_leftovers

    place = known.place(file_name(path.name))
    file = picked = TileFile(place, data)
    lines: list[str] = []
    if known.exported and not file.text_faults:
        file = without_leftovers(picked)
        lines = _leftovers(picked, file)
    failing = _failing(file, known)
    if kind == "image" and _too_large(file):
        failing = {"image/format": [_("unpacks to more than {limit:,} pixels: it is not opened", limit=PIXELS_MAX)]}
    problems = tuple(text for texts in failing.values() for text in texts)
    if not picked.text_faults or kind in ("image", "eula"):
        lines = [*known.facts(file), *lines]
    readable = kind == "image" and _can_be_shown(file)
    if readable:
        asked = [f"{words} {'✗' if rule in failing else '✓'}" for rule, words in _ASKED]
        lines.append(_("Datadog asks for: {asked}", asked=", ".join(asked)))
    shown = readable or (known is _LOGO and _can_be_drawn(file))
    return PickedFile(path, kind, tuple(map(visible, lines)), problems, _mends(failing) if readable else (), shown)


def _failing(file: TileFile, known: _Kind) -> dict[str, list[str]]:
    """What the rules on one file say of it, by their names."""
    if file.text_faults and known.subject not in ("image", "eula"):
        return {"text": [fault.message for fault in file.text_faults]}
    manifest = TileFile(MANIFEST, json.dumps({"manifest_version": "2.0.0", **known.manifest(file.path)}).encode())
    tile = Tile({MANIFEST: manifest, file.path: file}, name="tile", target=Target.MARKETPLACE)
    found: dict[str, list[str]] = {}
    for rule in _rules(known.subject):
        for problem in rule.check(tile):
            if problem.file == file.path:
                message = problem.message.removeprefix(f"{quoted(file.path)} ")
                said = f"{message} — {problem.hint}" if problem.hint else message
                found.setdefault(rule.name, []).append(visible(said))
    return found


def _rules(subject: str) -> list[Rule]:
    rules = [rule for rule in all_rules() if rule.subject == subject and rule.name not in _OF_MORE_FILES]
    worst = {rule.name: rule.severity_for(Target.MARKETPLACE) or Severity.INFO for rule in rules}
    return sorted(rules, key=lambda rule: worst[rule.name].rank)


def _too_large(file: TileFile) -> bool:
    from ..rules.media.images import facts_of

    facts = facts_of(file)
    return facts.width * facts.height > PIXELS_MAX


def _can_be_shown(file: TileFile) -> bool:
    from ..rules.media.images import facts_of

    facts = facts_of(file)
    return not facts.fault and 0 < facts.width * facts.height <= PIXELS_MAX


def _can_be_drawn(file: TileFile) -> bool:
    from ..rules.media.logo import facts_of

    return can_draw_svg() and facts_of(file).is_svg


def _mends(failing: dict[str, list[str]]) -> tuple[str, ...]:
    return ("crop", "pad") if failing.keys() & _SHAPE else ("keep",) if failing else ()


def _leftovers(picked: TileFile, cleaned: TileFile) -> list[str]:
    if cleaned is picked:
        return []
    gone = [key for key in picked.json.value if key not in cleaned.json.value]
    # A file that lies in the tile already is not copied, and keeps them: the rules speak of it then.
    return [_("left over from the export, taken off when it is copied into the tile: {gone}", gone=", ".join(gone))]


# -- facts, by kind


def _image(file: TileFile) -> list[str]:
    from ..rules.media.images import facts_of

    facts = facts_of(file)
    if facts.fault or not facts.width or not facts.height:
        return [_bytes(file)]
    ratio = "16:9" if facts.ratio_is_16_9 else f"{facts.width / facts.height:.2f}:1"
    moves = ", moves" if facts.animated else ""
    size = _("{width}x{height} pixels ({ratio})", width=facts.width, height=facts.height, ratio=ratio)
    return [
        _(
            "{format}, {size}, {size2:,} bytes, {mode}, {profile}{moves}",
            format=facts.format.upper(),
            size=size,
            size2=file.size,
            mode=facts.mode,
            profile=facts.profile,
            moves=moves,
        )
    ]


def _pdf(file: TileFile) -> list[str]:
    from ..rules.selling.legal import facts_of

    facts = facts_of(file)
    if facts is None or facts.fault or facts.encrypted:
        return [_bytes(file)]
    lines = [
        ngettext(
            "PDF, {count} page, {size} bytes", "PDF, {count} pages, {size} bytes", facts.pages, size=number(file.size)
        )
    ]
    lines += [_("title: {facts}", facts=facts.title)] if facts.title else []
    return lines + [f"  {line}" for line in facts.first_lines]


def _svg(file: TileFile) -> list[str]:
    from ..rules.media.logo import facts_of

    facts = facts_of(file)
    if not facts.is_svg:
        return [_bytes(file)]
    scripts = ngettext("{count} script", "{count} scripts", facts.scripts) if facts.scripts else _("no scripts")
    lines = [
        _(
            "SVG, {size} bytes, {value}, {scripts}",
            size=number(file.size),
            value="viewBox" if facts.has_view_box else _("no viewBox"),
            scripts=scripts,
        )
    ]
    return lines if can_draw_svg() else [*lines, _("To see it drawn here: {remedy}", remedy=REMEDY)]


def _dashboard(file: TileFile) -> list[str]:
    from ..rules.assets.dashboards import facts_of

    if file.json.broken or not isinstance(file.json.value, dict):
        return [_bytes(file)]
    facts = facts_of(file)
    layout = _("{layout_type} layout", layout_type=facts.layout_type) if facts.layout_type else _("no layout_type")
    widgets = ngettext("{count} widget", "{count} widgets", facts.widgets)
    lines = [f"{quoted(facts.title) if facts.title else _('no title')}, {layout}, {widgets}"]
    lines += (
        [_("variables: {template_variables}", template_variables=_some(facts.template_variables))]
        if facts.template_variables
        else []
    )
    return lines + ([_("queries: {metrics}", metrics=_some(sorted(facts.metrics)))] if facts.metrics else [])


def _monitor(file: TileFile) -> list[str]:
    from ..inspection.dashboard import monitor_summary

    if file.json.broken or not isinstance(file.json.value, dict):
        return [_bytes(file)]
    facts = monitor_summary(file.json.value)
    lines = [f"{quoted(facts.title) if facts.title else _('no name')}, {facts.type or _('no type')}"]
    return lines + ([_("query: {query}", query=facts.query[:200])] if facts.query else [])


def _saved_view(file: TileFile) -> list[str]:
    value = file.json.value
    if file.json.broken or not isinstance(value, dict):
        return [_bytes(file)]
    told = [f"{key}: {quoted(value[key])}" for key in ("name", "type", "page", "query") if value.get(key)]
    return [", ".join(told) or _("an object that says nothing")]


def _pipeline(file: TileFile) -> list[str]:
    from ..rules.assets.yaml_assets import yaml_of

    read = yaml_of(file)
    if read.fault is not None:
        return [_bytes(file)]
    name = read.get("pipeline", "name") or read.get("id")
    steps, query = read.get("pipeline", "processors"), read.get("pipeline", "filter", "query")
    counted = ngettext("{count} processor", "{count} processors", _size(steps))
    lines = [f"{quoted(name) if name else _('no name')}, {counted}"]
    return lines + ([_("filter: {query}", query=query[:200])] if isinstance(query, str) else [])


def _pipeline_tests(file: TileFile) -> list[str]:
    from ..rules.assets.yaml_assets import yaml_of

    read = yaml_of(file)
    if read.fault is not None:
        return [_bytes(file)]
    name = read.get("id")
    return [
        _(
            "{read} of the pipeline {name}",
            read=ngettext("{count} test", "{count} tests", _size(read.get("tests"))),
            name=quoted(name) if name else _("(no id)"),
        )
    ]


def _clients(file: TileFile) -> list[str]:
    value = file.json.value
    if file.json.broken or not isinstance(value, dict):
        return [_bytes(file)]
    clients = ngettext("{count} client", "{count} clients", len(value))
    return [f"{clients}: {_some([str(key) for key in value])}"]


def _bytes(file: TileFile) -> str:
    return _("{size} bytes", size=number(file.size))


def _size(items: Any) -> int:
    return len(items) if isinstance(items, list) else 0


def _some(names: Iterable[str], most: int = 5) -> str:
    listed = list(names)
    more = _(" and {count} more", count=len(listed) - most) if len(listed) > most else ""
    return f"{', '.join(name[:60] for name in listed[:most])}{more}"


def _map(folder: str) -> Callable[[str], dict[str, Any]]:
    return lambda place: {"assets": {folder: {"picked": place}}}


def _stem(name: str) -> str:
    return name.rpartition(".")[0].removesuffix("_tests") or "picked"


_CAROUSEL = _Kind(
    lambda name: f"images/{name}",
    lambda place: {"tile": {"media": [{"media_type": "image", "caption": "", "image_url": place}]}},
    "image",
    _image,
)
_LOGO = _Kind(lambda name: f"assets/logos/{name}", lambda __: {}, "logo", _svg)
_LOG_TESTS = _Kind(lambda name: f"assets/logs/{_stem(name)}_tests.yaml", lambda __: {}, "logs", _pipeline_tests)
_KINDS: dict[str, _Kind] = {
    "image": _CAROUSEL,
    "logo": _LOGO,
    "logo_dark": _LOGO,
    "eula": _Kind(lambda __: "assets/eula.pdf", lambda place: {"legal_terms": {"eula": place}}, "eula", _pdf),
    "oauth": _Kind(
        lambda __: "assets/oauth_clients.json", lambda place: {"assets": {"oauth": place}}, "oauth", _clients
    ),
    "dashboards": _Kind(
        lambda name: f"assets/dashboards/{name}", _map("dashboards"), "dashboards", _dashboard, exported=True
    ),
    "monitors": _Kind(lambda name: f"assets/monitors/{name}", _map("monitors"), "monitors", _monitor, exported=True),
    "saved_views": _Kind(
        lambda name: f"assets/saved_views/{name}", _map("saved_views"), "saved-views", _saved_view, exported=True
    ),
    "logs.pipeline": _Kind(lambda name: f"assets/logs/{_stem(name)}.yaml", lambda __: {}, "logs", _pipeline),
    "logs.tests": _LOG_TESTS,
}
"""By the question that a file answers."""

_BY_ENDING = {".svg": _LOGO, ".pdf": _KINDS["eula"], **dict.fromkeys(IMAGES, _CAROUSEL)}


def _described(path: Path, data: bytes) -> PickedFile:
    """A file that no question of its own asks for: what its ending promises, without a judgement."""
    known = _BY_ENDING.get(path.suffix.lower())
    file = TileFile(path.name, data)
    lines = list(known.facts(file)) if known is not None else [_plain(file)]
    shown = (known is _CAROUSEL and _can_be_shown(file)) or (known is _LOGO and _can_be_drawn(file))
    return PickedFile(path, "", tuple(map(visible, lines)), is_picture=shown)


def _plain(file: TileFile) -> str:
    if file.path.lower().endswith(".json"):
        what = _("broken JSON") if file.json.broken else "JSON"
        return _("{what}, {size} bytes", what=what, size=number(file.size))
    if file.text_faults or "\0" in file.text:
        return _bytes(file)
    lines = file.text.count("\n") + (not file.text.endswith("\n") and bool(file.text))
    return ngettext(
        "text, {lines} line, {size} bytes",
        "text, {lines} lines, {size} bytes",
        lines,
        lines=number(lines),
        size=number(file.size),
    )
