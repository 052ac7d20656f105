"""Writes docs/rules.md from the rules' declarations."""

from pathlib import Path

from tilewizard.reporting.rules_page import page

target = Path(__file__).resolve().parent.parent / "docs" / "rules.md"
target.parent.mkdir(exist_ok=True)
target.write_text(page(), encoding="utf-8")
print(f"{target.name}: {page().count(chr(10))} lines")
