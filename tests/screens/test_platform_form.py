"""The Developer Platform's form in the wizard: what is copied is the value, what is ticked stays ticked while it holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import OptionList, Static
from tilewizard.publishing.entered import entered_on
from tilewizard.screens.platform_form import PlatformFormScreen

from tests.conftest import quick_first

from .driving import Hand, wizard


async def opened(hand: Hand) -> PlatformFormScreen:
    hand.wizard.action_platform_form()
    await hand.pilot.pause()
    screen = hand.pilot.app.screen
    assert isinstance(screen, PlatformFormScreen)
    return screen


def line(screen: PlatformFormScreen, name: str) -> str:
    found = [str(each.prompt) for each in screen.query_one(OptionList).options if f"] {name}" in str(each.prompt)]
    assert len(found) == 1, found
    return found[0]


async def mark(hand: Hand, screen: PlatformFormScreen, name: str) -> None:
    at = next(at for at, each in enumerate(screen._shown) if each is not None and each.name == name)
    screen.query_one(OptionList).highlighted = at
    await hand.pilot.pause()


def told(screen: PlatformFormScreen, where: str) -> str:
    return str(screen.query_one(where, Static).content)


@pytest.mark.slow
@pytest.mark.parametrize("size", quick_first([(80, 24), (120, 40)]))
async def test_a_field_is_copied_and_ticked_and_the_next_one_is_marked(tile: Path, size: tuple[int, int]) -> None:
    async with wizard(size, tile=tile) as hand:
        screen = await opened(hand)
        fields = screen.kit.fields
        assert screen.marked is fields[0] and told(screen, "#form-state").startswith(f"0 of {len(fields)} entered.")
        await mark(hand, screen, "Name")
        await hand.press("c")
        assert hand.pilot.app.clipboard == screen.kit.fields[1].values[0][1]
        await hand.press("enter")
        assert line(screen, "Name").lstrip().startswith("[x] Name")
        assert screen.marked is fields[2]
        assert told(screen, "#form-state").startswith(f"1 of {len(fields)} entered.")
        await hand.press("escape")
        screen = await opened(hand)
        assert line(screen, "Name").lstrip().startswith("[x] Name") and screen.marked is screen.kit.fields[0]
        await mark(hand, screen, "Name")
        assert f"Entered on {date.today().isoformat()}." in told(screen, "#form-field Static")
        await hand.press("space")
        assert line(screen, "Name").lstrip().startswith("[ ] Name")


@pytest.mark.slow
async def test_a_tick_is_gone_when_the_field_holds_something_else(tile: Path) -> None:
    async with wizard((120, 40), tile=tile) as hand:
        screen = await opened(hand)
        for name in ("Name", "Vendor URL", "Wordmark logo"):
            await mark(hand, screen, name)
            await hand.press("enter")
        await hand.press("escape")
        hand.wizard.session.set(("listing", "title"), "Acme Gadget")
        screen = await opened(hand)
        assert [line(screen, name).lstrip()[:3] for name in ("Name", "Vendor URL", "Wordmark logo")] == [
            "[ ]",
            "[x]",
            "[x]",
        ]
        assert not entered_on(screen._tile, screen.kit.fields[1])


async def test_of_several_values_each_is_copied_in_turn(tile: Path) -> None:
    async with wizard((120, 40), tile=tile) as hand:
        screen = await opened(hand)
        several = next(each for each in screen.kit.fields if len(each.values) > 1)
        await mark(hand, screen, several.name)
        for _, text in (*several.values, several.values[0]):
            await hand.press("c")
            assert hand.pilot.app.clipboard == text
        none = next(each for each in screen.kit.fields if not each.values)
        await mark(hand, screen, none.name)
        before = hand.pilot.app.clipboard
        await hand.press("c")
        assert hand.pilot.app.clipboard == before
        await hand.press("tab")
        await hand.pilot.click("#form-close")
        assert hand.wizard.is_current and hand.wizard.session.plan().is_empty
