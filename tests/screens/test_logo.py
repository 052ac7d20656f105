"""The logo on the card of the preview: drawn where it can be, its initials where it can't."""

from __future__ import annotations

import pytest
from textual.widgets import Static
from tilewizard.screens.widgets.picture import Picture
from tilewizard.session.session import Session
from tilewizard.tile.tile import TileFile

from tests.rules.clean_tile import clean_tile, picture

from .test_preview import opened, settled

pytestmark = pytest.mark.slow


async def test_a_logo_that_is_no_svg_is_shown() -> None:
    tile = clean_tile()
    logo = TileFile("assets/logos/acme_widget_logo.png", picture("overview"))
    tile = tile.with_files([logo], without=["assets/logos/acme_widget_logo.svg"])
    async with opened(Session(tile=tile)) as (app, _):
        assert app.screen.query_one("#preview-card Picture", Picture).shown is not None
        assert "AW" not in app.seen


async def test_an_svg_logo_is_drawn() -> None:
    pytest.importorskip("resvg_py")
    async with opened(Session(tile=clean_tile())) as (app, pilot):
        await settled(pilot)
        assert app.screen.query_one("#preview-card Picture", Picture).shown is not None
        assert "AW" not in app.seen
        assert "pip install" not in app.seen


@pytest.mark.parametrize("text", ["<svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 900"/>'])
async def test_for_a_logo_that_cannot_be_drawn_words_stand_in(text: str) -> None:
    tile = clean_tile()
    tile = tile.with_text("assets/logos/acme_widget_logo.svg", text)
    async with opened(Session(tile=tile)) as (app, pilot):
        await settled(pilot)
        assert "AW" in app.seen and "SVG logo" in app.seen


async def test_without_the_library_it_is_said_how_to_see_the_svg_logo(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("tilewizard.inspection.drawn_svg", "tilewizard.screens.preview"):
        monkeypatch.setattr(f"{module}.can_draw_svg", lambda: False)
    async with opened(Session(tile=clean_tile())) as (app, _):
        assert "AW" in app.seen and "SVG logo" in app.seen
        note = str(app.screen.query_one("#preview-note", Static).render())
        assert "To see the SVG logo drawn here: pip install 'tilewizard[images]'" in note
