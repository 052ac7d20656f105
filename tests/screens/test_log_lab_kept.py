"""What is typed in the log lab is in the draft when the process is killed; each pipeline of a tile is at hand; line ends stay."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import OptionList, TextArea
from tilewizard.answers.draft_text import kept_answers
from tilewizard.drafts.drafts import Draft, DraftStore
from tilewizard.screens.add_samples import AddSamples
from tilewizard.screens.app import WizardApp
from tilewizard.screens.choose_pipeline import ChoosePipeline
from tilewizard.screens.pipeline_area import PipelineArea
from tilewizard.screens.wizard import WizardScreen
from tilewizard.session.session import Session
from tilewizard.tile.tile import read

from .driving import Hand
from .test_log_lab import LINES, lab, on_logs, paste, proposed, said, with_logs

PIPELINE = """\
id: {name}
metric_id: {name}
backend_only: false
facets:
pipeline:
  type: pipeline
  name: {name}
  enabled: true
  filter:
    query: source:{name}
  processors:
    - type: grok-parser
      name: Parse
      enabled: true
      source: message
      samples:
        - a 1
      grok:
        supportRules: ''
        matchRules: rule %{{word:word}} %{{integer:count}}
"""
TESTS = """\
id: {name}
tests:
  - sample: a 1
    result:
      custom:
        count: 1
        word: a
      message: a 1
      tags:
        - source:LOGS_SOURCE
      timestamp: 1
