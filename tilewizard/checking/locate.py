"""Which question a finding is about: from its file and pointer to a path in the answers."""

from __future__ import annotations

from functools import cache

from ..answers.declaring import Kind
from ..answers.model import Answers
from ..answers.oauth_client import OAuthClient, connects
from ..answers.paths import Path, value_at
from ..answers.questions import questions
from ..answers.yaml_text import file_answers
from ..authoring.parts.lists import FOLDERS, MEDIUM_KEYS
from ..authoring.parts.placing import file_name
from ..authoring.parts.pointers import parts_of
from ..rules.findings import Finding
from ..tile.tile import CHANGELOG, MANIFEST, METADATA, README, SERVICE_CHECKS, Tile

_TAG_QUESTIONS: dict[str, Path] = {
    "Category": ("listing", "categories"),
    "Supported OS": ("listing", "supported_os"),
    "Offering": ("offering",),
    "Submitted Data Type": ("submits",),
    "Queried Data Type": ("queries",),
}
_LISTS: dict[str, Path] = {
    "/pricing": ("pricing",),
    "/tile/media": ("media",),
    "/tile/resources": ("listing", "resources"),
}
_STRUCTURE: dict[str, Path] = {
    "/tile/overview": ("readme",),
    "/tile/configuration": ("readme",),
    "/tile/uninstallation": ("readme",),
    "/tile/support": ("readme",),
    "/tile/changelog": ("changelog",),
    "/assets/integration/events": ("submits",),
    "/assets/integration/metrics": ("metrics", "rows"),
    "/assets/integration/service_checks": ("service_checks",),
    "/assets/integration": ("submits",),
    "/legal_terms": ("eula",),
    "/author": ("author", "name"),
    "/assets/logs": ("logs", "source"),
}


@cache
def _by_pointer() -> dict[str, Path]:
    own: dict[str, Path] = {
        q.ask.at: q.path for q in questions() if q.ask.at.startswith("/") and q.ask.kind != Kind.TABLE
    }
    return {**_STRUCTURE, **own}


def path_of(finding: Finding, tile: Tile, answers: Answers) -> Path | None:
    """The path of the answer that a finding is about, or None when no question covers it."""
    if finding.question:
        return tuple(finding.question.split("."))
    if finding.file == MANIFEST:
        return in_manifest(finding.pointer, tile)
    if finding.file == README:
        section = finding.pointer.removeprefix("/")
        return ("readme", section) if section in answers.readme else ("readme",)
    if finding.file in (METADATA, SERVICE_CHECKS):
        table: Path = ("metrics", "rows") if finding.file == METADATA else ("service_checks",)
        return _in_table(table, finding.pointer, answers)
    if finding.file == CHANGELOG:
        return _in_table(("changelog",), finding.pointer, answers)
    return _of_file(finding.file, finding.pointer, tile, answers)


def _in_table(table: Path, pointer: str, answers: Answers) -> Path:
    parts = parts_of(pointer)
    rows = value_at(answers, table, [])
    if not parts or not parts[0].isdigit() or int(parts[0]) >= len(rows):
        return table
    row: Path = (*table, int(parts[0]))
    return (*row, parts[1]) if len(parts) > 1 and parts[1] in type(rows[0]).model_fields else row


def in_manifest(pointer: str, tile: Tile) -> Path | None:
    """The path of the answer that a place in the manifest is kept from, or None when no question covers it."""
    if pointer.startswith("/tile/classifier_tags"):
        tag = tile.at(pointer)
        kind = tag.partition("::")[0] if isinstance(tag, str) else ""
        return _TAG_QUESTIONS.get(kind, ("listing", "categories"))
    for start, table in _LISTS.items():
        if pointer == start or pointer.startswith(f"{start}/"):
            return _in_list(table, parts_of(pointer[len(start) :]))
    for key in FOLDERS:
        if pointer.startswith(f"/assets/{key}/"):
            return (key, parts_of(pointer)[2])
    known = _by_pointer()
    while pointer:
        if pointer in known:
            return known[pointer]
        pointer = pointer.rpartition("/")[0]
    return None


def _in_list(table: Path, parts: list[str]) -> Path:
    if not parts or not parts[0].isdigit():
        return table
    row: Path = (*table, int(parts[0]))
    if len(parts) == 1:
        return row
    names = {theirs: ours for ours, theirs in MEDIUM_KEYS.items()} if table == ("media",) else {}
    return (*row, names.get(parts[1], parts[1]))


def _of_file(file: str, at: str, tile: Tile, answers: Answers) -> Path | None:
    for key in FOLDERS:
        for name, path in tile.object_at(f"/assets/{key}").items():
            if path == file:
                return (key, name)
    for index, item in enumerate(tile.list_at("/tile/media")):
        if isinstance(item, dict) and item.get("image_url") == file:
            return ("media", index, "image")
    for pointer, path in (("/legal_terms/eula", ("eula",)), ("/assets/oauth", ("oauth",))):
        if tile.at(pointer) == file:
            return (_of_client(at, answers) if path == ("oauth",) else None) or path
    name = file.rpartition("/")[2]
    return next((path for path, _, answer in file_answers(answers) if file_name(answer) == file_name(name)), None)


def _of_client(at: str, answers: Answers) -> Path | None:
    """The question on the OAuth client, where its form is shown."""
    parts = parts_of(at)
    if len(parts) > 1 and parts[0] == "integration" and parts[1] in OAuthClient.model_fields and connects(answers):
        return ("oauth_client", parts[1])
    return None
