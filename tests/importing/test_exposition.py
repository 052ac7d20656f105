"""What a product exposes, as the metrics that Datadog's OpenMetrics check would send."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tilewizard.importing.exposition import OPENMETRICS, PROMETHEUS, description, read_exposition
from tilewizard.importing.rows import Reading
from tilewizard.importing.units import known_units, unit_of_name, unit_of_word

from tests.growing import calls

PREFIX = "acme."


def read(text: str, prefix: str = PREFIX) -> Reading:
    return read_exposition(text, prefix)


def cells(text: str, *columns: str, prefix: str = PREFIX) -> list[tuple[object, ...]]:
    return [tuple(getattr(row, column) for column in columns) for row in read(text, prefix).rows]


def lines(reading: Reading) -> list[int]:
    return [reading.place(fault)[0] for fault in reading.faults]


HISTOGRAM = """\
# HELP wait_seconds Time that requests waited.
# TYPE wait_seconds histogram
wait_seconds_bucket{le="0.5"} 3
wait_seconds_bucket{le="+Inf"} 4
wait_seconds_sum 2.5
wait_seconds_count 4
"""
SUMMARY = """\
# TYPE size_bytes summary
size_bytes{quantile="0.5"} 3
size_bytes_sum 9
size_bytes_count 3
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# TYPE hits_total counter\nhits_total 1\n", [("acme.hits.count", "count")]),
        ("# TYPE hits counter\nhits 1\n", [("acme.hits.count", "count")]),
        ("# TYPE hits counter\nhits_total 1\n# EOF\n", [("acme.hits.count", "count")]),
        ("# TYPE hits_total counter\nhits_total 1\n# EOF\n", [("acme.hits.count", "count")]),
        ("# TYPE hits counter\nhits_total 1\n", [("acme.hits.count", "count")]),
        ("# TYPE depth gauge\ndepth 1\n", [("acme.depth", "gauge")]),
        (
            HISTOGRAM,
            [("acme.wait_seconds.bucket", "count"), ("acme.wait_seconds.count", "count"), ("acme.wait_seconds.sum", "count")],
        ),
        (
            SUMMARY,
            [("acme.size_bytes.count", "count"), ("acme.size_bytes.sum", "count"), ("acme.size_bytes.quantile", "gauge")],
        ),
        ("# TYPE s summary\ns_sum 1\ns_count 2\n", [("acme.s.count", "count"), ("acme.s.sum", "count")]),
        ('# TYPE h histogram\nh_bucket{le="+Inf"} 2\nh_sum 1\nh_count 2\n', [("acme.h.count", "count"), ("acme.h.sum", "count")]),
        ('# TYPE build info\nbuild_info{v="1"} 1\n# EOF\n', [("acme.build", "gauge")]),
        ('# TYPE state stateset\nstate{state="on"} 1\n# EOF\n', [("acme.state", "gauge")]),
        ("plain 3\n", [("acme.plain", "gauge")]),
        ("# TYPE only_said gauge\n", [("acme.only_said", "gauge")]),
    ],
)  # fmt: skip
def test_each_family_becomes_the_metrics_that_the_check_sends(text: str, expected: list[tuple[str, str]]) -> None:
    assert cells(text, "metric_name", "metric_type") == expected
    assert read(text).faults == ()


