"""Searching all answers, and copying the value that has the focus."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, OptionList
from tilewizard.answers.model import Answers
from tilewizard.answers.telemetry import MetricRow
from tilewizard.answers.yaml_text import load
from tilewizard.screens.search import SearchScreen
from tilewizard.session.searching import MOST, answers_found
from tilewizard.session.session import Session

from tests.conftest import ROOT
from tests.screens.driving import Hand, wizard

MATERIAL = ROOT / "tests" / "material" / "answers.yaml"


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("description watch", [("listing", "description")]),
        ("SUPPORT@acme listing", [("author", "support_email")]),
        ("price", [("pricing", 0, "unit_price")]),
        ("millisecond", [("metrics", "rows", 1, "unit_name")]),
        ("enter an api key", [("readme", "Setup")]),
        ("dark mode", [("logo_dark",)]),
        ("owner integrations", [("listing", "owner")]),
        ("no such words", []),
    ],
)
def test_words_are_found_in_labels_and_in_values(words: str, paths: list[tuple[str | int, ...]]) -> None:
    answers = Session(load(MATERIAL)).settled()
    assert [each.path for each in answers_found(answers, words)] == paths


def test_the_line_that_holds_the_words_is_shown() -> None:
    (found,) = answers_found(load(MATERIAL), "enter an api key")
    assert (found.where, found.text) == ("README, Setup", "2. Enter an API key.")


def test_of_very_many_the_first_are_found() -> None:
    rows = [MetricRow(metric_name=f"acme.m{at}") for at in range(3000)]
    answers = Answers(submits=["metrics"])
    answers = answers.model_copy(update={"metrics": answers.metrics.model_copy(update={"rows": rows})})
    assert len(answers_found(answers, "acme")) == MOST
    assert [each.path for each in answers_found(answers, "acme.m2999")] == [("metrics", "rows", 2999, "metric_name")]


async def opened(hand: Hand) -> None:
    await hand.press("enter")
    await hand.checked()


@pytest.mark.slow
async def test_search_goes_to_the_answer_that_is_chosen(tmp_path: Path) -> None:
    async with wizard((80, 24), answers=MATERIAL, into=tmp_path) as hand:
        await hand.press("ctrl+f")
        screen = hand.pilot.app.screen
        assert isinstance(screen, SearchScreen)
        await hand.type("latency")
        lines = [str(each.prompt) for each in screen.query_one(OptionList).options]
        assert len(lines) == 1 and lines[0].startswith("Metrics & checks, Metrics, 2, Metric ")
        await hand.press("enter")
        await hand.checked()
        assert hand.wizard.current.slug == "metrics" and hand.at("metric_name")
        focused = hand.pilot.app.focused
        assert isinstance(focused, Input) and focused.value == "acme_widget.latency"


async def test_search_without_a_hit_says_so_and_escape_leaves_the_place(tmp_path: Path) -> None:
    async with wizard((80, 24), answers=MATERIAL, into=tmp_path) as hand:
        before = hand.pilot.app.focused
        await hand.press("ctrl+f")
        await hand.type("no such words")
        assert "no answer" in str(hand.pilot.app.screen.query_one("#search-count").render())
        await hand.press("enter", "escape")
        assert hand.pilot.app.focused is before


@pytest.mark.slow
async def test_search_opens_a_section_of_the_readme(tmp_path: Path) -> None:
    async with wizard((80, 24), answers=MATERIAL, into=tmp_path) as hand:
        await hand.press("ctrl+f")
        await hand.type("enter an api key")
        await hand.press("enter")
        await hand.checked()
        assert hand.wizard.current.slug == "readme" and hand.at("readme.Setup")


@pytest.mark.slow
async def test_the_value_that_has_the_focus_is_copied(tmp_path: Path) -> None:
    async with wizard((80, 24), answers=MATERIAL, into=tmp_path) as hand:
        await hand.press("alt+c")
        assert hand.pilot.app.clipboard == "marketplace"
        await hand.press("tab", "tab", "tab", "alt+c")
        assert hand.pilot.app.clipboard == "metrics, events"
        await hand.next("listing")
        while not hand.at("listing.app_id"):
            await hand.press("tab")
        await hand.press("alt+c")
        assert hand.pilot.app.clipboard == "acme-corp-acme-widget"
        said = [each.message for each in hand.pilot.app._notifications]
        assert said == ["Copied App id: “acme-corp-acme-widget”."]


@pytest.mark.slow
async def test_a_row_is_copied_as_a_spreadsheet_takes_it(tmp_path: Path) -> None:
    async with wizard((80, 24), answers=MATERIAL, into=tmp_path) as hand:
        await hand.wizard.go_to("metrics")
        await hand.pilot.pause()
        hand.wizard.query_one("Metrics Grid").focus()
        await hand.press("alt+c")
        cells = hand.pilot.app.clipboard.split("\t")
        assert cells[:4] == ["acme_widget.requests", "count", "", "request"]


@pytest.mark.slow
async def test_where_there_is_nothing_it_is_said(tmp_path: Path) -> None:
    async with wizard((80, 24), into=tmp_path) as hand:
        await opened(hand)
        await hand.next("listing")
        await hand.press("alt+c")
        assert [each.message for each in hand.pilot.app._notifications] == ["There is nothing to copy here."]
