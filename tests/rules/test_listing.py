"""The card, the names, the tags and the author of a tile, case by case."""

from __future__ import annotations

from typing import Any

import pytest
from tilewizard.field.vocabulary import Target, known_tags
from tilewizard.rules.manifest.author import is_email, is_url
from tilewizard.rules.manifest.tags import KINDS
from tilewizard.tile.tile import Tile

from .clean_tile import clean_tile
from .edges import said, severities, with_value

BOTH = list(Target)


@pytest.mark.parametrize(
    ("pointer", "rule", "length", "target", "expected"),
    [
        ("/tile/title", "listing/title-length", 50, Target.MARKETPLACE, []),
        ("/tile/title", "listing/title-length", 51, Target.MARKETPLACE, ["error"]),
        ("/tile/description", "listing/description-length", 70, Target.MARKETPLACE, []),
        ("/tile/description", "listing/description-length", 71, Target.MARKETPLACE, ["error"]),
        ("/tile/description", "listing/description-length", 80, Target.EXTRAS, []),
        ("/tile/description", "listing/description-length", 81, Target.EXTRAS, ["error"]),
    ],
)
def test_a_limit_is_met_to_the_character(
    pointer: str, rule: str, length: int, target: Target, expected: list[str]
) -> None:
    assert severities(rule, with_value(pointer, "ü" * length, target)) == expected


@pytest.mark.parametrize(
    ("description", "mended"),
    [("Watch it.", "Watch it"), ("Watch it. ", "Watch it"), ("Watch it...", None), ("Watch a.b", None), (".", None)],
)
def test_a_full_stop_at_the_end_is_taken_away(description: str, mended: str | None) -> None:
    tile = with_value("/tile/description", description)
    found = said("listing/description-full-stop", tile)
    fixes = [finding.fix for finding in found if finding.fix]
    assert [fix(tile).at("/tile/description") for fix in fixes] == ([mended] if mended else [])


@pytest.mark.parametrize(
    ("value", "speaks"),
    [
        ("5f0b1a9c-3d0e-4b7a-9c58-6d1f0a2b3c4d", False),
        ("5F0B1A9C-3D0E-4B7A-9C58-6D1F0A2B3C4D", False),
        ("5f0b1a9c3d0e4b7a9c586d1f0a2b3c4d", True),
        ("{5f0b1a9c-3d0e-4b7a-9c58-6d1f0a2b3c4d}", True),
        ("urn:uuid:5f0b1a9c-3d0e-4b7a-9c58-6d1f0a2b3c4d", True),
        ("00000000-0000-0000-0000-000000000000", True),
    ],
)
def test_app_uuid_is_a_uuid_in_its_usual_form(value: str, speaks: bool) -> None:
    assert severities("listing/app-uuid", with_value("/app_uuid", value)) == ["error"] * speaks


@pytest.mark.parametrize(
    ("value", "target", "expected"),
    [
        ("acme-corp-acme-widget", Target.MARKETPLACE, []),
        ("acme_corp_acme_widget", Target.MARKETPLACE, ["error"]),
        ("Acme-Widget", Target.EXTRAS, ["warning"]),
        ("acme--widget", Target.EXTRAS, ["warning"]),
    ],
)
def test_app_id_is_kebab_case(value: str, target: Target, expected: list[str]) -> None:
    assert severities("listing/app-id", with_value("/app_id", value, target)) == expected


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://acme.example", True),
        ("http://acme.example/a?b#c", True),
        ("https://", False),
        ("https:///path", False),
        ("acme.example", False),
        ("ftp://acme.example", False),
        ("javascript:alert(1)", False),
        ("https://acme.example/a b", False),
        ("https://acme.example\n", False),
    ],
)
def test_a_web_address(text: str, url: bool) -> None:
    assert is_url(text) is url


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("support@acme.example", True),
        ("a.b+c@acme.co.example", True),
        ("support@acme", False),
        ("support acme@acme.example", False),
        ("a@b@acme.example", False),
        ("Support <support@acme.example>", False),
        ("support@acme.example.", False),
        ("support@acme.example\n", False),
        ("@acme.example", False),
    ],
)
def test_a_mail_address(text: str, email: bool) -> None:
    assert is_email(text) is email


