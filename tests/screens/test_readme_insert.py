"""What is put into a README: starter text, links, pictures, a whole README, and what one's own editor gives back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList
from tilewizard.readme.starters import unedited
from tilewizard.screens.outside_editor import editor_command
from tilewizard.screens.readme_insert import AskLines, PasteReadme

from tests.conftest import ROOT
from tests.screens.driving import Hand, wizard
from tests.screens.readme_driving import (
    ANSWERS,
    SIZES,
    WHOLE,
    answer,
    area,
    listed,
    open_readme,
    paste,
    readme,
    step,
)

pytestmark = pytest.mark.slow


# -- starter text, Data Collected


@SIZES
async def test_starter_text_is_put_into_an_empty_section_and_its_gaps_are_typed_over(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with wizard(size, into=tmp_path) as hand:
        await open_readme(hand)
        await hand.press("f4")
        await hand.checked()
        assert unedited("Overview", readme(hand)["Overview"]) and "starter text" in listed(hand)[0]
        section = step(hand).section
        assert section is not None and [each.rule for each in section.findings] == ["readme/starter"]
        assert area(hand).selected_text == "«Product name»"
        await hand.press("W")
        await hand.press("f4")
        assert area(hand).selected_text.startswith("«what kind")
        await paste(hand, "a controller")
        await hand.checked()
        assert readme(hand)["Overview"].startswith("W is a controller.") and "6 to fill in" in listed(hand)[0]
        assert len(section.findings) == 6
        await hand.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert readme(hand) == {}


async def test_starter_text_never_takes_the_place_of_a_text(tmp_path: Path) -> None:
    async with wizard(answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        before = dict(readme(hand))
        await hand.press("f4")
        assert readme(hand) == before


async def test_data_collected_is_made_and_made_anew(tmp_path: Path) -> None:
    async with wizard(answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        await hand.press("f3", "d")
        await hand.checked()
        assert list(readme(hand))[2] == "Data Collected" and step(hand).chosen == "Data Collected"
        assert "See [metadata.csv][3]" in area(hand).text
        assert hand.wizard.session.answers.readme_links["3"].endswith("/acme_corp_acme_widget/metadata.csv")
        await hand.type("Ours.\n\n")
        await hand.press("f3", "d")
        assert area(hand).text.startswith("Ours.\n\n### Metrics")
        await hand.press("ctrl+z", "ctrl+z")
        assert "Data Collected" not in readme(hand) and "3" not in hand.wizard.session.answers.readme_links


# -- links, pictures


def pictures(tmp_path: Path, name: str, like: str) -> Path:
    """A folder with one picture, under a name of its own."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / name).write_bytes((ROOT / "tests/material" / like).read_bytes())
    return folder


