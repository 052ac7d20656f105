"""Log pipelines and their tests: what had to be repaired, in other spellings and other places than the published cases."""

from __future__ import annotations

import pytest

from .applying import with_content
from .clean_tile import clean_tile
from .edges import said

PIPELINE = "assets/logs/acme_widget.yaml"
TESTS = "assets/logs/acme_widget_tests.yaml"
HEAD = "id: acme_widget\nmetric_id: acme-corp-acme-widget\nbackend_only: false\n"
FACET = "  - name: Cache\n    path: acme_widget.cache\n    groups:\n      - Acme\n"


def processor(kind: str, source: str, more: str = "", enabled: str = "true") -> str:
    return f"    - type: {kind}\n      name: x\n      enabled: {enabled}\n      sources:\n        - {source}\n{more}"


DATE, SERVICE = processor("date-remapper", "ts"), processor("service-remapper", "app")
STATUS, MESSAGE = processor("status-remapper", "level"), processor("message-remapper", "msg")
ALL = DATE + SERVICE + STATUS + MESSAGE


def inner(processors: str) -> str:
    """The processors in a pipeline within the pipeline."""
    lines = "".join(f"    {line}\n" for line in processors.splitlines())
    return f"    - type: pipeline\n      name: inner\n      enabled: true\n      processors:\n{lines}"


def told(rule: str, processors: str, facets: str = "", comment: str = "") -> list[str]:
    listed = f"facets:\n{facets}" if facets else "facets: []\n"
    text = f"{comment}{HEAD}{listed}pipeline:\n  type: pipeline\n  name: Acme\n  processors:\n{processors}"
    found = said(rule, with_content(clean_tile(), PIPELINE, text))
    return [each.message for each in found if each.file == PIPELINE]


@pytest.mark.parametrize(
    ("processors", "missing"),
    [
        (ALL, []),
        (inner(ALL), []),
        (inner(DATE) + SERVICE + STATUS + MESSAGE, []),
        (SERVICE + STATUS + MESSAGE, ["date-remapper"]),
        (DATE + STATUS + MESSAGE, ["service-remapper"]),
        (DATE + SERVICE + inner(MESSAGE), ["status-remapper"]),
        (processor("attribute-remapper", "msg", "      target: message\n") + DATE + SERVICE + STATUS, ["message-remapper"]),
        (processor("date-remapper", "ts", enabled="false") + SERVICE + STATUS + MESSAGE, ["date-remapper"]),
        (DATE + processor("service-remapper", "app", enabled="False") + STATUS + MESSAGE, ["service-remapper"]),
    ],
)  # fmt: skip
def test_a_pipeline_has_a_remapper_of_each_kind_that_works(processors: str, missing: list[str]) -> None:
    assert told("logs/remapper", processors) == [f"the pipeline has no {kind}" for kind in missing]


@pytest.mark.parametrize(
    ("source", "speaks"),
    [
        ("app", False),
        ("kubernetes.labels.app", False),
        ("project", False),
        ("serviceName", False),
        ("host", True),
        ("hostName", True),
        ("http.url_details.host", True),
        ("client.ip", True),
        ("client_ip", True),
        ("request.id", True),
        ("usr.name", True),
    ],
)
def test_a_service_names_an_application(source: str, speaks: bool) -> None:
    taken = processor("service-remapper", source)
    assert bool(told("logs/service-attribute", DATE + taken)) is speaks
    assert bool(told("logs/service-attribute", DATE + inner(taken))) is speaks


@pytest.mark.parametrize(
    ("more", "facets", "speaks"),
    [
        ("      preserveSource: true\n", "", True),
        ("      preserveSource: True\n", "", True),
        ("      preserveSource: false\n", "", False),
        ("", "", False),
        (
            "      preserveSource: true\n",
            "  - name: Who\n    path: who\n    source: log\n    groups:\n      - Acme\n",
            False,
        ),
    ],
)
def test_a_remapper_moves_what_nothing_else_reads(more: str, facets: str, speaks: bool) -> None:
    moved = processor("attribute-remapper", "who", f"      target: usr.id\n{more}")
    assert bool(told("logs/preserve-source", ALL + moved, facets)) is speaks
    assert bool(told("logs/preserve-source", ALL + inner(moved), facets)) is speaks


