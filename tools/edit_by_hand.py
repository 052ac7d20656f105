"""Edits published tiles in a real terminal (tmux), one value at a time, and counts the hunks of each diff.

Usage: edit_by_hand.py CORPUS TILE...

For each tile and each of title, description, README section, metric and caption that it has: a copy is opened with
`tilewizard edit`, the value is changed by keys, the change is saved from Review, and the copy is compared with the original.
"""

from __future__ import annotations

import difflib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tilewizard.authoring.author import answers_of
from tilewizard.tile.tile import read

NAME = f"tilewizard-edit-{os.getpid()}"


def tmux(*words: str) -> str:
    return subprocess.run(["tmux", *words], capture_output=True, text=True, check=True).stdout


def wait(words: str, seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while words not in tmux("capture-pane", "-p", "-t", NAME):
        if time.monotonic() > until:
            raise TimeoutError(f"never saw {words!r}:\n{tmux('capture-pane', '-p', '-t', NAME)}")
        time.sleep(0.05)


def press(*keys: str) -> None:
    for key in keys:
        tmux("send-keys", "-t", NAME, key)
        time.sleep(0.1)


def heading() -> str:
    """The first line of the screen: it names the step."""
    return tmux("capture-pane", "-p", "-t", NAME).split("\n", 1)[0]


def steps_to(title: str) -> None:
    """Press Ctrl+N until a step is there; each press is waited for, however busy the machine."""
    for _ in range(10):
        before = heading()
        if f": {title} (" in before:
            return
        press("C-n")
        until = time.monotonic() + 10
        while heading() == before and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.2)
    raise TimeoutError(title)


def edits(tile: Path) -> dict[str, tuple[str, list[str], str]]:
    """What to change: the step, the keys that lead to the field, the text to type."""
    answers = answers_of(read(tile))
    found = {
        "title": ("Listing", ["End"], " II"),
        "description": ("Listing", ["Tab", "End"], " and more"),
        "README": ("README", [], "Words. "),
    }
    if answers.metrics.rows and "metrics" in answers.submits:
        many = len(answers.metrics.rows) > 1
        found["metric"] = ("Metrics & checks", ["Tab"] * (8 if many else 7) + ["End"], " More.")
    if answers.media:
        found["caption"] = ("Media & logo", ["Tab"] * (3 if len(answers.media) > 1 else 2) + ["End"], " seen")
    return found


def hunks(one: Path, other: Path) -> tuple[list[str], int]:
    """The files that differ, and the hunks of their diffs."""
    changed, count = [], 0
    for path in sorted({p.relative_to(root) for root in (one, other) for p in root.rglob("*") if p.is_file()}):
        old, new = (root / path for root in (one, other))
        before, after = (
            each.read_bytes().decode("latin-1").splitlines() if each.exists() else [] for each in (old, new)
        )
        if before != after:
            changed.append(path.as_posix())
            count += sum(line.startswith("@@") for line in difflib.unified_diff(before, after, n=0))
    return changed, count


def main() -> None:
    corpus, failed = Path(sys.argv[1]), 0
    for name in sys.argv[2:]:
        for what, (step, keys, text) in edits(corpus / name).items():
            with tempfile.TemporaryDirectory() as folder:
                copy = Path(folder) / name
                shutil.copytree(corpus / name, copy)
                subprocess.run(["chmod", "-R", "u+w", str(copy)], check=True)
                command = f"TILEWIZARD_STATE={folder}/state {sys.executable} -m tilewizard edit {copy}; sleep 9"
                tmux("new-session", "-d", "-s", NAME, "-x", "120", "-y", "40", command)
                try:
                    wait("Where it is offered")
                    steps_to(step)
                    press(*keys)
                    tmux("send-keys", "-l", "-t", NAME, text)
                    time.sleep(0.4)
                    steps_to("Review & write")
                    wait("changed")
                    time.sleep(0.4)
                    if "Enter on a finding" in tmux("capture-pane", "-p", "-t", NAME):
                        press("Tab")
                    press("Enter")
                    wait("Written")
                finally:
                    subprocess.run(["tmux", "kill-session", "-t", NAME], capture_output=True, check=False)
                files, count = hunks(corpus / name, copy)
                good = len(files) == 1 and count == 1
                failed += not good
                print(
                    f"{'ok  ' if good else 'FAIL'} {name:<28} {what:<12} {', '.join(files)}: {count} hunk(s)",
                    flush=True,
                )
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
