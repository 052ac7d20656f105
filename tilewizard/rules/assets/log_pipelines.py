"""What stands in a log pipeline, read without running it: remappers, facets, grok rules, and the keys of its tests.

Datadog's own checks go by names; a comment ``# bypass-global-NAME-checks`` in the pipeline's file says that Datadog let a
pipeline off, and then what the rule of the same matter finds is allowed here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tilewizard.field.asset_kinds import LOGS
from tilewizard.inspection.yaml_order import sorted_text, unsorted_mappings
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.tile import Tile, TileFile

from ..registry import Example, rule
from ..sources import LOG_FACET_SOURCE, LOG_PIPELINES, LOG_SERVICE, LOG_TESTS
from .logs import log_files
from .yaml_assets import writing, yaml_of

_PATH = f"{LOGS.home}/acme_widget.yaml"
_TESTS = f"{LOGS.home}/acme_widget_tests.yaml"
_BYPASS = re.compile(r"^#\s*bypass-global-([a-z\-]+)-checks\s*$", re.MULTILINE)
_REMAPPERS = {
    "date-remapper": ("missing-date-remapper", Severity.WARNING),
    "service-remapper": ("no-service-config", Severity.WARNING),
    "status-remapper": ("", Severity.INFO),
    "message-remapper": ("", Severity.INFO),
}
"""Processors that every pipeline is asked for, the name of Datadog's check, and how much it matters: most published ones lack
the last two."""
_NOT_A_SERVICE = frozenset(
    ["host", "hostname", "fqdn", "ip", "ipaddress", "addr", "address", "url", "uri", "path", "port", "id", "uuid", "guid", "timestamp", "time", "date", "level", "severity", "message", "msg", "method", "user", "username", "email", "useragent", "referer", "referrer", "domain", "machine", "device", "node", "pod", "browser", "country", "region"]
)  # fmt: skip
"""Last words of attributes that name a machine, an address, a request or a person, never the application."""
_NAMED = _NOT_A_SERVICE - {"path"} | {"server"}
"""Words whose names are no service's either: ``hostName``."""
_WILDCARD = re.compile(r"(?<!\\)\.[*+]")
_GROK = ("matchRules", "supportRules")
_OFF = ("false", "no", "off")
"""Ways to write false in YAML 1.1, in small letters."""
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Processor:
    """One processor of a pipeline, at any depth, with its place in the file."""

    file: TileFile
    place: Place
    value: dict[str, Any]

    @property
    def kind(self) -> str:
        """Its type, a word such as ``date-remapper``."""
        return str(self.value.get("type") or "")

    def texts(self, key: str) -> list[str]:
        """The texts under a key, one or a list."""
        found = self.value.get(key)
        return [each for each in (found if isinstance(found, list) else [found]) if isinstance(each, str)]

    def offset(self, *below: str | int) -> int:
        """Where it stands, or what is below it."""
        span = yaml_of(self.file).span(*self.place, *below) or yaml_of(self.file).span(*self.place)
        return span[0] if span is not None else 0


def pipelines(tile: Tile) -> Iterator[tuple[TileFile, frozenset[str], list[Processor]]]:
    """Every readable pipeline with the checks of Datadog's that it is let off, and its processors at all depths."""
    for file in log_files(tile, tests=False):
        read = yaml_of(file)
        pipeline = read.get("pipeline") if read.fault is None else None
        if isinstance(pipeline, dict):
            yield file, frozenset(_BYPASS.findall(file.text)), _processors(file, pipeline)


def let_off(bypassed: frozenset[str], check: str) -> str:
    """Why a finding of one of Datadog's checks is allowed; empty when no comment says so."""
    return f"Datadog's comment bypass-global-{check}-checks" if check in bypassed else ""


def _processors(file: TileFile, pipeline: dict[str, Any]) -> list[Processor]:
    found: list[Processor] = []
    pending: list[tuple[Place, dict[str, Any]]] = [(("pipeline",), pipeline)]
    while pending:
        place, holder = pending.pop()
        inner = holder.get("processors")
        for index, value in enumerate(inner if isinstance(inner, list) else ()):
            if isinstance(value, dict):
                found.append(Processor(file, (*place, "processors", index), value))
                pending.append(((*place, "processors", index), value))
    return found


def facets_of(file: TileFile) -> Iterator[tuple[int, dict[str, Any]]]:
    """A pipeline's facets that are mappings, with their index."""
    facets = yaml_of(file).get("facets")
    for index, facet in enumerate(facets if isinstance(facets, list) else ()):
        if isinstance(facet, dict):
            yield index, facet


