"""A dashboard and a monitor to start from: named without a file, made from the metrics, nothing to find fault with."""

from __future__ import annotations

import pytest
from tilewizard.answers.model import Answers
from tilewizard.answers.yaml_text import dumps, loads
from tilewizard.authoring.author import answers_of, author
from tilewizard.checking.check import check

ROWS = [
    ("acme.queue.depth", "gauge"),
    ("acme.queue.jobs.count", "count"),
    ("acme.errors", "rate"),
    ("acme.wait.bucket", "count"),
]


def answers(rows=ROWS, **more):
    check = {"name": "Up", "check": "acme.up", "statuses": ["ok"], "description": "d"}
    return Answers.model_validate(
        {
            "target": "integrations-extras",
            "submits": ["metrics", "logs"],
            "listing": {"title": "Acme-Widget", "app_uuid": "5b1f1b7e-8a6e-4e0a-9f0e-0c7a5d2f1e3b"},
            "author": {"support_email": "support@acme.example"},
            "metrics": {"prefix": "acme.", "rows": [{"metric_name": name, "metric_type": kind} for name, kind in rows]},
            "service_checks": [check],
            "dashboards": {"acme_overview": ""},
            "monitors": {"acme_errors": ""},
            **more,
        }
    )


@pytest.mark.parametrize("rows", [ROWS, [("acme.x", "gauge")], [(f"acme.a{i}.b_{i}", "count") for i in range(60)]])
def test_nothing_is_found_fault_with(rows):
    tile = author(answers(rows))
    assert tile.at("/assets/dashboards/acme_overview") == "assets/dashboards/acme_overview.json"
    assert tile.at("/assets/monitors/acme_errors") == "assets/monitors/acme_errors.json"
    found = [each for each in check(tile) if each.rule.split("/")[0] in ("dashboards", "monitors")]
    assert [(each.rule, each.message) for each in found] == []


def test_the_dashboard_has_the_groups_that_reviewers_ask_for():
    board = author(answers()).file("assets/dashboards/acme_overview.json").json.value
    groups = [each["definition"] for each in board["widgets"]]
    assert [each["title"] for each in groups] == ["About", "Overview", "Queue", "Metrics", "Logs"]
    assert "-" not in board["title"]
    text = str(board)
    for name, _ in ROWS[:3]:
        assert f"{name}{{$host}}" in text
    assert "acme.wait.bucket" not in text
    for group in groups:
        for widget in group["widgets"]:
            layout, kind = widget["layout"], widget["definition"]["type"]
            assert layout["x"] + layout["width"] <= 12
            assert layout["width"] >= {"timeseries": 4, "list_stream": 6}.get(kind, 1)
            if kind == "query_value":
                assert widget["definition"]["timeseries_background"]
            for request in widget["definition"].get("requests", []):
                assert all(each.get("alias") for each in request.get("formulas", []))
    ids = [each["id"] for each in board["widgets"]] + [each["id"] for group in groups for each in group["widgets"]]
    assert len(ids) == len(set(ids))


def test_the_monitor_watches_what_tells_of_trouble():
    monitor = author(answers()).file("assets/monitors/acme_errors.json").json.value
    assert list(monitor) == ["version", "created_at", "last_updated_at", "title", "description", "tags", "definition"]
    assert "avg:acme.queue.depth{*}" in monitor["definition"]["query"]
    assert len(monitor["description"]) <= 300 and "{{" not in monitor["title"]
    assert monitor["tags"] == ["integration:acme-widget"]


def test_a_name_alone_is_kept_with_the_draft_and_an_edited_file_is_left_alone():
    given = answers()
    assert loads(dumps(given)).dashboards == given.dashboards
    tile = author(given)
    own = tile.file("assets/monitors/acme_errors.json")
    tile = tile.with_files([own.with_text(own.text.replace("> 100", "> 7"))])
    again = author(answers_of(tile), tile)
    assert {path: again.file(path).data for path in again.paths} == {path: tile.file(path).data for path in tile.paths}


def test_without_anything_that_is_sent_nothing_is_made():
    tile = author(answers([], submits=["metrics"]))
    assert tile.file("assets/dashboards/acme_overview.json") is None
    assert author(answers([])).file("assets/monitors/acme_errors.json") is None


@pytest.mark.parametrize(
    ("submits", "titles"),
    [
        (["logs"], ["About", "Overview", "Logs"]),
        (["events"], ["About", "Overview", "Events"]),
        (["events", "logs"], ["About", "Overview", "Events", "Logs"]),
    ],
)
def test_a_dashboard_is_made_of_events_and_logs_alone(submits, titles):
    tile = author(answers([], submits=submits, service_checks=[]))
    board = tile.file("assets/dashboards/acme_overview.json").json.value
    assert [each["definition"]["title"] for each in board["widgets"]] == titles
    overview = board["widgets"][1]["definition"]["widgets"]
    assert sorted(each["definition"]["title"].lower() for each in overview) == sorted(submits)
    assert taken_by_datadog(board)
    found = [each for each in check(tile) if each.rule.startswith("dashboards/")]
    assert [(each.rule, each.message) for each in found] == []


@pytest.mark.parametrize(
    ("kind", "unit", "display", "headline"),
    [
        ("count", "request", "bars", "query_value"),
        ("gauge", "request", "line", "query_value"),
        ("rate", "byte", "line", "query_value"),
        ("gauge", "byte", "area", "query_value"),
        ("gauge", "percent", "area", "toplist"),
    ],
)
def test_a_widget_is_chosen_by_the_type_and_the_unit_of_its_metric(kind, unit, display, headline):
    given = answers(
        metrics={"prefix": "acme.", "rows": [{"metric_name": "acme.x", "metric_type": kind, "unit_name": unit}]}
    )
    tile = author(given)
    board = tile.file("assets/dashboards/acme_overview.json").json.value
    _, overview, metrics, _ = (each["definition"]["widgets"] for each in board["widgets"])
    assert metrics[0]["definition"]["requests"][0]["display_type"] == display
    assert overview[-1]["definition"]["type"] == headline
    assert ("yaxis" in metrics[0]["definition"]) == (display == "area")
    assert taken_by_datadog(board)
    assert [each.message for each in check(tile) if each.rule.startswith("dashboards/")] == []


def taken_by_datadog(board):
    """Whether Datadog's own API client reads a dashboard, each of its widgets as a kind that it knows."""
    from datadog_api_client.configuration import Configuration
    from datadog_api_client.model_utils import validate_and_convert_types
    from datadog_api_client.v1.model.dashboard import Dashboard

    read = validate_and_convert_types(board, (Dashboard,), ["dashboard"], True, True, Configuration())
    inner = [each for group in read.widgets for each in group.definition.widgets]
    return not any(each._unparsed or each.definition._unparsed for each in [*read.widgets, *inner])


def test_about_has_the_logo_and_stands_beside_overview():
    about, overview, *below = author(answers()).file("assets/dashboards/acme_overview.json").json.value["widgets"]
    assert about["definition"]["banner_img"] == "/static/images/logos/acme-widget_large.svg"
    assert [each["layout"]["x"] for each in (about, overview)] == [0, 6]
    end = max(each["layout"]["y"] + each["layout"]["height"] for each in (about, overview))
    assert below[0]["layout"]["y"] == end
    for group in (about, overview, *below):
        for each in group["definition"]["widgets"]:
            assert each["layout"]["x"] + each["layout"]["width"] <= group["layout"]["width"]
