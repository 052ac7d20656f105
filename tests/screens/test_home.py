"""The start: what comes out, what it takes, the ways in, and an example to look around in."""

from __future__ import annotations

from pathlib import Path

import pytest
from tilewizard.answers.draft_text import kept
from tilewizard.drafts.at_hand import THINGS, tick, ticked
from tilewizard.drafts.drafts import Draft, DraftStore
from tilewizard.errors import WriteRefused
from tilewizard.screens.home import HomeScreen
from tilewizard.screens.steps import STEPS
from tilewizard.screens.widgets.at_hand import AtHand
from tilewizard.screens.widgets.ways import Ways
from tilewizard.screens.wizard import WizardScreen
from tilewizard.session.session import Session, starting_answers
from tilewizard.writing.state_folder import state_folder

from tests.conftest import quick_first

from .driving import Hand, wizard

SIZES = quick_first([(80, 24), (120, 40), (200, 60)])


def a_draft(title: str) -> None:
    answers = kept(starting_answers())
    DraftStore().save(Draft(f"{title.lower()}-aaaaaa", title, answers, None, None, "listing"))


async def drawn(hand: Hand) -> str:
    await hand.pilot.pause(0.1)
    await hand.pilot.app.workers.wait_for_complete()
    await hand.pilot.pause()
    return "".join(strip.text for strip in hand.pilot.app.screen._compositor.render_strips())


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_run_shows_a_card_the_steps_and_the_way_to_begin(size: tuple[int, int]) -> None:
    async with wizard(size) as hand:
        shown = await drawn(hand)
        for words in ("Acme Widget", "Start a new tile", "Show me one", "Have at hand", f"{len(STEPS)} steps"):
            assert words in shown
        assert hand.pilot.app.focused is hand.pilot.app.screen.query_one(Ways)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_who_comes_back_finds_drafts_and_tiles_side_by_side_with_dates_in_words(
    size: tuple[int, int], tile: Path
) -> None:
    a_draft("Hikari")
    DraftStore().remember(tile, "Acme [b]Widget[/b]")
    async with wizard(size) as hand:
        shown = await drawn(hand)
        for words in ("Hikari", "kept today at", "Acme [b]Widget[/b]"):
            assert words in shown
        new, begun, there = hand.pilot.app.screen.query(Ways)
        assert len({each.region.y for each in (new, begun, there)}) == 1
        assert hand.pilot.app.focused is begun
        await hand.press("right")
        assert hand.pilot.app.focused is there
        await hand.press("right", "left", "left")
        assert hand.pilot.app.focused is new


@pytest.mark.slow
async def test_a_tile_that_is_opened_is_there_the_next_time(tile: Path) -> None:
    async with wizard(tile=tile):
        pass
    assert [(each.path, bool(each.at)) for each in DraftStore().recent()] == [(str(tile.resolve()), True)]
    async with wizard() as hand:
        await hand.press("enter")
        await hand.checked()
        assert hand.wizard.session.original is not None
        assert hand.wizard.session.original.root == tile.resolve()


@pytest.mark.slow
async def test_what_is_at_hand_is_ticked_and_remembered() -> None:
    async with wizard() as hand:
        hand.pilot.app.screen.query_one(AtHand).focus()
        await hand.press("down", "space", "down", "enter", "space")
    assert ticked() == {THINGS[1].slug}
    async with wizard() as hand:
        assert f"1 of {len(THINGS)}" in str(hand.pilot.app.screen.query_one(AtHand).border_title)


def test_a_list_of_ticks_that_is_broken_has_none() -> None:
    for broken in ("{", '{"logo": 1}', '["no such thing", 3, null, ["logo"]]'):
        state_folder().mkdir(parents=True, exist_ok=True)
        (state_folder() / "at_hand.json").write_text(broken)
        assert ticked() == frozenset()
    assert tick("logo") == {"logo"}


@pytest.mark.slow
async def test_the_example_is_whole_and_leaves_no_trace() -> None:
    async with wizard() as hand:
        await drawn(hand)
        before = sorted(state_folder().rglob("*"))
        await hand.press("down", "enter")
        await hand.checked()
        session = hand.wizard.session
        assert session.example
        assert hand.wizard.report is not None
        assert hand.wizard.report.findings == ()
        for step in STEPS:
            await hand.wizard.go_to(step.slug)
            await hand.checked()
        assert hand.wizard.query_one("#write").disabled
        await hand.wizard.go_to("listing")
        await hand.press("end")
        await hand.type(" of mine")
        await hand.checked()
        assert session.answers.listing.title.endswith(" of mine")
        with pytest.raises(WriteRefused):
            session.write()
        await hand.press("ctrl+q")
        assert isinstance(hand.pilot.app.screen, HomeScreen)
    assert sorted(state_folder().rglob("*")) == before
    assert not Session.on_example().plan().root.exists()


@pytest.mark.slow
async def test_a_draft_that_was_discarded_is_not_listed_after_the_example() -> None:
    a_draft("Hikari")
    async with wizard() as hand:
        await drawn(hand)
        DraftStore().discard("hikari-aaaaaa")
        await hand.press("left", "down", "enter")
        await hand.checked()
        assert isinstance(hand.pilot.app.screen, WizardScreen)
        await hand.press("ctrl+q")
        await drawn(hand)
        assert "Hikari" not in await drawn(hand)
