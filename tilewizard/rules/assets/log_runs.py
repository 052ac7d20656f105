"""What running a log pipeline over its tests shows: results that differ, samples and processors that never meet.

The pipeline is run offline by ``tilewizard.logs``; what only Datadog knows (places of addresses, its own tables) is never judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tilewizard.errors import TilewizardError
from tilewizard.field.asset_kinds import LOGS
from tilewizard.inspection.yaml_values import values_of
from tilewizard.language import _, ngettext
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import Tile, TileFile

from ..registry import Example, rule
from ..sources import LOG_PIPELINES, LOG_SAMPLES
from .log_pipelines import Processor, facets_of, pipelines
from .yaml_assets import yaml_of

if TYPE_CHECKING:
    from tilewizard.logs.cases import Case

_PATH = f"{LOGS.home}/acme_widget.yaml"
_TESTS = f"{LOGS.home}/acme_widget_tests.yaml"
_FILLED_BY_DATADOG = frozenset(
    ["date", "host", "hostname", "message", "service", "source", "span_id", "status", "timestamp", "trace_id"]
)
"""Facets that no attribute of a sample need fill: Datadog's own fields of every log."""


_MOST = 500
"""Tests of one pipeline that are run; published ones have at most some twenty."""


@dataclass(frozen=True)
class Runs:
    """A pipeline run over its tests; ``fault`` says why it could not be, and then there are no cases."""

    file: TileFile
    tests: TileFile
    processors: list[Processor]
    cases: tuple[Case, ...] = ()
    fault: TilewizardError | None = None
    whole: Any = None

    def typed(self, place: tuple[str | int, ...]) -> dict[str, Any]:
        """What stands at a place of the pipeline's file, with numbers and true as such."""
        value = self.whole
        for part in place:
            value = value[part]
        return value if isinstance(value, dict) else {}

    def reached(self, place: tuple[str | int, ...]) -> bool:
        """Whether a sample gave the processor at a place something to do."""
        return any(step.did and step.place == place for case in self.cases for step in case.steps)

    def line(self, number: int, key: str) -> int:
        """Where a test's key stands."""
        span = yaml_of(self.tests).span("tests", number - 1, key) or yaml_of(self.tests).span("tests", number - 1)
        return span[0] if span is not None else 0


def runs(tile: Tile) -> Iterator[Runs]:
    """Every pipeline that has a readable tests file, with what its tests gave."""
    for file, _source, processors in pipelines(tile):
        stem, __, ending = file.path.rpartition(".")
        tests = tile.file(f"{stem}_tests.{ending}")
        if tests is None or tests.link is not None or file.link is not None or yaml_of(tests).fault is not None:
            continue
        whole, cases, fault = _cases(file, tests)
        yield Runs(file, tests, processors, cases, fault, whole)


@lru_cache(maxsize=32)
def _cases(file: TileFile, tests: TileFile) -> tuple[Any, tuple[Case, ...], TilewizardError | None]:
    from ruamel.yaml.error import YAMLError

    # Most tiles have no pipeline, and need nothing that runs one.
    from tilewizard.logs.cases import run_cases
    from tilewizard.logs.pipeline import made_of

    try:
        whole, stated = values_of(yaml_of(file)), values_of(yaml_of(tests))
        listed = stated.get("tests") if isinstance(stated, dict) else None
        if not isinstance(whole, dict) or not isinstance(listed, list):
            return whole, (), None
        samples = [each for each in listed if isinstance(each, dict) and "sample" in each]
        if len(samples) != len(listed) or len(samples) > _MOST:
            return whole, (), None
        return whole, tuple(run_cases(made_of(whole), samples, trace=True)), None
    except TilewizardError as error:
        return None, (), error
    except (YAMLError, ValueError, RecursionError):
        return None, (), None  # The rule ``logs/form`` tells of it.


