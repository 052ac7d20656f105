"""What comes with the tile, looked at from the step on dashboards: the sketch of a layout, the words of the others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Button, OptionList, Static
from tilewizard.answers.model import Answers
from tilewizard.answers.paths import replaced
from tilewizard.answers.telemetry import MetricRow
from tilewizard.inspection.dashboard_layout import layout_of
from tilewizard.preview.resources import dashboards
from tilewizard.screens.app import WizardApp
from tilewizard.screens.assets import AssetsScreen
from tilewizard.screens.dashboard_sketch import WIDTH_MIN, sketch_of
from tilewizard.screens.wizard import WizardScreen
from tilewizard.session.session import Session
from tilewizard.tile.tile import Tile, TileFile

from tests.conftest import quick_first

from .driving import Hand

BOARD = "assets/dashboards/acme.json"
SIZES = pytest.mark.parametrize("size", quick_first([(80, 24), (120, 40)]), ids=["small", "large"])


def widget(kind: str, title: str, place: tuple[int, int, int, int], *inner: dict[str, Any]) -> dict[str, Any]:
    definition: dict[str, Any] = {"type": kind, "title": title}
    if inner:
        definition["widgets"] = list(inner)
    return {"definition": definition, "layout": dict(zip(("x", "y", "width", "height"), place, strict=True))}


def sketch(*widgets: dict[str, Any], width: int = WIDTH_MIN) -> str:
    return "\n".join(sketch_of(layout_of({"layout_type": "ordered", "widgets": list(widgets)}), width))


def test_widgets_are_boxes_whose_edges_join_with_title_and_kind_in_words() -> None:
    one, other = widget("timeseries", "Requests", (0, 0, 6, 2)), widget("query_value", "Hosts", (6, 0, 6, 1))
    assert sketch(one, other).splitlines() == [
        "┌───────────────────────┬───────────────────────┐",
        "│Requests               │Hosts · Query value    │",
        "│Timeseries             ├───────────────────────┘",
        "│▁▂▃▅▆▅▃▂▁▂▃▅▆▅▃▂▁▂▃▅▆▅▃│",
        "└───────────────────────┘",
    ]


def test_a_group_says_that_it_is_one_and_its_widgets_fill_it() -> None:
    inner = widget("note", "Read me", (0, 0, 3, 1)), widget("toplist", "", (3, 0, 3, 1))
    assert sketch(widget("group", "About", (6, 0, 6, 2), *inner)).splitlines() == [
        " " * 24 + "┌───────────────────────┐",
        " " * 24 + "│Group: About           │",
        " " * 24 + "├───────────┬───────────┤",
        " " * 24 + "│Read me ·… │Top list   │",
        " " * 24 + "└───────────┴───────────┘",
    ]


@pytest.mark.parametrize(("group", "right", "columns"), [(6, 6, 6), (4, 4, 4), (6, 12, 12), (12, 12, 12)])
def test_a_group_has_as_many_columns_as_it_is_wide_unless_its_widgets_say_otherwise(
    group: int, right: int, columns: int
) -> None:
    made = widget("group", "About", (0, 0, group, 2), widget("note", "x", (right - 2, 0, 2, 1)))
    assert layout_of({"widgets": [made]}).blocks[0].columns == columns


@pytest.mark.parametrize(
    ("key", "text", "shown"),
    [
        ("content", "**Risks** are __rare__, `x_y` too", "Risks are rare, x_y too"),
        ("content", "\n## [Links](https://a.example) and *more*\nBelow", "Links and more"),
        ("content", "![Logo](https://a.example/l.svg)", "Logo"),
        ("content", "Of [Acme][1], more\n\n[1]: https://a.example", "Of Acme, more"),
        ("content", "***", ""),
        ("title", "max:a*b*c of **all**", "max:a*b*c of **all**"),
    ],
)
def test_a_note_is_told_by_its_first_line_as_it_is_read_and_a_title_as_it_stands(
    key: str, text: str, shown: str
) -> None:
    made = widget("note", "", (0, 0, 12, 2))
    made["definition"] = {"type": "note", key: text}
    assert layout_of({"widgets": [made]}).blocks[0].title == shown


def test_the_description_of_a_dashboard_is_told_as_it_is_read() -> None:
    board = {"title": "Acme", "layout_type": "ordered", "widgets": [], "description": "## Acme\n\nHealth *and* usage"}
    tile = Tile({BOARD: TileFile(BOARD, json.dumps(board).encode())}, name="acme")
    assert [each.description for each in dashboards(tile)] == ["Acme Health and usage"]


def test_long_and_wide_and_unprintable_titles_stay_in_their_boxes() -> None:
    shown = sketch(widget("note", "監視監視監視監視監視監視", (0, 0, 4, 1)), widget("note", "a\x1b[31mb", (4, 0, 8, 1)))
    assert "\x1b" not in shown
    assert {cell_len(line) for line in shown.splitlines()} == {WIDTH_MIN}


@pytest.mark.parametrize("title", ["\u0301", " \u0301\u0302"])
def test_a_title_that_takes_no_room_is_left_out(title: str) -> None:
    assert sketch(widget("note", title, (0, 0, 4, 2))) == sketch(widget("note", "", (0, 0, 4, 2)))
    assert sketch(widget(title, "Load", (0, 0, 4, 3))).splitlines()[1].startswith("│Load")


def test_no_widgets_give_no_lines() -> None:
    assert sketch() == ""


_PLACES = some.tuples(*(some.integers(-3, 20) for _ in range(4)))


@given(
    some.lists(
        some.tuples(some.sampled_from(["note", "group", "timeseries", "odd"]), some.text(), _PLACES), max_size=6
    ),
    some.integers(0, 130),
)
def test_whatever_the_widgets_no_line_is_wider_than_there_is_room(
    made: list[tuple[str, str, tuple[int, int, int, int]]], width: int
) -> None:
    inner = [widget(*each) for each in made if each[0] != "group"]
    widgets = [widget(*each, *(inner if each[0] == "group" else ())) for each in made]
    for line in sketch(*widgets, width=width).splitlines():
        assert cell_len(line) <= max(width, WIDTH_MIN)


def session_with(folder: Path) -> Session:
    board = {
        "title": "Acme overview",
        "layout_type": "ordered",
        "widgets": [widget("timeseries", "Load", (0, 0, 12, 2)), widget("note", "Below", (0, 4, 12, 1))],
    }
    monitor = {"version": 2, "title": "Errors are high", "description": "Why", "definition": {"query": "avg(last_5m)"}}
    view = {"name": "All errors", "type": "logs"}
    answers = replaced(Answers(), ("listing", "title"), "Acme Widget")
    for kind, value in (("dashboards", board), ("monitors", monitor), ("saved_views", view)):
        file = folder / f"acme_{kind}.json"
        file.write_text(json.dumps(value))
        answers = replaced(answers, (kind,), {f"acme_{kind}": str(file)})
    return Session(answers)


async def opened(pilot: Pilot[Any]) -> AssetsScreen:
    for _ in range(60):
        await pilot.pause(0.05)
        screen = pilot.app.screen
        if isinstance(screen, AssetsScreen) and screen.query("#asset-told"):
            return screen
    raise AssertionError(pilot.app.screen)


def hidden(widget: Widget) -> None:
    assert not widget.display


async def tells(pilot: Pilot[Any], *words: str) -> None:
    told = ""
    for _ in range(60):
        await pilot.pause(0.05)
        told = str(pilot.app.screen.query_one("#asset-told", Static).content)
        if all(each in told for each in words):
            return
    raise AssertionError(told)


@pytest.mark.slow
@SIZES
async def test_from_the_step_one_key_shows_each_asset(tmp_path: Path, size: tuple[int, int]) -> None:
    app = WizardApp()
    async with app.run_test(size=size) as pilot:
        await app.push_screen(WizardScreen(session_with(tmp_path), step="dashboards"))
        await pilot.pause()
        await pilot.press("f3")
        screen = await opened(pilot)
        listed = [str(each.prompt) for each in screen.query_one(OptionList).options]
        assert listed == ["Dashboard: Acme overview", "Monitor: Errors are high", "Saved view: All errors"]
        for words in (("│Load", "│Timeseries", "┘\n\n\n\n┌"), ("avg(last_5m)", "Why"), ("Kind: Saved view", "logs")):
            await tells(pilot, *words)
            await pilot.press("down")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, WizardScreen)


@pytest.mark.slow
async def test_a_click_says_that_there_is_nothing_then_shows_the_dashboard_that_is_made_for_a_name() -> None:
    app = WizardApp()
    session = Session(replaced(Answers(), ("listing", "title"), "Acme Widget"))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(WizardScreen(session, step="dashboards"))
        await pilot.pause()
        app.screen.query_one("#assets-look", Button).press()
        both = (await opened(pilot)).query_one("#assets-both")
        await Hand(pilot).eventually(lambda: hidden(both))
        await pilot.press("escape")
        await pilot.pause()
        row = MetricRow(metric_name="acme_widget.requests", metric_type="count")
        session.set(("metrics", "rows"), [row])
        session.set(("dashboards",), {"acme_widget_overview": ""})
        app.screen.query_one("#assets-look", Button).press()
        screen = await opened(pilot)
        assert [each.asset.kind.one for each in screen.shown] == ["dashboard"]
        await tells(pilot, "┌")
