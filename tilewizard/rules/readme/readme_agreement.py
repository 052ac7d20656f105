"""What README.md says of the data and of the endpoint, against the files that send and read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from tilewizard.field.asset_kinds import DETECTION_RULES
from tilewizard.inspection.agent_spec import SPEC, AgentSpec
from tilewizard.language import _
from tilewizard.quoting import quoted, visible
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.asset_files import files_of
from tilewizard.tile.tile import MANIFEST, METADATA, README, SERVICE_CHECKS, Tile

from ..manifest.integration import submitted
from ..package.spec import GOOD, spec_of
from ..registry import Example, rule
from ..sources import CREATE_A_TILE, REVIEW, SECURITY_SIGNALS
from .readme import LINES_MAX, _changed, _section_at, document
from .readme_configuration import instances_of

_NOT_LISTED = _("Metrics, which metadata.csv lists, and events.")
_KIND = r"(?:metrics?|service checks?|events?|logs?)"
_DENIED = re.compile(
    rf"\b(?:(?:does|do)(?: not|n't)|doesn\u2019t) (?:include|collect|send|submit|emit) any (?P<kinds>{_KIND}(?:(?:, (?:or |and )?| or | and ){_KIND})*)\b",
    re.IGNORECASE,
)


def _sent(tile: Tile) -> dict[str, str]:
    """What is sent, each kind with what shows it."""
    metadata, checks, tags = tile.file(METADATA), tile.file(SERVICE_CHECKS), submitted(tile)
    events = tile.at("/assets/integration/events/creates_events") is True
    return {
        **({"metric": _("metrics are tagged")} if "Metrics" in tags else {}),
        **({"metric": f"{METADATA} lists metrics"} if metadata is not None and metadata.csv.rows else {}),
        **({"service check": f"{SERVICE_CHECKS} lists service checks"} if checks is not None and checks.json.value else {}),
        **({"event": _("creates_events is true")} if events else {"event": _("events are tagged")} if "Events" in tags else {}),
        **({"log": _("logs are tagged")} if "Logs" in tags else {}),
        **({"log": _("there is a log pipeline")} if tile.under("assets/logs", ".yaml", ".yml") else {}),
    }  # fmt: skip


@rule(
    "readme/denied-data",
    step="readme",
    severity=Severity.WARNING,
    source=CREATE_A_TILE,
    why="Customers read there what arrives; who reads that nothing does looks no further.",
    form="Make Data Collected anew: it says that nothing of this kind is sent, and something is.",
    bad=_changed(_NOT_LISTED, "Acme Widget does not include any metrics."),
    good=_changed(_NOT_LISTED, "Acme Widget does not change any metrics."),
)
def denied_data(tile: Tile) -> Iterator[Problem]:
    """Data Collected in README.md denies no metrics, service checks, events or logs that the tile sends."""
    readme = document(tile)
    if readme is None or not _DENIED.search(readme.text):
        return
    sent = _sent(tile)
    for match in islice(_DENIED.finditer(readme.text), LINES_MAX):
        key = _section_at(readme, match.start())
        if key != "Data Collected":
            continue
        for kind in (each for each in sent if re.search(rf"\b{each}s?\b", match["kinds"], re.IGNORECASE)):
            message, hint = (
                _("README.md says that no {kind}s are sent, and {sent}", kind=kind, sent=sent[kind]),
                _("say which {kind}s are sent", kind=kind),
            )
            yield Problem(message, README, f"/{key}", offset=match.start(), hint=hint)


_TOLD = {"Metrics": "metric", "Logs": "log", "Events": "event", "Traces": "trac", "Incidents": "incident"}
"""What a README says when it tells of a kind of data: in each of 46 published ones that carry these tags."""


@rule(
    "readme/untold-data",
    step="readme",
    severity=Severity.INFO,
    source=CREATE_A_TILE,
    why="A tag promises data; customers look in the README for what it is and how it is switched on.",
    form="Tell in Data Collected of what is sent: one of the kinds that you chose stands nowhere in the README.",
    bad=replace(
        _changed("What it is.", "What it is."),
        also={MANIFEST: {"tile": {"classifier_tags": [
            "Category::Cloud", "Offering::Integration", "Supported OS::Linux", "Submitted Data Type::Metrics",
            "Submitted Data Type::Incidents"]}}},
    ),
)  # fmt: skip
def untold_data(tile: Tile) -> Iterator[Problem]:
    """README.md tells of each kind of data that the tags say is sent."""
    readme = document(tile)
    if readme is None:
        return
    text = readme.text.casefold()
    for kind in sorted(submitted(tile) & _TOLD.keys()):
        if _TOLD[kind] not in text:
            yield Problem(
                _("{kind} are tagged, and README.md tells of none", kind=kind.lower()),
                README,
                hint=_("tell below Data Collected which {kind} are sent", kind=kind.lower()),
                form=_("Tell of the {kind} in Data Collected: you chose that they are sent.", kind=kind.lower()),
            )


_SIGNALS = re.compile(r"security (?:events|signals)", re.IGNORECASE)


@rule(
    "readme/security-events",
    step="type",
    severity=Severity.WARNING,
    source=SECURITY_SIGNALS,
    why="Nothing makes the security events that the page promises: they come of detection rules over logs, and of no API.",
    form="Bring a detection rule for the security events that you chose, or untick them: nothing else makes them.",
    bad=_changed(_NOT_LISTED, f"{_NOT_LISTED}\n\n### Security Events\n\nThey show under Security."),
    good=_changed(_NOT_LISTED, f"{_NOT_LISTED}\n\n### Audit Events\n\nThey show in the Event Explorer."),
)
def security_events(tile: Tile) -> Iterator[Problem]:
    """A README whose Data Collected has a heading on security events goes with a detection rule in assets/security."""
    readme = document(tile)
    if readme is None or any(files_of(tile, DETECTION_RULES)):
        return
    for heading in readme.headings:
        if (
            heading.level == 3
            and _SIGNALS.fullmatch(heading.title)
            and _section_at(readme, heading.start) == "Data Collected"
        ):
            message = _(
                "the README has the heading {heading}, and no detection rule makes any", heading=quoted(heading.title)
            )
            hint = _("add the rule that you exported to {home}, or take the heading away", home=DETECTION_RULES.home)
            yield Problem(message, README, "/Data Collected", offset=heading.start, hint=hint, question="submits")


_NAMED = re.compile(r"`(?P<prefix>[A-Za-z]\w{0,80}(?:\.\w{1,80}){0,8}\.)\*?`", re.ASCII)
_ABOUT_METRICS = re.compile(r"\bmetrics?\b", re.IGNORECASE)


@rule(
    "readme/metric-prefix",
    step="readme",
    severity=Severity.WARNING,
    source=REVIEW,
    why="Who searches for that prefix in the Metrics Summary finds nothing, and takes the integration for broken.",
    form="Name the prefix that your metrics have.",
    bad=_changed("1. Install it.", "1. Search for metrics that start with `acme_gadget.`."),
    good=_changed("1. Install it.", "1. Search for metrics that start with `acme_widget.`."),
    mends=True,
)
def metric_prefix(tile: Tile) -> Iterator[Problem]:
    """A prefix of metrics that README.md names is that of metrics in metadata.csv."""
    readme, metadata = document(tile), tile.file(METADATA)
    if readme is None or metadata is None or "." not in readme.text:
        return
    names = [each for each in (record.get("metric_name", "") for record in metadata.csv.rows) if each]
    own = tile.text_at("/assets/integration/metrics/prefix")
    for match in islice(_prefixes(readme.text), LINES_MAX) if names else ():
        wrong = match["prefix"]
        if wrong != own and not any(name.startswith(wrong) for name in names):
            key = _section_at(readme, match.start())
            right = own if own.endswith(".") and any(name.startswith(own) for name in names) else ""
            fix = (lambda changed, wrong=wrong, right=right: _renamed(changed, wrong, right)) if right else None
            hint = (
                _("write {right}", right=right) if right else _("name the prefix that the metrics in metadata.csv have")
            )
            message = _("no metric in metadata.csv starts with {wrong}", wrong=quoted(wrong))
            yield Problem(message, README, f"/{key}" if key else "", offset=match.start(), hint=hint, fix=fix)


def _prefixes(text: str) -> Iterator[re.Match[str]]:
    """Names in code that end in a dot, in lines that speak of metrics."""
    for match in _NAMED.finditer(text):
        start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
        if _ABOUT_METRICS.search(text[max(start, match.start() - 300) : match.start()]) or _ABOUT_METRICS.search(
            text[match.end() : min(end if end >= 0 else len(text), match.end() + 300)]
        ):
            yield match


def _renamed(tile: Tile, wrong: str, right: str) -> Tile:
    readme = document(tile)
    if readme is None:
        return tile
    text = readme.text
    for match in reversed([each for each in _prefixes(text) if each["prefix"] == wrong]):
        text = text[: match.start("prefix")] + right + text[match.end("prefix") :]
    return tile if text == readme.text else tile.with_text(README, text)


_ADDRESS = re.compile(r"https?://(?P<host>localhost|127\.0\.0\.1|<[^<>/\s]{1,80}>|%%host%%):(?P<port>\d{1,5})\b")
_BLOCK = "What it is.\n\n```yaml\ninstances:\n  - url: http://localhost:{}\n```\n\n"


def _on_port(port: int) -> Example:
    return replace(_changed("What it is.", _BLOCK.format(port)), also={SPEC: GOOD})


@rule(
    "readme/port",
    step="readme",
    severity=Severity.WARNING,
    source=REVIEW,
    why="Customers copy the block; the Agent then asks a port at which nobody answers.",
    form="Name the same port in the README and in the endpoint of the check.",
    bad=_on_port(9090),
    good=_on_port(8080),
)
def port(tile: Tile) -> Iterator[Problem]:
    """An address of the own host in a configuration that README.md shows has the port of the option's example in the spec."""
    spec = spec_of(tile)
    if spec is None or spec.faults or document(tile) is None:
        return
    examples = _examples(spec)
    for offset, entry in instances_of(tile):
        for name, value in entry.items():
            shown, right = _ADDRESS.search(str(value)), _ADDRESS.search(str(examples.get(str(name), "")))
            if shown and right and shown["port"] != right["port"]:
                message = _(
                    "{name} names port {shown}, and the spec's example {right}",
                    name=visible(str(name)),
                    shown=shown["port"],
                    right=right["port"],
                )
                yield Problem(
                    message,
                    README,
                    offset=offset,
                    hint=_("write the same port in both, {right} or this", right=right["port"]),
                )


def _examples(spec: AgentSpec) -> dict[str, Any]:
    """The example of each option of an instance, as the spec's own options and overrides have it."""
    found = {
        option.name: option.entry["value"].get("example")
        for option in spec.options
        if option.section == "instances" and isinstance(option.entry.get("value"), dict)
    }
    for holder in spec.overrides:
        ends = ((str(key), value) for key, value in holder.items())
        found |= {key.removesuffix(".value.example"): value for key, value in ends if key.endswith(".value.example")}
    return found
