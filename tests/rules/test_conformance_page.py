"""docs/conformance.md is written part by part, and what was skipped stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.conformance_page import COLUMNS, PAGE, PARTS, part, write


def made(heading: str, judged: int) -> str:
    return part(heading, [("readmes", "headings", "`readme/*`", judged, 1, 2, 0, 0)], [("ci", "not held")])


def test_each_part_has_its_place_and_is_replaced_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    for key in reversed(PARTS):
        write(made(f"{key}, 40.0.1", 3), page)
    before = page.read_text("utf-8")
    assert [line[3:] for line in before.splitlines() if line.startswith("## ")] == [f"{key}, 40.0.1" for key in PARTS]
    write(made(f"{PARTS[0]}, 41.0", 7), page)
    after = page.read_text("utf-8")
    assert after == before.replace(f"{PARTS[0]}, 40.0.1", f"{PARTS[0]}, 41.0").replace("| 3 | 1", "| 7 | 1", 1)


def test_a_part_that_has_no_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Something else"):
        write(made("Something else", 1), tmp_path / "page.md")


def test_every_row_has_all_columns() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("|")]
    assert rows and {line.count("|") for line in rows} == {len(COLUMNS) + 1}


def test_nothing_passes_here_that_a_validator_refuses() -> None:
    cells = [line.strip("| ").split(" | ") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("|")]
    told = [each for each in cells if len(each) == len(COLUMNS) and each[3].isdigit()]
    assert told and {each[6] for each in told} == {"0"}