@pytest.mark.parametrize(
    ("family", "prefix", "name"),
    [
        ("depth", "acme.", "acme.depth"),
        ("acme_depth", "acme.", "acme.depth"),
        ("acme_depth", "", "acme_depth"),
        ("acme_widget_depth", "acme.widget.", "acme.widget.depth"),
        ("acmeish_depth", "acme.", "acme.acmeish_depth"),
        ("job:depth:sum", "acme.", "acme.job_depth_sum"),
        ("_depth_", "acme.", "acme.depth"),
        ("acme_", "acme.", "acme.acme"),
    ],
)
def test_names_are_as_datadog_stores_them(family: str, prefix: str, name: str) -> None:
    reading = read(f"# TYPE {family} gauge\n{family} 1\n", prefix)
    assert [row.metric_name for row in reading.rows] == [name]
    told = [guess for guess in reading.imported[0].guesses if guess.field == "metric_name"]
    assert bool(told) == (name != f"{prefix}{family}")


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("wait_seconds", "second"),
        ("cpu_seconds_total", "second"),
        ("wait_ms", "millisecond"),
        ("heap_bytes", "byte"),
        ("used_ratio", "fraction"),
        ("cpu_percent", "percent"),
        ("room_celsius", "degree celsius"),
        ("last_backup_timestamp_seconds", "unix second"),
        ("process_start_time_seconds", "unix second"),
        ("http_requests_total", "request"),
        ("http_queries", "query"),
        ("cache_misses", "miss"),
        ("open_processes", "process"),
        ("depth", None),
        ("requests_total", "request"),
        ("working_set", None),
        ("cpu_time", None),
        ("weight_grams", None),
        ("retry_times", None),
        ("status", None),
    ],
)
def test_a_unit_is_guessed_from_the_end_of_the_name_and_only_one_that_datadog_knows(
    name: str, unit: str | None
) -> None:
    found = unit_of_name(name)
    assert (found[0] if found else None) == unit
    assert unit is None or unit in known_units()
    rows = read(f"# TYPE {name} gauge\n{name} 1\n").imported
    assert rows[0].row.unit_name == (unit or "")
    assert any(guess.field == "unit_name" and "name ends in" in guess.why for guess in rows[0].guesses) == bool(unit)


@given(st.text())
def test_no_word_gives_a_unit_that_datadog_does_not_know(word: str) -> None:
    assert unit_of_word(word) in {None, *known_units()}
    found = unit_of_name(f"a_{word}")
    assert found is None or found[0] in known_units()


def test_the_unit_line_wins_over_the_name() -> None:
    text = "# TYPE a_seconds gauge\n# UNIT a_seconds seconds\na_seconds 1\n# TYPE b gauge\n# UNIT b bytes\nb 1\n# EOF\n"
    first, second = read(text).imported
    assert (first.row.unit_name, second.row.unit_name) == ("second", "byte")
    assert [guess.why for guess in second.guesses if guess.field == "unit_name"] == ["its UNIT is bytes"]


def test_what_is_not_the_value_itself_is_told_with_the_reason() -> None:
    (row,) = read("# HELP hits_total Hits | misses.\n# TYPE hits_total counter\nhits_total 1\n").imported
    told = {guess.field: guess.why for guess in row.guesses}
    assert told["metric_type"] == "it is a counter"
    assert told["unit_name"] == "its name ends in _hits"
    assert row.row.description == "Hits / misses." and "|" in told["description"]
    assert row.row.short_name == "hits" and row.row.orientation is None and row.row.interval is None


def test_an_untyped_family_says_that_the_check_leaves_it_out() -> None:
    (row,) = read("plain 3\n").imported
    assert any("leaves out" in guess.why for guess in row.guesses if guess.field == "metric_type")


def test_counts_of_observations_have_no_unit_and_say_what_they_are() -> None:
    assert cells(HISTOGRAM, "unit_name", "description") == [
        ("", "Time that requests waited (observations by bucket)."),
        ("", "Time that requests waited (number of observations)."),
        ("second", "Time that requests waited (sum of observations)."),
    ]


@given(st.text(min_size=1), st.sampled_from(["", "sum of observations"]))
def test_a_description_fits_metadata(text: str, part: str) -> None:
    short, guesses = description(text, part)
    assert len(short) <= 400 and "|" not in short and "\n" not in short
    assert guesses or short == " ".join(text.split())


def test_a_long_help_is_cut_between_words() -> None:
    short, guesses = description("word " * 200)
    assert short.endswith("word...") and 390 < len(short) <= 400
    assert "longer than 400" in guesses[0].why
    assert len(description("x" * 900)[0]) == 400


@pytest.mark.parametrize("ending", ["", "# EOF\n"])
def test_a_broken_line_is_told_by_its_number_and_the_rest_is_imported(ending: str) -> None:
    text = (
        '# TYPE a gauge\na{x="1"} 1\na{x="2} 2\n\nthis is nonsense\n# TYPE b wrong\n# TYPE c gauge\r\nc 3\r\nd_ok 4\n'
    )
    reading = read(text + ending)
    assert reading.kind == (OPENMETRICS if ending else PROMETHEUS)
    assert lines(reading) == [3, 5, 6]
    assert [row.metric_name for row in reading.rows] == ["acme.a", "acme.c", "acme.d_ok"]
    assert [each.line for each in reading.imported] == [1, 7, 9]


