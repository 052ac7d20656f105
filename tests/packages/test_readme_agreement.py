"""What README.md says of data, prefix and port, against the files beside it."""

from __future__ import annotations

import pytest
from tilewizard.answers.model import Answers
from tilewizard.answers.telemetry import ServiceCheck
from tilewizard.authoring.author import author
from tilewizard.checking.check import check
from tilewizard.field.vocabulary import TileType
from tilewizard.readme.data_collected import with_data_collected
from tilewizard.tile.tile import README, Tile

from tests.packages.test_agent_package import answers, row

RULES = ("readme/denied-data", "readme/untold-data", "readme/metric-prefix", "readme/port", "readme/configuration")


def said(tile: Tile) -> list[str]:
    return [f"{each.rule}: {each.message}" for each in check(tile) if each.rule in RULES]


def a_tile(text: str, **changes: object) -> Tile:
    asked: Answers = answers(rows=[row("a.count", "count")], readme={"Overview": "What.", "Setup": "Do."})
    tile = author(asked.model_copy(update=changes))
    file = tile.file(README)
    assert file is not None
    return tile.with_text(README, f"{file.text.rstrip()}\n\n{text}\n")


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("It does not include any metrics.", ["metric"]),
        ("It doesn't send any metrics or service checks.", ["metric", "service check"]),
        ("It does not include any service checks, events, or metrics at this time.", ["metric", "service check"]),
        ("It does not include any events.", []),
        ("It does not include any custom metrics.", []),
        ("It sends metrics.", []),
    ],
)
def test_what_is_sent_is_not_denied(sentence: str, kinds: list[str]) -> None:
    tile = a_tile(f"## Data Collected\n\n{sentence}", submits=["metrics"])
    found = [each.split(": ")[1] for each in said(tile) if each.startswith("readme/denied")]
    assert [each.partition(" are sent, and ")[0] for each in found] == [
        f"README.md says that no {kind}s" for kind in kinds
    ]
    elsewhere = a_tile(f"## Other\n\n{sentence}", submits=["metrics"])
    assert not [each for each in said(elsewhere) if each.startswith("readme/denied")]


@pytest.mark.parametrize("kind", ["logs", "events", "traces", "incidents"])
def test_what_is_tagged_is_told_of(kind: str) -> None:
    silent = a_tile("## Data Collected\n\nMetrics.", submits=["metrics", kind])
    assert f"readme/untold-data: {kind} are tagged, and README.md tells of none" in said(silent)
    told = a_tile(f"## Data Collected\n\nMetrics and {kind}.", submits=["metrics", kind])
    assert not [each for each in said(told) if each.startswith("readme/untold")]


@pytest.mark.parametrize(
    ("line", "speaks"),
    [
        ("Look for metrics that start with `acme_gadget.`.", True),
        ("All metrics have the prefix `acme_gadget.*`.", True),
        ("The prefix of `acme.b.` stands before each metric.", True),
        ("Look for metrics that start with `acme.`.", False),
        ("Unpack it into `conf.`, then look around.", False),
        ("Look for metrics that start with acme_gadget.", False),
    ],
)
def test_a_prefix_in_the_readme_is_one_that_metrics_have(line: str, speaks: bool) -> None:
    tile = a_tile(line)
    found = [each for each in check(tile) if each.rule == "readme/metric-prefix"]
    assert bool(found) is speaks
    for each in found:
        assert each.fix is not None
        assert not [again for again in check(each.fix(tile)) if again.rule == "readme/metric-prefix"]


@pytest.mark.parametrize(
    ("address", "speaks"),
    [
        ("http://localhost:9091/metrics", True),
        ("http://<HOST>:9091/metrics", True),
        ("http://localhost:8080/metrics", False),
        ("http://widget.acme.example:9091/metrics", False),
        ("http://localhost/metrics", False),
    ],
)
def test_a_port_in_the_readme_is_that_of_the_spec(address: str, speaks: bool) -> None:
    block = f"```yaml\ninstances:\n  - openmetrics_endpoint: {address}\n```"
    base: Answers = answers(rows=[row("a")])
    integration = base.integration.model_copy(update={"endpoint": "http://localhost:8080/metrics"})
    found = [each for each in said(a_tile(block, integration=integration)) if each.startswith("readme/port")]
    assert bool(found) is speaks


def test_without_config_models_the_options_are_those_of_the_spec() -> None:
    tile = a_tile("```yaml\ninstances:\n  - openmetrics_endpiont: http://x\n```")
    bare = Tile(
        {path: file for path in tile.paths if "config_models" not in path and (file := tile.file(path)) is not None},
        name=tile.name,
        target=tile.target,
    )
    assert "readme/configuration: “openmetrics_endpiont” is no option of the check" in said(bare)


@pytest.mark.parametrize("kind", [TileType.OPENMETRICS, TileType.PYTHON, TileType.DOGSTATSD, TileType.REST_API])
def test_what_is_made_from_the_answers_agrees_with_the_files(kind: TileType) -> None:
    asked = with_data_collected(answers(rows=[row("a.count", "count")]).model_copy(update={"type": kind}))
    assert said(author(asked)) == []


def test_service_checks_that_were_chosen_and_not_named_are_asked_for() -> None:
    asked: Answers = answers(rows=[row("a")]).model_copy(
        update={"type": TileType.REST_API, "submits": ["metrics", "service_checks"], "service_checks": []}
    )
    assert [
        each.message
        for each in check(author(with_data_collected(asked)))
        if each.rule == "readme/starter" and "service checks" in each.message
    ]
    named = asked.model_copy(
        update={"service_checks": [ServiceCheck(check="acme_widget.up", name="Up", description="Whether it is up.")]}
    )
    assert "«the service" not in with_data_collected(named).readme["Data Collected"]
