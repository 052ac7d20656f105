"""The Python package of an Agent tile: what stands in it, from which answers."""

from __future__ import annotations

import ast
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from tilewizard.answers.model import Answers
from tilewizard.answers.telemetry import MetricRow
from tilewizard.authoring.author import answers_of, author
from tilewizard.authoring.parts import agent_metrics
from tilewizard.authoring.parts.agent_check import plain_yaml

RECIPE = {
    "pyproject.toml",
    "hatch.toml",
    "assets/configuration/spec.yaml",
    "assets/service_checks.json",
    "tests/__init__.py",
    "tests/conftest.py",
    "tests/test_unit.py",
    *(
        f"datadog_checks/acme_widget/{name}"
        for name in (
            *("__init__.py", "__about__.py", "check.py", "metrics.py", "data/conf.yaml.example"),
            *(f"config_models/{name}.py" for name in ("__init__", "defaults", "instance", "shared", "validators")),
        )
    ),
}
FIXTURE = {"openmetrics-check": "tests/fixtures/metrics.txt", "python-check": "tests/fixtures/answer.json"}


def answers(type_="openmetrics-check", rows=(), sample="", **more):
    listing = {"title": "Acme Widget", "directory": "acme_widget", **more.pop("listing", {})}
    return Answers.model_validate(
        {
            "target": "integrations-extras",
            "type": type_,
            "submits": ["metrics"],
            "listing": listing,
            "author": {"name": "Acme", "support_email": "support@acme.example"},
            "metrics": {"prefix": "acme.", "rows": list(rows), "sample": sample},
            "changelog": [{"version": "1.2.0"}],
            **more,
        }
    )


def row(name, kind="gauge", source=""):
    return MetricRow(metric_name=f"acme.{name}", metric_type=kind, source=source)


@pytest.mark.parametrize("type_", FIXTURE)
def test_all_files_of_the_recipe_are_there_and_are_what_they_are_called(type_):
    tile = author(answers(type_, [row("depth")], submits=["metrics", "events", "logs"]))
    assert RECIPE | {FIXTURE[type_]} <= set(tile.paths)
    for path in tile.paths:
        if path.endswith(".py"):
            ast.parse(tile.file(path).text)
        elif path.endswith((".yaml", ".yaml.example")):
            YAML(typ="safe").load(tile.file(path).text)
    assert '__version__ = "1.2.0"' in tile.file("datadog_checks/acme_widget/__about__.py").text


SAMPLE = """\
# TYPE jobs_total counter
jobs_total 1
# TYPE wait histogram
wait_bucket{le="1"} 1
wait_bucket{le="+Inf"} 1
wait_sum 1
wait_count 1
loose 3
# TYPE unused gauge
unused 1
"""


def test_the_map_follows_the_exposition():
    rows = [
        *(row("jobs.count", "count", "jobs"), row("wait.bucket", "count", "wait"), row("wait.count", "count", "wait")),
        *(row("wait.sum", "count", "wait"), row("loose", "gauge", "loose")),
    ]
    tile = author(answers(rows=rows, sample=SAMPLE))
    scope: dict = {}
    exec(tile.file("datadog_checks/acme_widget/metrics.py").text, scope)
    assert scope["METRICS"] == {"jobs": "jobs", "wait": "wait", "loose": {"name": "loose", "type": "gauge"}}
    fixture = tile.file("tests/fixtures/metrics.txt").text
    assert "jobs_total 1.0" in fixture and "unused" not in fixture


@pytest.mark.parametrize(
    ("rows", "family", "kind"),
    [
        ([row("jobs.count", "count")], "jobs", "counter"),
        ([row("wait.bucket", "count"), row("wait.sum", "count"), row("wait.count", "count")], "wait", "histogram"),
        ([row("wait.quantile"), row("wait.sum", "count"), row("wait.count", "count")], "wait", "summary"),
        ([row("wait.sum", "count"), row("wait.count", "count")], "wait", "summary"),
        ([row("pool.size")], "pool_size", "gauge"),
        ([row("things.count", "gauge")], "things_count", "gauge"),
        ([row("jobs", "count")], "jobs", "counter"),
        ([row("jobs.total", "count")], "jobs", "counter"),
        ([row("wait.sum", "count")], "wait", "summary"),
        ([row("wait.sum", "gauge")], "wait_sum", "gauge"),
        ([row("wait.bucket", "gauge")], "wait_bucket", "gauge"),
    ],
)
def test_rows_that_name_no_source_are_of_the_family_that_explains_them(rows, family, kind):
    (found,) = agent_metrics.exposed(answers(rows=rows))
    assert (found.source, found.type) == (family, kind)


