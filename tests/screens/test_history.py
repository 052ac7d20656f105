"""What was changed, in words: undo and redo say it, the history lists it and leads there."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, OptionList
from tilewizard.answers.material import Medium
from tilewizard.answers.model import Answers
from tilewizard.answers.plans import Plan
from tilewizard.answers.telemetry import MetricRow
from tilewizard.screens.history import HistoryScreen
from tilewizard.session.history import told
from tilewizard.session.session import Change, Session, starting_answers

from tests.screens.driving import Hand, wizard


@pytest.mark.parametrize(
    ("path", "values", "line"),
    [
        (("listing", "title"), ("Acme", "Acme II"), "Listing, Title: “Acme” → “Acme II”"),
        (("listing", "title"), ("Acme", ""), "Listing, Title: “Acme” → nothing"),
        (("listing", "categories"), ([], ["Cloud", "Metrics"]), "Listing, Categories: nothing → “Cloud, Metrics”"),
        (("pricing",), ([], [Plan()]), "Pricing: nothing → 1 entry"),
        (("media",), ([Medium(), Medium()], [Medium()]), "Media & logo, Carousel: 2 entries → 1 entry"),
        (
            ("metrics", "rows"),
            ([MetricRow(), MetricRow()], [MetricRow(), MetricRow(unit_name="byte")]),
            "Metrics & checks, Metrics: what was there → a change in 1 of 2",
        ),
        (("dashboards",), ({}, {"a": "a.json"}), "Dashboards & monitors, Dashboards: nothing → 1 entry"),
        (("readme", "Setup"), ("a\n\x1b[31m", "b"), "README, Setup: “a␊␛[31m” → “b”"),
        (
            ("readme_intro",),
            ("word " * 30 + "here", "word " * 30 + "there"),
            "README, README introduction: “…rd word here” → “…rd word there”",
        ),
    ],
)
def test_a_change_is_told_with_its_place_and_both_values(path: tuple[str, ...], values: tuple, line: str) -> None:
    session = Session(Answers())
    for value in values:
        session.set(path, value, alone=True)
    change = session.made[-1]
    assert told(change).line() == line
    assert told(change).path == path


def test_a_change_of_a_whole_is_told_by_what_differs_first() -> None:
    session = Session(starting_answers())
    session.replace(session.answers.model_copy(update={"eula": "eula.pdf"}))
    assert told(session.made[-1]).line() == "EULA, Licence agreement (EULA): nothing → “eula.pdf”"


def test_the_history_is_what_stands_and_what_can_be_made_again() -> None:
    session = Session(starting_answers())
    for title in ("a", "b", "c"):
        session.set(("listing", "title"), title, alone=True)
    assert isinstance(session.undo(), Change)
    session.undo()
    assert [change.after.listing.title for change in session.made] == ["a"]
    assert [change.after.listing.title for change in session.taken_back] == ["b", "c"]


def said(hand: Hand) -> str:
    return "\n".join(each.message for each in hand.pilot.app._notifications)


async def typed(hand: Hand) -> None:
    await hand.press("enter")
    await hand.checked()
    await hand.next("listing")
    await hand.fill("Acme Widget", "Watch it")
    hand.wizard.session.set(("listing", "title"), "Acme Gadget", alone=True)
    await hand.next("pricing")


@pytest.mark.slow
async def test_undo_and_redo_say_what_and_where(tmp_path: Path) -> None:
    async with wizard((80, 24), into=tmp_path) as hand:
        await typed(hand)
        await hand.press("ctrl+z")
        assert said(hand) == "Undone in Listing, Title: “Acme Widget” stands there again, not “Acme Gadget”."
        assert hand.at("listing.title") and hand.wizard.query(Input).first().value == "Acme Widget"
        await hand.press("ctrl+y")
        assert said(hand) == "Made again in Listing, Title: “Acme Gadget” stands there, not “Acme Widget”."


@pytest.mark.slow
async def test_the_history_leads_to_a_change_and_takes_back_down_to_it(tmp_path: Path) -> None:
    async with wizard((80, 24), into=tmp_path) as hand:
        await typed(hand)
        await hand.press("alt+z")
        assert isinstance(hand.pilot.app.screen, HistoryScreen)
        options = hand.pilot.app.screen.query_one(OptionList)
        lines = [str(options.get_option_at_index(at).prompt) for at in range(options.option_count)]
        assert lines[0].strip() == "3  Listing, Title: “Acme Widget” → “Acme Gadget”"
        await hand.press("down", "enter")
        assert hand.at("listing.description") and hand.wizard.session.answers.listing.title == "Acme Gadget"
        await hand.press("alt+z", "down", "u")
        answers = hand.wizard.session.answers
        assert (answers.listing.title, answers.listing.description) == ("Acme Widget", "")
        assert said(hand).startswith("2 changes at once. Undone in Listing, Description")
        await hand.press("alt+z", "up", "up", "u")
        assert hand.wizard.session.answers.listing.title == "Acme Gadget"
        await hand.press("alt+z", "escape")
        assert hand.at("listing.title")


@pytest.mark.slow
async def test_an_empty_history_says_so_and_closes(tmp_path: Path) -> None:
    async with wizard((80, 24), into=tmp_path) as hand:
        await hand.press("enter")
        await hand.press("alt+z", "enter", "u", "escape")
        assert hand.wizard.session.made == ()
