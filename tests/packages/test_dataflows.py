"""assets/dataflows.yaml, from what is sent."""

from __future__ import annotations

import pytest
from ruamel.yaml import YAML
from tilewizard.answers.model import Answers
from tilewizard.authoring.author import answers_of, author
from tilewizard.checking.check import check


def answers(submits, **more):
    return Answers.model_validate(
        {"target": "integrations-extras", "submits": submits, "listing": {"title": "Acme Widget"}, **more}
    )


@pytest.mark.parametrize(
    ("submits", "kinds"),
    [
        (["metrics"], ["metrics"]),
        (["events", "logs", "metrics", "traces"], ["metrics", "logs", "events", "traces"]),
        (["service_checks", "incidents", "security_events"], None),
    ],
)
def test_each_kind_of_data_is_a_flow(submits, kinds):
    tile = author(answers(submits))
    file = tile.file("assets/dataflows.yaml")
    if kinds is None:
        assert file is None
        return
    provides = YAML(typ="safe").load(file.text)["provides"]
    assert [(each["id"], each["data_type"], each["direction"]) for each in provides] == [
        (f"acme-widget-{kind}", kind, "inbound") for kind in kinds
    ]
    assert not [each for each in check(tile) if each.rule.startswith("dataflows/")]


def test_a_kind_that_comes_is_appended_and_what_stands_stays():
    tile = author(answers(["metrics"]))
    own = tile.file("assets/dataflows.yaml")
    tile = tile.with_files([own.with_text(own.text.replace("always_on: true", "always_on: false  # ours"))])
    before = answers_of(tile)
    assert author(before, tile).file("assets/dataflows.yaml").text == tile.file("assets/dataflows.yaml").text
    changed = author(before.model_copy(update={"submits": [*before.submits, "logs"]}), tile)
    text = changed.file("assets/dataflows.yaml").text
    assert text.startswith(tile.file("assets/dataflows.yaml").text)
    assert [each["data_type"] for each in YAML(typ="safe").load(text)["provides"]] == ["metrics", "logs"]