def _pipeline(processors: str, facets: str = "facets: []\n", head: str = "") -> str:
    return f"{head}id: acme_widget\nbackend_only: false\n{facets}pipeline:\n  type: pipeline\n  name: Acme\n  processors:\n{processors}"


def _processor(kind: str, source: str, more: str = "") -> str:
    return f"    - type: {kind}\n      name: x\n      enabled: true\n      sources:\n        - {source}\n{more}"


_FOUR = "".join(_processor(kind, word) for kind, word in zip(_REMAPPERS, ("ts", "app", "level", "msg"), strict=True))


@rule(
    "logs/remapper",
    step="logs",
    severity=Severity.WARNING,
    source=LOG_PIPELINES,
    why="Date, service, status and message of a log come of these, for every site alike, even where the default names fit.",
    form="Give the log pipeline remappers for date, service, status and message.",
    bad=Example(_PATH, _pipeline(_processor("date-remapper", "ts"))),
    good=Example(_PATH, _pipeline(_FOUR)),
)
def remapper(tile: Tile) -> Iterator[Problem]:
    """A pipeline has a date, a service, a status and a message remapper of its own that are not switched off."""
    for file, bypassed, processors in pipelines(tile):
        kinds = {each.kind for each in processors if str(each.value.get("enabled")).lower() not in _OFF}
        # One without any processor is a stub: the rule logs/processors tells.
        for kind, (check, severity) in _REMAPPERS.items() if processors else ():
            if kind not in kinds:
                yield Problem(
                    _("the pipeline has no {kind}", kind=kind),
                    file.path,
                    offset=yaml_of(file).offset("pipeline"),
                    hint=_("add a {kind}", kind=kind),
                    severity=severity,
                    allowed=let_off(bypassed, check),
                )


@rule(
    "logs/service-attribute",
    step="logs",
    severity=Severity.WARNING,
    source=LOG_SERVICE,
    why="A service is an application; taken from a machine or a request, each of them becomes a service of its own.",
    form="Take the service of a log from what names the application, not from a host or an address.",
    bad=Example(_PATH, _pipeline(_FOUR.replace("- app", "- proxy.host"))),
    good=Example(_PATH, _pipeline(_FOUR)),
)
def service_attribute(tile: Tile) -> Iterator[Problem]:
    """The service remapper takes the name of an application, not a host, an address, an id, a user or a part of a request."""
    for *__, processors in pipelines(tile):
        for each in processors:
            for index, source in enumerate(each.texts("sources")) if each.kind == "service-remapper" else ():
                words = re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", source.rpartition(".")[2])
                last = words[-1].lower() if words else ""
                if last in ("name", "names") and len(words) > 1 and words[-2].lower() in _NAMED:
                    last = words[-2].lower()
                if last in _NOT_A_SERVICE or source.startswith(("http.", "network.", "usr.")):
                    message = _("the service is taken from {source}", source=quoted(source))
                    hint = _("take it from the attribute that names the application or project")
                    yield Problem(message, each.file.path, offset=each.offset("sources", index), hint=hint)


@rule(
    "logs/preserve-source",
    step="logs",
    severity=Severity.INFO,
    source=LOG_PIPELINES,
    why="With preserveSource each log carries the value twice, and customers find it under two names.",
    form="Let the remapper move the value instead of copying it.",
    bad=Example(_PATH, _pipeline(_FOUR + _processor("attribute-remapper", "who", "      target: usr.id\n      preserveSource: true\n"))),
    good=Example(_PATH, _pipeline(_FOUR + _processor("attribute-remapper", "who", "      target: usr.id\n      preserveSource: false\n"))),
)  # fmt: skip
def preserve_source(tile: Tile) -> Iterator[Problem]:
    """A general remapper has preserveSource off, unless a facet or another processor reads the source too."""
    for file, __, processors in pipelines(tile):
        read = {str(facet.get("path")) for __, facet in facets_of(file)}
        for each in processors:
            if each.kind != "attribute-remapper" or str(each.value.get("preserveSource")).lower() != "true":
                continue
            others = {
                text
                for other in processors
                if other is not each
                for key in ("sources", "source")
                for text in other.texts(key)
            }
            sources = each.texts("sources")
            # OCSF keeps the product's own attributes beside its schema.
            if sources and not str(each.value.get("target")).startswith("ocsf.") and not set(sources) & (others | read):
                message = _(
                    "{sources} is kept beside {get}",
                    sources=quoted(sources[0]),
                    get=quoted(str(each.value.get("target"))),
                )
                hint = _("write preserveSource: false, and take it out of the tests' results")
                yield Problem(message, file.path, offset=each.offset("preserveSource"), hint=hint)


