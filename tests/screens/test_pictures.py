"""Real pictures: which way by the environment, what a terminal is sent, and that keys are none the wiser."""

from __future__ import annotations

import io
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from PIL import Image
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static
from tilewizard.inspection.thumbnail import thumbnail
from tilewizard.screens.drawing.by_line import strips
from tilewizard.screens.drawing.kitty import MARKS, PLACEHOLDER, freed, sent
from tilewizard.screens.drawing.ways import Canvas
from tilewizard.screens.widgets import picture as module
from tilewizard.screens.widgets.picture import HALF, Picture
from tilewizard.session.session import Session
from tilewizard.surroundings.pictures import SWITCH, Way

from tests.rules.clean_tile import clean_tile

from .decoding import (
    REAL,
    difference,
    iterm2_strips,
    joined,
    kitty_pictures,
    kitty_placements,
    sixel_image,
    sixel_strips,
)
from .test_preview import opened, settled

pytestmark = pytest.mark.usefixtures("terminal")


def drawing(size: tuple[int, int] = (320, 180)) -> Image.Image:
    """A picture whose parts can be told apart."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.paste("#c02040", (0, 0, size[0] // 3, size[1] // 2))
    image.paste("#20a040", (size[0] // 2, size[1] // 3, size[0], size[1] * 2 // 3))
    return image


def png_of(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize("cell", [(10, 20), (7, 15), (9, 18), (12, 29)])
def test_sixels_and_iterm2s_strips_are_the_picture(cell: tuple[int, int]) -> None:
    columns, lines = 16, 5
    image = drawing((columns * cell[0], lines * cell[1]))
    for way, close in ((Way.SIXEL, 3), (Way.ITERM2, 3)):
        codes = strips(png_of(image), columns, lines, Canvas(way, cell))
        assert len(codes) == lines
        raw = "".join(f"\x1b7\x1b[1G{code}\x1b8" for code in codes)
        found = sixel_strips(raw) if way == Way.SIXEL else iterm2_strips(raw)
        assert {each.image.size for each in found} == {(columns * cell[0], cell[1])}
        assert difference(joined(found), image) < close


def test_a_picture_of_another_shape_keeps_it_on_the_ground_around() -> None:
    codes = strips(png_of(Image.new("RGB", (50, 100), "#ff0000")), 10, 5, Canvas(Way.SIXEL, (10, 20), "#0000ff"))
    image = joined(sixel_strips("".join(f"\x1b7\x1b[1G{code}\x1b8" for code in codes)))
    assert (image.getpixel((2, 50)), image.getpixel((50, 50)), image.getpixel((97, 50))) == (
        (0, 0, 255),
        (255, 0, 0),
        (0, 0, 255),
    )


def test_a_row_of_one_colour_and_gaps_at_its_end() -> None:
    image = Image.new("P", (40, 8), 3)
    image.putpalette([0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255])
    image.putpixel((2, 7), 1)
    from tilewizard.screens.drawing.by_line import sixel

    again = sixel_image(sixel(image).removeprefix("\x1bP").removesuffix("\x1b\\"))
    assert again.tobytes() == image.convert("RGB").tobytes()


def test_kittys_codes_are_the_picture() -> None:
    image = Image.effect_noise((200, 100), 80)
    raw = sent(70_000, png_of(image), 20, 5)
    assert raw.count("\x1b_G") > 3
    assert kitty_pictures(raw)[70_000].tobytes() == image.tobytes()
    assert kitty_placements(raw) == {70_000: (20, 5)}
    assert "d=I,i=70000" in freed(70_000)
    assert len(set(MARKS)) == len(MARKS) == 64


# -- on the screen


class Sent:
    """What an app without a screen would have told its terminal."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.codes: list[str] = []
        monkeypatch.setattr(module, "write_raw", lambda _, codes: self.codes.append(codes))

    @property
    def raw(self) -> str:
        return "".join(self.codes)


