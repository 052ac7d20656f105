"""Cloud SIEM detection rules that come with the tile, ``assets/security``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tilewizard.field.asset_kinds import DETECTION_RULES as KIND
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.asset_files import files_of, objects_of
from tilewizard.tile.tile import MANIFEST, Tile

from ..manifest.tags import POINTER as TAGS
from ..manifest.tags import adding
from ..registry import Example, rule
from ..sources import DETECTION_RULE, DETECTION_RULE_TAGS, SIEM_CATEGORY
from .json_assets import setting, unreadable_files
from .logs import sources_of

_PATH = f"{KIND.home}/acme_widget_login.json"
_ID = re.compile(r"[a-z0-9]{3}-[a-z0-9]{3}-[a-z0-9]{3}")
_STATUSES = ("critical", "high", "medium", "low", "info")
_LEFTOVERS = (
    *("id", "version", "isEnabled", "creator", "updater", "createdAt", "updatedAt", "creationAuthorId"),
    *(
        "updateAuthorId",
        "createdBy",
        "updatedBy",
        "isDefault",
        "isPartner",
        "isBeta",
        "isDeleted",
        "isDeprecated",
        "blocking",
        "metadata",
    ),
)
"""Keys of an export that the repaired published rules have no more."""
_SAMPLE: dict[str, Any] = {
    "name": "Widget login from a new country",
    "partnerRuleId": "acm-001-abc",
    "message": "Somebody logged in.",
    "queries": [{"query": "source:acme_widget @evt.name:login"}],
    "cases": [{"status": "high", "condition": "a > 10"}, {"status": "low", "condition": "a > 0"}],
    "tags": ["source:acme_widget"],
    "type": "log_detection",
}


def _with(**changes: Any) -> Example:
    return Example(_PATH, {**_SAMPLE, **changes})


@rule(
    "security/form",
    step="review",
    severity=Severity.ERROR,
    source=DETECTION_RULE,
    why="Datadog makes the detection rule from this file; what can't be read can't be made.",
    form="Export the detection rule again: the file can't be read.",
    bad=Example(_PATH, '{"name": '),
)
def form(tile: Tile) -> Iterator[Problem]:
    """A detection rule is a JSON object."""
    yield from unreadable_files(tile, KIND)


@rule(
    "security/fields",
    step="review",
    severity=Severity.WARNING,
    source=DETECTION_RULE,
    why="Without them Datadog can't make the rule, or its signals say nothing.",
    form="Export the detection rule again: a part of it is missing, or a case has no known severity.",
    bad=_with(cases=[{"status": "severe", "condition": "a > 10"}]),
    good=_with(),
)
def fields(tile: Tile) -> Iterator[Problem]:
    """A detection rule has a name, a message, queries, and cases of a known status."""
    for file, value in objects_of(tile, KIND):
        others = bool(value.get("thirdPartyCases"))
        for key in ("name", "message", *(() if others else ("queries", "cases"))):
            if not value.get(key):
                yield Problem(_("{key} is missing", key=key), file.path, f"/{key}", hint=_("add {key}", key=key))
        for key in ("cases", "thirdPartyCases"):
            cases = value.get(key)
            for index, case in enumerate(cases if isinstance(cases, list) else ()):
                if isinstance(case, dict) and _rank(case) is None:
                    message = _("the status of a case is {case}", case=quoted(case.get("status")))
                    hint = _("write one of {statuses}", statuses=", ".join(_STATUSES))
                    yield Problem(message, file.path, f"/{key}/{index}/status", hint=hint)


@rule(
    "security/source-tag",
    step="review",
    severity=Severity.WARNING,
    source=DETECTION_RULE_TAGS,
    since="2025-10-27",
    why="Datadog groups detection rules by the source whose logs they watch.",
    form="Tag the detection rule with the source of your logs.",
    bad=_with(tags=[]),
    good=_with(),
    mends=True,
)
def source_tag(tile: Tile) -> Iterator[Problem]:
    """A detection rule's tags have source: with a source of the tile's logs."""
    for file, value in objects_of(tile, KIND):
        tags = _texts(value.get("tags"))
        named = [each for each in tags if each.startswith("source:") and each != "source:"]
        said = tile.text_at("/assets/logs/source")
        known = [said] if said else sorted(sources_of(tile))
        if named and (not known or any(each.removeprefix("source:") in {said, *sources_of(tile)} for each in named)):
            continue
        right = f"source:{known[0]}" if len(known) == 1 else ""
        if named:
            at = f"/tags/{tags.index(named[0])}" if _plain(value.get("tags")) else "/tags"
            hint = (
                _("write {right}", right=quoted(right))
                if right
                else _("write source: and one of {known}", known=", ".join(known))
            )
            yield Problem(
                _("{named} is no source of the tile's logs", named=quoted(named[0])), file.path, at, hint=hint
            )
            continue
        hint = (
            _("add {right}", right=quoted(right))
            if right
            else _("add source: and the source of the logs that it watches")
        )
        fix = setting(file.path, "/tags", [*tags, right]) if right and _plain(value.get("tags")) else None
        yield Problem(_("no tag names the source"), file.path, "/tags", hint=hint, fix=fix)


def _texts(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _plain(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(each, str) for each in value))


@rule(
    "security/attack-tag",
    step="review",
    severity=Severity.WARNING,
    source=DETECTION_RULE,
    why="Tactics are of the ATT&CK matrix; Datadog's page asks for both tags together.",
    form="Tag the detection rule as an attack beside its tactic.",
    bad=_with(tags=["source:acme_widget", "tactic:TA0001-initial-access"]),
    good=_with(tags=["source:acme_widget", "security:attack", "tactic:TA0001-initial-access"]),
    mends=True,
)
def attack_tag(tile: Tile) -> Iterator[Problem]:
    """A detection rule with a tactic: or technique: tag has the tag security:attack."""
    for file, value in objects_of(tile, KIND):
        tags = _texts(value.get("tags"))
        index = next((at for at, each in enumerate(tags) if each.startswith(("tactic:", "technique:"))), None)
        if index is not None and "security:attack" not in tags and _plain(value.get("tags")):
            new = [*tags[:index], "security:attack", *tags[index:]]
            yield Problem(_("{tags} stands without security:attack", tags=quoted(tags[index])), file.path, f"/tags/{index}",
                          hint=_("add security:attack to its tags"), fix=setting(file.path, "/tags", new))  # fmt: skip


@rule(
    "security/rule-id",
    step="review",
    severity=Severity.WARNING,
    source=DETECTION_RULE,
    why="Datadog's page asks for an id of this form.",
    form="Give the detection rule an ID of three groups of three small letters or digits, such as abc-123-x9z.",
    bad=_with(partnerRuleId="Widget-1"),
    good=_with(),
)
def rule_id(tile: Tile) -> Iterator[Problem]:
    """A detection rule's partnerRuleId is three groups of three small letters or digits: ``abc-123-x9z``."""
    for file, value in objects_of(tile, KIND):
        here = value.get("partnerRuleId")
        if not isinstance(here, str) or not _ID.fullmatch(here):
            message = _("partnerRuleId is {here}", here=quoted(here)) if here else _("partnerRuleId is missing")
            yield Problem(message, file.path, "/partnerRuleId", hint=_("write one such as abc-123-x9z"))