@pytest.mark.parametrize(
    ("key", "text", "speaks"),
    [
        ("matchRules", "rule %{word:x}", False),
        ("matchRules", r"rule \.*%{word:x}", False),
        ("matchRules", "rule %{data::json}", False),
        ("matchRules", "rule .*%{word:x}", True),
        ("matchRules", "rule .+%{word:x}", True),
        ("matchRules", "rule %{regex(\"a.*\"):x}", True),
        ("supportRules", "tail .*", True),
        ("supportRules", "tail %{data:x}", False),
    ],
)  # fmt: skip
def test_grok_rules_have_no_wildcards(key: str, text: str, speaks: bool) -> None:
    parser = f"    - type: grok-parser\n      name: x\n      enabled: true\n      source: message\n      grok:\n        {key}: '{text}'\n"
    assert bool(told("logs/grok-wildcard", ALL + parser)) is speaks
    assert bool(told("logs/grok-wildcard", ALL + inner(parser))) is speaks


@pytest.mark.parametrize(
    ("target_type", "source", "right"),
    [
        ("tag", "log", "tag"),
        ("attribute", "tag", "log"),
        ("tag", "tag", None),
        ("attribute", "log", None),
    ],
)
def test_a_facet_looks_where_the_pipeline_writes(target_type: str, source: str, right: str | None) -> None:
    more = f"      target: acme_widget.cache\n      targetType: {target_type}\n"
    mapped = processor("attribute-remapper", "c", more)
    expected = [f"the facet “acme_widget.cache” has the source “{source}”"] if right else []
    for processors in (ALL + mapped, ALL + inner(mapped)):
        assert told("logs/facet-source", processors, f"{FACET}    source: {source}\n") == expected


@pytest.mark.parametrize(
    ("more", "speaks"),
    [
        ("    source: log\n", False),
        ("    source: log\n    facetType: list\n    type: string\n", False),
        ("    source: log\n    facetType: range\n    type: integer\n", False),
        ("    source: log\n    facetType: range\n    type: boolean\n", True),
        ("    source: log\n    facetType: slider\n", True),
        ("    source: log\n    type: number\n", True),
        ("    source: logs\n", True),
    ],
)
def test_a_facet_is_of_a_known_kind(more: str, speaks: bool) -> None:
    assert bool(told("logs/facet-type", ALL, f"{FACET}{more}")) is speaks


@pytest.mark.parametrize(
    ("result", "speaks"),
    [
        ("      custom:\n        a: 1\n        b: 2\n      message: x\n", False),
        ("      custom:\n        b: 2\n        a: 1\n      message: x\n", True),
        ("      message: x\n      custom:\n        a: 1\n", True),
        ("      custom:\n        a:\n          z: 1\n          y: 2\n      message: x\n", True),
        ("      custom:\n        a:\n          - z: 1\n            y: 2\n      message: x\n", True),
        ("      custom: {b: 2, a: 1}\n      message: x\n", True),
        ("      custom:\n        \"b\": 2\n        a: 1\n      message: x\n", True),
        ("      message: x\n", False),
    ],
)  # fmt: skip
def test_results_are_sorted_at_every_depth(result: str, speaks: bool) -> None:
    tile = with_content(clean_tile(), TESTS, f"id: acme_widget\ntests:\n  - sample: x\n    result:\n{result}")
    found = [each for each in said("logs/test-order", tile) if each.file == TESTS]
    assert bool(found) is speaks
    for each in found if "{" not in result else ():  # Keys on one line are sorted by hand.
        assert each.fix is not None and said("logs/test-order", each.fix(tile)) == []
