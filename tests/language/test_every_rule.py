"""Every rule speaks the language that is chosen: in the pseudo-locale all that it says of its bad example stands in brackets."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.conftest import ROOT, quick_first

PARTS = 4
"""The rules are heard in parts, every fourth one in the first."""
SCRIPT = """
import json
from tests.rules.applying import applied
from tilewizard.checking.check import check
from tilewizard.language import spoken
from tilewizard.rules.registry import all_rules
assert spoken() == "qps", spoken()
said = []
for rule in list(all_rules())[PART::PARTS]:
    said += [(rule.name, name, getattr(rule, name)) for name in ("what", "why", "form")]
    for found in check(applied(rule.bad)):
        said += [(found.rule, name, getattr(found, name)) for name in ("message", "hint", "form")]
print(json.dumps(said))
"""


def outside(text: str) -> str:
    """What of a text stands in no brackets."""
    kept, depth = [], 0
    for char in text:
        depth += (char == "⟦") - (char == "⟧")
        if depth == 0 and char not in "⟦⟧":
            kept.append(char)
    return "".join(kept)


@pytest.mark.parametrize("part", quick_first(range(PARTS)))
def test_nothing_that_a_rule_says_is_left_unmarked(part: int) -> None:
    import json

    done = subprocess.run(
        [sys.executable, "-c", f"import os; os.environ['TILEWIZARD_LANG'] = 'qps'\nfrom tilewizard.language import settle\nsettle()\nimport tests.conftest\n{SCRIPT.replace('PARTS', str(PARTS)).replace('PART', str(part))}"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    said = json.loads(done.stdout)
    assert len({rule for rule, _, _ in said}) > 300 // PARTS
    bare = {(rule, name, text) for rule, name, text in said if re.search("[A-Za-z]{2}", outside(text))}
    assert bare == set()
