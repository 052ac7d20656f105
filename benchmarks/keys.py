"""Key press to repainted, and to validated, field: the wizard on a large tile against a bare Input. One run, ratios.

The tile has a README of 40 KB and 5,000 metrics. Both apps run in a terminal of their own (a pty), and a press counts from
the byte going in to the bytes coming out: first those of the character, then those of the message that names the new length.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRESSES = int(os.environ.get("PRESSES", "60"))
METRICS = 5000
SIZES = ((120, 40), (200, 60))
"""In the second one the preview stands beside the form and follows what is typed."""
BARE = """
from textual.app import App
from textual.widgets import Footer, Header, Input
class Bare(App):
    def compose(self):
        yield Header()
        yield Input()
        yield Footer()
Bare().run()
"""


def large_tile(folder: Path) -> Path:
    """The example tile with a README of 40 KB and thousands of metrics."""
    answers = ROOT / "tests" / "material" / "answers.yaml"
    command = [sys.executable, "-m", "tilewizard", "new", "--answers", str(answers), "--into", str(folder), "--yes"]
    subprocess.run(command, check=True, capture_output=True)
    tile = next(each for each in folder.iterdir() if each.is_dir())
    readme = tile / "README.md"
    text = readme.read_text("utf-8")
    paragraph = "The widget counts what passes, tells how long it took, and says who asked for it. " * 8 + "\n\n"
    overview = text.index("## Setup")
    readme.write_text(text[:overview] + paragraph * ((40_000 - len(text)) // len(paragraph)) + text[overview:], "utf-8")
    metadata = tile / "metadata.csv"
    head, first, *_ = metadata.read_text("utf-8").splitlines()
    name, _, rest = first.partition(",")
    rows = [f"{name.rpartition('.')[0]}.part_{index // 50}.value_{index},{rest}" for index in range(METRICS - 1)]
    metadata.write_text("\n".join([head, first, *rows]) + "\n", "utf-8")
    manifest = tile / "manifest.json"
    data = json.loads(manifest.read_text("utf-8"))
    data["tile"]["title"] = "A" * 51  # One more than fits: every further key changes the message.
    manifest.write_text(json.dumps(data, indent=2) + "\n", "utf-8")
    return tile


class Terminal:
    """A program in a pty of so many columns and lines."""

    def __init__(self, words: list[str], state: Path, size: tuple[int, int]) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color", "TILEWIZARD_STATE": str(state), "COLORTERM": "truecolor"}
        self.process = subprocess.Popen(words, stdin=slave, stdout=slave, stderr=slave, env=environment, close_fds=True)
        os.close(slave)
        self.last = b""

    def read(self, seconds: float) -> bytes:
        """What comes within a time; returns as soon as something did."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        try:
            found = os.read(self.master, 1 << 20) if ready else b""
        except OSError:  # The program is gone.
            sys.exit(f"it ended: {self.last.decode(errors='replace')[-2000:]}")
        self.last = found or self.last
        return found

    def rest(self, seconds: float = 1.5) -> None:
        """Read whatever comes for a while: a cursor blinks for ever."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self.read(left)

    def press(self, keys: str) -> None:
        """Send keys."""
        os.write(self.master, keys.encode())

    def until(self, *wanted: bytes, seconds: float = 5.0) -> list[float]:
        """Seconds until each of some bytes came out; infinite for those that did not."""
        began, seen = time.perf_counter(), b""
        found: dict[bytes, float] = {}
        while len(found) < len(wanted) and time.perf_counter() - began < seconds:
            seen = seen[-4000:] + self.read(0.5)
            now = time.perf_counter() - began
            for each in wanted:
                if each in seen:
                    found.setdefault(each, now)
        return [found.get(each, float("inf")) for each in wanted]

    def close(self) -> None:
        """Stop it."""
        self.process.kill()
        self.process.wait()
        os.close(self.master)


def letter(index: int) -> str:
    """A letter that no escape sequence holds, another one at each press."""
    return chr(0x100 + index)


def memory_of(pid: int) -> float:
    """Peak resident memory of a process, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return float("nan")


def bare(state: Path, size: tuple[int, int]) -> tuple[list[float], float]:
    """Seconds from key to repaint in a bare Input, and its memory."""
    terminal = Terminal([sys.executable, "-c", BARE], state, size)
    terminal.rest()
    times = []
    for index in range(PRESSES):
        key = letter(index)
        terminal.press(key)
        times += terminal.until(key.encode())
        terminal.rest(0.15)
    memory = memory_of(terminal.process.pid)
    terminal.close()
    return times, memory


def wizard(tile: Path, state: Path, size: tuple[int, int]) -> tuple[list[float], list[float], float]:
    """Seconds from key to repaint, and to the message on the new length, in the wizard's title; and its memory."""
    terminal = Terminal([sys.executable, "-m", "tilewizard", "edit", str(tile)], state, size)
    terminal.rest(2.0)
    terminal.press("\x0e")  # Ctrl+N: the listing, whose first field is the title.
    terminal.rest(2.0)
    terminal.press("\x1b[F")  # End
    terminal.rest(0.5)
    painted, validated = [], []
    for index in range(PRESSES):
        terminal.press(letter(index))
        seen, told = terminal.until(letter(index).encode(), f"it has {52 + index}".encode())
        painted.append(seen)
        validated.append(told)
        terminal.rest(0.15)
    memory = memory_of(terminal.process.pid)
    terminal.close()
    return painted, validated, memory


def told(name: str, times: list[float]) -> float:
    """Print the median and the 95th percentile in milliseconds; gives the latter."""
    p95 = statistics.quantiles(times, n=20)[18]
    print(f"{name:<34} median {1000 * statistics.median(times):6.1f} ms   95% {1000 * p95:6.1f} ms")
    return p95


def measure(tile: Path, state: Path, size: tuple[int, int]) -> None:
    """Print what was measured in a terminal of a size."""
    print(f"{size[0]}x{size[1]}:")
    floor, bare_memory = bare(state, size)
    painted, validated, memory = wizard(tile, state, size)
    low = told("bare Input, key to repaint", floor)
    high = told("wizard, key to repaint", painted)
    full = told("wizard, key to validated field", validated)
    print(f"95% over a bare Input: repainted {1000 * (high - low):+.1f} ms, validated {1000 * (full - low):+.1f} ms")
    print(f"memory {memory:.0f} MB, {memory / bare_memory:.2f} times the bare app's {bare_memory:.0f} MB")


def main() -> None:
    """Print what was measured."""
    folder = Path(tempfile.mkdtemp())
    try:
        tile, state = large_tile(folder / "tiles"), folder / "state"
        print(f"README {(tile / 'README.md').stat().st_size:,} bytes, {METRICS:,} metrics")
        for size in SIZES:
            measure(tile, state, size)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
