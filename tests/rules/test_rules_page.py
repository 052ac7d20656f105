"""docs/rules.md is what the declarations say."""

from __future__ import annotations

from tilewizard.reporting.rules_page import page

from tests.conftest import ROOT


def test_the_page_of_rules_is_current() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == page(), "run `make docs`"
