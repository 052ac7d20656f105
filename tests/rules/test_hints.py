"""A hint has the value that would be right, and a finding the place where it goes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tilewizard.field.vocabulary import Target
from tilewizard.rules.registry import Rule, all_rules
from tilewizard.tile.tile import MANIFEST, README

from tests.rows import rows

from .applying import applied, with_content
from .clean_tile import README as TEXT
from .clean_tile import clean_tile, manifest
from .edges import at, said, with_value

PLAN: dict[str, Any] = manifest(Target.MARKETPLACE)["pricing"][0]
PICTURE: dict[str, Any] = manifest(Target.MARKETPLACE)["tile"]["media"][0]


@pytest.mark.parametrize(
    ("pointer", "hint"),
    [
        ("/manifest_version", 'add manifest_version: "2.0.0"'),
        ("/app_id", 'add app_id: "acme-corp-acme-widget"'),
        ("/owner", 'add owner: "integrations-developer-platform"'),
        ("/tile/configuration", 'add tile.configuration: "README.md#Setup"'),
        ("/tile/changelog", 'add tile.changelog: "CHANGELOG.md"'),
        ("/author/name", "add author.name"),
    ],
)
def test_a_missing_key_is_met_with_its_usual_value(pointer: str, hint: str) -> None:
    assert [finding.hint for finding in said("manifest/required-key", with_value(pointer, None))] == [hint]


@pytest.mark.parametrize(
    ("pointer", "value", "hint"),
    [
        ("/assets/integration/source_type_id", "63850113", "write 63850113 without the quotes"),
        ("/assets/integration/source_type_id", "6e7", "write a whole number"),
        ("/assets/integration/auto_install", "True", "write true without the quotes"),
        ("/assets/integration/auto_install", "yes", "write true or false"),
        ("/assets/integration/process_signatures", "java", 'write ["java"]'),
        ("/tile/media", "a\nb", "write a list"),
    ],
)
def test_a_value_that_stands_in_quotes_is_told_without(pointer: str, value: Any, hint: str) -> None:
    assert [finding.hint for finding in said("manifest/type", with_value(pointer, value))] == [hint]


@pytest.mark.parametrize(
    ("app_id", "vendor", "hints"),
    [
        ("widget", "acme-corp", ["write “acme-corp-widget”"]),
        ("Some_Widget", "acme-corp", ["write “acme-corp-some-widget”"]),
        ("Acme_Corp_Widget", "acme-corp", []),
        ("widget", "Acme Corp", []),
    ],
)
def test_an_app_id_is_never_met_with_one_that_is_wrong_too(app_id: str, vendor: str, hints: list[str]) -> None:
    tile = with_content(with_value("/app_id", app_id), MANIFEST, at("/author/vendor_id", vendor))
    assert [finding.hint for finding in said("listing/app-id-vendor", tile)] == hints


@pytest.mark.parametrize(
    ("name", "target", "severities"),
    [
        ("acme_corp_acme_widget", Target.MARKETPLACE, []),
        ("acme-corp-acme-widget", Target.MARKETPLACE, ["warning"]),
        ("Acme_Corp_Acme_Widget", Target.EXTRAS, ["info"]),
        ("other", Target.MARKETPLACE, ["warning"]),
        ("", Target.MARKETPLACE, []),
    ],
)
def test_a_directory_is_named_in_snake_case(name: str, target: Target, severities: list[str]) -> None:
    tile = clean_tile(target)
    tile.name = name
    assert [finding.severity.value for finding in said("listing/directory", tile)] == severities


@pytest.mark.parametrize(
    ("resource", "hint"),
    [
        ({"resource_type": "docs", "url": "https://a.example"}, "write documentation"),
        ({"resource_type": "paper", "url": "https://a.example"}, "write one of blog, documentation, other"),
        ({"resource_type": "blog", "url": "a.example/x"}, "write “https://a.example/x”"),
        ({"resource_type": "blog", "url": ""}, "write an address: https://…"),
    ],
)
def test_a_resource_is_met_with_the_right_word(resource: Any, hint: str) -> None:
    assert [finding.hint for finding in said("listing/resource", with_value("/tile/resources", [resource]))] == [hint]


def test_a_product_id_is_read_off_the_app_id() -> None:
    plan = {key: value for key, value in PLAN.items() if key not in ("product_id", "metric")}
    tile = with_value("/pricing", [plan])
    assert [finding.hint for finding in said("pricing/product-id", tile)] == ["write “acme-widget”"]
    hints = [finding.hint for finding in said("pricing/metric-format", tile)]
    assert hints == ["write datadog.marketplace.acme_corp.acme_widget"]


@pytest.mark.parametrize(
    ("pointer", "entry", "key", "hint", "mends"),
    [
        ("/tile/media", {**PICTURE, "captoin": "x"}, "captoin", "did you mean caption?", False),
        ("/tile/media", {"media_type": "image", "image_url": "images/a.png", "captoin": "x"}, "captoin",
         "did you mean caption?", True),
        ("/tile/resources", {"resource_type": "blog", "url": "https://a.example", "note": 1}, "note",
         "the keys here are resource_type, url", False),
    ],
)  # fmt: skip
def test_entries_of_lists_have_known_keys(pointer: str, entry: Any, key: str, hint: str, mends: bool) -> None:
    (finding,) = said("manifest/unknown-key", with_value(pointer, [entry]))
    assert (finding.pointer, finding.hint, finding.fixable) == (f"{pointer}/0/{key}", hint, mends)


def test_a_key_that_resembles_one_that_is_there_is_no_misspelling_of_it() -> None:
    (finding,) = said("manifest/unknown-key", with_value("/tile/subtitle", "x"))
    assert (finding.severity, finding.hint.partition(",")[0]) == ("info", "the keys here are overview")


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("## Support", "## Troubleshooting", "add the section “## Support” to README.md, or write README.md#Troubleshooting"),
        ("## Support", "## Imprint", "add the section “## Support” to README.md, or name one that it has"),
    ],
)  # fmt: skip
def test_a_tab_without_its_heading_is_met_with_the_one_that_is_there(old: str, new: str, hint: str) -> None:
    tile = with_content(clean_tile(Target.EXTRAS), README, TEXT.replace(old, new))
    assert [finding.hint for finding in said("manifest/heading", tile)] == [hint]


def test_a_section_under_another_title_is_pointed_at() -> None:
    tile = with_content(clean_tile(), README, TEXT.replace("## Setup", "## Setup guide"))
    (finding,) = said("readme/section-missing", tile)
    assert (finding.line, finding.hint) == (
        TEXT[: TEXT.index("## Setup")].count("\n") + 1,
        "rename “## Setup guide” to “## Setup”",
    )


@pytest.mark.parametrize(
    ("tag", "hint", "mends"),
    [
        ("Category::OS", "did you mean Category::OS & System?", False),
        ("Category::AI", "did you mean Category::AI/ML?", False),
        ("Supported OS::Mac", "did you mean Supported OS::macOS?", True),
    ],
)
def test_a_short_tag_is_met_with_the_one_that_has_its_word(tag: str, hint: str, mends: bool) -> None:
    (finding,) = said("tags/unknown", with_value("/tile/classifier_tags", [tag]))
    assert (finding.hint, finding.fixable) == (hint, mends)


def test_a_check_of_a_list_is_pointed_at() -> None:
    tile = with_value("/assets/integration/metrics/check", ["acme_widget.load", "zzz"])
    (finding,) = said("metadata/check", tile)
    assert finding.pointer == "/assets/integration/metrics/check/1"
    assert finding.hint == "did you mean acme_widget.latency?"


CURLED = re.compile(r'["{\[:] ?“[^”]*”\s*[}\],]|“[^”]*”\s*:\s*["“{\[]')


@rows("each", all_rules(), lambda each: each.name)
def test_what_is_copied_into_json_has_straight_quotes(each: Rule) -> None:
    assert [finding.hint for finding in said(each.name, applied(each.bad)) if CURLED.search(finding.hint)] == []


def test_curled_quotes_in_json_would_be_seen() -> None:
    assert CURLED.search('write "legal_terms": {"eula": “assets/eula.pdf”}')
    assert not CURLED.search("write “acme-widget-metrics”: the app_id and the data type")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("Category::Automatoin", "did you mean Category::Automation?"),
        ("Category::Securty", "did you mean Category::Security?"),
        ("Category::log collection", "did you mean Category::Log Collection?"),
        ("Supported OS::Mac", "did you mean Supported OS::macOS?"),
        ("Submitted Data Type::Metric", "did you mean Submitted Data Type::Metrics?"),
        ("Category::Migration", None),
        ("Category::Observability", None),
        ("Category::DevOps", None),
    ],
)
def test_a_tag_is_guessed_where_it_is_near(tag: str, expected: str | None) -> None:
    tags = ["Category::Cloud", "Offering::Integration", "Supported OS::Linux", tag]
    (finding,) = said("tags/unknown", with_value("/tile/classifier_tags", tags))
    assert ("did you mean" in finding.hint) == (expected is not None)
    assert expected is None or finding.hint == expected