@pytest.mark.parametrize(
    ("rows", "exposed", "entry"),
    [
        ([row("jobs", "count", "jobs")], "# TYPE jobs_total counter\njobs_total 1", "jobs"),
        ([row("jobs", "gauge", "jobs")], "# TYPE jobs_total counter\njobs_total 1", {"name": "jobs", "type": "gauge"}),
        ([row("jobs", "rate", "jobs")], "# TYPE jobs_total counter\njobs_total 1", {"name": "jobs", "type": "rate"}),
        ([row("jobs.count", "rate")], "", {"name": "jobs.count", "type": "rate"}),
        ([row("jobs.count", "count", "jobs")], "jobs 1", {"name": "jobs", "type": "counter"}),
        ([row("jobs.count", "count", "jobs")], "# TYPE jobs gauge\njobs 1", {"name": "jobs", "type": "counter"}),
    ],
)
def test_a_family_is_told_the_type_that_its_row_asks_for(rows, exposed, entry):
    tile = author(answers(rows=rows, sample=exposed))
    scope: dict = {}
    exec(tile.file("datadog_checks/acme_widget/metrics.py").text, scope)
    assert list(scope["METRICS"].values()) == [entry]


def test_metrics_of_another_prefix_are_not_the_checks():
    other = MetricRow(metric_name="datadog.marketplace.acme.widget", metric_type="gauge")
    assert agent_metrics.exposed(answers(rows=[other])) == []
    assert agent_metrics.figures(answers("python-check", rows=[other])) == []


def test_figures_keep_their_path_and_the_recorded_answer_has_each():
    rows = [row("jobs", "count", "jobs_total"), row("depth", "gauge", "queues[].depth"), row("new")]
    given = answers("python-check", rows, sample='{"queues": [{"name": "a", "depth": 1.5}], "jobs_total": "many"}')
    assert [(each.path, each.method) for each in agent_metrics.figures(given)] == [
        ("jobs_total", "monotonic_count"),
        ("new", "gauge"),
        ("queues[].depth", "gauge"),
    ]
    answer = json.loads(author(given).file("tests/fixtures/answer.json").text)
    assert answer["queues"] == [{"name": "a", "depth": 1.5}]
    assert isinstance(answer["jobs_total"], int) and isinstance(answer["new"], int)


@pytest.mark.parametrize(
    ("type_", "check"), [("openmetrics-check", "openmetrics.health"), ("python-check", "can_connect")]
)
def test_the_check_s_own_service_check_is_listed_once(type_, check):
    listed = author(answers(type_, [row("a")])).file("assets/service_checks.json").json.value
    assert [(each["check"], each["statuses"]) for each in listed] == [(f"acme.{check}", ["ok", "critical"])]
    own = [{"name": "Mine", "check": f"acme.{check}", "statuses": ["ok"], "description": "d"}]
    listed = author(answers(type_, [row("a")], service_checks=own)).file("assets/service_checks.json").json.value
    assert [each["name"] for each in listed] == ["Mine"]


@pytest.mark.parametrize("title", ['A "quoted" \\ thing', "It's: # {{ 7 }} {% x %}", "Ünïcode ☃", "'''"])
@pytest.mark.parametrize("type_", FIXTURE)
def test_text_of_a_partner_is_never_code(title, type_):
    rows = [MetricRow(metric_name="acme.x'] + exit() #", metric_type="gauge", source=title)]
    tile = author(answers(type_, rows, listing={"title": title, "directory": "acme_widget"}))
    for path in tile.paths:
        if path.endswith(".py"):
            ast.parse(tile.file(path).text)
    spec = YAML(typ="safe").load(tile.file("assets/configuration/spec.yaml").text)
    assert spec["name"] == title
    import tomllib

    assert tomllib.loads(tile.file("pyproject.toml").text)["project"]["description"] == f"The {title} check"


