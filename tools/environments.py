"""The environments that ``make conformance`` runs Datadog's packages in: which Python makes them, and where they live.

ddev 14.4.0 takes the Python of this repository, the newest ddev and the Agent's base package want 3.13. ``python3.13`` on the
path may be a shim of pyenv's that stands for no version: each candidate is tried by running it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

OLD_DDEV = "ddev==14.4.0"
"""The last ddev that looks at manifests."""
NEW_DDEV = "ddev==20.1.0"
AGENT = (3, 13)
"""The Python of the Agent, and the least that the newest ddev takes."""
MARK = ".installed"
PROBE = "import sys, ensurepip, venv; print(*sys.version_info[:2])"


def agent_python(*variables: str) -> tuple[str | None, str]:
    """A Python 3.13 that runs; or None and why there is none.

    Args:
        variables: of the environment: whichever is set names the one to take, and no other is looked for.
    """
    named = next(((name, os.environ[name]) for name in variables if os.environ.get(name)), None)
    if named is not None:
        return (named[1], "") if runs(named[1], AGENT) else (None, f"{named[0]} names no Python that runs: {named[1]}")
    found = next((each for each in candidates(AGENT) if runs(each, AGENT)), None)
    wanted = ".".join(map(str, AGENT))
    return found, "" if found else f"no Python {wanted} runs here; name one as {variables[0]}"


def candidates(version: tuple[int, int]) -> Iterator[str]:
    """Where a Python of a version may be: this one, the path, pyenv's versions."""
    if sys.version_info[:2] >= version:
        yield sys.executable
    words = ".".join(map(str, version))
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        place = Path(folder or ".") / f"python{words}"
        if place.is_file():
            yield str(place)
    roots = [os.environ.get("PYENV_ROOT") or "", str(Path.home() / ".pyenv")]
    for root in dict.fromkeys(each for each in roots if each):
        for place in sorted(Path(root, "versions").glob(f"{words}*/bin/python"), reverse=True):
            yield str(place)


def runs(python: str, least: tuple[int, int]) -> bool:
    """Whether a program is a Python of at least a version that can make an environment."""
    try:
        done = subprocess.run([python, "-c", PROBE], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and tuple(map(int, done.stdout.split())) >= least


@dataclass(frozen=True)
class Environment:
    """A virtual environment, in ``folder``, with some packages in it."""

    folder: Path
    packages: tuple[str, ...]

    @property
    def python(self) -> Path:
        """Its own Python."""
        return self.folder / "bin" / "python"

    def made(self, maker: str) -> str:
        """Make it by a Python when it is not there, or wants other packages now; why it can't be had, or nothing.

        What breaks off half-way is gone on with next time.
        """
        mark, wanted = self.folder / MARK, "\n".join(self.packages)
        if mark.is_file() and self.python.is_file() and mark.read_text("utf-8") == wanted:
            return ""
        print(f"installing {self.packages[0]} (a minute, once)", flush=True)
        if not self.python.is_file():
            fault = _done([maker, "-m", "venv", str(self.folder)])
            if fault:
                return fault
        install = [str(self.python), "-m", "pip", "install", "--quiet", "--prefer-binary", *self.packages]
        fault = _done(install)
        if not fault:
            mark.write_text(wanted, encoding="utf-8")
        return fault


def cached(variable: str, name: str) -> Path:
    """The folder of an environment: what a variable names, else one in the user's cache."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(os.environ.get(variable) or cache / name)


def old_ddev() -> tuple[Path | None, str]:
    """The Python of the environment of ddev 14.4.0, made when it is missing; or None and why it can't be had."""
    environment = Environment(cached("TILEWIZARD_DDEV", "tilewizard-ddev"), (OLD_DDEV,))
    fault = environment.made(os.environ.get("DDEV_PYTHON") or sys.executable)
    return (None, fault) if fault else (environment.python, "")


def new_ddev() -> tuple[Path | None, str]:
    """The Python of the newest ddev's environment, made when it is missing; or None and why it can't be had."""
    environment = Environment(cached("TILEWIZARD_NEW_DDEV", "tilewizard-new-ddev"), (NEW_DDEV, "datadog-checks-dev"))
    maker, why = agent_python("NEW_DDEV_PYTHON")
    fault = why if maker is None else environment.made(maker)
    return (None, fault) if fault else (environment.python, "")


def _done(command: Iterable[str]) -> str:
    """Run a command; what is told against it, in one line, or nothing."""
    try:
        done = subprocess.run([*command], capture_output=True, text=True, timeout=900, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error).splitlines()[0]
    if done.returncode == 0:
        return ""
    lines = (done.stderr or done.stdout).strip().splitlines()
    wrong = [line for line in lines if line.startswith("ERROR")] or lines[-1:] or ["no reason was given"]
    return wrong[-1]
