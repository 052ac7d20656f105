"""How dashboards are laid out and worded, case by case."""

from __future__ import annotations

from typing import Any

import pytest
from tilewizard.tile.tile import Tile

from .applying import with_content
from .clean_tile import clean_tile
from .edges import said, severities

PATH = "assets/dashboards/acme_widget_overview.json"


def drawn(*widgets: Any, **top: Any) -> Tile:
    return with_content(clean_tile(), PATH, {**({"widgets": list(widgets)} if widgets else {}), **top})


def graph(kind: str = "timeseries", title: Any = "Requests", layout: Any = None, **request: Any) -> dict[str, Any]:
    definition = {"type": kind, "title": title, "requests": [request or {"q": "sum:acme_widget.requests{$host}"}]}
    return {"id": 1, "definition": definition, **({"layout": layout} if layout is not None else {})}


def group(title: Any, *widgets: Any) -> dict[str, Any]:
    return {"id": 2, "definition": {"type": "group", "title": title, "widgets": list(widgets)}}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Acme Overview", []),
        ("Acme - Overview", ["info"]),
        ("Acme-Overview", ["info"]),
        ("Acme\u2013Overview", []),
        (3, []),
    ],
)
def test_a_title_has_no_hyphen(title: Any, expected: list[str]) -> None:
    assert severities("dashboards/title-hyphen", drawn(title=title)) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Number of requests", ["info"]),
        ("  number OF requests", ["info"]),
        ("Numbers of requests", []),
        ("Number offered", []),
        ("Requests by number of hosts", []),
        ("", []),
        (None, []),
        (["Number of"], []),
    ],
)
def test_a_title_names_what_is_counted(title: Any, expected: list[str]) -> None:
    assert severities("dashboards/number-of", drawn(graph(title=title))) == expected


@pytest.mark.parametrize(
    ("kind", "layout", "dashboard", "expected"),
    [
        ("timeseries", {"width": 3}, "ordered", ["info"]),
        ("timeseries", {"width": 4}, "ordered", []),
        ("timeseries", {"width": 3}, "free", []),
        ("query_value", {"width": 2}, "ordered", []),
        ("timeseries", {"width": "3"}, "ordered", []),
        ("timeseries", {}, "ordered", []),
        ("timeseries", [3], "ordered", []),
    ],
)
def test_a_graph_over_time_has_four_columns(kind: str, layout: Any, dashboard: str, expected: list[str]) -> None:
    tile = drawn(graph(kind, layout=layout), layout_type=dashboard)
    assert severities("dashboards/narrow", tile) == expected


def test_the_first_of_many_places_is_told_with_their_number() -> None:
    narrow = [graph(layout={"width": 2}) for _ in range(12)]
    (finding,) = said("dashboards/narrow", drawn(graph(layout={"width": 6}), group("All", *narrow)))
    assert finding.message.endswith(": 12")
    assert finding.pointer == "/widgets/1/definition/widgets/0/layout/width"


@pytest.mark.parametrize(
    ("kind", "formulas", "expected"),
    [
        ("timeseries", [{"formula": "query1"}], ["info"]),
        ("timeseries", [{"formula": "query1", "alias": ""}], ["info"]),
        ("timeseries", [{"formula": "query1", "alias": "requests"}], []),
        ("timeseries", [{"formula": "a", "alias": "a"}, {"formula": "b"}], ["info"]),
        ("query_value", [{"formula": "query1"}], []),
        ("timeseries", ["query1", None], []),
        ("timeseries", {"formula": "query1"}, []),
    ],
)
def test_a_formula_has_an_alias(kind: str, formulas: Any, expected: list[str]) -> None:
    assert severities("dashboards/alias", drawn(graph(kind, formulas=formulas))) == expected


@pytest.mark.parametrize(
    ("name", "query", "expected"),
    [
        ("rack", "sum:acme_widget.requests{$rack}", []),
        ("rack", "sum:acme_widget.requests{rack:$rack.value}", []),
        ("rack", "sum:acme_widget.requests{${rack}}", []),
        ("rack", "sum:acme_widget.requests{rack:a}", ["info"]),
        ("rack", "sum:acme_widget.requests{$racks}", ["info"]),
        ("rack-row", "sum:acme_widget.requests{$rack-row.value}", []),
        ("rack.row", "sum:acme_widget.requests{$rack.row}", []),
        ("the rack", "sum:acme_widget.requests{*}", []),
        (None, "sum:acme_widget.requests{*}", []),
    ],
)
def test_a_template_variable_is_used(name: Any, query: str, expected: list[str]) -> None:
    tile = drawn(graph(q=query), template_variables=[{"name": name, "prefix": "rack"}])
    assert severities("dashboards/unused-variable", tile) == expected


@pytest.mark.parametrize(
    ("widgets", "outside", "first"),
    [
        ([graph()], [], []),
        ([group("About Acme"), group("Overview", graph())], [], []),
        ([group("About"), group("Overview"), graph()], ["info"], []),
        ([group("ABOUT"), group("Requests")], [], ["the dashboard has no group Overview"]),
        ([group("Overview of Acme")], [], ["the dashboard has no group About"]),
        ([group(None), graph()], ["info"], ["the dashboard has neither a group About nor a group Overview"]),
        ([group("About"), group("Overview"), {"definition": {"type": "powerpack"}}], [], []),
        ([None, {"definition": "group"}, group("About and overview")], [], []),
    ],
)
def test_groups_hold_all_and_begin_with_about_and_overview(widgets: Any, outside: list[str], first: list[str]) -> None:
    tile = drawn(*widgets)
    assert severities("dashboards/outside-group", tile) == outside
    assert [finding.message for finding in said("dashboards/first-groups", tile)] == first
