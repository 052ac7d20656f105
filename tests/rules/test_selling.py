"""Pricing, legal terms and what is exchanged, case by case."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tilewizard.field.vocabulary import Target
from tilewizard.rules.registry import all_rules
from tilewizard.tile.tile import MANIFEST, Tile, TileFile

from tests.conftest import SHARED

from .applying import with_content
from .clean_tile import clean_tile, manifest, pdf
from .edges import at, said, severities, with_value

PLAN: dict[str, Any] = manifest(Target.MARKETPLACE)["pricing"][0]
PUBLISHED = SHARED / "reference" / "pricing_examples.json"
SELLING = [rule for rule in all_rules() if rule.subject in ("pricing", "eula")]


def priced(*plans: Any) -> Tile:
    return with_value("/pricing", list(plans))


def plan(**changes: Any) -> dict[str, Any]:
    return {key: value for key, value in {**PLAN, **changes}.items() if value is not None}


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        (12.5, []),
        (1, []),
        (0.01, []),
        (495.0, []),
        (0.29, []),
        (1_000_000_000, []),
        (0, ["error"]),
        (-1, ["error"]),
        ("12.5", ["error"]),
        (True, ["error"]),
        (None, ["error"]),
        (0.005, ["warning"]),
        (1e300, ["error"]),
        (10**400, ["error"]),
        ([], ["error"]),
    ],
)
def test_a_price_is_a_number_of_dollars_and_cents(price: Any, expected: list[str]) -> None:
    assert severities("pricing/unit-price", priced(plan(unit_price=price))) == expected


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("datadog.marketplace.acme_corp.acme_widget", []),
        ("datadog.marketplace.acme_corp", []),
        ("datadog.marketplace.acme_widget", []),
        ("datadog.marketplace.acme_corp.other", ["info"]),
        ("datadog.marketplace.acme_corporation.acme_widget", ["warning"]),
        ("datadog.marketplace.other.acme_widget", ["warning"]),
        ("datadog.marketplace.acme-corp.acme-widget", ["error"]),
        ("datadog.marketplace.", ["error"]),
        ("datadog.marketplace.a.b.c", ["error"]),
        ("acme.widgets", ["error"]),
        (None, ["error"]),
        (["datadog.marketplace.acme_corp"], ["error"]),
    ],
)
def test_a_metering_metric_names_vendor_and_offering(metric: Any, expected: list[str]) -> None:
    assert severities("pricing/metric-format", priced(plan(metric=metric))) == expected


@pytest.mark.parametrize("kind", ["flat_fee", "one_time"])
def test_a_plan_that_is_not_metered_needs_neither_metric_nor_tag_nor_label(kind: str) -> None:
    tile = priced(plan(billing_type=kind, metric=None, tag=None, unit_label=None))
    assert [finding for rule in SELLING for finding in said(rule.name, tile)] == []


@pytest.mark.parametrize(
    ("rule", "plans", "pointers"),
    [
        ("pricing/billing-type", [plan(billing_type="flat-fee")], ["/pricing/0/billing_type"]),
        ("pricing/billing-type", [plan(), plan(billing_type=["flat_fee"])], ["/pricing/1/billing_type"]),
        ("pricing/one-billing-type", [plan(), plan(), plan(billing_type="flat_fee")], ["/pricing/2/billing_type"]),
        ("pricing/product-id", [plan(product_id="widget")], ["/pricing/0/product_id"]),
        ("pricing/product-id", [plan(product_id=None)], ["/pricing/0/product_id"]),
        ("pricing/includes-assets", [plan(includes_assets=False)], ["/pricing/0/includes_assets"]),
        ("pricing/includes-assets", [plan(includes_assets=None)], ["/pricing/0/includes_assets"]),
        ("pricing/short-description", [plan(short_description="  ")], ["/pricing/0/short_description"]),
        ("pricing/unit-label", [plan(unit_label=3)], ["/pricing/0/unit_label"]),
        ("pricing/tag", [plan(tag="Widget Id")], ["/pricing/0/tag"]),
        ("pricing/tag", [plan(tag=None)], ["/pricing/0/tag"]),
        ("pricing/unused-key", [plan(unit_prize=3)], ["/pricing/0/unit_prize"]),
        ("pricing/missing", ["free", plan()], ["/pricing/0"]),
        ("pricing/missing", [], ["/pricing"]),
    ],
)
def test_a_plan_is_held_to_each_of_its_keys(rule: str, plans: list[Any], pointers: list[str]) -> None:
    assert [finding.pointer for finding in said(rule, priced(*plans))] == pointers


@pytest.mark.parametrize(("pricing", "expected"), [([PLAN], ["warning"]), ([], ["info"]), ("free", ["warning"])])
def test_a_free_tile_sells_nothing(pricing: Any, expected: list[str]) -> None:
    assert severities("pricing/on-extras", with_value("/pricing", pricing, Target.EXTRAS)) == expected


@pytest.mark.skipif(not PUBLISHED.is_file(), reason="the published plans are not beside the project")
def test_published_plans_are_free_of_errors_and_warnings() -> None:
    for listing in json.loads(PUBLISHED.read_text()):
        if "legal_terms" not in listing:
            continue
        tile = with_content(clean_tile(), MANIFEST, {**listing, "app_id": listing["listing"], "listing": None})
        eula = tile.text_at("/legal_terms/eula")
        tile = tile.with_file(TileFile(eula, pdf()))
        found = [finding for rule in SELLING for finding in said(rule.name, tile) if finding.severity != "info"]
        assert found == [], listing["listing"]


@pytest.mark.parametrize(
    ("data", "rule", "expected"),
    [
        (pdf(), "eula/pdf", []),
        (pdf(), "eula/readable", []),
        (b"", "eula/pdf", ["error"]),
        (b"\n%PDF-1.4", "eula/pdf", ["error"]),
        (b"PK\x03\x04 a word document", "eula/pdf", ["error"]),
        (b"%PDF-1.4\n" + b"\0" * 2000, "eula/readable", ["warning"]),
        (pdf()[:200], "eula/readable", ["warning"]),
        (pdf().replace(b"(End-user licence agreement of Acme Corp) Tj", b" " * 44), "eula/readable", ["info"]),
    ],
)
def test_a_eula_is_a_pdf_that_can_be_read(data: bytes, rule: str, expected: list[str]) -> None:
    assert severities(rule, clean_tile().with_file(TileFile("assets/eula.pdf", data))) == expected


@pytest.mark.parametrize("path", ["assets/eula.PDF", "assets/eula.docx", "assets/eula"])
def test_the_name_of_a_eula_ends_in_pdf(path: str) -> None:
    tile = with_value("/legal_terms/eula", path).with_file(TileFile(path, pdf()))
    assert severities("eula/pdf", tile) == ["error"]


def test_terms_beside_legal_terms_are_not_mended_by_guessing() -> None:
    (finding,) = said("eula/terms", with_value("/terms", {"eula": "assets/eula.pdf"}))
    assert not finding.fixable


NOTHING_SENT = {
    "metadata.csv": None,
    "assets/service_checks.json": None,
    "assets/logs/acme_widget.yaml": None,
    "assets/logs/acme_widget_tests.yaml": None,
    MANIFEST: {"assets": {"integration": None, "logs": None}},
}


def sending_nothing(*tags: str, **files: Any) -> Tile:
    tile = with_value("/tile/classifier_tags", list(tags), Target.EXTRAS)
    for path, content in {**NOTHING_SENT, **files}.items():
        tile = with_content(tile, path, content)
    return tile


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (["Offering::Integration", "Queried Data Type::Logs"], ["error"]),
        (["Offering::Integration", "Queried Data Type::Logs", "Submitted Data Type::Events"], []),
        (["Offering::Integration"], []),
        (["Offering::Software License", "Queried Data Type::Logs"], []),
    ],
)
def test_an_integration_that_reads_also_sends(tags: list[str], expected: list[str]) -> None:
    assert severities("integration/bi-directional", sending_nothing(*tags)) == expected


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("metadata.csv", "metric_name\nacme.requests\n"),
        ("assets/service_checks.json", '[{"check": "acme.up"}]'),
        ("assets/logs/acme.yaml", "id: acme\n"),
        (MANIFEST, at("/assets/integration/events/creates_events", True)),
    ],
)
def test_each_kind_of_data_counts_as_sent(path: str, content: Any) -> None:
    tile = sending_nothing("Offering::Integration", "Queried Data Type::Logs", **{path: content})
    assert severities("integration/bi-directional", tile) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [(63850113, []), (None, ["warning"]), (0, ["warning"]), (-5, ["warning"])],
)
def test_a_source_type_id_is_there_and_above_zero(value: Any, expected: list[str]) -> None:
    assert severities("integration/source-type-id", with_value("/assets/integration/source_type_id", value)) == expected
