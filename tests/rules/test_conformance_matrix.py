"""What Datadog's validators refuse has an error here, of the same thing: every hand-written mutant, without the validators.

``make conformance`` holds the mutants against the validators themselves.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from tilewizard.checking.check import check
from tilewizard.field.vocabulary import Target
from tilewizard.rules.findings import Severity
from tilewizard.rules.registry import all_rules
from tools import conformance_manifest_mutations, conformance_mutations
from tools.conformance import SUBJECTS, Case, elsewhere, named
from tools.conformance_mutations import Mutant

from .applying import with_content
from .clean_tile import clean_tile

VALIDATORS = [name for name in SUBJECTS if not name.startswith("(")]


def mutants(target: Target, validator: str) -> list[Mutant]:
    """The mutants that a validator refuses, but for those that need a checkout."""
    both = (*conformance_mutations.mutants(target), *conformance_manifest_mutations.mutants(target))
    return [each for each in both if each.validator == validator and each.published is None]


def judged(mutant: Mutant, target: Target) -> Case:
    tile = clean_tile(target)
    for path, content in mutant.changes.items():
        tile = with_content(tile, path, content)
    errors = Counter(finding.rule for finding in check(tile) if finding.severity == Severity.ERROR)
    return Case("mutants", mutant.name, Path(), tile.name, target, errors=errors)


@pytest.mark.slow
@pytest.mark.parametrize("validator", VALIDATORS)
@pytest.mark.parametrize("target", list(Target))
def test_what_a_validator_refuses_has_an_error_of_the_same_thing(target: Target, validator: str) -> None:
    cases = [judged(mutant, target) for mutant in mutants(target, validator)]
    assert len(cases) >= 10, "the mutants are gone"
    assert [case.name for case in cases if not case.errors or elsewhere(case, validator)] == []


@pytest.mark.slow
def test_no_two_mutants_have_one_name() -> None:
    for target in Target:
        names = Counter(each.name for validator in VALIDATORS for each in mutants(target, validator))
        assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("target", list(Target))
def test_a_rule_that_tells_of_errors_names_the_document_that_it_rests_on(target: Target) -> None:
    weak = [rule.name for rule in all_rules() if rule.severity_for(target) == Severity.ERROR and not named(rule)]
    assert weak == []
