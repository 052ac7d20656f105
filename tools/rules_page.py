"""Writes docs/rules.md and docs/voices.md from the rules' declarations."""

import runpy
from pathlib import Path

from tilewizard.reporting.rules_page import page

target = Path(__file__).resolve().parent.parent / "docs" / "rules.md"
target.parent.mkdir(exist_ok=True)
target.write_text(page(), encoding="utf-8")
print(f"{target.name}: {page().count(chr(10))} lines")

# The other page that a new rule changes.
runpy.run_path(str(Path(__file__).with_name("voices_page.py")), run_name="__main__")
