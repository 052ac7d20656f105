"""What a list of data flows derives from, and tiles that have none."""

from __future__ import annotations

import pytest

from .applying import with_content
from .clean_tile import clean_tile
from .edges import said

FLOWS = "assets/dataflows.yaml"
PIPELINE_FILES = ["assets/logs/acme_widget.yaml", "assets/logs/acme_widget_tests.yaml"]
SENT = "metadata.csv"


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        ([FLOWS], ["metadata.csv lists metrics and there is a log pipeline, and there is no list of data flows"]),
        ([FLOWS, SENT], ["there is a log pipeline, and there is no list of data flows"]),
        ([FLOWS, *PIPELINE_FILES], ["metadata.csv lists metrics, and there is no list of data flows"]),
        ([FLOWS, SENT, *PIPELINE_FILES], []),
        ([SENT], []),
    ],
)
def test_what_is_sent_asks_for_a_list_of_flows(gone: list[str], expected: list[str]) -> None:
    tile = clean_tile().with_files([], without=gone)
    assert [each.message for each in said("dataflows/missing", tile)] == expected


@pytest.mark.parametrize("path", ["assets/dataflows.yml", "dataflows.yaml"])
def test_a_list_of_flows_in_another_place_is_not_missing_too(path: str) -> None:
    tile = with_content(clean_tile().with_files([], without=[FLOWS]), path, "provides: []\n")
    assert said("dataflows/missing", tile) == []


@pytest.mark.parametrize(
    ("gone", "kinds"),
    [([], []), ([SENT], ["metrics"]), (PIPELINE_FILES, ["logs"]), ([SENT, *PIPELINE_FILES], ["metrics", "logs"])],
)
def test_a_flow_of_what_is_not_sent_is_told(gone: list[str], kinds: list[str]) -> None:
    tile = clean_tile().with_files([], without=gone)
    untagged = with_content(tile, "manifest.json", {"tile": {"classifier_tags": ["Category::Cloud"]}})
    found = said("dataflows/without-data", untagged)
    assert [each.message.split()[3].rstrip(",") for each in found] == kinds


def test_of_what_is_tagged_another_rule_tells() -> None:
    tags = {"tile": {"classifier_tags": ["Submitted Data Type::Metrics", "Submitted Data Type::Logs"]}}
    tile = with_content(clean_tile().with_files([], without=[SENT, *PIPELINE_FILES]), "manifest.json", tags)
    assert said("dataflows/without-data", tile) == []


def test_flows_of_other_kinds_derive_from_nothing() -> None:
    flow = "provides:\n  - id: a\n    data_type: events\n  - id: b\n    data_type: [logs]\n  - 3\n"
    tile = with_content(clean_tile().with_files([], without=[SENT, *PIPELINE_FILES]), FLOWS, flow)
    assert said("dataflows/without-data", tile) == []
