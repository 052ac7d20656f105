"""Handing in from the wizard: what would be committed is shown, done on request alone, and never pushed."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from textual.widgets import Button, OptionList, Static
from tilewizard.rules.sample import UUID
from tilewizard.screens.app import WizardApp
from tilewizard.screens.done import DoneScreen
from tilewizard.screens.hand_in import HandInScreen
from tilewizard.screens.publish import PublishScreen
from tilewizard.session.session import Session
from tilewizard.tile.tile import read

from tests.commands.test_check_options import git
from tests.publishing.test_pull_request import CODEOWNERS, NAME, OLD, checkout, state

from .driving import Hand, wizard

APP_ID = "acme-corp-acme-widget"

__all__ = ["checkout"]


async def opened(hand: Hand) -> HandInScreen:
    hand.wizard.action_publish()
    await hand.pilot.pause()
    await hand.press("f2")
    screen = hand.pilot.app.screen
    assert isinstance(screen, HandInScreen)
    await hand.eventually(lambda: told(screen))
    return screen


def told(screen: HandInScreen) -> str:
    words = str(screen.query_one("#hand-words", Static).content)
    assert words != "looking …"
    return words


@pytest.fixture
def sound(checkout: Path) -> Path:
    """The checkout with nothing in it that the check calls an error, but for the tile's line of owners."""
    git(checkout, "switch", "-q", "main")
    manifest = checkout / OLD / "manifest.json"
    manifest.write_text(manifest.read_text().replace(UUID, UUID[::-1]).replace(APP_ID, "acme-corp-older"))
    git(checkout, "commit", "-q", "-m", "Its own ids", "--", OLD)
    git(checkout, "branch", "-q", "-f", "work", "main")
    git(checkout, "switch", "-q", "work")
    return checkout


def own(checkout: Path) -> None:
    """Give the tile its line of owners."""
    owners = checkout / ".github" / "CODEOWNERS"
    owners.write_text(CODEOWNERS.replace(f"/{OLD}/", f"/{NAME}/    @acme/team\n/{OLD}/"))


def lines(screen: HandInScreen) -> list[str]:
    return [str(each.prompt) for each in screen.query_one(OptionList).options]


@pytest.mark.slow
async def test_what_would_be_done_is_shown_and_done_on_request_alone(sound: Path) -> None:
    git(sound, "switch", "-q", "main")
    own(sound)
    before = state(sound)
    async with wizard((80, 24), tile=sound / NAME) as hand:
        screen = await opened(hand)
        words = told(screen)
        assert "acme-corp-acme-widget, new" in words and "Add Acme Widget" in words
        assert f"{NAME}, .github/CODEOWNERS" in words and "Files that @DataDog/documentation will review: 1" in words
        assert lines(screen)[0].startswith("? Feature") and state(sound) == before
        await hand.type("Customers asked for it")
        await hand.press("enter", "enter")
        assert lines(screen)[0].startswith("✓ Feature")
        assert "Customers asked for it" in told(screen) and "- [x] Feature" in told(screen)
        await hand.press("f2")
        await hand.eventually(lambda: _has(told(screen), "✓ Committed on branch acme-corp-acme-widget"))
        assert git(sound, "symbolic-ref", "--short", "HEAD").strip() == "acme-corp-acme-widget"
        assert git(sound, "status", "--porcelain") == "" and git(sound, "remote") == ""
        assert "✓ Git history is clean" in lines(screen)
        assert screen.query_one("#hand-commit", Button).disabled
        await hand.press("f4")
        push, opening = hand.pilot.app.clipboard.splitlines()
        assert push == "git push -u origin acme-corp-acme-widget"
        title, body = shlex.split(opening)[4], Path(shlex.split(opening)[6])
        assert title == "Add Acme Widget" and "Customers asked for it" in body.read_text()
        await hand.press("f3")
        assert hand.pilot.app.clipboard == body.read_text()
        before = state(sound)
        await hand.press("f2")
        assert state(sound) == before


