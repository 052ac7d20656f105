"""Edits published tiles in a real terminal (tmux), one value at a time, as fast as keys can be sent.

Usage: edit_by_hand.py CORPUS [--edits N] [--busy] [TILE...]

For each tile and each of title, description, README section, metric and caption that it has: a copy is opened with
`tilewizard edit`; every key from there to the saved tile is sent at once, without waiting for the screen. The directory
must then be, byte for byte, what the session writes when the value that was meant is set in it. With --busy every other
edit is made beside two loops that keep the processors busy. Exit 1 when an edit wrote anything else.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tilewizard.answers.model import Answers
from tilewizard.answers.paths import Path as AnswerPath
from tilewizard.answers.paths import value_at
from tilewizard.answers.questions import question_at
from tilewizard.screens.steps import STEPS
from tilewizard.screens.widgets.rows import FILTERED
from tilewizard.session.session import Session
from tilewizard.session.verdict import verdict

NAME = f"tilewizard-edit-{os.getpid()}"


@dataclass(frozen=True)
class Edit:
    """One edit: the step, the keys that lead to the field, the text that is typed, and the answer that is meant."""

    what: str
    step: str
    keys: tuple[str, ...]
    text: str
    path: AnswerPath
    before: bool = False
    """Whether the text goes before what is there."""

    def meant(self, answers: Answers) -> Any:
        """The answer after the edit."""
        value = value_at(answers, self.path)
        return f"{self.text}{value}" if self.before else f"{value}{self.text}"


def tmux(*words: str) -> str:
    return subprocess.run(["tmux", *words], capture_output=True, text=True, check=True).stdout


def wait(words: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while words not in tmux("capture-pane", "-p", "-t", NAME):
        if time.monotonic() > until:
            raise TimeoutError(f"never saw {words!r}:\n{tmux('capture-pane', '-p', '-t', NAME)}")
        time.sleep(0.05)


def edits(answers: Answers) -> Iterator[Edit]:
    """What can be changed in a tile."""
    yield Edit("title", "listing", ("End",), " II", ("listing", "title"))
    yield Edit("description", "listing", ("Tab", "End"), " and more", ("listing", "description"))
    if answers.readme:
        yield Edit("README", "readme", (), "Words. ", ("readme", next(iter(answers.readme))), before=True)
    rows = answers.metrics.rows
    if rows and "metrics" in answers.submits:
        columns = [column.path[0] for column in question_at(("metrics", "rows")).columns]
        above = 2 + (len(rows) > 1) + (len(rows) >= FILTERED)  # Prefix, proof; the table; its filter.
        keys = ("Tab",) * (above + columns.index("description")) + ("End",)
        yield Edit("metric", "metrics", keys, " More.", ("metrics", "rows", 0, "description"))
    if answers.media:
        keys = ("Tab",) * (3 if len(answers.media) > 1 else 2) + ("End",)
        yield Edit("caption", "media", keys, " seen", ("media", 0, "caption"))


def presses(session: Session, edit: Edit) -> list[tuple[str, ...]]:
    """What is sent to tmux: keys by name, and the text as it is."""
    asked = [step.slug for step in STEPS if step.asked(session.answers)]
    there, review = asked.index(edit.step), asked.index("review")
    report = session.examine()
    ready = (
        verdict(report, new=session.new)[0] is None
    )  # Then the button has the focus, else the list of findings above it.
    on = ("Tab",) if any(report.findings) and not ready else ()
    return [
        ("send-keys", "-t", NAME, *(("C-n",) * there), *edit.keys),
        ("send-keys", "-l", "-t", NAME, edit.text),
        ("send-keys", "-t", NAME, *(("C-n",) * (review - there)), *on, "Enter"),
    ]


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@contextmanager
def busy(loops: int) -> Iterator[None]:
    """Keep processors busy."""
    made = [multiprocessing.Process(target=_turn, daemon=True) for _ in range(loops)]
    for each in made:
        each.start()
    try:
        yield
    finally:
        for each in made:
            each.kill()


def _turn() -> None:
    while True:
        pass


def differing(tile: Path, edit: Edit) -> list[str]:
    """Make one edit on a copy of a tile. Returns the files that are not as they were meant."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / tile.name
        shutil.copytree(tile, copy)
        subprocess.run(["chmod", "-R", "u+w", str(copy)], check=True)
        session = Session.open(copy)
        session.set(edit.path, edit.meant(session.answers))
        written = session.tile()
        meant = {path: file.data for path in written.paths if (file := written.file(path)) is not None}
        command = f"TILEWIZARD_STATE={folder}/state {sys.executable} -m tilewizard edit {copy}; sleep 60"
        tmux("new-session", "-d", "-s", NAME, "-x", "120", "-y", "40", command)
        try:
            wait("Where it goes")
            for words in presses(session, edit):
                tmux(*words)
            wait("Written")
        except TimeoutError as error:
            print(error, flush=True)
        finally:
            subprocess.run(["tmux", "kill-session", "-t", NAME], capture_output=True, check=False)
        found = files(copy)
        return sorted(path for path in meant.keys() | found.keys() if meant.get(path) != found.get(path))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("tiles", nargs="*")
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--busy", action="store_true")
    asked = parser.parse_args()
    names = asked.tiles or sorted(path.name for path in asked.corpus.iterdir() if (path / "manifest.json").is_file())
    made = failed = 0
    for name in names:
        for edit in edits(Session.open(asked.corpus / name).answers):
            if made >= asked.edits:
                break
            with busy(2 if asked.busy and made % 2 else 0):
                wrong = differing(asked.corpus / name, edit)
            made += 1
            failed += bool(wrong)
            print(f"{'FAIL' if wrong else 'ok  '} {name:<32} {edit.what:<12} {', '.join(wrong)}", flush=True)
    print(f"{made} edits, {failed} not as they were meant")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
