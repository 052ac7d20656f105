"""What comes after a tile is handed in, in the wizard: every line can be read, every text copied, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button, OptionList, Static
from tilewizard.publishing.after_texts import Passage
from tilewizard.screens.after import AfterScreen
from tilewizard.screens.publish import PublishScreen

from tests.conftest import quick_first

from .driving import Hand, wizard


async def opened(hand: Hand) -> AfterScreen:
    hand.wizard.action_publish()
    await hand.pilot.pause()
    publish = hand.pilot.app.screen
    assert isinstance(publish, PublishScreen)
    whole(publish)
    await hand.press("f3")
    screen = hand.pilot.app.screen
    assert isinstance(screen, AfterScreen)
    return screen


def whole(screen: Screen[None]) -> None:
    """No button is cut, by its own width or by the box around it."""
    for button in screen.query(Button):
        around = button.parent
        assert isinstance(around, Widget)
        assert around.region.contains_region(button.region), button.label
        assert button.content_size.width >= len(str(button.label)), button.label


@pytest.mark.slow
@pytest.mark.parametrize("size", quick_first([(80, 24), (120, 40)]))
async def test_all_of_it_can_be_read_and_each_text_is_copied(tile: Path, size: tuple[int, int]) -> None:
    async with wizard(size, tile=tile) as hand:
        screen = await opened(hand)
        more, options = screen.query_one("#after-more", VerticalScroll), screen.query_one(OptionList)
        words, copy = screen.query_one("#after-more Static", Static), screen.query_one("#after-copy", Button)
        whole(screen)
        for at, each in enumerate(screen.shown):
            assert screen.marked is each and options.highlighted == at
            assert more.scroll_y == 0 and more.size.height >= 5
            line = str(options.get_option_at_index(at).prompt)
            assert len(line) <= options.size.width
            assert words.size.width <= more.size.width
            for __ in range(10):
                await hand.press("pagedown")
            assert more.scroll_y + more.size.height >= words.size.height
            before = hand.pilot.app.clipboard
            await hand.press("c")
            assert copy.disabled != isinstance(each, Passage)
            assert hand.pilot.app.clipboard == (each.text if isinstance(each, Passage) else before)
            await hand.press("down")
        await hand.press("escape")
        assert isinstance(hand.pilot.app.screen, PublishScreen)
        await hand.press("escape")
        assert hand.wizard.is_current and hand.wizard.session.plan().is_empty


async def test_the_palette_opens_it_and_its_buttons_copy_and_close(tile: Path) -> None:
    async with wizard((120, 40), tile=tile) as hand:
        await hand.wizard.run_action("after")
        await hand.pilot.pause()
        screen = hand.pilot.app.screen
        assert isinstance(screen, AfterScreen)
        await hand.press("down")
        text = screen.marked
        assert isinstance(text, Passage)
        await hand.pilot.click("#after-copy")
        assert hand.pilot.app.clipboard == text.text
        note = next(iter(hand.pilot.app._notifications)).message
        assert text.name in note and str(len(text.gaps)) in note
        await hand.pilot.click("#after-close")
        assert hand.wizard.is_current
