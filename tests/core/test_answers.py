"""Answers files: every fault named at its line, comments kept, derived values in place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tilewizard.answers.derived_values import settled
from tilewizard.answers.draft_text import AT_ONCE, Packed, kept, kept_answers
from tilewizard.answers.model import Answers
from tilewizard.answers.paths import replaced
from tilewizard.answers.plans import Plan
from tilewizard.answers.questions import questions
from tilewizard.answers.telemetry import MetricRow
from tilewizard.answers.yaml_text import dumps, load, loads, merged, updated
from tilewizard.errors import UnusableAnswers
from tilewizard.field.vocabulary import Target

from tests.conftest import EXAMPLES, ROOT, needs_examples

MATERIAL = ROOT / "tests" / "material" / "answers.yaml"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("listing:\n  titel: x\n", 2, "unknown key 'listing.titel' — did you mean 'title'?"),
        ("lsting: {}\n", 1, "did you mean 'listing'?"),
        ("pricing:\n  - billing_type: flat_fee\n    unit_prize: 3\n", 3, "did you mean 'unit_price'?"),
        ("pricing:\n  - unit_price: '12'\n", 2, "must be a number"),
        ("target: mars\n", 1, "'marketplace', 'integrations-extras' or 'developer-platform'"),
        ("submits:\n  - metrics\n  - smells\n", 3, "submits.1"),
        ("listing:\n  title: 1.10\n", 2, "put it in quotes"),
        ("listing: [1]\n", 1, "listing"),
        ("a: [1\nb: 2\n", 2, "is not YAML"),
        ("listing: {}\nlisting: {}\n", 2, "is not YAML"),
        ("- a\n", 1, "holds a list"),
        ("eula: nowhere.pdf\n", 1, "there is no file 'nowhere.pdf'"),
    ],
)
def test_a_fault_is_named_at_its_line_with_its_remedy(tmp_path: Path, text: str, line: int, words: str) -> None:
    (tmp_path / "answers.yaml").write_text(text)
    with pytest.raises(UnusableAnswers) as caught:
        load(tmp_path / "answers.yaml")
    fault = caught.value.faults[0]
    assert (fault.line, words in fault.render()) == (line, True), fault.render()
    assert fault.remedy


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(UnusableAnswers) as caught:
        loads("listing:\n  titel: x\nbar: 1\ntarget: mars\n")
    assert len(caught.value.faults) == 3


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n" + "".join(f"k{i}: &k{i} [*{'c' if not i else f'k{i - 1}'}, *{'c' if not i else f'k{i - 1}'}]\n" for i in range(25)),
     "[" * 2000, "!!python/object/apply:os.system ['true']", "a: !boom x\n"],
    ids=["aliases of aliases", "nesting", "a Python tag", "an unknown tag"],
)  # fmt: skip
def test_hostile_yaml_is_refused_and_never_obeyed(text: str) -> None:
    with pytest.raises(UnusableAnswers):
        loads(text)


def test_numbers_dates_and_plain_keys_are_taken_as_written() -> None:
    answers = loads(
        "listing:\n  title: 2024\nchangelog:\n  - date: 2026-11-23\n    version: 1.0.0\nreadme_links:\n  1: u\n"
    )
    assert answers.listing.title == "2024"
    assert answers.changelog[0].date == "2026-11-23"
    assert answers.readme_links == {"1": "u"}


@pytest.mark.parametrize("comments", [False, True])
def test_what_is_written_reads_back(comments: bool) -> None:
    answers = load(MATERIAL)
    assert loads(dumps(answers, comments=comments)) == answers


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40), st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=30), max_size=3))
def test_any_text_survives_a_draft(title: str, sections: dict[str, str]) -> None:
    answers = replaced(Answers(), ("listing", "title"), title)
    answers = replaced(answers, ("readme",), sections)
    assert kept_answers(kept(answers), file="draft") == answers
    if all(char.isprintable() or char in "\n\t" for text in (title, *sections, *sections.values()) for char in text):
        assert loads(dumps(answers), lenient=True) == answers


@pytest.mark.parametrize("value", [float("inf"), -1e300, 12.5, "12.", 3, True, "\ud800", "\x00"])
def test_whatever_was_typed_for_a_number_survives_a_draft(value: object) -> None:
    row = MetricRow.model_construct(**{**dict(MetricRow()), "interval": value})
    answers = replaced(Answers(), ("metrics", "rows"), [row])
    assert kept_answers(kept(answers), file="draft").metrics.rows[0].interval == value


@pytest.mark.parametrize("count", [0, 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE])
@pytest.mark.parametrize("prefix", ["", "acme."])
def test_as_many_metrics_as_there_are_survive_a_draft(count: int, prefix: str) -> None:
    rows = [MetricRow(metric_name=f"acme.value_{number}", description="é “\n") for number in range(count)]
    answers = replaced(replaced(Answers(), ("metrics", "rows"), rows), ("metrics", "prefix"), prefix)
    packed = Packed()
    for each in (
        answers,
        replaced(answers, ("listing", "title"), "A"),
        replaced(answers, ("metrics", "rows"), rows[1:]),
    ):
        text = kept(each, packed)
        assert text == kept(each)
        assert kept_answers(text, file="draft") == each


def test_a_draft_that_somebody_edited_is_read_or_refused_with_its_line() -> None:
    assert kept_answers("listing:\n  title: Mine\n", file="draft").listing.title == "Mine"
    with pytest.raises(UnusableAnswers, match="draft:2"):
        kept_answers('{"listing":\n {"titel": "x"}}', file="draft")


def test_a_users_comments_survive_an_update() -> None:
    text = "# mine\nlisting:\n  title: A # short\n  # why\n  description: B\n"
    answers = replaced(loads(text), ("listing", "title"), "C")
    assert updated(text, answers).startswith("# mine\nlisting:\n  title: C # short\n  # why\n  description: B\n")


def test_every_key_is_explained() -> None:
    text = dumps(load(MATERIAL), comments=True)
    for question in questions():
        name = question.path[-1]
        if f"\n  {name}:" in text and len(question.path) > 1:
            assert question.ask.help.split()[0] in text


def test_names_follow_from_earlier_answers_until_they_are_given() -> None:
    answers = loads(
        "listing: {title: Acme Widget}\nauthor: {vendor_id: acme-corp}\npricing: [{billing_type: tag_count}]\nsubmits: [metrics]\n"
    )
    known = settled(answers)
    assert known.listing.app_id == "acme-corp-acme-widget"
    assert known.listing.directory == "acme_corp_acme_widget"
    assert known.pricing[0].metric == "datadog.marketplace.acme_corp.acme_widget"
    assert known.integration.source_type_name == "Acme Widget"
    assert known.metrics.prefix == "acme_widget."
    own = replaced(answers, ("listing", "app_id"), "mine")
    assert settled(own).listing.app_id == "mine" and settled(own).listing.directory == "mine"
    free = replaced(answers, ("target",), Target.EXTRAS)
    assert settled(free).listing.app_id == "acme-widget"


def test_a_plan_has_only_the_columns_of_its_billing_type() -> None:
    answers = Answers(pricing=[Plan(billing_type="flat_fee")])
    assert settled(answers).pricing[0].metric == ""


def test_partial_answers_merge_group_by_group() -> None:
    base = load(MATERIAL)
    partial = loads("listing: {title: Other}\nreadme: {Support: Nobody}\n")
    both = merged(base, partial)
    assert (both.listing.title, both.listing.description) == ("Other", base.listing.description)
    assert both.readme["Support"] == "Nobody" and both.readme["Overview"] == base.readme["Overview"]


@needs_examples
def test_every_key_of_the_example_is_taken() -> None:
    answers = load(EXAMPLES / "answers.yaml")
    assert answers.pricing[0].unit_price == 12.5
    assert answers.media[2].image == str((EXAMPLES / "acme_widget_alerts.png").resolve())
    assert answers.changelog[0].added == ["Initial release"]
