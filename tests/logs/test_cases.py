"""The tests that are published beside a pipeline: run on it, and written anew, by the library and by the two commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tilewizard.commands.logs import command
from tilewizard.errors import TilewizardError
from tilewizard.logs.cases import pipeline_of, read_file, run_tests
from tilewizard.logs.pipeline import Pipeline
from tilewizard.logs.updating import updated

from tests.conftest import CORPUS, needs_corpus

PUBLISHED = 0.95
"""The share of the published tests whose every stated field must be equal."""

PIPELINE = """id: acme
pipeline:
  type: pipeline
  filter: {query: "source:acme"}
  processors:
    - type: grok-parser
      source: message
      grok: {supportRules: "", matchRules: "r %{word:level} %{data:message}"}
    - type: status-remapper
      sources: [level]
"""
TESTS = """# kept
id:   "acme"
tests:
 -
  sample:  "error it broke"
  result:
    status: "info"
 -
  sample: "info fine"   # kept too
  result:
    status: "info"
"""


def tile(folder: Path) -> Path:
    logs = folder / "assets" / "logs"
    logs.mkdir(parents=True)
    (logs / "acme.yaml").write_text(PIPELINE)
    (logs / "acme_tests.yaml").write_text(TESTS)
    return folder


def test_run_answers_each_line_and_goes_on(tmp_path: Path) -> None:
    pipeline = str(tile(tmp_path) / "assets" / "logs" / "acme.yaml")
    traced = CliRunner().invoke(command, ["run", pipeline, "--trace"], input='{"sample": "error it broke"}').output
    assert json.loads(traced)["trace"][1] == "status-remapper: status = 'error'"
    lines = '{"sample": "error it broke", "service": "shop"}\nnot json\n[1]\n{"sample": "info fine"}\n'
    answers = [
        json.loads(line) for line in CliRunner().invoke(command, ["run", pipeline], input=lines).output.splitlines()
    ]
    assert [answer.get("status") for answer in answers] == ["error", None, None, "info"]
    assert answers[0]["service"] == "shop" and answers[0]["message"] == "error it broke" and answers[0]["unknown"] == []
    assert [answer.get("line") for answer in answers] == [None, 2, 3, None]


def test_update_writes_the_results_that_differ_and_keeps_the_rest(tmp_path: Path) -> None:
    folder = tile(tmp_path)
    tests = folder / "assets" / "logs" / "acme_tests.yaml"
    told = CliRunner().invoke(command, ["test", str(folder)], standalone_mode=False)
    assert told.return_value == 1 and "status: the test states 'info', the pipeline gives 'error'" in told.output
    CliRunner().invoke(command, ["test", str(folder), "--update"], standalone_mode=False)
    text = tests.read_text()
    assert text.startswith(TESTS[: TESTS.index("  result:")]) and text.endswith(
        TESTS[TESTS.index(' -\n  sample: "info') :]
    )
    assert CliRunner().invoke(command, ["test", str(folder)], standalone_mode=False).return_value == 0


def test_update_keeps_line_ends(tmp_path: Path) -> None:
    folder = tile(tmp_path)
    tests = folder / "assets" / "logs" / "acme_tests.yaml"
    tests.write_bytes(tests.read_bytes().replace(b"\n", b"\r\n"))
    CliRunner().invoke(command, ["test", str(folder), "--update"], standalone_mode=False)
    assert tests.read_bytes().replace(b"\r\n", b"").count(b"\n") == 0
    assert CliRunner().invoke(command, ["test", str(folder)], standalone_mode=False).return_value == 0


@needs_corpus
def test_published_tests_are_equal() -> None:
    equal = every = 0
    for tests in sorted(CORPUS.glob("*/assets/logs/*_tests.yaml")):
        cases = run_tests(pipeline_of(tests.with_name(tests.name.replace("_tests", ""))), read_file(tests), str(tests))
        equal += sum(not case.differences for case in cases)
        every += len(cases)
    assert equal >= PUBLISHED * every


@needs_corpus
def test_the_table_in_the_documentation_is_of_today() -> None:
    from tools.logs_page import PAGE, page

    assert PAGE.read_text("utf-8") == page(CORPUS)


def test_update_writes_only_what_a_test_states_and_refuses_what_datadog_alone_knows() -> None:
    pipeline = Pipeline(
        "acme",
        (
            {"type": "status-remapper", "sources": ["level"]},
            {"type": "geo-ip-parser", "sources": ["ip"], "target": "place"},
        ),
        frozenset({"acme"}),
    )
    stated = 'tests:\n- sample: \'{"level": "warn"}\'\n  result:\n    custom: {}\n    message: old\n'
    written = updated(stated, run_tests(pipeline, stated))
    assert "level: warn" in written and "status:" not in written and "timestamp:" not in written
    unknown = stated.replace("level", "ip").replace("warn", "1.2.3.4")
    with pytest.raises(TilewizardError, match=r"test 1 can't be written: `custom.place`"):
        updated(unknown, run_tests(pipeline, unknown))
    known = unknown.replace("custom: {}", "custom: {place: {country: France}}")
    assert "country: France" in updated(known, run_tests(pipeline, known))


@pytest.mark.parametrize("text", ["d: \0\n", "a: 1\na: 2\n"])
def test_a_tests_file_that_only_some_readers_take_is_not_written_anew(text: str) -> None:
    tests = f"tests:\n- sample: a\n{text}"
    with pytest.raises(TilewizardError, match="could not be rewritten"):
        updated(tests, run_tests(Pipeline("acme", (), frozenset()), "tests:\n- sample: a\n"))
