"""The rules that a question's help names: those whose findings lead to it."""

from __future__ import annotations

from tilewizard.answers.questions import questions
from tilewizard.authoring.author import answers_of
from tilewizard.checking.check import findings_of
from tilewizard.checking.locate import path_of
from tilewizard.rules.registry import Rule, all_rules, rules_by_name
from tilewizard.screens.widgets.context import rules_on

from tests.rules.applying import applied

ELSEWHERE = {"metadata/prefix", "manifest/path"}
"""Their examples show another of the places that they speak of."""


def named(name: str) -> set[str]:
    question = next(each for each in questions() if each.name == name)
    by_words = {rule.what: rule.name for rule in all_rules()}
    return {by_words[what] for what, __ in rules_on(question)}


def led_to(rule: Rule) -> set[str]:
    """The questions, tables for their columns, that what a rule finds in its own example is about."""
    tile = applied(rule.bad)
    paths = [path_of(finding, tile, answers_of(tile)) for finding in findings_of(tile, [rule])]
    # A client that is no form's leads to its file.
    paths += [("oauth",) for path in paths if path is not None and path[0] == "oauth_client"]
    return {q.name for q in questions() for path in paths if path is not None and path[: len(q.path)] == q.path}


def test_help_names_no_rule_that_only_reads_the_answer() -> None:
    assert named("listing.title") == {"listing/blanks", "listing/title-length"}
    assert named("metrics.prefix") == {"metadata/prefix", "metadata/prefix-dot"}
    assert named("listing.app_id") == {
        *("checkout/identity", "listing/app-id", "listing/app-id-vendor", "listing/directory")
    }


def test_questions_that_share_a_pointer_have_rules_of_their_own() -> None:
    assert "integration/submitted-logs" in named("submits") and "tags/ui-extension" in named("offering")
    assert not {"integration/submitted-logs", "tags/log-collection"} & named("offering")
    assert {"tags/log-collection", "security/category"} <= named("listing.categories") - named("listing.supported_os")


def test_a_rule_is_named_where_what_it_finds_leads() -> None:
    at: dict[str, set[str]] = {}
    for question in questions():
        for name in named(question.name) - ELSEWHERE:
            at.setdefault(name, set()).add(question.name)
    rules = {name: rules_by_name()[name] for name in at}
    assert {name for name, rule in rules.items() if not rule.checkout and not led_to(rule) & at[name]} == set()
