"""A mend that comes late: the file that it was for has gone, is broken, empty or another one.

The manifest is left out: whoever has a broken one has no other finding, and the wizard writes its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from tilewizard.checking.check import check
from tilewizard.rules.findings import Fix
from tilewizard.rules.registry import Rule, all_rules
from tilewizard.tile.tile import MANIFEST, Tile

from tests.rows import rows

from .applying import applied

MENDING = [each for each in all_rules() if each.mends and not each.checkout]


def mends(rule: Rule) -> Iterator[tuple[Tile, str, Fix]]:
    """The tile of the bad example, and of each mend of one file that file and the mend itself."""
    tile = applied(rule.bad)
    for finding in check(tile, rules=[rule]):
        if finding.fix is not None:
            mended = finding.fix(tile)
            changed = [path for path in tile.paths if tile.file(path) is not mended.file(path)]
            if len(changed) == 1 and changed[0] != MANIFEST:
                yield tile, changed[0], finding.fix


@rows("rule", MENDING, lambda rule: rule.name)
def test_a_mend_of_a_file_that_has_gone_changes_nothing(rule: Rule) -> None:
    for tile, path, fix in mends(rule):
        without = tile.with_files([], without=[path])
        assert fix(without) is without, path


@rows("rule", MENDING, lambda rule: rule.name)
def test_a_mend_of_a_file_that_was_changed_meanwhile_harms_nothing(rule: Rule) -> None:
    for tile, path, fix in mends(rule):
        for text in ("", "{", "a: [\n", '{"a": 1}', "[]", "a,b\n1,2\n", "# A\n", "\0"):
            other = tile.with_text(path, text)
            assert fix(other) is other or fix(other).paths == other.paths, (path, text)
