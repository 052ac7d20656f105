"""The jobs that run packages' tests in a checkout's workflows, as ``ddev validate ci`` (ddev 20.1.0) wants them.

One job for each directory with ``hatch.toml`` and ``tests``: its id is made of its name, and its name is the integration's.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass

from tilewizard.language import _

WORKFLOWS = (".github/workflows/test-all.yml", ".github/workflows/test-all-windows.yml")
"""For all but those that run on Windows alone, and for these."""
_JOB = re.compile(r"^  (j[0-9a-f]{7}):[ \t]*\r?$", re.MULTILINE)
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')


@dataclass(frozen=True, slots=True)
class JobSettings:
    """What ``[overrides.ci.NAME]`` in ``.ddev/config.toml`` says of a directory's job."""

    excluded: bool = False
    platforms: tuple[str, ...] = ()
    own_runners: bool = False


def job_settings(config: str, folder: str) -> JobSettings:
    """The settings of a directory; those without any where the text is no TOML or says nothing of it."""
    try:
        found = tomllib.loads(config).get("overrides", {}).get("ci", {}).get(folder, {})
        platforms = found.get("platforms", [])
    except (tomllib.TOMLDecodeError, RecursionError, AttributeError):
        return JobSettings()
    texts = tuple(each for each in platforms if isinstance(each, str)) if isinstance(platforms, list) else ()
    return JobSettings(found.get("exclude") is True, texts, bool(found.get("runners")))


def job_names(display_name: str, platforms: tuple[str, ...]) -> tuple[str, ...]:
    """The names of a directory's jobs: one, or one for each of several platforms (linux, windows, macos)."""
    shown = {"linux": "Linux", "windows": "Windows", "macos": "macOS"}
    several = len(platforms) > 1
    names = (
        [
            _("{display_name} on {shown}", display_name=display_name, shown=shown[each])
            for each in platforms
            if each in shown
        ]
        if several
        else [display_name]
    )
    # ddev takes what stands in brackets for the environment, and drops it.
    return tuple(re.sub(r"\s*\(.*?\)", "", _NOT_IN_NAMES.sub("_", name)).rstrip() for name in names)


def job_id(name: str) -> str:
    """The id of the job with a name."""
    return f"j{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:7]}"


def jobs_of(workflow: str, folder: str) -> list[str]:
    """The ids of the jobs in a workflow whose target is a directory."""
    starts = [*_JOB.finditer(workflow)]
    ends = [*(each.start() for each in starts[1:]), len(workflow)][: len(starts)]
    target = re.compile(rf"""^ +target: *(["']?){re.escape(folder)}\1[ \t]*\r?$""", re.MULTILINE)
    return [each[1] for each, end in zip(starts, ends, strict=True) if target.search(workflow, each.end(), end)]
