"""The preview on the screen: opened, turned by keys and mouse, live, and deaf to hostile text."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.app import App
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Markdown, Static
from textual.widgets._markdown import MarkdownBlock
from tilewizard.answers.model import Answers
from tilewizard.answers.telemetry import MetricRow
from tilewizard.screens.export import ExportPage
from tilewizard.screens.preview import PreviewScreen, TabBar
from tilewizard.screens.widgets.carousel import Carousel
from tilewizard.screens.widgets.picture import Picture
from tilewizard.session.report import Report
from tilewizard.session.session import Session
from tilewizard.tile.tile import README

from tests.rules.clean_tile import clean_tile

pytestmark = pytest.mark.slow

SIZES = [(80, 24), pytest.param((120, 40), marks=pytest.mark.slow)]
WORDS = [
    "What every widget does",
    "Enter an API key",
    "Uninstall the integration",
    "Acme support",
    "Initial release",
    "$12.50 per Widget per month",
    "acme_widget.latency",
]
EVIL = "[bold]x[/bold] [/nothing] [@click=app.exit]y[/] \x1b]0;pwned\x07 \x1b[2J ${x} {{ y }}"


class Host(App[str | None]):
    """Opens the preview, and keeps what it gives."""

    def __init__(self, session: Session, *, report: bool = True) -> None:
        super().__init__()
        self.session = session
        self.report: Report | None = session.examine() if report else None
        self.gave: str | None = "nothing"

    def on_mount(self) -> None:
        self.push_screen(PreviewScreen(lambda: self.report), self.keep)

    def keep(self, slug: str | None) -> None:
        self.gave = slug

    @property
    def preview(self) -> PreviewScreen:
        assert isinstance(self.screen, PreviewScreen)
        return self.screen

    @property
    def seen(self) -> str:
        """What is on the screen, without colours."""
        return "\n".join(
            "".join(segment.text for segment in line) for line in self.screen._compositor.render_strips()
        ).replace("\u00a0", " ")

    @property
    def text(self) -> str:
        """All of the open tab, on the screen or not."""
        return "\n".join(block._content.plain for block in self.screen.query(MarkdownBlock))


@asynccontextmanager
async def opened(
    session: Session, size: tuple[int, int] = (120, 40), *, report: bool = True
) -> AsyncIterator[tuple[Host, Pilot[str | None]]]:
    app = Host(session, report=report)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield app, pilot


async def settled(pilot: Pilot[str | None]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


def with_section(title: str, text: str) -> Session:
    session = Session(tile=clean_tile())
    session.set(("readme", title), text)
    return session


@pytest.mark.parametrize("size", SIZES)
async def test_the_card_and_every_tab_by_number(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tilewizard.inspection.drawn_svg.can_draw_svg", lambda: False)
    async with opened(Session(tile=clean_tile()), size) as (app, pilot):
        for words in ("Acme Widget", "by Acme Corp", "Marketplace", "Log Collection", "AW", "$12.50"):
            assert words in app.seen
        for number, words in enumerate(WORDS, 1):
            await pilot.press(str(number))
            await settled(pilot)
            if words not in app.seen:
                await pilot.press("pagedown")
                await settled(pilot)
            assert words in app.seen


@pytest.mark.parametrize("size", SIZES)
async def test_every_tab_by_the_mouse(size: tuple[int, int]) -> None:
    async with opened(Session(tile=clean_tile()), size) as (app, pilot):
        bar = app.preview.query_one(TabBar)
        names = list(bar.names)
        assert names[0] == "Overview" and len(names) == 7
        for at in (*range(1, 7), 0):
            lines = app.seen.splitlines()
            y = next(row for row, line in enumerate(lines) if f" {at + 1} {names[at]} " in line)
            await pilot.click(offset=(lines[y].index(f" {at + 1} {names[at]} ") + 3, y))
            await settled(pilot)
            assert app.preview.at == at


async def test_the_arrows_go_round() -> None:
    async with opened(Session(tile=clean_tile())) as (app, pilot):
        for key, at in (("right", 1), ("left", 0), ("left", 6), ("right", 0)):
            await pilot.press(key)
            assert app.preview.at == at
        await pilot.press(*["right"] * 20)
        await settled(pilot)
        assert app.preview.at == 6
        assert "acme_widget.latency" in app.seen


@pytest.mark.parametrize(("key", "gives"), [("escape", None), ("f5", None), ("enter", "changelog")])
async def test_it_closes_and_enter_tells_which_step(key: str, gives: str | None) -> None:
    async with opened(Session(tile=clean_tile())) as (app, pilot):
        await pilot.press("5", key)
        await settled(pilot)
        assert not isinstance(app.screen, PreviewScreen)
        assert app.gave == gives


async def test_w_writes_all_of_it_as_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened(Session(tile=clean_tile())) as (app, pilot):
        await pilot.press("w")
        await settled(pilot)
        assert isinstance(app.screen, ExportPage)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, PreviewScreen)
    assert [each.name for each in tmp_path.iterdir()] == [f"{clean_tile().name}.html"]
    assert "Watch every Acme widget" in next(tmp_path.iterdir()).read_text("utf-8")


async def test_what_is_typed_appears_where_one_is_reading() -> None:
    long = "\n\n".join(f"Paragraph {at}." for at in range(80))
    session = with_section("Setup", long)
    async with opened(session) as (app, pilot):
        await pilot.press("2")
        await settled(pilot)
        body = app.preview.query_one("#preview-body", VerticalScroll)
        body.scroll_to(y=60, animate=False)
        await settled(pilot)
        session.set(("readme", "Setup"), long.replace("Paragraph 35.", "Something new."))
        session.set(("listing", "title"), "Another title")
        app.report = session.examine()
        await pilot.pause(0.7)
        await settled(pilot)
        assert "Something new." in app.seen
        assert "Another title" in app.seen
        assert body.scroll_y == 60


async def test_each_tab_keeps_its_place() -> None:
    async with opened(with_section("Setup", "line\n\n" * 80)) as (app, pilot):
        await pilot.press("2")
        await settled(pilot)
        body = app.preview.query_one("#preview-body", VerticalScroll)
        body.scroll_to(y=40, animate=False)
        await settled(pilot)
        await pilot.press("4")
        await settled(pilot)
        assert body.scroll_y == 0
        await pilot.press("2")
        await settled(pilot)
        assert body.scroll_y == 40


async def test_the_same_answers_are_not_laid_out_again() -> None:
    session = Session(tile=clean_tile())
    async with opened(session) as (app, pilot):
        blocks = list(app.screen.query(MarkdownBlock))
        app.report = session.examine()
        app.preview.refresh_preview()
        await settled(pilot)
        assert list(app.screen.query(MarkdownBlock)) == blocks


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_tile_says_what_comes_where(size: tuple[int, int]) -> None:
    async with opened(Session(Answers()), size) as (app, pilot):
        for words in ("no title yet", "no description yet", "no categories yet", "no price yet", "no logo yet"):
            assert words in app.seen
        for number in range(1, 8):
            await pilot.press(str(number))
            await settled(pilot)
            assert "Nothing here yet" in app.seen
            assert "step" in app.seen


async def test_before_the_first_report_it_waits() -> None:
    async with opened(Session(tile=clean_tile()), report=False) as (app, pilot):
        assert "checking what was typed" in app.seen
        await pilot.press("3", "right", "right_square_bracket")
        app.report = app.session.examine()
        await pilot.pause(0.7)
        await settled(pilot)
        assert "What every widget does" in app.text


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_is_shown_and_does_nothing(size: tuple[int, int]) -> None:
    session = Session(tile=clean_tile())
    table = f"\n\n| a | b |\n|---|---|\n| {EVIL} | [l](https://x.example/[/b]) |\n\n### {EVIL}\n\n> {EVIL}\n\n- {EVIL}"
    for title in session.answers.readme:
        session.set(
            ("readme", title), f"{EVIL}\n\n```{EVIL}\n{EVIL}\n```\n\n[{EVIL}](<{EVIL}>)\n\n![{EVIL}]({EVIL}){table}"
        )
    for path in (("listing", "title"), ("listing", "description"), ("author", "name"), ("pricing", 0, "unit_label")):
        session.set(path, EVIL)
    session.set(("listing", "categories"), [EVIL, "x" * 500])
    session.set(("media", 0, "caption"), EVIL)
    session.set(("metrics", "rows"), [MetricRow(metric_name=EVIL, metric_type=EVIL, description=EVIL)])
    async with opened(session, size) as (app, pilot):
        for number in range(1, 8):
            await pilot.press(str(number))
            await settled(pilot)
            assert "\x1b" not in app.seen and "\x07" not in app.seen
            await pilot.hover(offset=(10, size[1] - 3))
            for line in range(8, size[1] - 2, 3):
                await pilot.click(offset=(12, line))
            await settled(pilot)
            await pilot.press("pagedown")
            await settled(pilot)
        assert isinstance(app.screen, PreviewScreen)
        await pilot.press("4", "home")
        await settled(pilot)
        assert "[bold]x[/bold] [/nothing] [@click=app.exit]y[/]" in app.text


async def test_no_table_has_tooltips_that_are_read_as_markup() -> None:
    session = with_section("Overview", "| a | b |\n|---|---|\n| [/x] | [link][1] **bold** |\n")
    async with opened(session) as (app, _):
        page = app.screen.query_one(Markdown)
        assert "[/x]" in app.seen and "link bold" in app.seen
        assert not any(each.tooltip for each in page.query("*"))


@pytest.mark.parametrize(
    "text",
    ["See the [guide][1].", "| a |\n|---|\n| See the [guide][1] |"],
    ids=["in a paragraph", "in a table"],
)
async def test_a_link_tells_where_it_leads_and_opens_nothing(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened_urls: list[str] = []
    monkeypatch.setattr(App, "open_url", lambda _, url, **__: opened_urls.append(url))
    async with opened(with_section("Setup", text)) as (app, pilot):
        await pilot.press("2")
        await settled(pilot)
        lines = app.seen.splitlines()
        y = next(row for row, line in enumerate(lines) if "guide" in line)
        await pilot.click(offset=(lines[y].index("guide") + 1, y))
        await settled(pilot)
        assert [each.message for each in app._notifications] == ["https://docs.acme.example/datadog"]
        assert opened_urls == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<div class='x'>inside</div>", "inside"),
        ("<!-- a\n\ncomment -->\n\nafter", "after"),
        ("one<br/>two", "one\ntwo"),
        ('an <img alt="A view" src="images/a.png"> here', "an [picture: A view (images/a.png)] here"),
        ("![A view](images/a.png)", "[picture: A view (images/a.png)]"),
        ("<script>alert(1)</script>\n\nafter", "after"),
        ("a <b>bold</b> word", "a bold word"),
        ("put <YOUR_API_KEY> here", "put <YOUR_API_KEY> here"),
        ("an &#x202e; override", "an \\u202e override"),
    ],
)
async def test_html_and_pictures_are_words(text: str, shown: str) -> None:
    async with opened(with_section("Overview", text)) as (app, _):
        assert shown in app.text
        assert "comment" not in app.text and "alert" not in app.text


async def test_code_is_folded_rather_than_cut() -> None:
    code = "```\n" + "a" * 200 + "END\n```"
    async with opened(with_section("Setup", code), (80, 24)) as (app, pilot):
        await pilot.press("2")
        await settled(pilot)
        assert "END" in app.seen


async def test_pictures_are_paged_by_keys_and_mouse() -> None:
    async with opened(Session(tile=clean_tile()), (40, 24)) as (app, pilot):
        carousel = app.screen.query_one(Carousel)

        def shown() -> list[int]:
            return [frame.at for frame in carousel.query("_Frame") if frame.display]

        def caption() -> str:
            return str(carousel.query_one("#caption", Static).render())

        assert shown() == [0] and caption() == "1 of 3 · The overview"
        for key, at in (("right_square_bracket", 1), ("right_square_bracket", 2), ("right_square_bracket", 0)):
            await pilot.press(key)
            assert shown() == [at]
        await pilot.press("left_square_bracket")
        assert caption() == "3 of 3 · The alerts"
        await pilot.resize_terminal(120, 40)
        await settled(pilot)
        assert shown() == [0, 1, 2]
        assert all(each.shown is not None for each in carousel.query(Picture))
        await pilot.click(list(carousel.query(Picture))[1])
        assert caption() == "2 of 3 · The hosts"


async def test_pictures_are_on_the_overview_alone() -> None:
    async with opened(Session(tile=clean_tile())) as (app, pilot):
        assert app.screen.query_one(Carousel).display
        await pilot.press("3")
        await settled(pilot)
        assert not app.screen.query_one(Carousel).display


async def test_long_texts_on_the_card_leave_room_for_the_tab() -> None:
    session = Session(tile=clean_tile())
    session.set(("listing", "title"), "long title " * 40)
    session.set(("listing", "description"), "long description " * 90)
    session.set(("listing", "categories"), [f"Category {at}" for at in range(40)])
    async with opened(session, (80, 24)) as (app, _):
        assert app.screen.query_one("#preview-body").size.height >= 8


async def test_a_long_readme_is_laid_out_while_keys_work() -> None:
    session = Session(tile=clean_tile().with_text(README, "# A\n\n## Overview\n\n" + "- item\n" * 5000))
    async with opened(session) as (app, pilot):
        await pilot.press("2")
        await settled(pilot)
        assert app.preview.at == 1
        await pilot.press("1")
        await settled(pilot)
        assert "characters more" in str(app.screen.query_one("#preview-note", Static).render())


async def test_without_colours_pictures_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(Session(tile=clean_tile()), (80, 24)) as (app, pilot):
        assert "images/acme_widget" in app.seen
        for number, words in enumerate(WORDS[:6], 1):
            await pilot.press(str(number))
            await settled(pilot)
            assert words in app.seen