def tagged(*tags: Any) -> Tile:
    return with_value("/tile/classifier_tags", list(tags))


@pytest.mark.parametrize(
    ("tag", "hint", "mends"),
    [
        ("Category::Clod", "did you mean Category::Cloud?", True),
        ("category::cloud", "did you mean Category::Cloud?", True),
        ("Category:Cloud", "did you mean Category::Cloud?", True),
        ("Category::Linux", "did you mean Supported OS::Linux?", False),
        ("Supported OS::Cloud", "did you mean Category::Cloud?", False),
        ("Supported OS::Mac", "did you mean Supported OS::macOS?", True),
        ("Cloud", "did you mean Category::Cloud?", False),
        ("Categories::Cloud", "did you mean Category::Cloud?", False),
        ("Zzzzzzzz", f"a tag is one of {', '.join(f'{kind}::…' for kind in KINDS)}", False),
        (12, 'write a text such as "Category::Metrics"', False),
        (None, 'write a text such as "Category::Metrics"', False),
    ],
)
def test_a_tag_that_no_list_has_is_met_with_the_nearest(tag: Any, hint: str, mends: bool) -> None:
    (finding,) = said("tags/unknown", tagged(tag))
    assert (finding.hint, finding.fixable, finding.severity) == (hint, mends, "error")


@pytest.mark.parametrize("tag", sorted(known_tags()))
def test_every_tag_of_the_lists_is_taken(tag: str) -> None:
    assert said("tags/unknown", tagged(tag)) == []


@pytest.mark.parametrize("target", BOTH)
@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ({"resource_type": "blog", "url": "https://acme.example"}, []),
        ({"resource_type": "docs", "url": "https://acme.example"}, ["warning"]),
        ({"resource_type": "blog", "url": "acme.example"}, ["error"]),
        ({"resource_type": ["blog"], "url": {}}, ["warning", "error"]),
        ("https://acme.example", ["error"]),
    ],
)
def test_a_resource_has_a_type_and_an_address(resource: Any, expected: list[str], target: Target) -> None:
    assert sorted(severities("listing/resource", with_value("/tile/resources", [resource], target))) == sorted(expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("acme-corp", []), (None, ["error"]), ("Acme Corp", ["error"]), ("acme_corp", ["error"]), ("acme-2", [])],
)
def test_the_vendor_id_is_asked_of_the_marketplace_alone(value: str | None, expected: list[str]) -> None:
    assert severities("author/vendor-id", with_value("/author/vendor_id", value)) == expected
    assert severities("author/vendor-id", with_value("/author/vendor_id", value, Target.EXTRAS)) == []


@pytest.mark.parametrize(
    ("readme", "tags", "expected"),
    [
        ("## Logs\n\nSent.", ["Category::Log Collection"], []),
        ("### Log collection\n\nSent.", ["Category::Cloud"], ["error"]),
        ("## Overview\n\nNone.", ["Category::Log Collection"], ["error"]),
        ("## Overview\n\nNone.", ["Category::Cloud"], []),
    ],
)
def test_log_collection_is_told_and_tagged_or_neither(readme: str, tags: list[str], expected: list[str]) -> None:
    assert severities("tags/log-collection", tagged(*tags).with_text("README.md", readme)) == expected


def test_a_tile_of_another_directory_is_pointed_out_on_the_marketplace() -> None:
    clean = clean_tile()
    moved = Tile({path: clean.file(path) for path in clean.paths}, name="widget", target=Target.MARKETPLACE)  # type: ignore[misc]
    assert severities("listing/directory", moved) == ["warning"]
