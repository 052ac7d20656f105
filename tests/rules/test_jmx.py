"""Packages that JMXFetch runs: what their metrics and specs must say, and that no other package is asked for it."""

from __future__ import annotations

import pytest
from tilewizard.checking.check import check
from tilewizard.inspection.agent_spec import SPEC
from tilewizard.rules.package.jmx import _CONF, _METRICS, _SIGN, _SPEC, GOOD
from tilewizard.tile.tile import Tile

from .clean_tile import clean_tile


def package(metrics: str = GOOD, conf: str = _SIGN, spec: str = _SPEC) -> Tile:
    return clean_tile().with_text(_METRICS, metrics).with_text(_CONF, conf).with_text(SPEC, spec)


def said(tile: Tile) -> dict[str, str]:
    return {each.rule: each.message for each in check(tile) if each.rule.startswith("package/jmx-")}


@pytest.mark.parametrize("word", ["false", "no", "off", "0", "''", "null", ""])
def test_a_package_that_jmxfetch_does_not_run_is_asked_for_nothing(word: str) -> None:
    assert said(package("x: 1\n", _SIGN.replace("true", word), spec="name: A\nfiles: []\n")) == {}


@pytest.mark.parametrize("conf", ["", "init_config:\n", "- is_jmx\n", "is_jmx: true\n", "init_config: {is_jmx: *a}\n"])
def test_what_the_example_does_not_say_counts_for_nothing(conf: str) -> None:
    assert said(package("x: 1\n", conf)) == {}


def test_a_key_that_stands_twice_is_told_where_it_does() -> None:
    tile = package(f"{GOOD}    bean: other\n")
    found = next(each for each in check(tile) if each.rule == "package/jmx-metrics")
    assert found.file == _METRICS and found.line == 9 and "bean" in found.message


@pytest.mark.parametrize(
    ("metrics", "rule"),
    [
        ("[]\n", "package/jmx-metrics"),
        ("jmx_metrics: text\n", "package/jmx-metrics"),
        ("jmx_metrics:\n- text\n", "package/jmx-scope"),
        ("jmx_metrics:\n- include: {}\n", "package/jmx-scope"),
        ("jmx_metrics:\n- include:\n    bean: [a, b, a]\n    attribute: {X: {}}\n", "package/jmx-duplicate"),
        ("jmx_metrics:\n- include:\n    bean: a\n    attribute: [X]\n", "package/jmx-duplicate"),
    ],
)
def test_each_form_of_a_fault_is_told(metrics: str, rule: str) -> None:
    assert set(said(package(metrics))) == {rule}


@pytest.mark.parametrize(
    "spec", ["files: {}\n", "files: [a]\n", "files: [{options: [a]}]\n", "files: [{options: [{options: 1}]}]\n"]
)
def test_a_spec_of_any_form_is_read(spec: str) -> None:
    assert set(said(package(spec=spec))) == {"package/jmx-templates"}
