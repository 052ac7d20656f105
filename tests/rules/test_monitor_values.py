"""What a monitor compares and says: each fault told at its place, and what Datadog takes let alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tilewizard.checking.check import findings_of
from tilewizard.inspection.monitor_message import Fault, faults_in, groups_of, variables_for
from tilewizard.rules.findings import Finding
from tilewizard.rules.registry import rules_by_name
from tilewizard.tile.tile import Tile, TileFile

PATH = "assets/monitors/slow.json"
QUERY = "avg(last_5m):avg:acme.latency{*} by {host,dc.name} > 100"


def found(rule: str, **body: Any) -> list[Finding]:
    whole = {"type": "query alert", "query": QUERY, "options": {"thresholds": {"critical": 100}}, **body}
    tile = Tile({PATH: TileFile(PATH, json.dumps({"definition": whole}).encode())}, name="acme")
    return findings_of(tile, [rules_by_name()[rule]])


@pytest.mark.parametrize(
    ("comparison", "thresholds", "wrong"),
    [
        (">", {"warning": 80, "critical_recovery": 90, "warning_recovery": 70}, []),
        (">", {"warning": 100}, ["warning"]),
        (">=", {"critical_recovery": 101}, ["critical_recovery"]),
        (">", {"critical_recovery": 100}, []),
        (">", {"warning": 80, "warning_recovery": 81}, ["warning_recovery"]),
        ("<", {"warning": 120, "critical_recovery": 110, "warning_recovery": 130}, []),
        ("<=", {"warning": 80, "critical_recovery": 90}, ["warning", "critical_recovery"]),
        ("==", {"warning": 120}, []),
        (">", {"warning": "many"}, []),
        (">", {"warning": None}, []),
    ],
)
def test_thresholds_stand_on_their_sides(comparison: str, thresholds: dict[str, Any], wrong: list[str]) -> None:
    query = QUERY.replace(">", comparison)
    findings = found("monitors/threshold-order", query=query, options={"thresholds": {"critical": 100, **thresholds}})
    assert [finding.pointer.rpartition("/")[2] for finding in findings] == wrong
    assert all("100" in finding.form or "80" in finding.form for finding in findings)


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        ({"thresholds": {"critical": "100"}}, "thresholds/critical"),
        ({"thresholds": {"critical": True}}, "thresholds/critical"),
        ({"renotify_interval": "0"}, "renotify_interval"),
        ({"renotify_interval": None, "thresholds": {"warning": None}}, ""),
        ({"include_tags": "yes"}, "include_tags"),
        ({"new_group_delay": 1.5}, "new_group_delay"),
    ],
)
def test_options_are_of_their_kinds(options: dict[str, Any], wrong: str) -> None:
    places = [finding.pointer for finding in found("monitors/option-kind", options=options)]
    assert places == ([f"/definition/options/{wrong}"] if wrong else [])


@pytest.mark.parametrize(
    ("window", "sound"), [("last_5m", True), ("last_1mo", True), ("current_1d", True), ("last_5", False), ("", False)]
)
def test_a_window_is_a_number_and_its_unit(window: str, sound: bool) -> None:
    assert (found("monitors/window", query=QUERY.replace("last_5m", window)) == []) is sound


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("acme.latency", "", "no metric"),
        ("acme.latency", "5xx", "5xx"),
        ("avg:", "mean:", "mean"),
        ("100", "", "compares with"),
        ("100", "1e3", ""),
        ("100", "-.5", ""),
        ("avg:acme", "p99:acme", ""),
    ],
)
def test_a_query_names_its_metric_and_its_number(old: str, new: str, words: str) -> None:
    messages = [finding.message for finding in found("monitors/query", query=QUERY.replace(old, new))]
    assert len(messages) == bool(words)
    assert all(words in message for message in messages)


@pytest.mark.parametrize(
    ("message", "faults"),
    [
        ("{{#is_alert}}{{value}} on {{host.name}} {{[dc.name].name}}{{else}}fine{{/is_alert}}", []),
        ("{{#is_match \"host.name\" \"a\"}}{{{event.text}}}{{/is_match}} {{eval \"value*2\"}} {{host.env}}", []),
        ("{{#is_alert}}x", ["open is_alert"]),
        ("x{{/is_alert}}", ["closed is_alert"]),
        ("{{#is_allert}}x{{/is_allert}}", ["unknown #is_allert"]),
        ("{{valeu}}", ["unknown valeu"]),
        ("{{}}", ["unknown "]),
        ("{{value", ["braces {{value"]),
        ("{{value}", ["braces {{value}"]),
    ],
)  # fmt: skip
def test_variables_are_known_and_blocks_are_closed(message: str, faults: list[str]) -> None:
    assert [f"{fault.kind} {fault.name}" for fault in faults_in(message, QUERY)] == faults


def test_a_tag_is_one_that_the_query_is_grouped_by() -> None:
    query = "avg(last_5m):avg:acme.x{env:prod} by {pod} > 1"
    assert [*faults_in("{{pod.name}} {{env.name}} {{host.name}}", query)] == [
        Fault("ungrouped", "env.name"),
        Fault("ungrouped", "host.name"),
    ]
    assert [*faults_in("{{env.name}}", None)] == []
    assert groups_of("a{*} by {x, y} / b{*} by {y,z}") == ["x", "y", "z"]
    assert "x" in found("monitors/variable", message="{{x.name}}", query="avg(last_5m):avg:a.b{*} > 1")[0].form


def test_what_is_offered_is_right_where_it_is_put() -> None:
    for text, what in variables_for(QUERY):
        assert what
        assert [*faults_in(text, QUERY)] == []
    assert [text for text, _ in variables_for(QUERY)][2:4] == ["{{host.name}}", "{{[dc.name].name}}"]


@given(some.text(alphabet="{}#^/ is_alertvue.[]@\n", max_size=60))
def test_any_message_is_looked_through(message: str) -> None:
    for fault in faults_in(message, QUERY):
        assert fault.kind in ("open", "closed", "unknown", "ungrouped", "braces")


def test_other_monitors_are_let_alone() -> None:
    other = {
        "type": "service check",
        "query": '"acme.up".over("*").last(2).count_by_status()',
        "message": "{{check_message}}",
    }
    for rule in ("critical", "threshold-order", "window", "query", "variable", "type"):
        assert found(f"monitors/{rule}", **{**other, "options": {"thresholds": {"warning": 1, "ok": 1}}}) == []
    assert "metric alert" in found("monitors/type", type="metrics alert")[0].hint
    assert (
        found("monitors/critical", options={"thresholds": {}})[0].pointer == "/definition/options/thresholds/critical"
    )
