"""Choosing files and making pictures what Datadog asks for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from textual.widgets import Input, OptionList, Static
from tilewizard.answers.typed_path import typed_path
from tilewizard.inspection.image import facts_of
from tilewizard.screens.file_picker import FilePicker, fitting, is_path, read_folder
from tilewizard.screens.fit_picture import FitPicture
from tilewizard.screens.widgets.field import Field
from tilewizard.screens.widgets.file_facts import FileFacts
from tilewizard.screens.widgets.rows import Rows

from .driving import Hand, wizard

MATERIAL = Path(__file__).parent.parent / "material"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pictures, a PDF and other files, in a home folder of their own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PICTURES", str(tmp_path / "shots"))
    shots = tmp_path / "shots"
    shots.mkdir()
    for name, size in (("alpha.png", (1600, 900)), ("beta.png", (1600, 900)), ("square.png", (1500, 1500))):
        Image.new("RGB", size, "#336699").save(shots / name)
    (shots / "notes.txt").write_text("nothing to see")
    (shots / "[bold]tricky.png").write_bytes((shots / "alpha.png").read_bytes())
    (tmp_path / "terms.pdf").write_bytes((MATERIAL / "eula.pdf").read_bytes())
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ""),
        ("~/terms.pdf", "{home}/terms.pdf"),
        ("$PICTURES/alpha.png", "{home}/shots/alpha.png"),
        ("'{home}/shots/alpha.png'", "{home}/shots/alpha.png"),
        ("file://{home}/shots/with%20blank.png", "{home}/shots/with blank.png"),
        ("{home}/shots/with\\ blank.png", "{home}/shots/with blank.png"),
        ("shots/../terms.pdf", "{home}/terms.pdf"),
        ("~nobody-of-this-name/x", "{home}/~nobody-of-this-name/x"),
    ],
)
def test_what_is_typed_or_dropped_is_the_path_that_is_meant(folder: Path, typed: str, meant: str) -> None:
    assert typed_path(typed.format(home=folder), folder) == meant.format(home=folder)


def test_what_starts_with_the_words_comes_first_and_other_kinds_only_when_asked_for(folder: Path) -> None:
    entries, fault = read_folder(folder / "shots")
    assert not fault
    assert [each.name for each in fitting(entries, "a", (".png",), False)] == ["alpha.png", "beta.png", "square.png"]
    assert "notes.txt" in [each.name for each in fitting(entries, "", (".png",), True)]
    assert read_folder(folder / "none")[1]
    assert is_path("~/x")
    assert not is_path("alpha")


async def settled(hand: Hand) -> None:
    """Wait for what is read in threads."""
    for _ in range(3):
        await hand.pilot.pause(0.2)
        await hand.pilot.app.workers.wait_for_complete()
    await hand.pilot.pause()


async def open_picker(hand: Hand, step: str, name: str) -> FilePicker:
    await hand.wizard.go_to(step)
    await hand.checked()
    next(each for each in hand.wizard.query(Field) if each.question.name == name).focus()
    await hand.pilot.pause()
    await hand.press("ctrl+o")
    await settled(hand)
    screen = hand.pilot.app.screen
    assert isinstance(screen, FilePicker)
    return screen


@pytest.mark.slow
async def test_a_file_is_found_by_a_part_of_its_name_and_looked_into_before_it_is_picked(folder: Path) -> None:
    async with wizard(into=folder) as hand:
        hand.pilot.app.start("new")  # type: ignore[attr-defined]
        await hand.checked()
        picker = await open_picker(hand, "eula", "eula")
        await hand.type("~/")
        await settled(hand)
        await hand.type("terms")
        await settled(hand)
        assert picker.highlighted is not None
        assert picker.highlighted.name == "terms.pdf"
        told = " ".join(str(each.content) for each in picker.query_one(FileFacts).query(Static))
        assert "PDF" in told
        assert "page" in told
        await hand.press("enter")
        await settled(hand)
        assert hand.wizard.session.answers.eula == str(folder / "terms.pdf")
        facts = " ".join(str(each.content) for each in hand.wizard.query_one(FileFacts).query(Static))
        assert "page" in facts


@pytest.mark.slow
async def test_several_pictures_are_picked_at_once_each_for_a_row(folder: Path) -> None:
    async with wizard(into=folder) as hand:
        hand.pilot.app.start("new")  # type: ignore[attr-defined]
        await hand.checked()
        await hand.wizard.go_to("media")
        await hand.checked()
        await hand.press("f7", "ctrl+o")
        await settled(hand)
        await hand.type("$PICTURES/")
        await settled(hand)
        picker = hand.pilot.app.screen
        assert isinstance(picker, FilePicker)
        picker.query_one(Input).value = ""
        picker.open(folder / "shots")
        await settled(hand)
        for name in ("alpha", "beta"):
            picker.query_one(Input).value = name
            await settled(hand)
            await hand.press("tab")
        await hand.press("enter")
        await settled(hand)
        media = hand.wizard.session.answers.media
        assert [Path(each.image).name for each in media] == ["alpha.png", "beta.png"]


@pytest.mark.slow
async def test_a_name_is_no_markup_and_escape_picks_nothing(folder: Path) -> None:
    async with wizard(into=folder) as hand:
        hand.pilot.app.start("new")  # type: ignore[attr-defined]
        await hand.checked()
        picker = await open_picker(hand, "media", "logo")
        picker.open(folder / "shots")
        await settled(hand)
        await hand.press("f2")  # All files.
        await settled(hand)
        lines = [str(each.prompt) for each in picker.query_one(OptionList).options]
        assert any("[bold]tricky.png" in line for line in lines)
        await hand.press("escape")
        assert hand.wizard.session.answers.logo == ""


@pytest.mark.slow
async def test_a_square_picture_is_cropped_by_a_key_and_the_partners_own_stays(folder: Path) -> None:
    square = folder / "shots" / "square.png"
    before = square.read_bytes()
    async with wizard(into=folder) as hand:
        hand.pilot.app.start("new")  # type: ignore[attr-defined]
        await hand.checked()
        await hand.wizard.go_to("media")
        await hand.checked()
        await hand.press("f7")
        await hand.type(str(square))
        await settled(hand)
        await hand.press("f3")
        await settled(hand)
        screen = hand.pilot.app.screen
        assert isinstance(screen, FitPicture)
        assert screen.query_one(OptionList).highlighted == 0
        await hand.press("enter")
        await settled(hand)
        made = Path(hand.wizard.session.answers.media[0].image)
        facts = facts_of(made.read_bytes())
        assert made != square
        assert facts.width * 9 == facts.height * 16
        assert 1440 <= facts.width <= 2880
        assert square.read_bytes() == before
        await hand.press("ctrl+z")
        await settled(hand)
        assert hand.wizard.session.answers.media[0].image == str(square)


@pytest.mark.slow
async def test_the_table_of_pictures_keeps_its_order_and_captions_when_rows_move(folder: Path) -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        await hand.wizard.go_to("media")
        await hand.checked()
        table = hand.wizard.query_one(Rows)
        captions = [each.caption for each in table.items]
        table.grid.focus()
        await hand.press("alt+down")
        await settled(hand)
        assert [each.caption for each in table.items] == [captions[1], captions[0], *captions[2:]]