_HEAD = "id: acme_widget\nbackend_only: false\n"
_GROK = """    - type: grok-parser
      name: lines
      enabled: true
      source: message
      grok:
        supportRules: ''
        matchRules: |-
"""
_LEVEL = "    - type: status-remapper\n      name: level\n      enabled: true\n      sources:\n        - level\n"


def _pipeline(*rules: str, more: str = _LEVEL, facets: str = "facets: []\n") -> str:
    lines = "".join(f"          {each}\n" for each in rules)
    return f"{_HEAD}{facets}pipeline:\n  type: pipeline\n  name: Acme\n  processors:\n{_GROK}{lines}{more}"


def _tests(sample: str = "warn slow", status: str = "warn") -> str:
    return f"id: acme_widget\ntests:\n  - sample: {sample}\n    result:\n      status: {status}\n"


def _example(pipeline: str, tests: str) -> Example:
    return Example(_PATH, pipeline, also={_TESTS: tests})


_RULE = "line %{word:level} %{word:what}"
_GOOD = _example(_pipeline(_RULE), _tests())


@rule(
    "logs/runs",
    step="logs",
    severity=Severity.WARNING,
    source=LOG_PIPELINES,
    why="What can't be run can't be tested before Datadog does.",
    form="The log pipeline can't be run over its samples: look at its processors and grok rules.",
    bad=_example(_pipeline("line %{words:level}"), _tests()),
    good=_GOOD,
)
def runs_at_all(tile: Tile) -> Iterator[Problem]:
    """A log pipeline can be run over the samples in its tests."""
    for each in runs(tile):
        if each.fault is not None:
            message = _("the pipeline can't be run: {fault}", fault=each.fault.fault)
            yield Problem(message, each.file.path, offset=yaml_of(each.file).offset("pipeline"), hint=each.fault.remedy)


@rule(
    "logs/test-result",
    step="logs",
    severity=Severity.WARNING,
    source=LOG_PIPELINES,
    why="Datadog runs the same tests, and takes the pipeline when each gives what it states.",
    form="The log pipeline gives something else than a test states: mend the pipeline or the test.",
    bad=_example(_pipeline(_RULE), _tests(status="error")),
    good=_GOOD,
)
def test_result(tile: Tile) -> Iterator[Problem]:
    """A log pipeline gives what its tests state."""
    for each in runs(tile):
        for case in each.cases:
            if case.differences:
                more = len(case.differences) - 1
                first = case.differences[0]
                message = _("test {number}: {first}", number=case.number, first=first) + (
                    ngettext("; and {count} more differs", "; and {count} more differ", more) if more else ""
                )
                hint = _("mend the pipeline, or write its results anew: tilewizard logs test TILE --update")
                yield Problem(message, each.tests.path, offset=each.line(case.number, "result"), hint=hint)


@rule(
    "logs/sample-untouched",
    step="logs",
    severity=Severity.WARNING,
    source=LOG_SAMPLES,
    since="2024-09-26",
    why="A log that no processor touches is stored as it came, without attributes, date or status.",
    form="Add to the log pipeline what the sample needs, or take the sample out.",
    bad=_example(
        _pipeline(_RULE),
        "id: acme_widget\ntests:\n  - sample: '{\"a\": 1}'\n    result:\n      custom:\n        a: 1\n",
    ),
    good=_GOOD,
)
def sample_untouched(tile: Tile) -> Iterator[Problem]:
    """Every sample is touched by a processor of its pipeline."""
    for each in runs(tile):
        for case in each.cases if each.processors else ():
            if not any(step.did and step.kind != "pipeline" for step in case.steps):
                message = _("no processor touches the sample of test {number}", number=case.number)
                hint = _("add the processors that it needs, or mend the filters and grok rules that pass it by")
                yield Problem(message, each.tests.path, offset=each.line(case.number, "sample"), hint=hint)


