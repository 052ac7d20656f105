"""What rules say beside their examples, case by case: each case is one that a mutation of a rule left unseen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tilewizard.rules.metrics.metadata_cells import HEADER, MOST, example_rows
from tilewizard.rules.readme.readme import _changed
from tilewizard.rules.registry import rules_by_name
from tilewizard.tile.tile import MANIFEST, METADATA, README, SERVICE_CHECKS, Tile, TileFile

from tests.rows import rows

from .applying import applied, with_content
from .clean_tile import clean_tile
from .edges import at, said, severities, with_value

PICTURE = "images/acme_widget_overview.png"
DASHBOARD = "assets/dashboards/acme_widget_overview.json"
PIPELINE = "assets/logs/acme_widget.yaml"
TESTS = "assets/logs/acme_widget_tests.yaml"
OAUTH = "assets/oauth_clients.json"
TAGS = "/tile/classifier_tags"
LISTED = "/tile/media"
ENTRY = {"media_type": "image", "caption": "It", "image_url": PICTURE}


@dataclass(frozen=True)
class Case:
    """Changes to the clean tile's files, and what a rule then says: words of each of its messages, in their order."""

    rule: str
    changes: dict[str, Any]
    says: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.rule} {str(self.changes)[:80]}"

    @property
    def tile(self) -> Tile:
        tile = clean_tile()
        for path, content in self.changes.items():
            tile = with_content(tile, path, content)
        return tile


def manifest(pointer: str, value: Any) -> dict[str, Any]:
    return {MANIFEST: at(pointer, value)}


def readme(old: str, new: str) -> dict[str, Any]:
    return {README: _changed(old, new).content}


def widgets(*each: dict[str, Any]) -> dict[str, Any]:
    return {DASHBOARD: {"widgets": [{"id": n, "definition": definition} for n, definition in enumerate(each)]}}


