"""Every screen as a picture, in three sizes, light and dark. Made anew with ``pytest --snapshot-update``; look at them then.

Nothing in them depends on the day, the machine or the folder: the material lies in a home folder of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest
from textual import events
from textual.pilot import Pilot
from tilewizard.answers import derived_values
from tilewizard.drafts.appearance import Appearance
from tilewizard.field.vocabulary import SOURCE_TYPE_EPOCH
from tilewizard.screens.app import WizardApp
from tilewizard.screens.shims.blinking import stop_blinking
from tilewizard.screens.steps import STEPS
from tilewizard.screens.widgets.beside import Beside
from tilewizard.screens.wizard import WizardScreen
from tilewizard.session.own_tests import PYTHON

MATERIAL = Path(__file__).parent.parent / "material"
SIZES = ((80, 24), (120, 40), (200, 60))
THEMES = ("dark", "light")
Way = Callable[[Pilot[str]], Awaitable[None]]


async def settled(pilot: Pilot[str]) -> None:
    """Wait until nothing is read, checked or drawn any more."""
    before = ""
    for _ in range(40):
        await pilot.pause(0.17)  # Longer than the quiet after which a file is looked into.
        if isinstance(pilot.app.screen, WizardScreen):
            await pilot.app.screen.caught_up()
        await pilot.app.workers.wait_for_complete()
        if not all(each.at_rest for each in pilot.app.screen.query(Beside)):
            continue
        shown = pilot.app.export_screenshot()
        if shown == before:
            return
        before = shown


def step(slug: str, *keys: str) -> Way:
    """The way to a step, and further by keys."""

    async def go(pilot: Pilot[str]) -> None:
        await pilot.pause(0.1)
        screen = pilot.app.screen
        assert isinstance(screen, WizardScreen)
        await screen.go_to(slug)
        await settled(pilot)
        if keys:
            await pilot.press(*keys)
            await settled(pilot)

    return go


async def home(pilot: Pilot[str]) -> None:
    await settled(pilot)


async def exporting(pilot: Pilot[str]) -> None:
    await step("type")(pilot)
    pilot.app.screen.action_export()  # type: ignore[attr-defined]
    await settled(pilot)


async def importing(pilot: Pilot[str]) -> None:
    await step("metrics", "f3")(pilot)
    await pilot.press(*"hikaricp", "full_stop", *"txt")
    await pilot.press("enter")
    await settled(pilot)


async def wrong(pilot: Pilot[str]) -> None:
    """A step with faults on it."""
    await step("listing", "end", *"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")(pilot)


async def written(pilot: Pilot[str]) -> None:
    await step("review", "enter")(pilot)


async def history(pilot: Pilot[str]) -> None:
    await step("listing", "end", "x", "tab", "end", "y")(pilot)
    await pilot.press("alt+z")
    await settled(pilot)


async def at_the_warning(pilot: Pilot[str]) -> None:
    """A monitor's form at a threshold that is wrong."""
    await step("dashboards", "f2")(pilot)
    pilot.app.screen.query_one("#field-warning").focus()
    await settled(pilot)
    await pilot.press("end", "0", "0")
    await settled(pilot)


def opening(action: str) -> Way:
    """The way to what an action of the wizard opens."""

    async def go(pilot: Pilot[str]) -> None:
        await step("type")(pilot)
        await pilot.app.screen.run_action(action)
        await settled(pilot)

    return go


async def themes(pilot: Pilot[str]) -> None:
    await step("type")(pilot)
    pilot.app.action_change_theme()
    await settled(pilot)


def pasting(slug: str, text: str, *keys: str) -> Way:
    """The way to a step, a paste there, and further by keys."""

    async def go(pilot: Pilot[str]) -> None:
        await step(slug)(pilot)
        pilot.app.post_message(events.Paste(text).set_sender(pilot.app))
        await settled(pilot)
        if keys:
            await pilot.press(*keys)
            await settled(pilot)

    return go


def running(name: str, program: str, key: str) -> Way:
    """The way to what a program prints, which is the only one that there is, by a key on the last screen."""

    async def go(pilot: Pilot[str]) -> None:
        folder = Path.cwd() / "bin"
        folder.mkdir()
        (folder / name).write_text(f"#!/bin/sh\n{program}")
        (folder / name).chmod(0o755)
        os.environ["PATH"] = str(folder)
        os.environ[PYTHON] = name
        await written(pilot)
        await pilot.press(key)
        await settled(pilot)

    return go


def in_checkout(*keys: str) -> Way:
    """The way to the last screen in a checkout of the Marketplace, and further by keys."""

    async def go(pilot: Pilot[str]) -> None:
        (Path.cwd() / "bin").mkdir()
        (Path.cwd() / "bin" / "git").symlink_to(GIT)
        os.environ["PATH"] = str(Path.cwd() / "bin")
        (Path("marketplace") / ".github").mkdir(parents=True)
        (Path("marketplace") / ".github" / "CODEOWNERS").write_text("* @DataDog/agent\n/other_tile/  @other\n")
        set_up = "init -q -b main|config user.name Ada|config user.email ada@acme.example|add .|commit -q -m Begun"
        for each in set_up.split("|"):
            subprocess.run([GIT, "-C", "marketplace", *each.split()], check=True)
        await written(pilot)
        await pilot.press(*keys)
        await settled(pilot)

    return go


