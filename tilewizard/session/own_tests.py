"""The tests that a tile brings with it: what they need, which Python here has it, and what their run says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tilewizard.language import _, ngettext

PYTHON = "TILEWIZARD_TEST_PYTHON"
"""The variable that names the Python to run them with; no other is looked for then."""
AGENT_PACKAGES = (
    *("datadog-checks-base", "datadog-checks-dev", "pytest", "pytest-mock", "requests", "requests-toolbelt"),
    *("prometheus-client", "cachetools", "pyyaml", "pydantic", "requests-unixsocket2", "wrapt", "python-dateutil"),
    *("simplejson", "binary", "jellyfish", "lazy-loader", "httpx", "cryptography"),
)
"""What the base package and the tests import; its extra ``deps`` would want headers of Kerberos."""
_PROBE = """\
import importlib.util, sys
def lacks(name):
    try:
        return importlib.util.find_spec(name) is None
    except ImportError:
        return True
print('|'.join(name for name in sys.argv[1:] if lacks(name)) or '-')
"""
_SECONDS = 20
"""For which a Python is asked what it has."""


@dataclass(frozen=True)
class OwnTests:
    """Tests in a tile's directory.

    Attributes:
        folder: where they lie, from the tile's directory.
        name: of the environment that is made for them.
        modules: what they import, by module.
        packages: what is installed so that they can.
    """

    folder: str
    name: str
    modules: tuple[str, ...]
    packages: tuple[str, ...]

    @property
    def environment(self) -> Path:
        """Where an environment for them is made, in the user's cache."""
        from platformdirs import user_cache_path

        return user_cache_path("tilewizard", appauthor=False) / "tests" / self.name

    def making(self) -> tuple[list[str], ...]:
        """The commands that make it: they load packages from the package index."""
        python = _newest_python()
        made = str(_python_in(self.environment))
        return (
            [python, "-m", "venv", str(self.environment)],
            [made, "-m", "pip", "install", "--disable-pip-version-check", *self.packages],
        )

    def running(self, python: str) -> list[str]:
        """The command that runs them, in the tile's directory."""
        return [python, "-m", "pytest", "-v", "--color=no", "-p", "no:cacheprovider", "-W", "ignore", self.folder]


_KINDS = (
    OwnTests(
        "tests",
        "agent",
        ("datadog_checks.base", "datadog_checks.dev", "pytest", "pytest_mock", "prometheus_client"),
        AGENT_PACKAGES,
    ),
    OwnTests("examples/dogstatsd", "dogstatsd", ("pytest", "datadog"), ("pytest", "datadog")),
    OwnTests("examples/rest_api", "rest-api", ("pytest", "datadog_api_client"), ("pytest", "datadog-api-client")),
)


def own_tests(root: Path) -> OwnTests | None:
    """The tests of a written tile; None without any."""
    for kind in _KINDS:
        folder = root / kind.folder
        if any(folder.glob("test_*.py")) and (kind.name != "agent" or (root / "datadog_checks").is_dir()):
            return kind
    return None


def variables(root: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """The environment of their run: the tile's own package is found, and nothing is left behind in the tile."""
    path = os.pathsep.join(filter(None, (str(root), environ.get("PYTHONPATH", ""))))
    return {**environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1"}


def python_for(tests: OwnTests) -> tuple[str | None, tuple[str, ...]]:
    """A Python that has all that the tests import; else None and the modules that the nearest one lacks."""
    lacking: tuple[str, ...] = tests.modules
    for python in _candidates(tests):
        missing = _missing(python, tests.modules)
        if missing == ():
            return python, ()
        if missing is not None and len(missing) < len(lacking):
            lacking = missing
    return None, lacking


def _candidates(tests: OwnTests) -> Iterator[str]:
    if os.environ.get(PYTHON):
        yield os.environ[PYTHON]
        return
    yield str(_python_in(tests.environment))
    if os.environ.get("VIRTUAL_ENV"):
        yield str(_python_in(Path(os.environ["VIRTUAL_ENV"])))
    yield sys.executable
    yield "python3"


def _python_in(environment: Path) -> Path:
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _missing(python: str, modules: tuple[str, ...]) -> tuple[str, ...] | None:
    """The modules that a Python lacks; None where it can't be run."""
    try:
        done = subprocess.run(
            [python, "-I", "-c", _PROBE, *modules], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    said = done.stdout.strip()
    return None if done.returncode or not said else () if said == "-" else tuple(said.split("|"))


def _newest_python() -> str:
    """The Python that an environment is made of: the Agent's own version where it is installed."""
    for python in ("python3.13", "python3.12"):
        if _missing(python, ("venv", "ensurepip")) == ():
            return python
    return sys.executable


_PERCENT = re.compile(r"^(?P<test>\S+::\S+).* (?P<result>PASSED|FAILED|ERROR|SKIPPED).*\[ *(?P<percent>\d+)%\]")
_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped)")


def progress(line: str) -> tuple[str, int] | None:
    """The test that a line of the run tells of, and how many percent of all are done with it."""
    found = _PERCENT.match(line)
    return (found["test"].rpartition("::")[2], int(found["percent"])) if found else None


def verdict(code: int, lines: list[str]) -> str:
    """What a run says, in words.

    Args:
        code: pytest's exit code.
        lines: what it printed.
    """
    counts: dict[str, int] = {}
    last = next((line for line in reversed(lines) if line.startswith("=")), "")
    for number, kind in _COUNT.findall(last):
        counts[kind.removesuffix("s") if kind.startswith("error") else kind] = int(number)
    passed, skipped = counts.get("passed", 0), counts.get("skipped", 0)
    if code == 0 and passed:
        if skipped:
            return ngettext(
                "✓ The only test passes, {skipped} could not run here.",
                "✓ All {count} tests pass, {skipped} could not run here.",
                passed,
                skipped=skipped,
            )
        return ngettext("✓ The only test passes.", "✓ All {count} tests pass.", passed)
    if code == 1:
        wrong = [found[0] for line in lines if (found := progress(line)) and re.search(r" (FAILED|ERROR)\b", line)]
        failed = counts.get("failed", 0) + counts.get("error", 0)
        names = ", ".join(dict.fromkeys(wrong))
        if failed + passed == 1:
            return _("✗ The only test fails: {wrong}. See below why.", wrong=names)
        return ngettext(
            "✗ {count} of {all} tests fails: {wrong}. See below why.",
            "✗ {count} of {all} tests fail: {wrong}. See below why.",
            failed,
            all=failed + passed,
            wrong=names,
        )
    if code == 0 and skipped:
        return ngettext(
            "The only test could not run here. See below why.",
            "None of the {count} tests could run here. See below why.",
            skipped,
        )
    return _("There are no tests to run.") if code == 5 else _("✗ The tests can't be run. See below why.")
