"""assets/service_checks.json: the states that an integration reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tilewizard.field.vocabulary import nearest, vocabulary
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import SERVICE_CHECKS, Tile

from ..assets.json_assets import plain_path
from ..registry import Example, rule
from ..sources import VALIDATE_SERVICE_CHECKS

_CHECK = {
    "agent_version": "6.0.0",
    "integration": "Acme Widget",
    "check": "acme_widget.can_connect",
    "statuses": ["ok", "critical"],
    "groups": ["host"],
    "name": "Can Connect",
    "description": "Returns CRITICAL when the widget can't be reached, OK otherwise.",
}


def _bad(**changes: Any) -> Example:
    return Example(SERVICE_CHECKS, [{**_CHECK, **changes}])


def path_of(tile: Tile) -> str:
    """Where the service checks are: where the manifest says, else at the usual place."""
    return plain_path(tile.text_at("/assets/integration/service_checks/metadata_path")) or SERVICE_CHECKS


def entries(tile: Tile) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every entry that is an object, with its pointer."""
    file = tile.file(path_of(tile))
    value = file.json.value if file is not None else None
    for index, entry in enumerate(value if isinstance(value, list) else []):
        if isinstance(entry, dict):
            yield f"/{index}", entry


def _problem(tile: Tile, message: str, pointer: str, hint: str, **more: Any) -> Problem:
    return Problem(message, path_of(tile), pointer, hint=hint, **more)


@rule(
    "service-checks/form",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_SERVICE_CHECKS,
    why="Datadog reads a list of objects.",
    form="List the service checks anew: they can't be read.",
    bad=Example(SERVICE_CHECKS, '{"check": "acme_widget.can_connect"}'),
)
def form(tile: Tile) -> Iterator[Problem]:
    """service_checks.json is a JSON list of objects."""
    file = tile.file(path_of(tile))
    if file is None or file.link is not None:
        return
    for fault in file.json.faults:
        severity = Severity.WARNING if fault.kind == "duplicate-key" else None
        message = f"{quoted(file.path)} {fault.message}"
        yield Problem(message, file.path, offset=fault.offset, hint=fault.hint, severity=severity)
    if file.json.broken:
        return
    if not isinstance(file.json.value, list):
        # In an empty object the validator finds no entry, and nothing wrong.
        severity = Severity.WARNING if file.json.value == {} else None
        message = f"{quoted(file.path)} is no list"
        yield _problem(tile, message, "", "write a list: [ … ]", severity=severity)
        return
    for index, entry in enumerate(file.json.value):
        if not isinstance(entry, dict):
            yield _problem(tile, f"entry {index + 1} is no object", f"/{index}", "write { … }")


@rule(
    "service-checks/attributes",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_SERVICE_CHECKS,
    why="Datadog's validator demands these seven and takes no others.",
    form="Fill in all of this check's questions, and nothing beside them.",
    bad=_bad(colour="red"),
)
def attributes(tile: Tile) -> Iterator[Problem]:
    """A service check has exactly the seven attributes."""
    known: list[str] = vocabulary()["service_check_attributes"]
    for at, entry in entries(tile):
        for key in known:
            if key not in entry:
                yield _problem(tile, f"{key} is missing", f"{at}/{key}", f"add {key}")
        for key in entry:
            if key not in known:
                near = nearest(key, known)
                hint = f"did you mean {near}?" if near else "take it away"
                yield _problem(
                    tile, f"unknown attribute {quoted(key)}", f"{at}/{key.replace('/', '~1')}", hint, key=True
                )


