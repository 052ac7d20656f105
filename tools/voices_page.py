"""Writes docs/voices.md: what each rule says of the file and of the question, on its own bad example."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.rules.applying import applied  # noqa: E402
from tilewizard.checking.check import check  # noqa: E402
from tilewizard.quoting import visible  # noqa: E402
from tilewizard.rules.findings import Finding  # noqa: E402
from tilewizard.rules.registry import Rule, all_rules  # noqa: E402

HEAD = """# Two voices

Made from the rules by `make docs`. On the command line a fault speaks of the file, in the wizard of the question. Both are
shown as the rule's bad example draws them; a rule that needs more than a tile's own files (a checkout, links) shows
the sentence that it declares. Of every place that the example has wrong: E an error, W a warning, I worth knowing, * mended by `--fix`.

| rule | of the file | of the question | where |
|---|---|---|---|
"""


def page() -> str:
    """The whole page: a row a rule."""
    return HEAD + "".join(_row(rule) for rule in all_rules())


def _row(rule: Rule) -> str:
    found = [] if rule.checkout else check(applied(rule.bad), rules=[rule])
    of_file = f"{found[0].message} — {found[0].hint}" if found else rule.what
    places = "<br>".join(dict.fromkeys(map(_place, found)))
    return f"| {rule.name} | {_cell(of_file)} | {_cell(found[0].form if found else rule.form)} | {_cell(places)} |\n"


def _place(finding: Finding) -> str:
    """``E* manifest.json:3:5 /tile/title``."""
    mark = finding.severity.value[0].upper() + "*" * finding.fixable
    at = f":{finding.line}:{finding.column}" if finding.line else ""
    pointer = visible(finding.pointer)
    return f"{mark} {visible(finding.file)}{at} {pointer}".rstrip()


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("&lt;br>", "<br>")


if __name__ == "__main__":
    target = ROOT / "docs" / "voices.md"
    target.write_text(page(), encoding="utf-8")
    print(f"{target.name}: {len(all_rules())} rules")
