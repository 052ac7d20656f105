"""Large tiles against small ones, in one run: opening each step, a key press, memory; and an exposition of 10 MB.

The large tile has 20,000 metrics, a README of 500 KB and 300 dashboards; it can be made larger or smaller by SIZE (1 by default).
The wizard runs in a terminal of its own (a pty); a step is open when its heading comes out of it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from keys import PRESSES, ROOT, Terminal, bare, letter, memory_of

SIZE = float(os.environ.get("SIZE", "1"))
METRICS, README, DASHBOARDS = int(20_000 * SIZE), int(500_000 * SIZE), int(300 * SIZE)
ROUNDS = int(os.environ.get("ROUNDS", "3"))
TYPED_AT = {2: "title", 4: "overview"}
"""Steps by number, and the field that has the focus when they open."""
SIZE_OF_TERMINAL = (120, 40)
"""Columns and lines."""
EXPOSITION = int(10_000_000 * SIZE)
PARSE = """
import sys, time
{load}
text = open(sys.argv[1]).read()
began = time.process_time()
{read}
print(time.process_time() - began)
"""


def small_tile(folder: Path) -> Path:
    """The example tile, with a EULA that is packed, as whatever exports a PDF packs it."""
    answers = ROOT / "tests" / "material" / "answers.yaml"
    command = [sys.executable, "-m", "tilewizard", "new", "--answers", str(answers), "--into", str(folder), "--yes"]
    subprocess.run(command, check=True, capture_output=True)
    tile = next(each for each in folder.iterdir() if each.is_dir())
    with (tile / "assets" / "eula.pdf").open("ab") as agreement:
        agreement.write(b"\n% Filter\n")
    return tile


def with_metrics(tile: Path, count: int) -> Path:
    """The tile with this many metrics."""
    metadata = tile / "metadata.csv"
    head, first, *_ = metadata.read_text("utf-8").splitlines()
    name, _, rest = first.partition(",")
    rows = [f"{name.rpartition('.')[0]}.part_{index // 50}.value_{index},{rest}" for index in range(count - 1)]
    metadata.write_text("\n".join([head, first, *rows]) + "\n", "utf-8")
    return tile


def with_readme(tile: Path, size: int) -> Path:
    """The tile with a README of this many bytes."""
    readme = tile / "README.md"
    text = readme.read_text("utf-8")
    paragraph = "The widget counts what passes, tells how long it took, and says who asked for it. " * 8 + "\n\n"
    overview = text.index("## Setup")
    readme.write_text(text[:overview] + paragraph * (size // len(paragraph)) + text[overview:], "utf-8")
    return tile


def with_dashboards(tile: Path, count: int) -> Path:
    """The tile with this many dashboards."""
    file = tile / "manifest.json"
    manifest = json.loads(file.read_text("utf-8"))
    board = next((tile / "assets" / "dashboards").glob("*.json")).read_text("utf-8")
    named = manifest["assets"].setdefault("dashboards", {})
    for number in range(count):
        path = f"assets/dashboards/board_{number}.json"
        (tile / path).write_text(board, "utf-8")
        named[f"board_{number}"] = path
    file.write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    return tile


def editing(tile: Path, state: Path) -> Terminal:
    """The wizard on a tile."""
    return Terminal([sys.executable, "-m", "tilewizard", "edit", str(tile)], state, SIZE_OF_TERMINAL)


def counted(terminal: Terminal) -> int:
    """How many steps there are, by the heading of the first, once it is shown."""
    seen, began = b"", time.perf_counter()
    while (found := re.search(rb"1 of (\d+)\D", seen)) is None:
        if time.perf_counter() - began > 60:
            sys.exit(f"no step opens: {seen.decode(errors='replace')[-2000:]}")
        seen += terminal.read(1.0)
    return int(found[1])


def arrived(terminal: Terminal, before: int, steps: int) -> int:
    """The number of the next step, once its heading is there; ends the program where none comes for half a minute."""
    seen, until = b"", time.perf_counter() + 30
    while time.perf_counter() < until:
        seen = seen[-4000:] + terminal.read(1.0)
        for found in re.finditer(rf"step (\d+) of {steps}\b".encode(), seen):
            if int(found[1]) > before:
                return int(found[1])
    sys.exit(f"after step {before} of {steps} none came")


def typed(terminal: Terminal) -> list[float]:
    """Seconds from key to repaint, in the field that has the focus."""
    times = []
    for index in range(PRESSES):
        terminal.press(letter(index))
        times += terminal.until(letter(index).encode())
        terminal.rest(0.15)
    return times


def walked(tile: Path, state: Path) -> tuple[list[float], dict[str, list[float]], float]:
    """Seconds until each step shows its heading, seconds from key to repaint by the field's name, and memory in MB."""
    terminal = editing(tile, state)
    steps = counted(terminal)
    terminal.rest(3.0)
    opened, step = [], 1
    pressed: dict[str, list[float]] = {}
    while step < steps:
        terminal.press("\x0e")  # Ctrl+N
        began = time.perf_counter()
        step = arrived(terminal, step, steps)  # Steps that this tile has no use for are passed over.
        opened.append(time.perf_counter() - began)
        terminal.rest(1.5)
        if step in TYPED_AT:
            terminal.press("\x1b[F")  # End
            terminal.rest(0.5)
            pressed[TYPED_AT[step]] = typed(terminal)
    memory = memory_of(terminal.process.pid)
    terminal.close()
    return opened, pressed, memory


