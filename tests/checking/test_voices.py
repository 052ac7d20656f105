"""A fault speaks of the file on the command line and of the question in the form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tilewizard.answers.questions import questions
from tilewizard.authoring.author import answers_of
from tilewizard.checking.check import check, located
from tilewizard.checking.locate import path_of
from tilewizard.field.vocabulary import Target
from tilewizard.rules.findings import Finding, Problem, Severity
from tilewizard.rules.registry import Rule, all_rules, rules_by_name
from tilewizard.tile.tile import Tile
from tools.voices_page import page

from tests.conftest import ROOT, corpus_tiles, needs_corpus, published
from tests.rows import rows
from tests.rules.applying import applied
from tests.rules.clean_tile import clean_tile
from tests.rules.edges import with_value

OF_THE_FILE = {
    "a tag": re.compile(r"\w::"),
    "a key": re.compile(r"\b[a-z]+_[a-z_]+\b"),
    "a place": re.compile(r"\b(?:tile|assets|author|pricing|integration|legal)\.\w|(?:^|\s)/\w|[{}]"),
    "a file": re.compile(r"\b[\w-]+\.(?:json|md|csv|ya?ml|toml|py|pdf|svg|png|jpe?g)\b|CODEOWNERS|\.ddev|manifest"),
}
"""What only somebody who reads the files knows by name."""


def speaks_of_the_file(form: str) -> list[str]:
    """What a form's text names of the files; values of the tile, in quotes, are data."""
    own = re.sub("“[^”]*”", "", form)
    return [what for what, pattern in OF_THE_FILE.items() if pattern.search(own)]


@pytest.mark.parametrize(
    "form",
    [
        "add tile.description",
        "write Category::Metrics",
        "source_type_id is missing",
        "see README.md",
        "look at /tile/title",
    ],
)
def test_the_files_language_is_told(form: str) -> None:
    assert speaks_of_the_file(form)


@rows("rule", all_rules(), lambda rule: rule.name)
def test_every_rule_has_a_sentence_for_the_form(rule: Rule) -> None:
    assert rule.form.endswith(".") and rule.form[0].isupper() and len(rule.form) <= 110, rule.form
    assert speaks_of_the_file(rule.form) == []


def assert_of_the_question(findings: list[Finding]) -> None:
    paths = {".".join(map(str, each.path)) for each in questions()}
    for finding in findings:
        assert finding.form.endswith(".") and speaks_of_the_file(finding.form) == [], (finding.rule, finding.form)
        assert not finding.question or finding.question in paths, (finding.rule, finding.question)


@pytest.mark.slow
@rows("rule", [each for each in all_rules() if not each.checkout], lambda rule: rule.name)
def test_what_a_bad_example_gets_speaks_of_the_question(rule: Rule) -> None:
    assert_of_the_question(check(applied(rule.bad)))


@pytest.mark.slow
@needs_corpus
@rows("path", corpus_tiles(), lambda path: path.name)
def test_what_a_published_tile_gets_speaks_of_the_question(path: Path) -> None:
    assert_of_the_question(check(published(path)))


def test_a_problems_own_form_comes_before_the_rules() -> None:
    rule = rules_by_name()["listing/title-length"]
    tile = clean_tile(Target.MARKETPLACE)
    own = located(tile, rule, Severity.ERROR, Problem("it is long", hint="cut it", form="Cut it to 50."))
    plain = located(tile, rule, Severity.ERROR, Problem("it is long", hint="cut it"))
    assert (own.form, own.message, own.hint) == ("Cut it to 50.", "it is long", "cut it")
    assert plain.form == rule.form


TAGS = "/tile/classifier_tags"


@pytest.mark.parametrize(
    ("rule", "tags", "without", "question"),
    [
        ("tags/missing", ["Offering::Integration", "Supported OS::Linux"], [], "listing.categories"),
        ("tags/missing", ["Category::Metrics", "Offering::Integration"], [], "listing.supported_os"),
        ("tags/missing", ["Category::Metrics", "Supported OS::Linux"], [], "offering"),
        ("integration/submitted-metrics", ["Submitted Data Type::Metrics"], ["metadata.csv"], "metrics.rows"),
        ("integration/submitted-metrics", ["Submitted Data Type::Logs"], [], "submits"),
    ],
)
def test_a_finding_stands_at_the_question_that_mends_it(
    rule: str, tags: list[str], without: list[str], question: str
) -> None:
    tile: Tile = with_value(TAGS, tags).with_files([], without=without)
    found = check(tile, rules=[rules_by_name()[rule]])
    assert [path_of(each, tile, answers_of(tile)) for each in found] == [tuple(question.split("."))]


@pytest.mark.slow
def test_the_page_of_voices_is_current() -> None:
    assert (ROOT / "docs" / "voices.md").read_text(encoding="utf-8") == page(), "run `make docs`"
