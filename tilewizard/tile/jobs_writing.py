"""A job for a package's tests, put into a checkout's workflow at the place and in the form of ``ddev validate ci --sync``.

The form is that of ddev 20.1.0: the jobs in the order of their targets, each as YAML's plain emitter writes it, with the same
inputs handed on. ``make conformance`` compares with ddev itself.
"""

from __future__ import annotations

import io
import math
import re
import tomllib
from dataclasses import dataclass

from ..field.vocabulary import Target
from .jobs import job_id, job_names

RUNNERS = {"linux": '["ubuntu-22.04"]', "windows": '["windows-2022"]'}
"""Where a job runs, by its platform."""
ENVIRONMENTS_MAX = 7
"""Up to so many environments of a package share a job; of more each has one (ddev 20.1.0)."""
_WORKFLOW = "DataDog/integrations-core/.github/workflows/test-target.yml"
_REF = re.compile(rf"{re.escape(_WORKFLOW)}@([a-zA-Z0-9_.-]+)")
_OTHER_YAML = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""Words that YAML 1.1, which ddev writes, puts in quotes, and YAML 1.2 does not."""
_LINE_MAX = 80
"""Characters of a line before ddev's emitter breaks it."""
_INPUTS = (
    *("repo", "context", "python-version", "latest", "agent-image", "agent-image-py2", "agent-image-windows"),
    *("agent-image-windows-py2", "test-py2", "test-py3"),
)
_QUOTED = frozenset(
    {"repo", "python-version", "setup-env-vars", "agent-image", "agent-image-py2", "agent-image-windows"}
    | {"agent-image-windows-py2"}
)
"""Inputs that are texts, and so stand in double quotes."""
_JOB = re.compile(r"^  (?P<id>[\w-]+):[ \t]*\r?$", re.MULTILINE)
_JOBS = re.compile(r"^jobs:(?P<none>[ \t]*\{\})?[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
_TARGET = re.compile(r"""^      target: *(["']?)(?P<name>[^\s"']+)\1[ \t]*\r?$""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class WantedJob:
    """A job that a checkout lacks.

    Attributes:
        file: the workflow that it belongs in, from the checkout's root.
        folder: the directory whose tests it runs.
        display_name: the integration's.
        platform: one of ``RUNNERS``.
        target: the repository, for inputs are not the same in both.
    """

    file: str
    folder: str
    display_name: str
    platform: str
    target: Target


def is_usual(hatch: str, platform: str) -> bool:
    """Whether a package with that hatch.toml has a job of the usual form on a platform: at most seven environments."""
    try:
        matrix = tomllib.loads(hatch).get("envs", {}).get("default", {}).get("matrix", [])
        sizes = [math.prod(len(values) for values in each.values()) for each in matrix]
        systems = any("os" in each for each in matrix)
    except (tomllib.TOMLDecodeError, RecursionError, AttributeError, TypeError):
        return False
    return platform in RUNNERS and sum(sizes) <= ENVIRONMENTS_MAX and not systems


def with_job(workflow: str, job: WantedJob) -> str | None:
    """A workflow, without a job of that directory, with it; all else as it was.

    None where it is no such workflow, and for a name that ddev would write in a form that is not known here.
    """
    head = _JOBS.search(workflow)
    if head is None or not all(map(_is_plain, (job.display_name, job.folder))):
        return None
    found = _REF.search(workflow)
    made = _written(job, found[1] if found else "master")
    if "\r\n" in workflow:
        made = made.replace("\n", "\r\n")
    if head["none"]:
        return workflow[: head.start()] + made + workflow[head.end() :]
    starts = [each.start() for each in _JOB.finditer(workflow, head.end())]
    ends = [*starts[1:], len(workflow)][: len(starts)]
    behind = (
        start
        for start, end in zip(starts, ends, strict=True)
        if (named := _TARGET.search(workflow, start, end)) and named["name"] > job.folder
    )
    at = next(behind, len(workflow))
    before = workflow[:at]
    if at == len(workflow) and before and not before.endswith("\n"):
        before += "\n"
    return before + made.partition("\n")[2] + workflow[at:]


def _is_plain(name: str) -> bool:
    """Whether a name is written alike by YAML 1.1 and 1.2, on one line."""
    has_letter = any(each.isalpha() for each in name)
    return has_letter and name.casefold() not in _OTHER_YAML and len(f"      job-name: {name!a}") <= _LINE_MAX


def _written(job: WantedJob, ref: str) -> str:
    """The job as a workflow of its own, from ``jobs:`` on."""
    from ruamel.yaml import YAML

    (name,) = job_names(job.display_name, (job.platform,))
    inputs = (*_INPUTS, *(("minimum-base-package",) if job.target == Target.MARKETPLACE else ()), "setup-env-vars")
    given = {"job-name": name, "target": job.folder, "platform": job.platform, "runner": RUNNERS[job.platform]}
    given |= {each: f"${{{{ inputs.{each} }}}}" for each in inputs}
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = False
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    stream = io.StringIO()
    yaml.dump({"jobs": {job_id(name): {"uses": f"{_WORKFLOW}@{ref}", "with": given, "secrets": "inherit"}}}, stream)
    text = stream.getvalue()
    for each in _QUOTED:
        mark = f"${{{{ inputs.{each} }}}}"
        text = text.replace(mark, f'"{mark}"')
    return text