@rule(
    "security/unique",
    step="review",
    severity=Severity.WARNING,
    source=DETECTION_RULE,
    why="Datadog's page asks for an id and a name that no other rule has.",
    form="Give each detection rule an ID and a name of its own.",
    bad=Example(_PATH, _SAMPLE, also={f"{KIND.home}/acme_widget_again.json": _SAMPLE}),
    good=_with(),
)
def unique(tile: Tile) -> Iterator[Problem]:
    """No two detection rules of a tile have the same partnerRuleId or the same name."""
    seen: dict[tuple[str, str], str] = {}
    for file, value in objects_of(tile, KIND):
        for key in ("partnerRuleId", "name"):
            here = value.get(key)
            if isinstance(here, str) and here.strip():
                other = seen.setdefault((key, here.strip().casefold()), file.path)
                if other != file.path:
                    message = _("{key} {here} is that of {other} too", key=key, here=quoted(here), other=other)
                    yield Problem(message, file.path, f"/{key}", hint=_("give it one of its own"))


@rule(
    "security/leftover",
    step="review",
    severity=Severity.WARNING,
    source=DETECTION_RULE_TAGS,
    why="They name your account and its people, and mean nothing in a customer's.",
    form="Take out of the detection rule what only your own account has a use for.",
    bad=_with(isEnabled=True, creator={"handle": "someone@acme.example"}),
    good=_with(),
    mends=True,
)
def leftover(tile: Tile) -> Iterator[Problem]:
    """A detection rule carries nothing that only the account it was exported from has a use for."""
    for file, value in objects_of(tile, KIND):
        found = [key for key in value if key in _LEFTOVERS]
        if found:
            shown = ", ".join(found)
            yield Problem(_("left over from the export: {shown}", shown=shown), file.path, f"/{found[0]}", key=True,
                          hint=_("take away {shown}", shown=shown), fix=_without(file.path, found))  # fmt: skip


def _without(path: str, keys: list[str]) -> Fix:
    def fix(tile: Tile) -> Tile:
        file = tile.file(path)
        if file is None:
            return tile
        document = file.json
        for key in keys:
            document = document.without(f"/{key}")
        return tile.with_text(path, document.text)

    return fix


