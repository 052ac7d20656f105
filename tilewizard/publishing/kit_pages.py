"""The kit of a listing as files: one page to work through, as HTML and as Markdown, what is uploaded, what stays for a repository.

The same tile gives the same bytes. The page holds no script: one click marks a whole value, to be copied.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator

from tilewizard.language import _

from .. import __version__
from ..authoring.templating import render
from ..quoting import visible
from ..tile.tile import Tile
from .kit import PACKAGE, Field, Kit
from .rejoin import CONTENTS, KEPT, kept

_TEMPLATE = "kit/form.html.j2"
_START = _(
    "In Datadog: Integrations > Developer Platform > Publishing > New Listing. The fields are in the form's order."
)
_Lists = list[tuple[str, str, str | list[str]]]


def files_of_kit(kit: Kit, tile: Tile) -> dict[str, bytes]:
    """All files of a kit by their paths in it.

    Args:
        kit: what the form asks for.
        tile: that it was made of.
    """
    files = {
        "form.html": _html(kit).encode("utf-8", "replace"),
        "form.md": _markdown(kit).encode("utf-8", "replace"),
        **{upload.place: upload.file.data for upload in kit.uploads},
        **{f"{PACKAGE}/{kit.name}/{path}": file.data for path in kit.package if (file := tile.file(path)) is not None},
    }
    files |= kept(tile, {*kit.package, *(upload.path for upload in kit.uploads)})
    return {**files, CONTENTS: _contents(kit, files)}


def is_whole_kit(files: dict[str, bytes]) -> bool:
    """Whether files are those of a kit, as it was written: none changed, none more, none less."""
    try:
        facts = json.loads(files.get(CONTENTS, b""))
        hashes = {each["path"]: each["sha256"] for each in facts["files"]}
    except (ValueError, LookupError, TypeError, RecursionError):
        return False
    rest = {path: _hash(data) for path, data in files.items() if path != CONTENTS}
    return rest == hashes


def _contents(kit: Kit, files: dict[str, bytes]) -> bytes:
    origin = {upload.place: upload.path for upload in kit.uploads}
    origin |= {f"{PACKAGE}/{kit.name}/{path}": path for path in kit.package}
    origin |= {place: place.removeprefix(f"{KEPT}/") for place in files if place.startswith(f"{KEPT}/")}
    entries = [
        {"path": path, "of": origin.get(path), "size": len(data), "sha256": _hash(data)}
        for path, data in sorted(files.items())
    ]
    facts = {
        "version": 1,
        "made_by": f"tilewizard {__version__}",
        "tile": kit.name,
        "for": "developer-platform",
        "errors": kit.errors,
        "unmet": [field.name for field in kit.unmet],
        "files": entries,
        "in_fields": list(kit.in_fields),
        "left": list(kit.left),
    }
    return (json.dumps(facts, indent=2) + "\n").encode()


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _title(kit: Kit) -> str:
    named = next((text for field in kit.fields if field.name == "Name" for __, text in field.values), "")
    return visible(named or kit.name)


def state_of(kit: Kit) -> str:
    """What is left to do, in a sentence or two."""
    unmet = ", ".join(field.name for field in kit.unmet)
    said = [
        _("Fields in which something is not met: {unmet}.", unmet=unmet)
        if unmet
        else _("All that the fields ask for is met.")
    ]
    if kit.errors:
        said.append(
            _("The check finds an error.")
            if kit.errors == 1
            else _("The check finds {errors} errors.", errors=kit.errors)
        )
    return " ".join(said)


def _lists(kit: Kit) -> _Lists:
    """What follows the form: heading, a sentence, and lines or a text to copy."""
    found: _Lists = []
    if kit.package:
        words = _(
            "The Agent's code is a pull request of its own, reviewed beside the form. Its files are in {package}/{kit}:",
            package=PACKAGE,
            kit=kit.name,
        )
        found.append((_("What stays for the repository"), visible(words), [visible(path) for path in kit.package]))
    if kit.overrides:
        words = _("There the package has no manifest. Add to these tables of .ddev/config.toml in the checkout:")
        found.append((_("In .ddev/config.toml"), words, kit.overrides))
    if kit.left:
        words = _("The form has no field for these files of the tile. They are for no upload:")
        found.append((_("What nobody asks for"), words, [visible(path) for path in kit.left]))
    words = _(
        "In {kept} lies what makes the tile whole again, of this folder and the package: `tilewizard rejoin`. Upload none of it.",
        kept=KEPT,
    )
    found.append((_("The way back"), words, []))
    return found


def _html(kit: Kit) -> str:
    pages = [(name, [_printable(field) for field in fields]) for name, fields in kit.pages]
    values = {"title": _title(kit), "start": _START, "state": state_of(kit), "pages": pages, "lists": _lists(kit)}
    return render(_TEMPLATE, **values, tabs=[])  # The page is drawn as the preview is, and has no tabs.


def _printable(field: Field) -> Field:
    values = tuple((visible(label), _lines_of(text)) for label, text in field.values)
    return Field(field.name, values, field.uploads, field.demands, field.note)


def _lines_of(text: str) -> str:
    return "\n".join(visible(line) for line in text.expandtabs(4).splitlines())


def _markdown(kit: Kit) -> str:
    lines = [f"# {_escaped(_title(kit))}", "", _START, "", state_of(kit), ""]
    for at, (name, fields) in enumerate(kit.pages, 1):
        lines += [f"## {at}. {name}", ""]
        for field in fields:
            lines += _field(_printable(field))
    for heading, words, more in _lists(kit):
        lines += [f"## {heading}", "", _escaped(words), ""]
        lines += _fenced(more) if isinstance(more, str) else [*(f"- {_code(line)}" for line in more), ""]
    return "\n".join(lines)


def _field(field: Field) -> Iterator[str]:
    yield from (f"### {field.name}", "")
    if field.note:
        yield from (field.note, "")
    for label, text in field.values:
        if label:
            yield from (f"{label}:", "")
        yield from _fenced(text)
    if field.uploads:
        yield from (_("Upload, in this order:"), "")
        yield from (f"1. {_code(upload.place)}" for upload in field.uploads)
        yield ""
    for words, met in field.demands:
        yield f"- [{'x' if met else ' '}] {words}"
    if field.demands:
        yield ""


def _fenced(text: str) -> list[str]:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [fence, text.rstrip("\n"), fence, ""]


def _code(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}" if longest else f"`{text}`"


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*\[\]<>&])", r"\\\1", text)
