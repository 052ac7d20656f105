"""What was chosen at the start becomes files, manifest keys, tags, flows and README parts, or a finding says what is missing."""

from __future__ import annotations

import pytest
from tilewizard.answers.model import SUBMITS, Answers
from tilewizard.authoring.author import author
from tilewizard.checking.check import check
from tilewizard.readme.data_collected import with_data_collected
from tilewizard.tile.tile import Tile

TYPES = ("openmetrics-check", "python-check", "dogstatsd", "rest-api")
TAGGED = {"metrics", "logs", "events", "traces", "incidents"}
FLOWS = {"metrics", "logs", "events", "traces"}
HEADINGS = {"service_checks": "Service Checks", "security_events": "Security Events"}
ROW = {"metric_name": "acme.depth", "metric_type": "gauge", "description": "Jobs that wait."}
CHECK = {"name": "Up", "check": "acme.up", "statuses": ["ok"], "description": "Whether it answers."}
CLIENT = {"onboarding_url": "https://acme.example/start", "redirect_uris": ["https://acme.example/back"]}
AGENT = "datadog_checks/acme_widget/"

CODE: dict[tuple[str, str], tuple[str, str]] = {
    ("openmetrics-check", "metrics"): (f"{AGENT}metrics.py", "'depth': 'depth'"),
    ("openmetrics-check", "logs"): (f"{AGENT}data/conf.yaml.example", "source: acme_widget"),
    ("openmetrics-check", "service_checks"): ("assets/service_checks.json", "acme.openmetrics.health"),
    ("python-check", "metrics"): (f"{AGENT}metrics.py", "'depth'"),
    ("python-check", "events"): (f"{AGENT}check.py", "self.event("),
    ("python-check", "logs"): (f"{AGENT}check.py", "self.send_log("),
    ("python-check", "service_checks"): (f"{AGENT}check.py", "self.service_check("),
    ("dogstatsd", "metrics"): ("examples/dogstatsd/send.sh", "acme.depth:1|g"),
    ("dogstatsd", "events"): ("examples/dogstatsd/send.py", "client.event("),
    ("dogstatsd", "service_checks"): ("examples/dogstatsd/send.py", "'acme.up'"),
    ("rest-api", "metrics"): ("examples/rest_api/submit.py", "'acme.depth'"),
    ("rest-api", "events"): ("examples/rest_api/submit.py", "/api/v1/events"),
    ("rest-api", "service_checks"): ("examples/rest_api/submit.py", "'acme.up'"),
    ("rest-api", "logs"): ("examples/rest_api/submit.py", "/api/v2/logs"),
    ("rest-api", "incidents"): ("assets/oauth_clients.json", "incident_write"),
}
"""What sends it: a generated file and what stands in it."""
SAID = {
    ("openmetrics-check", "events"): "package/events",
    ("dogstatsd", "logs"): "integration/submitted-logs",
    **{(kind, "incidents"): "oauth/incident-scope" for kind in TYPES[:-1]},
    **{(kind, "security_events"): "readme/security-events" for kind in TYPES},
}
"""What nothing that is generated sends: the rule that says what is missing."""
TRACERS = {(kind, "traces") for kind in TYPES}
"""Traces come of tracers in the customer's own code: a tag, a flow and a part of the README are all that there is."""
EMPTY = {"metrics": "integration/submitted-metrics", "logs": "integration/submitted-logs"}
"""What is chosen and not said yet: the rule that asks for it."""


def answers(kind: str, data: str, **more: object) -> Answers:
    given = {
        "target": "marketplace",
        "type": kind,
        "submits": [data],
        "listing": {"title": "Acme Widget", "directory": "acme_widget", "app_id": "acme-widget"},
        "metrics": {"prefix": "acme.", "rows": [ROW] if data == "metrics" else []},
        "service_checks": [CHECK] if data == "service_checks" else [],
        "oauth_client": CLIENT if kind == "rest-api" else {},
        "readme": {"Overview": "What it is.", "Setup": "1. Install it."},
    }
    return with_data_collected(Answers.model_validate({**given, **more}))


def rules(tile: Tile) -> set[str]:
    return {each.rule for each in check(tile)}


@pytest.mark.parametrize("data", SUBMITS)
@pytest.mark.parametrize("kind", TYPES)
def test_what_was_chosen_has_its_tag_its_flow_its_key_and_its_part_of_the_readme(kind: str, data: str) -> None:
    tile = author(answers(kind, data))
    word = data.capitalize()
    assert [tag for tag in tile.list_at("/tile/classifier_tags") if tag.startswith("Submitted")] == (
        [f"Submitted Data Type::{word}"] if data in TAGGED else []
    )
    flows = tile.file("assets/dataflows.yaml")
    assert (f"- id: acme-widget-{data}\n" in (flows.text if flows else "")) == (data in FLOWS)
    assert f"### {HEADINGS.get(data, word)}\n" in tile.file("README.md").text
    assert tile.at("/assets/integration/events/creates_events") is (data == "events")
    assert tile.at("/assets/integration/service_checks/metadata_path") == "assets/service_checks.json"
    assert (tile.file("metadata.csv") is not None) == (data == "metrics")
    assert (tile.at("/assets/integration/metrics") is not None) == (data == "metrics")


@pytest.mark.parametrize("data", SUBMITS)
@pytest.mark.parametrize("kind", TYPES)
def test_what_was_chosen_is_sent_by_what_is_generated_or_a_rule_says_what_is_missing(kind: str, data: str) -> None:
    tile = author(answers(kind, data))
    assert ((kind, data) in CODE) + ((kind, data) in SAID) + ((kind, data) in TRACERS) == 1
    if (kind, data) in CODE:
        path, text = CODE[kind, data]
        assert text in tile.file(path).text
    elif (kind, data) in SAID:
        assert SAID[kind, data] in rules(tile)
    for other, rule in SAID.items():
        if other != (kind, data) and SAID.get((kind, data)) != rule and EMPTY.get(data) != rule:
            assert rule not in rules(tile)


@pytest.mark.parametrize("data", EMPTY)
@pytest.mark.parametrize("kind", TYPES)
def test_what_was_chosen_and_is_not_there_yet_is_asked_for(kind: str, data: str) -> None:
    tile = author(answers(kind, data, metrics={"prefix": "acme."}))
    assert EMPTY[data] in rules(tile)


@pytest.mark.parametrize("kind", ("dogstatsd", "rest-api"))
def test_service_checks_that_nobody_named_are_asked_for(kind: str) -> None:
    tile = author(answers(kind, "service_checks", service_checks=[]))
    assert any(each.rule == "readme/starter" and "service checks" in each.message for each in check(tile))


def test_an_example_that_would_send_nothing_is_not_written() -> None:
    for data in ("logs", "traces", "incidents", "security_events"):
        assert not author(answers("dogstatsd", data)).under("examples", ".py")
