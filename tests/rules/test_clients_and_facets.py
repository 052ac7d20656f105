"""Addresses and roles of OAuth clients, and the facets of log pipelines, case by case."""

from __future__ import annotations

from typing import Any

import pytest
from tilewizard.tile.tile import Tile

from .applying import with_content
from .clean_tile import clean_tile
from .edges import said, severities

CLIENTS = "assets/oauth_clients.json"
PIPELINE = "assets/logs/acme_widget.yaml"


def client(**changes: Any) -> Tile:
    return with_content(clean_tile(), CLIENTS, {"integration": changes})


def facet(text: str, head: str = "", name: str = "acme_widget") -> Tile:
    body = f"{head}id: {name}\nfacets:\n  - {text}\npipeline:\n  type: pipeline\n  name: Acme\n"
    return with_content(clean_tile(), PIPELINE, body)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://acme.example/callback", []),
        ("https://app-dev.acme.example/callback", ["info"]),
        ("https://staging.acme.example/callback", ["info"]),
        ("https://STAGING.acme.example/callback", ["info"]),
        ("https://acme.example/staging", ["info"]),
        ("https://acme.dev/callback", []),
        ("https://beta.acme.dev/callback", ["info"]),
        ("https://latest.acme.example/attest", []),
        ("https://acme.example/testing-tools/callback", []),
        ("https://acme.example/callback?from=test", []),
        ("https://acme.example/callback?env=test", ["info"]),
        ("https://localhost:8080/callback", ["info"]),
        ("https://127.0.0.1/callback", ["info"]),
        ("https://[::1]/callback", ["info"]),
        ("https://[/callback", []),
        ("", []),
        (7, []),
    ],
)
def test_an_address_is_for_customers(address: Any, expected: list[str]) -> None:
    assert severities("oauth/test-address", client(redirect_uris=[address])) == expected
    assert severities("oauth/test-address", client(onboarding_url=address)) == expected


@pytest.mark.parametrize("addresses", [None, "https://staging.acme.example", {"0": "https://staging.acme.example"}])
def test_addresses_that_are_no_list_are_another_rules(addresses: Any) -> None:
    assert severities("oauth/test-address", client(redirect_uris=addresses)) == []


@pytest.mark.parametrize(
    ("role", "expected"),
    [("integration", []), ("Integration", ["info"]), ("admin", ["info"]), ("", []), (None, []), (["integration"], [])],
)
def test_a_client_is_of_an_integration(role: Any, expected: list[str]) -> None:
    assert severities("oauth/role", client(client_role=role)) == expected


def test_another_role_is_mended() -> None:
    tile = client(client_role="admin")
    (finding,) = said("oauth/role", tile)
    assert finding.fix is not None
    assert severities("oauth/role", finding.fix(tile)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{name: Cache, path: acme_widget.cache, source: log, groups: [Acme]}", []),
        ("{name: Cache, path: acme_widget.cache, source: log}", ["the facet “acme_widget.cache” has no groups"]),
        ("{path: a.b, source: log, groups: [Acme]}", ["the facet “a.b” has no name"]),
        (
            "{name: Cache, path: a.b, source: log, groups: [Acme, Other]}",
            ["groups of the facet “a.b” is no list of one"],
        ),
        ("{name: Cache, path: a.b, source: log, groups: Acme}", ["groups of the facet “a.b” is no list of one"]),
        ("just a word", []),
    ],
)
def test_a_facet_has_its_keys(text: str, expected: list[str]) -> None:
    assert [finding.message for finding in said("logs/facet-keys", facet(text))] == expected


@pytest.mark.parametrize(
    ("path", "source", "head", "expected"),
    [
        ("acme_widget.cache", "log", "", []),
        ("acme.cache", "log", "", []),
        ("acmeWidget.cache", "log", "", []),
        ("cache", "log", "", ["info"]),
        ("event.cache", "log", "", ["info"]),
        ("a.cache", "log", "", ["info"]),
        ("acme_widget", "log", "", ["info"]),
        ("http.method", "log", "", []),
        ("network.client.ip", "log", "", []),
        ("duration", "log", "", []),
        ("durations", "log", "", ["info"]),
        ("env", "tag", "", []),
        ("cache", "log", "# bypass-global-facets-path-checks\n", []),
        ("[cache]", "log", "", []),
    ],
)
def test_the_path_of_an_own_facet_begins_with_the_source(
    path: str, source: str, head: str, expected: list[str]
) -> None:
    tile = facet(f"{{name: Cache, path: {path}, source: {source}, groups: [Acme]}}", head)
    assert severities("logs/facet-path", tile) == expected


GROK = """    - type: grok-parser
      name: lines
      enabled: true
      source: {source}
      grok:
        supportRules: ''
        matchRules: rule %{{word:{name}}}
"""
NEVER = "    - type: {}\n      name: x\n      enabled: true\n"
MOVED = NEVER.format("attribute-remapper") + "      sources: [{}]\n      target: {}\n"
LENGTH = (
    NEVER.format("array-processor")
    + "      operation:\n        type: length\n        source: list\n        target: {}\n"
)
SCHEMA = NEVER.format("schema-processor") + (
    "      schema: {{schemaType: ocsf, version: 1.5.0, className: Authentication, classUid: 3002}}\n"
    "      mappers:\n        - {{type: schema-remapper, sources: [who], target: {}}}\n"
)


@pytest.mark.parametrize(
    ("processor", "speaks"),
    [
        ("", True),
        (MOVED.format("other", "a.b"), False),
        (MOVED.format("other", "a"), False),
        (MOVED.format("other", "a.b.c"), True),
        (MOVED.format("other", "b"), True),
        (MOVED.format("a.b", "other"), False),
        (MOVED.format("a", "other"), False),
        (GROK.format(source="other", name="a.b"), False),
        (GROK.format(source="other", name="a"), False),
        (GROK.format(source="other", name="a.bc"), True),
        (GROK.format(source="other", name="x.a.b"), True),
        (GROK.format(source="other", name="za.b"), True),
        (GROK.format(source="other", name="a_b"), True),
        (LENGTH.format("a.b"), False),
        (LENGTH.format("c"), True),
        (SCHEMA.format("a.b"), False),
        (SCHEMA.format("c"), True),
        (MOVED.format("other", "more").replace("name: x", "name: a.b"), True),
    ],
)
def test_a_facet_that_no_sample_fills_is_made_by_a_processor_or_told_of(processor: str, speaks: bool) -> None:
    pipeline = "id: acme_widget\nfacets:\n  - {name: B, path: a.b, source: log, groups: [Acme]}\npipeline:\n  type: pipeline\n  name: Acme\n  processors:\n"
    pipeline += GROK.format(source="message", name="level") + processor
    tests = "id: acme_widget\ntests:\n  - sample: warn\n    result:\n      custom:\n        level: warn\n      message: warn\n"
    tile = with_content(with_content(clean_tile(), PIPELINE, pipeline), PIPELINE.replace(".yaml", "_tests.yaml"), tests)
    assert not said("logs/runs", tile)
    assert [each.message for each in said("logs/facet-unfilled", tile)] == (
        ["no sample and no processor fills the facet “a.b”"] if speaks else []
    )