def _has(text: str, words: str) -> None:
    assert words in text


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["dirty", "rebase", "branch"])
async def test_what_is_in_the_way_is_told_and_nothing_is_done(checkout: Path, fault: str) -> None:
    git(checkout, "switch", "-q", "main")
    if fault == "dirty":
        (checkout / OLD / "README.md").write_text("# Another\n")
    elif fault == "rebase":
        (checkout / ".git" / "rebase-merge").mkdir()
    else:
        git(checkout, "branch", "acme-corp-acme-widget")
    before = state(checkout)
    async with wizard((80, 24), tile=checkout / NAME) as hand:
        screen = await opened(hand)
        said = {
            "dirty": f"✗ {checkout}: {OLD}/README.md differs too",
            "rebase": "a rebase is under way",
            "branch": "there is a branch acme-corp-acme-widget already",
        }[fault]
        assert said in told(screen)
        assert screen.query_one("#hand-commit", Button).disabled
        await hand.press("f2")
        assert state(checkout) == before


@pytest.mark.slow
async def test_after_writing_what_the_checkout_lacks_is_an_error_that_is_named(checkout: Path) -> None:
    app = WizardApp()
    async with app.run_test(size=(80, 24)) as pilot:
        tile = read(checkout / NAME)
        app.push_screen(DoneScreen(checkout / NAME, ["manifest.json"], Session(tile=tile)))
        await pilot.pause()
        await pilot.press("f2")
        hand = Hand(pilot)
        await hand.eventually(lambda: _is(app.screen, PublishScreen))
        states = [str(each.prompt) for each in app.screen.query_one(OptionList).options]
        assert any(each.startswith("✗ not met") and "error" in each for each in states)
        await pilot.press("f2")
        await hand.eventually(lambda: _is(app.screen, HandInScreen))
        screen = app.screen
        assert isinstance(screen, HandInScreen)
        await hand.eventually(lambda: _has(told(screen), "✗ Errors that the check finds"))
        assert ".github/CODEOWNERS" in told(screen).partition("Errors")[2]


def _is(screen: object, kind: type[object]) -> None:
    assert isinstance(screen, kind)


async def test_what_is_not_written_is_not_handed_in(checkout: Path) -> None:
    async with wizard((80, 24), tile=checkout / NAME) as hand:
        hand.wizard.session.set(("listing", "title"), "Acme Gadget")
        hand.wizard.action_publish()
        await hand.pilot.pause()
        await hand.press("f2")
        assert not isinstance(hand.pilot.app.screen, HandInScreen)
        assert any("Write the tile first" in note.message for note in hand.pilot.app._notifications)


@pytest.mark.slow
async def test_nothing_is_committed_while_the_check_finds_errors_and_why_is_said(sound: Path) -> None:
    async with wizard((80, 24), tile=sound / NAME) as hand:
        screen = await opened(hand)
        button = screen.query_one("#hand-commit", Button)
        assert "✗ Errors that the check finds: 1" in told(screen) and "Commit is off while errors stand" in told(screen)
        assert button.disabled
        before = state(sound)
        await hand.press("f2")
        assert state(sound) == before and not screen.committed
        own(sound)
        await hand.press("f2")
        await hand.eventually(lambda: _has(told(screen), "✓ Committed on branch"))
        assert "Errors" not in told(screen)


@pytest.mark.slow
async def test_what_others_change_while_one_looks_stops_the_commit(sound: Path) -> None:
    own(sound)
    async with wizard((120, 40), tile=sound / NAME) as hand:
        screen = await opened(hand)
        assert not screen.query_one("#hand-commit", Button).disabled
        (sound / ".github" / "CODEOWNERS").write_text("* @else\n")
        before = state(sound)
        await hand.press("f2")
        assert ".github/CODEOWNERS differs too" in told(screen) and state(sound) == before