@rule(
    "logs/processor-unreached",
    step="logs",
    severity=Severity.INFO,
    source=LOG_SAMPLES,
    since="2024-09-26",
    why="A processor that no sample reaches is shipped untried; reviewers ask for a sample for each branch.",
    form="Add a sample for each branch of the log pipeline, or take out what none needs.",
    bad=_example(
        _pipeline(
            _RULE,
            more=_LEVEL
            + "    - type: url-parser\n      name: address\n      enabled: true\n      sources:\n        - url\n      target: u\n",
        ),
        _tests(),
    ),
    good=_GOOD,
)
def processor_unreached(tile: Tile) -> Iterator[Problem]:
    """Every processor has something to do on one sample at least."""
    for each in runs(tile):
        idle = list(_idle(each)) if each.cases else []
        if idle:
            names = [quoted(str(one.value.get("name") or one.kind)) for one in idle]
            told = ", ".join(names[:3]) + (_(" and {count} more", count=len(names) - 3) if len(names) > 3 else "")
            message = _("no sample reaches {told}", told=told)
            yield Problem(message, each.file.path, offset=idle[0].offset(), hint=_("add a test with a sample for each"))


def _idle(ran: Runs) -> Iterator[Processor]:
    """The processors that did nothing on any sample; of a nested pipeline that none enters, itself alone."""
    passed: list[tuple[str | int, ...]] = []
    for one in sorted(ran.processors, key=lambda one: [part for part in one.place if isinstance(part, int)]):
        inside = any(one.place[: len(place)] == place for place in passed)
        if not inside and one.value.get("enabled") != "false" and not ran.reached(one.place):
            passed.append(one.place)
            yield one


@rule(
    "logs/grok-rule",
    step="logs",
    severity=Severity.INFO,
    source=LOG_SAMPLES,
    why="A grok rule that no sample matches first is shipped untried; one that stands behind a wider rule is never used.",
    form="Add a sample for each grok rule, and put narrow rules above wide ones.",
    bad=_example(_pipeline("wide %{data:level} %{data:what}", _RULE), _tests()),
    good=_GOOD,
)
def grok_rule(tile: Tile) -> Iterator[Problem]:
    """Every match rule of a grok parser is the first to match one sample at least."""
    for each in runs(tile):
        for parser in each.processors if each.cases else ():
            if parser.kind == "grok-parser" and each.reached(parser.place):
                for name, before in _never_first(each, parser).items():
                    shadowed = _(
                        "the grok rule {name} is never used: {before} above it matches its samples first",
                        name=quoted(name),
                        before=quoted(before),
                    )
                    message = shadowed if before else _("no sample matches the grok rule {name}", name=quoted(name))
                    hint = (
                        _("put it above {before}", before=quoted(before))
                        if before
                        else _("add a sample for it, or mend it")
                    )
                    severity = Severity.WARNING if before else None
                    offset = parser.offset("grok", "matchRules")
                    yield Problem(message, each.file.path, offset=offset, hint=hint, severity=severity)


def _never_first(ran: Runs, parser: Processor) -> dict[str, str]:
    """By name the rules that are never the first to match, with the one that comes before each, or an empty text."""
    from tilewizard.logs.grok import compiled, rules_of

    typed = ran.typed(parser.place).get("grok") or {}
    match, support = str(typed.get("matchRules") or ""), str(typed.get("supportRules") or "")
    first = {step.rule for case in ran.cases for step in case.steps if step.place == parser.place}
    texts = [*parser.texts("samples"), *(case.sample for case in ran.cases if parser.value.get("source") == "message")]
    before: dict[str, str] = {}
    if len(texts) > _MOST:
        return {}
    rules = compiled(match, support)
    for text in texts:
        matching = [one.name for one in rules if one.parse(text) is not None]
        first |= set(matching[:1])
        for name in matching[1:]:
            before.setdefault(name, matching[0])
    called = set(re.findall(r"%\{([\w.]+)", f"{match}\n{support}"))
    return {name: before.get(name, "") for name in rules_of(match) if name not in first | called}


