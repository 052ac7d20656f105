"""A monitor's query in its parts: each is read, and changing one leaves every other character."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tilewizard.inspection.monitor_query import OUTER, PARTS, taken_apart

from tests.conftest import CORPUS, needs_corpus

SIMPLE = "avg(last_5m):avg:acme.requests{env:prod,host:a}  by {host, env}.as_count().rollup(sum, 60)  >= 1.5 "


def test_each_part_is_as_one_reads_it() -> None:
    query = taken_apart(SIMPLE)
    assert query is not None
    assert {name: query.part(name) for name in PARTS} == {
        "over": "avg",
        "window": "5m",
        "across": "avg",
        "metric": "acme.requests",
        "scope": "env:prod,host:a",
        "by": "host, env",
        "functions": ".as_count().rollup(sum, 60)",
        "comparison": ">=",
        "threshold": "1.5",
    }


@pytest.mark.parametrize(
    ("part", "value", "old", "new"),
    [
        ("over", "max", "avg(last", "max(last"),
        ("window", "1h", "last_5m", "last_1h"),
        ("window", "last_1h", "last_5m", "last_1h"),
        ("across", "sum", ":avg:", ":sum:"),
        ("metric", "acme.errors", "acme.requests", "acme.errors"),
        ("scope", "", "{env:prod,host:a}", "{*}"),
        ("by", "host", "  by {host, env}", " by {host}"),
        ("by", " ", "  by {host, env}", ""),
        ("functions", "", ".as_count().rollup(sum, 60)", ""),
        ("comparison", "<", ">=", "<"),
        ("threshold", "2", "1.5", "2"),
    ],
)
def test_a_part_that_is_changed_leaves_the_rest(part: str, value: str, old: str, new: str) -> None:
    query = taken_apart(SIMPLE)
    assert query is not None
    assert query.with_part(part, value).text == SIMPLE.replace(old, new)
    assert query.with_part(part, query.part(part)).text == SIMPLE


@pytest.mark.parametrize(
    ("query", "expression"),
    [
        ("sum(last_1h):(avg:a.b{*} / avg:a.c{*}) * 100 > 90", "(avg:a.b{*} / avg:a.c{*}) * 100"),
        ("avg(last_4h):anomalies(avg:a.b{*}, 'basic', 2) >= 1", "anomalies(avg:a.b{*}, 'basic', 2)"),
        ("avg(last_5m):avg:a.b{*} > 1 && x > 2", "avg:a.b{*} > 1 && x"),
    ],
)
def test_of_an_expression_what_stands_around_it_is_taken_apart(query: str, expression: str) -> None:
    found = taken_apart(query)
    assert found is not None
    assert set(found.places) == set(OUTER)
    assert found.part("expression") == expression
    assert found.with_part("threshold", "7").text == query[: query.rindex(" ") + 1] + "7"


@pytest.mark.parametrize(
    "query",
    [
        "",
        '"a.b".over("*").last(2).count_by_status()',
        "12 && 13",
        'logs("x").index("*").rollup("count").last("5m") > 1',
    ],
)
def test_any_other_query_is_a_text(query: str) -> None:
    assert taken_apart(query) is None


@given(some.text(alphabet="avgsum(last_5m):.{}*by >=<,1 \n'é", max_size=60))
def test_whatever_is_taken_apart_is_the_same_together(query: str) -> None:
    found = taken_apart(query)
    if found is not None:
        assert found.text == query
        assert all(found.with_part(name, found.part(name)).text == query for name in found.places)


@needs_corpus
def test_published_queries_are_the_same_together() -> None:
    kinds = {"metric": 0, "expression": 0, "text": 0}
    for path in CORPUS.glob("*/assets/*monitors/*.json"):
        query = json.loads(path.read_text("utf-8"))["definition"]["query"]
        found = taken_apart(query)
        kinds["text" if found is None else "metric" if "metric" in found.places else "expression"] += 1
        assert found is None or found.text == query
    assert min(kinds.values()) > 0
    assert kinds["metric"] + kinds["expression"] > 15
