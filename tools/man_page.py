"""Writes docs/tilewizard.1, which is installed as the man page, from the commands' declarations."""

from __future__ import annotations

from pathlib import Path

from tilewizard.cli import cli
from tilewizard.surroundings.man_page import man_page

target = Path(__file__).resolve().parent.parent / "docs" / "tilewizard.1"
target.write_text(man_page(cli), encoding="utf-8")
print(f"wrote {target}")
