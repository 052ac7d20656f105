"""Every rule, by its own examples: it speaks on the bad one, keeps silent on a clean tile, and mends what it says it mends."""

from __future__ import annotations

from difflib import SequenceMatcher

import pytest
from tilewizard.checking.check import check
from tilewizard.field.vocabulary import Target
from tilewizard.rules.findings import Finding
from tilewizard.rules.registry import Rule, all_rules
from tilewizard.screens.steps import STEPS
from tilewizard.tile.tile import Tile, TileFile

from tests.rows import rows

from .applying import applied
from .clean_tile import clean_tile

RULES = [each for each in all_rules() if not each.checkout]
BY_DISK = {"files/link"}
"""Rules on what only a disk has; their tests make one."""


def of(rule: Rule, tile: Tile) -> list[Finding]:
    return [finding for finding in check(tile, rules=[rule]) if finding.rule == rule.name]


def hunks(before: TileFile | None, after: TileFile | None) -> int:
    """Stretches of lines that differ; a picture is one."""
    if before is None or after is None or b"\0" in before.data + after.data:
        return 1
    lines = [file.text.splitlines() for file in (before, after)]
    return sum(code[0] != "equal" for code in SequenceMatcher(None, *lines, autojunk=False).get_opcodes())


def bad(rule: Rule) -> Tile:
    tile = applied(rule.bad)
    if rule.name == "files/link":
        return tile.with_file(TileFile("images/link.png", link="/etc/hostname"))
    return tile


#: The rules whose mend renames what another file names too: the files that it changes, all of them.
FOLLOWED_ELSEWHERE = {"package/openmetrics-row": {"metadata.csv", "manifest.json"}}


@pytest.mark.parametrize("target", list(Target))
def test_nothing_is_wrong_with_a_clean_tile(target: Target) -> None:
    assert [(finding.rule, finding.message) for finding in check(clean_tile(target))] == []


@rows("rule", RULES, lambda rule: rule.name)
def test_a_rule_speaks_on_its_bad_example_and_names_place_and_remedy(rule: Rule) -> None:
    findings = of(rule, bad(rule))
    assert findings, rule.what
    for finding in findings:
        assert finding.message and finding.hint, finding
        assert "\n" not in finding.message and "\x1b" not in finding.message + finding.hint


@pytest.mark.slow
@rows("rule", [each for each in RULES if each.good], lambda rule: rule.name)
def test_a_rule_keeps_silent_on_its_good_example(rule: Rule) -> None:
    assert rule.good is not None
    assert of(rule, applied(rule.good)) == []


@pytest.mark.slow
@rows("rule", [each for each in RULES if each.mends], lambda rule: rule.name)
def test_a_mend_mends_once_and_for_all(rule: Rule) -> None:
    tile = bad(rule)
    count = len(of(rule, tile))
    for _ in range(count + 1):
        fixes = [finding.fix for finding in of(rule, tile) if finding.fix]
        if not fixes:
            break
        mended = fixes[0](tile)
        changed = [path for path in {*tile.paths, *mended.paths} if tile.file(path) is not mended.file(path)]
        if rule.name in FOLLOWED_ELSEWHERE:
            assert set(changed) == FOLLOWED_ELSEWHERE[rule.name]
        else:
            assert len(changed) == 1, changed
        for path in changed:
            assert hunks(tile.file(path), mended.file(path)) <= 2, (rule.name, path)
            assert fixes[0](mended) is mended or fixes[0](mended).file(path).data == mended.file(path).data  # type: ignore[union-attr]
        tile = mended
    assert [finding for finding in of(rule, tile) if finding.fixable] == []


@rows("rule", all_rules(), lambda rule: rule.name)
def test_a_rule_is_documented_and_has_a_screen(rule: Rule) -> None:
    subject, _, slug = rule.name.partition("/")
    assert subject and slug and rule.name == rule.name.lower()
    assert rule.what.endswith((".", "…")) and rule.why.endswith((".", ":")) and rule.source
    assert rule.step in {step.slug for step in STEPS}
    assert any(rule.severity_for(target) for target in Target)
