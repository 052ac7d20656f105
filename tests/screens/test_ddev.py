"""Datadog's own validators, run from the last screen where they are installed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import RichLog, Static
from tilewizard.answers.yaml_text import load
from tilewizard.screens.app import WizardApp
from tilewizard.screens.ddev import DdevScreen
from tilewizard.screens.done import DoneScreen
from tilewizard.session.session import Session

from .driving import appears

MATERIAL = Path(__file__).parent.parent / "material"


@pytest.fixture
def tile(tmp_path: Path) -> tuple[Session, Path, list[str]]:
    session = Session(load(MATERIAL / "answers.yaml"), into=tmp_path / "marketplace")
    root, written = session.write()
    return session, root, written


def install(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ddev of our own in front of any other."""
    place = folder / "bin" / "ddev"
    place.parent.mkdir()
    place.write_text(f"#!/bin/sh\n{script}\n")
    place.chmod(0o755)
    monkeypatch.setenv("PATH", f"{place.parent}{os.pathsep}{os.environ['PATH']}")


async def until(pilot: Pilot[str], words: str) -> str:
    said = ""
    for _ in range(100):
        await pilot.pause(0.05)
        if isinstance(pilot.app.screen, DdevScreen):
            said = str(pilot.app.screen.query_one("#run-said", Static).content)
            if words in said:
                return said
    raise AssertionError(said)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("script", "said"),
    [
        ('echo "$6 of $7 is [fine]"', "✓ ddev objects to nothing"),
        ('echo "$6"; [ "$6" != metadata ]', "✗ metadata: see below"),
    ],
)
async def test_the_validators_are_run_in_turn_and_what_they_say_is_shown(
    script: str, said: str, tile: tuple[Session, Path, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, script, monkeypatch)
    session, root, written = tile
    app = WizardApp()
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(DoneScreen(root, written, session))
        await pilot.pause()
        await pilot.press("f4")
        await until(pilot, said)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, DoneScreen)


@pytest.mark.slow
async def test_a_breakdown_of_ddev_is_told_in_words(
    tile: tuple[Session, Path, list[str]], tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = "Traceback (most recent call last):\\n  File x, line 1, in y\\nKeyError: name"
    install(tmp_path, f'if [ "$6" = metadata ]; then printf "{trace}\\n"; exit 1; fi; echo fine', monkeypatch)
    session, root, written = tile
    app = WizardApp()
    async with app.run_test(size=(100, 60)) as pilot:
        app.push_screen(DoneScreen(root, written, session))
        await pilot.pause()
        await pilot.press("f4")
        await until(pilot, "✗ metadata: see below")
        shown = [str(line.text).rstrip() for line in app.screen.query_one(RichLog).lines]
    assert "metadata breaks down:" in shown and not any("Traceback" in line for line in shown)
    assert any("says nothing of the tile" in line for line in shown) and any("KeyError: name" in line for line in shown)
    assert any("own rules" in line for line in shown)
    kept = state / "ddev" / f"{root.name}-metadata.txt"
    assert kept.read_text().startswith("Traceback (most recent call last):\n")


@pytest.mark.slow
async def test_escape_stops_what_runs(
    tile: tuple[Session, Path, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(
        tmp_path, f"trap 'touch {tmp_path}/stopped; exit' TERM; touch {tmp_path}/begun; sleep 60 & wait", monkeypatch
    )
    session, root, written = tile
    app = WizardApp()
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(DoneScreen(root, written, session))
        await pilot.pause()
        await pilot.press("f4")
        await until(pilot, "1 of 11")
        assert await appears(pilot, tmp_path / "begun")
        await pilot.press("escape")
        await until(pilot, "Stopped")
        assert await appears(pilot, tmp_path / "stopped")


async def test_where_ddev_is_not_installed_it_is_not_offered(
    tile: tuple[Session, Path, list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    session, root, written = tile
    app = WizardApp()
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(DoneScreen(root, written, session))
        await pilot.pause()
        assert not app.screen.query("#done-ddev")
        await pilot.press("f4")
        assert isinstance(app.screen, DoneScreen)


@pytest.mark.slow
async def test_what_is_objected_to_is_told_again_at_the_end_with_its_file_and_step(
    tile: tuple[Session, Path, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(
        tmp_path, '[ "$6" = readmes ] && echo "README.md:3 is odd" && exit 1; [ "$6" != models ] || exit 1', monkeypatch
    )
    session, root, written = tile
    app = WizardApp()
    async with app.run_test(size=(100, 50)) as pilot:
        app.push_screen(DoneScreen(root, written, session))
        await pilot.pause()
        await pilot.press("f4")
        await until(pilot, "✗ models, readmes: see below")
        lines = [strip.text.strip() for strip in app.screen.query_one(RichLog).lines]
        assert lines[-2:] == [
            "✗ models: it gives no reason",
            "✗ readmes: README.md:3 is odd (step README)",
        ]