@rule(
    "service-checks/values",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_SERVICE_CHECKS,
    why="Each of them is shown to customers.",
    form="Fill this in as the example shows: this value can't be read.",
    bad=_bad(statuses=["ok", "bad"]),
)
def values(tile: Tile) -> Iterator[Problem]:
    """A service check's attributes are filled in and of the right kind, its statuses known, its version three numbers."""
    statuses: list[str] = vocabulary()["service_check_statuses"]
    for at, entry in entries(tile):
        for key in ("name", "description", "check", "integration", "agent_version"):
            if key in entry and (not isinstance(entry[key], str) or not entry[key].strip()):
                message, hint = f"{key} is {quoted(entry[key])}", f"write a text for {key}"
                yield _problem(tile, message, f"{at}/{key}", hint, form="Fill this in: it is empty, or no words.")
        version = entry.get("agent_version")
        if isinstance(version, str) and version and not re.fullmatch(r"\d+\.\d+\.\d+", version):
            yield _problem(
                tile,
                f"agent_version is {quoted(version)}",
                f"{at}/agent_version",
                "write three numbers: 6.0.0",
                form=f"Write three numbers, such as 6.0.0: {quoted(version)} is no version.",
            )
        check = entry.get("check")
        if isinstance(check, str) and check and not _good_name(check):
            hint = "use letters, digits, single underscores and dots, none of them beside another, none at the ends"
            form = f"Write letters, digits and single underscores or dots between them: {quoted(check)} has others."
            yield _problem(tile, f"check is {quoted(check)}", f"{at}/check", hint, form=form)
        if "groups" in entry and not isinstance(entry["groups"], list):
            message, hint = f"groups is {quoted(entry['groups'])}", 'write a list: [] or ["host"]'
            yield _problem(tile, message, f"{at}/groups", hint, form="List the groups, one a line, such as host.")
        found = entry.get("statuses")
        if "statuses" in entry and (not isinstance(found, list) or not found):
            yield _problem(
                tile,
                f"statuses is {quoted(found)}",
                f"{at}/statuses",
                f"write a list of {', '.join(statuses)}",
                form=f"Choose at least one status of {', '.join(statuses)}.",
            )
        for index, status in enumerate(found if isinstance(found, list) else []):
            if status not in statuses:
                yield _problem(
                    tile,
                    f"status {quoted(status)}",
                    f"{at}/statuses/{index}",
                    f"one of {', '.join(statuses)}",
                    form=_unknown_status(status, statuses),
                )


def _unknown_status(status: object, known: list[str]) -> str:
    if isinstance(status, str):
        return f"Choose from {', '.join(known)}: {quoted(status)} is no status."
    return f"Choose from {', '.join(known)}: one of these is no status."


def _good_name(check: str) -> bool:
    if not re.fullmatch(r"[A-Za-z0-9_.]+", check):
        return False
    return not (re.search(r"\.\.|__|_\.|\._", check) or check[0] in "._" or check[-1] in "._")


@rule(
    "service-checks/unique",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_SERVICE_CHECKS,
    why="One state has one entry.",
    form="Give each service check a name of its own.",
    bad=Example(SERVICE_CHECKS, [_CHECK, {**_CHECK, "name": "Other"}]),
)
def unique(tile: Tile) -> Iterator[Problem]:
    """No two service checks share a name or a check."""
    for key in ("check", "name"):
        seen: set[str] = set()
        for at, entry in entries(tile):
            value = entry.get(key)
            if isinstance(value, str) and value:
                if value in seen:
                    form = f"Choose another one: {quoted(value)} is that of another service check."
                    message = f"{key} {quoted(value)} stands twice"
                    yield _problem(tile, message, f"{at}/{key}", "give it another one", form=form)
                seen.add(value)


@rule(
    "service-checks/integration",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_SERVICE_CHECKS,
    why="Datadog finds the integration of a service check by it.",
    form="Write the integration's name here, as in the listing.",
    bad=_bad(integration="Acme"),
    at=("/assets/integration/source_type_name",),
    mends=True,
)
def integration(tile: Tile) -> Iterator[Problem]:
    """A service check's integration is the manifest's source_type_name."""
    right = tile.stated("/assets/integration/source_type_name")
    for at, entry in entries(tile) if right else ():
        value = entry.get("integration")
        if value != right and value is not None:
            yield _problem(
                tile,
                f"integration is {quoted(value)}",
                f"{at}/integration",
                f"write {right}",
                form=f"Write {quoted(right)}, the integration's name.",
                fix=_naming(at, right),
            )


def _naming(at: str, right: str) -> Any:
    def fix(tile: Tile) -> Tile:
        file = tile.file(path_of(tile))
        return (
            tile if file is None else tile.with_text(file.path, file.json.with_value(f"{at}/integration", right).text)
        )

    return fix
