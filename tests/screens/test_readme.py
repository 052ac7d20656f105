"""The README step under the fingers: sections, preview, starter tet, insertions, a whole README, one's own editor."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, Markdown
from tilewizard.drafts.drafts import DraftStore
from tilewizard.readme.starters import starter
from tilewizard.screens.readme_editor import Preview, excerpt
from tilewizard.screens.readme_insert import AskLines, InsertMenu
from tilewizard.screens.readme_list import SectionList
from tilewizard.screens.widgets.field import Field

from tests.growing import calls
from tests.screens.driving import wizard
from tests.screens.readme_driving import (
    ANSWERS,
    SIZES,
    answer,
    area,
    listed,
    open_readme,
    readme,
    step,
)

pytestmark = pytest.mark.slow


# -- sections


@SIZES
async def test_tab_goes_from_section_to_section_and_what_is_typed_ahead_gets_there(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with wizard(size, into=tmp_path) as hand:
        await open_readme(hand)
        await hand.pilot.press("a", "tab", "b", "tab", "c", "shift+tab", "d")
        await hand.checked()
        assert readme(hand) == {"Overview": "a", "Setup": "bd", "Uninstallation": "c"}
        assert [not each.has_class("-folded") for each in step(hand).fields] == [False, True, False, False]
        assert "1 word" in listed(hand)[0] and "not there yet" in listed(hand)[3] and "Support *" in listed(hand)[3]
        await hand.press("tab", "tab", "tab")
        assert isinstance(hand.pilot.app.focused, Input), "after the last section come the links"


async def test_the_list_chooses_and_enter_goes_into_the_editor(tmp_path: Path) -> None:
    async with wizard(answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        await hand.press("shift+tab")
        assert isinstance(hand.pilot.app.focused, SectionList)
        await hand.press("down", "down")
        assert step(hand).chosen == "Uninstallation" and isinstance(hand.pilot.app.focused, SectionList)
        await hand.press("tab")
        assert hand.pilot.app.focused is area(hand) and step(hand).chosen == "Uninstallation"
        await hand.press("ctrl+down")
        assert hand.pilot.app.focused is area(hand) and step(hand).chosen == "Support"
        await hand.press("shift+tab")
        assert step(hand).chosen == "Uninstallation"
        await hand.press("ctrl+up", "ctrl+up", "ctrl+up")
        assert step(hand).chosen == "Overview"


async def test_sections_typed_out_of_order_stand_in_the_order_of_the_list(tmp_path: Path) -> None:
    async with wizard(into=tmp_path) as hand:
        await open_readme(hand)
        await hand.press("tab", "tab", "tab", "s", "shift+tab", "shift+tab", "shift+tab", "o")
        assert list(readme(hand)) == ["Overview", "Support"]
        await hand.press("ctrl+z", "ctrl+z")
        assert readme(hand) == {}


@SIZES
async def test_a_section_is_added_renamed_moved_taken_away_and_brought_back(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with wizard(size, answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        await step(hand).action_add()
        await hand.pilot.pause()
        await answer(hand, "## Costs [b]")
        assert list(readme(hand))[:2] == ["Overview", "Costs [b]"]
        assert hand.pilot.app.focused is area(hand) and "Costs [b]" in listed(hand)[1] and "empty" in listed(hand)[1]
        await hand.type("It costs.")
        await hand.press("ctrl+r")
        await answer(hand, "Pricing")
        assert list(readme(hand))[1] == "Pricing" and readme(hand)["Pricing"] == "It costs."
        await hand.press("alt+down", "alt+down")
        assert list(readme(hand))[3] == "Pricing" and listed(hand)[3].startswith("▸  4 Pricing")
        await hand.press("alt+up")
        assert list(readme(hand))[2] == "Pricing" and hand.pilot.app.focused is area(hand)
        await step(hand).action_remove()
        assert "Pricing" not in readme(hand)
        for _ in range(4):
            await hand.press("ctrl+z")
        assert list(readme(hand))[1] == "Pricing" and readme(hand)["Pricing"] == "It costs."
        await hand.press("ctrl+z")
        assert "Costs [b]" in listed(hand)[1]


async def test_the_list_has_keys_of_its_own(tmp_path: Path) -> None:
    async with wizard(answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        await hand.press("shift+tab", "down", "insert")
        await answer(hand, "Costs")
        assert list(readme(hand))[2] == "Costs"
        await hand.press("shift+tab")
        hand.wizard.set_focus(hand.wizard.query_one(SectionList))
        await hand.press("down", "up", "down", "r")
        assert isinstance(hand.pilot.app.screen, AskLines)
        await answer(hand, "Prices")
        hand.wizard.set_focus(hand.wizard.query_one(SectionList))
        await hand.press("delete")
        assert "Prices" not in readme(hand) and step(hand).chosen in readme(hand)


async def test_undo_shows_the_section_that_it_changes(tmp_path: Path) -> None:
    async with wizard(into=tmp_path) as hand:
        await open_readme(hand)
        await hand.press("o", "tab", "s", "tab")
        await hand.press("ctrl+z")
        assert (
            step(hand).chosen == "Setup" and readme(hand) == {"Overview": "o"} and hand.pilot.app.focused is area(hand)
        )
        await hand.press("ctrl+z")
        assert step(hand).chosen == "Overview" and area(hand).text == ""


async def test_required_sections_keep_their_names_and_stay(tmp_path: Path) -> None:
    async with wizard(answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        await hand.press("ctrl+r")
        assert hand.pilot.app.screen is hand.wizard
        await step(hand).action_remove()
        assert "Overview" in readme(hand)
        await step(hand).action_add()
        await hand.pilot.pause()
        asked = hand.pilot.app.screen
        asked.query_one(Input).value = "setup"
        await hand.press("enter")
        assert hand.pilot.app.screen is asked, "a second Setup is refused"


async def test_a_move_alone_is_written(tile: Path) -> None:
    async with wizard(tile=tile) as hand:
        await open_readme(hand)
        before = list(readme(hand))
        await hand.press("alt+down")
        await hand.checked()
        (change,) = hand.wizard.session.plan().changed
        assert change.path == "README.md"
        assert list(readme(hand)) == [before[1], before[0], *before[2:]]
        await hand.press("ctrl+z")
        assert hand.wizard.session.plan().is_empty


async def test_a_section_that_is_not_there_yet_has_no_place_and_is_passed(tmp_path: Path) -> None:
    async with wizard(into=tmp_path) as hand:
        await open_readme(hand)
        await hand.press("o", "tab", "tab", "tab", "s")
        assert list(readme(hand)) == ["Overview", "Support"]
        await hand.press("alt+up")
        assert list(readme(hand)) == ["Support", "Overview"] and step(hand).chosen == "Support"
        await hand.press("ctrl+down", "ctrl+down", "alt+up")
        assert list(readme(hand)) == ["Support", "Overview"]


async def test_a_finding_leads_to_its_section_and_shows_below_it(tile: Path) -> None:
    text = (tile / "README.md").read_text().replace("1. Uninstall the", "TODO the")
    (tile / "README.md").write_text(text)
    async with wizard(tile=tile) as hand:
        await hand.checked()
        await hand.wizard.go_to("readme", ("readme", "Uninstallation"))
        await hand.checked()
        assert step(hand).chosen == "Uninstallation" and hand.pilot.app.focused is area(hand)
        section = step(hand).section
        assert section is not None and any(each.rule == "readme/placeholder" for each in section.findings)
        assert any(line.startswith(("▸!", "▸i")) and "Uninstallation" in line for line in listed(hand))


async def test_every_tool_can_be_clicked(tmp_path: Path) -> None:
    async with wizard((120, 40), answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        await hand.pilot.click("#readme-down")
        await hand.checked()
        assert list(readme(hand))[:2] == ["Setup", "Overview"]
        await hand.pilot.click("#readme-insert")
        assert isinstance(hand.pilot.app.screen, InsertMenu)
        await hand.press("escape")
        await hand.pilot.click("#readme-add")
        assert isinstance(hand.pilot.app.screen, AskLines)
        await hand.press("escape")
        await hand.pilot.click(SectionList, offset=(5, 3))
        await hand.pilot.pause()
        assert step(hand).chosen == "Support" and hand.pilot.app.focused is area(hand)


# -- preview


async def test_the_preview_is_beside_the_editor_and_follows_without_links_being_opened(tmp_path: Path) -> None:
    async with wizard((120, 40), answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        preview = hand.wizard.query_one(Preview)
        assert preview.display and not hand.wizard.query_one("#aside").display
        await hand.pilot.pause(0.5)
        await hand.type("### A heading [b]of[/b] it\n\n")

        def followed() -> None:
            page = preview.query_one(Markdown)
            assert "A heading [b]of[/b] it" in page.source and "[1]: https://docs.acme.example/datadog" in page.source

        await hand.eventually(followed)
        await hand.press("f2")
        assert not preview.display and hand.wizard.query_one("#aside").display
        await hand.wizard.go_to("media")
        await hand.wizard.go_to("readme")
        assert not hand.wizard.query_one(Preview).display, "closed is closed"
        await hand.press("f2")
        await hand.wizard.go_to("media")
        assert hand.wizard.query_one("#aside").display


async def test_on_a_narrow_terminal_the_preview_is_behind_the_editor(tmp_path: Path) -> None:
    async with wizard((80, 24), answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        preview, editor = hand.wizard.query_one(Preview), area(hand)
        assert not preview.display
        await hand.press("f2")
        await hand.pilot.pause(0.4)
        assert preview.has_focus and preview.size.height > 5 and editor.size.height == 0
        assert "What every widget does" in preview.query_one(Markdown).source
        await hand.press("ctrl+down")
        await hand.pilot.pause(0.4)
        assert "Enter an API key" in preview.query_one(Markdown).source
        await hand.press("escape")
        await hand.pilot.pause(0.1)
        assert hand.pilot.app.focused is area(hand) and step(hand).chosen == "Setup" and not preview.display


async def test_the_preview_goes_along_when_the_terminal_changes_its_size(tmp_path: Path) -> None:
    async with wizard((80, 24), answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        preview = hand.wizard.query_one(Preview)
        await hand.press("f2")
        await hand.pilot.resize_terminal(130, 40)
        await hand.pilot.pause(0.4)
        assert preview.display and hand.pilot.app.focused is area(hand) and area(hand).size.height > 5
        await hand.pilot.resize_terminal(80, 24)
        await hand.pilot.pause(0.4)
        assert not preview.display and hand.pilot.app.focused is area(hand) and area(hand).size.height > 5


async def test_what_is_inserted_from_the_preview_is_seen_in_the_editor(tmp_path: Path) -> None:
    async with wizard((80, 24), answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)
        await hand.press("f2", "f3", "l")
        await answer(hand, "Acme", "acme.example")
        assert area(hand).text.startswith("[Acme][3]")
        assert not hand.wizard.query_one(Preview).display and hand.pilot.app.focused is area(hand)


def test_of_a_long_section_the_preview_shows_what_is_around_the_cursor() -> None:
    text = "".join(f"Paragraph {n}.\n\n```\ncode\n\nof it\n```\n\n" for n in range(2000))
    at = text.index("Paragraph 1500.")
    shown = excerpt(text, at)
    assert "Paragraph 1500." in shown and len(shown) < 8000
    assert shown.startswith(("Paragraph", "```")) and shown.count("```") % 2 == 0
    assert (
        excerpt("short", 3) == "short"
        and excerpt(text, len(text)).endswith("```\n\n")
        and excerpt(text, 0)[:9] == text[:9]
    )


# -- size


async def test_a_letter_in_twice_the_text_takes_no_more_than_twice_the_calls(tmp_path: Path) -> None:
    piece = "### Part\n\nSome *text* with `code` and a [link][1].\n\n1. one\n2. two\n\n"
    async with wizard((120, 40), answers=ANSWERS, into=tmp_path) as hand:
        await open_readme(hand)

        async def calls_of_a_letter() -> int:
            await hand.type(piece * 300)
            await hand.pilot.pause(1.0)
            area(hand).insert("x")
            return calls(lambda: area(hand).insert("x"))

        once, twice = await calls_of_a_letter(), await calls_of_a_letter()
        assert twice < 2.2 * once


async def test_what_is_in_a_draft_comes_back_with_its_sections(tmp_path: Path) -> None:
    async with wizard(into=tmp_path) as hand:
        await open_readme(hand)
        await hand.press("f4")
        await hand.press("ctrl+q")
    (draft,) = DraftStore().all()
    assert draft.step == "readme" and "«what kind" in DraftStore().load(draft.id).text


def test_starter_text_differs_by_type() -> None:
    from tilewizard.answers.model import Answers
    from tilewizard.field.vocabulary import TileType

    assert len({starter(Answers(type=each), "Setup") for each in TileType}) == 5


async def test_heading_and_introduction_are_asked_below(tmp_path: Path) -> None:
    async with wizard(answers=ANSWERS, into=tmp_path) as hand:
        await hand.wizard.go_to("readme")
        await hand.checked()
        fields = {field.question.name: field for field in hand.wizard.query(Field)}
        fields["readme_intro"].focus()
        await hand.pilot.pause()
        await hand.type("Watches widgets.")
        await hand.checked()
        assert hand.wizard.session.answers.readme_intro == "Watches widgets."
        readme = hand.wizard.report.tile.file("README.md")
        assert "Watches widgets." in readme.text.partition("## Overview")[0]