@SIZES
async def test_a_link_is_put_in_as_a_reference_and_a_known_address_keeps_its_number(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with wizard(size, answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        await hand.press("f3", "l")
        await answer(hand, "Acme", "acme.example/x")
        assert area(hand).text.startswith("[Acme][3]What")
        assert hand.wizard.session.answers.readme_links["3"] == "https://acme.example/x"
        assert any(each.value == "https://acme.example/x" for each in step(hand).query(Input))
        area(hand).select_all()
        await hand.press("f3", "l")
        await answer(hand, "guide [sic]", "https://docs.acme.example/datadog")
        assert area(hand).text == "[guide \\[sic\\]][1]"
        await hand.press("ctrl+z", "ctrl+z")
        assert "3" not in hand.wizard.session.answers.readme_links


async def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    async with wizard(answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        await hand.press("f3", "l")
        await answer(hand, "Acme", "no address")
        assert isinstance(hand.pilot.app.screen, AskLines)
        await hand.press("escape")
        assert hand.pilot.app.screen is hand.wizard


async def test_a_picture_is_put_in_and_copied_into_images(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pictures(tmp_path, "Host map.png", "overview.png"))
    async with wizard(answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        await hand.press("f3", "i")
        await hand.pilot.pause(0.3)
        await hand.press("enter")
        await hand.pilot.pause(0.1)
        assert hand.pilot.app.screen.query_one(Input).value == "Host map"
        await answer(hand, "Hosts [all]")
        assert area(hand).text.startswith("![Hosts \\[all\\]](images/Host_map.png)What")
        await hand.checked()
        report = hand.wizard.report
        assert report is not None and report.tile.file("images/Host_map.png") is not None
        assert not [each for each in report.findings if each.rule == "readme/image"]
        await hand.press("ctrl+z")
        assert hand.wizard.session.answers.readme_images == []
        await hand.press("ctrl+down", "ctrl+down", "f3", "i")
        assert hand.pilot.app.screen is hand.wizard, "no pictures in Uninstallation"


async def test_a_picture_whose_name_is_taken_goes_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pictures(tmp_path, "overview.png", "hosts.png"))
    async with wizard(answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        await hand.press("f3", "i")
        await hand.pilot.pause(0.3)
        await hand.press("enter")
        await hand.pilot.pause(0.1)
        await answer(hand, "Overview")
        assert "](images/overview_2.png)" in area(hand).text
        (kept,) = hand.wizard.session.answers.readme_images
        assert Path(kept).read_bytes() == (tmp_path / "pictures" / "overview.png").read_bytes()


# -- a whole README


@SIZES
async def test_a_whole_readme_that_is_pasted_is_split_merged_and_taken_back_at_once(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with wizard(size, answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        before = hand.wizard.session.answers
        await paste(hand, WHOLE.replace("\n", "\r"))
        screen = hand.pilot.app.screen
        assert isinstance(screen, PasteReadme) and screen.pasted is not None
        assert [(each.heading, each.title) for each in screen.pasted.pieces] == [
            ("Overview", "Overview"),
            ("Installation", "Setup"),
            ("Pricing", "Pricing"),
        ]
        assert isinstance(hand.pilot.app.focused, OptionList)
        await hand.press("down", "enter")
        assert screen.pasted.pieces[1].title == "Installation"
        await hand.press("enter", "f2")
        await hand.checked()
        answers = hand.wizard.session.answers
        assert list(answers.readme) == ["Overview", "Setup", "Uninstallation", "Support", "Pricing"]
        assert answers.readme["Setup"] == "1. Install it." and "[manual][3]" in answers.readme["Overview"]
        assert answers.readme_links["3"] == "https://acme.example/manual"
        assert area(hand).text == answers.readme["Overview"] and hand.pilot.app.focused is area(hand)
        await hand.press("ctrl+z")
        assert hand.wizard.session.answers is before and area(hand).text == before.readme["Overview"]


async def test_a_readme_from_a_file_takes_the_place_of_all(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(WHOLE)
    async with wizard(answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        await hand.press("f3", "w")
        screen = hand.pilot.app.screen
        screen.query_one(Input).value = str(tmp_path / "no.md")
        await hand.press("enter")
        await hand.pilot.pause(0.2)
        assert isinstance(screen, PasteReadme) and screen.pasted is None
        screen.query_one(Input).value = str(tmp_path / "README.md")
        await hand.press("enter")
        await hand.pilot.pause(0.2)
        await hand.press("f4")
        await hand.checked()
        answers = hand.wizard.session.answers
        assert list(answers.readme) == ["Overview", "Setup", "Pricing"]
        assert answers.readme_links == {"1": "https://acme.example/manual"}
        assert (answers.readme_title, answers.readme_intro) == ("Acme Gadget", "An introduction.")
        assert [each.title for each in step(hand).fields] == [
            "Overview",
            "Setup",
            "Uninstallation",
            "Support",
            "Pricing",
        ]


async def test_a_paste_with_headings_may_stay_as_it_is_and_other_pastes_ask_nothing(tmp_path: Path) -> None:
    async with wizard(into=tmp_path) as hand:
        await open_readme(hand)
        await paste(hand, "One line\nand ## another\n")
        assert readme(hand)["Overview"] == "One line\nand ## another\n"
        await paste(hand, "```\n## no heading\n```\n")
        assert hand.pilot.app.screen is hand.wizard
        await paste(hand, "## A heading\n\nText.")
        assert isinstance(hand.pilot.app.screen, PasteReadme)
        await hand.press("f8")
        await hand.checked()
        assert readme(hand)["Overview"].endswith("## A heading\n\nText.")


# -- one's own editor


@contextmanager
def terminal_of_ones_own(hand: Hand) -> Iterator[None]:
    yield


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A script that stands for an editor, named by $VISUAL; the app lends it the terminal."""
    script = tmp_path / "my editor"
    monkeypatch.setenv("VISUAL", f"'{script}' --wait")
    monkeypatch.setattr("textual.app.App.suspend", terminal_of_ones_own)
    return script


def write_script(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


async def test_a_section_is_edited_in_ones_own_editor_and_comes_back(tmp_path: Path, editor: Path) -> None:
    write_script(
        editor,
        f"stat -c %a \"$2\" > '{tmp_path}/mode'; basename \"$2\" >> '{tmp_path}/mode'; printf 'x\\r\\ny\\r\\n' > \"$2\"",
    )
    async with wizard(answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        before = readme(hand)["Overview"]
        await hand.press("f9")
        await hand.checked()
        assert readme(hand)["Overview"].rstrip("\n") == "x\ny" and area(hand).text.rstrip("\n") == "x\ny"
        assert (tmp_path / "mode").read_text().split() == ["600", "Overview.md"]
        await hand.press("ctrl+z")
        assert readme(hand)["Overview"] == before


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("exit 3", "ended with code 3"),
        ("true", "Nothing was changed"),
        ('rm "$2"', "left no file"),
    ],
)
async def test_an_editor_that_fails_or_changes_nothing_changes_nothing(
    tmp_path: Path, editor: Path, body: str, words: str
) -> None:
    write_script(editor, body)
    async with wizard((120, 40), answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        await hand.press("f9")
        assert not hand.wizard.session.changed
        assert any(words in each.message for each in hand.pilot.app._notifications)


async def test_no_editor_or_no_terminal_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with wizard(answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        for variables, words in (
            ({}, "export EDITOR="),
            ({"EDITOR": "true"}, "can't have this terminal"),
            ({"EDITOR": "'"}, "mend $EDITOR"),
        ):
            for name, value in variables.items():
                monkeypatch.setenv(name, value)
            await hand.press("f9")
            assert any(words in each.message for each in hand.pilot.app._notifications), words
        assert not hand.wizard.session.changed
    monkeypatch.setenv("VISUAL", "code --wait")
    assert editor_command() == ["code", "--wait"] and os.environ["EDITOR"]


async def test_an_editor_that_is_not_there_is_told(tmp_path: Path, editor: Path) -> None:
    async with wizard(answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        await hand.press("f9")
        assert any("can't be started" in each.message for each in hand.pilot.app._notifications)
