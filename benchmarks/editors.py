"""The language server on a tile of 5,000 metrics: the first diagnostic, and from a key to what is told of it. One run, ratios.

A script is the editor, and the time is its own: from starting the server to the first list of findings, from sending an edit to the list
of that version. What the server waits on purpose, so as not to check between two quick keys, is told beside it.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from keys import ROOT, large_tile
from large import small_tile

sys.path.insert(0, str(ROOT))

from tests.editors.driving import editor
from tilewizard.editors.desk import PAUSE

PRESSES = int(os.environ.get("PRESSES", "20"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
EDITED = ("manifest.json", "README.md", "metadata.csv")


async def first(tile: Path) -> float:
    """Seconds from the start of the server to the first findings on an open manifest."""
    began = time.perf_counter()
    async with editor(tile.parent) as client:
        await client.settled(client.open(tile / "manifest.json"))
        return time.perf_counter() - began


async def keys(tile: Path, name: str) -> list[float]:
    """Seconds from each key, in the middle of a file, to the findings on the text that has it."""
    async with editor(tile.parent) as client:
        uri = client.open(tile / name)
        await client.settled(uri)
        text = (tile / name).read_text("utf-8")
        at = text.rindex("idget", 0, len(text) // 2 + 1000)
        line, column = text.count("\n", 0, at), at - text.rfind("\n", 0, at) - 1
        times = []
        for press in range(PRESSES):
            began = time.perf_counter()
            client.type(uri, chr(ord("a") + press % 26), (line, column + 1, line, column + 1))
            await client.settled(uri)
            times.append(time.perf_counter() - began)
        return times


def checked(tile: Path) -> float:
    """Seconds of one check on the command line."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "tilewizard", "check", "--no-cache", str(tile)], capture_output=True, check=False
    )
    return time.perf_counter() - began


def main() -> None:
    """Print what was measured."""
    folder = Path(tempfile.mkdtemp())
    try:
        small, large = small_tile(folder / "small"), large_tile(folder / "large")
        for name, tile in (("small", small), ("5,000 metrics", large)):
            seconds = statistics.median(asyncio.run(first(tile)) for _ in range(ROUNDS))
            check = statistics.median(checked(tile) for _ in range(ROUNDS))
            print(
                f"{name:<14} first findings {1000 * seconds:7.0f} ms   {seconds / check:.2f} times a check of {1000 * check:.0f} ms"
            )
        for file in EDITED:
            little, much = (sorted(asyncio.run(keys(tile, file))) for tile in (small, large))
            medians = [1000 * (statistics.median(times) - PAUSE) for times in (little, much)]
            worst = 1000 * (much[int(len(much) * 0.95) - 1] - PAUSE)
            told = f"small {medians[0]:6.1f} ms   5,000 metrics {medians[1]:6.1f} ms, 95% {worst:6.1f} ms"
            print(
                f"key in {file:<14} {told}   {medians[1] / medians[0]:5.2f} times   and the pause of {1000 * PAUSE:.0f} ms"
            )
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
