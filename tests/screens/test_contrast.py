"""Every theme of ours is legible: what a screen draws is measured, cell by cell, as WCAG 2.2 counts contrast."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.theme import Theme
from textual.widget import Widget
from tilewizard.drafts.appearance import Appearance, remembered_theme
from tilewizard.screens.app import WizardApp
from tilewizard.screens.choose_theme import ChooseTheme
from tilewizard.screens.themes import OWN
from tilewizard.screens.widgets.picture import Picture
from tilewizard.screens.wizard import WizardScreen

from tests.conftest import quick_first

from .driving import Hand, wizard

MATERIAL = Path(__file__).parent.parent / "material"
TEXT, SHAPE = 4.5, 3.0
"""WCAG 2.2, success criteria 1.4.3 and 1.4.11."""
GROUNDS = ("background", "surface", "panel", "boost")
READ = ("foreground", "text-muted", "text-disabled", "text-primary", "text-error", "text-warning", "text-success")


def luminance(color: Color) -> float:
    def part(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (part(each / 255) for each in (color.r, color.g, color.b))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.01)


def over(text: str, ground: Color) -> Color:
    """A colour of a theme as it is seen on a ground; ``auto`` takes black or white."""
    if text.startswith("auto"):
        return ground.blend(ground.get_contrast_text(), Color.parse(text).a)
    color = Color.parse(text)
    return ground.blend(color, color.a).with_alpha(1)


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
def test_every_text_can_be_read_on_every_ground(theme: Theme) -> None:
    colours = theme.to_color_system().generate()
    for ground in GROUNDS:
        under = over(colours[ground], Color.parse(theme.background or "#000000"))
        for name in READ:
            assert contrast(over(colours[name], under), under) >= TEXT, (name, ground)
        for name in ("primary", "block-cursor-background"):
            assert contrast(over(colours[name], under), under) >= SHAPE, (name, ground)
    for text, ground in (
        ("foreground", "primary-muted"),
        ("text-muted", "primary-muted"),
        ("block-cursor-foreground", "block-cursor-background"),
        ("footer-key-foreground", "footer-background"),
        ("input-selection-foreground", "input-selection-background"),
    ):
        under = over(colours[ground], Color.parse(colours["boost"]))
        assert contrast(over(colours[text], under), under) >= TEXT, (text, ground)


def colours_of(style: Style) -> tuple[Color, Color] | None:
    """Text and ground of a segment, as they reach the terminal."""
    if style.color is None or style.bgcolor is None:
        return None
    text, ground = (Color.from_rich_color(each) for each in (style.color, style.bgcolor))
    if style.dim:
        text = ground.blend(text, 0.5)  # What Textual makes of dim.
    return (ground, text) if style.reverse else (text, ground)


def faint(widget: Widget) -> list[tuple[str, float]]:
    """The words of a widget that are harder to read than they may be. Signs and pictures are not words."""
    found = []
    for strip in widget.render_lines(Region(0, 0, *widget.size)):
        for segment in strip:
            text, style, _ = Segment(*segment)
            pair = colours_of(style) if style is not None else None
            if pair is not None and any(each.isalnum() for each in text):
                ratio = contrast(*pair)
                if ratio < TEXT:
                    found.append((text.strip(), round(ratio, 2)))
    return found


def all_faint(hand: Hand) -> dict[str, list[tuple[str, float]]]:
    """What is too faint on the screen, by widget. What is disabled is exempt, as it is in WCAG."""
    shown = [each for each in hand.pilot.app.screen.walk_children(Widget) if each.region and not each.is_disabled]
    leaves = [each for each in shown if each.display and not isinstance(each, Picture) and not each.displayed_children]
    assert leaves, "nothing is shown"
    return {str(each): words for each in leaves if (words := faint(each))}


SLUGS = ("type", "listing", "pricing", "metrics", "media", "review")


LOOKED_AT = quick_first(sorted(OWN, key=lambda theme: theme.name != "harbor"))


@pytest.mark.slow
@pytest.mark.parametrize("theme", LOOKED_AT, ids=lambda theme: theme.name)
async def test_every_word_on_the_screen_can_be_read(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in MATERIAL.iterdir():
        shutil.copy(each, tmp_path / each.name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    app = WizardApp(answers=Path("answers.yaml"), appearance=Appearance(theme=theme.name, motion=False))
    async with app.run_test(size=(120, 40)) as pilot:
        hand = Hand(pilot)
        await hand.checked()
        for slug in SLUGS:
            screen = app.screen
            assert isinstance(screen, WizardScreen)
            await screen.go_to(slug)
            await hand.checked()
            assert not all_faint(hand), slug
            await hand.press("tab", "tab")
            assert not all_faint(hand), (slug, "two fields on")


@pytest.mark.slow
@pytest.mark.parametrize("theme", LOOKED_AT, ids=lambda theme: theme.name)
async def test_the_question_that_has_the_focus_has_a_bar_that_can_be_seen(theme: Theme) -> None:
    app = WizardApp(answers=MATERIAL / "answers.yaml", appearance=Appearance(theme=theme.name, motion=False))
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.checked()
        screen = app.screen
        assert isinstance(screen, WizardScreen)
        await screen.go_to("listing")
        await hand.checked()
        fields = screen.query(".field")
        barred = [each for each in fields if contrast(each.styles.border_left[1], each.background_colors[1]) >= SHAPE]
        assert barred == [each for each in fields if each.has_focus_within]
        assert len(barred) == 1


@pytest.mark.slow
async def test_a_theme_is_tried_by_looking_at_it() -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        app = hand.pilot.app
        before = app.theme
        app.search_themes()
        await hand.pilot.pause()
        chooser = app.screen
        assert isinstance(chooser, ChooseTheme)
        assert chooser.names[: len(OWN)] == [theme.name for theme in OWN]
        assert set(chooser.names) == set(app.available_themes)
        await hand.press("down", "down")
        tried = chooser.names[chooser.names.index(before) + 2]
        assert app.theme == tried, "what is highlighted is worn"
        await hand.press("escape")
        assert app.theme == before, "Escape puts back what was worn"
        assert remembered_theme() == "", "what was only looked at is not kept"

        app.search_themes()
        await hand.pilot.pause()
        await hand.press("down", "enter")
        kept = chooser.names[chooser.names.index(before) + 1]
        assert (app.theme, remembered_theme()) == (kept, kept)
        assert isinstance(app.screen, WizardScreen)
