"""What a reading shares among families, and where it looks twice at none, held against the plain way."""

from __future__ import annotations

import gc
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families as parse
from tilewizard.answers.telemetry import MetricRow
from tilewizard.importing import units
from tilewizard.importing.exposition import read_exposition

from tests.growing import calls

SAMPLES = {
    "counter": "{name}_total 1\n",
    "gauge": "{name} 1\n",
    "histogram": '{name}_bucket{{le="1"}} 1\n{name}_bucket{{le="+Inf"}} 1\n{name}_sum 1\n{name}_count 1\n',
    "summary": '{name}{{quantile="0.5"}} 1\n{name}_sum 1\n{name}_count 1\n',
    "untyped": "{name} 1\n",
}
FAMILIES = st.lists(
    st.tuples(
        st.sampled_from(["", "acme_", "_", "job:"]),
        st.from_regex(r"[a-z0-9_:]{0,6}(_seconds|_bytes|_hits|_created)?", fullmatch=True),
        st.sampled_from(sorted(SAMPLES)),
        st.sampled_from(["", "It is so.", "This | that."]),
    ),
    max_size=5,
)


def text_of(at: int, family: tuple[str, str, str, str]) -> str:
    start, rest, kind, told = family
    name = f"{start}m{at}_{rest}"
    said = f"{name}_total" if kind == "counter" else name
    return f"# HELP {said} {told}\n# TYPE {said} {kind}\n{SAMPLES[kind].format(name=name)}"


@given(FAMILIES, st.sampled_from(["", "acme.", "acme.m1."]))
def test_families_read_together_are_what_each_is_alone(families: list[tuple[str, str, str, str]], prefix: str) -> None:
    texts = [text_of(*each) for each in enumerate(families)]
    alone, line = [], 0
    for text in texts:
        alone += [(each.row, each.line + line, each.guesses) for each in read_exposition(text, prefix).imported]
        line += text.count("\n")
    together = read_exposition("".join(texts), prefix)
    assert together.faults == () and len(alone) >= len(families)
    assert [(each.row, each.line, each.guesses) for each in together.imported] == alone


@given(FAMILIES)
def test_a_short_name_is_the_name_split_at_its_breaks(families: list[tuple[str, str, str, str]]) -> None:
    for row in read_exposition("".join(text_of(*each) for each in enumerate(families))).rows:
        names = {
            row.metric_name,
            row.metric_name.removesuffix(".count"),
        }  # A counter has but one part, that isn't named.
        assert row.short_name in {" ".join(re.split(r"[._]+", name)).strip() for name in names}


class Every:
    """Has whatever is asked for."""

    def __contains__(self, _: object) -> bool:
        return True


ENDS = st.sampled_from(
    [*units._WORDS, *units._NEVER, *(f"{unit}s" for unit in sorted(units.known_units())), "\u017f", "total"]
)


@given(st.lists(ENDS | st.text(max_size=3), max_size=4), st.sampled_from("_.:"), st.booleans())
def test_a_name_that_is_passed_over_by_its_last_letter_has_no_unit(words: list[str], joint: str, loud: bool) -> None:
    name = joint.join(words).upper() if loud else joint.join(words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(units, "_LAST", Every())
        looked_at = units.unit_of_name(name)
    assert units.unit_of_name(name) == looked_at


def test_a_reading_costs_less_than_twice_the_parsers_calls_and_keeps_two_objects_a_family() -> None:
    text = "".join(f"# HELP g{n} A gauge of {n}.\n# TYPE g{n} gauge\ng{n} {n}\n" for n in range(500))
    assert len(read_exposition(text, "acme.").rows) == 500
    assert calls(lambda: read_exposition(text, "acme.")) < 2 * calls(lambda: list(parse(text)))
    gc.collect()
    before = len(gc.get_objects())
    reading = read_exposition(text, "acme.")
    gc.collect()
    assert len(gc.get_objects()) - before < 2.5 * len(reading.rows)  # The collector looks at each, again and again.


def test_rows_that_were_given_the_same_fields_share_what_says_so_until_one_is_changed() -> None:
    first, second = (MetricRow(metric_name=name, metric_type="count") for name in ("acme.a", "acme.b"))
    assert first.model_fields_set is second.model_fields_set
    changed = first.model_copy(update={"unit_name": "byte"})
    assert changed.model_fields_set == {"metric_name", "metric_type", "unit_name"}
    assert first.model_fields_set == second.model_fields_set == {"metric_name", "metric_type"}


def test_rows_keep_the_names_of_their_fields_once() -> None:
    rows = [MetricRow(metric_name=f"acme.{number}", metric_type="count") for number in range(100)]
    changed = rows[-1].model_copy(update={"unit_name": "byte"})
    for row in (rows[-1], changed):
        assert sys.getsizeof(vars(row)) < sys.getsizeof({**vars(row)}) / 2
    assert list(vars(changed)) == list(MetricRow.model_fields)
    assert (rows[-1].unit_name, changed.unit_name, changed.metric_name) == ("", "byte", "acme.99")
