"""Real repairs of published tiles, replayed: what was repaired gets a finding, the repaired tile gets it no more.

Each case is ``replay/KIND/TILE/{before,after}``. A case counts as caught when a rule that the kind is of speaks more often of
a changed file before than after.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import tilewizard
from tilewizard.checking.check import check
from tilewizard.rules.registry import rules_by_name
from tilewizard.tile.tile import Tile

from tests.conftest import SHARED

REPLAY = SHARED / "replay"
RULES = {
    "blueprint-deprecated-picture": {"blueprints/picture"},
    "blueprint-without-action-name": {"blueprints/action-name"},
    "dataflow-ids": {"dataflows/id"},
    "detection-rule-without-its-source-tag": {"security/source-tag"},
    "log-service-from-the-wrong-attribute": {"logs/service-attribute"},
    "log-tests-with-unsorted-keys": {"logs/test-order"},
    "monitor-created-muted": {"monitors/muted"},
    "metadata-units-of-upsc": {"metadata/unit-contradiction"},
    "monitor-old-no-data-options": {"monitors/no-data"},
    "owner": {"listing/owner"},
    "readme-broken-markup": {"readme/notice-link"},
    "readme-dead-ddev-command": {"readme/ddev-command"},
    "readme-documentation-link-relative": {"readme/documentation-link"},
    "readme-install-of-an-old-version": {"readme/install-version"},
    "readme-link-tied-to-one-site": {"readme/site-link"},
    "spec-against-models": {"spec/field"},
}
"""The rules that each kind of repair is of."""
CASES = sorted(path for path in REPLAY.glob("*/*") if path.is_dir())
needs_replay = pytest.mark.skipif(not CASES, reason="the repairs of published tiles are not beside the project")


def gone(case: Path) -> set[str]:
    """The rules of which findings on a changed file are fewer after the repair than before."""
    before, after = tilewizard.read(case / "before"), tilewizard.read(case / "after")
    changed = {path for path in {*before.paths, *after.paths} if _data(before, path) != _data(after, path)}

    def counted(tile: Tile) -> Counter[tuple[str, str]]:
        found = check(tile, rules=[rules_by_name()[name] for name in sorted(RULES[case.parent.name])])
        return Counter((each.rule, each.file) for each in found if each.file in changed)

    return {rule for rule, _ in counted(before) - counted(after)}


def _data(tile: Tile, path: str) -> bytes | None:
    file = tile.file(path)
    return file.data if file is not None else None


@needs_replay
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_repaired_fault_was_found_before_and_is_not_after(case: Path) -> None:
    assert gone(case)


@needs_replay
def test_every_kind_has_its_rules() -> None:
    assert {case.parent.name for case in CASES} == RULES.keys()


@pytest.mark.parametrize("name", sorted({name for names in RULES.values() for name in names}))
def test_the_rules_of_the_kinds_exist(name: str) -> None:
    assert name in rules_by_name()
