"""What the newest ddev refuses of an Agent package has an error here: the mutants of ``make conformance``, without ddev."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import pytest
from tilewizard.checking.check import check
from tilewizard.rules.findings import Severity
from tilewizard.tile.tile import read
from tools.conformance_validators import NAME, VALIDATORS, Mutant, committed, differences, laid, mutants, package
from tools.conformance_validators_driver import REMARKS

KINDS = ("openmetrics-check", "python-check")
OF_PACKAGES = tuple(rule for name, (_, rules) in VALIDATORS.items() if name not in ("codeowners",) for rule in rules)


@cache
def repository() -> Path:
    """A repository of a checkout that the package is new to; all mutants share it."""
    root = Path(tempfile.mkdtemp(prefix="tilewizard"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    (root / "README.md").write_text("# Integrations\n")
    committed(root)
    return root / ".git"


def errors(kind: str, mutant: Mutant | None, root: Path) -> list[str]:
    """The rules with an error; where ddev only remarks, with any finding."""
    laid(package(kind), mutant, root)
    (root / ".git").write_text(f"gitdir: {repository()}\n")
    least = Severity.INFO if mutant is not None and mutant.validator in REMARKS else Severity.ERROR
    return [each.rule for each in check(read(root / NAME)) if each.severity.rank <= least.rank]


@pytest.mark.parametrize("kind", KINDS)
def test_a_package_as_it_is_written_has_no_error_of_theirs(kind: str, tmp_path: Path) -> None:
    assert [rule for rule in errors(kind, None, tmp_path / "integrations-extras") if rule.startswith(OF_PACKAGES)] == []


@pytest.mark.parametrize(
    ("kind", "mutant"),
    [(kind, mutant) for kind in KINDS for mutant in mutants(kind)],
    ids=lambda each: getattr(each, "name", each),
)
def test_a_mutant_that_they_refuse_has_an_error_of_the_same_thing(kind: str, mutant: Mutant, tmp_path: Path) -> None:
    found = errors(kind, mutant, tmp_path / "integrations-extras")
    assert any(rule.startswith(VALIDATORS[mutant.validator][1]) for rule in found), found


def test_a_list_that_differs_is_named() -> None:
    assert list(differences({"units": ["byte"], "templates": {}}))
    assert not list(differences({"metric_types": ["count", "gauge", "rate"]}))