@rule(
    "logs/facet-unfilled",
    step="logs",
    severity=Severity.INFO,
    source=LOG_SAMPLES,
    why="A facet with a path that no log has stays empty in the Log Explorer.",
    form="Take the path of each facet from what the log pipeline gives, or add a sample that fills it.",
    bad=_example(
        _pipeline(
            _RULE,
            facets="facets:\n  - name: Other\n    path: acme_widget.other\n    groups:\n      - Acme\n    source: log\n",
        ),
        _tests(),
    ),
    good=_GOOD,
)
def facet_unfilled(tile: Tile) -> Iterator[Problem]:
    """Every facet is filled by a sample, or by a processor that no sample reaches yet."""
    for each in runs(tile):
        known = _filled(each) if each.cases else set()
        empty = [(index, path) for index, path in _paths(each.file) if known and path not in known]
        empty = [(index, path) for index, path in empty if not _made_somewhere(each, path)]
        if empty:
            told = ", ".join(quoted(path) for __, path in empty[:3])
            told += _(" and {count} more", count=len(empty) - 3) if len(empty) > 3 else ""
            span = yaml_of(each.file).span("facets", empty[0][0], "path")
            message = (
                _("no sample and no processor fills the facets {told}", told=told)
                if len(empty) > 1
                else _("no sample and no processor fills the facet {told}", told=told)
            )
            hint = _("mend the path, or add a test whose sample has it")
            yield Problem(message, each.file.path, offset=span[0] if span else 0, hint=hint)


def _paths(file: TileFile) -> Iterator[tuple[int, str]]:
    for index, facet in facets_of(file):
        path = facet.get("path")
        if isinstance(path, str) and path and path not in _FILLED_BY_DATADOG:
            yield index, path


def _filled(ran: Runs) -> set[str]:
    """Paths of attributes, of the objects above them, and keys of tags, in any sample's result."""
    found: set[str] = set()
    for case in ran.cases:
        found |= {str(tag).partition(":")[0] for tag in case.result["tags"]}
        pending = [("", case.result["custom"])]
        while pending:
            path, value = pending.pop()
            found.add(path)
            for below in value if isinstance(value, list) else [value]:
                if isinstance(below, dict):
                    pending.extend((f"{path}.{key}" if path else str(key), each) for key, each in below.items())
    return found


def _made_somewhere(ran: Runs, path: str) -> bool:
    """Whether a processor names the path, or an object above it, as what it makes."""
    above = {".".join(path.split(".")[: at + 1]) for at in range(path.count(".") + 1)}
    for one in ran.processors:
        if above & {*one.texts("target"), *one.texts("sources")}:
            return True
        if one.kind in ("grok-parser", "schema-processor", "array-processor"):
            span = yaml_of(ran.file).span(*one.place)
            text = ran.file.text[span[0] : span[1]] if span is not None else ""
            if any(re.search(rf"(?<![\w.]){re.escape(each)}(?![\w.])", text) for each in above):
                return True
    return False


@rule(
    "logs/status-value",
    step="logs",
    severity=Severity.INFO,
    source=LOG_PIPELINES,
    why="A value that names no status makes every such log an info, errors too.",
    form="Translate the words that name no status, with a category for each, before the status is set.",
    bad=_example(_pipeline(_RULE), _tests("bad slow", "info")),
    good=_GOOD,
)
def status_value(tile: Tile) -> Iterator[Problem]:
    """What the status remapper takes names a status."""
    for each in runs(tile):
        told: set[tuple[object, ...]] = set()
        for case in each.cases:
            for step in case.steps:
                if step.lost and (step.place, step.lost) not in told:
                    told.add((step.place, step.lost))
                    message = _(
                        "{lost}, in test {number}, names no status and becomes info",
                        lost=quoted(step.lost),
                        number=case.number,
                    )
                    hint = _("map it with a category-processor before the status-remapper")
                    span = yaml_of(each.file).span(*step.place)
                    yield Problem(message, each.file.path, offset=span[0] if span else 0, hint=hint)
