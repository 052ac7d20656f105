"""What a customer sees of a tile, as values."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tilewizard.answers.model import Answers
from tilewizard.answers.paths import replaced
from tilewizard.answers.plans import Plan
from tilewizard.answers.telemetry import MetricRow, ServiceCheck
from tilewizard.authoring.author import answers_of
from tilewizard.field.vocabulary import Target
from tilewizard.preview.preview import ROWS_MAX, Preview, Tab, preview_of
from tilewizard.preview.words import LINES_MAX, escaped
from tilewizard.readme.starters import with_starter
from tilewizard.session.session import Session
from tilewizard.tile.tile import CHANGELOG, MANIFEST, README, Tile, TileFile

from tests.conftest import corpus_tiles, needs_corpus
from tests.rules.clean_tile import clean_files, clean_tile

NAMES = ["Overview", "Configuration", "Uninstallation", "Support", "Release Notes", "Pricing", "Data Collected"]


def of(tile: Tile, **changes: Any) -> Preview:
    answers = answers_of(tile)
    for path, value in changes.items():
        answers = replaced(answers, tuple(path.split("__")), value)
    return preview_of(tile, answers)


def tab(preview: Preview, name: str) -> Tab:
    return next(each for each in preview.tabs if each.name == name)


def with_manifest(pointer: str, value: Any) -> Tile:
    tile = clean_tile()
    return tile.with_text(MANIFEST, tile.manifest.with_value(pointer, value).text)


def with_readme(text: str) -> Tile:
    return clean_tile().with_text(README, text)


def test_the_card_says_what_the_listing_says() -> None:
    card = of(clean_tile()).card
    assert (card.title.kept, card.title.over) == ("Acme Widget", "")
    assert card.description.kept == "Watch every Acme widget and act on it from Datadog"
    assert (card.author, card.offering, card.systems) == ("Acme Corp", "Integration", "Linux")
    assert card.tags == ("Cloud", "Log Collection", "Metrics")
    assert card.badge == "Marketplace"
    assert card.price.startswith("$12.50 per Widget per month")
    assert card.logo is not None and card.logo.path == "assets/logos/acme_widget_logo.svg"
    assert card.initials == "AW"


@pytest.mark.parametrize(
    ("given", "kept", "over"),
    [
        ("x" * 50, "x" * 50, ""),
        ("x" * 51, "x" * 50, "x"),
        ("a\nb\tc", "a b c", ""),
        ("a\x1b[2Jb", "a␛[2Jb", ""),
        ("[bold]x[/bold]", "[bold]x[/bold]", ""),
        ("", "", ""),
    ],
)
def test_a_title_is_one_printable_line_cut_where_datadog_cuts(given: str, kept: str, over: str) -> None:
    title = of(clean_tile(), listing__title=given).card.title
    assert (title.kept, title.over) == (kept, over)


@pytest.mark.parametrize(("target", "limit"), [(Target.MARKETPLACE, 70), (Target.EXTRAS, 80)])
def test_a_description_is_cut_at_the_targets_limit(target: Target, limit: int) -> None:
    line = of(clean_tile(target), listing__description="d" * 90).card.description
    assert (len(line.kept), len(line.over)) == (limit, 90 - limit)


def test_a_free_tile_has_no_price() -> None:
    preview = of(clean_tile(Target.EXTRAS))
    assert (preview.card.badge, preview.card.price) == ("Free", "")
    assert "free" in tab(preview, "Pricing").markdown
    assert not tab(preview, "Pricing").empty


def test_every_tab_of_a_whole_tile_is_filled() -> None:
    preview = of(clean_tile())
    assert [each.name for each in preview.tabs] == NAMES
    assert not [each.name for each in preview.tabs if each.empty]


def test_every_tab_of_a_new_tile_says_what_fills_it() -> None:
    report = Session(Answers(target=Target.MARKETPLACE)).examine()
    preview = preview_of(report.tile, report.settled)
    assert [each.name for each in preview.tabs if each.empty] == NAMES
    assert all("step" in each.hint for each in preview.tabs)
    assert preview.card.title.kept == preview.card.price == preview.card.initials == ""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Overview", "What every widget does"),
        ("Overview", "[Documentation](<https://docs.acme.example/datadog>)"),
        ("Configuration", "2. Enter an API key."),
        ("Uninstallation", "1. Uninstall the integration"),
        ("Support", "Write to [Acme support][2]."),
        ("Support", "[2]: mailto:support@acme.example"),
        ("Release Notes", "***Added***:"),
        ("Pricing", "Per widget per month"),
        ("Pricing", escaped("sales@acme.example")),
        ("Pricing", "end-user licence agreement"),
        ("Data Collected", "| Metric | Type | Unit | Description |"),
        ("Data Collected", f"| {escaped('acme_widget.latency')} | gauge | millisecond |"),
        ("Data Collected", "**Can Connect**"),
        ("Data Collected", "event stream"),
        ("Data Collected", "Logs carry the source"),
        ("Data Collected", "Widgets send their logs"),
    ],
)
def test_what_is_written_is_in_its_tab(name: str, words: str) -> None:
    assert words in tab(of(clean_tile()), name).markdown


@pytest.mark.parametrize(
    ("pointer", "value", "name", "words"),
    [
        ("/tile/support", "README.md#Uninstallation", "Support", "Uninstall the integration"),
        ("/tile/support", "README.md#data-collected", "Support", "Widgets send their logs"),
        ("/tile/support", "help@acme.example", "Support", escaped("help@acme.example")),
        ("/tile/support", 12, "Support", "Write to"),
        ("/tile/overview", "README.md#Log collection", "Overview", "Widgets send their logs"),
        ("/tile/changelog", "README.md", "Release Notes", "## Overview"),
    ],
)
def test_a_tab_shows_what_the_manifest_names(pointer: str, value: Any, name: str, words: str) -> None:
    assert words in tab(of(with_manifest(pointer, value)), name).markdown


def test_a_heading_that_is_not_there_leaves_the_tab_empty_and_is_named() -> None:
    found = tab(of(with_manifest("/tile/support", "README.md#Helpdesk")), "Support")
    assert found.empty and found.markdown == ""
    assert "Helpdesk" in found.hint


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![A view](images/a_b.png)", r"\[picture: A view \(images\/a\_b\.png\)\]"),
        ("![](images/a.png)", r"\[picture \(images\/a\.png\)\]"),
        ("![A view][9]\n\n[9]: images/a.png", r"\[picture: A view \(images\/a\.png\)\]"),
        ("![A *v*](<a b.png>)", r"\[picture: A \*v\* \(a b\.png\)\]"),
        ("`![A view](images/a.png)`", "`![A view](images/a.png)`"),
        ("a\u00a0b", "a b"),
        ("a\x1b]8;;x\x07b", "a␛]8;;x␇b"),
        ("a\tb", "a   b"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\u202eevil", "\\u202eevil"),
        ("[bold]x[/bold]", "[bold]x[/bold]"),
    ],
)
def test_text_is_shown_and_does_nothing(text: str, shown: str) -> None:
    markdown = tab(of(with_readme(f"# A\n\n## Overview\n\n{text}\n\n## Setup\n")), "Overview").markdown
    assert shown in markdown
    assert "\x1b" not in markdown and "\x07" not in markdown


def test_definitions_of_the_whole_readme_come_before_an_open_code_block() -> None:
    text = "# A\n\n[far]: https://far.example\n\n## Overview\n\nSee [it][far].\n\n```\nnever closed\n"
    markdown = tab(of(with_readme(text)), "Overview").markdown
    assert markdown.index("[far]: https://far.example") < markdown.index("```")


def test_sections_that_no_tab_shows_are_told() -> None:
    text = "# A\n\n## Overview\n\nx\n\n## Data Collected\n\ny\n\n## Further Reading\n\nz\n\n## Troubleshooting\n\nz\n"
    assert of(with_readme(text)).elsewhere == ("Further Reading", "Troubleshooting")


@pytest.mark.parametrize(
    ("body", "lines"), [("line\n" * 900, LINES_MAX), ("x" * 100_000, 1)], ids=["many lines", "one long line"]
)
def test_a_long_text_is_bounded_and_says_so(body: str, lines: int) -> None:
    found = tab(of(with_readme(f"# A\n\n## Setup\n\n{body}\n")), "Configuration")
    assert found.markdown.count("\n") + 1 == lines
    assert "characters more" in found.note


def test_a_long_list_of_metrics_is_bounded_and_says_so() -> None:
    rows = [MetricRow(metric_name=f"acme_widget.m{at}", metric_type="gauge") for at in range(5000)]
    found = tab(of(clean_tile(), metrics__rows=rows), "Data Collected")
    assert found.markdown.count("| gauge |") == ROWS_MAX
    assert "4,800 more metrics" in found.note


@pytest.mark.parametrize("text", ["a | b", "a\nb", "`x", "<b>", "[x](y)", "***", "\\"])
def test_a_cell_stays_one_cell(text: str) -> None:
    from markdown_it import MarkdownIt

    row = MetricRow(metric_name="acme.x", metric_type="gauge", description=text)
    found = tab(of(clean_tile(), metrics__rows=[row], service_checks=[]), "Data Collected")
    tokens = MarkdownIt("gfm-like").parse(found.markdown)
    cells = [tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "td_open"]
    assert len(cells) == 4
    children = next(token for token in tokens if token.type == "inline" and token.content == cells[3]).children or []
    assert "".join(child.content for child in children) == " ".join(text.split())


@pytest.mark.parametrize(
    ("plans", "words", "empty"),
    [
        ([], "", True),
        ([Plan()], "", True),
        ([Plan(short_description="Per seat")], "- Per seat: no price yet", False),
        ([Plan(billing_type="one_time", unit_price=100)], escaped("$100, once"), False),
        ([Plan(billing_type="flat_fee", unit_price=1234.5)], escaped("$1,234.50"), False),
        ([Plan(unit_price=1, billing_type="flat_fee", unit_label="*b*")], r"per \*b\* per month", False),
    ],
)
def test_plans_are_read_as_sentences(plans: list[Plan], words: str, empty: bool) -> None:
    found = tab(of(clean_tile(), pricing=plans), "Pricing")
    assert words in found.markdown
    assert found.empty is empty


def test_gaps_of_the_starter_text_are_counted() -> None:
    answers = with_starter(Answers(), "Overview")
    report = Session(answers).examine()
    assert "of the starter text to fill in" in tab(preview_of(report.tile, report.settled), "Overview").note
    assert "starter" not in tab(of(clean_tile()), "Overview").note


def test_several_plans_are_counted_on_the_card() -> None:
    plans = [Plan(billing_type="flat_fee", unit_price=price) for price in (1, 2, 3)]
    assert of(clean_tile(), pricing=plans).card.price.endswith("(and 2 more plans)")


def test_the_carousel_tells_missing_pictures_and_videos() -> None:
    media = [
        {"media_type": "image", "caption": "A\nview", "image_url": "./images/acme_widget_overview.png"},
        {"media_type": "video", "caption": 3, "image_url": "images/none.png", "vimeo_id": 1},
        {"image_url": 7},
        "nonsense",
    ]
    shots = of(with_manifest("/tile/media", media)).shots
    assert [(each.path, each.caption, each.video, each.file is not None) for each in shots] == [
        ("./images/acme_widget_overview.png", "A view", False, True),
        ("images/none.png", "", True, False),
        ("", "", False, False),
    ]


def test_a_tile_that_sends_nothing_says_so() -> None:
    found = tab(of(clean_tile().with_text(README, "# A\n"), submits=[]), "Data Collected")
    assert found.empty and "sends no data" in found.hint and found.step == "type"


def test_a_service_check_without_a_name_goes_by_its_check() -> None:
    checks = [ServiceCheck(check="acme.up", statuses=["ok"], description="Up.")]
    assert escaped("acme.up") in tab(of(clean_tile(), service_checks=checks), "Data Collected").markdown


def test_nothing_changed_is_an_equal_preview() -> None:
    session = Session(tile=clean_tile())
    one, other = session.examine(), session.examine()
    assert preview_of(one.tile, one.settled) == preview_of(other.tile, other.settled)


def test_what_is_typed_is_in_the_next_preview() -> None:
    session = Session(tile=clean_tile())
    session.set(("readme", "Support"), "Call us.")
    session.set(("changelog", 0, "added"), ["A second thing"])
    report = session.examine()
    preview = preview_of(report.tile, report.settled)
    assert "Call us." in tab(preview, "Support").markdown
    assert "A second thing" in tab(preview, "Release Notes").markdown


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([MANIFEST, README, CHANGELOG, "metadata.csv"]), st.binary(max_size=60) | st.text().map(str.encode)
)
def test_any_bytes_in_any_file_can_be_previewed(path: str, data: bytes) -> None:
    files = {each: TileFile(each, content) for each, content in clean_files(Target.MARKETPLACE).items()}
    tile = Tile({**files, path: TileFile(path, data)}, name="acme", target=Target.MARKETPLACE)
    assert len(preview_of(tile, answers_of(tile)).tabs) == 7


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.recursive(st.none() | st.integers() | st.text(max_size=4), lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=4), inner), max_leaves=5))  # fmt: skip
def test_any_value_in_the_manifest_can_be_previewed(value: Any) -> None:
    content = json.loads(clean_files(Target.MARKETPLACE)[MANIFEST])
    for key in content["tile"]:
        tile = with_manifest("/tile", {**content["tile"], key: value})
        assert len(of(tile).tabs) == 7


@needs_corpus
def test_published_tiles_have_an_overview_and_a_configuration() -> None:
    from tilewizard.tile.tile import read

    for root in corpus_tiles():
        preview = of(read(root))
        assert not tab(preview, "Overview").empty, root.name
        assert not tab(preview, "Configuration").empty, root.name
