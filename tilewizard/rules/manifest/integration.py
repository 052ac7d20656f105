"""The integration object and what is exchanged with Datadog."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.tile import MANIFEST, METADATA, SERVICE_CHECKS, Tile

from ..assets.json_assets import plain_path
from ..assets.yaml_assets import unreadable, yaml_of
from ..registry import Example, rule
from ..sources import GUIDE, INTEGRATION_ASSETS, REVIEW, VALIDATE_SERVICE_CHECKS

POINTER = "/assets/integration"
_TAGS = "/tile/classifier_tags"
_SPEC = "assets/configuration/spec.yaml"


def submitted(tile: Tile) -> set[str]:
    """The kinds of data that the tags say are sent."""
    start = "Submitted Data Type::"
    return {tag[len(start) :] for tag in tile.list_at(_TAGS) if isinstance(tag, str) and tag.startswith(start)}


def queried(tile: Tile) -> bool:
    """Whether the tags say that something is read."""
    return any(isinstance(tag, str) and tag.startswith("Queried Data Type::") for tag in tile.list_at(_TAGS))


def sends_something(tile: Tile) -> bool:
    """Whether anything shows that data is sent: tags, metrics, service checks, events, logs."""
    metadata, checks = tile.file(METADATA), tile.file(SERVICE_CHECKS)
    return bool(
        submitted(tile)
        or (metadata is not None and metadata.csv.rows)
        or (checks is not None and checks.json.value)
        or tile.at(f"{POINTER}/events/creates_events") is True
        or tile.under("assets/logs", ".yaml", ".yml")
        or tile.at("/assets/logs")
    )


@rule(
    "integration/bi-directional",
    step="type",
    severity=Severity.ERROR,
    source=GUIDE,
    why="Datadog lists no integration that only reads: it must also send data.",
    form="Say what it sends to Datadog too: it only reads so far.",
    bad=Example(
        MANIFEST,
        {"tile": {"classifier_tags": ["Queried Data Type::Metrics", "Category::Cloud", "Offering::Integration"]},
         "assets": {"integration": None, "logs": None}},
        also={METADATA: None, SERVICE_CHECKS: None, "assets/logs/acme_widget.yaml": None,
              "assets/logs/acme_widget_tests.yaml": None},
    ),
    at=("submits",),
)  # fmt: skip
def bi_directional(tile: Tile) -> Iterator[Problem]:
    """An integration that reads from Datadog also sends something to it."""
    offered = "Offering::Integration" in tile.list_at(_TAGS)
    if offered and queried(tile) and not sends_something(tile):
        yield Problem(
            _("the integration reads from Datadog and sends nothing"),
            pointer=_TAGS,
            hint=_("say what it sends with Submitted Data Type tags; metrics, logs or events count"),
            question="submits",
            # With an integration object it may send what no tag tells.
            severity=Severity.WARNING if tile.object_at(POINTER) else None,
        )


@rule(
    "integration/superfluous",
    step="type",
    severity=Severity.WARNING,
    source=REVIEW,
    why="An integration object makes Datadog wait for data that never comes.",
    form="Say what it sends to Datadog, or that it sends nothing.",
    bad=Example(
        MANIFEST,
        {"tile": {"classifier_tags": ["Category::Cloud", "Offering::Software License", "Supported OS::Linux"]},
         "assets": {"integration": {"events": {"creates_events": False}}, "logs": None}},
        also={METADATA: None, SERVICE_CHECKS: "[]\n", "assets/logs/acme_widget.yaml": None,
              "assets/logs/acme_widget_tests.yaml": None},
    ),
    at=(POINTER,),
)  # fmt: skip
def superfluous(tile: Tile) -> Iterator[Problem]:
    """A tile that sends nothing has no assets.integration object."""
    if tile.object_at(POINTER) and not sends_something(tile):
        yield Problem(
            _("there is an integration object, and nothing shows that data is sent"),
            pointer=POINTER,
            key=True,
            hint=_(
                "take assets.integration away, or say what is sent: metadata.csv, service checks, Submitted Data Type tags"
            ),
            severity=Severity.INFO if not tile.sold else None,
        )


@rule(
    "integration/missing",
    step="type",
    severity=Severity.WARNING,
    source=INTEGRATION_ASSETS,
    why="Without it Datadog knows neither the name nor the list of the metrics and service checks that arrive.",
    form="Say that this is an integration: it has metrics or checks.",
    bad=Example(MANIFEST, {"assets": {"integration": None}}),
    at=(POINTER,),
)
def missing(tile: Tile) -> Iterator[Problem]:
    """A tile with metrics or service checks has an assets.integration object."""
    metadata, checks = tile.file(METADATA), tile.file(SERVICE_CHECKS)
    lists = [file.path for file, full in (
        (metadata, metadata is not None and bool(metadata.csv.rows)),
        (checks, checks is not None and bool(checks.json.value)),
    ) if file is not None and full]  # fmt: skip
    if lists and tile.at(POINTER) is None and isinstance(tile.at("/assets"), dict):
        message = _("there is {lists} and no integration object", lists=" and ".join(lists))
        hint = _("add assets.integration with source_type_name, source_type_id, metrics and service_checks")
        yield Problem(message, pointer=POINTER, hint=hint)


@rule(
    "integration/spec",
    step="type",
    severity=Severity.WARNING,
    source=INTEGRATION_ASSETS,
    why="The Agent's example of a configuration is made from it, when the manifest says where it is.",
    form="Choose the description of the check's options: a file with a name and its options.",
    bad=Example(_SPEC, "name: Acme Widget\nfiles: []\n"),
    good=Example(MANIFEST, {"assets": {"integration": {"configuration": {"spec": _SPEC}}}},
                 also={_SPEC: "name: Acme Widget\nfiles:\n- name: acme_widget.yaml\n"}),
    at=(f"{POINTER}/configuration/spec",),
)  # fmt: skip
def spec(tile: Tile) -> Iterator[Problem]:
    """A configuration spec is named in assets.integration.configuration.spec, and is YAML with a name and files."""
    named = plain_path(tile.text_at(f"{POINTER}/configuration/spec"))
    file = tile.file(named or _SPEC)
    if file is None or file.link is not None:
        return
    if not named and tile.object_at(POINTER):
        hint = _('write "configuration": {{"spec": "{spec}"}}', spec=_SPEC)
        yield Problem(
            _("the manifest doesn't name {spec}", spec=_SPEC), pointer=f"{POINTER}/configuration/spec", hint=hint
        )
    problem = unreadable(file)
    if problem is not None:
        yield problem
        return
    for key in ("name", "files") if yaml_of(file).fault is None else ():
        if key not in yaml_of(file).keys:
            yield Problem(_("{key} is missing", key=key), file.path, offset=0, hint=_("add {key}", key=key))


@rule(
    "integration/source-type-name",
    step="listing",
    severity=Severity.ERROR,
    source=INTEGRATION_ASSETS,
    why="Metrics, events and service checks carry this name.",
    form="Name the integration as customers see it, such as Acme Widget.",
    bad=Example(MANIFEST, {"assets": {"integration": {"source_type_name": ""}}}),
    at=(f"{POINTER}/source_type_name",),
)
def source_type_name(tile: Tile) -> Iterator[Problem]:
    """assets.integration has a source_type_name."""
    if tile.object_at(POINTER) and not tile.text_at(f"{POINTER}/source_type_name").strip():
        title = " ".join(tile.text_at("/tile/title").split())
        hint = (
            _("write the product's name, such as {title}", title=quoted(title))
            if title
            else _("write the product's name")
        )
        yield Problem(_("source_type_name is missing"), pointer=f"{POINTER}/source_type_name", hint=hint)


@rule(
    "integration/source-type-id",
    step="listing",
    severity=Severity.WARNING,
    source=REVIEW,
    why="Reviewers stop a pull request without one.",
    form="Let the wizard make a number for this integration.",
    bad=Example(MANIFEST, {"assets": {"integration": {"source_type_id": None}}}),
    at=(f"{POINTER}/source_type_id",),
)
def source_type_id(tile: Tile) -> Iterator[Problem]:
    """assets.integration has a source_type_id, a whole number above zero."""
    value, pointer = tile.at(f"{POINTER}/source_type_id"), f"{POINTER}/source_type_id"
    if not tile.object_at(POINTER):
        return
    if value is None:
        yield Problem(_("source_type_id is missing"), pointer=pointer, hint=_NUMBER)
    elif isinstance(value, int) and not isinstance(value, bool) and value <= 0:
        yield Problem(_("source_type_id is {value}", value=value), pointer=pointer, hint=_NUMBER)


_NUMBER = _("write the Unix time less 1,700,000,000, as `echo $(($(date +%s) - 1700000000))` prints it")


@rule(
    "integration/submitted-metrics",
    step="type",
    severity=Severity.WARNING,
    source=REVIEW,
    why="Customers filter the catalogue by what an integration sends.",
    form="List the metrics that it sends in Metrics & checks, or untick metrics.",
    bad=Example(METADATA, None, also={MANIFEST: {"assets": {"integration": {"metrics": None}}}}),
    at=("submits", "metrics.rows"),
)
def submitted_metrics(tile: Tile) -> Iterator[Problem]:
    """The tag Submitted Data Type::Metrics goes with rows in metadata.csv."""
    metadata = tile.file(METADATA)
    rows = metadata is not None and bool(metadata.csv.rows)
    if "Metrics" in submitted(tile) and not rows:
        hint = _("list them in metadata.csv, or take Submitted Data Type::Metrics away")
        severity = Severity.INFO if not tile.sold else None
        yield Problem(
            _("the tile says that it sends metrics and lists none"),
            pointer=_TAGS,
            hint=hint,
            severity=severity,
            form=_("List the metrics that it sends: the tile says that it sends some."),
            question="metrics.rows",
        )
    elif rows and submitted(tile) and "Metrics" not in submitted(tile):
        yield Problem(
            _("metrics are listed and not tagged"),
            pointer=_TAGS,
            hint=_("add Submitted Data Type::Metrics"),
            form=_("Choose metrics here: some are listed."),
            question="submits",
        )


@rule(
    "integration/submitted-events",
    step="type",
    severity=Severity.WARNING,
    source=REVIEW,
    why="Tag and switch tell Datadog the same thing; when they disagree, reviewers ask.",
    form="Say the same in both places: whether it sends events.",
    bad=Example(MANIFEST, {"assets": {"integration": {"events": {"creates_events": False}}}}),
    at=(f"{POINTER}/events/creates_events", "submits"),
)
def submitted_events(tile: Tile) -> Iterator[Problem]:
    """The tag Submitted Data Type::Events goes with events.creates_events."""
    value, pointer = tile.at(f"{POINTER}/events/creates_events"), f"{POINTER}/events/creates_events"
    tagged = "Events" in submitted(tile)
    if tagged and value is False:
        yield Problem(
            _("events are tagged and creates_events is false"),
            pointer=pointer,
            hint=_("write true"),
            form=_("Choose events here anew: they are noted in one of two places."),
            question="submits",
        )
    elif value is True and submitted(tile) and not tagged:
        yield Problem(
            _("creates_events is true and events are not tagged"),
            pointer=_TAGS,
            hint=_("add Submitted Data Type::Events"),
            form=_("Choose events here: the integration is set up to send them."),
            question="submits",
        )


@rule(
    "integration/service-checks-file",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_SERVICE_CHECKS,
    why="Datadog's validator looks for it whenever there is an integration object.",
    form="List the service checks, or say that there are none.",
    bad=Example(SERVICE_CHECKS, None),
    at=(f"{POINTER}/service_checks/metadata_path",),
)
def service_checks_file(tile: Tile) -> Iterator[Problem]:
    """assets/service_checks.json is there when assets.integration is, an empty list if need be; with checks it is named."""
    checks, named = tile.file(SERVICE_CHECKS), bool(tile.text_at(f"{POINTER}/service_checks/metadata_path"))
    if tile.object_at(POINTER) and checks is not None and checks.json.value and not named:
        yield Problem(
            _("the manifest doesn't name {service_checks}", service_checks=SERVICE_CHECKS),
            pointer=f"{POINTER}/service_checks/metadata_path",
            hint=_(
                'write "service_checks": {{"metadata_path": "{service_checks}"}} into assets.integration',
                service_checks=SERVICE_CHECKS,
            ),
            form=_("Enter the service checks here again: the tile doesn't say that it has some."),
            severity=Severity.WARNING,
        )
    if tile.object_at(POINTER) and not tile.has(SERVICE_CHECKS):
        yield Problem(
            _("there is no {service_checks}", service_checks=SERVICE_CHECKS),
            pointer=f"{POINTER}/service_checks/metadata_path",
            hint=_("add it; [] when there are none"),
            form=_("Save the tile to add the list of service checks: it is there even when it is empty."),
            severity=None if named else Severity.WARNING,
        )


@rule(
    "integration/submitted-logs",
    step="type",
    severity=Severity.WARNING,
    source=REVIEW,
    why="Customers filter the catalogue by what an integration sends, and look for the pipeline that parses it.",
    form="Add a log pipeline, or untick logs: the two go together.",
    bad=Example(
        MANIFEST,
        {"tile": {"classifier_tags": ["Offering::Integration", "Submitted Data Type::Metrics",
                                      "Submitted Data Type::Events"]}},
    ),
    at=("submits",),
)  # fmt: skip
def submitted_logs(tile: Tile) -> Iterator[Problem]:
    """The tag Submitted Data Type::Logs goes with Category::Log Collection or a log pipeline, and the other way round."""
    pipeline = bool(tile.under("assets/logs", ".yaml", ".yml")) or bool(tile.text_at("/assets/logs/source"))
    shown = pipeline or "Category::Log Collection" in tile.list_at(_TAGS)
    sent = submitted(tile)
    severity = Severity.INFO if not tile.sold else None
    if "Logs" in sent and not shown:
        hint = _(
            "add Category::Log Collection and a pipeline below assets/logs, or take Submitted Data Type::Logs away"
        )
        yield Problem(
            _("logs are tagged, and nothing tells of them"),
            pointer=_TAGS,
            hint=hint,
            severity=severity,
            form=_("Add a log pipeline: the tile says that it sends logs."),
            question="logs.pipeline",
        )
    elif pipeline and sent and "Logs" not in sent:
        hint = _("add Submitted Data Type::Logs")
        yield Problem(
            _("there is a log pipeline, and logs are not tagged"),
            pointer=_TAGS,
            hint=hint,
            severity=severity,
            form=_("Choose logs here: there is a log pipeline."),
            question="submits",
        )


_PARTS: dict[str, Any] = {"auto_install": True, "configuration": {}, "events": {"creates_events": False}}
"""What an integration object holds, and the usual value; every published one has auto_install."""


@rule(
    "integration/missing-key",
    step="type",
    severity=Severity.WARNING,
    source=INTEGRATION_ASSETS,
    why="They say whether the tile installs itself, is configured and makes events; the reference asks for each.",
    form="Say whether it sends events, and leave the other settings at their usual values.",
    bad=Example(MANIFEST, {"assets": {"integration": {"auto_install": None}}}),
    at=tuple(f"{POINTER}/{key}" for key in _PARTS),
    mends=True,
)
def missing_key(tile: Tile) -> Iterator[Problem]:
    """assets.integration has auto_install, configuration and events."""
    integration = tile.object_at(POINTER)
    for key, usual in _PARTS.items() if integration else ():
        if key not in integration:
            yield Problem(
                _("assets.integration.{key} is missing", key=key),
                pointer=f"{POINTER}/{key}",
                hint=_("the usual value is {usual}", usual=json.dumps(usual)),
                severity=None if key == "auto_install" else Severity.INFO,
                fix=_adding(f"{POINTER}/{key}", usual),
            )
    events = integration.get("events")
    if isinstance(events, dict) and "creates_events" not in events:
        place, sent = f"{POINTER}/events/creates_events", "Events" in submitted(tile)
        yield Problem(_("events.creates_events is missing"), pointer=place, hint=_("write {value}", value='true' if sent else 'false'),
                      severity=Severity.INFO, fix=_adding(place, sent))  # fmt: skip


def _adding(pointer: str, value: Any) -> Fix:
    return lambda tile: (
        tile
        if tile.at(pointer) is not None
        else tile.with_text(MANIFEST, tile.manifest.with_value(pointer, value).text)
    )
