"""On wide terminals the card, the tab and the help stand beside the form; a terminal may change its size at any time."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import Static
from tilewizard.screens.preview import PreviewScreen
from tilewizard.screens.widgets.beside import Beside
from tilewizard.screens.widgets.card import CatalogueCard
from tilewizard.screens.widgets.markdown_page import MarkdownPage

from tests.conftest import quick_first

from .driving import Hand, wizard
from .test_tables import MATERIAL

ANSWERS = MATERIAL / "answers.yaml"
PASSES = 100


async def followed(hand: Hand) -> Beside:
    """The pane, once it shows what it was told to."""
    await hand.checked()
    beside = hand.wizard.query_one(Beside)
    for _ in range(PASSES):
        if beside.at_rest:
            break
        await hand.pilot.pause(0.05)
    assert beside.at_rest, "the preview beside the form never came to rest"
    await hand.pilot.pause()
    return beside


def words(hand: Hand, name: str) -> str:
    return str(hand.wizard.query_one(f"#{name}", Static).render())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "preview", "across"),
    quick_first(
        [((150, 45), True, True), ((80, 24), False, False), ((120, 40), False, True), ((200, 60), True, True)],
        2,
        spread=True,
    ),
)
async def test_the_preview_has_a_place_where_there_is_room_and_the_help_always(
    size: tuple[int, int], preview: bool, across: bool
) -> None:
    async with wizard(size, answers=ANSWERS) as hand:
        await hand.wizard.go_to("listing")
        beside = await followed(hand)
        shown, page = hand.wizard.query_one("#context"), hand.wizard.query_one("#page")
        assert beside.display == preview
        assert shown.display and shown.size.height >= 3
        assert (shown.region.x >= page.region.right) == across
        if size[0] == 200:
            assert shown.region.x >= beside.region.right  # A third pane.


@pytest.mark.slow
@pytest.mark.parametrize("size", [(150, 45), pytest.param((200, 60), marks=pytest.mark.slow)])
async def test_the_card_and_the_tab_follow_what_is_typed_and_where(size: tuple[int, int]) -> None:
    async with wizard(size, answers=ANSWERS) as hand:
        await hand.wizard.go_to("listing")
        await hand.press("end")
        await hand.pilot.press(*" II")
        await followed(hand)
        assert "▸ Acme Widget II" in words(hand, "card-words")
        await hand.press("tab")
        await followed(hand)
        assert "▸ Watch every" in words(hand, "card-words")
        await hand.next("pricing")
        beside = await followed(hand)
        assert words(hand, "beside-tab").startswith("Pricing")
        assert "50 per Widget per month" in beside.query_one(MarkdownPage).source
        await hand.next("readme")
        await followed(hand)
        assert not hand.wizard.query_one("#beside-page").display  # Its own preview follows the cursor.
        assert hand.wizard.query_one("#readme-preview-pane").display
        await hand.next("metrics")
        beside = await followed(hand)
        assert words(hand, "beside-tab").startswith("Data Collected")


@pytest.mark.slow
async def test_it_follows_through_all_steps() -> None:
    async with wizard((150, 45), answers=ANSWERS) as hand:
        seen = {}
        for slug in ("media", "dashboards", "eula", "changelog", "type", "metrics", "pricing"):
            await hand.wizard.go_to(slug)
            await followed(hand)
            seen[slug] = words(hand, "beside-tab").split(" ·")[0]
        assert seen == {
            "media": "Overview",
            "dashboards": "Overview",
            "eula": "Pricing",
            "changelog": "Release Notes",
            "type": "Pricing",
            "metrics": "Data Collected",
            "pricing": "Pricing",
        }


@pytest.mark.slow
async def test_nothing_beside_the_form_takes_the_focus() -> None:
    async with wizard((200, 60), answers=ANSWERS) as hand:
        for slug in ("listing", "metrics", "media"):
            await hand.wizard.go_to(slug)
            await followed(hand)
            aside = hand.wizard.query_one("#aside")
            assert not [each for each in hand.wizard.focus_chain if aside in each.ancestors]


async def test_on_a_small_terminal_the_preview_is_a_key_away() -> None:
    async with wizard((80, 24), answers=ANSWERS) as hand:
        await hand.wizard.go_to("listing")
        await hand.checked()
        await hand.pilot.press("f5")
        assert isinstance(hand.pilot.app.screen, PreviewScreen)


@pytest.mark.slow
async def test_a_preview_that_had_no_place_is_drawn_when_it_gets_one() -> None:
    async with wizard((80, 24), answers=ANSWERS) as hand:
        await hand.wizard.go_to("listing")
        beside = await followed(hand)
        assert not beside.query(MarkdownPage)  # What nobody sees costs nothing.
        await hand.pilot.resize_terminal(200, 60)
        for _ in range(100):  # On a busy machine the new size is a while on its way.
            await followed(hand)
            if words(hand, "card-words"):
                break
            await hand.pilot.pause(0.02)
        assert "Acme Widget" in words(hand, "card-words")
        assert hand.wizard.query_one(CatalogueCard).size.height > 5


SIZES = ((80, 24), (200, 60), (111, 30), (150, 45), (120, 40), (199, 50), (80, 24))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("slug", "path"),
    [
        ("readme", ("readme", "Setup")),
        ("metrics", ("metrics", "rows", 1, "description")),
        *(
            pytest.param(*each, marks=pytest.mark.slow)
            for each in (
                ("listing", ("listing", "description")),
                ("listing", ("author", "support_email")),
                ("pricing", ("pricing", 0, "short_description")),
                ("media", ("media", 2, "caption")),
                ("changelog", ("changelog", 0, "added")),
            )
        ),
    ],
)
async def test_a_terminal_that_changes_its_size_takes_no_key_and_no_focus(
    slug: str, path: tuple[str | int, ...]
) -> None:
    async with wizard(SIZES[0], answers=ANSWERS) as hand:
        await hand.wizard.go_to(slug, path)
        await hand.press("end")
        focused, app = hand.pilot.app.focused, hand.pilot.app
        before = hand.wizard.session.value(path)
        letters = iter("abcdefghijklmnopqrstu")
        typed = ""
        for size in SIZES[1:]:
            for _ in range(3):
                letter = next(letters)
                typed += letter
                key = events.Key(letter, letter)
                key.set_sender(app)
                app.post_message(key)
            await hand.pilot.resize_terminal(*size)
            assert app.focused is focused
        await followed(hand)
        value = hand.wizard.session.value(path)
        shown, was = ("\n".join(each) if isinstance(each, list) else str(each) for each in (value, before))
        assert typed in shown
        assert shown.replace(typed, "") == was


@pytest.mark.slow
async def test_a_list_of_steps_that_was_left_does_not_come_back_on_a_narrow_terminal() -> None:
    async with wizard((120, 40), answers=ANSWERS) as hand:
        await hand.wizard.go_to("listing")
        await hand.press("f6", "tab")
        focused = hand.pilot.app.focused
        assert focused is not None and hand.wizard.query_one("#page") in focused.ancestors
        await hand.pilot.resize_terminal(80, 24)
        await hand.checked()
        assert hand.wizard.query_one("#page").display
        assert hand.pilot.app.focused is focused
