"""A pipeline and its samples side by side: what each sample gives, where it differs from its test, where a step stands.

Pure functions on the two files' texts, so that what is typed is shown whether it is whole or not.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tilewizard.language import _

from ..errors import TilewizardError
from ..inspection.yaml_text import YamlText
from .cases import compare
from .pipeline import Pipeline, load, read, run, text_of
from .trace import Place, Step

RUNS_MAX = 500
"""Samples that are run; published tests files have at most some twenty."""
_FIRST = ("status", "service", "timestamp", "message", "trace_id", "span_id")


@dataclass(frozen=True)
class Run:
    """One sample, run.

    Attributes:
        number: its place in the tests file, from 1.
        sample: the line.
        result: what the pipeline gives, as a tests file states it, with ``unknown``; empty where it could not be run.
        differences: where that is not what the test states, a line each.
        steps: what each processor did.
        stated: whether the test states a result at all.
        fault: why it could not be run.
    """

    number: int
    sample: str
    result: dict[str, Any] = field(default_factory=dict)
    differences: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    stated: bool = False
    fault: str = ""

    @property
    def touched(self) -> bool:
        """Whether a processor did anything, beyond asking a filter."""
        return any(step.did and step.kind != "pipeline" for step in self.steps)

    @property
    def state(self) -> str:
        """``fault``, ``untouched``, ``differs``, ``open`` (its test states nothing) or ``passes``."""
        if self.fault or not self.result:
            return "fault"
        if not self.touched:
            return "untouched"
        return "differs" if self.differences else "passes" if self.stated else "open"


@dataclass(frozen=True)
class Look:
    """Every sample, run; ``fault`` says why the pipeline or the tests can't be read, on which line where that is known."""

    runs: tuple[Run, ...] = ()
    fault: str = ""

    def counted(self, state: str) -> int:
        """How many samples have a state."""
        return sum(run.state == state for run in self.runs)


def look(pipeline: str, tests: str) -> Look:
    """Runs the samples of a tests file's text through a pipeline's text; a fault of either is told in the answer."""
    try:
        rows = samples_of(tests)
    except TilewizardError as error:
        return Look(fault=_("The tests file {error}", error=error.render()))
    try:
        made = read(pipeline)
    except TilewizardError as error:
        unread = tuple(Run(at, text_of(row["sample"])) for at, row in enumerate(rows, 1))
        return Look(unread, _("The pipeline {error}", error=error.render()))
    runs = tuple(_run(made, number, row) for number, row in enumerate(rows[:RUNS_MAX], 1))
    return Look(runs, next((each.fault for each in runs if each.fault), ""))


def samples_of(tests: str, file: str = "") -> list[dict[str, Any]]:
    """The tests of a tests file's text, each with its sample; none of an empty text.

    Raises:
        TilewizardError: it is no tests file.
    """
    if not tests.strip():
        return []
    whole = load(tests, file)
    rows = whole.get("tests") or []
    if (
        "tests" not in whole
        or not isinstance(rows, list)
        or not all(isinstance(row, dict) and "sample" in row for row in rows)
    ):
        raise TilewizardError(_("holds no list of tests with a sample each"), file=file, remedy=_("see docs/logs.md"))
    return rows


def _run(pipeline: Pipeline, number: int, row: dict[str, Any]) -> Run:
    sample, service, expected = text_of(row["sample"]), row.get("service"), row.get("result")
    expected = expected if isinstance(expected, dict) else {}
    try:
        event = run(pipeline, row["sample"], service if isinstance(service, str) else None, trace=True)
    except TilewizardError as error:
        return Run(number, sample, stated=bool(expected), fault=error.render())
    result = event.result()
    return Run(
        number, sample, result, tuple(compare(expected, result)), tuple(event.steps or ()), stated=bool(expected)
    )


def rows_of(result: dict[str, Any]) -> list[tuple[str, str]]:
    """A result as paths and values for people: what Datadog reserves first, then the attributes in their order."""
    unknown = set(result.get("unknown", ()))
    rows = [(name, _text(name, result[name])) for name in _FIRST if result.get(name) is not None]
    pending: list[tuple[str, Any]] = list(result.get("custom", {}).items())[::-1]
    while pending:
        path, value = pending.pop()
        if isinstance(value, dict) and value:
            pending.extend((f"{path}.{key}", below) for key, below in list(value.items())[::-1])
        else:
            rows.append((str(path), _text("", value)))
    rows += [(path.removeprefix("custom."), _("known to Datadog alone")) for path in sorted(unknown)]
    own = [tag for tag in result.get("tags", ()) if tag != "source:LOGS_SOURCE"]
    return [*rows, *([("tags", ", ".join(own))] if own else [])]


def _text(name: str, value: Any) -> str:
    if name == "timestamp" and isinstance(value, int):
        try:
            return (
                datetime.fromtimestamp(value / 1000, UTC).isoformat(" ", "milliseconds").removesuffix("+00:00") + " UTC"
            )
        except (ValueError, OverflowError, OSError):
            return str(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def row_at(pipeline: str, place: Place) -> int | None:
    """The line, from 0, on which a processor begins in a pipeline's text; None when it isn't there."""
    span = YamlText(pipeline).span(*place)
    return pipeline.count("\n", 0, span[0]) if span is not None else None


def rules_row(pipeline: str, after: int) -> int | None:
    """The next line with a grok parser's first match rule after a line, or the first of all; None where there is none."""
    rows = [
        at + (not found[1] or found[1][0] in "|>#")  # In a block it begins on the line below.
        for at, line in enumerate(pipeline.split("\n"))
        if (found := re.match(r"\s*(?:- )?matchRules:\s*(.*)", line))
    ]
    return next((row for row in rows if row > after), rows[0] if rows else None)
