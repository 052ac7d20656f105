"""The step on logs and its lab: from lines to a pipeline with passing tests, kept as one change."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.widgets import OptionList, Static
from tilewizard.answers.model import Answers
from tilewizard.answers.paths import replaced
from tilewizard.answers.steps import step_asked
from tilewizard.logs.lab import look, samples_of
from tilewizard.rules.registry import rules_by_name
from tilewizard.screens.add_samples import AddSamples
from tilewizard.screens.app import WizardApp
from tilewizard.screens.log_lab import LogLab
from tilewizard.screens.pipeline_area import PipelineArea
from tilewizard.screens.widgets.grid import Grid
from tilewizard.screens.wizard import WizardScreen
from tilewizard.session.session import Session
from tilewizard.tile.tile import read

from tests.conftest import corpus_tiles, needs_corpus, quick_first

from .driving import Hand

LINES = (
    "<165>1 2024-03-28T10:21:53.003Z web01 shop 99 ID47 - ann@acme.com came\n"
    "<163>1 2024-03-28T10:21:54.003Z web01 shop 99 ID48 - It broke\n"
)
SIZES = pytest.mark.parametrize("size", quick_first([(80, 24), (120, 40)]), ids=["small", "large"])


@asynccontextmanager
async def on_logs(session: Session, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Hand]:
    app = WizardApp()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await app.push_screen(WizardScreen(session, step="logs"))
        await pilot.pause()
        yield Hand(pilot)


def with_logs(source: str = "") -> Session:
    answers = replaced(Answers(), ("submits",), ["logs"])
    return Session(replaced(answers, ("listing", "title"), "Acme Widget") if not source else answers)


def lab(hand: Hand) -> LogLab:
    screen = hand.pilot.app.screen
    assert isinstance(screen, LogLab), screen
    return screen


def said(hand: Hand, name: str) -> str:
    return str(hand.pilot.app.screen.query_one(name, Static).render())


async def paste(hand: Hand, text: str) -> None:
    hand.pilot.app.post_message(events.Paste(text))
    await hand.pilot.pause()


async def proposed(hand: Hand) -> None:
    await hand.press("f3")
    assert isinstance(hand.pilot.app.screen, AddSamples)
    await paste(hand, LINES)
    source = hand.pilot.app.screen.query_one("#add-source")
    source.value = "acme"  # type: ignore[attr-defined]
    await hand.press("f2", "f9")


@pytest.mark.slow
@SIZES
async def test_lines_become_a_pipeline_with_passing_tests_as_one_change(size: tuple[int, int]) -> None:
    session = with_logs()
    async with on_logs(session, size) as hand:
        before = session.answers
        await hand.press("f3")
        await paste(hand, LINES)
        assert "2 of 2: syslog (RFC 5424)" in said(hand, "#add-told")
        assert "mail address (1)" in said(hand, "#add-told")
        hand.pilot.app.screen.query_one("#add-source").value = "acme"  # type: ignore[attr-defined]
        await hand.press("f2", "f9")
        assert "✓ 2 as tested" in said(hand, "#lab-head")
        assert "status = notice" in said(hand, "#lab-lines")
        await hand.press("escape")
        logs = session.answers.logs
        pipeline, tests = Path(logs.pipeline).read_text(), Path(logs.tests).read_text()
        assert logs.source == "acme" and "ann@acme.com" not in tests
        assert [run.state for run in look(pipeline, tests).runs] == ["passes", "passes"]
        tile = session.tile()
        assert {"assets/logs/acme.yaml", "assets/logs/acme_tests.yaml"} <= set(tile.paths)
        assert tile.at("/assets/logs") == {"source": "acme"}
        await hand.press("ctrl+z")
        assert session.answers == before


@pytest.mark.slow
async def test_what_is_typed_into_the_grok_rule_shows_at_once() -> None:
    async with on_logs(with_logs()) as hand:
        await proposed(hand)
        screen = lab(hand)
        await hand.press("f4")
        area = screen.query_one(PipelineArea)
        assert area.has_focus
        area.move_cursor((0, 0))
        await hand.press("f4")
        row = area.cursor_location[0]
        line = area.document.get_line(row)
        at = line.index("%{integer:syslog.version}")
        area.move_cursor((row, at + 2))
        await hand.press("x")
        assert "✗ 2 can't be run" in said(hand, "#lab-head") and "xinteger" in said(hand, "#lab-said")
        await hand.press("backspace")
        assert "✓ 2 as tested" in said(hand, "#lab-head")
        area.move_cursor((row, line.index("syslog.hostname")))
        await hand.press(*"old_")
        assert "≠ 2 differ" in said(hand, "#lab-head") and "old_syslog" in said(hand, "#lab-lines")
        await hand.press("f9")
        assert "✓ 2 as tested" in said(hand, "#lab-head")
        assert "old_syslog" in samples_of(screen._files().tests)[0]["result"]["custom"]


@pytest.mark.slow
async def test_the_trace_leads_to_each_processor() -> None:
    async with on_logs(with_logs(), (120, 40)) as hand:
        await proposed(hand)
        await hand.press("f6")
        trace = lab(hand).query_one("#lab-trace", OptionList)
        assert trace.has_focus and "by the rule syslog_5424" in str(trace.get_option_at_index(0).prompt)
        await hand.press("end", "enter")
        area = lab(hand).query_one(PipelineArea)
        assert area.has_focus and "message-remapper" in area.document.get_line(area.cursor_location[0])


@pytest.mark.slow
async def test_samples_are_taken_out_and_put_back_and_added_to_what_is_there() -> None:
    async with on_logs(with_logs()) as hand:
        await proposed(hand)
        grid = lab(hand).query_one(Grid)
        grid.focus()
        await hand.press("down", "f8")
        assert grid.count == 1
        await hand.press("ctrl+z")
        assert grid.count == 2
        await hand.press("f2")
        await paste(hand, "something else\n")
        await hand.press("f9")
        assert grid.count == 3 and "∅ 1 touched by no processor" in said(hand, "#lab-head")


@pytest.mark.slow
async def test_lines_of_no_known_form_begin_a_rule() -> None:
    async with on_logs(with_logs()) as hand:
        await hand.press("f3")
        await paste(hand, "ACME|4711|door open\n")
        await hand.press("f9")
        assert "own_form" in lab(hand).query_one(PipelineArea).text
        assert "message = ACME|4711|door open" in said(hand, "#lab-lines")


@pytest.mark.slow
async def test_keys_typed_ahead_meet_what_they_are_meant_for() -> None:
    session = with_logs()
    async with on_logs(session) as hand:
        await hand.press("f3")
        await paste(hand, LINES)
        await hand.pilot.press("f9", "f4", "end", "space", "x", "f8", "ctrl+z", "f8", "escape")
        await hand.pilot.pause()
        assert len(samples_of(Path(session.answers.logs.tests).read_text())) == 1


@pytest.mark.slow
async def test_what_was_made_is_in_the_draft_when_the_app_goes() -> None:
    session = with_logs()
    async with on_logs(session) as hand:
        await proposed(hand)
    assert Path(session.answers.logs.pipeline).is_file() and Path(session.answers.logs.tests).is_file()


WITH_PIPELINE = [tile for tile in corpus_tiles() if list(tile.glob("assets/logs/*_tests.yaml"))]


@pytest.mark.slow
@needs_corpus
@pytest.mark.parametrize("path", quick_first(WITH_PIPELINE, 2), ids=lambda path: path.name)
async def test_a_published_pipeline_is_shown_and_not_a_byte_is_changed(path: Path) -> None:
    session = Session(tile=read(path))
    async with on_logs(session) as hand:
        if hand.wizard.current.slug != "logs" or not session.answers.logs.pipeline:
            pytest.skip("logs are not among what it sends")
        await hand.press("f3")
        assert "as tested" in said(hand, "#lab-head") and "≠" not in said(hand, "#lab-head")
        assert lab(hand).query_one(Grid).count == len(samples_of(Path(session.answers.logs.tests).read_text()))
        await hand.press("down", "escape")
        assert not session.changed and session.plan().is_empty


@pytest.mark.slow
@needs_corpus
async def test_one_letter_in_a_published_pipeline_is_one_hunk() -> None:
    session = Session(tile=read(next(path for path in WITH_PIPELINE if path.name == "celerdata")))
    async with on_logs(session) as hand:
        await hand.press("f3", "f4", "end", "x", "escape")
        changed = session.plan().changed
        assert [(change.path.rpartition("/")[2], change.hunks) for change in changed] == [("celerdata.yaml", 1)]


@pytest.mark.parametrize("what", ["source", "pipeline", "tests"])
def test_a_tile_that_brings_a_pipeline_is_asked_about_its_logs_whatever_its_manifest_names(
    what: str, tmp_path: Path
) -> None:
    file = tmp_path / "acme.yaml"
    file.write_text("id: acme\n")
    answers = replaced(Answers(), ("listing", "title"), "Acme Widget")
    assert not step_asked("logs").asked(answers)
    answers = replaced(answers, ("logs", what), "acme" if what == "source" else str(file))
    assert step_asked("logs").asked(answers)
    wanted = {"pipeline": ["acme.yaml"], "tests": ["acme_tests.yaml"]}.get(what, [])
    written = Session(answers).examine().tile.under("assets/logs", ".yaml")
    assert [path.replace("acme_widget", "acme").rpartition("/")[2] for path in written] == wanted


@pytest.mark.parametrize("name", ["tags/log-collection", "tags/log-pipeline"])
def test_the_category_of_logs_is_told_at_the_step_on_logs(name: str) -> None:
    assert rules_by_name()[name].step == "logs"