@rule(
    "security/case-order",
    step="review",
    severity=Severity.WARNING,
    source=DETECTION_RULE,
    why="The first case that holds decides the signal: a low one on top hides the critical one below.",
    form="Order the cases of the detection rule by severity, the highest first.",
    bad=_with(cases=[{"status": "low", "condition": "a > 0"}, {"status": "high", "condition": "a > 10"}]),
    good=_with(),
    mends=True,
)
def case_order(tile: Tile) -> Iterator[Problem]:
    """The cases of a detection rule stand in the order of their severity, the highest first."""
    for file, value in objects_of(tile, KIND):
        for key in ("cases", "thirdPartyCases"):
            cases = value.get(key)
            ranks = [_rank(each) for each in cases] if isinstance(cases, list) else []
            known = [rank for rank in ranks if rank is not None]
            if isinstance(cases, list) and len(known) == len(cases) and known != sorted(known):
                index = next(at for at in range(1, len(known)) if known[at] < known[at - 1])
                right = [each for __, each in sorted(zip(known, cases, strict=True), key=lambda pair: pair[0])]
                status = cases[index].get("status")
                yield Problem(_("the case {status} stands below a lower one", status=quoted(status)), file.path, f"/{key}/{index}",
                              hint=_("order them {statuses}", statuses=', '.join(_STATUSES)), fix=setting(file.path, f"/{key}", right))  # fmt: skip


def _rank(case: Any) -> int | None:
    status = case.get("status") if isinstance(case, dict) else None
    word = status.lower() if isinstance(status, str) else ""
    return _STATUSES.index(word) if word in _STATUSES else None


_QUERIED = re.compile(r"(?<![-!\w@.])source:\(?\"?([\w.\-]+)")


@rule(
    "security/query-source",
    step="review",
    severity=Severity.INFO,
    source=DETECTION_RULE,
    why="A rule that watches a source of trial logs, or another product's, never sees yours.",
    form="Let the detection rule watch the source of your own logs.",
    bad=_with(queries=[{"query": "source:widget_test @evt.name:login"}]),
    good=_with(),
)
def query_source(tile: Tile) -> Iterator[Problem]:
    """A detection rule's queries watch a source of the tile's logs."""
    known = {*sources_of(tile), tile.text_at("/assets/logs/source")} - {""}
    for file, value in objects_of(tile, KIND) if known else ():
        queries = value.get("queries")
        for index, each in enumerate(queries if isinstance(queries, list) else ()):
            query = each.get("query") if isinstance(each, dict) else None
            watched = _QUERIED.findall(query) if isinstance(query, str) else []
            if watched and not known & set(watched):
                hint = _("write source:{known}, or leave the query out", known=min(known))
                message = _(
                    "the query watches the source {watched}, which is none of the tile's", watched=quoted(watched[0])
                )
                yield Problem(message, file.path, f"/queries/{index}/query", hint=hint)


@rule(
    "security/category",
    step="review",
    severity=Severity.WARNING,
    source=SIEM_CATEGORY,
    why="Customers who look for detection rules filter by the category; Datadog added it to published tiles.",
    form="Choose the category SIEM: the tile brings detection rules.",
    bad=_with(),
    good=Example(
        _PATH, _SAMPLE,
        also={MANIFEST: {"tile": {"classifier_tags": ["Category::Log Collection", "Category::SIEM", "Offering::Integration",
                                                      "Supported OS::Linux"]}}},
    ),
    at=("listing.categories",),
    mends=True,
)  # fmt: skip
def category(tile: Tile) -> Iterator[Problem]:
    """A tile with detection rules has the tag Category::SIEM."""
    if any(files_of(tile, KIND)) and tile.at(TAGS) is not None and "Category::SIEM" not in tile.list_at(TAGS):
        yield Problem(
            _("there are detection rules and no category for them"),
            pointer=TAGS,
            hint=_("add Category::SIEM"),
            question="listing.categories",
            fix=adding("Category::SIEM"),
        )


@rule(
    "security/method",
    step="review",
    severity=Severity.INFO,
    source=DETECTION_RULE,
    why="Datadog's page takes rules by a threshold only; others are asked about in the review.",
    form="Let the detection rule count: Datadog takes rules by a threshold.",
    bad=_with(options={"detectionMethod": "new_value"}),
    good=_with(options={"detectionMethod": "threshold"}),
)
def method(tile: Tile) -> Iterator[Problem]:
    """A detection rule detects by a threshold."""
    for file, value in objects_of(tile, KIND):
        options = value.get("options")
        stated = options.get("detectionMethod") if isinstance(options, dict) else None
        if stated is not None and stated != "threshold":
            message = _("the detection method is {stated}", stated=quoted(stated))
            yield Problem(message, file.path, "/options/detectionMethod", hint=_("make it a rule by a threshold"))
