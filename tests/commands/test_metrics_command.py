"""``tilewizard metrics``, and answers that name a file for their metrics."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from tilewizard.answers.yaml_text import loads
from tilewizard.cli import cli
from tilewizard.errors import UnusableAnswers
from tilewizard.importing.answers_file import load

MATERIAL = Path(__file__).parent.parent / "material"
EXPOSITION = """\
# HELP jobs_total Jobs that ran.
# TYPE jobs_total counter
jobs_total{api_key="k",pool="a"} 12345
jobs_total{api_key="l",pool="b"} 1
"""


def ran(*arguments):
    return CliRunner().invoke(cli, ["metrics", *map(str, arguments)], standalone_mode=False)


def test_csv_is_a_metadata_csv(tmp_path):
    (tmp_path / "m.txt").write_text(EXPOSITION)
    done = ran(tmp_path / "m.txt", "--prefix", "acme.")
    header, row = done.stdout.splitlines()
    assert header.startswith("metric_name,metric_type,interval,unit_name")
    assert row.startswith("acme.jobs.count,count,,")
    assert done.return_value == 0


def test_yaml_is_what_an_answers_file_has(tmp_path):
    (tmp_path / "m.txt").write_text(EXPOSITION)
    answers = loads(ran(tmp_path / "m.txt", "--prefix", "acme.", "--format", "yaml").stdout)
    assert [(row.metric_name, row.source) for row in answers.metrics.rows] == [("acme.jobs.count", "jobs")]
    assert 'api_key="masked"' in answers.metrics.sample and 'pool="b"' not in answers.metrics.sample


def test_lines_that_cannot_be_read_are_told_with_their_place(tmp_path):
    (tmp_path / "m.txt").write_text(EXPOSITION + "wrong{ 3\n")
    done = ran(tmp_path / "m.txt")
    assert done.return_value == 1
    assert ":5:1:" in done.stderr and "jobs.count" in done.stdout


@pytest.mark.parametrize("text", ["", "<html>", "{}"])
def test_a_file_without_metrics_is_refused(tmp_path, text):
    (tmp_path / "m.txt").write_text(text)
    assert "holds no metric" in str(ran(tmp_path / "m.txt").exception)


def with_from(tmp_path, name="m.txt", rows=""):
    shutil.copytree(MATERIAL, tmp_path / "in")
    metrics = f"metrics:\n  prefix: acme_widget.\n  from: {name}\n{rows}"
    (tmp_path / "in" / "answers.yaml").write_text(f"listing: {{title: Acme Widget}}\nsubmits: [metrics]\n{metrics}")
    return tmp_path / "in" / "answers.yaml"


def test_answers_take_their_metrics_from_a_file(tmp_path):
    rows = "  rows:\n    - {metric_name: acme_widget.jobs.count, description: Mine.}\n"
    file = with_from(tmp_path, rows=rows)
    (file.parent / "m.txt").write_text(EXPOSITION)
    metrics = load(file).metrics
    assert metrics.file == ""
    assert [(row.metric_name, row.metric_type, row.description) for row in metrics.rows] == [
        ("acme_widget.jobs.count", "count", "Mine.")
    ]
    assert "jobs_total" in metrics.sample


@pytest.mark.parametrize("text", [None, "", EXPOSITION + "wrong{ 3\n"])
def test_a_file_of_metrics_that_is_not_sound_is_refused_whole(tmp_path, text):
    file = with_from(tmp_path)
    if text is not None:
        (file.parent / "m.txt").write_text(text)
    with pytest.raises(UnusableAnswers) as refused:
        load(file)
    assert "m.txt" in refused.value.faults[0].render()