LOGS = {"type": "timeseries", "title": "Lines", "requests": [{"q": "sum:acme_widget.requests{*}"}, {"log_query": {"index": "*"}}]}  # fmt: skip
GROUP = {"type": "group", "title": "Overview", "layout_type": "ordered", "widgets": []}
CASES = [
    # Pictures and the carousel.
    Case("image/colours", {PICTURE: b"\x89PNG\r\n\x1a\n"}),
    Case("files/unreferenced", {"images/other.png": b"x", **readme("What it is.", "![it](images/other.png)")}),
    Case("media/address", manifest(LISTED, [{**ENTRY, "image_url": " "}, {**ENTRY, "image_url": "https://a.example/b.png"}]), ("no path inside",)),
    Case("media/address", manifest(LISTED, [{**ENTRY, "image_url": "c:/b.png"}, {**ENTRY, "image_url": "b.jpg"}]), ("no path inside", "not in images/")),
    Case("media/entry", manifest(LISTED, [{**ENTRY, "vimeo_id": 5}]), ("a picture has a vimeo_id",)),
    Case("media/twice", manifest(LISTED, [{**ENTRY, "image_url": ""}, {**ENTRY, "image_url": ""}])),
    # The manifest.
    Case("manifest/path", {MANIFEST: {"assets": {"dashboards": {"a": "", "b": ""}}}}, ("is empty", "is empty")),
    Case("manifest/path", {MANIFEST: {"tile": {"changelog": "a/"}, "legal_terms": {"eula": "b/"}}}, ("names a folder", "names a folder")),
    Case("manifest/path", {MANIFEST: {"tile": {"changelog": "/a"}, "legal_terms": {"eula": "/b"}}}, ("leads out", "leads out")),
    Case("integration/submitted-events", {MANIFEST: {"tile": {"classifier_tags": ["Submitted Data Type::Logs"]}, "assets": {"integration": {"events": {"creates_events": False}}}}}),
    Case("integration/submitted-logs", manifest(TAGS, ["Category::Cloud"])),
    Case("integration/submitted-logs", manifest(TAGS, ["Submitted Data Type::Metrics"]), ("logs are not tagged",)),
    Case("metadata/prefix", manifest("/assets/integration/metrics", None)),
    Case("metadata/prefix", manifest("/assets/integration/metrics/prefix", None), ("prefix is missing",)),
    # Files.
    Case("files/name", {"images/a\x07.txt": "x", "images/a\\b.txt": "x"}, ("characters", "characters")),
    Case("files/yaml", {"assets/a.YAML": "a: !!python/object:os.system {}\n"}, ("a.YAML",)),
    Case("files/yaml", {"assets/a.txt": "a: !!python/object:os.system {}\n"}),
    # Dashboards.
    Case("dashboards/app-id", {MANIFEST: {"app_uuid": None}, **widgets({"type": "custom", "title": "x", "app_id": "other"})}),
    Case("dashboards/app-id", widgets({"type": "custom", "title": "x", "app_id": "other"}, {"type": "custom", "app_id": ""}), ("other", "app_id is")),
    Case("dashboards/logs-group", widgets(GROUP), ("no dashboard shows logs",)),
    Case("dashboards/logs-group", widgets(GROUP, LOGS)),
    # Logs.
    Case("logs/metric-id", {PIPELINE: "id: a\nmetric_id: [b]\npipeline: {}\n"}),
    Case("logs/metric-id", {PIPELINE: "id: a\nmetric_id: b\npipeline: {}\n"}, ("metric_id is “b”",)),
    Case("logs/id", {PIPELINE: None, PIPELINE.replace(".yaml", ".yml"): "id: another\n"}, ("id is",)),
    # The client of OAuth.
    Case("oauth/keys", {OAUTH: {"integration": {"onboarding_url": 5}}}, ("onboarding_url is",)),
    # Metrics.
    Case("metadata/type", {METADATA: example_rows(*[{"metric_type": "x"}] * MOST).content}, ("x",) * MOST),
    Case("metadata/type", {METADATA: example_rows(*[{"metric_type": "x"}] * (MOST + 2)).content}, ("and 2 more rows", *("x",) * MOST)),
    Case("integration/service-checks-file", {SERVICE_CHECKS: None, **manifest("/assets/integration/service_checks", None)}, ("there is no",)),
    # The README.
    Case("readme/image", readme("What it is.", "![it](https://a.example/b.png)"), ("is not of this tile",)),
    Case("readme/image", readme("What it is.", "![it](images/b.png)"), ("is not there",)),
    Case("readme/image", readme("What it is.", f"![it]({PICTURE})")),
    Case("readme/markup", readme("What it is.", "**It ** is **a** thing."), ("a blank beside",)),
    Case("readme/markup", readme("What it is.", "**It** is **a **."), ("a blank beside",)),
    Case("readme/markup", readme("What it is.", "One.\n\n* **It** is **a** thing.\n* It is `a."), ("code is not closed",)),
    Case("readme/markup", readme("What it is.", "|a|b|\n|-|-|\n|c|d|\n\n")),
    Case("readme/markup", readme("What it is.", "|a|b|\n|-|\n"), ("below the table's head",)),
    Case("readme/markup", readme("What it is.", "See <b>it</b>, <br>, <SPAN>a</SPAN>.")),
    Case("readme/security-events", {"assets/security/login_0.json": None, **readme("None by default.", "None.\n\n### Security Events of ours\n\nSome.")}),
    Case("readme/metric-prefix", readme("1. Install it.", "1. Metrics start with `acme_gadget.`.\n"), ("acme_gadget.",)),
    Case("readme/metric-prefix", readme("1. Install it.", "1. Metrics: a\n1. Look at `acme_gadget.`.\n")),
    Case("readme/own-support", readme("Write to [support][1].", "Write to Datadog's support."), ("only contact",)),
    # What comes broken.
    Case("dashboards/stream-last", {DASHBOARD: {"layout_type": "ordered", "widgets": [
        {"definition": {"type": "log_stream"}, "layout": {"y": None, "height": 1}}, {"definition": LOGS, "layout": {"y": 0, "height": None}}]}}, ("streams with other",)),
    Case("logs/test-result", {TESTS: "id: acme_widget\n? [b, {c: d}]\n: 2\ntests: []\n"}),
    Case("readme/configuration", readme("What it is.", "```yaml\ninstances:\n  - ? [b, {c: d}]\n    : 2\n```\n"), ("a key is a list or a mapping",)),
    Case("logs/test-result", {TESTS: "id: acme_widget\ntests: [5]\n"}),
    Case("logs/test-result", {TESTS: "id: acme_widget\ntests: 5\n"}),
    Case("logs/test-result", {TESTS: "id: acme_widget\ntests: [\n"}),
    Case("logs/test-result", {TESTS: "id: acme_widget\ntests:\n- sample: a\n  result: {message: b}\n- {}\n"}),
    Case("logs/test-result", {TESTS: "id: acme_widget\ntests:\n- sample: a\n  result: {message: b, status: c, service: d}\n"}, ("and 2 more differ",)),
    Case("dashboards/about", {DASHBOARD: {"widgets": [{"layout": {"y": None, "height": 1}}, {"layout": {"y": 0, "height": None}}]}}),
    Case("files/escape", {"assets/a.txt": '"\\u001b"', "assets/B.JSON": '"\\u001b"'}, ("B.JSON",)),
    Case("media/few", manifest("/tile", None)),
    Case("readme/markup", readme("What it is.", "a | b | c\nso - it | x\n")),
    Case("readme/markup", readme("What it is.", "**It ** is **odd."), ("bold text is not closed",)),
    Case("readme/placeholder", readme("What it is.", "> ```\n> TODO\n> ```\n\n- ```\n  TODO\n  ```\n")),
    Case("oauth/test-address", {OAUTH: {"integration": {"onboarding_url": " http://localhost/a"}}}, ("localhost",)),
]  # fmt: skip


