"""A fault takes one line at its question; what nobody has come to yet is marked and not scolded, until Review."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input
from tilewizard.rules.findings import Severity
from tilewizard.screens.focusing import in_view
from tilewizard.screens.steps import STEPS
from tilewizard.screens.widgets.faults import Faults
from tilewizard.screens.widgets.field import Field
from tilewizard.screens.widgets.sidebar import step_state
from tilewizard.screens.wizard import WizardScreen
from tilewizard.session.session import Session, starting_answers

from tests.conftest import quick_first

from .driving import Hand, wizard
from .test_tables import MATERIAL


def the(hand: Hand, name: str) -> Field:
    return next(each for each in hand.wizard.query(Field) if each.question.name == name)


def label(field: Field) -> str:
    return str(field.query_one(".field-label").render())


async def new_tile(hand: Hand) -> None:
    await hand.pilot.app.push_screen(WizardScreen(Session(starting_answers(), into=Path("nowhere")), step="listing"))
    await hand.checked()


@pytest.mark.slow
@pytest.mark.parametrize("size", quick_first([(80, 24), (120, 40), (200, 60)]))
async def test_a_fault_is_one_line_and_the_pane_tells_all_of_it(size: tuple[int, int]) -> None:
    async with wizard(size) as hand:
        await new_tile(hand)
        await hand.type("A title of far more than fifty characters,  which no card would ever show whole")
        await hand.press("tab", "shift+tab")
        await hand.checked()
        title = the(hand, "listing.title")
        assert len(title.findings) > 1
        assert title.query_one(Faults).display and title.query_one(Faults).size.height == 1
        told = str(hand.wizard.query_one("#context-text").render())
        assert all(finding.form in told for finding in title.findings)


@pytest.mark.slow
async def test_what_was_passed_over_is_marked_and_review_says_that_it_is_wrong() -> None:
    async with wizard() as hand:
        await new_tile(hand)
        await hand.wizard.go_to("readme")
        await hand.wizard.go_to("listing")
        await hand.checked()
        title = the(hand, "listing.title")
        assert (label(title), title.query_one(Faults).display) == ("○ Title *", False)
        assert title.findings and not any(title.has_class(f"-{each.value}") for each in Severity)
        assert " to do)" in str(hand.wizard.query_one("#title-bar").render())
        await hand.wizard.go_to("review")
        await hand.checked()
        await hand.wizard.go_to("listing")
        await hand.checked()
        title = the(hand, "listing.title")
        assert (label(title), title.query_one(Faults).display) == ("Title *", True)
        assert " to mend)" in str(hand.wizard.query_one("#title-bar").render())


@pytest.mark.slow
async def test_who_goes_to_a_problem_reads_of_it() -> None:
    async with wizard() as hand:
        await new_tile(hand)
        await hand.press("ctrl+g")
        await hand.checked()
        field = next(each for each in hand.wizard.query(Field) if each.has_focus_within)
        assert field.findings and field.query_one(Faults).display


def test_what_a_later_step_mends_is_to_do_there_and_no_fault_here() -> None:
    session = Session(starting_answers(), into=Path("nowhere"))
    session.set(("offering",), "integration")
    session.set(("submits",), ["metrics"])
    session.left.add("type")
    report = session.examine()
    assert report.at(("metrics", "rows"))
    state = step_state(STEPS[0], "listing", session, report)
    assert state[:2] == ("○", "to do in Metrics & checks")


@pytest.mark.slow
async def test_what_is_told_above_a_field_does_not_push_it_out_of_sight() -> None:
    async with wizard((80, 24), answers=MATERIAL / "answers.yaml") as hand:
        await hand.next("listing")
        bottom = hand.wizard.step.region.bottom

        def at_the_bottom() -> bool:
            focused = hand.pilot.app.focused
            return isinstance(focused, Input) and focused.region.bottom == bottom

        for _ in range(20):
            await hand.press("tab")
            if at_the_bottom():
                break
        assert at_the_bottom()
        hand.wizard.session.set(("listing", "title"), "x" * 90)
        await hand.checked()
        await hand.pilot.pause(0.1)
        assert the(hand, "listing.title").said
        assert at_the_bottom()


@pytest.mark.slow
async def test_who_scrolled_away_from_a_field_stays_there_when_the_form_becomes_shorter() -> None:
    async with wizard((80, 24), answers=MATERIAL / "answers.yaml") as hand:
        await hand.next("listing")
        await hand.press("tab", "end", "x")
        await hand.checked()
        step, focused = hand.wizard.step, hand.pilot.app.focused
        assert isinstance(focused, Input) and in_view(hand.pilot.app.screen, focused)
        await hand.press("pagedown")
        assert not in_view(hand.pilot.app.screen, focused)
        before = step.virtual_size
        step.query(Field).last().display = False
        await hand.pilot.pause(0.1)
        assert step.virtual_size != before
        assert hand.pilot.app.focused is focused and not in_view(hand.pilot.app.screen, focused)
