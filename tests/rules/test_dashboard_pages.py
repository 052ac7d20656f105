"""Groups and titles of dashboards, in the forms in which partners export them."""

from __future__ import annotations

from typing import Any

import pytest
from tilewizard.tile.tile import Tile

from .applying import with_content
from .edges import said, severities
from .test_dashboards import drawn, graph, group

PIPELINE = "assets/logs/acme_widget.yaml"
BANNER = "/static/images/integration_dashboard/acme.png"


def about(*widgets: Any, width: Any = 4, banner: Any = BANNER) -> dict[str, Any]:
    made = group("About Acme Widget", *widgets)
    made["definition"]["banner_img"] = banner
    return {**made, "layout": {"x": 0, "y": 0, "width": width, "height": 4}}


def widget(kind: str, **more: Any) -> dict[str, Any]:
    return {"id": 3, "definition": {"type": kind, **more}}


def placed(made: dict[str, Any], y: int, x: int = 0) -> dict[str, Any]:
    return {**made, "layout": {"x": x, "y": y, "width": 6, "height": 4}}


def broken(made: dict[str, Any]) -> dict[str, Any]:
    return {**made, "layout": {**made["layout"], "is_column_break": True}}


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (about(widget("note")), []),
        (about(widget("image"), banner=None), []),
        (about(widget("note"), banner=""), ["the group About has no banner"]),
        (about(width=12), ["the group About takes the full width"]),
        (about(width="12"), []),
        (about(widget("note"), widget("timeseries")), ["the group About shows data: “timeseries”"]),
        (about(widget("note"), "note", None), ["the group About shows data: “None”"]),
        ({**about(), "definition": {"type": "note", "title": "About"}}, []),
        (group(["About"], widget("note")), ["the group About has no banner"]),
        (group("Overview"), []),
    ],
)
def test_about_has_a_banner_and_no_data(first: Any, expected: list[str]) -> None:
    assert [finding.message for finding in said("dashboards/about", drawn(first))] == expected


def test_only_the_first_group_about_is_looked_at() -> None:
    assert len(said("dashboards/about", drawn(about(banner=""), about(banner="")))) == 1


STREAM = widget("list_stream", title="Events")


@pytest.mark.parametrize(
    ("widgets", "expected"),
    [
        ([graph(), STREAM], None),
        ([STREAM, graph()], "/widgets/0"),
        ([STREAM, widget("note")], None),
        ([STREAM, widget("event_stream")], None),
        ([group("Logs", STREAM), group("Requests", graph())], "/widgets/0"),
        ([group("Requests", graph()), group("Logs", STREAM, graph())], "/widgets/1/definition/widgets/0"),
        ([placed(STREAM, 9), placed(graph(), 0)], None),
        ([placed(graph(), 9), placed(STREAM, 0)], "/widgets/1"),
        ([placed(STREAM, 0), placed(graph(), 0, 6)], None),
        ([placed(STREAM, 0), placed(graph(), 4)], "/widgets/0"),
        ([placed(graph(), 9), broken(placed(STREAM, 0))], None),
        ([placed(STREAM, 9), broken(placed(graph(), 0))], "/widgets/0"),
        ([{"definition": "log_stream"}, None, 3, graph()], None),
        ([widget("log_stream", widgets="none"), {"definition": {"type": ["x"]}}], "/widgets/0"),
    ],
)
def test_streams_stand_at_the_end(widgets: list[Any], expected: str | None) -> None:
    found = [finding.pointer for finding in said("dashboards/stream-last", drawn(*widgets, layout_type="ordered"))]
    assert found == ([expected] if expected else [])


def test_where_streams_stand_is_free_in_the_free_layout() -> None:
    assert said("dashboards/stream-last", drawn(STREAM, graph(), layout_type="free")) == []


@pytest.mark.parametrize(
    ("widgets", "expected"),
    [
        ([group("Overview", graph())], ["info"]),
        ([graph()], []),
        ([group("Overview", graph()), group("Access Logs")], []),
        ([group("Catalog", graph())], ["info"]),
        ([group("Overview", widget("log_stream"))], []),
        ([group("Overview", graph(log_query={"index": "*"}))], []),
        ([group("Overview", graph(queries=[{"data_source": "logs"}]))], []),
        ([group("Overview", graph(query={"data_source": "logs_stream"}))], []),
        ([group("Overview", graph(queries=[{"data_source": "metrics"}]))], ["info"]),
        ([group("Overview", graph(queries={"data_source": "logs"}))], ["info"]),
        ([group("Overview", graph()), widget("log_stream")], []),
    ],
)
def test_a_tile_with_a_pipeline_shows_its_logs(widgets: list[Any], expected: list[str]) -> None:
    tile = drawn(*widgets)
    assert severities("dashboards/logs-group", tile) == expected
    assert severities("dashboards/logs-group", with_content(tile, PIPELINE, None)) == []


