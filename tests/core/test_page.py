"""A tile as a page of HTML: all of it is there, and nothing that stands in it can do anything."""

from __future__ import annotations

import json
import os
import re
import stat
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import tilewizard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tilewizard.cli import cli
from tilewizard.field.vocabulary import Target
from tilewizard.inspection.dashboard_layout import COLUMNS, ROWS_MAX, WIDGETS_MAX, Block, layout_of
from tilewizard.preview.markup import address_of, html_of
from tilewizard.preview.page import page_of
from tilewizard.tile.tile import MANIFEST, METADATA, README, Tile, TileFile

from tests.conftest import corpus_tiles, needs_corpus, published, quick_first
from tests.rows import rows
from tests.rules.clean_tile import clean_tile

VOID = {"meta", "link", "img", "input", "br", "hr"}
ALLOWED = {
    "meta",
    "img",
    "input",
    "br",
    "hr",
    "html",
    "head",
    "title",
    "style",
    "body",
    "svg",
    "symbol",
    "path",
    "use",
    "aside",
}
ALLOWED |= {
    "code",
    "header",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "ul",
    "ol",
    "li",
    "strong",
    "span",
    "main",
    "section",
}
ALLOWED |= {
    "figure",
    "figcaption",
    "nav",
    "a",
    "fieldset",
    "legend",
    "label",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
ALLOWED |= {"article", "dl", "dt", "dd", "blockquote", "em", "s", "pre"}


class Read(HTMLParser):
    """A page, read strictly: every element is closed where it should be, and is one of ours."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.levels: list[int] = []
        self.words: list[str] = []
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        if tag not in VOID:
            self.open.append(tag)
        self.levels += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        for name, value in attrs:
            assert not name.startswith("on"), name
            self.ids += [value or ""] if name == "id" else []
            if name in ("src", "srcset", "poster", "action", "background"):
                self.loaded.append(value or "")
            elif name == "href":
                (self.links if tag == "a" else self.loaded).append(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def sound(page: str) -> Read:
    """The page, read, once it is sure that it loads nothing, runs nothing and can be listened to."""
    read = Read(page)
    assert all(each.startswith(("data:image/", "#look-")) for each in read.loaded)
    assert all(re.match(r"https?://|mailto:|#shot-|data:application/pdf;base64,", each) for each in read.links)
    assert len(set(read.ids)) == len(read.ids)
    assert read.levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(read.levels, read.levels[1:], strict=False))
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style and "@import" not in style
    return read


def with_readme(body: str) -> Tile:
    return clean_tile().with_text(README, f"# Acme Widget\n\n## Overview\n\n{body}\n\n## Setup\n\n1. Install it.\n")


def test_a_page_shows_all_of_a_tile() -> None:
    text = sound(page_of(clean_tile())).text
    for words in (
        "Acme Widget", "by Acme Corp", "Watch every Acme widget", "$12.50 per Widget per month", "Log Collection",
        "1 of 3 · The overview", "acme_widget.latency", "millisecond", "Can Connect", "Logs carry the source acme_widget",
        "Dashboard: Acme Widget Overview", "Timeseries Requests", "Monitor: Acme Widget errors", "avg(last_5m)", "Errors",
        "1.0.0 / 2026-11-23", "End-user licence agreement", "api_keys_write", "sales@acme.example", "Write to",
    ):  # fmt: skip
        assert words in text


def test_the_same_tile_gives_the_same_page() -> None:
    assert page_of(clean_tile()) == page_of(clean_tile())


def test_a_free_tile_has_no_tab_for_a_price() -> None:
    assert "Pricing" in sound(page_of(clean_tile())).text
    assert "Pricing" not in sound(page_of(clean_tile(Target.EXTRAS))).text


def test_a_policy_forbids_scripts_and_the_network() -> None:
    assert "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'; " in page_of(clean_tile())


@pytest.mark.slow
@needs_corpus
@rows("path", corpus_tiles(), lambda path: path.name)
def test_every_published_tile_has_a_sound_page(path: Path) -> None:
    tile = published(path)
    read = sound(page_of(tile))
    assert " ".join(tile.text_at("/tile/title").split()) in read.text


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "</section></main><h1>mine</h1>",
    "<style>*{display:none}</style>",
    "<!-- <script>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x) [y](file:///etc/passwd) [z](//evil.example/x)",
    "[x](https://a.example/\"onmouseover=alert(1)//)",
    "![x](https://evil.example/track.png)",
    "![x](../../etc/passwd)",
    "![\"onerror=alert(1)](images/acme_widget_overview.png)",
    "<https://a.example/><script>",
    "| a | b |\n|---|---|\n| <script>x</script> | `</code><script>` |",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "{{ 7 * 7 }} {% include 'x' %} {{ config }}",
    "&lt;script&gt; &#60;script&#62;",
    "# One\n\n###### Six",
    "\u202e\x1b[2J\x00",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_readme_is_shown_and_does_nothing(text: str) -> None:
    page = page_of(with_readme(f"before\n\n{text}\n\nafter"))
    read = sound(page)
    assert "before" in read.text and "after" in read.text
    assert "<script" not in page and "evil.example/track" not in " ".join(read.loaded)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_value_is_shown_and_does_nothing(text: str) -> None:
    tile = clean_tile()
    manifest = tile.manifest
    for pointer in ("/tile/title", "/tile/description", "/author/name", "/author/homepage", "/author/sales_email"):
        manifest = manifest.with_value(pointer, text)
    manifest = manifest.with_value("/tile/media", [{"media_type": "image", "caption": text, "image_url": text}])
    tile = tile.with_text(MANIFEST, manifest.text)
    tile = tile.with_text(METADATA, tile.file(METADATA).csv.with_cell(0, "description", text).text)  # type: ignore[union-attr]
    dashboard = {"title": text, "widgets": [{"definition": {"type": text, "title": text}}]}
    tile = tile.with_text("assets/dashboards/acme_widget_overview.json", json.dumps(dashboard))
    page = page_of(tile)
    sound(page)
    assert "<script" not in page and "<svg/onload" not in page and "49" not in page.partition("<main>")[2][:2000]


@pytest.mark.parametrize(
    "piece",
    quick_first(["[", "> ", "- ", "`", "| a ", "<", "&", "\\", "~~", "#" * 7, "(" * 9, "![", "*a_", "[a]("], 11),
)
def test_a_text_made_to_be_slow_is_bounded(piece: str) -> None:
    sound(page_of(with_readme(piece * (60_000 // len(piece)))))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.sampled_from("ab<>&\"'`[]()!*_#|-\n :/=\x00{}%;"), max_size=200))
def test_any_text_gives_sound_html(text: str) -> None:
    Read(html_of(text, lambda url: "data:image/png;base64,AA==" if "a" in url else ""))


def test_a_picture_of_the_tile_is_shown_by_its_path_or_its_place_in_the_repository() -> None:
    at = f"https://raw.githubusercontent.com/DataDog/marketplace/master/{clean_tile().name}/images/acme_widget_overview.png"
    elsewhere = at.replace(clean_tile().name, "another")
    body = f"![a](images/acme_widget_overview.png)\n\n![b]({at})\n\n![c]({elsewhere})"
    page = page_of(with_readme(body))
    assert page.count('alt="a"') == page.count('alt="b"') == 1
    assert 'alt="c"' not in page and "Picture that is not part of the tile: c" in sound(page).text


def test_a_picture_shown_a_thousand_times_fills_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tilewizard.preview.pictures.PAGE_MAX", 200_000)
    assert len(page_of(with_readme("![a](images/acme_widget_overview.png) " * 1_000))) < 600_000


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        ("mailto:help@acme.example", "mailto:help@acme.example"),
        ("/organization-settings/api-keys", "https://app.datadoghq.com/organization-settings/api-keys"),
        ("//evil.example", ""),
        ("javascript:alert(1)", ""),
        ("#setup", ""),
        ("https:", ""),
        ("https://[", ""),
        ("README.md", ""),
    ],
)
def test_a_link_leads_to_the_web_or_nowhere(url: str, leads: str) -> None:
    assert address_of(url) == leads


@pytest.mark.slow
def test_broken_files_keep_no_page_from_being_made() -> None:
    tile = clean_tile()
    for path in tile.paths:
        for data in (b"", b"\xff\xfe{[", b"null", b"[]"):
            sound(page_of(tile.with_file(TileFile(path, data))))
    sound(page_of(Tile({}, name="nothing")))


# -- layouts of dashboards


def widget(x: int, y: int, width: int, height: int, **definition: Any) -> dict[str, Any]:
    layout = {"x": x, "y": y, "width": width, "height": height}
    return {"definition": {"type": "timeseries", **definition}, "layout": layout}


def places(layout: Any) -> list[tuple[int, int, int, int]]:
    return [(each.x, each.y, each.width, each.height) for each in layout_of(layout).blocks]


def test_widgets_stand_where_their_places_say() -> None:
    assert places({"widgets": [widget(4, 0, 8, 3), widget(0, 0, 4, 2)]}) == [(0, 0, 4, 2), (4, 0, 8, 3)]


def test_widgets_without_places_follow_each_other() -> None:
    bare = {"definition": {"type": "note", "content": "\n## Hello\nthere"}}
    group = {"definition": {"type": "group", "title": "Overview", "widgets": [bare]}}
    assert places({"widgets": [bare] * 4 + [group]}) == [
        (0, 0, 4, 2), (4, 0, 4, 2), (8, 0, 4, 2), (0, 2, 4, 2), (0, 4, 12, 3),
    ]  # fmt: skip
    assert [each.title for each in layout_of({"widgets": [bare]}).blocks] == ["Hello"]


def test_a_group_is_as_high_as_what_it_holds() -> None:
    group = widget(0, 0, 12, 1, type="group", widgets=[widget(0, 0, 6, 4), widget(6, 2, 6, 5)])
    assert places({"widgets": [group]}) == [(0, 0, 12, 8)]


def test_what_stands_behind_a_break_of_columns_stands_below() -> None:
    second = widget(0, 0, 6, 2)
    second["layout"]["is_column_break"] = True
    assert places({"widgets": [widget(0, 0, 12, 4), second]}) == [(0, 0, 12, 4), (0, 4, 6, 2)]


def test_a_widget_on_another_moves_below() -> None:
    assert places({"widgets": [widget(0, 0, 8, 4), widget(4, 2, 8, 2)]}) == [(0, 0, 8, 4), (4, 4, 8, 2)]


def test_a_free_layout_is_made_to_fit_twelve_columns() -> None:
    free = {"layout_type": "free", "widgets": [widget(0, 0, 60, 20), widget(60, 20, 60, 20)]}
    assert places(free) == [(0, 0, 6, 2), (6, 2, 6, 2)]


NUMBERS = st.one_of(st.integers(-(10**9), 10**9), st.floats(), st.text(max_size=3), st.none(), st.booleans())
LAYOUTS = st.dictionaries(st.sampled_from(["x", "y", "width", "height", "is_column_break"]), NUMBERS)
WIDGETS = st.recursive(
    st.builds(lambda layout: {"definition": {"type": "note"}, "layout": layout}, LAYOUTS),
    lambda inner: st.builds(
        lambda layout, widgets: {"layout": layout, "definition": {"type": "group", "widgets": widgets}},
        LAYOUTS,
        st.lists(inner, max_size=4),
    ),
    max_leaves=8,
)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.lists(WIDGETS, max_size=6), st.sampled_from(["ordered", "free", None]))
def test_whatever_is_given_a_block_stands_within_the_grid(widgets: list[Any], kind: str | None) -> None:
    def within(blocks: tuple[Block, ...]) -> None:
        for each in blocks:
            assert 0 <= each.x < each.x + each.width <= COLUMNS
            assert 0 <= each.y <= ROWS_MAX and each.height >= 1
            within(each.inner)

    within(layout_of({"widgets": widgets, "layout_type": kind}).blocks)


def test_widgets_without_end_are_counted() -> None:
    layout = layout_of({"widgets": [widget(0, 0, 12, 2)] * (WIDGETS_MAX + 7)})
    assert (len(layout.blocks), layout.left_out) == (WIDGETS_MAX, 7)


# -- the command


def write(tile: Tile, folder: Path) -> Path:
    for path in tile.paths:
        place = folder / tile.name / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(tile.file(path).data)  # type: ignore[union-attr]
    return folder / tile.name


def test_the_command_writes_the_page_and_replaces_an_older_one(tmp_path: Path) -> None:
    tile, page = write(clean_tile(), tmp_path), tmp_path / "page.html"
    page.write_text("older")
    assert cli.main(["preview", str(tile), "--output", str(page)], standalone_mode=False) == 0
    sound(page.read_text("utf-8"))
    assert sorted(each.name for each in tmp_path.iterdir()) == [tile.name, "page.html"]


def test_a_page_that_cannot_be_written_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    tile = write(clean_tile(), tmp_path)
    with pytest.raises(tilewizard.TilewizardError, match="can't be written"):
        cli.main(["preview", str(tile), "--output", str(tmp_path / "no" / "page.html")], standalone_mode=False)
    assert [each.name for each in tmp_path.iterdir()] == [tile.name]


def test_a_device_is_not_taken_the_place_of(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(tilewizard.TilewizardError, match="no regular file"):
        cli.main(
            ["preview", str(write(clean_tile(), tmp_path)), "--output", str(tmp_path / "pipe")], standalone_mode=False
        )
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_folder_that_is_no_tile_has_no_page(tmp_path: Path) -> None:
    with pytest.raises(tilewizard.TilewizardError, match="holds no tile"):
        cli.main(["preview", str(tmp_path), "--output", str(tmp_path / "page.html")], standalone_mode=False)
