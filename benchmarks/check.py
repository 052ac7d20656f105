"""`tilewizard check` against the floor: a script that only reads and parses the same files. One run, ratios.

The tiles are those of the corpus beside the project, or of the folder in TILEWIZARD_CORPUS.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("TILEWIZARD_CORPUS", ROOT.parent / "shared" / "corpus"))
ROUNDS = int(os.environ.get("ROUNDS", "7"))
FLOOR = """
import csv, io, json, pathlib, sys
for tile in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    for path in tile.rglob("*"):
        if path.suffix == ".json": json.loads(path.read_bytes())
        elif path.suffix == ".csv": list(csv.DictReader(io.StringIO(path.read_text())))
"""


def seconds(*words: str) -> float:
    """Wall-clock seconds of one process."""
    began = time.perf_counter()
    subprocess.run([sys.executable, *words], capture_output=True, check=False)
    return time.perf_counter() - began


def main() -> None:
    """Print medians and ratios."""
    if not CORPUS.is_dir():
        print("skipped: the corpus is not beside the project")
        return
    tile = str(CORPUS / "sortdb")
    rows: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        rows.setdefault("python -c pass", []).append(seconds("-c", "pass"))
        rows.setdefault("check one tile", []).append(seconds("-m", "tilewizard", "check", tile))
        rows.setdefault("floor, whole corpus", []).append(seconds("-c", FLOOR, str(CORPUS)))
        rows.setdefault("check, whole corpus", []).append(seconds("-m", "tilewizard", "check", str(CORPUS)))
    middle = {name: statistics.median(times) for name, times in rows.items()}
    for name, value in middle.items():
        print(f"{name:<22} {value:7.3f} s")
    print(f"one tile over a bare python: {1000 * (middle['check one tile'] - middle['python -c pass']):.0f} ms")
    print(f"whole corpus over the floor: {middle['check, whole corpus'] / middle['floor, whole corpus']:.1f} times")
    growth()


def growth() -> None:
    """How the time grows with the number of tiles."""
    tiles = [path for path in sorted(CORPUS.iterdir()) if (path / "manifest.json").is_file()]
    small = min(tiles, key=lambda path: sum(each.stat().st_size for each in path.rglob("*") if each.is_file()))
    with tempfile.TemporaryDirectory() as folder:
        made = 0
        for count in (100, 1000):
            for number in range(made, count):
                shutil.copytree(small, Path(folder) / f"tile_{number}")
            made = count
            spent = seconds("-m", "tilewizard", "check", folder)
            print(f"{count:>6} tiles: {spent:6.2f} s, {1000 * spent / count:.2f} ms each")


if __name__ == "__main__":
    main()
