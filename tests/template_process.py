"""A process that has imported the core once and forks for each command: what a command does is its own, its start is not.

It listens at a socket (first word). Each connection asks for one command: a line of JSON with the three standard files beside it;
the answer is the exit code, once the command has ended. Whoever hangs up before kills it. It ends with its standard input.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import resource
import select
import signal
import socket
import sys
import threading
import time
import traceback
from contextlib import suppress
from types import ModuleType
from typing import Any, TextIO

LATER = ("tilewizard.commands", "tilewizard.editors", "tilewizard.screens", "tilewizard.__main__")


def import_all() -> None:
    """Everything that a command may import once it runs, but the commands themselves, the screens and the language server."""
    import tilewizard

    for module in pkgutil.walk_packages(tilewizard.__path__, "tilewizard."):
        if not module.name.startswith(LATER):
            importlib.import_module(module.name)


def check_once() -> None:
    """What is read, compiled and looked up by the first check and kept for the next one."""
    from tilewizard.checking.check import check
    from tilewizard.rules.sample_tile import sample_tile

    check(sample_tile())


def import_for(words: list[str]) -> None:
    """What a command imports on top."""
    with suppress(ImportError):
        importlib.import_module(f"tilewizard.commands.{words[0].replace('-', '_')}" if words else "tilewizard.cli")
        if words[:1] == ["lsp"]:
            importlib.import_module("tilewizard.editors.server")


def serve(path: str) -> None:
    """Listen until standard input ends."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(f"{path}.soon")
    listening.listen(16)
    os.rename(f"{path}.soon", path)
    woken, wake = os.pipe()
    for end in (woken, wake):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    running: dict[int, socket.socket] = {}
    import_all()
    check_once()
    gc.freeze()
    while True:
        ready, _, _ = select.select([0, listening, woken, *running.values()], [], [])
        if 0 in ready:
            return
        if woken in ready:
            os.read(woken, 4096)
        for pid, asked in list(running.items()):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                with suppress(OSError):
                    asked.sendall(json.dumps(os.waitstatus_to_exitcode(status)).encode())
                running.pop(pid).close()
            elif asked in ready:
                os.kill(pid, signal.SIGKILL)
        if listening in ready:
            asked, _ = listening.accept()
            said, files, _, _ = socket.recv_fds(asked, 1 << 16, 3)
            while not said.endswith(b"\n"):
                said += asked.recv(1 << 16)
            order = json.loads(said)
            import_for(order["words"])
            pid = os.fork()
            if pid == 0:
                for each in (listening, asked, *running.values()):
                    each.close()
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                os.close(woken)
                os.close(wake)
                become(order, files)
            running[pid] = asked
            for each in files:
                os.close(each)


def become(order: dict[str, Any], files: list[int]) -> None:
    """The command, as ``python -m tilewizard`` would be it; does not come back."""
    standard = order.get("standard", [0, 1, 2])
    for number, file in zip(standard, files, strict=True):
        os.dup2(file, number)
        os.close(file)
    for number in {0, 1, 2}.difference(standard):
        os.close(number)
    os.environ.clear()
    os.environ.update(order["environment"])
    time.tzset()
    os.chdir(order["cwd"])
    for name, limit in order["limits"].items():
        resource.setrlimit(getattr(resource, name), (limit, limit))
    sys.argv = [os.path.join(sys.path[0], "tilewizard", "__main__.py"), *order["words"]]
    sys.orig_argv = [sys.executable, "-m", "tilewizard", *order["words"]]
    sys.modules["__main__"] = ModuleType("__main__")
    sys.modules["__main__"].__package__ = "tilewizard"
    sys.path[0] = order["cwd"]
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        file = like(getattr(sys, name), number) if number in standard else None
        setattr(sys, name, file)
        setattr(sys, f"__{name}__", file)
    code = ended()
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        code = 120
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.flush()
    os._exit(code)


def like(before: TextIO, number: int) -> TextIO:
    """A standard file as the interpreter opens it: the same encoding, kept back by lines where it is a terminal."""
    mode = "r" if number == 0 else "w"
    lines = number == 2 or os.isatty(number)
    return os.fdopen(number, mode, -1 if not lines or number == 0 else 1, before.encoding, before.errors, closefd=False)


def ended() -> int:
    """The exit code of the command."""
    from tilewizard.cli import main

    try:
        main()
    except SystemExit as error:
        if error.code is None or isinstance(error.code, int):
            return (error.code or 0) & 0xFF
        sys.stderr.write(f"{error.code}\n")
        return 1
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    serve(sys.argv[1])