def test_a_family_that_is_not_whole_is_told_and_taken_by_its_comments() -> None:
    reading = read("# HELP a Some.\n# TYPE a counter\na_total -1\n# EOF\n")
    assert [(row.metric_name, row.metric_type, row.description) for row in reading.rows] == [
        ("acme.a.count", "count", "Some.")
    ]
    assert lines(reading) == [1] and "negative" in reading.faults[0].message


def test_a_family_whose_samples_are_scattered_is_one_family() -> None:
    assert cells("a 1\nb 2\na 3\nb 4\n", "metric_name") == [("acme.a",), ("acme.b",)]


def test_two_families_of_one_name_in_datadog_are_told() -> None:
    reading = read("a:b 1\na_b 2\n")
    assert [row.metric_name for row in reading.rows] == ["acme.a_b"]
    assert lines(reading) == [2] and "line 1" in reading.faults[0].message


def test_reading_stops_when_asked() -> None:
    asked = iter([False, True])
    reading = read_exposition("a 1\nb 2\nc 3\n", cancelled=lambda: next(asked))
    assert [row.metric_name for row in reading.rows] == ["a"]


NAMES = st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True)


@given(st.lists(st.tuples(NAMES, st.sampled_from(["counter", "gauge"])), unique_by=lambda each: each[0]))
def test_every_counter_and_gauge_gives_one_metric(families: list[tuple[str, str]]) -> None:
    text = "".join(f"# TYPE m_{name} {kind}\nm_{name} 1\n" for name, kind in families)
    reading = read(text)
    assert len(reading.rows) == len(families) and reading.faults == ()


PIECES = st.sampled_from(["# TYPE a ", "# HELP a ", "# UNIT a ", "# EOF", "counter", "histogram", "summary", "a", "a_bucket",
                          "{", "}", 'le="1"', ",", '"', " 1", "\n", "\r", "\\", "_total", "# {} 1", "NaN", "\x00", "é"])  # fmt: skip


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text() | st.binary().map(lambda data: data.decode("latin-1")))
def test_no_text_is_too_broken_to_read(text: str) -> None:
    reading = read(text)
    names = [row.metric_name for row in reading.rows]
    assert len(names) == len(set(names))
    assert all(row.metric_type in ("count", "gauge") for row in reading.rows)
    assert all(0 <= fault.offset <= len(text) for fault in reading.faults)


def test_twice_the_metrics_take_twice_the_calls() -> None:
    def calls_for(count: int) -> int:
        text = "".join(f"# HELP m{n}_bytes It.\n# TYPE m{n}_bytes gauge\nm{n}_bytes 1\n" for n in range(count))
        return calls(lambda: read(text))

    assert len(read("# TYPE a gauge\na 1\n").rows) == 1
    assert calls_for(1000) < 2.2 * calls_for(500)


def test_broken_lines_cost_no_more_than_right_ones() -> None:
    def calls_for(count: int, line: str) -> int:
        text = "# TYPE a gauge\n" + "".join(f'a{{x="{n}"}} 1\n{line}\n' for n in range(count))
        return calls(lambda: read(text))

    reading = read("# TYPE a gauge\n" + 'a{x="1"} 1\na{broken\n' * 2000)
    assert len(reading.faults) == 2000 and len(reading.rows) == 1
    assert calls_for(1000, "a{broken") < 2.2 * calls_for(500, "a{broken")
    assert calls_for(500, "a{broken") < 2 * calls_for(500, 'a{y="1"} 1')


def test_a_native_histogram_is_left_out_with_a_word_as_the_agents_check_breaks_down_on_it() -> None:
    sample = "{count:2,sum:1,schema:0,zero_threshold:0.001,zero_count:1,positive_spans:[0:1],positive_deltas:[1]}"
    text = f"# TYPE wait histogram\nwait {sample}\n# TYPE depth gauge\ndepth 1\n# EOF\n"
    reading = read_exposition(text, "acme.")
    assert [each.row.metric_name for each in reading.imported] == ["acme.depth"]
    assert ["native histogram" in each.message for each in reading.faults] == [True]
