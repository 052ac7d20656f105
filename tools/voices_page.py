"""Writes docs/voices.md: what each rule says of the file and of the question, on its own bad example."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.rules.applying import applied  # noqa: E402
from tilewizard.checking.check import check  # noqa: E402
from tilewizard.rules.registry import Rule, all_rules  # noqa: E402

HEAD = """# Two voices

Made from the rules by `make docs`. On the command line a fault speaks of the file, in the wizard of the question. Both are
shown as the rule's bad example draws them; a rule that needs more than a tile's own files (a checkout, links) shows
the sentence that it declares.

| rule | of the file | of the question |
|---|---|---|
"""


def page() -> str:
    """The whole page: a row a rule."""
    return HEAD + "".join(_row(rule) for rule in all_rules())


def _row(rule: Rule) -> str:
    found = [] if rule.checkout else check(applied(rule.bad), rules=[rule])
    of_file = f"{found[0].message} — {found[0].hint}" if found else rule.what
    return f"| {rule.name} | {_cell(of_file)} | {_cell(found[0].form if found else rule.form)} |\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    target = ROOT / "docs" / "voices.md"
    target.write_text(page(), encoding="utf-8")
    print(f"{target.name}: {len(all_rules())} rules")
