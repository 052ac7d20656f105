"""A monitor's form and its file: each field is read and written at its place, and nothing else of the file is touched."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tilewizard.answers.model import Answers
from tilewizard.answers.monitor_form import MonitorForm, monitor_questions
from tilewizard.answers.paths import replaced
from tilewizard.answers.telemetry import MetricRow
from tilewizard.authoring.monitor_file import MonitorFile, field_of, new_monitor
from tilewizard.errors import TilewizardError
from tilewizard.field.monitors import COMPARISONS, MISSING_DATA, THRESHOLDS

from tests.conftest import CORPUS, needs_corpus

PUBLISHED = sorted(CORPUS.glob("*/assets/*monitors/*.json")) if CORPUS.is_dir() else []
NAMES = tuple(MonitorForm.model_fields)
BODY = {
    "name": "Slow",
    "type": "query alert",
    "query": "avg(last_5m):avg:acme.latency{*} by {host} > 100",
    "message": "Slow.",
    "tags": ["integration:acme"],
    "options": {"thresholds": {"critical": 100}, "on_missing_data": "show_no_data"},
}
TEMPLATE = {"version": 2, "title": "Slow", "description": "Why", "tags": ["integration:acme"], "definition": BODY}


def template(**body: Any) -> MonitorFile:
    return MonitorFile.read(json.dumps({**TEMPLATE, "definition": {**BODY, **body}}, indent=2))


def answers(*rows: tuple[str, str]) -> Answers:
    made = [MetricRow(metric_name=name, metric_type=kind) for name, kind in rows]
    found = replaced(Answers(), ("listing", "title"), "Acme")
    return replaced(replaced(found, ("metrics", "prefix"), "acme."), ("metrics", "rows"), made)


@pytest.mark.parametrize(
    ("name", "value", "pointers"),
    [
        ("title", "Late", {"/title": "Late"}),
        ("description", "", {"/description": ""}),
        ("metric", "acme.time", {"/definition/query": "avg(last_5m):avg:acme.time{*} by {host} > 100"}),
        ("across", "max", {"/definition/query": "avg(last_5m):max:acme.latency{*} by {host} > 100"}),
        ("scope", "env:prod", {"/definition/query": "avg(last_5m):avg:acme.latency{env:prod} by {host} > 100"}),
        ("by", "", {"/definition/query": "avg(last_5m):avg:acme.latency{*} > 100"}),
        ("functions", ".abs()", {"/definition/query": "avg(last_5m):avg:acme.latency{*} by {host}.abs() > 100"}),
        ("over", "min", {"/definition/query": "min(last_5m):avg:acme.latency{*} by {host} > 100"}),
        ("window", "1h", {"/definition/query": "avg(last_1h):avg:acme.latency{*} by {host} > 100"}),
        ("comparison", "<", {"/definition/query": "avg(last_5m):avg:acme.latency{*} by {host} < 100"}),
        ("critical", 2.5, {"/definition/options/thresholds/critical": 2.5,
                           "/definition/query": "avg(last_5m):avg:acme.latency{*} by {host} > 2.5"}),
        ("critical", 1e-7, {"/definition/options/thresholds/critical": 1e-7,
                            "/definition/query": "avg(last_5m):avg:acme.latency{*} by {host} > 0.0000001"}),
        ("warning", 80, {"/definition/options/thresholds/warning": 80}),
        ("critical_recovery", 90, {"/definition/options/thresholds/critical_recovery": 90}),
        ("warning_recovery", 70, {"/definition/options/thresholds/warning_recovery": 70}),
        ("warning", "many", {"/definition/options/thresholds/warning": "many"}),
        ("on_missing_data", "resolve", {"/definition/options/on_missing_data": "resolve"}),
        ("message", "{{value}}\n", {"/definition/message": "{{value}}\n"}),
        ("name", "Slow on {{host.name}}", {"/definition/name": "Slow on {{host.name}}"}),
        ("tags", ["a", "b"], {"/tags": ["a", "b"], "/definition/tags": ["a", "b"]}),
    ],
)  # fmt: skip
def test_a_field_is_written_at_its_place_and_read_from_there(name: str, value: Any, pointers: dict[str, Any]) -> None:
    before = template()
    after = before.with_value(name, value)
    assert {pointer: after.document.get(pointer) for pointer in pointers} == pointers
    undone = after.document
    for pointer in pointers:
        old = before.document.get(pointer)
        undone = undone.with_value(pointer, old) if old is not None else undone.without(pointer)
    assert undone.text == before.text
    again = MonitorFile.read(after.text)
    assert getattr(again.values, name) == value
    assert again.values == after.values


def test_an_empty_threshold_is_no_threshold() -> None:
    after = template().with_value("warning", 80).with_value("warning", None)
    assert after.text == template().text
    assert template().with_value("critical", None).document.get("/definition/options/thresholds") == {}


def test_what_happens_without_data_takes_the_place_of_the_old_options() -> None:
    before = template(options={"notify_no_data": True, "no_data_timeframe": 10, "thresholds": {"critical": 100}})
    after = before.with_value("on_missing_data", "resolve")
    assert after.document.get("/definition/options") == {"thresholds": {"critical": 100}, "on_missing_data": "resolve"}


def test_an_export_has_no_title_and_its_tags_stand_once() -> None:
    file = MonitorFile.read(json.dumps(BODY))
    assert [name for name in NAMES if not file.asks(name)] == ["title", "description", "expression", "query"]
    assert file.with_value("tags", ["x"]).document.value == {**BODY, "tags": ["x"]}


def test_lists_of_tags_that_differ_stay_two() -> None:
    assert template(tags=["other"]).with_value("tags", ["x"]).document.get("/definition/tags") == ["other"]


def test_a_query_is_a_text_where_it_can_not_be_taken_apart_or_one_wants_it_so() -> None:
    other = template(query='"acme.up".over("*").last(2).count_by_status()')
    assert other.asks("query")
    assert not any(other.asks(name) for name in ("metric", "window", "comparison", "expression"))
    changed = other.with_value("query", "now this").with_value("critical", 7)
    assert changed.document.get("/definition/query") == "now this"
    text = template().in_parts(False)
    assert text.values.query == BODY["query"]
    assert text.with_value("query", "avg(last_1h):avg:a.b{*} < 3").in_parts(True).values.window == "1h"


@pytest.mark.parametrize(
    ("text", "words"), [("[1]", "no monitor"), ("{", "file"), ('{"query": 1, "query": 2}', "twice"), ("", "file")]
)
def test_what_is_no_monitor_is_refused_with_a_remedy(text: str, words: str) -> None:
    with pytest.raises(TilewizardError, match=words) as refused:
        MonitorFile.read(text)
    assert refused.value.remedy


def test_a_new_monitor_follows_its_title_and_its_metric_until_one_says_otherwise() -> None:
    given_answers = answers(("acme.errors", "count"), ("acme.pool.size", "gauge"))
    made = new_monitor(given_answers)
    assert (made.values.metric, made.values.over, made.values.functions) == ("acme.errors", "sum", ".as_count()")
    other = made
    for length in range(len("acme."), len("acme.pool.size") + 1):  # As one types it.
        other = other.with_value("metric", "acme.pool.size"[:length], given_answers)
    assert (other.values.title, other.values.name) == ("Pool size is high", "Pool size is high")
    assert (other.values.over, other.values.across, other.values.functions) == ("avg", "avg", "")
    assert "Pool size" in other.values.message
    own = made.with_value("title", "Too many").with_value("metric", "acme.pool.size", given_answers)
    assert (own.values.title, own.values.name) == ("Too many", "Too many")
    assert MonitorFile.read(made.text).with_value("title", "x").values.name == made.values.name


def test_a_new_monitor_is_one_for_a_tile_without_metrics_too() -> None:
    made = new_monitor(answers())
    assert made.parts is not None
    assert (
        made.with_value("metric", "acme.x").document.get("/definition/query").startswith("avg(last_5m):avg:acme.x{*}")
    )


@pytest.mark.parametrize(
    ("pointer", "field"),
    [
        ("/title", "title"),
        ("/definition/query", "metric"),
        ("/definition/options/thresholds/warning", "warning"),
        ("/definition/options/thresholds", "critical"),
        ("/definition/options/notify_no_data", "on_missing_data"),
        ("/definition/options/silenced", ""),
        ("/definition/id", ""),
        ("/tags/0", "tags"),
        ("", ""),
    ],
)
def test_a_place_of_the_file_has_its_field(pointer: str, field: str) -> None:
    assert field_of(pointer, template()) == field


def test_the_form_asks_for_each_of_its_fields_once() -> None:
    assert tuple(each.path[-1] for each in monitor_questions()) == NAMES


# -- published monitors


@needs_corpus
@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_a_published_monitor_opens_and_unedited_writes_nothing(path: Path) -> None:
    text = path.read_bytes().decode()
    file = MonitorFile.read(text)
    assert file.text == text
    assert file.values.title
    assert file.values.critical is not None
    for name in NAMES:
        assert file.with_value(name, getattr(file.values, name)).text == text
    assert file.in_parts(False).in_parts(True).text == text


def places_of(file: MonitorFile, name: str) -> list[str]:
    """The pointers of the values that a field stands for."""
    if name in ("title", "description"):
        return [f"/{name}"]
    if name == "tags":
        return ["/tags", "/definition/tags"]
    if name in THRESHOLDS:
        found = [f"/definition/options/thresholds/{name}"]
        return [*found, "/definition/query"] if name == "critical" and file.parts is not None else found
    if name == "on_missing_data":
        return [f"/definition/options/{name}", *(f"/definition/options/{each}" for each in OLD)]
    return [f"/definition/{name}" if name in ("name", "message") else "/definition/query"]


OLD = ("no_data_timeframe", "notify_no_data")
TEXTS = some.text(min_size=1, max_size=20).filter(lambda each: not any("\ud800" <= c <= "\udfff" for c in each))


@needs_corpus
@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
@given(data=some.data())
def test_an_edited_field_changes_its_own_lines_of_a_published_monitor_alone(path: Path, data: some.DataObject) -> None:
    file = MonitorFile.read(path.read_bytes().decode())
    name = data.draw(some.sampled_from([each for each in NAMES if file.asks(each)]))
    value: Any = data.draw(TEXTS)
    if name in THRESHOLDS:
        value = data.draw(some.one_of(some.integers(-(10**9), 10**9), TEXTS))
    after = file.with_value(name, [value] if name == "tags" else value)
    assert getattr(after.values, name) == ([value] if name == "tags" else value)
    json.loads(after.text)
    if any(each in file.text for each in OLD) and name == "on_missing_data":
        return  # Two lines go for one that comes.
    places = places_of(file, name)
    if not file.document.has(places[0]):
        assert after.document.without(places[0]).text == file.text
        return
    spans = [span for span in map(file.document.span, places) if span is not None]
    mine = {
        line
        for start, end in spans
        for line in range(file.text.count("\n", 0, start), file.text.count("\n", 0, end) + 1)
    }
    old, new = (text.split("\n") for text in (file.text, after.text))
    for kind, first, last, _, _ in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        assert kind == "equal" or set(range(first, max(last, first + 1))) <= mine


# -- Datadog's own model of a monitor, from its API client


def taken_by_datadog(body: dict[str, Any]) -> bool:
    from datadog_api_client.configuration import Configuration
    from datadog_api_client.exceptions import ApiTypeError, ApiValueError
    from datadog_api_client.model_utils import validate_and_convert_types
    from datadog_api_client.v1.model.monitor import Monitor

    try:
        read = validate_and_convert_types(body, (Monitor,), ["monitor"], True, True, Configuration())
    except (ApiTypeError, ApiValueError):
        return False
    return not read._unparsed


SOUND = {
    "critical": some.floats(allow_nan=False, allow_infinity=False),
    "warning": some.integers(0, 10**6),
    "critical_recovery": some.integers(0, 10**6),
    "warning_recovery": some.none(),
    "on_missing_data": some.sampled_from(["", *MISSING_DATA]),
    "comparison": some.sampled_from(COMPARISONS),
    **{
        name: some.text(max_size=30) for name in ("title", "description", "message", "name", "scope", "by", "functions")
    },
    "tags": some.lists(some.text(min_size=1, max_size=10), max_size=3),
}


@pytest.mark.slow
@given(some.fixed_dictionaries({}, optional=SOUND))
def test_what_the_form_makes_is_a_monitor_for_datadog(edits: dict[str, Any]) -> None:
    file = new_monitor(answers(("acme.errors", "count")))
    for name, value in edits.items():
        file = file.with_value(name, value)
    assert taken_by_datadog(json.loads(file.text)["definition"])


@pytest.mark.parametrize(("name", "value"), [("critical", "much"), ("on_missing_data", "ignore")])
def test_datadog_refuses_what_it_does_not_know(name: str, value: str) -> None:
    assert not taken_by_datadog(json.loads(template().with_value(name, value).text)["definition"])
