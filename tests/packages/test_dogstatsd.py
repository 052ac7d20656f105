"""The example of a DogStatsD tile, run against a socket of this machine, and mutated."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import pytest
from tilewizard.answers.model import Answers
from tilewizard.authoring.author import answers_of, author
from tilewizard.authoring.parts.dogstatsd import Sent, sent
from tilewizard.checking.check import check

HISTOGRAM = ("avg", "count", "median", "95percentile", "max")
needs_datadog = pytest.mark.skipif(
    importlib.util.find_spec("datadog") is None, reason="the datadog package is not installed"
)


def answers(title="Acme Widget", submits=("metrics", "events", "service_checks"), rows=None):
    rows = rows or [
        {"metric_name": "acme.requests", "metric_type": "count"},
        {"metric_name": "acme.errors", "metric_type": "rate"},
        {"metric_name": "acme.depth", "metric_type": "gauge"},
        *(
            {"metric_name": f"acme.wait.{end}", "metric_type": "rate" if end == "count" else "gauge"}
            for end in HISTOGRAM
        ),
    ]
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


def written(tile, folder):
    for path in tile.paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(tile.file(path).data)
    return folder


def ran(folder, only="shell"):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-k", only, "examples"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("title", ["Acme Widget", "$(exit 3) 'x' \"y\" `z`", "Größe ☃"])
@pytest.mark.parametrize("only", ["shell", pytest.param("python", marks=needs_datadog)])
def test_the_example_sends_what_metadata_says(tmp_path, title, only):
    done = ran(written(author(answers(title)), tmp_path), only)
    assert done.returncode == 0, done.stdout


MUTANTS = [
    ("examples/dogstatsd/send.sh", "acme.depth:", "acme.deep:"),
    ("examples/dogstatsd/send.sh", "acme.depth:1|g", "acme.depth:1|c"),
    ("examples/dogstatsd/send.sh", "acme.wait:3|h", "acme.wait:3|g"),
    ("examples/dogstatsd/send.sh", "_sc|acme.up|", "_sc|acme.down|"),
    ("examples/dogstatsd/send.sh", "_e{26,", "_e{25,"),
    ("examples/dogstatsd/send.sh", "$port", "1"),
    ("metadata.csv", "acme.depth,gauge", "acme.depth,count"),
    ("metadata.csv", "acme.requests,", "acme.request,"),
    ("assets/service_checks.json", "acme.up", "acme.down"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("path", "old", "new"), MUTANTS)
def test_what_is_broken_is_noticed(tmp_path, path, old, new):
    folder = written(author(answers()), tmp_path)
    text = (folder / path).read_text()
    assert old in text
    (folder / path).write_text(text.replace(old, new))
    assert ran(folder).returncode == 1


def test_the_example_is_no_fault_of_the_tile_and_stays_as_it_is():
    tile = author(answers())
    assert not [each for each in check(tile) if "examples/" in each.file or "examples/" in each.message]
    again = author(answers_of(tile), tile)
    assert {path: again.file(path).data for path in again.paths} == {path: tile.file(path).data for path in tile.paths}
