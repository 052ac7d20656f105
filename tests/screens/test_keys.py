"""The line of keys at the foot: what is there is there whole."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.widgets._footer import FooterKey
from tilewizard.screens.steps import STEPS
from tilewizard.screens.widgets.grid import Grid
from tilewizard.screens.widgets.keys import left_out

from .driving import wizard
from .test_tables import MATERIAL, at_metrics


@pytest.mark.parametrize(
    ("room", "out"), [(30, set()), (29, {"undo"}), (15, {"undo", "steps"}), (1, {"undo", "steps"})]
)
def test_the_least_wanted_keys_go_first_and_only_those_that_may(room: int, out: set[str]) -> None:
    assert left_out({"next": 10, "steps": 10, "undo": 10}, ("undo", "preview", "steps"), room) == out


def assert_whole(app: App[str]) -> None:
    keys = [each for each in app.screen.query(FooterKey) if each.display]
    docked = min((each.region.x for each in keys if each.has_class("-command-palette")), default=app.size.width)
    assert keys
    for key in keys:
        right = app.size.width if key.has_class("-command-palette") else docked
        assert key.region.x >= 0 and key.region.right <= right, (key.description, key.region, right)
        assert key.size.width >= len(f"{key.key_display} {key.description}"), (key.description, key.size)


@pytest.mark.slow
@pytest.mark.parametrize(
    "size", [(80, 24), *(pytest.param(size, marks=pytest.mark.slow) for size in ((120, 40), (200, 60)))]
)
async def test_no_key_is_cut_off(size: tuple[int, int]) -> None:
    async with wizard(size, answers=MATERIAL / "answers.yaml") as hand:
        for step in STEPS:
            await hand.wizard.go_to(step.slug)
            await hand.checked()
            await hand.eventually(lambda: assert_whole(hand.pilot.app))
        await at_metrics(hand, 12)
        hand.wizard.query(Grid).first().focus()
        await hand.checked()
        await hand.eventually(lambda: assert_whole(hand.pilot.app))


@pytest.mark.slow
async def test_a_terminal_that_grows_shows_more_keys() -> None:
    async with wizard((80, 24), answers=MATERIAL / "answers.yaml") as hand:
        before = sum(each.display for each in hand.wizard.query(FooterKey))
        await hand.pilot.resize_terminal(140, 40)
        await hand.checked()
        await hand.eventually(lambda: assert_whole(hand.pilot.app))

        def more() -> None:
            assert sum(each.display for each in hand.wizard.query(FooterKey)) > before

        await hand.eventually(more)


@pytest.mark.slow
async def test_the_line_of_keys_is_made_anew_when_the_keys_are_others_and_only_then() -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        await hand.next("listing")
        await hand.press("tab", "shift+tab")
        assert hand.at("listing.title")
        line = list(hand.wizard.query(FooterKey))
        await hand.press("tab")
        assert hand.at("listing.description")
        assert list(hand.wizard.query(FooterKey)) == line
        await at_metrics(hand, 3)
        hand.wizard.query(Grid).first().focus()
        await hand.checked()
        assert "Mark" in {each.description for each in hand.wizard.query(FooterKey)}
        await hand.press("shift+tab")
        await hand.checked()
        assert "Mark" not in {each.description for each in hand.wizard.query(FooterKey)}
