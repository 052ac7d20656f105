"""The list of metrics, the release notes and the files of the tile, case by case."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from tilewizard.checking.mend import mended
from tilewizard.field.vocabulary import Target
from tilewizard.rules.registry import rules_by_name
from tilewizard.tile.tile import CHANGELOG, METADATA, README, SERVICE_CHECKS, Tile

from .applying import with_content
from .clean_tile import METADATA as TABLE
from .clean_tile import README as TEXT
from .clean_tile import clean_tile, picture
from .edges import said, severities, with_value

HEADER = TABLE.splitlines()[0]


def listing(text: str, target: Target = Target.MARKETPLACE) -> Tile:
    return with_content(clean_tile(target), METADATA, text)


def noted(text: str) -> Tile:
    return with_content(clean_tile(), CHANGELOG, f"# CHANGELOG - Acme Widget\n\n{text}")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (HEADER, []),
        (f"{HEADER},sample_tags", []),
        (HEADER.replace("unit_name,per_unit_name", "per_unit_name,unit_name"), ["warning"]),
        (f"sample_tags,{HEADER}", ["warning"]),
        (HEADER.replace("interval,", ""), []),
        (HEADER.replace("interval", "unit_name"), []),
    ],
)
def test_the_columns_stand_in_order(header: str, expected: list[str]) -> None:
    assert severities("metadata/order", listing(f"{header}\n{'x,' * header.count(',')}x\n")) == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("wrong", ["orient", "Orientation", "orientations"])
def test_a_misspelled_column_is_renamed_and_none_is_added_beside_it(wrong: str, newline: str) -> None:
    text = TABLE.replace("\n", newline)
    tile = listing(text.replace("orientation", wrong, 1))
    lost, strange = said("metadata/columns", tile)
    assert (lost.fixable, strange.fixable) == (False, True)
    assert (strange.line, strange.column) == (1, HEADER.index("orientation") + 1)
    assert strange.fix is not None
    mended = strange.fix(tile)
    assert mended.file(METADATA).data == text.encode()  # type: ignore[union-attr]
    assert strange.fix(mended) is mended


def test_two_columns_that_may_be_the_same_are_left_alone() -> None:
    tile = listing(TABLE.replace("orientation,integration", "orient,orientations"))
    assert [
        finding for finding in said("metadata/columns", tile) if finding.fixable and "orient" in finding.message
    ] == []


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("served.", "served…", "description"),
        (",requests,", ",requêtes,", "short_name"),
        ("count", "coünt", "metric_type"),
    ],
)
def test_a_letter_that_is_not_ascii_is_pointed_at_where_it_stands(old: str, new: str, column: str) -> None:
    (finding,) = said("metadata/description", listing(TABLE.replace(old, new, 1)))
    assert finding.pointer == f"/0/{column}"


@pytest.mark.parametrize(
    ("heading", "severity", "mended"),
    [
        ("1.0.0 / 2026-11-23", None, ""),
        ("1.0.0 - 2026-11-23", "info", "1.0.0 / 2026-11-23"),
        ("1.0.0 (2026-11-23)", "info", "1.0.0 / 2026-11-23"),
        ("1.0.0 / 2026-1-3", "warning", "1.0.0 / 2026-01-03"),
        ("1.0.0 / November 23, 2026", "warning", "1.0.0 / 2026-11-23"),
        ("1.0.0 / 23rd Nov 2026", "warning", "1.0.0 / 2026-11-23"),
        ("1.0.0 / 23.11.2026", "warning", "1.0.0 / 2026-11-23"),
        ("1.0.0 / 11/12/2026", "warning", ""),
        ("1.0.0 / 2026-02-30", "warning", ""),
        ("1.0.0 / Smarch 3, 2026", "warning", ""),
        ("1.0.0", "info", ""),
    ],
)
def test_a_release_is_headed_by_version_slash_and_date(heading: str, severity: str | None, mended: str) -> None:
    tile = noted(f"## {heading}\n\n***Added***:\n\n* It\n")
    found = said("changelog/date", tile)
    assert [finding.severity.value for finding in found] == ([severity] if severity else [])
    fixes = [finding.fix for finding in found if finding.fix]
    assert [fix(tile).file(CHANGELOG).text.splitlines()[2] for fix in fixes] == [f"## {mended}"] * bool(mended)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (("2026-02-01", "2026-01-01"), []),
        (("2026-01-01", "2026-01-01"), []),
        (("2026-01-01", "2026-02-01"), ["info"]),
        (("2026-01-01", "unknown"), []),
    ],
)
def test_an_older_release_has_no_later_date(dates: tuple[str, str], expected: list[str]) -> None:
    tile = noted(f"## 1.1.0 / {dates[0]}\n\n* New\n\n## 1.0.0 / {dates[1]}\n\n* Old\n")
    assert severities("changelog/order", tile) == expected


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        ("## 1.0 / 2026-01-01\n\n***Added***:\n\n* It\n", "changelog/version", ["write 1.0.0"]),
        ("## 1.0.0 / 2026-01-01\n\n* It\n", "changelog/changes",
         ["put ***Added***:, ***Fixed***:, ***Changed***: or ***Removed***: above them"]),
        ("## 1.0.0 / 2026-01-01\n\n***Added***:\n\n* It\n", "changelog/changes", []),
    ],
)  # fmt: skip
def test_a_release_has_three_numbers_and_kinds_of_changes(text: str, rule: str, expected: list[str]) -> None:
    assert [finding.hint for finding in said(rule, noted(text))] == expected


@pytest.mark.parametrize(
    ("path", "rule", "expected"),
    [
        ("service_checks.json", "files/misnamed", 1),
        ("assets/metadata.csv", "files/misnamed", 1),
        ("images/README.md", "files/misnamed", 0),
        ("tests/fixtures/metadata.csv", "files/misnamed", 0),
        ("assets/dashboard/hosts.json", "files/misplaced", 1),
        ("dashboards/hosts.json", "files/misplaced", 1),
        ("assets/Saved Views/hosts.json", "files/misplaced", 1),
        ("assets/recommended_monitors/hosts.json", "files/misplaced", 1),
        ("hosts.png", "files/misplaced", 1),
        ("image/hosts.png", "files/misplaced", 1),
        ("agreement.pdf", "files/misplaced", 1),
        ("assets/acme_widget_tests.yaml", "files/misplaced", 1),
        ("assets/pipelines/acme_widget.yaml", "files/misplaced", 1),
        ("assets/logos/hosts.png", "files/misplaced", 0),
        ("assets/security/hosts.json", "files/misplaced", 0),
        ("assets/app-builder-blueprints/hosts.json", "files/misplaced", 0),
        ("assets/dashboards/acme_widget_overview.json", "files/misplaced", 0),
        ("datadog_checks/acme_widget/data/hosts.png", "files/misplaced", 0),
        ("tests/hosts.png", "files/misplaced", 0),
        ("pyproject.toml", "files/misplaced", 0),
    ],
)
def test_a_file_in_the_wrong_place_is_seen(path: str, rule: str, expected: int) -> None:
    assert len(said(rule, with_content(clean_tile(), path, "{}"))) == expected


def test_of_two_agreements_the_one_that_nothing_names_is_told_of() -> None:
    tile = with_content(with_value("/legal_terms/eula", "agreement.pdf"), "agreement.pdf", "%PDF-1.4")
    (finding,) = said("files/misplaced", tile)
    assert (finding.file, finding.hint) == ("assets/eula.pdf", "name it in the manifest, or delete it")


@pytest.mark.parametrize("integration", [None, {"source_type_name": "Acme Widget", "events": {}}])
def test_lists_need_an_integration_that_names_them(integration: Any) -> None:
    tile = with_value("/assets/integration", None)
    if integration is None:
        assert severities("integration/missing", tile) == ["warning"]
        assert severities("integration/missing", tile.with_files([], without=[METADATA, SERVICE_CHECKS])) == []
        return
    tile = with_content(tile, "manifest.json", {"assets": {"integration": integration}})
    assert severities("integration/missing", tile) == []
    assert severities("integration/service-checks-file", tile) == ["warning"]
    assert "/assets/integration/events/creates_events" in [
        each.pointer for each in said("integration/missing-key", tile)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: Acme\nfiles: []\n", ["assets/configuration/spec.yaml is not named"]),
        ("name: [\n", ["assets/configuration/spec.yaml is not named", "no YAML"]),
        ("name: Acme\n", ["assets/configuration/spec.yaml is not named", "files is missing"]),
    ],
)
def test_a_spec_is_named_and_read(text: str, expected: list[str]) -> None:
    path = "assets/configuration/spec.yaml"
    tile = with_content(clean_tile(), path, text)
    assert len(said("integration/spec", tile)) == len(expected)
    named = with_content(with_value("/assets/integration/configuration", {"spec": path}), path, text)
    assert len(said("integration/spec", named)) == len(expected) - 1


@pytest.mark.parametrize(
    ("data", "rule", "expected"),
    [
        (picture("overview"), "image/format", []),
        (picture("overview")[:-40], "image/format", ["error"]),
        (picture("overview") + bytes(100), "image/format", []),
    ],
)
def test_a_picture_that_is_cut_off_is_seen(data: bytes, rule: str, expected: list[str]) -> None:
    assert severities(rule, with_content(clean_tile(), "images/acme_widget_overview.png", data)) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("<style>@import 'https://a.example/a.css';</style>", 1),
        ("<style>a { fill: url( 'https://a.example/a.svg' ) }</style>", 1),
        ("<rect style='fill: url(#a); mask: URL(b.svg#c)'/>", 1),
        ("<rect style='fill: url(&quot;#a&quot;)'/>", 0),
        ("<style>@font-face { src: url(data:font/woff2;base64,AA) }</style>", 0),
    ],
)
def test_a_style_of_a_logo_refers_to_nothing_outside(style: str, expected: int) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{style}<rect/></svg>'
    tile = with_content(clean_tile(), "assets/logos/acme_widget_logo.svg", svg)
    assert len([each for each in said("logo/svg", tile) if "refers to" in each.message]) == expected


RAW = "https://raw.githubusercontent.com/DataDog/integrations-extras/master"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{RAW}/acme_corp_acme_widget/images/acme_widget_overview.png", []),
        (f"{RAW.replace('master', 'main')}/acme_corp_acme_widget/images/acme_widget_overview.png", []),
        (f"{RAW}/other/images/acme_widget_overview.png", ["warning"]),
        (f"{RAW}/acme_corp_acme_widget/images/no.png", ["error"]),
        ("images/acme_widget_overview.png", ["warning"]),
    ],
)
def test_a_picture_of_a_free_tile_is_shown_from_the_tile_itself(url: str, expected: list[str]) -> None:
    tile = with_content(clean_tile(Target.EXTRAS), README, TEXT.replace("What every", f"![it]({url}) What every"))
    assert severities("readme/image", tile) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("FILL IN what it does", 1),
        ("<fill in>", 1),
        ("TODO", 1),
        ("Fill in the **API key** and go on.", 0),
        ("A todo list", 0),
        ("Type `@webhook-<YOUR TEXT HERE>`", 0),
        ("Type `x`, then <YOUR TEXT HERE>", 1),
        ("```yaml\ntoken: {{ token }}\n\nagain: {{ token }}\n```", 0),
        ("token: {{ token }}", 1),
    ],
)
def test_text_left_to_be_filled_in_is_told_from_guides_and_code(line: str, expected: int) -> None:
    tile = with_content(clean_tile(), README, TEXT.replace("What every", f"{line}\n\nWhat every"))
    assert len(said("readme/placeholder", tile)) == expected


@pytest.mark.parametrize(
    ("size", "hint"),
    [
        ((2560, 1329), "crop it to 2352x1323, or pad it"),
        ((1440, 900), "crop it to 1440x810, or pad it"),
        ((4, 4), "crop it to 16x9, or pad it"),
    ],
)
def test_a_picture_is_cropped_to_what_it_has(size: tuple[int, int], hint: str) -> None:
    stream = io.BytesIO()
    Image.new("RGB", size).save(stream, "PNG")
    tile = with_content(clean_tile(), "images/acme_widget_overview.png", stream.getvalue())
    assert [finding.hint for finding in said("image/ratio", tile)] == [hint]


@pytest.mark.parametrize(
    ("pointer", "value", "left"),
    [
        ("/tile/media", [{"media_type": "image", "caption": "x", "image_url": "<FILL IN>"}], []),
        ("/tile/resources", [{"resource_type": "blog", "url": "https://a.example"}, {"resource_type": "blog", "url": "FILL IN"}],
         [{"resource_type": "blog", "url": "https://a.example"}]),
        ("/assets/dashboards", {"acme_widget_overview": None, "x": "assets/dashboards/<FILL IN>.json"}, {}),
        ("/tile/classifier_tags", ["Category::<FILL IN>", "Category::Cloud", "<Add relevant tags>"], ["Category::Cloud"]),
    ],
)  # fmt: skip
def test_an_entry_that_nobody_filled_in_is_taken_away(pointer: str, value: Any, left: Any) -> None:
    tile = with_value(pointer, value)
    rule = "tags/unknown" if "tags" in pointer else "manifest/placeholder"
    done = mended(tile, rules=[rules_by_name()[rule]])
    assert done.tile.at(pointer) == left
    assert said(rule, done.tile) == []


@pytest.mark.parametrize(("pointer", "value"), [("/tile/title", "TODO"), ("/author/name", "<Your company>")])
def test_what_must_be_there_is_not_taken_away(pointer: str, value: str) -> None:
    (finding,) = said("manifest/placeholder", with_value(pointer, value))
    assert not finding.fixable


def test_a_link_keeps_its_title_and_takes_the_definition_that_is_there() -> None:
    line = "[a](https://docs.acme.example/datadog) [b](https://b.example 'B')"
    tile = with_content(clean_tile(), README, TEXT.replace("[guide][1]", line))
    text = mended(tile).tile.file(README).text  # type: ignore[union-attr]
    assert text == TEXT.replace("[guide][1]", "[a][1] [b][3]") + "[3]: https://b.example 'B'\n"