@rule(
    "logs/processors",
    step="logs",
    severity=Severity.INFO,
    source=LOG_PIPELINES,
    why="Datadog's page on pipelines asks for at least one.",
    form="Add to the log pipeline what your logs need.",
    bad=Example(_PATH, _pipeline("    []\n")),
    good=Example(_PATH, _pipeline(_FOUR)),
)
def processors(tile: Tile) -> Iterator[Problem]:
    """A pipeline that lists processors has at least one."""
    for file, bypassed, found in pipelines(tile):
        if not found and isinstance(yaml_of(file).get("pipeline", "processors"), list):
            offset, allowed = yaml_of(file).offset("pipeline"), let_off(bypassed, "no-processors")
            hint = _("add what its logs need")
            yield Problem(_("the pipeline has no processors"), file.path, offset=offset, hint=hint, allowed=allowed)


@rule(
    "logs/grok-wildcard",
    step="logs",
    severity=Severity.WARNING,
    source=LOG_PIPELINES,
    why="Datadog's page on pipelines asks for none, and its check of grok rules looks for them.",
    form="Write the grok rule without wildcards.",
    bad=Example(_PATH, _pipeline(_FOUR + "    - type: grok-parser\n      source: message\n      grok:\n        matchRules: 'rule .*%{word:x}'\n")),
    good=Example(_PATH, _pipeline(_FOUR + "    - type: grok-parser\n      source: message\n      grok:\n        matchRules: 'rule %{word:x}'\n")),
)  # fmt: skip
def grok_wildcard(tile: Tile) -> Iterator[Problem]:
    """Grok rules have no wildcards, ``.*`` or ``.+``."""
    for file, bypassed, found in pipelines(tile):
        for each in found:
            grok = each.value.get("grok") if each.kind == "grok-parser" else None
            for key in _GROK:
                rules = grok.get(key) if isinstance(grok, dict) else None
                here = _WILDCARD.search(rules) if isinstance(rules, str) else None
                if here is not None:
                    hint = _("match what stands there: %{notSpace}, %{data}, or a character class")
                    yield Problem(
                        _("{key} has the wildcard {here}", key=key, here=here[0]),
                        file.path,
                        offset=each.offset("grok", key),
                        hint=hint,
                        allowed=let_off(bypassed, "grok-parser-rules"),
                    )


def _facet(more: str) -> str:
    return f"facets:\n  - name: Cache\n    path: acme_widget.cache\n    groups:\n      - Acme\n{more}"


_MAPPED = _FOUR + _processor("attribute-remapper", "c", "      target: acme_widget.cache\n      targetType: tag\n")


@rule(
    "logs/facet-source",
    step="logs",
    severity=Severity.WARNING,
    source=LOG_FACET_SOURCE,
    why="A facet of a tag that looks among the attributes stays empty, and the other way round.",
    form="Say of the facet whether it is a tag or an attribute, as the pipeline makes it.",
    bad=Example(_PATH, _pipeline(_MAPPED, _facet("    source: log\n"))),
    good=Example(_PATH, _pipeline(_MAPPED, _facet("    source: tag\n"))),
    mends=True,
)
def facet_source(tile: Tile) -> Iterator[Problem]:
    """A facet's source is tag for what the pipeline makes a tag, and log for an attribute."""
    for file, __, found in pipelines(tile):
        kinds: dict[str, set[str]] = {}
        for each in found:
            if each.kind == "attribute-remapper":
                target = str(each.value.get("target"))
                kinds.setdefault(target, set()).add("tag" if each.value.get("targetType") == "tag" else "log")
        tags, attributes = _result_keys(tile, file)
        for index, facet in facets_of(file):
            path, here = str(facet.get("path")), facet.get("source")
            made = kinds.get(path, set())
            right = next(iter(made)) if len(made) == 1 else "tag" if not made and path in tags - attributes else ""
            if not isinstance(here, str) or not right or here == right:
                continue
            place = ("facets", index, "source")
            span = yaml_of(file).span(*place)
            message = _("the facet {path} has the source {here}", path=quoted(path), here=quoted(here))
            yield Problem(message, file.path, offset=span[0] if span else 0, hint=_("write {right}: the pipeline makes it one", right=right),
                          fix=writing(file.path, place, here, right))  # fmt: skip


