"""The example of a REST API tile, run against a server of this machine that plays Datadog, and mutated."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tilewizard.answers.model import Answers
from tilewizard.authoring.author import answers_of, author
from tilewizard.checking.check import check

from tests.packages.test_dogstatsd import written

ALL = ("metrics", "events", "service_checks", "logs")


def answers(submits=ALL, title="Acme Widget"):
    rows = [
        {"metric_name": "acme.requests", "metric_type": "count", "unit_name": "request"},
        {"metric_name": "acme.load", "metric_type": "rate", "interval": 60},
        {"metric_name": "acme.depth", "metric_type": "gauge"},
    ]
    check = {"name": "Up", "check": "acme.up", "statuses": ["ok"], "description": "d"}
    return Answers.model_validate(
        {
            "target": "integrations-extras",
            "type": "rest-api",
            "submits": list(submits),
            "listing": {"title": title},
            "metrics": {"prefix": "acme.", "rows": rows if "metrics" in submits else []},
            "service_checks": [check] if "service_checks" in submits else [],
        }
    )


def ran(folder):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "examples"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("submits", [ALL, ("metrics",), ("events",), ("service_checks",), ("logs", "events")])
def test_the_example_sends_what_was_chosen(tmp_path, submits):
    done = ran(written(author(answers(submits, 'It\'s "quoted" ☃')), tmp_path))
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("submits", [("traces",), ("incidents", "security_events")])
def test_what_has_no_example_gets_none(submits):
    assert author(answers(submits)).file("examples/rest_api/submit.py") is None


MUTANTS = [
    ("examples/rest_api/submit.py", "'acme.depth', 'type': 3", "'acme.depth', 'type': 1"),
    ("examples/rest_api/submit.py", "'acme.depth'", "'acme.deep'"),
    ("examples/rest_api/submit.py", "'unit': 'request'", "'unit': 'byte'"),
    ("examples/rest_api/submit.py", "/api/v2/series", "/api/v1/series"),
    ("examples/rest_api/submit.py", "'DD-API-KEY'", "'API-KEY'"),
    ("examples/rest_api/submit.py", "{site}'\n        self.intake", "datadoghq.com'\n        self.intake"),
    ("examples/rest_api/submit.py", "PACKED_MAX, PLAIN_MAX = 500_000", "PACKED_MAX, PLAIN_MAX = 5_000_000_000"),
    ("examples/rest_api/submit.py", "LOGS_MAX = 1_000", "LOGS_MAX = 2_000"),
    ("examples/rest_api/submit.py", "error.code != 429 and ", ""),
    ("examples/rest_api/submit.py", "2**tried", "1"),
    ("examples/rest_api/submit.py", "text[:4000]", "text"),
    ("examples/rest_api/submit.py", "'acme.up'", "'acme.down'"),
    ("metadata.csv", "acme.depth,gauge", "acme.depth,count"),
    ("metadata.csv", "acme.requests,count,,request", "acme.requests,count,,byte"),
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
