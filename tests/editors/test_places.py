"""Where a finding is underlined, on the bad example of every rule."""

from __future__ import annotations

from tilewizard.checking.check import check
from tilewizard.editors.lines import Lines
from tilewizard.editors.places import Placed
from tilewizard.rules.registry import Rule, all_rules

from tests.rows import rows
from tests.rules.applying import applied


@rows("rule", [each for each in all_rules() if not each.checkout], lambda rule: rule.name)
def test_a_finding_is_underlined_on_its_line_from_where_check_says(rule: Rule) -> None:
    tile = applied(rule.bad)
    for finding in check(tile, rules=[rule]):
        file = tile.file(finding.file)
        if file is None:
            continue
        start, end = Placed(file).extent(finding)
        assert 0 <= start <= end <= len(file.text)
        lines = Lines(file.text, "utf-32")
        first, last = lines.point(start), lines.point(end)
        assert first[0] == last[0], "on one line"
        if finding.line is not None and "\r" not in file.text:
            assert first[0] == finding.line - 1
            # Of what holds others the key is underlined, which stands before it; blanks are passed over.
            before = file.text[lines.offset((first[0], (finding.column or 1) - 1)) : start]
            assert not before.strip()
        blank = file.text[start:end]
        assert blank == blank.strip(), "no blanks around it"
