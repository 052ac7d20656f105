"""A pipeline beside its samples: results, differences, places; samples added, taken out, masked, other bytes kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from tilewizard.errors import TilewizardError
from tilewizard.logs.cases import run_tests
from tilewizard.logs.lab import look, row_at, rows_of, rules_row, samples_of
from tilewizard.logs.personal import found_in
from tilewizard.logs.pipeline import read
from tilewizard.logs.proposing import propose
from tilewizard.logs.sampling import (
    appended,
    personal_in,
    with_facets,
    with_samples,
    without_personal_data,
    without_sample,
)

from tests.conftest import corpus_tiles, needs_corpus

ONE = '<165>1 2024-03-28T10:21:53.003Z web01 shop 99 ID47 [ex@1 item="3"] It started'
TWO = '<163>1 2024-03-28T10:21:54.003Z web01 shop 99 ID48 [ex@1 item="4"] It broke'
MADE = propose([ONE, TWO], "acme")
PUBLISHED = [
    (pipeline, tests)
    for tile in corpus_tiles()
    for pipeline in sorted(tile.glob("assets/logs/*.yaml"))
    if (tests := pipeline.with_name(f"{pipeline.stem}_tests.yaml")).is_file()
]


def states(pipeline: str, tests: str) -> list[str]:
    return [run.state for run in look(pipeline, tests).runs]


def test_each_sample_has_a_state() -> None:
    assert states(MADE.pipeline, MADE.tests) == ["passes", "passes"]
    assert states(MADE.pipeline, MADE.tests.replace("status: error", "status: info")) == ["passes", "differs"]
    assert states(MADE.pipeline, f"{MADE.tests}  - sample: '{TWO}'\n") == ["passes", "passes", "open"]
    assert states(MADE.pipeline, f"{MADE.tests}  - sample: another line\n")[2] == "untouched"
    silent = MADE.pipeline.replace("enabled: true", "enabled: false")
    assert states(silent, MADE.tests) == ["untouched", "untouched"]
    assert states("", MADE.tests) == ["fault", "fault"] and look("", MADE.tests).fault
    assert look(MADE.pipeline, "").runs == () and look(MADE.pipeline, "").fault == ""


@pytest.mark.parametrize("broken", ["pipeline: [", "pipeline:\n  processors: 3\n", "- 1\n", "a: b\n"])
def test_what_is_half_typed_is_told_and_the_samples_stay(broken: str) -> None:
    found = look(broken, MADE.tests)
    assert found.fault.startswith("The pipeline ") and [run.sample for run in found.runs] == [ONE, TWO]
    assert look(MADE.pipeline, broken).fault.startswith("The tests file ")


def test_a_grok_rule_that_can_not_be_read_is_a_fault_of_each_sample() -> None:
    wrong = MADE.pipeline.replace("%{integer:syslog.version}", "%{intege:syslog.version}")
    assert wrong != MADE.pipeline
    found = look(wrong, MADE.tests)
    assert [run.state for run in found.runs] == ["fault", "fault"] and "intege" in found.fault


def test_a_result_is_told_by_path_the_reserved_ones_first() -> None:
    rows = rows_of(look(MADE.pipeline, MADE.tests).runs[0].result)
    assert rows[:4] == [
        ("status", "notice"),
        ("service", "shop"),
        ("timestamp", "2024-03-28 10:21:53.003 UTC"),
        ("message", "It started"),
    ]
    assert ("acme.data.item", "3") in rows or ("acme.data.item", '"3"') in rows


def test_a_step_of_the_trace_has_its_line() -> None:
    lines = MADE.pipeline.split("\n")
    for step in look(MADE.pipeline, MADE.tests).runs[0].steps:
        row = row_at(MADE.pipeline, step.place)
        assert row is not None and lines[row].strip().startswith(f"- type: {step.kind}")
    row = rules_row(MADE.pipeline, 0)
    assert row is not None and lines[row].strip().startswith("syslog_5424 ")
    assert rules_row(MADE.pipeline, row) == row and rules_row("a: b", 0) is None


def test_samples_are_added_once_and_taken_out_again() -> None:
    more = with_samples(MADE.pipeline, MADE.tests, [TWO, "hello", "hello", "two\nlines: 'x'"])
    assert more.startswith(MADE.tests)
    assert [run.sample for run in look(MADE.pipeline, more).runs] == [ONE, TWO, "hello", "two\nlines: 'x'"]
    assert "differs" not in states(MADE.pipeline, more)
    assert without_sample(without_sample(more, 4), 3) == MADE.tests
    none = without_sample(without_sample(MADE.tests, 1), 1)
    assert samples_of(none) == [] and "tests: []" in none
    assert len(samples_of(with_samples(MADE.pipeline, none, [ONE]))) == 1
    assert len(samples_of(with_samples(MADE.pipeline, "", [ONE]))) == 1


def test_a_list_in_one_line_is_not_touched() -> None:
    with pytest.raises(TilewizardError, match="`tests`"):
        appended("id: a\ntests: [{sample: x}]\n", "tests", [{"sample": "y"}])


@needs_corpus
@pytest.mark.parametrize("files", PUBLISHED, ids=lambda files: files[0].stem)
def test_a_published_tests_file_takes_a_sample_and_gives_it_back_to_the_byte(files: tuple[Path, Path]) -> None:
    pipeline, tests = (path.read_bytes().decode() for path in files)
    more = with_samples(pipeline, tests, ["a line of its own"])
    number = len(samples_of(more))
    assert more.startswith(tests.rstrip("\n")) and samples_of(more)[:-1] == samples_of(tests)
    assert without_sample(more, number).rstrip("\n") == tests.rstrip("\n")
    assert "fault" not in states(pipeline, more)


def test_personal_data_goes_from_samples_and_from_what_tests_state() -> None:
    lines = [f'{{"level": "warn", "message": "ann@acme.com from 8.8.8.8", "n": {at}}}' for at in (1, 2)]
    made = propose(lines, "acme")
    assert personal_in(lines) == {"mail address": 1, "IP address": 1}
    text = without_personal_data(made.pipeline, made.tests)
    assert found_in(text) == [] and "user1@example.com" in text
    assert set(states(made.pipeline, text)) == {"passes"}
    assert without_personal_data(made.pipeline, text) == text


def test_an_attribute_without_a_facet_gets_one_and_every_other_byte_stays() -> None:
    cut = MADE.pipeline.replace("facets:\n", "facets: # ours\n", 1)
    assert with_facets(MADE.pipeline, MADE.tests) == (MADE.pipeline, 0)
    more = with_samples(MADE.pipeline, MADE.tests, [ONE.replace("item=", "weight=")])
    text, count = with_facets(cut, more)
    assert count == 1 and "path: acme.data.weight" in text
    start = text.rindex("  - groups:\n", 0, text.index("acme.data.weight"))
    assert text.replace(text[start : text.index("pipeline:\n")], "", 1) == cut
    assert read(text).processors == read(cut).processors
    assert not any(case.differences for case in run_tests(read(text), more))
