"""Tables of many rows: sorting, filtering, marking, editing several at once, importing, the calculator."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input, Static
from tilewizard.answers.telemetry import MetricRow
from tilewizard.field.vocabulary import TileType
from tilewizard.screens.import_metrics import ImportMetrics
from tilewizard.screens.widgets.calculator import Calculator
from tilewizard.screens.widgets.field import Field
from tilewizard.screens.widgets.grid import Grid
from tilewizard.screens.widgets.rows import Rows

from tests.conftest import quick_first

from .driving import Hand, wizard

MATERIAL = Path(__file__).parent.parent / "material"
EXPOSITION = """\
# HELP acme_requests_total Requests that were served.
# TYPE acme_requests_total counter
acme_requests_total 7
# HELP acme_latency_seconds Time to serve.
# TYPE acme_latency_seconds gauge
acme_latency_seconds 0.5
"""


async def at_metrics(hand: Hand, count: int) -> Rows:
    """The metrics step, with so many metrics."""
    rows = [
        MetricRow(
            metric_name=f"acme_widget.value_{index:04}", metric_type="gauge", unit_name="byte", description=f"{index}."
        )
        for index in range(count)
    ]
    hand.wizard.session.set(("metrics", "rows"), rows, alone=True)  # However soon the first edit follows.
    await hand.wizard.go_to("metrics")
    await hand.checked()
    return next(each for each in hand.wizard.query(Rows) if each.question.name == "metrics.rows")


def names(hand: Hand) -> list[str]:
    return [row.metric_name for row in hand.wizard.session.answers.metrics.rows]


@pytest.mark.slow
@pytest.mark.parametrize(
    "keys",
    quick_first([["shift+down", "enter"], ["space", "space", "enter"], ["space", "space", "down", "enter"]]),
)
async def test_marked_rows_change_together_and_undo_takes_it_back_at_once(keys: list[str]) -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        table = await at_metrics(hand, 12)
        table.grid.focus()
        await hand.press(*keys)
        for _ in range(3):
            await hand.press("tab")
        assert hand.at("unit_name")
        hand.pilot.app.focused.value = ""  # type: ignore[union-attr]
        await hand.type("second")
        await hand.checked()
        units = [row.unit_name for row in hand.wizard.session.answers.metrics.rows]
        assert units == ["second"] * 2 + ["byte"] * 10
        await hand.press("ctrl+z")
        await hand.checked()
        assert {row.unit_name for row in hand.wizard.session.answers.metrics.rows} == {"byte"}


@pytest.mark.slow
async def test_filter_and_sort_change_what_is_shown_and_nothing_else() -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        table = await at_metrics(hand, 40)
        before = names(hand)
        table.query_one(".rows-filter", Input).focus()
        await hand.pilot.pause()
        await hand.type("value_003")
        assert [before[row] for row in table.grid.shown] == [name for name in before if "value_003" in name]
        table.grid.focus()
        await hand.press("s", "s")
        shown = [before[row] for row in table.grid.shown]
        assert shown == sorted(shown, reverse=True)
        assert names(hand) == before


@pytest.mark.slow
async def test_marked_rows_go_together() -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        table = await at_metrics(hand, 12)
        table.grid.focus()
        await hand.press("shift+down", "shift+down", "f8")
        assert names(hand) == [f"acme_widget.value_{index:04}" for index in range(3, 12)]
        await hand.press("ctrl+z")
        assert len(names(hand)) == 12


@pytest.mark.slow
async def test_five_thousand_rows_are_one_widget_and_the_last_one_is_a_key_away() -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        table = await at_metrics(hand, 5000)
        assert len(list(hand.wizard.walk_children())) < 400
        table.grid.focus()
        await hand.press("end")
        await hand.pilot.pause(0.2)
        assert table.at == 4999
        await hand.press("home", "asterisk")
        assert len(table.grid.marked) == 5000


@pytest.mark.slow
async def test_a_click_on_a_heading_sorts_and_one_on_a_row_chooses_it() -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        table = await at_metrics(hand, 5)
        await hand.pilot.click(Grid, offset=(9, 0))
        await hand.pilot.pause()
        assert table.grid.sorted_by is not None
        await hand.pilot.click(Grid, offset=(9, 3))
        await hand.pilot.pause(0.2)
        assert table.at == 2


@pytest.mark.slow
@pytest.mark.parametrize("way", quick_first(["paste", "file", "grid"]))
async def test_metrics_are_imported(way: str, tmp_path: Path) -> None:
    file = tmp_path / "metrics.txt"
    file.write_text(EXPOSITION)
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        table = await at_metrics(hand, 2)
        if way == "grid":
            table.grid.focus()
            # Terminals end the lines of what is pasted by a carriage return.
            table.grid.post_message(events.Paste(EXPOSITION.replace("\n", "\r")))
            await hand.pilot.pause()
        else:
            await hand.press("f3")
        screen = hand.pilot.app.screen
        assert isinstance(screen, ImportMetrics)
        if way == "paste":
            await hand.type(EXPOSITION.replace("\n", "\r"))
        elif way == "file":
            await hand.type(str(file))
            await hand.press("enter")
        for _ in range(40):
            await hand.pilot.pause(0.05)
            if screen.merged is not None:
                break
        assert screen.merged is not None
        await hand.press("enter" if way == "paste" else "f9")
        await hand.checked()
        assert (
            names(hand)[2:] == ["acme_widget.acme_requests", "acme_widget.acme_latency_seconds"]
            or len(names(hand)) == 4
        )
        row = hand.wizard.session.answers.metrics.rows[3]
        assert (row.unit_name, row.metric_type, row.description) == ("second", "gauge", "Time to serve.")
        await hand.press("ctrl+z")
        assert len(names(hand)) == 2


@pytest.mark.slow
async def test_an_agent_tile_keeps_a_sample_of_what_was_imported(tmp_path: Path) -> None:
    file = tmp_path / "metrics.txt"
    file.write_text(EXPOSITION)
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        session = hand.wizard.session
        session.set(("type",), TileType.OPENMETRICS)
        await at_metrics(hand, 2)
        await hand.press("f3")
        screen = hand.pilot.app.screen
        await hand.type(str(file))
        await hand.press("enter")
        for _ in range(40):
            await hand.pilot.pause(0.05)
            if screen.merged is not None:
                break
        await hand.press("f9")
        await hand.checked()
        assert "acme_latency_seconds" in session.answers.metrics.sample
        fixture = session.tile().file("tests/fixtures/metrics.txt").text
        assert set(session.answers.metrics.sample.splitlines()) <= set(fixture.splitlines())
        await hand.press("ctrl+z")
        assert (len(names(hand)), session.answers.metrics.sample) == (2, "")


@pytest.mark.slow
async def test_escape_imports_nothing() -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        await at_metrics(hand, 2)
        await hand.press("f3", "escape")
        assert len(names(hand)) == 2
        assert hand.wizard.current.slug == "metrics"


async def test_the_calculator_follows_plan_and_numbers() -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        await hand.wizard.go_to("pricing")
        await hand.checked()
        calculator = hand.wizard.query_one(Calculator)
        said = calculator.query_one("#calculator-said", Static)
        assert "10 Widgets: $125 a month, $1,500 a year." in str(said.content)
        assert "they are left out" in str(said.content)
        units = calculator.query_one("#calculator-units", Input)
        units.focus()
        units.value = "3"
        calculator.query_one("#calculator-hours", Input).value = "8"
        await hand.pilot.pause()
        assert "A peak of 25 lasts 8 hours: more than 7, so they count, and 25 are billed." in str(said.content)
        assert not hand.wizard.session.changed or hand.wizard.session.answers.pricing[0].unit_price == 12.5


@pytest.mark.slow
async def test_plans_stand_in_a_table_and_each_has_its_own_fields() -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        await hand.wizard.go_to("pricing")
        await hand.checked()
        table = hand.wizard.query_one(Rows)
        assert not table.grid.display
        await hand.press("f7")
        await hand.checked()
        assert table.grid.display
        assert len(hand.wizard.session.answers.pricing) == 2
        assert hand.at("billing_type")
        await hand.press("down", "down")
        await hand.checked()
        shown = {field.question.name for field in table.query("Field") if field.display}  # type: ignore[attr-defined]
        assert "tag" not in shown
        assert "billing_type" in shown


@pytest.mark.slow
@pytest.mark.parametrize("key", quick_first(["f7", "ctrl+n", "f8", "ctrl+p"]))
async def test_keys_that_come_all_at_once_lose_nothing(key: str) -> None:
    """As over a slow line: the whole caption and the key after it arrive in one go."""
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        await hand.wizard.go_to("media")
        await hand.checked()
        field = next(each for each in hand.wizard.query(Field) if each.question.name == "caption")
        field.focus()
        await hand.pilot.pause()
        caption = "Widgets by host"
        hand.pilot.app.focused.value = ""  # type: ignore[union-attr]
        await hand.pilot.pause()
        for letter in caption:
            hand.pilot.app.post_message(events.Key("space" if letter == " " else letter, letter))
        hand.pilot.app.post_message(events.Key(key, None))
        await hand.pilot.pause(0.5)
        await hand.checked()
        if key == "f8":
            await hand.press("ctrl+z")
        assert hand.wizard.session.answers.media[0].caption == caption


@pytest.mark.slow
async def test_cells_pasted_into_a_table_are_rows_and_undo_takes_them_back_at_once() -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        await hand.wizard.go_to("media")
        before = hand.wizard.session.answers.media
        field = next(each for each in hand.wizard.query(Field) if each.question.name == "caption")
        field.focus()
        await hand.type("a.png\tOne\nb.png\tTwo")
        added = hand.wizard.session.answers.media
        assert [(Path(row.image).name, row.caption) for row in added[1:3]] == [("a.png", "One"), ("b.png", "Two")]
        assert [*added[:1], *added[3:]] == before
        await hand.press("ctrl+z")
        assert hand.wizard.session.answers.media == before


@pytest.mark.slow
@pytest.mark.parametrize("parted", quick_first([" ", "\n"]))
async def test_files_dropped_on_a_new_row_are_a_row_each(tmp_path: Path, parted: str) -> None:
    files = [tmp_path / name for name in ("a.png", "b.png", "c.png")]
    for file in files:
        file.touch()
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        await hand.wizard.go_to("media")
        before = hand.wizard.session.answers.media
        await hand.press("f7")
        assert hand.at("image")
        await hand.type(parted.join(map(str, files)))
        added = [row for row in hand.wizard.session.answers.media if row not in before]
        assert [row.image for row in added] == [str(file) for file in files]
        assert len(hand.wizard.session.answers.media) == len(before) + 3, "the row that was added for them is gone"


@pytest.mark.slow
async def test_several_lines_in_a_field_that_has_no_use_for_them_stay_its_first() -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        await hand.wizard.go_to("media")
        count = len(hand.wizard.session.answers.media)
        field = next(each for each in hand.wizard.query(Field) if each.question.name == "caption")
        field.focus()
        hand.pilot.app.focused.value = ""  # type: ignore[union-attr]
        await hand.type("One\nTwo")
        assert len(hand.wizard.session.answers.media) == count
        assert hand.wizard.session.answers.media[0].caption == "One"


@pytest.mark.slow
async def test_metrics_pasted_into_the_first_field_are_imported() -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        await hand.wizard.go_to("metrics")
        prefix = hand.wizard.session.answers.metrics.prefix
        assert hand.at("metrics.prefix")
        await hand.type(EXPOSITION)
        assert isinstance(hand.pilot.app.screen, ImportMetrics)
        await hand.press("escape")
        assert hand.wizard.session.answers.metrics.prefix == prefix


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "chosen"),
    quick_first(
        [
            ("flat", "flat_fee"),
            ("ot", "tag_count"),
            ("t", "tag_count"),
            ("f", "flat_fee"),
            ("one", "one_time"),
            ("tz", "tag_count"),
            ("1", "tag_count"),
        ],
        2,
        spread=True,
    ),
)
async def test_letters_choose_what_begins_with_them(typed: str, chosen: str) -> None:
    async with wizard(answers=MATERIAL / "answers.yaml") as hand:
        await hand.wizard.go_to("pricing")
        assert hand.at("billing_type")
        await hand.press(*typed)
        assert hand.wizard.session.answers.pricing[0].billing_type == chosen
