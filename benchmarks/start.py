"""Start to the first frame: tilewizard against a bare Textual app, in turn, in one run.

Each start is a fresh process; what is measured ends when the first screen has been painted and takes keys.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = int(os.environ.get("ROUNDS", "9"))
ROOT = Path(__file__).resolve().parent.parent
PRELUDE = "import time; start = time.perf_counter()\n"
BARE = (
    PRELUDE
    + """
from textual.app import App
from textual.widgets import Footer, Header, Input
class Bare(App):
    def compose(self):
        yield Header(); yield Input(); yield Footer()
    def on_ready(self):
        self.call_after_refresh(self.exit)
Bare().run(headless=True)
"""
)
OURS = (
    PRELUDE
    + """
from tilewizard.cli import cli
from tilewizard.screens import app
from pathlib import Path
class Timed(app.WizardApp):
    CSS_PATH = Path(app.__file__).with_name("tilewizard.tcss")
    def on_ready(self):
        self.call_after_refresh(self.exit)
Timed().run(headless=True)
"""
)
REPORT = "\nimport resource; print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"


def once(code: str) -> tuple[float, float, float]:
    """Seconds in the process, seconds of the process as a whole, peak memory in MB."""
    environment = {**os.environ, "TILEWIZARD_STATE": tempfile.mkdtemp()}
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code + REPORT], capture_output=True, text=True, check=True, env=environment, cwd=ROOT
    )
    inside, memory = done.stdout.split()[-2:]
    return float(inside), time.perf_counter() - began, float(memory) / 1024


def main() -> None:
    """Print medians and ratios."""
    rounds = [(once(BARE), once(OURS)) for _ in range(ROUNDS + 1)][1:]
    for name, index, unit in (("start to first frame", 0, "s"), ("whole process", 1, "s"), ("peak memory", 2, "MB")):
        bare = statistics.median(pair[0][index] for pair in rounds)
        ours = statistics.median(pair[1][index] for pair in rounds)
        print(f"{name:<22} bare {bare:8.3f} {unit}   tilewizard {ours:8.3f} {unit}   ratio {ours / bare:5.2f}")


if __name__ == "__main__":
    main()
