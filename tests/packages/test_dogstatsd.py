"""The example of a DogStatsD tile, run against a socket of this machine, and mutated."""

from __future__ import annotations

import importlib.util

import pytest
from tilewizard.answers.model import Answers
from tilewizard.authoring.author import answers_of, author
from tilewizard.authoring.parts.dogstatsd import Sent, sent
from tilewizard.checking.check import check
from tools.conformance_example_mutants import IN_METADATA, IN_SHELL
from tools.package_runs import written

from .running import ran

HISTOGRAM = ("avg", "count", "median", "95percentile", "max")
needs_datadog = pytest.mark.skipif(
    importlib.util.find_spec("datadog") is None, reason="the datadog package is not installed"
)


def answers(title="Acme Widget", submits=("metrics", "events", "service_checks"), rows=None):
    rows = (
        rows
        if rows is not None
        else [
            {"metric_name": "acme.requests", "metric_type": "count", "unit_name": "request"},
            {"metric_name": "acme.errors", "metric_type": "rate"},
            {"metric_name": "acme.depth", "metric_type": "gauge"},
            *(
                {"metric_name": f"acme.wait.{end}", "metric_type": "rate" if end == "count" else "gauge"}
                for end in HISTOGRAM
            ),
        ]
    )
    check = {"name": "Up", "check": "acme.up", "statuses": ["ok"], "description": "d"}
    return Answers.model_validate(
        {
            "target": "integrations-extras",
            "type": "dogstatsd",
            "submits": list(submits),
            "listing": {"title": title},
            "metrics": {"prefix": "acme.", "rows": rows},
            "service_checks": [check] if "service_checks" in submits else [],
        }
    )


def test_five_rows_of_a_histogram_are_sent_as_one():
    assert sent(answers()) == [
        Sent("acme.depth", "g", 1),
        Sent("acme.errors", "c", 1),
        Sent("acme.requests", "c", 1),
        Sent("acme.wait", "h", 3),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("title", ["Acme Widget", "$(exit 3) 'x' \"y\" `z`", "Größe ☃"])
@pytest.mark.parametrize("only", ["shell", pytest.param("python", marks=needs_datadog)])
def test_the_example_sends_what_metadata_says(tmp_path, title, only):
    done = ran(written(author(answers(title)), tmp_path), "-k", only)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_without_metrics_the_example_sends_the_rest(tmp_path):
    tile = author(answers(submits=("events", "service_checks"), rows=[]))
    assert tile.file("metadata.csv") is None
    done = ran(written(tile, tmp_path), "-k", "shell")
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("mutant", (*IN_SHELL, *IN_METADATA), ids=lambda each: each.name)
def test_what_is_broken_is_noticed(tmp_path, mutant):
    tile = author(answers())
    changed = tile.with_text(mutant.path, mutant.change(tile.file(mutant.path).text))
    assert ran(written(changed, tmp_path), "-k", "shell").returncode == 1


def test_the_example_is_no_fault_of_the_tile_and_stays_as_it_is():
    tile = author(answers())
    assert not [each for each in check(tile) if "examples/" in each.file or "examples/" in each.message]
    again = author(answers_of(tile), tile)
    assert {path: again.file(path).data for path in again.paths} == {path: tile.file(path).data for path in tile.paths}


@pytest.mark.slow
def test_an_example_without_metrics_has_no_code_for_them(tmp_path):
    tile = author(answers(submits=("events", "service_checks"), rows=[]))
    code = tile.file("examples/dogstatsd/send.py").text
    assert "METRICS" not in code and "methods" not in code and "SERVICE_CHECKS" in code
    alone = author(answers(submits=("events",), rows=[])).file("examples/dogstatsd/send.py").text
    assert "SERVICE_CHECKS" not in alone and "\n\n\n\n" not in alone
    assert ran(written(tile, tmp_path), "-k", "shell").returncode == 0
