"""docs/conformance.md is written part by part, and what was skipped stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from tilewizard.field.vocabulary import TileType
from tools.conformance_packages import summary
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


def test_the_sum_of_the_runs_is_that_of_their_tables() -> None:
    packages = [
        "| a-check | extras | x | metrics | green | **red** |",
        "| a-check | marketplace | x | metrics | green | green |",
    ]
    of_packages = ["| a-check | one | `test_x`, `some/rule` |", "| a-check | two | **nobody** |"]
    examples = ["| rest | OAuth | green | green | green |"]
    text = summary(["2", "1"], packages, of_packages, examples, ["| rest | one | `test_y` |"])
    rows = [line for line in text.splitlines() if line.startswith(("| a-", "| rest"))]
    assert [row.split(" | ", 3)[3] for row in rows] == ["4 | 3 | 1 | 1 | 1 |", "3 | 3 | 1 | 0 | 0 |"]
    assert {row.count("|") for row in rows} == {len(COLUMNS) + 1}


def test_what_is_generated_was_run_and_every_mutant_was_caught() -> None:
    part_of = PAGE.read_text("utf-8").partition(f"## {PARTS[-1]}")[2]
    rows = [line.strip("| ").split(" | ") for line in part_of.splitlines() if line.startswith("| ")][1:]
    assert {row[0] for row in rows} == {each.value for each in TileType} - {"tile-only"}
    assert all(row[3] == row[4] and row[6:] == ["0", "0"] for row in rows)