GIT = shutil.which("git") or ""
DDEV = 'echo "$6: read"\n[ "$6" != metadata ]\n'
"""Prints a line, and objects to one thing."""
TESTED = """\
[ "$2" = -c ] && echo - && exit
echo "examples/rest_api/test_main.py::test_what_was_chosen_arrives PASSED [ 50%]"
echo "examples/rest_api/test_main.py::test_it_tries_again FAILED [100%]"
echo "E   AssertionError: 2 batches were sent, 3 had been expected"
echo "==== 1 failed, 1 passed in 0.50s ===="
exit 1
"""
"""A Python that has all that it is asked for, and one test of two fails."""


README = "# Acme Widget\n\n## Overview\n\nWatches widgets.\n\n## Setup\n\nCreate a key.\n\n## Support\n\nWrite to us.\n"
LOG = """\
127.0.0.1 - - [24/Nov/2026:10:00:00 +0000] "GET /widgets HTTP/1.1" 200 512
127.0.0.1 - ada@acme.example [24/Nov/2026:10:00:01 +0000] "GET /widgets/7 HTTP/1.1" 404 17
"""
WITH_LOGS = frozenset({"logs", "samples", "lab"})
"""The ways for which the offering sends logs."""
WAYS: dict[str, Way] = {
    "home": home,
    **{each.slug: step(each.slug) for each in STEPS},
    "faults": wrong,
    "help": step("pricing", "f1"),
    "palette": step("type", "f10"),
    "preview": step("type", "f5"),
    "pricing-tab": step("type", "f5", "6"),
    "picker": step("eula", "ctrl+o"),
    "fit": step("media", "f3"),
    "import": importing,
    "export": exporting,
    "readme-preview": step("readme", "f2"),
    "insert": step("readme", "f3"),
    "search": step("listing", "ctrl+f", *"watch"),  # Found in no path: the folder is another one each time.
    "steps": step("listing", "f6"),
    "guide": step("type", "f4"),
    "history": history,
    "publish": opening("publish"),
    "after": opening("after"),
    "platform-form": opening("platform_form"),
    "themes": themes,
    "link": step("readme", "f3", "l"),
    "whole-readme": pasting("readme", README),
    "samples": pasting("logs", LOG),
    "lab": pasting("logs", LOG, "f9"),
    "assets": step("dashboards", "f3"),
    "asset-name": step("dashboards", "f3", "f9"),
    "monitor": step("dashboards", "f2"),
    "monitor-thresholds": at_the_warning,
    "variables": step("dashboards", "f2", "f2"),
    "ddev": running("ddev", DDEV, "f4"),
    "own-tests": running("python-of-the-tests", TESTED, "f3"),
    "done": written,
    "offers": in_checkout("f6"),
    "hand-in": in_checkout("f2", "f2"),
}


def settled_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with the material, in which the app is started."""
    for each in MATERIAL.iterdir():
        shutil.copy(each, tmp_path / each.name)
    (tmp_path / "hikaricp.txt").write_text(
        "# HELP jdbc_connections_active Connections in use.\n# TYPE jdbc_connections_active gauge\n"
        "jdbc_connections_active 3\n# HELP jdbc_wait_seconds Time to get one.\n# TYPE jdbc_wait_seconds summary\n"
        "jdbc_wait_seconds_count 7\njdbc_wait_seconds_sum 0.5\n"
    )
    # An app_uuid and a source_type_id of its own each time would stand in the picture.
    monkeypatch.setattr(derived_values, "uuid", SimpleNamespace(uuid4=lambda: UUID(int=0x5EED)))
    monkeypatch.setattr(derived_values, "time", SimpleNamespace(time=lambda: SOURCE_TYPE_EPOCH + 95_000_000))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", "")  # No ddev, whatever is installed.
    monkeypatch.setenv(PYTHON, "")
    monkeypatch.delenv("COLORFGBG", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.chdir(tmp_path)
    stop_blinking()
    return tmp_path


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the app is started."""
    return settled_in(tmp_path, monkeypatch)


def shown_by(name: str, theme: str) -> WizardApp:
    """The app that a way is gone in."""
    answers = None if name == "home" else Path("answers.yaml")
    if name in WITH_LOGS and answers is not None:
        answers.write_text(
            answers.read_text().replace("submits: [metrics, events]", "submits: [metrics, events, logs]")
        )
    return WizardApp(answers=answers, into=Path("marketplace"), appearance=Appearance(theme=theme, motion=False))


QUICK = (SIZES[0], THEMES[0])
"""The size and theme in which `make test` looks at some steps; the rest is for `make test-pictures`."""
QUICK_STEPS = ("type", "listing", "readme", "metrics", "review")
"""One of each kind: choices, fields, long texts, a table, findings."""


@pytest.mark.parametrize(
    ("name", "size", "theme"),
    [
        pytest.param(
            *(name, size, theme),
            id=f"{name}-{size[0]}x{size[1]}-{theme}",
            marks=[] if (size, theme) == QUICK and name in QUICK_STEPS else [pytest.mark.slow],
        )
        for name in WAYS
        for size in SIZES
        for theme in THEMES
    ],
)
def test_screen(name: str, size: tuple[int, int], theme: str, place: Path, snap_compare: Callable[..., bool]) -> None:
    assert snap_compare(shown_by(name, theme), terminal_size=size, run_before=WAYS[name])
