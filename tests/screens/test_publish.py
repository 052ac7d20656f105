"""What publishing asks for, in the wizard: seen where it can be seen, confirmed once where it can't."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Button, OptionList, Static
from tilewizard.checking.check_many import Order
from tilewizard.field.vocabulary import Target, TileType
from tilewizard.publishing.ready import State, readiness_of
from tilewizard.screens.hand_in import HandInScreen
from tilewizard.screens.platform_form import PlatformFormScreen
from tilewizard.screens.publish import PublishScreen
from tilewizard.session.session import Session
from tilewizard.tile.tile import read

from tests.core.test_variants import variant

from .driving import Hand, wizard


async def opened(hand: Hand) -> PublishScreen:
    hand.wizard.action_publish()
    await hand.pilot.pause()
    screen = hand.pilot.app.screen
    assert isinstance(screen, PublishScreen)
    return screen


def lines(screen: PublishScreen) -> list[str]:
    return [str(each.prompt) for each in screen.query_one(OptionList).options]


def told(screen: PublishScreen, name: str) -> str:
    return str(screen.query_one(f"#publish-{name}", Static).content)


@pytest.mark.slow
async def test_what_only_the_partner_knows_is_confirmed_and_remembered(tile: Path) -> None:
    async with wizard((80, 24), tile=tile) as hand:
        screen = await opened(hand)
        assert screen.marked is not None and screen.marked.state == State.OPEN
        slug, words = screen.marked.requirement.slug, screen.marked.words
        assert lines(screen)[0] == f"? to confirm {words}"
        before = told(screen, "verdict")
        await hand.press("enter")
        assert lines(screen)[0] == f"✓ confirmed  {words}"
        assert f"Yes, confirmed on {date.today().isoformat()}." in told(screen, "more")
        assert told(screen, "verdict") != before
        await hand.press("escape")
        found = read(tile)
        kept = readiness_of(found, Order(tile).checked_as(found).findings).of(State.CONFIRMED)
        assert [each.requirement.slug for each in kept] == [slug]
        screen = await opened(hand)
        assert lines(screen)[0].startswith("✓ confirmed")
        await hand.press("up", "home", "space")
        assert lines(screen)[0] == f"? to confirm {words}" and told(screen, "verdict") == before
        await hand.press("escape")
        assert hand.wizard.session.plan().is_empty


@pytest.mark.slow
async def test_what_can_be_seen_is_no_question_and_says_what_to_do(tile: Path) -> None:
    (tile / "images").rename(tile.parent / "elsewhere")
    async with wizard((120, 40), tile=tile) as hand:
        screen = await opened(hand)
        at = next(at for at, each in enumerate(screen.readiness.standings) if each.state == State.UNMET)
        screen.query_one(OptionList).highlighted = at
        await hand.pilot.pause()
        before = lines(screen)
        assert screen.query_one("#publish-answer", Button).disabled and "→" in told(screen, "more")
        await hand.press("enter")
        assert lines(screen) == before
        await hand.press("tab", "enter")
        assert hand.pilot.app.screen is not screen


async def test_a_click_confirms_and_a_state_that_cannot_be_kept_is_told(
    tile: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with wizard((120, 40), tile=tile) as hand:
        screen = await opened(hand)
        await hand.pilot.click("#publish-answer")
        assert lines(screen)[0].startswith("✓ confirmed")
        (state / "file").write_text("")
        monkeypatch.setenv("TILEWIZARD_STATE", str(state / "file" / "below"))
        screen.query_one(OptionList).highlighted = 1
        await hand.press("enter")
        assert lines(screen)[1].startswith("? to confirm")
        assert any("can't be" in note.message for note in hand.pilot.app._notifications)


async def test_on_the_platform_the_form_is_gone_through_and_nothing_is_handed_in(tmp_path: Path) -> None:
    root, __ = Session(variant(Target.PLATFORM, TileType.REST_API), into=tmp_path).write()
    async with wizard((80, 24), tile=root) as hand:
        screen = await opened(hand)
        await hand.press("f4")
        assert hand.pilot.app.screen is screen and not screen.query("#publish-package, #publish-hand-in")
        await hand.press("f2")
        assert isinstance(hand.pilot.app.screen, PlatformFormScreen)
        await hand.press("escape")
        await hand.pilot.click("#publish-form")
        assert isinstance(hand.pilot.app.screen, PlatformFormScreen)
        await hand.pilot.pause()


@pytest.mark.slow
async def test_a_package_beside_its_listing_is_handed_in_apart_from_the_form(tmp_path: Path) -> None:
    root, __ = Session(variant(Target.PLATFORM, TileType.OPENMETRICS), into=tmp_path).write()
    async with wizard((80, 24), tile=root) as hand:
        screen = await opened(hand)
        assert not screen.query("#publish-hand-in")
        await hand.press("f2")
        assert isinstance(hand.pilot.app.screen, PlatformFormScreen)
        await hand.press("escape", "f4")
        assert isinstance(hand.pilot.app.screen, HandInScreen)
        await hand.press("escape")  # While it still looks.
        await hand.pilot.click("#publish-package")
        handing_in = hand.pilot.app.screen
        assert isinstance(handing_in, HandInScreen)
        await hand.pilot.pause()
        await hand.eventually(lambda: "in no git checkout" in str(handing_in.query_one("#hand-words", Static).content))


@pytest.mark.slow
async def test_in_a_repository_there_is_no_form(tile: Path) -> None:
    async with wizard((80, 24), tile=tile) as hand:
        screen = await opened(hand)
        assert not screen.query("#publish-package, #publish-form")
        await hand.press("f4")
        assert hand.pilot.app.screen is screen
