"""Tables and buttons in the room that there is; many files by name."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from tilewizard.screens.widgets.columns import Column, Need, fitted
from tilewizard.screens.widgets.entries import Entries
from tilewizard.screens.widgets.grid import Grid
from tilewizard.screens.widgets.path_input import PathInput
from tilewizard.screens.widgets.tools import Tool

from tests.conftest import ROOT, quick_first

from .driving import Hand, wizard
from .test_tables import MATERIAL, at_metrics

COLUMNS = [Column("Name", 40, True), Column("Per", 40), Column("Unit", 40), Column("Description", 40)]


@pytest.mark.parametrize(
    ("needs", "room", "drawn"),
    [
        ([(20, True), (0, False), (6, True), (30, True)], 80, {0: 20, 1: 3, 2: 6, 3: 30}),
        ([(20, True), (0, False), (6, True), (30, True)], 60, {0: 20, 2: 6, 3: 30}),  # What is empty goes first.
        ([(20, True), (0, False), (6, True), (30, True)], 44, {0: 20, 2: 6, 3: 14}),  # Then what comes later narrows.
        ([(20, True), (0, False), (6, True), (30, True)], 30, {0: 20, 2: 6}),
        ([(20, True), (0, False), (6, True), (30, True)], 9, {0: 9}),
        # Nothing takes room from what is more important, nor is shown empty where there is none for it.
        ([(20, True), (12, True), (6, True), (30, True)], 50, {0: 20, 1: 12, 2: 6}),
        ([(20, True), (0, False), (6, True), (30, True)], 36, {0: 20, 2: 6}),
        ([(0, False)] * 4, 30, {0: 4, 1: 3, 2: 4, 3: 11}),
    ],
)
def test_columns_take_what_they_need_and_the_least_important_goes(
    needs: list[tuple[int, bool]], room: int, drawn: dict[int, int]
) -> None:
    assert fitted(COLUMNS, [Need(*each) for each in needs], room) == drawn


@pytest.mark.parametrize(
    ("room", "drawn"),
    [(80, {0: 18, 1: 30, 2: 28}), (50, {0: 18, 1: 30}), (44, {1: 30}), (20, {1: 20})],
)
def test_what_a_row_is_known_by_is_whole_before_others_are_drawn(room: int, drawn: dict[int, int]) -> None:
    columns = [Column("Kind", 40, True), Column("Name", 40, True, names=True), Column("Description", 40)]
    assert fitted(columns, [Need(18, True), Need(30, True), Need(40, True)], room) == drawn


@pytest.mark.slow
@pytest.mark.parametrize("size", quick_first([(80, 24), (120, 40), (200, 60)]))
async def test_a_metrics_name_is_read_whole(size: tuple[int, int]) -> None:
    async with wizard(size, answers=MATERIAL / "answers.yaml") as hand:
        name = "acme_widget.connections.active.by_pool"
        hand.wizard.session.set(("metrics", "rows", 1, "metric_name"), name)
        await hand.wizard.go_to("metrics")
        await hand.checked()
        grid = next(each for each in hand.wizard.query(Grid) if each.count > 1)
        assert any(name in grid.render_line(line).text for line in range(grid.size.height))


@pytest.mark.slow
@pytest.mark.parametrize("size", quick_first([(80, 24), (120, 40), (200, 60)]))
async def test_headings_and_buttons_of_the_metrics_are_whole(size: tuple[int, int]) -> None:
    async with wizard(size, answers=MATERIAL / "answers.yaml") as hand:
        table = await at_metrics(hand, 12)
        heading = table.grid.render_line(0).text
        assert heading.split()[:3] == ["Metric", "Type", "Unit"] or "Interval" in heading
        last = list(table.grid.drawn)[-1]
        assert table.grid.columns[last].title in heading
        for tool in table.query(Tool):
            assert tool.region.right <= table.region.right
            assert tool.size.width >= len(str(tool.label))


@pytest.mark.slow
async def test_buttons_that_one_line_has_no_room_for_stand_below_each_other() -> None:
    async with wizard((44, 30), answers=MATERIAL / "answers.yaml") as hand:
        for slug in ("metrics", "media", "pricing", "listing", "changelog"):
            await hand.wizard.go_to(slug)
            assert hand.wizard.current.slug == slug

            def whole(slug: str = slug) -> None:
                tools = [each for each in hand.wizard.query(Tool) if each.display]
                assert tools, slug
                for tool in tools:
                    assert tool.parent is not None and tool.size.width >= len(str(tool.label)), slug
                    assert tool.parent.region.contains_region(tool.region), (slug, tool)  # type: ignore[attr-defined]

            await hand.eventually(whole)


def _files(hand: Hand) -> Entries:
    return next(each for each in hand.wizard.query(Entries) if each.question.path == ("dashboards",))


@pytest.mark.slow
async def test_many_dashboards_are_a_table_and_each_is_changed_in_its_own_line(tmp_path: Path) -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        boards = {f"board_{number}": str(tmp_path / f"{number}.json") for number in range(40)}
        hand.wizard.session.set(("dashboards",), boards, alone=True)
        await hand.wizard.go_to("dashboards")
        await hand.checked()
        entries = _files(hand)
        assert len(entries.query(PathInput)) == 2
        entries.query_one(Grid).focus()
        await hand.press("down", "down", "enter", "end")
        await hand.type("x")
        await hand.checked()
        changed = hand.wizard.session.answers.dashboards
        assert list(changed)[1:4] == ["board_1", "board_2x", "board_3"]
        assert list(changed.values()) == list(boards.values())
        await hand.press("ctrl+z")
        await hand.checked()
        assert hand.wizard.session.answers.dashboards == boards


def test_an_id_that_the_sheet_styles_is_given_in_one_place() -> None:
    """The sheet's rules go before a screen's own: another screen's widget of that id would take their shape."""
    folder = ROOT / "screens"
    styled = set(re.findall(r"#([a-z][a-z-]+)", (folder / "tilewizard.tcss").read_text()))
    given = Counter(
        name for path in folder.rglob("*.py") for name in set(re.findall(r'id="([\w-]+)"', path.read_text()))
    )
    assert {name: given[name] for name in styled if given[name] > 1} == {}
