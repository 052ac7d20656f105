"""A fault of our own ends in a line, not in a traceback, and loses nothing; in a terminal of its own."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

FAULTY = """
from tilewizard.screens import app, wizard
def broken(self):
    raise KeyError("a fault of our own")
wizard.WizardScreen.action_help = broken
app.run()
"""


def read(master: int, wanted: str, seconds: float = 20.0) -> str:
    """What is drawn, until some words were."""
    until, seen = time.monotonic() + seconds, ""
    while wanted not in seen and time.monotonic() < until:
        if select.select([master], [], [], 0.2)[0]:
            try:
                seen += os.read(master, 1 << 16).decode(errors="replace")
            except OSError:
                break
    return seen


def typed(state: Path, *program: str) -> tuple[subprocess.Popen[bytes], int]:
    """A wizard in a terminal of its own, with a title typed; and the terminal's end."""
    master, slave = pty.openpty()
    environment = {**os.environ, "TILEWIZARD_STATE": str(state), "TERM": "xterm-256color", "COLUMNS": "100"}
    environment.pop("TILEWIZARD_DEBUG", None)
    process = subprocess.Popen(
        [sys.executable, *program], stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=state
    )
    os.close(slave)
    assert "Start a new tile" in read(master, "Start a new tile")
    os.write(master, b"\r")
    assert "Where it goes" in read(master, "Where it goes")
    os.write(master, b"\x0e")
    read(master, "Homepage")
    time.sleep(0.3)
    os.write(master, b"Acme Unlucky")
    read(master, "Unlucky")
    return process, master


@pytest.mark.slow
def test_a_fault_of_our_own_is_told_in_a_line_and_the_draft_is_there(tmp_path: Path) -> None:
    process, master = typed(tmp_path, "-c", FAULTY)
    os.write(master, b"\x1bOP")  # F1
    said = read(master, "nothing was half-written")
    process.wait(20)
    os.close(master)
    assert "something went wrong that should not: KeyError" in said
    assert "Your draft is kept" in said
    assert "Traceback" not in said
    assert process.returncode == 70
    assert any("Acme Unlucky" in each.read_text() for each in (tmp_path / "drafts").glob("*.yaml"))


@pytest.mark.slow
def test_where_the_terminal_is_gone_unheard_the_wizard_ends_and_the_draft_is_there(tmp_path: Path) -> None:
    """It is in another session than the terminal, as under nohup: no signal tells it."""
    process, master = typed(tmp_path, "-m", "tilewizard")
    os.close(master)
    try:
        process.wait(60)
    finally:
        process.kill()
    assert any("Acme Unlucky" in each.read_text() for each in (tmp_path / "drafts").glob("*.yaml"))
