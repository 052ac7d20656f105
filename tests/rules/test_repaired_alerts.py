"""Monitors and detection rules: what had to be repaired after publication, in other words than the cases."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .applying import with_content
from .clean_tile import clean_tile
from .edges import said
from .test_repaired_kinds import DETECTION

TEMPLATE = {"version": 2, "title": "Slow", "tags": ["integration:acme-corp-acme-widget"], "definition": {"options": {}}}


@pytest.mark.parametrize(
    ("rule", "changes", "expected"),
    [
        ("monitors/tag", {"tags": None}, ["no tag names the integration"]),
        ("monitors/tag", {}, []),
        ("monitors/handle", {"definition": {"options": {"escalation_message": "Again @slack-us"}}},
         ["the message notifies “@slack-us”"]),
        ("monitors/handle", {"definition": {"options": {"escalation_message": "Again"}}}, []),
        ("monitors/missing-data", {"definition": {"options": {"on_missing_data": "notify"}}},
         ["on_missing_data is “notify”"]),
        ("monitors/missing-data", {"definition": {"options": {"on_missing_data": ["resolve"]}}},
         ['on_missing_data is ["resolve"]']),
        ("monitors/missing-data", {"definition": {"options": {"on_missing_data": "default"}}}, []),
        ("monitors/missing-data", {"definition": {"options": {"on_missing_data": "show_and_notify_no_data"}}}, []),
        ("monitors/missing-data", {"definition": {"options": ["on_missing_data"]}}, []),
        ("monitors/muted", {"definition": {"options": {"silenced": True}}}, ["the monitor is created muted for “True”"]),
        ("monitors/muted", {"definition": {"options": {"silenced": {}}}}, []),
        ("monitors/muted", {"definition": {"options": {"silenced": {"host:a": 0}}}},
         ["the monitor is created muted for “host:a”"]),
    ],
)  # fmt: skip
def test_a_monitor_is_a_template(rule: str, changes: dict[str, Any], expected: list[str]) -> None:
    tile = with_content(clean_tile(), "assets/monitors/slow.json", {**TEMPLATE, **changes})
    found = [each for each in said(rule, tile) if each.file == "assets/monitors/slow.json"]
    assert [each.message for each in found] == expected


RULE = {
    "name": "Login", "partnerRuleId": "acm-001-abc", "message": "Somebody logged in.", "tags": ["source:acme_widget"],
    "queries": [{"query": "source:acme_widget"}], "cases": [{"status": "high", "condition": "a > 10"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "changes", "expected"),
    [
        ("security/source-tag", {"tags": ["source:acme_widget"]}, []),
        (
            "security/source-tag",
            {"tags": ["source:acme_gadget"]},
            ["“source:acme_gadget” is no source of the tile's logs"],
        ),
        ("security/source-tag", {"tags": ["source:"]}, ["no tag names the source"]),
        ("security/source-tag", {"tags": None}, ["no tag names the source"]),
        ("security/fields", {}, []),
        ("security/fields", {"cases": []}, ["cases is missing"]),
        ("security/fields", {"cases": [{"status": "severe"}]}, ["the status of a case is “severe”"]),
        ("security/fields", {"cases": [{"status": "HIGH", "condition": "a"}]}, []),
        ("security/fields", {"cases": [{"status": None}]}, ["the status of a case is null"]),
        (
            "security/case-order",
            {"cases": [{"status": "LOW"}, {"status": "High"}]},
            ["the case “High” stands below a lower one"],
        ),
        ("security/fields", {"cases": [], "queries": [], "thirdPartyCases": [{"status": "high", "query": "a"}]}, []),
    ],
)
def test_a_detection_rule_is_whole(rule: str, changes: dict[str, Any], expected: list[str]) -> None:
    tile = with_content(clean_tile(), DETECTION, {**RULE, **changes})
    assert [each.message for each in said(rule, tile)] == expected


@pytest.mark.parametrize(
    ("rule", "changes", "expected"),
    [
        ("monitors/leftover", {"definition": {"id": 5, "creator": {"handle": "a@acme.example"}}}, 2),
        ("monitors/leftover", {"definition": {"restricted_roles": ["a"]}}, 1),
        ("monitors/leftover", {"definition": {"restricted_roles": None}}, 0),
        ("monitors/muted", {"definition": {"silenced": {"*": None}}}, 1),
        ("monitors/muted", {"definition": {"options": {"silenced": {"*": None}}}}, 1),
        ("monitors/muted", {"definition": {"options": {"silenced": None}}}, 0),
        ("monitors/no-data", {"definition": {"options": {"notify_no_data": None}}}, 1),
        ("monitors/no-data", {"definition": {"options": {"no_data_timeframe": None}}}, 1),
    ],
)
def test_a_monitor_that_the_manifest_does_not_name_is_read_as_the_others(
    rule: str, changes: dict[str, Any], expected: int
) -> None:
    text = json.dumps({**TEMPLATE, **changes})
    tile = clean_tile().with_text("assets/monitors/slow.json", text)
    assert len([each for each in said(rule, tile) if each.file == "assets/monitors/slow.json"]) == expected


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ("dashboards/form", "assets/dashboards/more.json"),
        ("monitors/form", "assets/monitors/more.json"),
        ("saved-views/form", "assets/saved_views/more.json"),
    ],
)
def test_without_a_manifest_all_in_an_assets_folder_counts(rule: str, path: str) -> None:
    named = clean_tile().with_text(path, "{")
    assert [each.file for each in said(rule, named)] == []
    bare = named.with_files([], without=["manifest.json"])
    assert [each.file for each in said(rule, bare)] == [path]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (["source:acme_widget", "technique:T1078"], 1),
        (["source:acme_widget", "tactic:TA0001"], 1),
        (["source:acme_widget", "security:attack", "technique:T1078"], 0),
        (["source:acme_widget", "techniques:T1078"], 0),
    ],
)
def test_tactics_and_techniques_are_of_attacks(tags: list[str], expected: int) -> None:
    tile = with_content(clean_tile(), DETECTION, {"name": "a", "tags": tags, "createdBy": "x"})
    assert len(said("security/attack-tag", tile)) == expected
    assert len(said("security/leftover", tile)) == 1
