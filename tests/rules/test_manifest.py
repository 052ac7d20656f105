"""The manifest's keys, kinds, paths and headings, case by case."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tilewizard.checking.check import check
from tilewizard.field.vocabulary import Target, asked_keys
from tilewizard.rules.manifest.manifest_keys import KINDS
from tilewizard.tile.tile import BOM, MANIFEST, Tile, TileFile
from tools import asked_keys as tool

from .applying import with_content
from .clean_tile import clean_tile
from .edges import said, severities, with_value

SPEC = "/assets/integration/configuration/spec"


@pytest.mark.parametrize(
    ("pointer", "value", "speaks"),
    [
        ("/tile/title", 12, True),
        ("/tile/title", "Acme", False),
        ("/tile/media", {"image_url": "x"}, True),
        ("/display_on_public_website", "true", True),
        ("/display_on_public_website", 1, True),
        ("/assets/integration/source_type_id", "63850113", True),
        ("/assets/integration/source_type_id", 1.5, True),
        ("/assets/integration/source_type_id", True, True),
        ("/assets/integration/metrics/check", ["acme_widget.requests"], False),
        ("/assets/integration/metrics/check", [1], True),
        ("/assets/integration/process_signatures", ["java -jar"], False),
        ("/assets/integration/process_signatures", [["java"]], True),
        ("/assets/integration/process_signatures", "java", True),
        ("/assets/dashboards", ["assets/dashboards/x.json"], True),
        ("/assets/dashboards", {"name": ["x"]}, True),
        ("/assets/logs", [], True),
        ("/oauth", "assets/oauth_clients.json", True),
        ("/author", "Acme", True),
        ("/pricing", {"billing_type": "flat_fee"}, True),
        ("/pricing", ["flat_fee"], True),
        ("/legal_terms", "assets/eula.pdf", True),
    ],
)
def test_a_key_takes_its_kind_of_value(pointer: str, value: Any, speaks: bool) -> None:
    assert severities("manifest/type", with_value(pointer, value)) == ["error"] * speaks


def test_the_list_of_keys_that_questions_are_kept_at_is_current() -> None:
    assert asked_keys() == tool.asked_keys(), "run `make docs`"


@pytest.mark.parametrize("pointer", [each for each in KINDS if "*" not in each])
def test_null_is_no_value_of_any_key(pointer: str) -> None:
    value = json.loads(clean_tile().file(MANIFEST).text)  # type: ignore[union-attr]
    *path, last = pointer[1:].split("/")
    inner = value
    for part in path:
        inner = inner.setdefault(part, {})
    inner[last] = None
    tile = clean_tile().with_text(MANIFEST, json.dumps(value))
    assert "error" in severities("manifest/type", tile)


@pytest.mark.parametrize(
    ("pointer", "hint", "severity", "mends"),
    [
        ("/tile/clasifier_tags", "did you mean classifier_tags?", "warning", False),
        ("/tile/resource", "did you mean resources?", "warning", False),
        ("/assets/saved_view", "did you mean saved_views?", "warning", False),
        ("/legal_term", "did you mean legal_terms?", "warning", False),
        ("/assets/metrics_metadata", "move its value to assets.integration.metrics.metadata_path", "error", False),
        ("/is_public", "move its value to display_on_public_website", "warning", False),
        ("/assets/service_checks", "move its value to assets.integration.service_checks.metadata_path", "warning", False),
        ("/assets/integration/proces_signatures", "did you mean process_signatures?", "warning", True),
    ],
)  # fmt: skip
def test_an_unknown_key_is_met_with_the_known_one(pointer: str, hint: str, severity: str, mends: bool) -> None:
    (finding,) = said("manifest/unknown-key", with_value(pointer, "x"))
    assert (finding.hint, finding.severity.value, finding.fixable) == (hint, severity, mends)


def test_a_key_of_ones_own_is_only_worth_knowing() -> None:
    assert severities("manifest/unknown-key", with_value("/zzz", 1)) == ["info"]


@pytest.mark.parametrize("name", ["a~b", "a/b", "", "ü", "x" * 300])
def test_names_that_partners_choose_are_free(name: str) -> None:
    tile = with_value("/assets/dashboards", {name: "assets/dashboards/acme_widget_overview.json"})
    assert said("manifest/unknown-key", tile) == said("manifest/type", tile) == said("manifest/path", tile) == []


@pytest.mark.parametrize(
    ("pointer", "value", "severity"),
    [
        ("/app_uuid", None, "error"),
        ("/app_uuid", "  ", "error"),
        ("/assets", None, "error"),
        ("/tile/description", "", "error"),
        ("/author/support_email", None, "error"),
        ("/author/sales_email", None, "warning"),
        ("/tile/uninstallation", None, "warning"),
    ],
)
def test_a_required_key_is_there_and_filled_in(pointer: str, value: Any, severity: str) -> None:
    assert severities("manifest/required-key", with_value(pointer, value)) == [severity]


def test_a_free_tile_needs_no_uninstallation() -> None:
    assert said("manifest/required-key", with_value("/tile/uninstallation", None, Target.EXTRAS)) == []


@pytest.mark.parametrize(
    ("pointer", "value", "message"),
    [
        ("/tile/changelog", "HISTORY.md", "there is no file “HISTORY.md”"),
        ("/tile/changelog", "../CHANGELOG.md", "“../CHANGELOG.md” leads out of the tile"),
        ("/legal_terms/eula", "/etc/passwd", "“/etc/passwd” leads out of the tile"),
        ("/legal_terms/eula", "C:\\eula.pdf", "“C:\\eula.pdf” leads out of the tile"),
        ("/legal_terms/eula", "assets/a\u0000b", "“assets/a␀b” leads out of the tile"),
        ("/legal_terms/eula", "a\u001b[31m", "there is no file “a␛[31m”"),
        ("/legal_terms/eula", "./assets//eula.pdf", None),
        ("/assets/monitors/acme_widget_errors", "assets", "there is no file “assets”"),
        (SPEC, "assets/configuration/spec.yaml", "there is no file “assets/configuration/spec.yaml”"),
        ("/tile/overview", "README.md#Overview", None),
        ("/tile/overview", "readme.md#Overview", "there is no file “readme.md”"),
    ],
)
def test_a_path_names_a_file_of_the_tile(pointer: str, value: str, message: str | None) -> None:
    found = said("manifest/path", with_value(pointer, value))
    assert [finding.message for finding in found] == ([message] if message else [])


def test_a_path_that_differs_in_letter_case_is_mended() -> None:
    (finding,) = said("manifest/path", with_value("/legal_terms/eula", "assets/EULA.pdf"))
    assert finding.fix is not None
    assert finding.fix(with_value("/legal_terms/eula", "assets/EULA.pdf")).at("/legal_terms/eula") == "assets/eula.pdf"


def test_a_path_to_a_symbolic_link_is_an_error() -> None:
    tile = clean_tile().with_file(TileFile("assets/eula.pdf", link="/etc/passwd"))
    assert [finding.message for finding in said("manifest/path", tile)] == ["“assets/eula.pdf” is a symbolic link"]


@pytest.mark.parametrize(
    ("pointer", "value", "target", "expected"),
    [
        ("/tile/overview", "README.md#overview", Target.MARKETPLACE, []),
        ("/tile/overview", "README.md#Data-Collected", Target.MARKETPLACE, []),
        ("/tile/overview", "README.md", Target.MARKETPLACE, ["error"]),
        ("/tile/overview", "README.md#Summary", Target.EXTRAS, ["error"]),
        ("/tile/support", "README.md#Helpdesk", Target.MARKETPLACE, ["error"]),
        ("/tile/support", "README.md#Helpdesk", Target.EXTRAS, ["warning"]),
    ],
)
def test_a_tab_shows_a_heading_that_is_there(pointer: str, value: str, target: Target, expected: list[str]) -> None:
    assert severities("manifest/heading", with_value(pointer, value, target)) == expected


def test_a_heading_in_a_fenced_block_is_none() -> None:
    text = clean_tile().file("README.md").text.replace("## Support", "```\n## Support\n```")  # type: ignore[union-attr]
    tile = clean_tile().with_text("README.md", text)
    assert [finding.pointer for finding in said("manifest/heading", tile)] == ["/tile/support"]


@pytest.mark.parametrize(
    "text",
    ["", "[]", '"x"', "{", '{"a": 1,}', "[" * 100_000, '{"a": ' * 50_000, "\0"],
    ids=lambda text: text[:12] or "empty",
)  # fmt: skip
def test_a_broken_manifest_is_one_clear_error_and_nothing_is_missing_from_it(text: str) -> None:
    tile = clean_tile().with_text(MANIFEST, text)
    assert "error" in severities("manifest/syntax", tile)
    assert said("manifest/required-key", tile) == []


@pytest.mark.parametrize("value", ["NaN", "-Infinity", "1" * 5000], ids=["NaN", "-Infinity", "thousands of digits"])
def test_a_value_that_json_does_not_know_is_an_error(value: str) -> None:
    tile = clean_tile().with_text(MANIFEST, f'{{"pricing": [{{"unit_price": {value}}}]}}')
    assert "error" in severities("manifest/syntax", tile)


@pytest.mark.parametrize(
    ("pointer", "value", "speaks"),
    [
        ("/tile/title", "<Name of the offering>", True),
        ("/tile/description", "FILL IN what it does", True),
        ("/author/name", "TODO", True),
        ("/author/name", "Todo Corp", False),
        ("/tile/description", "Keep latency < 5 ms and load > 1", False),
        ("/tile/classifier_tags", ["Category::<FILL IN>"], False),
        ("/assets/dashboards", {"a": "<path>"}, True),
    ],
)
def test_text_left_to_be_filled_in_is_seen(pointer: str, value: Any, speaks: bool) -> None:
    assert severities("manifest/placeholder", with_value(pointer, value)) == ["warning"] * speaks


def marked(tile: Tile) -> Tile:
    return tile.with_file(TileFile(MANIFEST, BOM + tile.file(MANIFEST).data))  # type: ignore[union-attr]


def test_a_byte_order_mark_is_an_error_and_taken_away() -> None:
    (finding,) = said("files/text", marked(clean_tile()))
    assert finding.severity == "error" and finding.fix is not None
    assert finding.fix(marked(clean_tile())).file(MANIFEST).data == clean_tile().file(MANIFEST).data  # type: ignore[union-attr]


def test_an_old_manifest_is_explained_once_and_not_measured_by_the_new_one() -> None:
    old = {"manifest_version": "1.0.0", "display_name": "Acme", "is_public": True, "categories": ["cloud"]}
    tile = clean_tile(Target.EXTRAS).with_text(MANIFEST, json.dumps(old))
    rules = [finding.rule for finding in check(tile) if finding.rule.startswith("manifest/")]
    assert rules == ["manifest/version"]


@pytest.mark.parametrize("path", ["CHANGELOG.md", "assets/metadata.csv"])
def test_metrics_are_listed_in_one_place_only(path: str) -> None:
    tile = with_value("/assets/integration/metrics/metadata_path", path)
    tile = with_content(tile, "assets/metadata.csv", "metric_name\n")
    assert [finding.hint for finding in said("manifest/metadata-place", tile)] == ["write metadata.csv"]
