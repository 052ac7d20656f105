"""Writes the table of docs/logs.md: by processor, the published tests in which it acts and those that come out equal.

    python tools/logs_page.py [CORPUS]

CORPUS is a folder of tiles, by default ``../shared/corpus`` or TILEWIZARD_CORPUS. Ends with 1 where there is none.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

from tilewizard.logs.cases import files_of, pipeline_of, read_file, run_tests
from tilewizard.logs.processors import PROCESSORS

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "logs.md"
BEGIN, END = "<!-- made by tools/logs_page.py -->\n", "<!-- end of what is made -->\n"


def table(corpus: Path) -> str:
    """The table, and below it each test that differs, with what in it."""
    acts, reaches, equal, equal_reached = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    differing: list[str] = []
    ran = 0
    for tile in sorted(path.parent.parent for path in corpus.glob("*/assets/logs") if any(path.glob("*_tests.yaml"))):
        for pipeline, tests in files_of(tile):
            if not tests.is_file():
                continue
            for case in run_tests(pipeline_of(pipeline), read_file(tests), str(tests), trace=True):
                ran += 1
                kinds = {step.kind for step in case.steps}
                acting = {step.kind for step in case.steps if step.did}
                reaches.update(kinds)
                acts.update(acting)
                if case.differences:
                    differing.append(f"* `{tile.name}`, test {case.number}: {'; '.join(case.differences)}")
                else:
                    equal_reached.update(kinds)
                    equal.update(acting)
    types = sorted({*(PROCESSORS.keys() - {"schema-remapper"}), "pipeline"}, key=lambda kind: (-acts[kind], kind))
    rows = [f"| `{kind}` | {reaches[kind]} | {equal_reached[kind]} | {acts[kind]} | {equal[kind]} |" for kind in types]
    told = [f"{ran} tests, {len(differing)} differ{':' if differing else '.'}", ""] if ran else []
    return "\n".join(
        [
            *told,
            *([*differing, ""] if differing else []),
            "| processor | tests that reach it | equal | tests in which it acts | equal |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


def page(corpus: Path) -> str:
    """docs/logs.md with the table of today."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    return f"{before}{BEGIN}\n{table(corpus)}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    folder = Path(
        sys.argv[1] if sys.argv[1:] else os.environ.get("TILEWIZARD_CORPUS", ROOT.parent / "shared" / "corpus")
    )
    if not folder.is_dir():
        sys.exit(f"{folder}: no folder of published tiles")
    PAGE.write_text(page(folder), "utf-8")
    print(f"{PAGE.name}: written")
