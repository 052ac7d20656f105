"""What one meets who sees the wizard for the first time, on a terminal of 80 by 24."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Checkbox, Footer
from textual.widgets._toast import Toast
from tilewizard.drafts.drafts import DraftStore
from tilewizard.screens.steps import STEPS
from tilewizard.screens.widgets.faults import Faults
from tilewizard.screens.widgets.field import Field
from tilewizard.screens.widgets.sidebar import Sidebar

from tests.rules.clean_tile import written

from .driving import Hand, wizard

pytestmark = pytest.mark.slow

SMALL = (80, 24)
ANSWERS = Path(__file__).parent.parent / "material" / "answers.yaml"


def field(hand: Hand, name: str) -> Field:
    return next(each for each in hand.wizard.query(Field) if each.question.name == name)


async def start(hand: Hand) -> None:
    await hand.press("enter")
    await hand.checked()


async def test_wide_characters_in_what_is_wrong_with_a_field_that_is_not_laid_out_yet() -> None:
    async with wizard(SMALL, answers=ANSWERS) as hand:
        await hand.next("listing")
        faults = field(hand, "listing.app_id").query_one(Faults)
        faults.say(["✗ “a”"])
        faults.say(["✗ “中文字” — write a name"])
        await hand.pilot.pause()
        assert faults.size.height >= 1


async def test_the_list_of_steps_closes_on_escape_and_when_a_step_opens() -> None:
    async with wizard(SMALL, answers=ANSWERS) as hand:
        for key in ("escape", "f6"):
            await hand.press("f6")
            assert hand.wizard.query_one(Sidebar).has_focus
            await hand.press(key)
            await hand.pilot.pause(0.1)
            assert not hand.wizard.has_class("steps-open")
            assert hand.wizard.focused is hand.wizard.step.first_focus is not None
        await hand.press("f6")
        await hand.next("listing")
        assert not hand.wizard.has_class("steps-open")
        await hand.press("end")
        await hand.type("!")
        assert field(hand, "listing.title").region.height
        assert hand.wizard.session.answers.listing.title == "Acme Widget!"


async def test_problems_come_in_the_order_of_the_steps_and_are_seen() -> None:
    async with wizard(SMALL) as hand:
        await start(hand)
        await hand.press("ctrl+n", "ctrl+n", "ctrl+p", "ctrl+p")
        await hand.checked()
        met = []
        for _ in range(12):
            await hand.press("ctrl+g")
            await hand.checked()
            focused = hand.wizard.focused
            assert focused is not None
            page = hand.wizard.step.region
            assert page.contains_region(focused.region), str(met[-2:])
            assert len(hand.pilot.app.screen.query(Toast)) <= 1
            at = next(each for each in focused.ancestors_with_self if isinstance(each, Field))
            met.append(([step.slug for step in STEPS].index(hand.wizard.current.slug), at.question.name))
        errors = met[: next((i for i in range(1, len(met)) if met[i][0] < met[i - 1][0]), len(met))]
        assert [name for _, name in errors[:2]] == ["listing.title", "listing.description"]
        assert len(errors) > 4


async def test_undo_leads_to_what_it_changed() -> None:
    async with wizard(SMALL, answers=ANSWERS) as hand:
        await hand.next("listing")
        await hand.press("tab", "end")
        await hand.type("!")
        await hand.press("tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "ctrl+z")
        await hand.checked()
        assert hand.at("listing.description")


async def test_a_draft_shows_what_is_wrong_with_what_was_typed_and_nothing_else() -> None:
    async with wizard(SMALL) as hand:
        await start(hand)
        await hand.next("listing")
        await hand.fill("Acme", "y" * 100)
        await hand.press("ctrl+q")
    async with wizard(SMALL) as hand:
        await hand.pilot.pause(0.1)
        await hand.press("enter")
        await hand.checked()
        assert "100" in str(field(hand, "listing.description").query_one(Faults).content)
        assert not field(hand, "author.name").findings
        assert "1 to mend" in str(hand.wizard.query_one("#status").content)  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [SMALL, (60, 20)])
async def test_the_key_of_the_palette_ends_the_line_of_keys(size: tuple[int, int]) -> None:
    async with wizard(size, answers=ANSWERS) as hand:
        await hand.next("listing")
        key = hand.wizard.query_one(Footer).query_one(".-command-palette")
        assert key.region.right == size[0]


async def test_a_box_that_is_not_ticked_has_no_cross_whatever_the_colours() -> None:
    async with wizard(SMALL, answers=ANSWERS) as hand:
        await hand.next("listing")
        box = field(hand, "listing.display_on_public_website").query_one(Checkbox)
        assert (box.value, "X" in str(box.render())) == (True, True)
        box.focus()
        await hand.press("space")
        assert (box.value, "X" in str(box.render())) == (False, False)


@pytest.mark.parametrize("typed", ["Clou", "Clod", "Linux中文"])
@pytest.mark.parametrize("key", ["ctrl+n", "ctrl+q"])
async def test_a_word_that_is_no_choice_yet_is_an_answer_when_one_goes(typed: str, key: str) -> None:
    async with wizard(SMALL) as hand:
        await start(hand)
        await hand.next("listing")
        await hand.fill("Acme", "What it does")
        await hand.type(f"Metrics, {typed}")
        session = hand.wizard.session
        await hand.press(key)
        assert session.answers.listing.categories == ["Metrics", typed]


async def test_who_leaves_is_told_that_the_draft_is_kept_also_from_the_help() -> None:
    for keys in (("ctrl+q",), ("f1", "ctrl+q")):
        for draft in DraftStore().all():
            DraftStore().discard(draft.id)
        async with wizard(SMALL) as hand:
            await start(hand)
            await hand.next("listing")
            await hand.type("Acme")
            await hand.press(*keys)
            assert "draft is kept" in (hand.pilot.app.return_value or "")


async def test_who_opens_a_tile_again_is_told_of_the_draft_with_changes_to_it(tmp_path: Path) -> None:
    written(tmp_path / "acme")
    told = []
    for _ in range(2):
        async with wizard(SMALL, tile=tmp_path / "acme") as hand:
            told.append([each.message for each in hand.pilot.app._notifications])
            await hand.next("listing")
            await hand.press("end")
            await hand.type("!")
            await hand.press("ctrl+q")
    assert told[0] == []
    assert "keeps changes to this tile" in told[1][0]


@pytest.mark.parametrize("name", ["submits", "queries"])
async def test_a_kind_of_data_that_there_is_not_is_told(name: str) -> None:
    async with wizard(SMALL, answers=ANSWERS) as hand:
        field(hand, name).target.focus()
        await hand.press("end")
        await hand.type(", evnts")
        await hand.press("tab")
        await hand.checked()
        assert "Evnts" in str(field(hand, name).query_one(Faults).content)
