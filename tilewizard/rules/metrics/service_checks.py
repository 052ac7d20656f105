"""assets/service_checks.json: the states that an integration reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tilewizard.field.vocabulary import nearest, vocabulary
from tilewizard.language import _
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
        message = _("{path} {message}", path=quoted(file.path), message=fault.message)
        yield Problem(message, file.path, offset=fault.offset, hint=fault.hint, severity=severity)
    if file.json.broken:
        return
    if not isinstance(file.json.value, list):
        # In an empty object the validator finds no entry, and nothing wrong.
        severity = Severity.WARNING if file.json.value == {} else None
        message = _("{path} is no list", path=quoted(file.path))
        yield _problem(tile, message, "", _("write a list: [ … ]"), severity=severity)
        return
    for index, entry in enumerate(file.json.value):
        if not isinstance(entry, dict):
            yield _problem(tile, _("entry {index} is no object", index=index + 1), f"/{index}", _("write { … }"))


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
                yield _problem(tile, _("{key} is missing", key=key), f"{at}/{key}", _("add {key}", key=key))
        for key in entry:
            if key not in known:
                near = nearest(key, known)
                hint = _("did you mean {near}?", near=near) if near else _("take it away")
                yield _problem(
                    tile,
                    _("unknown attribute {key}", key=quoted(key)),
                    f"{at}/{key.replace('/', '~1')}",
                    hint,
                    key=True,
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
                message, hint = (
                    _("{key} is {entry}", key=key, entry=quoted(entry[key])),
                    _("write a text for {key}", key=key),
                )
                yield _problem(tile, message, f"{at}/{key}", hint, form=_("Fill this in: it is empty, or no words."))
        version = entry.get("agent_version")
        if isinstance(version, str) and version and not re.fullmatch(r"\d+\.\d+\.\d+", version):
            yield _problem(
                tile,
                _("agent_version is {version}", version=quoted(version)),
                f"{at}/agent_version",
                _("write three numbers: 6.0.0"),
                form=_("Write three numbers, such as 6.0.0: {version} is no version.", version=quoted(version)),
            )
        check = entry.get("check")
        if isinstance(check, str) and check and not _good_name(check):
            hint = _("use letters, digits, single underscores and dots, none of them beside another, none at the ends")
            form = _(
                "Write letters, digits and single underscores or dots between them: {check} has others.",
                check=quoted(check),
            )
            yield _problem(tile, _("check is {check}", check=quoted(check)), f"{at}/check", hint, form=form)
        if "groups" in entry and not isinstance(entry["groups"], list):
            message, hint = _("groups is {entry}", entry=quoted(entry["groups"])), _('write a list: [] or ["host"]')
            yield _problem(tile, message, f"{at}/groups", hint, form=_("List the groups, one a line, such as host."))
        found = entry.get("statuses")
        if "statuses" in entry and (not isinstance(found, list) or not found):
            yield _problem(
                tile,
                _("statuses is {found}", found=quoted(found)),
                f"{at}/statuses",
                _("write a list of {statuses}", statuses=", ".join(statuses)),
                form=_("Choose at least one status of {statuses}.", statuses=", ".join(statuses)),
            )
        for index, status in enumerate(found if isinstance(found, list) else []):
            if status not in statuses:
                yield _problem(
                    tile,
                    _("status {status}", status=quoted(status)),
                    f"{at}/statuses/{index}",
                    _("one of {statuses}", statuses=", ".join(statuses)),
                    form=_unknown_status(status, statuses),
                )


def _unknown_status(status: object, known: list[str]) -> str:
    if isinstance(status, str):
        return _("Choose from {known}: {status} is no status.", known=", ".join(known), status=quoted(status))
    return _("Choose from {known}: one of these is no status.", known=", ".join(known))


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
                    form = _("Choose another one: {value} is that of another service check.", value=quoted(value))
                    message = _("{key} {value} stands twice", key=key, value=quoted(value))
                    yield _problem(tile, message, f"{at}/{key}", _("give it another one"), form=form)
                seen.add(value)


@rule(
    "service-checks/integration",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_SERVICE_CHECKS,
    why="Datadog finds the integration of a service check by it.",
    form="Write the integration's name here, as in the listing.",
    bad=_bad(integration="Acme"),
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
                _("integration is {value}", value=quoted(value)),
                f"{at}/integration",
                _("write {right}", right=right),
                form=_("Write {right}, the integration's name.", right=quoted(right)),
                fix=_naming(at, right),
            )


def _naming(at: str, right: str) -> Any:
    def fix(tile: Tile) -> Tile:
        file = tile.file(path_of(tile))
        if file is None or file.json.broken or not file.json.has(f"{at}/integration"):
            return tile
        return tile.with_text(file.path, file.json.with_value(f"{at}/integration", right).text)

    return fix