class One(App[None]):
    """A picture below a line, and what may lie above it."""

    CSS = "Screen { layers: below above; } #above { layer: above; dock: right; width: 6; height: 3; offset: 0 2; }"

    def __init__(self, columns: int = 20, lines: int = 6) -> None:
        super().__init__()
        self.most = (columns, lines)

    def compose(self) -> ComposeResult:
        yield Static("line")
        yield Picture(*self.most)

    @property
    def picture(self) -> Picture:
        return self.query_one(Picture)

    def strips(self) -> list[str]:
        """The control codes on the screen, by line."""
        return [
            "".join(segment.text for segment in line if segment.control)
            for line in self.screen._compositor.render_strips()
        ]

    def texts(self) -> list[str]:
        return [
            "".join(segment.text for segment in line if not segment.control)
            for line in self.screen._compositor.render_strips()
        ]


async def shown_in(pilot: object, app: One, image: Image.Image) -> None:
    app.picture.show(png_of(image))
    await app.workers.wait_for_complete()
    await pilot.pause()  # type: ignore[attr-defined]


async def test_kittys_cells_stand_for_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "kitty")
    terminal = Sent(monkeypatch)
    app = One()
    async with app.run_test(size=(40, 12)) as pilot:
        await shown_in(pilot, app, drawing((200, 120)))
        number = app.picture.number
        assert kitty_placements(terminal.raw) == {number: (20, 6)}
        assert difference(kitty_pictures(terminal.raw)[number], drawing((200, 120))) < 2
        for y in range(6):
            cells = [cell for cell in app.screen._compositor.render_strips()[y + 1] if PLACEHOLDER in cell.text]
            assert [cell.text for cell in cells] == [PLACEHOLDER + MARKS[y] + MARKS[x] for x in range(20)]
            colours = {cell.style.color.get_truecolor() for cell in cells if cell.style and cell.style.color}
            assert {int.from_bytes(bytes(colour)) for colour in colours} == {number}
        given = list(terminal.codes)
        app.app_resume_signal.publish(app)
        await pilot.pause()
        assert terminal.codes == given * 2, "after an editor had the terminal it is given the picture again"
        await shown_in(pilot, app, drawing((100, 120)))
        assert app.picture.number != number
        assert f"d=I,i={number}," in terminal.raw
        number = app.picture.number
        app.picture.show(None)
        await pilot.pause()
        assert terminal.codes[-1] == freed(number)
        await shown_in(pilot, app, drawing())
        number = app.picture.number
    assert terminal.codes[-1] == freed(number)


@pytest.mark.parametrize("way", [Way.ITERM2, Way.SIXEL])
async def test_strips_lie_over_half_blocks_of_the_same_picture(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, str(way))
    app = One()
    async with app.run_test(size=(40, 12)) as pilot:
        await shown_in(pilot, app, drawing((200, 120)))
        raw = "".join(app.strips())
        found = sixel_strips(raw) if way == Way.SIXEL else iterm2_strips(raw)
        assert len(found) == 6
        assert {each.column for each in found} == {0}
        assert difference(joined(found), drawing((200, 120))) < 3
        assert [text[:20] for text in app.texts()[1:7]] == [HALF * 20] * 6


async def test_under_something_half_blocks_are_seen_and_the_picture_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "sixel")
    app = One(30, 9)
    async with app.run_test(size=(32, 14)) as pilot:
        await shown_in(pilot, app, drawing((300, 180)))
        assert sum(map(bool, app.strips())) == 9
        await app.mount(Static("above!", id="above"))
        await pilot.pause()
        assert not any(app.strips())
        assert "above!" in app.texts()[2]
        assert all(len(text) == 32 for text in app.texts())
        drawn: list[bool] = []
        refresh = app.picture.refresh
        monkeypatch.setattr(app.picture, "refresh", lambda *a, **k: (drawn.append(True), refresh(*a, **k))[1])
        await app.query_one("#above").remove()
        await pilot.pause()
        assert sum(map(bool, app.strips())) == 9
        assert drawn, "the whole of it is drawn anew, not what lay below alone"