def _result_keys(tile: Tile, pipeline: TileFile) -> tuple[set[str], set[str]]:
    """Keys of tags, and names of attributes at the top, in the results of a pipeline's tests."""
    stem, __, ending = pipeline.path.rpartition(".")
    file = tile.file(f"{stem}_tests.{ending}")
    tests = yaml_of(file).get("tests") if file is not None and file.link is None and not yaml_of(file).fault else None
    tags: set[str] = set()
    attributes: set[str] = set()
    for test in tests if isinstance(tests, list) else ():
        result = test.get("result") if isinstance(test, dict) else None
        if isinstance(result, dict):
            listed = result.get("tags")
            tags |= {str(tag).partition(":")[0] for tag in (listed if isinstance(listed, list) else ())}
            custom = result.get("custom")
            attributes |= set(custom) if isinstance(custom, dict) else set()
    return tags - {"source"}, attributes


@rule(
    "logs/facet-type",
    step="logs",
    severity=Severity.WARNING,
    source=LOG_PIPELINES,
    why="A range is of numbers; texts have none.",
    form="Choose numbers for a facet that is a range.",
    bad=Example(_PATH, _pipeline(_FOUR, _facet("    source: log\n    facetType: range\n    type: string\n"))),
    good=Example(_PATH, _pipeline(_FOUR, _facet("    source: log\n    facetType: range\n    type: double\n"))),
)
def facet_type(tile: Tile) -> Iterator[Problem]:
    """A facet's source, type and facetType are known ones, and a range is of integer or double."""
    known = {
        "source": ("log", "tag"),
        "type": ("string", "integer", "double", "boolean"),
        "facetType": ("list", "range"),
    }
    for file, *__ in pipelines(tile):
        for index, facet in facets_of(file):
            name = quoted(str(facet.get("path")))
            for key, words in known.items():
                here = facet.get(key)
                if here and here not in words:
                    span = yaml_of(file).span("facets", index, key)
                    message = _("{key} of the facet {name} is {here}", key=key, name=name, here=quoted(here))
                    yield Problem(
                        message,
                        file.path,
                        offset=span[0] if span else 0,
                        hint=_("write one of {words}", words=", ".join(words)),
                    )
            if facet.get("facetType") == "range" and facet.get("type") in ("string", "boolean"):
                span = yaml_of(file).span("facets", index, "type")
                message = _("the facet {name} is a range of the type {facet}", name=name, facet=facet["type"])
                yield Problem(
                    message, file.path, offset=span[0] if span else 0, hint=_("write double, or facetType: list")
                )


@rule(
    "logs/test-order",
    step="logs",
    severity=Severity.WARNING,
    source=LOG_TESTS,
    why="Datadog sorted them in tiles that were published already.",
    form="Sort the names in the expected results of the pipeline's tests.",
    bad=Example(_TESTS, "id: acme_widget\ntests:\n  - sample: x\n    result:\n      custom:\n        name: a\n        cache: b\n      tags: []\n"),
    good=Example(_TESTS, "id: acme_widget\ntests:\n  - sample: x\n    result:\n      custom:\n        cache: b\n        name: a\n      tags: []\n"),
    mends=True,
)  # fmt: skip
def key_order(tile: Tile) -> Iterator[Problem]:
    """The keys in a test's result are sorted, at every depth."""
    for file in log_files(tile, tests=True):
        read = yaml_of(file)
        tests = read.get("tests") if read.fault is None else None
        for index, __ in enumerate(tests if isinstance(tests, list) else ()):
            found = list(unsorted_mappings(read, "tests", index, "result"))
            if found:
                offset, key, before = found[0]
                hint = _("sort the keys: {key} goes before {before}", key=key, before=before)
                more = _("{key} stands out of order in the result of test {index}", key=quoted(key), index=index + 1)
                message = _("{more}, one of {count} places", more=more, count=len(found)) if len(found) > 1 else more
                yield Problem(message, file.path, offset=offset, hint=hint, fix=_sorting(file.path, index))


def _sorting(path: str, index: int) -> Fix:
    def fix(tile: Tile) -> Tile:
        file = tile.file(path)
        text = sorted_text(yaml_of(file), "tests", index, "result") if file is not None else None
        return tile if text is None else tile.with_text(path, text)

    return fix
