"""The code of an Agent package, as far as Datadog's validators look at it: by its text, never run, never imported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tilewizard.inspection.agent_spec import SPEC
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.tile import Tile, TileFile

from ..registry import Example, rule
from ..sources import (
    AGENT_EVENTS,
    VALIDATE_HTTP,
    VALIDATE_IMPORTS,
    VALIDATE_OPENMETRICS,
    VALIDATE_SIGNATURE,
    VALIDATE_STYLE,
)
from .project import package_name
from .spec import GOOD as SPEC_GOOD

_CHECK = "datadog_checks/acme_corp_acme_widget/check.py"
_CALL = re.compile(r"requests\.(?:get|post|head|put|patch|delete)\(")
_SKIPPED = "SKIP_HTTP_VALIDATION"
_WRAPPED = re.compile(r"self\.http\b|OpenMetricsBaseCheck")
_OPENMETRICS = re.compile(r"\(OpenMetricsBaseCheck")
GOOD = """from datadog_checks.base import AgentCheck


class AcmeWidgetCheck(AgentCheck):
    def check(self, _):
        self.gauge("acme_widget.load", 1)
"""


def _bad(code: str, **also: Any) -> Example:
    return Example(_CHECK, code, also=also or None)


def _package(tile: Tile) -> Iterator[TileFile]:
    """The Python files of the check itself."""
    for path in tile.under(f"datadog_checks/{package_name(tile)}", ".py"):
        file = tile.file(path)
        if file is not None:
            yield file


@rule(
    "package/import",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_IMPORTS,
    why="The old names of the base package are gone.",
    form="Import from Datadog's base package or from the package itself only.",
    bad=_bad(GOOD.replace("datadog_checks.base", "datadog_checks.checks")),
    good=Example(_CHECK, GOOD),
    mends=True,
)
def imports(tile: Tile) -> Iterator[Problem]:
    """What is imported of Datadog's comes from datadog_checks.base, or from the package itself."""
    own = (
        "datadog_checks.base",
        f"datadog_checks.{package_name(tile)}",
        f"datadog_checks.{tile.name}",
        "datadog_checks.dev",
    )
    paths = (*tile.under("datadog_checks", ".py"), *tile.under("tests", ".py"))
    for file in filter(None, map(tile.file, paths)):
        if "datadog_checks" not in file.text:
            continue
        offset = 0
        for line in file.text.splitlines(keepends=True):
            if "import" in line and "datadog_checks" in line and not any(each in line for each in own):
                right = line.strip().replace("datadog_checks", "datadog_checks.base")
                sure = re.match(
                    r"from datadog_checks\.(?:checks|errors|utils|stubs|config|log|constants)\b", line.strip()
                )
                yield Problem(
                    _("{line} imports from an old place", line=quoted(line.strip())),
                    file.path,
                    offset=offset,
                    hint=_("write {right}", right=right),
                    fix=_line(file.path, line, line.replace("datadog_checks", "datadog_checks.base")) if sure else None,
                )
            offset += len(line)


def _line(path: str, old: str, new: str) -> Fix:
    def fix(tile: Tile) -> Tile:
        file = tile.file(path)
        if file is None or old not in file.text.splitlines(keepends=True):
            return tile
        return tile.with_text(path, file.text.replace(old, new, 1))

    return fix


@rule(
    "package/requests",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_HTTP,
    why="Proxies, certificates and sign-in that a customer configures reach only requests that go through self.http.",
    form="Ask through the check's own web client, so that proxies and certificates work.",
    bad=_bad(GOOD.replace('self.gauge("acme_widget.load", 1)', 'requests.get(self.instance["url"])')),
    good=Example(_CHECK, GOOD),
)
def requests(tile: Tile) -> Iterator[Problem]:
    """The check asks through self.http, never through requests itself."""
    for file in _package(tile):
        match = _CALL.search(file.text)
        if match is not None and _SKIPPED not in file.text:
            called = match[0].removesuffix("(")
            hint = _(
                "write self.http.{called}; where it must be, add the comment # {skipped}",
                called=called.partition(".")[2],
                skipped=_SKIPPED,
            )
            yield Problem(_("the check calls {called}", called=called), file.path, offset=match.start(), hint=hint)


