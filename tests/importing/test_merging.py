"""Rows that come, put into those that are there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tilewizard.answers.telemetry import MetricRow
from tilewizard.importing.exposition import read_exposition
from tilewizard.importing.merging import Changed, merge

from tests.growing import calls

OLD = MetricRow(metric_name="acme.a", metric_type="gauge", description="By hand.")
NEW = MetricRow(metric_name="acme.a", metric_type="count", unit_name="byte", description="HELP.")
OTHER = MetricRow(metric_name="acme.b", metric_type="gauge")


@pytest.mark.parametrize(
    ("overwrite", "expected"),
    [(False, ("gauge", "byte", "By hand.")), (True, ("count", "byte", "HELP."))],
)
def test_what_was_written_by_hand_wins_unless_one_says_otherwise(overwrite: bool, expected: tuple[str, ...]) -> None:
    merged = merge([OLD], [NEW], overwrite=overwrite)
    (row,) = merged.rows
    assert (row.metric_type, row.unit_name, row.description) == expected
    assert merged.added == [] and [each.name for each in merged.changed] == ["acme.a"]


def test_what_changes_is_listed_cell_by_cell() -> None:
    assert merge([OLD], [NEW]).changed == [Changed("acme.a", (("unit_name", "", "byte"),))]


def test_new_metrics_come_last_and_nothing_goes() -> None:
    merged = merge([OTHER, MetricRow()], [NEW, OTHER])
    assert [row.metric_name for row in merged.rows] == ["acme.b", "", "acme.a"]
    assert merged.added == ["acme.a"] and merged.unchanged == ["acme.b"]
    assert merged.rows[0] is OTHER


def test_an_empty_cell_never_takes_anything_away() -> None:
    assert merge([OLD], [MetricRow(metric_name="acme.a")], overwrite=True).rows == [OLD]


def test_a_neutral_orientation_is_an_answer() -> None:
    old = MetricRow(metric_name="acme.a", orientation=0)
    assert merge([old], [MetricRow(metric_name="acme.a", orientation=1)]).rows == [old]


ROWS = st.lists(
    st.builds(
        MetricRow, metric_name=st.sampled_from(["", "a", "b", "c"]), metric_type=st.sampled_from(["", "count", "gauge"])
    )
)


@given(ROWS, ROWS, st.booleans())
def test_merging_twice_is_merging_once_and_every_new_row_is_counted(
    old: list[MetricRow], new: list[MetricRow], overwrite: bool
) -> None:
    merged = merge(old, new, overwrite=overwrite)
    assert [row.metric_name for row in merged.rows[: len(old)]] == [row.metric_name for row in old]
    counted = len(merged.added) + len(merged.changed) + len(merged.unchanged)
    assert counted == sum(bool(row.metric_name) for row in new)
    if not overwrite:
        assert merge(merged.rows, new).rows == merged.rows


def test_twice_the_metrics_take_twice_the_calls() -> None:
    def calls_for(count: int) -> int:
        text = "".join(f"# HELP m{n}_bytes It.\n# TYPE m{n}_bytes counter\nm{n}_bytes_total 1\n" for n in range(count))
        old = [MetricRow(metric_name=f"m{n}_bytes.count") for n in range(0, 2 * count, 2)]
        new = read_exposition(text).rows
        merged = merge(old, new)
        assert (len(merged.added), len(merged.changed)) == (count // 2, count // 2)
        return calls(lambda: merge(old, new))

    assert calls_for(1000) < 2.2 * calls_for(500)
