"""The published tests of a pipeline (``*_tests.yaml``): what each states, compared with what the pipeline gives."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tilewizard.language import _

from ..errors import TilewizardError
from .dates import official
from .pipeline import Pipeline, load, read, run, text_of
from .trace import Step

FIELDS = ("custom", "message", "tags", "timestamp", "status", "service", "trace_id", "span_id")


NOW = 1
"""The timestamp that published tests state where no date was found: their servers' clock stands at the first millisecond."""


@dataclass(frozen=True)
class Case:
    """One test: its place in the file (from 1), what it gives, states, and where the two differ, as lines.

    ``steps`` is empty where no trace was asked for.
    """

    number: int
    expected: dict[str, Any]
    result: dict[str, Any]
    differences: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    sample: str = ""


def run_tests(pipeline: Pipeline, text: str, file: str = "", *, trace: bool = False) -> list[Case]:
    """Every test of a tests file, run; with ``trace`` each tells its steps.

    Raises:
        TilewizardError: the file is no tests file, or the pipeline can't be run.
    """
    tests = load(text, file).get("tests")
    if not isinstance(tests, list) or not all(isinstance(each, dict) and "sample" in each for each in tests):
        raise TilewizardError(_("holds no list of tests with a sample each"), file=file, remedy=_("see docs/logs.md"))
    return run_cases(pipeline, tests, trace=trace)


def run_cases(pipeline: Pipeline, tests: list[dict[str, Any]], *, trace: bool = False) -> list[Case]:
    """Tests that are read already, each with its ``sample``, run.

    Raises:
        TilewizardError: the pipeline can't be run.
    """
    cases = []
    for number, test in enumerate(tests, 1):
        service = test.get("service")
        event = run(pipeline, test["sample"], service if isinstance(service, str) else None, trace=trace)
        result = event.result()
        stated = test.get("result")
        expected = stated if isinstance(stated, dict) else {}
        told = tuple(compare(expected, result))
        cases.append(Case(number, expected, result, told, tuple(event.steps or ()), text_of(test["sample"])))
    return cases


def compare(expected: dict[str, Any], result: dict[str, Any]) -> list[str]:
    """The differences in what the test states, a line each; what is unknown offline is left out."""
    found: list[str] = []
    for name in FIELDS:
        if name == "timestamp" and expected.get(name) == NOW and result.get(name) is None:
            continue
        if name in expected:
            stated = official(expected[name]) if name == "timestamp" else expected[name]
            _differ(name, stated, result.get(name), result.get("unknown", []), found)
    return found


def _differ(path: str, stated: Any, given: Any, unknown: list[str], found: list[str]) -> None:
    if any(path == each or path.startswith(f"{each}.") for each in unknown):
        return
    if isinstance(stated, dict) and (isinstance(given, dict) or given is None):
        below = given or {}
        for key in [*stated, *(key for key in below if key not in stated)]:
            _differ(f"{path}.{key}", stated.get(key), below.get(key), unknown, found)
    elif not _same(stated, given):
        found.append(
            _("{path}: the test states {stated!r}, the pipeline gives {given!r}", path=path, stated=stated, given=given)
        )


def _same(stated: Any, given: Any) -> bool:
    if isinstance(stated, list) and isinstance(given, list):
        return len(stated) == len(given) and all(map(_same, stated, given))
    if isinstance(stated, dict) and isinstance(given, dict):
        return stated.keys() == given.keys() and all(_same(stated[key], given[key]) for key in stated)
    if isinstance(stated, bool) != isinstance(given, bool):
        return False
    if isinstance(stated, str) and isinstance(given, str) and stated[:1] == given[:1] == "{":
        try:
            return bool(json.loads(stated) == json.loads(given))
        except (ValueError, RecursionError):
            return stated == given
    return bool(stated == given) or (
        isinstance(stated, str) and isinstance(given, str) and stated.strip() == given.strip()
    )


def files_of(tile: Path) -> list[tuple[Path, Path]]:
    """A tile's pipelines with their tests files, sorted; a tests file may be missing.

    Raises:
        TilewizardError: the tile has no pipeline.
    """
    folder = tile / "assets" / "logs"
    found = sorted(path for path in folder.glob("*.yaml") if not path.stem.endswith("_tests"))
    if not found:
        raise TilewizardError(
            _("has no log pipeline"), file=str(tile), remedy=_("pipelines stand in assets/logs/*.yaml")
        )
    return [(path, path.with_name(f"{path.stem}_tests.yaml")) for path in found]


def read_file(path: Path, remedy: str = _("give a file of YAML")) -> str:
    """A file's text, with its own line ends.

    Raises:
        TilewizardError: it can't be read.
    """
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else _("it is not UTF-8")
        raise TilewizardError(_("can't be read: {why}", why=why), file=str(path), remedy=remedy) from None


def pipeline_of(path: Path) -> Pipeline:
    """The pipeline in a file.

    Raises:
        TilewizardError: it can't be read.
    """
    return read(read_file(path), str(path))
