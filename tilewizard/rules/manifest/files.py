"""The files of the directory: misnamed, misplaced, unreferenced, unsafe."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tilewizard.field.asset_kinds import MAPPED
from tilewizard.field.vocabulary import Target
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.asset_files import named_paths, plain_path
from tilewizard.tile.tile import BOM, CHANGELOG, MANIFEST, METADATA, README, SERVICE_CHECKS, Tile, TileFile

from ..registry import Example, rule
from ..sources import REVIEW, TILEWIZARD

_RIGHT = {
    "manifest.json": MANIFEST,
    "readme.md": README,
    "changelog.md": CHANGELOG,
    "metadata.csv": METADATA,
    "service_checks.json": SERVICE_CHECKS,
}
_TEXT = (
    *(".json", ".md", ".csv", ".yaml", ".yml", ".svg", ".toml", ".py", ".txt", ".html", ".htm", ".xml", ".css", ".js"),
    *(".sh", ".ini", ".cfg", ".conf", ".rst", ".example", ".default", ".tf", ".sql", ".log"),
)
_BARE = frozenset({"LICENSE", "NOTICE", "CODEOWNERS", "Makefile", "Dockerfile", ".gitignore", ".gitattributes"})
"""Texts whose names have no ending."""
_JUNK = re.compile(r"(?:^|/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]+|[^/]+(?:~|\.swp|\.swo|\.orig|\.rej|\.bak))$")


@rule(
    "files/misnamed",
    step="review",
    severity=Severity.WARNING,
    source=REVIEW,
    why="A file under another name is not found: the checks pass it by and reviewers send it back.",
    form="Rename, move or delete this file: it looks like one of the tile's own in the wrong place.",
    bad=Example("komodormanifest.json", "{}"),
)
def misnamed(tile: Tile) -> Iterator[Problem]:
    """No file looks like one of the tile's own under a wrong name or in a wrong place."""
    present = set(tile.paths)
    for path in tile.paths:
        name = path.rpartition("/")[2].lower().removesuffix(".txt")
        for ending, right in _RIGHT.items():
            if path == right or not name.endswith(ending) or "datadog_checks/" in path or "tests/" in path:
                continue
            glued = path.lower().replace("/", "") != path.lower() or name != ending
            if right in present and name == ending and not ending.endswith(".md"):
                hint = _("bring what it holds into {right}, and delete it", right=right)
                form = _("Bring what {path} holds into {right}, and delete it.", path=quoted(path), right=quoted(right))
                yield Problem(
                    _("{path} looks like a second {right}", path=quoted(path), right=right), path, hint=hint, form=form
                )
                continue
            if right in present and (name != ending or "/" in path):
                if name.startswith("assets") and ending == "service_checks.json":
                    form = _("Delete {path}: {right} is there already.", path=quoted(path), right=quoted(right))
                    message = _("{path} looks like a misplaced {right}", path=quoted(path), right=right)
                    yield Problem(message, path, hint=_("take it away"), form=form)
                elif ending == MANIFEST and name != ending and "/" not in path:
                    form = _("Delete {path}: {right} is there already.", path=quoted(path), right=quoted(right))
                    message = _("{path} looks like a misnamed {right}", path=quoted(path), right=right)
                    yield Problem(message, path, hint=_("take it away"), form=form)
                continue
            if right not in present or (glued and name == ending):
                form = _("Move {path} to {right}: Datadog looks for it there.", path=quoted(path), right=quoted(right))
                message = _("{path} looks like a misplaced {right}", path=quoted(path), right=right)
                yield Problem(message, path, hint=_("move it to {right}", right=right), form=form)


@rule(
    "files/leftover",
    step="review",
    severity=Severity.WARNING,
    source=REVIEW,
    why="Files of your editor or system have no place in a tile.",
    form="Delete this file: an editor or the system left it.",
    bad=Example(".DS_Store", b"\0\0\0\1Bud1"),
)
def leftover(tile: Tile) -> Iterator[Problem]:
    """There are no files that an editor or a system left."""
    for path in tile.paths:
        if _JUNK.search(path):
            form = _("Delete {path}: an editor or the system left it.", path=quoted(path))
            yield Problem(_("{path} is left over", path=quoted(path)), path, hint=_("delete it"), form=form)


@rule(
    "files/unreferenced",
    step="review",
    severity={Target.MARKETPLACE: Severity.WARNING, Target.EXTRAS: Severity.INFO},
    source=REVIEW,
    why="Reviewers ask for what it is.",
    form="Show or list this file, or delete it: nothing uses it.",
    bad=Example("images/nobody.png", b"\x89PNG\r\n\x1a\n", shown="images/nobody.png"),
)
def unreferenced(tile: Tile) -> Iterator[Problem]:
    """Every picture is shown by the carousel or the README, every dashboard, monitor and saved view named in the manifest."""
    readme = tile.file(README)
    text = readme.text if readme is not None else ""
    media = {plain_path(str(item.get("image_url"))) for item in tile.list_at("/tile/media") if isinstance(item, dict)}
    for path in tile.under("images", ".png", ".jpg", ".jpeg", ".gif"):
        name = path.rpartition("/")[2]
        if path not in media and name not in text and name.replace(" ", "%20") not in text:
            message = _("no README and no carousel shows {path}", path=quoted(path))
            form = _("Show {path} in the carousel or the README, or delete it.", path=quoted(path))
            yield Problem(message, path, hint=_("show it or delete it"), form=form)
    for kind in MAPPED:
        named = {plain_path(path) for path in named_paths(tile, kind)}
        for path in tile.under(kind.home, *kind.endings):
            if path not in named and isinstance(tile.at("/assets"), dict):
                yield Problem(
                    _("the manifest doesn't name {path}", path=quoted(path)),
                    path,
                    hint=_("add it to assets.{kind} or delete it", kind=kind.name),
                    form=_("Add {path} to the tile, or delete it: nothing uses it.", path=quoted(path)),
                )


