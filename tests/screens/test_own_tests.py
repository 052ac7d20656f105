"""The tests that a written tile brings with it, run from the last screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import RichLog, Static
from tilewizard.answers.yaml_text import load
from tilewizard.field.vocabulary import TileType
from tilewizard.screens.app import WizardApp
from tilewizard.screens.done import DoneScreen
from tilewizard.screens.own_tests import OwnTestsScreen
from tilewizard.session.own_tests import PYTHON, OwnTests, own_tests, progress, verdict
from tilewizard.session.session import Session

from .driving import appears

MATERIAL = Path(__file__).parent.parent / "material"


def written(kind: TileType, folder: Path) -> DoneScreen:
    answers = load(MATERIAL / "answers.yaml").model_copy(update={"type": kind})
    session = Session(answers, into=folder / "marketplace")
    root, files = session.write()
    return DoneScreen(root, files, session)


def a_python(folder: Path, script: str) -> Path:
    """A Python of our own making: it has everything, and runs a script instead of tests."""
    place = folder / "python"
    place.write_text(f'#!/bin/sh\ncase "$*" in *importlib*) echo -; exit;; esac\n{script}\n')
    place.chmod(0o755)
    return place


async def until(pilot: Pilot[str], *words: str) -> str:
    said = ""
    for _ in range(600):
        await pilot.pause(0.05)
        if isinstance(pilot.app.screen, OwnTestsScreen):
            said = str(pilot.app.screen.query_one("#run-said", Static).content)
            if any(each in said for each in words):
                return said
    raise AssertionError(said)


def printed(pilot: Pilot[str]) -> str:
    return "\n".join(line.text for line in pilot.app.screen.query_one(RichLog).lines)


@pytest.mark.slow
async def test_the_tests_of_an_example_run_and_their_result_is_said_in_words(tmp_path: Path) -> None:
    done = written(TileType.DOGSTATSD, tmp_path)
    app = WizardApp()
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(done)
        await pilot.pause()
        await pilot.press("f3")
        assert "tests pass" in await until(pilot, "tests pass", "✗")
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is done
        code = done.root / "examples/dogstatsd/send.py"
        before = code.read_text()
        code.write_text(before.replace("acme_widget.", "acme_gadget.", 1))
        assert code.read_text() != before
        await pilot.press("f3")
        assert "1 of 2 tests fails: test_" in await until(pilot, "tests pass", "✗")


@pytest.mark.slow
async def test_without_the_packages_it_says_what_is_missing_and_makes_an_environment_on_request_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PYTHON, str(tmp_path / "nowhere"))
    asked: list[str] = []

    def making(tests: OwnTests) -> tuple[list[str], ...]:
        asked.append(tests.name)
        has_all = a_python(tmp_path, "echo 'tests/test_unit.py::test_it PASSED [100%]'; echo '== 1 passed in 1s =='")
        return ["true", str(has_all)], ["sh", "-c", f"cp {has_all} {tmp_path}/nowhere; echo made"]

    monkeypatch.setattr(OwnTests, "making", making)
    done = written(TileType.OPENMETRICS, tmp_path)
    app = WizardApp()
    async with app.run_test(size=(120, 40)) as pilot:
        app.push_screen(done)
        await pilot.pause()
        await pilot.press("f3")
        await until(pilot, "No Python here has what the tests need.")
        assert "datadog_checks.base" in printed(pilot) and "F2" in printed(pilot)
        assert not (tmp_path / "nowhere").exists()
        await pilot.click("#run-make")
        assert await until(pilot, "passes", "✗") == "✓ The only test passes."


@pytest.mark.slow
async def test_escape_stops_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        f"trap 'touch {tmp_path}/stopped; exit' TERM; echo 'tests/test_unit.py::test_it PASSED [ 50%]'; sleep 60 & wait"
    )
    monkeypatch.setenv(PYTHON, str(a_python(tmp_path, script)))
    done = written(TileType.PYTHON, tmp_path)
    app = WizardApp()
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(done)
        await pilot.pause()
        await pilot.press("f3")
        assert await until(pilot, "50 %") == "50 % of the tests are done: test_it …"
        await pilot.press("escape")
        await until(pilot, "Stopped")
        assert await appears(pilot, tmp_path / "stopped")


async def test_a_tile_without_tests_offers_none(tmp_path: Path) -> None:
    done = written(TileType.TILE_ONLY, tmp_path)
    app = WizardApp()
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(done)
        await pilot.pause()
        assert own_tests(done.root) is None and not done.query("#done-tests")
        await pilot.press("f3")
        assert app.screen is done


@pytest.mark.parametrize(
    ("code", "lines", "said"),
    [
        (0, ["=== 3 passed in 1.0s ==="], "✓ All 3 tests pass."),
        (0, ["=== 2 passed, 1 skipped in 1.0s ==="], "✓ All 2 tests pass, 1 could not run here."),
        (1, ["t.py::test_a FAILED [ 50%]", "=== 1 failed, 1 passed in 1s ==="], "✗ 1 of 2 tests fails: test_a. See below why."),
        (2, ["=== 1 error in 1s ==="], "✗ The tests can't be run. See below why."),
        (5, [], "There are no tests to run."),
        (0, ["=== 2 skipped in 1s ==="], "None of the 2 tests could run here. See below why."),
        (-15, [], "✗ The tests can't be run. See below why."),
    ],
)  # fmt: skip
def test_a_run_is_told_in_words(code: int, lines: list[str], said: str) -> None:
    assert verdict(code, lines) == said


def test_progress_is_read_off_the_lines_of_tests_alone() -> None:
    assert progress("tests/test_unit.py::test_a[x-1] PASSED      [ 42%]") == ("test_a[x-1]", 42)
    assert progress("collecting ... collected 5 items") is None
