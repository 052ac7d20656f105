"""Answers of a product as a test's fixture: one sample of each kind, nothing that is nobody else's business."""

from __future__ import annotations

import json

import pytest
from tilewizard.importing.json_answer import read_json_answer, trimmed_answer
from tilewizard.importing.masking import MASK, masked
from tilewizard.importing.reading import read_text
from tilewizard.importing.trimmed import trimmed_exposition

EXPOSITION = """\
# HELP jobs_total Jobs\\nrun
# TYPE jobs_total counter
jobs_total{pool="a",owner_email="a@b.example"} 12345.678
jobs_total{pool="b"} 5
# TYPE wait_seconds histogram
wait_seconds_bucket{pool="a",le="0.1"} 1
wait_seconds_bucket{pool="a",le="1"} 2
wait_seconds_bucket{pool="a",le="+Inf"} 3
wait_seconds_sum{pool="a"} 1.23456
wait_seconds_count{pool="a"} 3
wait_seconds_bucket{pool="b",le="0.1"} 1
wait_seconds_sum{pool="b"} 1
# TYPE up gauge
up NaN
loose 7
"""


def test_one_sample_of_each_kind_stays_with_its_labels():
    assert trimmed_exposition(EXPOSITION).splitlines() == [
        "# HELP jobs_total Jobs\\nrun",
        "# TYPE jobs_total counter",
        'jobs_total{pool="a",owner_email="masked"} 12300.0',
        "# TYPE wait_seconds histogram",
        'wait_seconds_bucket{pool="a",le="0.1"} 1.0',
        'wait_seconds_bucket{pool="a",le="+Inf"} 3.0',
        'wait_seconds_sum{pool="a"} 1.23',
        'wait_seconds_count{pool="a"} 3.0',
        "# TYPE up gauge",
        "up NaN",
        "# TYPE loose untyped",
        "loose 7.0",
    ]


def test_a_trimmed_exposition_gives_the_same_metrics_and_is_trimmed_already():
    trimmed = trimmed_exposition(EXPOSITION)
    assert read_text(trimmed, "x.").rows == read_text(EXPOSITION, "x.").rows
    assert trimmed_exposition(trimmed) == trimmed


def test_openmetrics_stays_openmetrics():
    text = '# TYPE build info\nbuild_info{version="1"} 1\n# TYPE a counter\na_total 2\na_created 3\n# EOF\n'
    assert trimmed_exposition(text) == text.replace("} 1\n", "} 1.0\n").replace(" 2\n", " 2.0\n").replace(
        " 3\n", " 3.0\n"
    )


@pytest.mark.parametrize(
    ("name", "value", "hidden"),
    [
        ("pool", "HikariPool-1", False),
        ("api_key", "x", True),
        ("password", "hunter2", True),
        ("who", "jane@acme.example", True),
        ("hash", "0123456789abcdef0123456789abcdef", True),
        ("jwt", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc", True),
        ("url", "https://jane:secret@acme.example/x", True),
        ("url", "https://acme.example/x", False),
        ("path", "/api/v1/items", False),
        ("le", "+Inf", False),
    ],
)
def test_what_looks_secret_is_masked(name, value, hidden):
    assert masked(name, value) == (MASK if hidden else value)


def test_numbers_of_an_answer_become_metrics_with_their_paths():
    answer = {
        "queue": {"depth": 3, "jobs_total": 4},
        "up": True,
        "nodes": [{"id": 1, "wait_seconds": 2}, {"wait_seconds": 3}],
    }
    reading = read_json_answer(json.dumps(answer), "acme.")
    assert [(row.metric_name, row.metric_type, row.source, row.unit_name) for row in reading.rows] == [
        ("acme.queue.depth", "gauge", "queue.depth", ""),
        ("acme.queue.jobs_total", "count", "queue.jobs_total", "job"),
        ("acme.nodes.id", "gauge", "nodes[].id", ""),
        ("acme.nodes.wait_seconds", "gauge", "nodes[].wait_seconds", "second"),
    ]


@pytest.mark.parametrize(
    "text", ["{", "[" * 100_000, '{"a": "b"}', "[]", '{"a.b": 1}', '{"§": 1}', "3", '{"a": 1e999}']
)
def test_an_answer_without_figures_says_so(text):
    reading = read_json_answer(text, "acme.")
    assert reading.faults or reading.rows
    trimmed_answer(text)


def test_a_trimmed_answer_keeps_one_item_and_no_secret():
    text = trimmed_answer('{"nodes": [{"token": "t", "load": 0.123456}, {"load": 1}], "n": 123456}')
    assert json.loads(text) == {"nodes": [{"token": "masked", "load": 0.123}], "n": 123456}