def test_an_endpoint_is_quoted_where_yaml_asks_for_it_and_read_again():
    odd = answers(integration={"endpoint": "http://localhost:9/m?a=1 #b: c"})
    tile = author(odd)
    spec = YAML(typ="safe").load(tile.file("assets/configuration/spec.yaml").text)
    overrides = spec["files"][0]["options"][1]["options"][0]["overrides"]
    assert overrides["openmetrics_endpoint.value.example"] == odd.integration.endpoint
    example = YAML(typ="safe").load(tile.file("datadog_checks/acme_widget/data/conf.yaml.example").text)
    assert example["instances"] == [{"openmetrics_endpoint": odd.integration.endpoint}]


def test_an_existing_package_is_left_alone(tmp_path):
    tile = author(answers(rows=[row("a")]))
    again = author(answers_of(tile), tile)
    assert {path: again.file(path).data for path in again.paths} == {path: tile.file(path).data for path in tile.paths}
    more = answers_of(tile)
    rows = [*more.metrics.rows, row("b")]
    changed = author(more.model_copy(update={"metrics": more.metrics.model_copy(update={"rows": rows})}), tile)
    touched = {path for path in changed.paths if changed.file(path).data != tile.file(path).data}
    assert touched == {"metadata.csv"}


def as_datadog_reads(text):
    """YAML 1.1, which ddev and the Agent read."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 1)
    return yaml.load(text)


NO_TEXTS = ("Yes", "no", "on", "Off", "y", "N", "~", "null", "1.10", "010", "0x1f", "0o17", "1_000", "12:30", "1e3", ".inf", "=", "<<", "2024-01-01")  # fmt: skip


@pytest.mark.parametrize("title", [*NO_TEXTS, "true", "+1", "- a", "a: b", "a #b", "%x", "---", " a", "It's"])
@pytest.mark.parametrize("type_", FIXTURE)
def test_a_word_that_yaml_takes_for_something_else_stays_the_text_that_it_is(title, type_):
    more = {"integration": {"source_type_name": title}, "logs": {"source": title}, "submits": ["metrics", "logs"]}
    tile = author(answers(type_, [], **more))
    text = tile.file("assets/configuration/spec.yaml").text
    for read in (as_datadog_reads, YAML(typ="safe", pure=True).load):
        spec = read(text)  # ddev's way, and ours.
        assert spec["name"] == title
        assert spec["files"][0]["options"][-1]["example"][0]["source"] == title
    example = re.search(
        r"^#? *source: (.*)$", tile.file("datadog_checks/acme_widget/data/conf.yaml.example").text, re.MULTILINE
    )
    assert as_datadog_reads(f"source: {example[1]}") == {"source": title}


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12))
def test_any_text_is_read_back_by_both_versions_of_yaml(text):
    written = f"a: {plain_yaml(text)}\n"
    assert as_datadog_reads(written) == YAML(typ="safe", pure=True).load(written) == {"a": text}


@pytest.mark.parametrize("type_", FIXTURE)
@pytest.mark.parametrize("submits", [["logs"], ["events"], ["service_checks"]])
def test_a_check_that_sends_no_metrics_has_a_namespace_and_tests_that_read_no_metadata(type_, submits):
    tile = author(answers(type_, [], submits=submits, metrics={}))
    assert tile.file("metadata.csv") is None and "get_metadata_metrics" not in tile.file("tests/test_unit.py").text
    assert "__NAMESPACE__ = 'acme_widget'" in tile.file("datadog_checks/acme_widget/check.py").text
    (own,) = tile.file("assets/service_checks.json").json.value
    assert own["check"].startswith("acme_widget.") and own["check"] in tile.file("tests/test_unit.py").text
    assert "get_metadata_metrics" in author(answers(type_, [])).file("tests/test_unit.py").text
