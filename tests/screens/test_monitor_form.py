"""A monitor in its form: made, opened, edited by keys alone, checked as one types, kept while one types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static, TextArea
from tilewizard.answers.draft_text import kept_answers
from tilewizard.answers.model import Answers
from tilewizard.answers.paths import replaced
from tilewizard.answers.telemetry import MetricRow
from tilewizard.drafts.drafts import DraftStore
from tilewizard.screens.app import WizardApp
from tilewizard.screens.assets import AssetsScreen
from tilewizard.screens.monitor_form import MonitorScreen
from tilewizard.screens.monitor_words import VariableScreen
from tilewizard.screens.search import SearchScreen
from tilewizard.screens.widgets.field import Field
from tilewizard.screens.wizard import WizardScreen
from tilewizard.session.session import Session

from tests.conftest import quick_first
from tests.rules.clean_tile import clean_tile

SIZES = pytest.mark.parametrize("size", quick_first([(80, 24), (120, 40)]), ids=["small", "large"])


def new_session() -> Session:
    answers = replaced(Answers(), ("listing", "title"), "Acme Widget")
    answers = replaced(answers, ("metrics", "prefix"), "acme_widget.")
    rows = [MetricRow(metric_name=f"acme_widget.{name}", metric_type="gauge") for name in ("pool.size", "latency")]
    return Session(replaced(answers, ("metrics", "rows"), rows))


def written(folder: Path) -> Path:
    """A tile on the disk, with a monitor."""
    tile = clean_tile()
    for path in tile.paths:
        file = tile.file(path)
        place = folder / "acme_widget" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.data if file else b"")
    return folder / "acme_widget"


async def until(pilot: Pilot[Any], kind: type[Any]) -> Any:
    for _ in range(80):
        await pilot.pause(0.05)
        if isinstance(pilot.app.screen, kind) and pilot.app.screen.is_mounted:
            await pilot.app.gate.drained()  # type: ignore[attr-defined]
            return pilot.app.screen
    raise AssertionError(pilot.app.screen)


async def wizard(pilot: Pilot[Any], session: Session) -> WizardScreen:
    screen = WizardScreen(session, step="dashboards")
    await pilot.app.push_screen(screen)
    await pilot.pause()
    return screen


def field(screen: MonitorScreen, name: str) -> Field:
    return screen.query_one(f"#field-{name}", Field)


async def at(pilot: Pilot[Any], screen: MonitorScreen, name: str) -> None:
    """Tab to a field."""
    for _ in range(40):
        if field(screen, name).has_focus_within:
            return
        await pilot.press("tab")
    raise AssertionError(name)


def monitor(session: Session, name: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(Path(session.answers.monitors[name]).read_text("utf-8"))
    return value


@pytest.mark.slow
@SIZES
async def test_a_monitor_is_made_of_a_metric_by_keys_alone(size: tuple[int, int]) -> None:
    app, session = WizardApp(), new_session()
    async with app.run_test(size=size) as pilot:
        await wizard(pilot, session)
        await pilot.press("f2")
        screen = await until(pilot, MonitorScreen)
        assert screen.file.values.title == "Latency is high"
        await at(pilot, screen, "metric")
        await pilot.press("ctrl+u", *"acme_widget.p", "right")
        await pilot.pause(0.2)
        if screen.file.values.metric != "acme_widget.pool.size":
            await pilot.press("ctrl+u", *"acme_widget.pool.size")
        assert screen.file.values.title == "Pool size is high"
        await at(pilot, screen, "critical")
        await pilot.press("ctrl+u", *"250")
        await at(pilot, screen, "warning")
        await pilot.press("ctrl+u", *"300")
        await pilot.pause(0.2)
        assert "alert threshold, 250" in field(screen, "warning").said[0]
        await pilot.press("ctrl+u", *"200")
        await pilot.pause(0.2)
        assert field(screen, "warning").said == []
        await pilot.press("escape")
        await until(pilot, WizardScreen)
        made = monitor(session, "pool_size_is_high")
        assert made["title"] == made["definition"]["name"] == "Pool size is high"
        assert made["definition"]["query"] == "avg(last_5m):avg:acme_widget.pool.size{*} by {host} > 250"
        assert made["definition"]["options"]["thresholds"] == {"critical": 250, "warning": 200}
        tile = session.examine().tile
        path = tile.object_at("/assets/monitors")["pool_size_is_high"]
        assert path == "assets/monitors/pool_size_is_high.json"
        assert tile.file(path) is not None
        await pilot.press("ctrl+z")
        await pilot.pause(0.2)
        assert session.answers.monitors == {}


@pytest.mark.slow
async def test_a_new_monitor_that_nothing_was_changed_of_is_none_unless_it_is_taken() -> None:
    app, session = WizardApp(), new_session()
    async with app.run_test(size=(80, 24)) as pilot:
        await wizard(pilot, session)
        await pilot.press("f2")
        await until(pilot, MonitorScreen)
        await pilot.press("escape")
        await until(pilot, WizardScreen)
        assert session.answers.monitors == {}
        await pilot.press("f2")
        await until(pilot, MonitorScreen)
        await pilot.press("f9")
        await until(pilot, WizardScreen)
        assert list(session.answers.monitors) == ["latency_is_high"]


@pytest.mark.slow
@SIZES
async def test_of_a_published_monitor_the_edited_line_alone_is_written(tmp_path: Path, size: tuple[int, int]) -> None:
    root = written(tmp_path)
    place = root / "assets/monitors/acme_widget_errors.json"
    before = place.read_text("utf-8")
    app, session = WizardApp(), Session.open(root)
    async with app.run_test(size=size) as pilot:
        await wizard(pilot, session)
        await pilot.press("f3")
        screen = await until(pilot, AssetsScreen)
        while not screen.shown[screen.query_one(OptionList).highlighted or 0].line.startswith("Monitor"):
            await pilot.press("down")
        await pilot.press("enter")
        form = await until(pilot, MonitorScreen)
        title = form.file.values.title
        await pilot.press("end", *" now")
        await pilot.press("escape")
        await until(pilot, AssetsScreen)
        assert f"{title} now" in str(screen.query_one("#asset-told", Static).content)
        await pilot.press("escape")
        await until(pilot, WizardScreen)
        session.write()
    assert place.read_text("utf-8") == before.replace(f'"title": "{title}"', f'"title": "{title} now"')


@pytest.mark.slow
async def test_leaving_without_an_edit_changes_nothing(tmp_path: Path) -> None:
    app, session = WizardApp(), Session.open(written(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await wizard(pilot, session)
        await pilot.press("f3")
        screen = await until(pilot, AssetsScreen)
        while not screen.shown[screen.query_one(OptionList).highlighted or 0].line.startswith("Monitor"):
            await pilot.press("down")
        await pilot.press("enter")
        form = await until(pilot, MonitorScreen)
        for _ in range(25):
            await pilot.press("tab")
        assert form.file.text == form.desk.start.text
        await pilot.press("escape")
        await until(pilot, AssetsScreen)
        assert not session.changed
        assert session.plan().is_empty


@pytest.mark.slow
async def test_a_variable_is_put_in_where_the_cursor_is_and_a_wrong_one_is_told() -> None:
    app, session = WizardApp(), new_session()
    async with app.run_test(size=(120, 40)) as pilot:
        await wizard(pilot, session)
        await pilot.press("f2")
        screen = await until(pilot, MonitorScreen)
        await at(pilot, screen, "message")
        area = field(screen, "message").control
        assert isinstance(area, TextArea)
        await pilot.press("f7", "delete", *"It is ")
        await pilot.press("f2")
        await until(pilot, VariableScreen)
        await pilot.press("enter")
        await until(pilot, MonitorScreen)
        assert area.text == "It is {{value}}"
        await pilot.press(*" {{oops}}")
        await pilot.pause(0.2)
        assert "oops" in field(screen, "message").said[0]
        await pilot.press("enter", "f2")
        variables = (await until(pilot, VariableScreen)).variables
        for _ in range([text.startswith("{{#is_alert}}") for text, _ in variables].index(True)):
            await pilot.press("down")
        await pilot.press("enter")
        await until(pilot, MonitorScreen)
        await pilot.press(*"now")
        assert area.text.endswith("{{#is_alert}}now\n{{/is_alert}}")


@pytest.mark.slow
async def test_a_query_that_can_not_be_taken_apart_is_a_text_and_stays_as_it_is_typed() -> None:
    app, session = WizardApp(), new_session()
    async with app.run_test(size=(80, 24)) as pilot:
        await wizard(pilot, session)
        await pilot.press("f2")
        screen = await until(pilot, MonitorScreen)
        await pilot.press("f4")
        await pilot.pause(0.2)
        assert field(screen, "query").has_focus_within
        assert not field(screen, "metric").display
        await pilot.press("f7", "delete", *'"a.up".over("*") ')
        await pilot.press("f4")
        await pilot.pause(0.2)
        assert field(screen, "query").display
        assert screen.file.document.get("/definition/query") == '"a.up".over("*") '
        await pilot.press("f7", "delete", *"max(last_1h):sum:acme_widget.latency{a:b}<7", "f4")
        await pilot.pause(0.2)
        assert (screen.file.values.scope, screen.file.values.comparison) == ("a:b", "<")
        assert field(screen, "window").display


@pytest.mark.slow
async def test_undo_goes_back_field_by_field_and_shows_where() -> None:
    app, session = WizardApp(), new_session()
    async with app.run_test(size=(80, 24)) as pilot:
        await wizard(pilot, session)
        await pilot.press("f2")
        screen = await until(pilot, MonitorScreen)
        start = screen.file
        await pilot.press("end", *"er")
        await at(pilot, screen, "scope")
        await pilot.press("ctrl+u", *"env:prod")
        await pilot.press("ctrl+z")
        await pilot.pause(0.2)
        assert screen.file.values.scope == "*"
        assert screen.file.values.title == "Latency is higher"
        await pilot.press("ctrl+z")
        await pilot.pause(0.2)
        assert screen.file == start
        assert field(screen, "title").has_focus_within
        await pilot.press("ctrl+y")
        await pilot.pause(0.2)
        assert field(screen, "title").control.value == "Latency is higher"  # type: ignore[attr-defined]


@pytest.mark.slow
async def test_what_is_typed_is_in_the_draft_before_one_leaves_and_nothing_of_it_in_the_answers() -> None:
    app, session = WizardApp(), new_session()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await wizard(pilot, session)
        await pilot.press("f2")
        form = await until(pilot, MonitorScreen)
        await pilot.press("end", *"er than ever")
        screen.kept.flush()  # As its own thread does half a second later; then the power goes.
        draft = DraftStore().load(screen.kept.id)
        assert session.answers.monitors == {}
        kept = kept_answers(draft.text, file="draft").monitors
        assert list(kept) == ["latency_is_higher_than_ever"]
        assert Path(kept["latency_is_higher_than_ever"]).read_text("utf-8") == form.file.text
        assert draft.step == "dashboards"
        again = Session(kept_answers(draft.text, file="draft"))
        assert "Latency is higher than ever" in str(
            again.examine().tile.file("assets/monitors/latency_is_higher_than_ever.json").text
        )  # type: ignore[union-attr]


@pytest.mark.slow
async def test_a_search_finds_what_stands_in_a_monitor_and_opens_it_there(tmp_path: Path) -> None:
    app, session = WizardApp(), Session.open(written(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(WizardScreen(session, step="listing"))
        await pilot.pause()
        await pilot.press("ctrl+f", *"monitors alert threshold")
        found = (await until(pilot, SearchScreen))._found
        assert [each.path for each in found] == [("monitors", "acme_widget_errors", "critical")]
        assert found[0].where.endswith("Monitors, acme_widget_errors, Alert threshold")
        await pilot.press("enter")
        form = await until(pilot, MonitorScreen)
        await pilot.pause(0.2)
        assert field(form, "critical").has_focus_within
        await pilot.press("ctrl+u", *"9", "escape")
        await until(pilot, WizardScreen)
        assert monitor(session, "acme_widget_errors")["definition"]["options"]["thresholds"]["critical"] == 9


async def test_nothing_is_kept_of_an_example_and_one_gets_out_of_it() -> None:
    app, session = WizardApp(), Session.on_example()
    async with app.run_test(size=(80, 24)) as pilot:
        await wizard(pilot, session)
        await pilot.press("f2")
        await until(pilot, MonitorScreen)
        await pilot.press("end", *"er", "escape")
        await until(pilot, WizardScreen)
        assert not session.changed
