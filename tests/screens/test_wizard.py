"""The wizard under the fingers: moving, undoing, skipping, keeping drafts, editing what is there."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, Static, TextArea
from tilewizard.drafts.drafts import DraftStore
from tilewizard.screens.done import DoneScreen
from tilewizard.screens.home import HomeScreen
from tilewizard.screens.review import ReviewStep
from tilewizard.screens.steps import STEPS
from tilewizard.screens.widgets.field import Field

from tests.conftest import ROOT, corpus_tiles, needs_corpus
from tests.screens.driving import Hand, wizard

ANSWERS = ROOT / "tests" / "material" / "answers.yaml"


def field(hand: Hand, name: str) -> Field:
    return next(each for each in hand.wizard.query(Field) if each.question.name == name)


async def open_new(hand: Hand) -> None:
    assert isinstance(hand.pilot.app.screen, HomeScreen)
    await hand.press("enter")
    await hand.checked()


async def test_the_welcome_tells_what_to_have_at_hand(tmp_path: Path) -> None:
    async with wizard(into=tmp_path) as hand:
        text = hand.pilot.app.export_screenshot()
        for words in ("sandbox", "working", "marketplace@datadoghq.com", "vendor"):
            assert words in text


@pytest.mark.slow
async def test_one_goes_back_and_forth_and_jumps_without_losing_a_character(tmp_path: Path) -> None:
    async with wizard(into=tmp_path) as hand:
        await open_new(hand)
        await hand.next("listing")
        await hand.fill("Acme [b]Widget[/b]", "Half a sent")
        await hand.next("pricing")
        await hand.press("down", "tab")
        await hand.type("12.")
        for step in ("readme", "listing", "type", "pricing"):
            await hand.wizard.go_to(step)
            await hand.checked()
        price = next(each for each in hand.wizard.query(Field) if each.question.path == ("unit_price",))
        assert hand.wizard.session.answers.pricing[0].unit_price == 12.0
        assert price.query_one(Input).value in ("12.0", "12.")
        await hand.wizard.go_to("listing")
        await hand.checked()
        assert field(hand, "listing.title").query_one(Input).value == "Acme [b]Widget[/b]"
        assert field(hand, "listing.description").query_one(Input).value == "Half a sent"


@pytest.mark.slow
async def test_a_fault_shows_on_its_field_once_typed_and_not_before(tmp_path: Path) -> None:
    async with wizard(into=tmp_path) as hand:
        await open_new(hand)
        await hand.next("listing")
        assert all(not each.findings for each in hand.wizard.query(Field))
        await hand.type("A title of far more than fifty characters, which no card shows")
        await hand.checked()
        assert [finding.rule for finding in field(hand, "listing.title").findings] == ["listing/title-length"]
        assert not field(hand, "author.name").findings
        await hand.next("pricing")
        await hand.wizard.go_to("listing")
        await hand.checked()
        assert field(hand, "author.name").findings


@pytest.mark.slow
async def test_names_fill_themselves_in_until_one_gives_them(tmp_path: Path) -> None:
    async with wizard(into=tmp_path) as hand:
        await open_new(hand)
        await hand.next("listing")
        await hand.type("Acme Widget")
        await hand.checked()
        assert field(hand, "listing.directory").query_one(Input).placeholder == "acme_widget"
        hand.wizard.set_focus(field(hand, "listing.app_id").target)
        await hand.type("my-own")
        await hand.checked()
        assert field(hand, "listing.directory").query_one(Input).placeholder == "my_own"
        hand.wizard.session.examine()


@pytest.mark.slow
async def test_a_free_tile_skips_pricing_and_eula_and_says_so(tmp_path: Path) -> None:
    async with wizard(into=tmp_path) as hand:
        await open_new(hand)
        await hand.press("down")
        await hand.checked()
        await hand.next("listing")
        await hand.next("readme")
        sidebar = hand.wizard.query_one("#sidebar", OptionList)
        lines = [str(sidebar.get_option_at_index(index).prompt) for index in range(len(STEPS))]
        assert (
            "skipped: free tile" in lines[2]
            and "skipped: free tile" in lines[[each.slug for each in STEPS].index("eula")]
        )


@pytest.mark.slow
async def test_undo_and_redo_reach_across_steps(tmp_path: Path) -> None:
    async with wizard(into=tmp_path) as hand:
        await open_new(hand)
        await hand.next("listing")
        await hand.type("Acme")
        await hand.next("pricing")
        await hand.next("readme")
        await hand.type("What it is.")
        await hand.press("ctrl+z")
        assert hand.wizard.query(TextArea).first().text == ""
        await hand.press("ctrl+z")
        await hand.checked()
        assert hand.wizard.current.slug == "listing"
        assert field(hand, "listing.title").query_one(Input).value == ""
        await hand.press("ctrl+y")
        assert field(hand, "listing.title").query_one(Input).value == "Acme"
        await hand.press("ctrl+y")
        await hand.checked()
        assert hand.wizard.session.answers.readme["Overview"] == "What it is."


@pytest.mark.slow
async def test_link_definitions_typed_into_a_section_go_to_the_end_of_the_file(tmp_path: Path) -> None:
    async with wizard(into=tmp_path) as hand:
        await open_new(hand)
        await hand.wizard.go_to("readme")
        await hand.type("See [it][1].\n\n[1]: https://acme.example")
        await hand.next("media")
        answers = hand.wizard.session.answers
        assert (answers.readme["Overview"], answers.readme_links) == ("See [it][1].", {"1": "https://acme.example"})


@pytest.mark.slow
async def test_a_draft_opens_where_it_was(tmp_path: Path) -> None:
    async with wizard(into=tmp_path / "out") as hand:
        await open_new(hand)
        await hand.next("listing")
        await hand.type("Acme Widget")
        await hand.next("pricing")
        await hand.press("ctrl+q")
    (draft,) = DraftStore().all()
    assert (draft.title, draft.step) == ("Acme Widget", "pricing")
    async with wizard() as hand:
        await hand.pilot.pause(0.1)
        await hand.press("enter")
        await hand.checked()
        assert hand.wizard.current.slug == "pricing"
        assert hand.wizard.session.answers.listing.title == "Acme Widget"
        assert hand.wizard.session.into == (tmp_path / "out").resolve()


@pytest.mark.slow
async def test_written_answers_leave_no_draft_and_tell_what_is_next(tmp_path: Path) -> None:
    async with wizard(answers=ANSWERS, into=tmp_path) as hand:
        await hand.wizard.go_to("review")
        await hand.checked()
        hand.wizard.query_one("#write").focus()
        await hand.press("enter")
        assert isinstance(hand.pilot.app.screen, DoneScreen)
        assert "ddev" in hand.pilot.app.export_screenshot()
    assert (tmp_path / "acme_corp_acme_widget" / "manifest.json").is_file()
    assert DraftStore().all() == []
    assert [each.title for each in DraftStore().recent()] == ["Acme Widget"]


@pytest.mark.slow
async def test_an_existing_tile_opens_filled_in_and_saves_what_was_edited(tile: Path) -> None:
    before = (tile / "manifest.json").read_text()
    async with wizard(tile=tile) as hand:
        await hand.wizard.go_to("listing")
        await hand.checked()
        title = field(hand, "listing.title").query_one(Input)
        assert title.value == "Acme Widget"
        title.focus()
        await hand.press("end")
        await hand.type(" II")
        await hand.wizard.go_to("review")
        await hand.checked()
        review = hand.wizard.query_one(ReviewStep)
        assert [change.path for change in review.changes.changed] == ["manifest.json"]
        hand.wizard.query_one("#write").focus()
        await hand.press("enter")
        assert isinstance(hand.pilot.app.screen, DoneScreen)
    assert (tile / "manifest.json").read_text() == before.replace('"title": "Acme Widget"', '"title": "Acme Widget II"')


@pytest.mark.slow
async def test_a_file_changed_meanwhile_is_told_and_the_draft_stays(tile: Path) -> None:
    async with wizard(tile=tile) as hand:
        await hand.wizard.go_to("listing")
        await hand.type("New ")
        (tile / "manifest.json").write_text((tile / "manifest.json").read_text() + "\n")
        await hand.wizard.go_to("review")
        await hand.checked()
        hand.wizard.query_one("#write").focus()
        await hand.press("enter")
        assert not isinstance(hand.pilot.app.screen, DoneScreen)
        hand.wizard.kept.flush()
    assert len(DraftStore().all()) == 1


@pytest.mark.slow
async def test_a_published_name_is_put_back_by_one_key(tile: Path) -> None:
    repository = tile.parent

    def git(*words: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@t.example", *words],
            cwd=repository,
            check=True,
            capture_output=True,
        )

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "published")
    manifest = tile / "manifest.json"
    manifest.write_text(
        manifest.read_text().replace('"app_id": "acme-corp-acme-widget"', '"app_id": "acme-corp-other"')
    )
    async with wizard(tile=tile) as hand:
        await hand.wizard.go_to("review")
        await hand.checked()
        review = hand.wizard.query_one(ReviewStep)
        (at,) = [i for i, f in enumerate(review.findings) if f.fixable and f.pointer == "/app_id"]
        findings = hand.wizard.query_one("#findings", OptionList)
        findings.focus()
        findings.highlighted = at
        await hand.press("f4")
        await hand.checked()
        assert hand.wizard.session.answers.listing.app_id == "acme-corp-acme-widget"


@pytest.mark.slow
async def test_review_and_notices_speak_of_the_question(tile: Path) -> None:
    manifest = json.loads((tile / "manifest.json").read_text())
    manifest["tile"]["title"] += "  "
    (tile / "manifest.json").write_text(json.dumps(manifest))
    async with wizard(tile=tile) as hand:
        await hand.wizard.go_to("review")
        await hand.checked()
        findings = hand.wizard.query_one("#findings", OptionList)
        shown = [str(findings.get_option_at_index(at).prompt) for at in range(findings.option_count)]
        at = next(at for at, line in enumerate(shown) if "Title: " in line)
        assert "(Listing)" in shown[at] and "[F4 mends]" in shown[at] and "tile.title" not in shown[at]
        findings.focus()
        findings.highlighted = at
        await hand.press("f4")
        await hand.checked()
        assert "Mended: Title (Listing). Ctrl+Z takes it back." in [
            each.message for each in hand.pilot.app._notifications
        ]


@pytest.mark.slow
async def test_review_lands_on_what_comes_first_and_enter_goes_to_its_question(tile: Path) -> None:
    async with wizard((80, 24), tile=tile) as hand:
        hand.wizard.session.set(("listing", "title"), "y" * 60)
        await hand.wizard.go_to("review")
        await hand.checked()
        verdict, whole = (str(hand.wizard.query_one(each, Static).content) for each in ("#verdict", "#whole"))
        assert verdict.startswith("✗ Datadog would refuse it: 1 to mend")
        assert hand.wizard.query_one("#verdict").size.height == 1
        assert whole.startswith("Title: ") and "(Listing)" in whole
        files = hand.wizard.query_one("#files", OptionList)
        assert "manifest.json  (+1 -1 lines)" in str(files.get_option_at_index(0).prompt)
        assert all(hand.wizard.region.contains_region(each.region) for each in (files, hand.wizard.query_one("#write")))
        await hand.press("enter")
        assert hand.at("listing.title")


@pytest.mark.slow
async def test_an_old_manifest_is_upgraded_by_one_key_and_shown_as_a_diff(tile: Path) -> None:
    old = {
        "manifest_version": "1.0.0",
        "integration_id": "acme",
        "public_title": "Acme",
        "short_description": "x",
        "display_name": "Acme",
    }
    (tile / "manifest.json").write_text(json.dumps(old, indent=2))
    async with wizard(tile=tile) as hand:
        await hand.wizard.go_to("review")
        await hand.checked()
        review = hand.wizard.query_one(ReviewStep)
        at = next(i for i, f in enumerate(review.findings) if f.rule == "manifest/version")
        findings = hand.wizard.query_one("#findings", OptionList)
        findings.focus()
        findings.highlighted = at
        await hand.press("f4")
        await hand.checked()
        assert hand.wizard.session.answers.listing.title == "Acme"
        (change,) = hand.wizard.query_one(ReviewStep).changes.changed
        assert '+  "manifest_version": "2.0.0"' in change.diff()
    assert json.loads((tile / "manifest.json").read_text()) == old


async def test_two_wizards_on_one_tile_are_told(tile: Path) -> None:
    from tilewizard.writing.locks import _locked

    held = _locked(tile.resolve())
    assert held is not None
    from tilewizard.screens.app import WizardApp

    app = WizardApp(tile=tile)
    async with app.run_test() as pilot:
        await pilot.pause()
    assert "another tilewizard" in str(app.return_value) and app.return_code == 2
    held.close()


@pytest.mark.slow
async def test_looking_at_every_step_changes_nothing_whatever_the_values(tile: Path) -> None:
    odd = "# CHANGELOG\n\n## 1.0.0\n\n***Added***:\n\n* One; two, three\n  and more; of it\n\n***Odd***:\n\n* x;y\n"
    (tile / "CHANGELOG.md").write_text(odd)
    manifest = json.loads((tile / "manifest.json").read_text())
    manifest["tile"]["classifier_tags"] += ["Category::Of Tomorrow", "Supported OS::, odd"]
    manifest["tile"]["title"] = "Two\nlines"
    manifest["assets"]["integration"]["process_signatures"] = ["a; b", "c"]
    manifest["assets"]["dashboards"]["odd"] = "assets//dashboards/./x.json"
    manifest["pricing"][0]["unit_price"] = "12 $"
    (tile / "manifest.json").write_text(json.dumps(manifest))
    async with wizard((80, 24), tile=tile) as hand:
        for step in STEPS:
            await hand.wizard.go_to(step.slug)
            await hand.checked()
            for _ in range(6):
                await hand.press("tab")
        await hand.checked()
        assert hand.wizard.session.plan().is_empty, hand.wizard.session.plan().diff()
        assert not hand.wizard.session.changed


@pytest.mark.slow
@needs_corpus
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_step_of_published_tiles_can_be_shown(size: tuple[int, int]) -> None:
    for path in corpus_tiles()[::10]:
        async with wizard(size, tile=path) as hand:
            for step in STEPS:
                if step.asked(hand.wizard.session.answers):
                    await hand.wizard.go_to(step.slug)
                    await hand.checked()
                    assert hand.wizard.current is step
            assert hand.wizard.session.plan().is_empty


@pytest.mark.slow
async def test_the_list_of_steps_begins_where_one_is_whatever_was_looked_at_before() -> None:
    async with wizard(answers=ANSWERS) as hand:
        await hand.wizard.go_to("pricing")
        await hand.press("f6", "end", "tab", "f6", "enter")
        assert hand.wizard.current.slug == "pricing"