@pytest.mark.parametrize(
    ("title", "query", "expected"),
    [
        ("Latency (ms)", "avg:a.b{*}", True),
        ("Latency [Seconds] ", "avg:a.b{*}", True),
        ("Latency in milliseconds", "avg:a.b{*}", True),
        ("Cost ($/day)", "avg:a.b{*}", True),
        ("CPU (in %)", "avg:a.b{*}", True),
        ("Gateway(s)", "avg:a.b{*}", False),
        ("Requests (total)", "avg:a.b{*}", False),
        ("Time spent in days off", "avg:a.b{*}", False),
        ("Latency (ms)", "avg:a.b{*} * 1000", False),
        ("Latency (ms)", "avg:a.b{*}*1000", False),
        ("Share (%)", "a / b", False),
        ("", "avg:a.b{*}", False),
    ],
)
def test_a_title_names_no_unit(title: str, query: str, expected: bool) -> None:
    assert bool(said("dashboards/title-unit", drawn(graph(title=title, q=query)))) is expected
    nested = group("All", graph(title=title, q=query))
    assert bool(said("dashboards/title-unit", drawn(nested))) is expected


def test_a_formula_that_calculates_has_a_unit_of_its_own() -> None:
    shown = graph(title="Share (%)", formulas=[{"formula": "query1 / query2 * 100"}])
    assert said("dashboards/title-unit", drawn(shown)) == []
    assert said("dashboards/title-unit", drawn(graph(title="Share (%)", formulas=[{"formula": "query1"}])))


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (graph(title="Acme Widget requests"), True),
        (graph(title=" ACME WIDGET: requests"), True),
        (graph(title="Acme Widget"), False),
        (graph(title="Acme Widgets made"), False),
        (graph(title="Requests of Acme Widget"), False),
        (widget("note", title="Acme Widget in short"), False),
        (group("Acme Widget Requests"), False),
        (group("All", graph(title="Acme Widget load")), True),
        (graph(title=["Acme Widget load"]), False),
    ],
)
def test_a_title_does_not_begin_with_the_integration(made: Any, expected: bool) -> None:
    assert bool(said("dashboards/title-integration", drawn(made))) is expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Acme Widget Overview", False),
        ("ACME-widget", False),
        ("AcmeCorp's Overview", False),
        ("Overview of Requests", True),
        ("", False),
        (None, False),
        (["Overview"], False),
    ],
)
def test_a_dashboard_is_named_after_the_integration(title: Any, expected: bool) -> None:
    assert bool(said("dashboards/title-name", drawn(title=title))) is expected


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["Requests Dropped By Host", "Failed Login Attempts"], 2),
        (["Requests Dropped By Host"], 0),
        (["Requests dropped by host", "Failed Login attempts"], 0),
        (["JVM Heap Usage", "CPU Usage"], 0),
        (["JVM Memory Heap Usage", "Failed HTTP Requests Today"], 2),
        (["Acme Widget Requests", "Acme Widget Errors"], 0),
        ([3, None], 0),
    ],
)
def test_titles_of_widgets_are_sentences(titles: list[Any], expected: int) -> None:
    found = said("dashboards/widget-title", drawn(*(graph(title=title) for title in titles)))
    assert [f": {expected}, the first" in finding.message for finding in found] == ([True] if expected else [])


@pytest.mark.parametrize("title", ["Total number of tasks", "The Number of tasks", "# of tasks", "No. of tasks"])
def test_other_ways_to_say_that_is_counted(title: str) -> None:
    assert said("dashboards/number-of", drawn(graph(title=title)))


def test_a_tile_of_any_form_is_read() -> None:
    odd: list[Any] = [
        None,
        3,
        "x",
        {"definition": None},
        {"definition": {"widgets": {"a": 1}, "type": "group", "title": "About"}},
    ]
    tile: Tile = drawn(*odd)
    for rule in ("about", "stream-last", "logs-group", "title-unit", "title-integration", "title-name", "widget-title"):
        said(f"dashboards/{rule}", tile)
