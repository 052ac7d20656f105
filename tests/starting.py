"""Commands, each in a process of its own that is forked from one that has imported the core (:mod:`tests.template_process`).

Exit code, standard files, folder, environment and limits are those of a real start, which takes four times as long; the tests of
starting itself, of shells and of other interpreters start for real.
"""

from __future__ import annotations

import atexit
import json
import os
import selectors
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from .conftest import ROOT

PATIENCE = 120.0
"""Seconds after which a command that does nothing is given up; nothing asserts how long anything takes."""
OF_THE_INTERPRETER = ("PYTHON", "LC_", "LANG")
"""Variables that Python reads before any line of ours: with others than here, a command must be started for real."""


shared = ""
"""The socket that the workers of one run share; none where pytest runs by itself."""


@cache
def template() -> str:
    """The socket of the process that forks, once it listens."""
    path = shared or begun()
    for _ in range(int(PATIENCE * 100)):
        if os.path.exists(path):
            return path
        time.sleep(0.01)
    raise AssertionError("the template did not start")


@cache
def begun() -> str:
    """Where a process that forks is going to listen; it is started once and ends with this one."""
    folder = tempfile.mkdtemp(prefix="tilewizard")
    path = os.path.join(folder, "s")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.template_process", path],
        stdin=subprocess.PIPE,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )

    def end() -> None:
        process.communicate()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(end)
    return path


def run(
    *words: object,
    cwd: Path | None = None,
    said: str | None = None,
    environment: Mapping[str, str] | None = None,
    limits: Mapping[str, int] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run ``tilewizard`` with some words and a standard input, in an environment (else this one) and limits of ``resource``."""
    whole = dict(os.environ if environment is None else environment)
    line = [str(word) for word in words]
    if of_the_interpreter(whole) != of_the_interpreter(os.environ):
        command = [sys.executable, "-m", "tilewizard", *line]
        return subprocess.run(
            command, input=said or "", capture_output=True, text=True, check=False, cwd=cwd, env=whole
        )
    order = {"words": line, "cwd": str(cwd or Path.cwd()), "environment": whole, "limits": dict(limits or {})}
    ends = [os.pipe() for _ in range(3)]
    theirs = [ends[0][0], ends[1][1], ends[2][1]]
    with socket.socket(socket.AF_UNIX) as asked:
        asked.connect(template())
        socket.send_fds(asked, [b"{"], theirs)
        asked.sendall(json.dumps(order).encode()[1:] + b"\n")
        for each in theirs:
            os.close(each)
        out, err, code = talked(ends[0][1], ends[1][0], ends[2][0], asked, (said or "").encode())
    return subprocess.CompletedProcess(["tilewizard", *line], code, out, err)


def program() -> list[str]:
    """The words that start ``tilewizard`` from a shell or an editor, in the environment that it has there."""
    return [sys.executable, "-IS", str(ROOT / "tests" / "launcher.py"), template()]


def of_the_interpreter(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that an interpreter reads as it starts."""
    return {name: value for name, value in environment.items() if name.startswith(OF_THE_INTERPRETER)}


def talked(into: int, out: int, err: int, asked: socket.socket, said: bytes) -> tuple[str, str, int]:
    """What a command put out, its errors and its exit code, while it is told what it reads."""
    heard: dict[int, list[bytes]] = {out: [], err: [], asked.fileno(): []}
    os.set_blocking(into, False)
    with selectors.DefaultSelector() as waiting:
        for each in heard:
            waiting.register(each, selectors.EVENT_READ)
        waiting.register(into, selectors.EVENT_WRITE)
        while waiting.get_map():
            ready = waiting.select(PATIENCE)
            assert ready, "the command has neither said anything nor ended"
            for key, _ in ready:
                if key.fd == into:
                    with suppress(BrokenPipeError):
                        said = said[os.write(into, said) :] if said else b""
                        if said:
                            continue
                elif more := os.read(key.fd, 1 << 16):
                    heard[key.fd].append(more)
                    continue
                waiting.unregister(key.fd)
                if key.fd != asked.fileno():
                    os.close(key.fd)
    code = b"".join(heard[asked.fileno()])
    assert code, "the template ended"
    texts = [b"".join(heard[each]).decode().replace("\r\n", "\n").replace("\r", "\n") for each in (out, err)]
    return texts[0], texts[1], int(code)
