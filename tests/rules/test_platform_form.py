"""What Datadog's pages ask of assets beside their form: amounts, names, sources, methods, scopes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tilewizard.tile.tile import MANIFEST, Tile

from .applying import with_content
from .clean_tile import clean_tile
from .edges import said, severities, with_value

PIPELINE = "assets/logs/acme_widget.yaml"
TESTS = "assets/logs/acme_widget_tests.yaml"
CLIENT = "assets/oauth_clients.json"


def many(tile: Tile, folder: str, count: int) -> Tile:
    for number in range(count):
        tile = with_content(tile, f"assets/{folder}/more_{number:02}.json", {"name": str(number)})
    return tile


@pytest.mark.parametrize(
    ("folder", "count", "expected"),
    [
        ("security", 10, []),
        ("security", 11, ["there are 11 detection rules, and the Developer Platform takes 10"]),
        ("monitors", 9, []),
        ("monitors", 10, ["there are 11 monitors, and the Developer Platform takes 10"]),
        ("dashboards", 12, ["there are 13 dashboards, and the Developer Platform takes 10"]),
        ("saved_views", 20, []),
    ],
)
def test_ten_of_a_kind_are_taken(folder: str, count: int, expected: list[str]) -> None:
    assert [each.message for each in said("assets/many", many(clean_tile(), folder, count))] == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"detectionMethod": "threshold"}, []),
        ({"detectionMethod": "third_party"}, ["the detection method is “third_party”"]),
        ({"detectionMethod": "anomaly_detection"}, ["the detection method is “anomaly_detection”"]),
        ({"detectionMethod": ["threshold"]}, ['the detection method is ["threshold"]']),
        ({}, []),
        (None, []),
        ("threshold", []),
    ],
)
def test_detection_is_by_a_threshold(options: Any, expected: list[str]) -> None:
    tile = with_content(clean_tile(), "assets/security/a.json", {"name": "a", "options": options})
    assert [each.message for each in said("security/method", tile)] == expected


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        (["api_keys_write"], []),
        (["metrics_read", "api_keys_write"], []),
        (["metrics_read"], ["info"]),
        ([], []),
        ("metrics_read", []),
    ],
)
def test_a_client_that_sends_makes_a_key(scopes: Any, expected: list[str]) -> None:
    client = {"integration": {"id": "a", "name": "Acme", "scopes": scopes}}
    tags = {"tile": {"classifier_tags": ["Submitted Data Type::Metrics"]}, "assets": {"oauth": CLIENT}}
    tile = with_content(with_content(clean_tile(), CLIENT, json.dumps(client)), MANIFEST, tags)
    assert severities("oauth/send-scope", tile) == expected
    silent = with_content(tile, MANIFEST, {"tile": {"classifier_tags": ["Queried Data Type::Metrics"]}})
    assert severities("oauth/send-scope", silent) == []
    assert severities("oauth/send-scope", with_content(tile, "datadog_checks/acme/check.py", "")) == []


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (PIPELINE, "id: a\npipeline:\n  filter:\n    query: 'source:Acme'\n", ["the source is “Acme”"]),
        (PIPELINE, "id: a\npipeline:\n  filter:\n    query: source:(acme OR Other)\n", []),
        (PIPELINE, 'id: a\npipeline:\n  filter:\n    query: service:a source:"Acme"\n', ["the source is “Acme”"]),
        (PIPELINE, "id: a\npipeline:\n  filter:\n    query: source:acme\n  name: source:Acme\n", []),
        (PIPELINE, "# query: source:Acme\nid: a\n", []),
        (TESTS, "id: a\ntests:\n  - result:\n      tags:\n        - source:LOGS_SOURCE\n", []),
        (TESTS, "id: a\ntests:\n  - result:\n      tags:\n        - source:Acme\n", ["the source is “Acme”"]),
    ],
)
def test_sources_are_in_small_letters(path: str, text: str, expected: list[str]) -> None:
    assert [each.message for each in said("logs/source-case", with_content(clean_tile(), path, text))] == expected


def test_the_manifests_source_is_in_small_letters() -> None:
    assert severities("logs/source-case", with_value("/assets/logs/source", "Acme_Widget")) == ["warning"]
    assert severities("logs/source-case", with_value("/assets/logs/source", "acme_widget")) == []
    assert severities("logs/source-case", with_value("/assets/logs/source", ["Acme"])) == []


@pytest.mark.parametrize(
    ("facet", "expected"),
    [
        ("path: acme_widget.a\n    groups:\n      - Acme Widget\n", []),
        ("path: acme_widget.a\n    groups:\n      - acme\n", []),
        ("path: acme_widget.a\n    groups:\n      - Others\n", ["info"]),
        ("path: acme_widget.a\n    groups: [Others]\n", ["info"]),
        ("path: acme_widget.a\n    groups: Others\n", []),
        ("path: acme_widget.a\n    groups: []\n", []),
        ("path: http.url\n    groups:\n      - Web Access\n", []),
        ("path: acme_widget.a\n    groups:\n      - Web Access\n", []),
        ("path: usr.id\n    groups:\n      - Others\n", []),
    ],
)
def test_a_facets_group_is_the_integration(facet: str, expected: list[str]) -> None:
    text = f"id: acme_widget\nfacets:\n  - name: A\n    {facet}pipeline:\n  type: pipeline\n  processors: []\n"
    assert severities("logs/facet-group", with_content(clean_tile(), PIPELINE, text)) == expected


def test_a_group_of_many_facets_is_told_once() -> None:
    facets = "".join(f"  - name: A{n}\n    path: acme_widget.a{n}\n    groups: [Others]\n" for n in range(5))
    text = f"id: acme_widget\nfacets:\n{facets}pipeline:\n  type: pipeline\n  processors: []\n"
    assert len(said("logs/facet-group", with_content(clean_tile(), PIPELINE, text))) == 1


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["requests"], []),
        (["acme widget requests"], ["short names that begin with the integration's name: 1, the first “acme widget requests”"]),
        (["ok", "Acme_Widget.errors", "acme-widget load"],
         ["short names that begin with the integration's name: 2, the first “Acme_Widget.errors”"]),
        (["acme widget"], []),
        (["acme widgets made"], []),
        (["requests of acme widget"], []),
        ([""], []),
    ],
)  # fmt: skip
def test_short_names_are_without_the_integration(names: list[str], expected: list[str]) -> None:
    head = "metric_name,metric_type,interval,unit_name,per_unit_name,description,orientation,integration,short_name\n"
    rows = "".join(f"acme_widget.m{n},gauge,,,,It.,0,acme_widget,{name}\n" for n, name in enumerate(names))
    assert [
        each.message for each in said("metadata/short-name", with_content(clean_tile(), "metadata.csv", head + rows))
    ] == expected


def test_a_type_of_older_pages_is_no_error() -> None:
    plans = [{"billing_type": "free"}]
    assert severities("pricing/billing-type", with_value("/pricing", plans)) == ["info"]
    assert severities("pricing/billing-type", with_value("/pricing", [{"billing_type": "Free"}])) == ["error"]
