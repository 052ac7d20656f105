"""A fault speaks of the file on the command line and of the question in the form."""

from __future__ import annotations

from tilewizard.checking.check import located
from tilewizard.field.vocabulary import Target
from tilewizard.rules.findings import Problem, Severity
from tilewizard.rules.registry import rules_by_name

from ..rules.clean_tile import clean_tile


def test_a_problems_own_form_comes_before_the_rules_and_both_before_the_files_voice():
    rule = rules_by_name()["listing/title-length"]
    tile = clean_tile(Target.MARKETPLACE)
    own = located(tile, rule, Severity.ERROR, Problem("it is long", hint="cut it", form="Cut it to 50."))
    plain = located(tile, rule, Severity.ERROR, Problem("it is long", hint="cut it"))
    assert (own.form, own.message, own.hint) == ("Cut it to 50.", "it is long", "cut it")
    assert plain.form == rule.form
