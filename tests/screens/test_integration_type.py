"""The first step: the guide that proposes a type, and the files that the choices yield."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.containers import VerticalScroll
from textual.widgets import Static
from tilewizard.answers.notes import NOTES
from tilewizard.field.vocabulary import Target, TileType
from tilewizard.screens.widgets.promised_files import PromisedFiles

from tests.conftest import quick_first
from tests.screens.driving import wizard


@pytest.mark.slow
async def test_the_guide_proposes_and_changes_nothing_unless_it_is_taken(tile: Path) -> None:
    async with wizard((80, 24), tile=tile) as hand:
        session = hand.wizard.session
        before = session.answers
        await hand.press("f4", "down", "escape")
        assert session.answers is before
        await hand.press("f4")
        assert "(as it is now)" in str(hand.pilot.app.screen.query_one("#guide-proposed", Static).content)
        await hand.press("s", "tab", "a", "tab", "f")  # Each choice by its first letter.
        shown = str(hand.pilot.app.screen.query_one("#guide-proposed", Static).content)
        assert "your product emits StatsD; free and open source, by pull request on GitHub" in shown
        assert f"now: {NOTES['type'][before.type]}; {NOTES['target'][before.target]}" in shown
        assert not [each for each in (*TileType, *Target) if each in shown]
        await hand.press("enter")
        await hand.checked()
        assert (session.answers.type, session.answers.target) == ("dogstatsd", "integrations-extras")
        assert session.answers.listing == before.listing
        assert hand.at("type")
        await hand.press("ctrl+z")
        assert session.answers == before
        for button, then in (("#guide-leave", before.type), ("#guide-take", "openmetrics-check")):
            await hand.press("f4", "p", "tab", "a")
            await hand.pilot.click(button)
            await hand.checked()
            assert session.answers.type == then
        await hand.press("f4", *["tab"] * 4, "enter")  # On the button that leaves all as it is.
        assert session.answers.type == "openmetrics-check"


@pytest.mark.slow
async def test_all_that_the_guide_proposes_is_reached_by_keys_where_there_is_little_room(tile: Path) -> None:
    async with wizard((80, 24), tile=tile) as hand:
        await hand.press("f4", "p", "tab", "a", "tab", "n")
        place = hand.pilot.app.screen.query_one(VerticalScroll)
        assert place.max_scroll_y > 0
        await hand.press("pagedown")
        await hand.eventually(lambda: _at(place, place.max_scroll_y))
        await hand.press("pageup")
        await hand.eventually(lambda: _at(place, 0))


def _at(place: VerticalScroll, y: float) -> None:
    assert place.scroll_y == y


@pytest.mark.slow
@pytest.mark.parametrize("size", quick_first([(80, 24), (120, 40)]))
async def test_the_first_step_shows_the_files_of_what_is_chosen_and_follows_each_choice(size: tuple[int, int]) -> None:
    async with wizard(size) as hand:
        await hand.press("enter")  # A new tile.
        shown = hand.wizard.query_one("#promised", Static)
        assert "manifest.json" in str(shown.content) and "examples/" not in str(shown.content)
        await hand.press("tab", "tab", "tab")
        assert hand.at("submits")
        await hand.type("metrics")
        await hand.checked()
        assert "metadata.csv" in str(shown.content) and "examples/rest_api/" in str(shown.content)
        await hand.press("shift+tab", "shift+tab", "up")
        await hand.checked()
        assert "examples/dogstatsd/" in str(shown.content) and "examples/rest_api/" not in str(shown.content)
        await hand.press(*["tab"] * 4)
        box = hand.wizard.query_one(PromisedFiles)
        page = hand.wizard.query_one("#page").region
        assert box.has_focus and page.y <= box.region.y < page.bottom - 2


async def test_of_an_opened_tile_the_first_step_shows_what_a_choice_adds(tile: Path) -> None:
    async with wizard((120, 40), tile=tile) as hand:
        await hand.wizard.go_to("type")
        await hand.checked()
        shown = hand.wizard.query_one("#promised", Static)
        assert "adds no file" in str(shown.content)
        hand.wizard.session.set(("type",), TileType.DOGSTATSD)
        await hand.wizard.step.reload()
        await hand.wizard.caught_up()
        assert "examples/dogstatsd/ send.py" in str(shown.content) and "manifest.json" not in str(shown.content)
