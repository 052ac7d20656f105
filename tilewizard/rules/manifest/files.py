"""The files of the directory: misnamed, misplaced, unreferenced, unsafe."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tilewizard.field.asset_kinds import MAPPED
from tilewizard.field.vocabulary import Target
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
                hint = f"bring what it holds into {right}, and delete it"
                form = f"Bring what {quoted(path)} holds into {quoted(right)}, and delete it."
                yield Problem(f"{quoted(path)} looks like a second {right}", path, hint=hint, form=form)
                continue
            if right in present and (name != ending or "/" in path):
                if name.startswith("assets") and ending == "service_checks.json":
                    form = f"Delete {quoted(path)}: {quoted(right)} is there already."
                    message = f"{quoted(path)} looks like a misplaced {right}"
                    yield Problem(message, path, hint="take it away", form=form)
                elif ending == MANIFEST and name != ending and "/" not in path:
                    form = f"Delete {quoted(path)}: {quoted(right)} is there already."
                    message = f"{quoted(path)} looks like a misnamed {right}"
                    yield Problem(message, path, hint="take it away", form=form)
                continue
            if right not in present or (glued and name == ending):
                form = f"Move {quoted(path)} to {quoted(right)}: Datadog looks for it there."
                message = f"{quoted(path)} looks like a misplaced {right}"
                yield Problem(message, path, hint=f"move it to {right}", form=form)


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
            form = f"Delete {quoted(path)}: an editor or the system left it."
            yield Problem(f"{quoted(path)} is left over", path, hint="delete it", form=form)


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
            message = f"no README and no carousel shows {quoted(path)}"
            form = f"Show {quoted(path)} in the carousel or the README, or delete it."
            yield Problem(message, path, hint="show it or delete it", form=form)
    for kind in MAPPED:
        named = {plain_path(path) for path in named_paths(tile, kind)}
        for path in tile.under(kind.home, *kind.endings):
            if path not in named and isinstance(tile.at("/assets"), dict):
                yield Problem(
                    f"the manifest doesn't name {quoted(path)}",
                    path,
                    hint=f"add it to assets.{kind.name} or delete it",
                    form=f"Add {quoted(path)} to the tile, or delete it: nothing uses it.",
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
            yield Problem(f"{quoted(path)} is a symbolic link to {quoted(file.link)}", path,
                          hint="put the file itself there", severity=severity,
                          form=f"Put the file itself in the place of {quoted(path)}: links are not published.")  # fmt: skip
        elif file is not None and file.unreadable:
            form = f"Make {quoted(path)} readable, or take it out of the tile."
            message = f"{quoted(path)} can't be read: {file.unreadable}"
            yield Problem(message, path, hint="check its permissions", form=form)


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
                f"{quoted(path)} {fault.message}",
                path,
                offset=fault.offset,
                hint=fault.hint,
                form=f"Save {quoted(path)} as plain UTF-8 text, of a size that can be read.",
                severity=severity,
                fix=fix,
            )
        found = _CONTROL.search(file.text) if _may_control(file) else None
        if found:
            code = ord(found.group())
            yield Problem(
                f"{path} has the control character U+{code:04X}",
                path,
                offset=found.start(),
                hint="take it away",
                form=f"Remove the invisible characters from {quoted(path)}.",
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
            message = f"the name {quoted(path)} has characters that not every system takes"
            form = f"Rename {quoted(path)}: not every system can store this name."
            yield Problem(message, path, hint="rename it", form=form)
        other = seen.setdefault(path.lower(), path)
        if other != path:
            message = f"{quoted(path)} and {quoted(other)} differ in letter case only"
            form = f"Rename {quoted(path)} or {quoted(other)}: they differ in letter case only."
            yield Problem(message, path, hint="rename one", form=form)