@rule(
    "files/link",
    step="review",
    severity=Severity.ERROR,
    source=TILEWIZARD,
    why="A link may lead anywhere on the machine of whoever opens the tile.",
    form="Put the file itself here: links are not published, and every file must be readable.",
    bad=Example("images/link.png", None, shown="images/link.png -> /etc/hostname"),
)
def link(tile: Tile) -> Iterator[Problem]:
    """There are no symbolic links and no special files in a tile."""
    for path in tile.paths:
        file = tile.file(path)
        if file is not None and file.link is not None:
            inside = not file.link.startswith("/") and ".." not in file.link.split("/")
            severity = Severity.WARNING if inside else None
            yield Problem(_("{path} is a symbolic link to {link}", path=quoted(path), link=quoted(file.link)), path,
                          hint=_("put the file itself there"), severity=severity,
                          form=_("Put the file itself in the place of {path}: links are not published.", path=quoted(path)))  # fmt: skip
        elif file is not None and file.unreadable:
            form = _("Make {path} readable, or take it out of the tile.", path=quoted(path))
            message = _("{path} can't be read: {unreadable}", path=quoted(path), unreadable=file.unreadable)
            yield Problem(message, path, hint=_("check its permissions"), form=form)


@rule(
    "files/text",
    step="review",
    severity=Severity.WARNING,
    source=TILEWIZARD,
    why="Bytes that are no UTF-8, control characters and escapes of terminals come out wrong, or do harm.",
    form="Save this file as plain UTF-8 text, without control characters.",
    bad=Example("assets/notes.md", "all well\x1b[31m or not", shown="a text with the control character ESC"),
    mends=True,
)
def text(tile: Tile) -> Iterator[Problem]:
    """Text files are UTF-8 without a byte order mark, of a sane size, and hold no control characters."""
    for path in tile.paths:
        file = tile.file(path)
        if (
            file is None
            or file.link is not None
            or not (path.lower().endswith(_TEXT) or path.rpartition("/")[2] in _BARE)
            or ("/" in path and path.endswith(".py"))
        ):
            continue
        for fault in file.text_faults:
            # Datadog's validators read these files as plain UTF-8 and stop at anything else.
            severity = Severity.ERROR if fault.kind == "size" or path.endswith((".json", ".csv", ".md")) else None
            fix = _without_mark(path) if fault.kind == "bom" else None
            yield Problem(
                _("{path} {message}", path=quoted(path), message=fault.message),
                path,
                offset=fault.offset,
                hint=fault.hint,
                form=_("Save {path} as plain UTF-8 text, of a size that can be read.", path=quoted(path)),
                severity=severity,
                fix=fix,
            )
        found = _CONTROL.search(file.text) if _may_control(file) else None
        if found:
            code = ord(found.group())
            yield Problem(
                _("{path} has the control character U+{code:04X}", path=path, code=code),
                path,
                offset=found.start(),
                hint=_("take it away"),
                form=_("Remove the invisible characters from {path}.", path=quoted(path)),
            )


def _without_mark(path: str) -> Fix:
    def fix(tile: Tile) -> Tile:
        file = tile.file(path)
        if file is None or not file.data.startswith(BOM):
            return tile
        return tile.with_file(TileFile(path, file.data[len(BOM) :]))

    return fix


def _may_control(file: TileFile) -> bool:
    """A quick look whether there can be a control character: ASCII is told in a tenth of the time."""
    return not file.text.isascii() or bool(file.data.translate(None, _PLAIN))


_PLAIN = bytes([9, 10, 12, 13, *range(0x20, 0x7F)])
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]")


@rule(
    "files/name",
    step="review",
    severity=Severity.WARNING,
    source=TILEWIZARD,
    why="Not every system can hold such names side by side.",
    form="Rename this file: not every system can store its name.",
    bad=Example("images/Acme_Widget_Overview.png", b"", shown="images/Acme_Widget_Overview.png"),
)
def name(tile: Tile) -> Iterator[Problem]:
    """File names have no control characters, backslashes or blanks at their ends, and differ in more than letter case."""
    seen: dict[str, str] = {}
    for path in tile.paths:
        parts = path.split("/")
        if any(not char.isprintable() or char == "\\" for char in path) or any(p != p.strip() for p in parts):
            message = _("the name {path} has characters that not every system takes", path=quoted(path))
            form = _("Rename {path}: not every system can store this name.", path=quoted(path))
            yield Problem(message, path, hint=_("rename it"), form=form)
        other = seen.setdefault(path.lower(), path)
        if other != path:
            message = _("{path} and {other} differ in letter case only", path=quoted(path), other=quoted(other))
            form = _(
                "Rename {path} or {other}: they differ in letter case only.", path=quoted(path), other=quoted(other)
            )
            yield Problem(message, path, hint=_("rename one"), form=form)