@rule(
    "package/http-options",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_HTTP,
    why="What self.http can be told, a customer finds only in the options of these templates.",
    form="Add Datadog's options for web requests to those of the check.",
    bad=_bad(
        GOOD.replace('self.gauge("acme_widget.load", 1)', 'self.http.get(self.instance["url"])'),
        **{SPEC: SPEC_GOOD.replace("    - template: instances/default\n", "")},
    ),
    good=Example(_CHECK, GOOD),
)
def http_options(tile: Tile) -> Iterator[Problem]:
    """A check that asks through self.http has Datadog's templates of init_config and instances in its spec."""
    spec = tile.file(SPEC)
    if spec is None or not any(_WRAPPED.search(file.text) and _SKIPPED not in file.text for file in _package(tile)):
        return
    kind = "openmetrics" if any(_OPENMETRICS.search(file.text) for file in _package(tile)) else "http"
    for section in ("init_config", "instances"):
        if f"{section}/" not in spec.text:
            message = _("the check asks through self.http, and its spec has no template of {section}", section=section)
            yield Problem(message, SPEC, hint=_("add - template: {section}/{kind}", section=section, kind=kind))


@rule(
    "package/metric-limit",
    step="type",
    severity=Severity.ERROR,
    source=VALIDATE_OPENMETRICS,
    why="Without it the Agent cuts off an instance after 2,000 metrics.",
    form="Set the check's metric limit to 0: else metrics are cut off.",
    bad=_bad(
        "from datadog_checks.base import OpenMetricsBaseCheckV2\n\n\nclass AcmeWidgetCheck(OpenMetricsBaseCheckV2):\n    pass\n"
    ),
    good=Example(_CHECK, GOOD),
)
def metric_limit(tile: Tile) -> Iterator[Problem]:
    """A check of OpenMetrics has DEFAULT_METRIC_LIMIT = 0."""
    for file in _package(tile):
        match = _OPENMETRICS.search(file.text)
        if match is not None and "DEFAULT_METRIC_LIMIT = 0" not in file.text:
            yield Problem(
                _("DEFAULT_METRIC_LIMIT = 0 is missing"), file.path, offset=match.start(), hint=_("add it to the class")
            )


_EVENT = re.compile(r"\.event\(")
_EVENTS = "/assets/integration/events/creates_events"


@rule(
    "package/events",
    step="type",
    severity=Severity.INFO,
    source=AGENT_EVENTS,
    why="The tile says that it makes events, and its check makes none: unless something else sends them, they never arrive.",
    form="Have the check send the events that you chose, or untick events: its code sends none.",
    bad=_bad(GOOD, **{"manifest.json": {"assets": {"integration": {"events": {"creates_events": True}}}}}),
    good=Example(_CHECK, GOOD.replace('self.gauge("acme_widget.load", 1)', 'self.event({"msg_title": "It began"})')),
)
def events(tile: Tile) -> Iterator[Problem]:
    """A package whose manifest says creates_events has a check that calls self.event."""
    code = list(_package(tile))
    check = tile.file(f"datadog_checks/{package_name(tile)}/check.py")
    if check is None or tile.at(_EVENTS) is not True or any(_EVENT.search(file.text) for file in code):
        return
    message = _("creates_events is true, and the check's code calls self.event nowhere")
    yield Problem(message, check.path, offset=0, hint=_("call self.event(...), or write false"), question="submits")


_OLD_CONSTRUCTOR = re.compile(r"^[^\n]*(?:__init__[^\n]*agentConfig|agentConfig[^\n]*__init__)", re.MULTILINE)
_OLD_CHECK = re.compile(r"def check\(self, instance\):")


@rule(
    "package/legacy-signature",
    step="type",
    severity=Severity.WARNING,
    source=VALIDATE_SIGNATURE,
    why="The Agent gives a check no agentConfig any more; what reads it finds nothing.",
    form="Write the check's constructor in today's form.",
    bad=_bad(
        GOOD.replace(
            "    def check",
            "    def __init__(self, name, init_config, agentConfig, instances=None):\n        pass\n\n    def check",
        )
    ),
    good=Example(_CHECK, GOOD),
)
def legacy_signature(tile: Tile) -> Iterator[Problem]:
    """No constructor of the package takes agentConfig."""
    for file in _package(tile):
        match = _OLD_CONSTRUCTOR.search(file.text)
        if match is not None:
            hint = _("write def __init__(self, name, init_config, instances):")
            yield Problem(_("the constructor takes agentConfig"), file.path, offset=match.start(), hint=hint)


@rule(
    "package/check-argument",
    step="type",
    severity=Severity.INFO,
    source=VALIDATE_STYLE,
    why="From Agent 8 on the argument is going to be deprecated: a check has its instance as self.instance.",
    form="Have the check read its own instance, and not the one that it is handed.",
    bad=_bad(GOOD.replace("def check(self, _):", "def check(self, instance):")),
    good=Example(_CHECK, GOOD),
)
def check_argument(tile: Tile) -> Iterator[Problem]:
    """A check reads self.instance, and not the argument of check()."""
    for file in _package(tile):
        match = _OLD_CHECK.search(file.text)
        if match is not None:
            hint = _("write def check(self, _): and self.instance in it")
            yield Problem(_("check() takes the instance"), file.path, offset=match.start(), hint=hint)
