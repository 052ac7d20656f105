"""`tilewizard check` against the floor, a script that only reads and parses the same files, and against ddev. One run, ratios.

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


CHECK = ("-m", "tilewizard", "check")
STATE = tempfile.TemporaryDirectory()
"""What is remembered is remembered here."""


def seconds(*words: str) -> float:
    """Wall-clock seconds of one process."""
    began = time.perf_counter()
    own = {**os.environ, "TILEWIZARD_STATE": STATE.name}
    subprocess.run([sys.executable, *words], capture_output=True, check=False, env=own)
    return time.perf_counter() - began


def forgetting(*words: str) -> float:
    """Wall-clock seconds of one process that finds nothing remembered, and remembers."""
    shutil.rmtree(Path(STATE.name) / "checked", ignore_errors=True)
    return seconds(*words)


def main() -> None:
    """Print medians and ratios."""
    if not CORPUS.is_dir():
        print("skipped: the corpus is not beside the project")
        return
    tile, whole = str(CORPUS / "sortdb"), str(CORPUS)
    rows: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        rows.setdefault("python -c pass", []).append(seconds("-c", "pass"))
        rows.setdefault("one tile, --no-cache", []).append(seconds(*CHECK, "--no-cache", tile))
        rows.setdefault("one tile, first", []).append(forgetting(*CHECK, tile))
        rows.setdefault("one tile, again", []).append(seconds(*CHECK, tile))
        rows.setdefault("corpus, floor", []).append(seconds("-c", FLOOR, whole))
        rows.setdefault("corpus, --no-cache", []).append(seconds(*CHECK, "--no-cache", whole))
        rows.setdefault("corpus, first", []).append(forgetting(*CHECK, whole))
        rows.setdefault("corpus, again", []).append(seconds(*CHECK, whole))
    middle = {name: statistics.median(times) for name, times in rows.items()}
    for name, value in middle.items():
        less = value - middle["python -c pass"]
        over = f"  {value / middle['corpus, floor']:5.1f} times the floor" if name.startswith("corpus") else ""
        over = f"  {1000 * less:5.0f} ms over a bare python" if name.startswith("one tile") else over
        print(f"{name:<22} {value:7.3f} s{over}")
    against_ddev(middle["corpus, --no-cache"])
    growth()


VALIDATORS = ("readmes", "eula", "metadata", "service-checks", "dashboards", "saved-views")


def against_ddev(ours: float) -> None:
    """The same tiles, by Datadog's own validators in turn; skipped by name where they can't be installed."""
    sys.path.insert(0, str(ROOT))
    from tools.environments import old_ddev

    python, why = old_ddev()
    if python is None:
        print(f"ddev: skipped: {why}")
        return
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder) / "integrations-extras"
        shutil.copytree(CORPUS, checkout)
        subprocess.run(["git", "init", "-q", str(checkout)], check=True)
        own = {"XDG_CONFIG_HOME": f"{folder}/config", "XDG_DATA_HOME": f"{folder}/data", "DDEV_SELF_UPDATE": "0"}
        total = 0.0
        for validator in VALIDATORS:
            began = time.perf_counter()
            command = [str(python.with_name("ddev")), "--here", "validate", validator]
            subprocess.run(command, cwd=checkout, capture_output=True, check=False, env={**os.environ, **own})
            spent = time.perf_counter() - began
            total += spent
            print(f"ddev validate {validator:<14} {spent:7.3f} s")
    print(f"ddev, six validators: {total:.1f} s, {total / ours:.0f} times the whole check")


def growth() -> None:
    """How the time grows with the number of tiles."""
    tiles = [path for path in sorted(CORPUS.iterdir()) if (path / "manifest.json").is_file()]
    small = min(tiles, key=lambda path: sum(each.stat().st_size for each in path.rglob("*") if each.is_file()))
    with tempfile.TemporaryDirectory() as folder:
        made, each = 0, 0.0
        for count in (100, 1000, 10_000):
            for number in range(made, count):
                shutil.copytree(small, Path(folder) / f"tile_{number}")
            made = count
            spent = forgetting(*CHECK, folder)
            again = seconds(*CHECK, folder)
            told = f", {spent / count / each:.2f} times as much for each as with a tenth" if each else ""
            each = spent / count
            print(f"{count:>6} tiles: {spent:6.2f} s, {1000 * each:.2f} ms each{told}; again {again:6.2f} s")


if __name__ == "__main__":
    main()
