"""Whether metadata.csv lists what an OpenMetrics check sends; what the base package really sends, `make conformance` tries."""

from __future__ import annotations

from pathlib import Path

import pytest
from tilewizard.answers.paths import replaced
from tilewizard.authoring.author import author
from tilewizard.checking.check import check
from tilewizard.checking.mend import mended
from tilewizard.session.session import Session
from tilewizard.tile.tile import Tile

from tests.packages.test_agent_package import answers, row

ROW, LISTED = "package/openmetrics-row", "package/openmetrics-listed"
FAMILIES = """\
# TYPE jobs_total counter
jobs_total 1
# TYPE wait histogram
wait_bucket{le="1"} 1
wait_bucket{le="+Inf"} 1
wait_sum 1
wait_count 1
"""
WAIT = [row(f"wait.{end}", "count", "wait") for end in ("bucket", "count", "sum")]
JOBS = row("jobs.count", "count", "jobs")


def said(tile: Tile) -> list[tuple[str, str, str]]:
    return [(each.rule, each.pointer, each.hint) for each in check(tile) if each.rule in (ROW, LISTED)]


def tile_of(*rows, sample: str = "") -> Tile:
    return author(answers(rows=rows, sample=sample))


@pytest.mark.parametrize(
    ("rows", "sample", "found"),
    [
        ([JOBS, *WAIT], FAMILIES, []),
        ([row("jobs", "count")], "", [(ROW, "/0/metric_name", "write acme.jobs.count")]),
        ([row("depth"), row("jobs", "count", "n")], "", [(ROW, "/1/metric_name", "write acme.jobs.count")]),
        ([row("jobs", "count"), row("jobs.count", "count")], "",
         [(ROW, "/0/metric_name", "take this row away: acme.jobs.count is listed")]),
        ([JOBS, *WAIT[1:]], FAMILIES, [(LISTED, "/1/metric_name", "add its row, a count")]),
        ([row("wait", "gauge", "wait")], FAMILIES,
         [(ROW, "/0/metric_name", "list acme.wait.bucket, acme.wait.count, acme.wait.sum")]),
        ([row("jobs", "rate"), row("size.sum", "gauge"), row("one.sum", "count")], "", []),
    ],
)  # fmt: skip
def test_a_new_tile_is_told_what_its_check_would_send(rows, sample, found) -> None:
    assert said(tile_of(*rows, sample=sample)) == found


@pytest.mark.parametrize(
    ("path", "old", "new", "found"),
    [
        ("metadata.csv", "wait.sum,count", "wait.sum,gauge", [(ROW, "/3/metric_type", "write count")]),
        ("datadog_checks/acme_widget/metrics.py", "    'wait': 'wait',\n", "",
         [(LISTED, f"/{at}/metric_name", "add it to the map in datadog_checks/acme_widget/metrics.py, or take the row away")
          for at in (1, 2, 3)]),
    ],
)  # fmt: skip
def test_a_package_that_changed_is_told_what_its_files_say(path, old, new, found) -> None:
    tile = tile_of(JOBS, *WAIT, sample=FAMILIES)
    assert old in tile.file(path).text
    changed = tile.with_text(path, tile.file(path).text.replace(old, new))
    assert said(changed) == found


@pytest.mark.parametrize(
    "code",
    [
        "METRICS = {",
        "METRICS = {f(): 1}",
        "METRICS = {'jobs': pick()}",
        "A = {'a': 'a'}\nB = {'b': 'b'}",
        "\0",
        "(" * 9999,
    ],
)
def test_a_map_that_is_not_written_down_is_not_guessed(code: str) -> None:
    tile = tile_of(row("jobs", "count"))
    assert said(tile.with_text("datadog_checks/acme_widget/metrics.py", code)) == []


def test_a_check_that_sends_more_may_have_more_rows() -> None:
    tile = tile_of(row("depth")).with_text("datadog_checks/acme_widget/metrics.py", "METRICS = {'other': 'other'}\n")
    assert [rule for rule, _, _ in said(tile)] == [LISTED]
    path = "datadog_checks/acme_widget/check.py"
    more = tile.file(path).text + "\n    def more(self):\n        self.gauge('depth', 1)\n"
    assert said(tile.with_text(path, more)) == []


def test_the_mend_renames_the_counter_alone() -> None:
    tile = tile_of(row("jobs", "count"), row("depth"))
    after = mended(tile).tile
    assert said(after) == []
    assert after.file("metadata.csv").text == tile.file("metadata.csv").text.replace("acme.jobs,", "acme.jobs.count,")


def test_the_form_says_it_at_the_row_and_mends_it_there(tmp_path: Path) -> None:
    session = Session(answers(rows=[row("depth"), row("jobs", "count")]), into=tmp_path)
    (finding,) = [each for each in session.examine().findings if each.rule == ROW]
    assert (finding.step, finding.pointer) == ("metrics", "/1/metric_name")
    assert finding.form.startswith("Write “acme.jobs.count”")
    assert session.mend(finding)
    assert [each.metric_name for each in session.answers.metrics.rows] == ["acme.depth", "acme.jobs.count"]
    assert ROW not in [each.rule for each in session.examine().findings]


@pytest.mark.parametrize(("shows", "then"), [("acme.jobs", "acme.jobs.count"), ("acme.depth", "acme.depth")])
def test_the_metric_that_shows_that_data_arrives_is_renamed_with_its_row(shows: str, then: str, tmp_path: Path) -> None:
    given = answers(rows=[row("depth"), row("jobs", "count")])
    session = Session(replaced(given, ("metrics", "check"), [shows]), into=tmp_path)
    (finding,) = [each for each in session.examine().findings if each.rule == ROW]
    assert session.mend(finding) and session.answers.metrics.check == [then]
    assert not {ROW, "metadata/check"} & {each.rule for each in session.examine().findings}
    assert session.undo() and session.answers.metrics.check == [shows]
