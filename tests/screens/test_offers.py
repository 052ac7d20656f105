"""What a written tile asks for in its checkout: shown as a diff, written on request alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Button, Input, OptionList, Static
from tilewizard.checking.check import check
from tilewizard.screens.done import DoneScreen
from tilewizard.screens.offers import OffersScreen
from tilewizard.session.offers import NO_OWNER, offers, take
from tilewizard.tile.jobs import WORKFLOWS
from tilewizard.tile.tile import read
from tools.package_runs import written as package_written

from tests.conftest import quick_first
from tests.core.test_package_changes import FOLDER, listing, openmetrics
from tests.rules.clean_tile import written

from .driving import Hand, wizard

NAME = "acme_corp_acme_widget"
FAULTS = {"checkout/ci-job", "checkout/codeowners"}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A clean tile with a package's marks, in a checkout that knows nothing of it."""
    root = tmp_path / "integrations-extras"
    tile = root / NAME
    written(tile)
    (tile / "tests").mkdir()
    (tile / "tests" / "__init__.py").touch()
    (tile / "hatch.toml").write_text("[env.collectors.datadog-checks]\n")
    (root / WORKFLOWS[0]).parent.mkdir(parents=True)
    (root / WORKFLOWS[0]).write_text("name: Test all\n\non:\n  workflow_call:\n\njobs: {}\n")
    (root / ".github" / "CODEOWNERS").write_text("* @DataDog/agent\n/other_tile/  @other\n")
    return tile


def files(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def faults(tile: Path) -> set[str]:
    return FAULTS & {each.rule for each in check(read(tile))}


async def opened(hand: Hand) -> OffersScreen:
    await hand.wizard.run_action("offers")
    await hand.pilot.pause()
    screen = hand.pilot.app.screen
    assert isinstance(screen, OffersScreen)
    await hand.eventually(lambda: told(screen))
    return screen


def told(screen: OffersScreen) -> None:
    assert shown(screen) != "looking …"


def lines(screen: OffersScreen) -> list[str]:
    return [str(each.prompt) for each in screen.query_one(OptionList).options]


def shown(screen: OffersScreen) -> str:
    return str(screen.query_one("#offers-text", Static).content)


def test_the_job_and_the_line_are_offered_each_by_itself_and_a_line_wants_an_owner(package: Path) -> None:
    job, line = offers(package)
    assert job.path == WORKFLOWS[0] and line.changes is None and line.lacks == NO_OWNER
    for wrong in ("acme", "@acme corp", "a@acme.example"):
        assert offers(package, wrong)[1].changes is None
    job, line = sorted(offers(package, "@acme/integrations"), key=lambda each: "CODEOWNERS" in each.path)
    before = files(package.parent)
    assert take(line) == [".github/CODEOWNERS"]
    changed = {path for path, data in files(package.parent).items() if before.get(path) != data}
    assert changed == {package.parent / ".github" / "CODEOWNERS"}
    assert faults(package) == {"checkout/ci-job"}
    take(job)
    assert not faults(package) and offers(package, "@acme/integrations") == []


def test_a_tile_outside_of_a_checkout_asks_for_nothing(tmp_path: Path) -> None:
    written(tmp_path / NAME)
    assert offers(tmp_path / NAME) == []


@pytest.mark.slow
@pytest.mark.parametrize("size", quick_first([(80, 24), (120, 40)]))
async def test_nothing_is_written_before_it_is_agreed_to_and_then_that_one_alone(
    package: Path, size: tuple[int, int]
) -> None:
    before = files(package.parent)
    async with wizard(size, tile=package) as hand:
        screen = await opened(hand)
        assert [line[:1] for line in lines(screen)] == ["→", "?"]
        assert "+  j" in shown(screen) and f"+      target: {NAME}" in shown(screen)
        await hand.press("down", "f2")
        assert NO_OWNER in shown(screen)
        await hand.press("escape")
        assert files(package.parent) == before
        screen = await opened(hand)
        await hand.press("f2")
        assert faults(package) == {"checkout/codeowners"}
        assert lines(screen)[-1].startswith("✓ written") and lines(screen)[0].startswith("?")
        screen.query_one(Input).focus()
        await hand.type("@acme/integrations")
        await hand.press("enter")
        assert f"+/{NAME}/" in shown(screen) and "@acme/integrations" in shown(screen)
        assert faults(package) == {"checkout/codeowners"}
        await hand.press("f2")
        assert not faults(package) and shown(screen) == "Nothing is left to write."
        assert {path for path in files(package) if path not in before} == set()


@pytest.mark.slow
async def test_a_file_that_changed_meanwhile_is_left_as_it_is(package: Path) -> None:
    async with wizard((120, 40), tile=package) as hand:
        screen = await opened(hand)
        workflow = package.parent / WORKFLOWS[0]
        workflow.write_text(workflow.read_text() + "# mine\n")
        await hand.press("f2")
        assert workflow.read_text().endswith("jobs: {}\n# mine\n")
        assert lines(screen)[0].startswith("→"), "offered anew, from what stands there now"


@pytest.mark.slow
async def test_the_last_screen_offers_them_where_there_are_some(package: Path) -> None:
    async with wizard((80, 24), tile=package) as hand:
        hand.wizard.session.set(("listing", "description"), "Watch every Acme widget from Datadog")
        await hand.wizard.go_to("review")
        await hand.checked()
        hand.wizard.query_one("#write").focus()
        await hand.press("enter")
        assert isinstance(hand.pilot.app.screen, DoneScreen)
        done = hand.pilot.app.screen
        await hand.checked()
        assert done.query_one("#done-offers").display and done.offered == 2
        buttons = [each for each in done.query(Button) if each.display]
        assert len(buttons) >= 3 and all(each.region.right <= 80 for each in buttons)
        await hand.press("f6")
        assert isinstance(hand.pilot.app.screen, OffersScreen)
        await hand.press("escape")
        assert isinstance(hand.pilot.app.screen, DoneScreen)


@pytest.mark.slow
async def test_what_metadata_asks_of_the_package_is_offered_and_the_code_is_else_as_it_was(tmp_path: Path) -> None:
    root = package_written(listing(openmetrics(), "errors.count,count"), tmp_path)
    before = files(root)
    async with wizard((120, 40), tile=root) as hand:
        screen = await opened(hand)
        assert "+    'errors': 'errors'," in shown(screen) and "+# TYPE errors_total counter" in shown(screen)
        assert not screen.query_one(Input).display
        await hand.press("f2")
        await hand.eventually(lambda: nothing_left(screen))
    changed = {path.relative_to(root).as_posix() for path, data in files(root).items() if before.get(path) != data}
    assert changed == {f"{FOLDER}/metrics.py", "tests/fixtures/metrics.txt"}


def nothing_left(screen: OffersScreen) -> None:
    assert shown(screen) == "Nothing is left to write."