def worst(times: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[18]


def steps_and_keys(folder: Path) -> None:
    """Each step of the large tile against that of the small one, and a key press."""
    small = small_tile(folder / "small")
    large = with_dashboards(with_readme(with_metrics(small_tile(folder / "large"), METRICS), README), DASHBOARDS)
    floor, _ = bare(folder / "state", SIZE_OF_TERMINAL)
    print(f"large: {METRICS:,} metrics, README of {README:,} bytes, {DASHBOARDS:,} dashboards")
    rounds = [(walked(small, folder / "state"), walked(large, folder / "state")) for _ in range(ROUNDS)]
    for step in range(len(rounds[0][0][0])):
        little = statistics.median(pair[0][0][step] for pair in rounds)
        much = statistics.median(pair[1][0][step] for pair in rounds)
        told = f"small {1000 * little:7.1f} ms   large {1000 * much:8.1f} ms   {1000 * (much - little):+8.1f} ms"
        print(f"open step, the {step + 1:>2}. after the first   {told}")
    for name in TYPED_AT.values():
        little, much = (worst([time for pair in rounds for time in pair[which][1][name]]) for which in (0, 1))
        told = f"bare {1000 * worst(floor):6.1f} ms   small {1000 * little:6.1f} ms   large {1000 * much:6.1f} ms"
        print(f"key to repaint in the {name:<8} 95%   {told}   {1000 * (much - worst(floor)):+8.1f} ms")


def memory(folder: Path) -> None:
    """Peak memory by the number of metrics, against a bare app."""
    _, floor = bare(folder / "state", SIZE_OF_TERMINAL)
    for count in (1000, 5000, 10_000, 20_000):
        tile = with_metrics(small_tile(folder / f"metrics{count}"), count)
        terminal = editing(tile, folder / "state")
        counted(terminal)
        terminal.rest(3.0)
        for _ in range(4):  # To the metrics.
            terminal.press("\x0e")
            terminal.rest(1.5)
        held = memory_of(terminal.process.pid)
        terminal.close()
        print(f"{count:>6} metrics            {held:7.0f} MB   {held / floor:.2f} times the bare app's {floor:.0f} MB")


def sessions(folder: Path) -> None:
    """Peak memory of a longer session against that of a short one: every step opened there and back, once and four times more."""
    terminal = editing(small_tile(folder / "session"), folder / "state")
    steps = counted(terminal)
    terminal.rest(3.0)
    held = []
    for turns in (1, 4):
        for key in ("\x0e" * (steps - 1) + "\x10" * (steps - 1)) * turns:  # Ctrl+N, Ctrl+P
            terminal.press(key)
            terminal.rest(0.4)
        held.append(memory_of(terminal.process.pid))
    terminal.close()
    print(
        f"steps there and back    {held[0]:7.0f} MB once   {held[1]:5.0f} MB five times, {held[1] / held[0]:.2f} times"
    )


def expositions(folder: Path) -> None:
    """Import of an exposition against the library's own parse."""
    makes: dict[str, Callable[[int], str]] = {
        "gauges": lambda n: f"# HELP g{n} A gauge of {n}.\n# TYPE g{n} gauge\ng{n} {n}\n",
        "counters by label": lambda n: (
            f"# HELP c{n}_total Some of {n}.\n# TYPE c{n}_total counter\n"
            + "".join(f'c{n}_total{{host="h{each}",path="/a/{each}"}} {each}.0\n' for each in range(100))
        ),
    }
    ours = PARSE.format(
        load="from tilewizard.importing.exposition import read_exposition", read="read_exposition(text, 'acme.')"
    )
    theirs = PARSE.format(
        load="from prometheus_client.parser import text_string_to_metric_families as parse", read="list(parse(text))"
    )
    for name, make in makes.items():
        pieces, size, number = [], 0, 0
        while size < EXPOSITION:
            pieces.append(make(number))
            size, number = size + len(pieces[-1]), number + 1
        file = folder / "metrics.txt"
        file.write_text("".join(pieces), "utf-8")
        spent = [
            float(subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, check=True).stdout)
            for code in (theirs, ours)
        ]
        print(f"{size / 1e6:.0f} MB of {name:<18} parser {spent[0]:6.2f} s   import {spent[1]:6.2f} s   {spent[1] / spent[0]:.2f} times")  # fmt: skip


def checks(folder: Path) -> None:
    """One check of tiles of a quarter, a half and the whole size."""
    before = 0.0
    for share in (4, 2, 1):
        tile = small_tile(folder / f"check{share}")
        with_dashboards(with_readme(with_metrics(tile, METRICS // share), README // share), DASHBOARDS // share)
        began = time.perf_counter()
        command = [sys.executable, "-m", "tilewizard", "check", "--no-cache", str(tile)]
        subprocess.run(command, capture_output=True, check=False)
        spent = time.perf_counter() - began
        grown = f"   {spent / before:.2f} times the one of half its size" if before else ""
        print(f"check of 1/{share}            {spent:6.2f} s{grown}")
        before = spent


def main() -> None:
    """Print what was measured."""
    folder = Path(tempfile.mkdtemp())
    try:
        expositions(folder)
        checks(folder)
        memory(folder)
        sessions(folder)
        steps_and_keys(folder)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