@rows("case", CASES)
def test_a_rule_says_so_much_and_no_more(case: Case) -> None:
    messages = [finding.message for finding in said(case.rule, case.tile)]
    assert len(messages) == len(case.says), messages
    assert all(words in message for words, message in zip(case.says, messages, strict=True)), messages


@pytest.mark.parametrize(
    ("link", "severity"), [("/etc/hostname", "error"), ("../a", "error"), ("a/../../b", "error"), ("a.png", "warning")]
)
def test_a_link_that_leads_out_is_worse_than_one_within(link: str, severity: str) -> None:
    (finding,) = said("files/link", clean_tile().with_file(TileFile("images/link.png", link=link)))
    assert finding.severity.value == severity


def test_a_file_that_cannot_be_read_is_told_of(tmp_path: Path) -> None:
    (finding,) = said("files/link", clean_tile().with_file(TileFile("images/a.png", source=tmp_path)))
    assert "can't be read: is not a regular file" in finding.message


def test_the_category_is_added_that_the_readme_tells_of() -> None:
    tile = with_value(TAGS, ["Category::Cloud"])
    (finding,) = said("tags/log-collection", tile)
    assert finding.fix is not None and finding.fix(tile).list_at(TAGS) == [
        "Category::Cloud",
        "Category::Log Collection",
    ]


@pytest.mark.parametrize("column", HEADER.split(","))
def test_a_column_that_is_added_stands_at_its_place(column: str) -> None:
    table = applied(example_rows({}))
    names = [each for each in HEADER.split(",") if each != column]
    tile = table.with_text(METADATA, ",".join(names) + "\n" + "," * (len(names) - 1) + "\n")
    for finding in said("metadata/columns", tile):
        if finding.fix is not None:
            assert finding.fix(tile).file(METADATA).csv.header == tuple(HEADER.split(","))  # type: ignore[union-attr]


def test_a_picture_that_is_cut_off_is_told_of_once() -> None:
    tile = applied(rules_by_name()["image/colours"].bad)
    whole = tile.file(PICTURE)
    assert whole is not None and said("image/colours", tile)
    cut = tile.with_file(TileFile(PICTURE, whole.data[: whole.data.index(b"IEND")]))
    assert said("image/colours", cut) == [] and len(said("image/format", cut)) == 1


def test_what_stands_at_the_top_of_the_manifest_is_only_worth_knowing() -> None:
    assert severities("oauth/named", with_value("/oauth", {"a": 1})) == ["info"]


def test_a_kind_of_resource_is_known_by_its_beginning() -> None:
    tile = with_value("/tile/resources", [{"resource_type": " Docs", "url": "https://docs.acme.example"}])
    assert [finding.hint for finding in said("listing/resource", tile)] == ["write documentation"]


def test_a_metric_of_another_offering_is_told_of_at_its_plan() -> None:
    tile = applied(rules_by_name()["pricing/metric-format"].bad)
    plan = {**tile.at("/pricing/0"), "metric": "datadog.marketplace.other.thing.x"}
    assert {each.pointer for each in said("pricing/metric-format", with_value("/pricing", [plan]))} == {
        "/pricing/0/metric"
    }


def test_a_flow_is_added_right_below_the_others() -> None:
    rule = rules_by_name()["dataflows/derived"]
    tile = applied(rule.bad)
    path = "assets/dataflows.yaml"
    spaced = tile.with_text(path, f"\n{tile.file(path).text}\n\n")  # type: ignore[union-attr]
    for finding in said(rule.name, spaced):
        assert finding.fix is not None
        assert finding.fix(spaced).file(path).text.strip().count("\n\n") == 0  # type: ignore[union-attr]
        assert finding.fix(spaced).file(path).text.startswith("\n")  # type: ignore[union-attr]


def test_the_first_dashboard_with_groups_is_named_that_shows_no_logs() -> None:
    tile = Case("", widgets(GROUP)).tile
    second = "assets/dashboards/z.json"
    tile = with_content(tile, MANIFEST, {"assets": {"dashboards": {"z": second}}}).with_text(
        second,
        tile.file(DASHBOARD).text,  # type: ignore[union-attr]
    )
    assert [finding.file for finding in said("dashboards/logs-group", tile)] == [DASHBOARD]