"""


def with_pipelines(at: Path, *names: str, end: str = "\n") -> Path:
    folder = at / "acme_widget" / "assets" / "logs"
    folder.mkdir(parents=True)
    (at / "acme_widget" / "manifest.json").write_text('{"manifest_version": "2.0.0", "app_id": "acme-widget"}\n')
    for name in names:
        (folder / f"{name}.yaml").write_bytes(PIPELINE.format(name=name).replace("\n", end).encode())
        (folder / f"{name}_tests.yaml").write_bytes(TESTS.format(name=name).replace("\n", end).encode())
    return at / "acme_widget"


def killed(words: list[str], keys: list[bytes], enough: Callable[[], bool]) -> None:
    """Start the wizard in a terminal, type, and kill it once ``enough`` holds; at most 60 seconds are waited for it."""
    process, wire = pty.fork()
    if process == 0:
        own = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.execve(sys.executable, [sys.executable, "-m", "tilewizard", *words], {**own, "TERM": "xterm-256color"})
    last = time.monotonic() + 60
    try:
        for key in keys:
            os.write(wire, key)
        while time.monotonic() < last and not enough():
            if select.select([wire], [], [], 0.2)[0]:
                os.read(wire, 1 << 20)
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(wire)
    assert enough()


def drafts() -> list[Draft]:
    return DraftStore().all()


def pipeline_in(draft: Draft) -> str:
    named = kept_answers(draft.text, file=draft.id).logs.pipeline
    return Path(named).read_text() if named else ""


async def gone_on_with(draft: Draft, tile: Path) -> tuple[WizardApp, WizardScreen]:
    app = WizardApp()
    session = Session(kept_answers(draft.text, file=draft.id), tile=read(tile))
    return app, WizardScreen(session, draft=draft.id, step=draft.step)


@pytest.mark.slow
async def test_grok_that_was_typed_is_there_after_the_process_was_killed(tmp_path: Path) -> None:
    tile = with_pipelines(tmp_path, "acme")
    f3, f4, end = b"\x1bOR", b"\x1bOS", b"\x1b[F"
    killed(
        ["edit", str(tile), "--step", "logs"],
        [f3, f4, end, b".typed"],
        lambda: any(".typed" in pipeline_in(draft) for draft in drafts()),
    )
    (draft,) = drafts()
    app, screen = await gone_on_with(draft, tile)
    async with app.run_test() as pilot:
        await app.push_screen(screen)
        hand = Hand(pilot)
        await hand.press("f3")
        assert "%{integer:count}.typed\n" in lab(hand).query_one(PipelineArea).text


@pytest.mark.slow
async def test_lines_that_were_pasted_are_there_after_the_process_was_killed(tmp_path: Path) -> None:
    tile = with_pipelines(tmp_path, "acme")
    f3, f2 = b"\x1bOR", b"\x1bOQ"
    killed(
        ["edit", str(tile), "--step", "logs"],
        [f3, f2, b"\x1b[200~b 2\nc 3\x1b[201~", b"4"],
        lambda: any("c 34" in draft.lines for draft in drafts()),
    )
    (draft,) = drafts()
    app, screen = await gone_on_with(draft, tile)
    async with app.run_test() as pilot:
        await app.push_screen(screen)
        hand = Hand(pilot)
        await hand.press("f3")
        assert isinstance(app.screen, AddSamples)
        assert app.screen.query_one(TextArea).text == "b 2\nc 34"


@pytest.mark.slow
async def test_the_draft_follows_the_lab_and_keeps_no_file_that_it_does_not_name() -> None:
    session = with_logs()
    async with on_logs(session) as hand:
        wizard = hand.wizard
        await proposed(hand)
        for letters in ("x", "y", "z"):
            await hand.press("f4", "end", *letters)
            wizard.kept.flush()
            (draft,) = drafts()
            assert pipeline_in(draft).count(letters) >= 1
        files = [path for path in (wizard.store.folder / f"{draft.id}-files").rglob("*") if path.is_file()]
        assert sorted(file.name for file in files) == ["acme.yaml", "acme_tests.yaml"]
        assert not session.answers.logs.pipeline
        await hand.press("escape")
        wizard.kept.flush()
        (draft,) = drafts()
        assert pipeline_in(draft) == Path(session.answers.logs.pipeline).read_text()


@pytest.mark.slow
async def test_lines_that_were_not_taken_are_not_kept(tmp_path: Path) -> None:
    session = Session(tile=read(with_pipelines(tmp_path, "acme")))
    async with on_logs(session) as hand:
        wizard = hand.wizard
        await hand.press("f3", "f2")
        await paste(hand, LINES)
        wizard.kept.flush()
        assert drafts()[0].lines == LINES
        await hand.press("escape")
        wizard.kept.flush()
        assert drafts()[0].lines == ""


@pytest.mark.slow
async def test_who_only_looks_leaves_no_draft(tmp_path: Path) -> None:
    session = Session(tile=read(with_pipelines(tmp_path, "acme")))
    async with on_logs(session) as hand:
        await hand.press("f3", "f2", "escape", "down", "escape")
    assert not drafts() and not session.changed


@pytest.mark.slow
async def test_each_pipeline_of_a_tile_is_opened_by_keys_and_edited_where_it_stands(tmp_path: Path) -> None:
    tile = with_pipelines(tmp_path, "acme", "bolt", "cog")
    session = Session(tile=read(tile))
    async with on_logs(session) as hand:
        await hand.press("f3")
        screen = hand.pilot.app.screen
        assert isinstance(screen, ChoosePipeline)
        rows = screen.query_one(OptionList)
        shown = [str(rows.get_option_at_index(at).prompt) for at in range(rows.option_count)]
        assert shown == ["acme.yaml", "bolt.yaml", "cog.yaml"]
        await hand.press("down", "down", "enter")
        assert "✓ 1 as tested" in said(hand, "#lab-head") and "cog" in said(hand, "#lab-head")
        await hand.press("f4", "end", "x", "escape")
        changed = session.plan().changed
        assert [(change.path, change.hunks) for change in changed] == [("assets/logs/cog.yaml", 1)]
        await hand.press("f3", "end", "enter")
        assert "%{integer:count}x" in lab(hand).query_one(PipelineArea).text
        await hand.press("escape", "f3", "enter")
        assert "acme" in said(hand, "#lab-head")
        await hand.press("escape", "ctrl+z")
        assert session.plan().is_empty
        await hand.press("f3", "escape")
        assert isinstance(hand.pilot.app.screen, WizardScreen)


def test_of_several_pipelines_none_is_given_the_tests_of_another(tmp_path: Path) -> None:
    tile = with_pipelines(tmp_path, "acme", "bolt")
    (tile / "assets/logs/acme_tests.yaml").unlink()
    logs = Session(tile=read(tile)).answers.logs
    assert logs.pipeline.endswith("acme.yaml") and not logs.tests


@pytest.mark.slow
async def test_a_pipeline_with_other_line_ends_is_edited_and_keeps_them(tmp_path: Path) -> None:
    tile = with_pipelines(tmp_path, "acme", end="\r\n")
    session = Session(tile=read(tile))
    before = (tile / "assets/logs/acme.yaml").read_bytes()
    async with on_logs(session) as hand:
        await hand.press("f3", "f4", "end", "x", "ctrl+z", "ctrl+y")
        lab(hand).query_one(PipelineArea).move_cursor((0, 0))
        await hand.press("#", "enter", "f9", "f2")
        await paste(hand, "b 2\n")
        await hand.press("f9", "escape")
    made = Path(session.answers.logs.pipeline).read_bytes()
    tests = Path(session.answers.logs.tests).read_bytes()
    assert made.replace(b"\r\n", b"").count(b"\n") == tests.replace(b"\r\n", b"").count(b"\n") == 0
    assert made == b"#\r\n" + before.replace(b"count}\r\n", b"count}x\r\n")
    assert b"sample: b 2\r\n" in tests
