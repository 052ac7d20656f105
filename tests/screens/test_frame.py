"""The frame: palette, export, preview, themes, contrast, motion, and what the status says."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color
from textual.widgets import Input
from tilewizard.answers.draft_text import kept
from tilewizard.answers.yaml_text import load
from tilewizard.drafts.appearance import Appearance, remember_theme, remembered_theme
from tilewizard.drafts.drafts import Draft, DraftStore
from tilewizard.errors import TilewizardError
from tilewizard.screens.app import WizardApp
from tilewizard.screens.export import ExportAnswers
from tilewizard.screens.help import HelpScreen
from tilewizard.screens.palette import PALETTE
from tilewizard.screens.preview import PreviewScreen
from tilewizard.screens.themes import CONTRAST, OWN, theme_for
from tilewizard.screens.widgets.choice import Choice
from tilewizard.screens.widgets.ways import Ways
from tilewizard.session.session import starting_answers

from tests.conftest import quick_first

from .driving import wizard

MATERIAL = Path(__file__).parent.parent / "material"
KNOWN = {"textual-dark", "textual-light", "nord", *(theme.name for theme in OWN)}


@pytest.mark.parametrize(
    ("appearance", "terminal", "remembered", "theme"),
    [
        (Appearance(), "", "", "harbor"),
        (Appearance(), "0;15", "", "harbor-light"),
        (Appearance(), "15;0", "", "harbor"),
        (Appearance(), "0;15", "nord", "nord"),
        (Appearance(), "", "gone", "harbor"),
        (Appearance(theme="light"), "", "nord", "harbor-light"),
        (Appearance(theme="nord"), "", "", "nord"),
        (Appearance(high_contrast=True), "", "", "high-contrast"),
        (Appearance(theme="light", high_contrast=True), "", "", "high-contrast-light"),
        (Appearance(high_contrast=True), "0;15", "", "high-contrast-light"),
    ],
)
def test_the_theme_is_what_was_asked_for_else_what_was_chosen_last_else_what_fits(
    appearance: Appearance, terminal: str, remembered: str, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORFGBG", terminal)
    if remembered:
        remember_theme(remembered)
    assert theme_for(appearance, KNOWN) == theme


def test_a_theme_that_is_none_is_told_with_those_there_are() -> None:
    with pytest.raises(TilewizardError) as caught:
        theme_for(Appearance(theme="drak"), KNOWN)
    assert "drak" in caught.value.render()
    assert "high-contrast" in caught.value.render()


def luminance(color: Color) -> float:
    def part(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (part(each / 255) for each in (color.r, color.g, color.b))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", CONTRAST, ids=lambda theme: theme.name)
def test_high_contrast_is_that_of_wcag_aaa(theme: object) -> None:
    colours = theme.to_color_system().generate()  # type: ignore[attr-defined]
    grounds = [Color.parse(colours[name]) for name in ("background", "surface", "panel")]
    for name in ("foreground", "text-error", "text-warning", "text-muted"):
        text = Color.parse(colours[name]) if not colours[name].startswith("auto") else None
        for ground in grounds:
            over = ground.blend(text, text.a) if text is not None else ground.get_contrast_text()
            light, dark = sorted((luminance(over), luminance(ground)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 7, (name, colours[name])


@pytest.mark.slow
async def test_a_theme_that_is_chosen_in_the_app_comes_back() -> None:
    async with wizard() as hand:
        assert remembered_theme() == "", "nobody chose one yet"
        hand.pilot.app.theme = "nord"
        await hand.pilot.pause()
    assert remembered_theme() == "nord"
    async with wizard() as hand:
        assert hand.pilot.app.theme == "nord"
        hand.pilot.app.theme = "dracula"
        await hand.pilot.pause()
        hand.pilot.app.theme = "nord"
        await hand.pilot.pause()
    assert remembered_theme() == "nord", "back to the one of the start is a choice too"


@pytest.mark.parametrize(("motion", "level"), [(True, "full"), (False, "none")])
async def test_reduced_motion_stops_what_moves(motion: bool, level: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "full")
    app = WizardApp(appearance=Appearance(motion=motion))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.animation_level == level


@pytest.mark.slow
async def test_the_palette_names_steps_and_what_one_can_do() -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        titles = [each.title for each in hand.pilot.app.get_system_commands(hand.wizard)]
        for wanted in (
            "Next problem",
            "Fix next problem",
            "Check",
            "Preview",
            "Export answers",
            "Go to Pricing",
            "Theme",
        ):
            assert wanted in titles
        await hand.press("f10")
        await hand.pilot.pause(0.3)
        await hand.type("Go to Pricing")
        await hand.pilot.pause(0.5)
        await hand.press("enter")
        await hand.pilot.pause(0.5)
        assert hand.wizard.current.slug == "pricing"


async def test_every_action_of_the_palette_is_there() -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        missing = [
            name for name, meaning, action in PALETTE if not meaning or not hasattr(hand.wizard, f"action_{action}")
        ]
        assert PALETTE and not missing


@pytest.mark.slow
async def test_the_preview_opens_and_leads_to_the_step_behind_a_tab() -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        await hand.press("f5")
        await hand.pilot.pause(0.3)
        assert isinstance(hand.pilot.app.screen, PreviewScreen)
        await hand.press("escape")
        await hand.pilot.pause(0.2)
        await hand.press("f1")
        await hand.pilot.pause(0.2)
        assert isinstance(hand.pilot.app.screen, HelpScreen)


@pytest.mark.slow
async def test_answers_are_exported_and_a_file_that_is_there_is_replaced_only_when_asked_twice(tmp_path: Path) -> None:
    place = tmp_path / "mine.yaml"
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        answers = hand.wizard.session.answers
        hand.wizard.action_export()
        await hand.pilot.pause(0.2)
        screen = hand.pilot.app.screen
        assert isinstance(screen, ExportAnswers)
        screen.query_one(Input).value = str(place)
        await hand.press("enter")
        assert load(place) == answers
        text = place.read_text() + "# of my own\n"
        place.write_text(text)
        hand.wizard.session.set(("listing", "title"), "Another title")
        hand.wizard.action_export()
        await hand.pilot.pause(0.2)
        hand.pilot.app.screen.query_one(Input).value = str(place)
        await hand.press("enter")
        assert place.read_text() == text
        await hand.press("enter")
        await hand.pilot.pause(0.2)
        assert load(place).listing.title == "Another title"
        assert "# of my own" in place.read_text()


@pytest.mark.slow
async def test_where_nothing_can_be_written_the_export_says_so(tmp_path: Path) -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        hand.wizard.action_export()
        await hand.pilot.pause(0.2)
        hand.pilot.app.screen.query_one(Input).value = str(tmp_path / "none" / "mine.yaml")
        await hand.press("enter")
        assert isinstance(hand.pilot.app.screen, ExportAnswers)
        assert "none" in str(hand.pilot.app.screen.query_one("#export-said").content)  # type: ignore[attr-defined]


@pytest.mark.slow
async def test_the_next_problem_with_one_right_answer_is_fixed_and_undo_takes_it_back() -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        hand.wizard.session.set(("listing", "description"), "Watch every Acme widget.")
        await hand.wizard.go_to("listing")
        await hand.checked()
        await hand.wizard.action_fix_next()
        await hand.checked()
        assert hand.wizard.session.answers.listing.description == "Watch every Acme widget"
        await hand.press("ctrl+z")
        assert hand.wizard.session.answers.listing.description == "Watch every Acme widget."


@pytest.mark.slow
async def test_the_line_below_counts_what_is_shown() -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        await hand.wizard.go_to("listing")
        await hand.checked()
        await hand.press("end")
        await hand.type("x" * 60)
        await hand.checked()
        assert " 1 to mend" in str(hand.wizard.query_one("#status").content)  # type: ignore[attr-defined]


@pytest.mark.slow
async def test_keys_that_no_editors_terminal_keeps_for_itself_do_the_same() -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        await hand.press("alt+n")
        assert hand.wizard.current.slug == "listing"
        await hand.press("alt+p")
        assert hand.wizard.current.slug == "type"
        await hand.press("alt+x")
        await hand.pilot.pause(0.2)
        assert type(hand.pilot.app.screen).__name__ == "CommandPalette"


@pytest.mark.slow
async def test_a_draft_is_gone_on_with_by_enter_and_discarded_when_asked_twice() -> None:
    store = DraftStore()
    store.save(Draft("one-aaaaaa", "Acme One", kept(starting_answers()), None, None, "listing"))
    async with wizard() as hand:
        await hand.pilot.pause(0.3)
        begun = hand.pilot.app.focused
        assert isinstance(begun, Ways)
        assert begun.border_title == "Go on"
        await hand.press("delete")
        assert len(store.all()) == 1
        await hand.press("delete")
        assert store.all() == []
        assert begun.ways == []
        assert hand.pilot.app.focused is hand.pilot.app.screen.query_one(Ways)


@pytest.mark.slow
@pytest.mark.parametrize("size", quick_first([(80, 24), (120, 40)]))
async def test_every_option_can_be_clicked_wherever_its_meaning_stands(size: tuple[int, int]) -> None:
    async with wizard(size, answers=MATERIAL / "answers.yaml") as hand:
        choice = next(each for each in hand.wizard.query(Choice) if "dogstatsd" in each.options)
        shown = choice.render().plain.split("\n")
        for option in ("openmetrics-check", "dogstatsd", "tile-only"):
            shown = choice.render().plain.split("\n")
            line = next(at for at, text in enumerate(shown) if f" {option}" in text)
            await hand.pilot.click(choice, offset=(6, line))
            await hand.pilot.pause()
            assert choice.chosen == option


def test_every_step_that_is_asked_has_a_page_in_the_same_order() -> None:
    from tilewizard.answers.steps import STEPS_ASKED
    from tilewizard.screens.steps import STEPS

    assert [step.words for step in STEPS] == list(STEPS_ASKED)