async def test_while_it_is_scrolled_half_blocks_are_seen_and_at_rest_the_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Long(One):
        def compose(self) -> ComposeResult:
            with VerticalScroll():
                yield Picture(20, 6)
                yield Static("line\n" * 40)

    now = [0.0]
    monkeypatch.setenv(SWITCH, "iterm2")
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    app = Long()
    async with app.run_test(size=(40, 12)) as pilot:
        await shown_in(pilot, app, drawing((200, 120)))
        rests: list[Callable[[], None]] = []

        def set_timer(_: float, rest: Callable[[], None]) -> SimpleNamespace:
            rests.append(rest)
            return SimpleNamespace(stop=lambda: None)

        monkeypatch.setattr(app.picture, "set_timer", set_timer)
        drawn = [sum(map(bool, app.strips()))]
        for wait in (9.0, 0.01, 0.01):
            now[0] += wait
            app.query_one(VerticalScroll).scroll_relative(y=1, animate=False, immediate=True)
            await pilot.pause()
            drawn.append(sum(map(bool, app.strips())))
        assert drawn == [6, 5, 0, 0]
        rests[-1]()
        assert sum(map(bool, app.strips())) == 3


async def test_no_strip_is_drawn_on_the_last_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "sixel")
    app = One(20, 6)
    async with app.run_test(size=(40, 7)) as pilot:
        await shown_in(pilot, app, drawing((200, 120)))
        assert [bool(codes) for codes in app.strips()] == [False, *[True] * 5, False]


async def test_cells_of_another_size_have_the_picture_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "sixel")
    app = One(20, 6)
    async with app.run_test(size=(40, 12)) as pilot:
        await shown_in(pilot, app, drawing((200, 120)))
        monkeypatch.setattr(module, "cell_size", lambda: (6, 13))
        app.picture.refresh()
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert {each.image.size for each in sixel_strips("".join(app.strips()))} == {(120, 13)}


@pytest.mark.parametrize("told", [None, "blocks"])
async def test_elsewhere_pictures_are_half_blocks(told: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if told:
        monkeypatch.setenv(SWITCH, told)
    terminal = Sent(monkeypatch)
    app = One()
    async with app.run_test(size=(40, 12)) as pilot:
        await shown_in(pilot, app, drawing())
        small = thumbnail(png_of(drawing()), 20, 6)
        assert app.picture.shown is not None
        assert app.picture.shown.small == small
        assert app.texts()[1].startswith(HALF * 20)
        assert not any(app.strips())
        assert terminal.codes == []


async def test_none_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "none")
    app = One()
    async with app.run_test(size=(50, 12)) as pilot:
        await shown_in(pilot, app, drawing())
        assert app.texts()[1].strip() == "(a picture of 320 by 180 pixels)"


@pytest.mark.slow
@pytest.mark.parametrize("way", REAL)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_preview_shows_real_pictures_and_its_keys_stay_in_order(
    way: Way, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SWITCH, str(way))
    terminal = Sent(monkeypatch)
    async with opened(Session(tile=clean_tile()), size) as (app, pilot):
        pictures = [each for each in app.screen.query(Picture) if each.shown is not None]
        assert len(pictures) >= 3
        assert {each.shown.canvas.way for each in pictures if each.shown} == {way}
        if way == Way.KITTY:
            assert {each.number for each in pictures} <= set(kitty_pictures(terminal.raw))
        else:
            assert any(each.shown.strips for each in pictures if each.shown)
        for key, at in (("3", 2), ("right", 3), ("left", 2), ("1", 0)):
            await pilot.press(key)
            assert app.preview.at == at
        await pilot.press("2", "5", "4", "right")
        await settled(pilot)
        assert app.preview.at == 4
