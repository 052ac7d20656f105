"""Monitors and detection rules: what had to be repaired after publication, in other words than the cases."""

from __future__ import annotations

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
