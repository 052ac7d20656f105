"""What is made of a package's spec.yaml: the example configuration and the config models, as ``ddev validate … --sync`` makes them.

Datadog's own renderer is run where a Python here has it: that of the extra ``agent``, or that of ddev. Without one, or with one that is
older than what packages are written by, a spec as the generated ones are is rendered from our own templates, which
``make conformance`` holds against Datadog's renderer byte for byte.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from tilewizard.inspection.agent_spec import SPEC
from tilewizard.tile.tile import Tile

from . import datadog_renderer
from .parts.agent_check import plain_yaml
from .templating import files_below, render

HELD = (40, 0)
"""The release of datadog-checks-dev that our own templates are held against, its first numbers."""
TIMEOUT = 60
"""Seconds that Datadog's renderer may take; it takes one."""
NO_RENDERER = "Datadog's own renderer makes them of this spec.yaml, and is not installed here: pip install 'tilewizard[agent]', or install ddev."


@dataclass(frozen=True)
class Rendering:
    """What is made of a spec.

    Attributes:
        files: texts by their paths below the package.
        why: why there are none, a sentence; empty where there are.
        old: the version of datadog-checks-dev that made them, where there are newer ones; else empty.
    """

    files: Mapping[str, str]
    why: str = ""
    old: str = ""


def rendering_of(tile: Tile) -> Rendering | None:
    """What is made of the tile's spec; None without one, or with one that can't be read."""
    file = tile.file(SPEC)
    if file is None or file.yaml.fault is not None:
        return None
    python, theirs = renderer_python(), Rendering({}, NO_RENDERER)
    if python is not None:
        root = tile.checkout.root if tile.checkout is not None else tile.root.resolve().parent if tile.root else Path()
        theirs = _by_datadog(python, file.text, tile.name, root)
    own = _own(file.text, tile.name) if theirs.old or not theirs.files else None
    return Rendering(own) if own is not None else theirs


def renderer_python() -> str | None:
    """A Python that has Datadog's renderer: this one, or the one that ``ddev`` on the path runs in; None without."""
    try:
        if importlib.util.find_spec(datadog_renderer.CONFIGURATION) and importlib.util.find_spec(
            "datamodel_code_generator"
        ):
            return sys.executable
    except (ImportError, ValueError):
        pass
    ddev = shutil.which("ddev")
    if ddev is None:
        return None
    try:
        with Path(ddev).open("rb") as stream:
            first = stream.readline(1024).decode("utf-8", "replace")
    except OSError:
        return None
    named = first.removeprefix("#!").strip()
    return named if first.startswith("#!") and "python" in Path(named).name and Path(named).is_file() else None


@lru_cache(maxsize=8)
def _by_datadog(python: str, spec: str, name: str, root: Path) -> Rendering:
    program = str(Path(datadog_renderer.__file__))
    try:
        done = subprocess.run(
            [python, "-I", program],
            input=json.dumps({"spec": spec, "name": name}),
            cwd=root,  # ddev runs there: the repository's own settings of formatters are read.
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
            check=False,
        )
        answer = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return Rendering({}, NO_RENDERER)
    if answer["errors"]:
        return Rendering({}, f"Datadog's renderer refuses the spec: {'; '.join(answer['errors'][:3])}")
    version = str(answer["version"])
    numbers = tuple(int(each) for each in version.split(".")[:2] if each.isdigit())
    files = {path: text for path, text in answer["files"].items() if text}
    return Rendering(files, old=version if numbers < HELD else "")


def _own(spec: str, name: str) -> dict[str, str] | None:
    """The files of a spec that says what a generated one says; None for any other."""
    value = _read(spec)
    for kind in ("openmetrics", "python"):
        said = _said(value, kind)
        values = {
            "kind": kind,
            "name": name,
            **{key: plain_yaml(text) for key, text in said.items()},
            "logs": "source" in said,
        }
        values = {"source": name, **values}
        if said and _read(render("agent/both/assets/configuration/spec.yaml.j2", **values)) == value:
            folder = f"agent/{kind}/datadog_checks/_name_"
            paths = [path for path in files_below(folder) if path.startswith(("data/", "config_models/"))]
            return {path: render(f"{folder}/{path}.j2", **values) for path in paths}
    return None


def _said(value: Any, kind: str) -> dict[str, str]:
    """What a spec of a kind says that is the tile's own: title, endpoint, and the source of its logs where it reads some."""
    try:
        sections = {each["template"]: each for each in value["files"][0]["options"]}
        first = sections["instances"]["options"][0]
        endpoint = (
            first["overrides"]["openmetrics_endpoint.value.example"]
            if kind == "openmetrics"
            else first["value"]["example"]
        )
        said = {"title": value["name"], "endpoint": endpoint}
        if "logs" in sections:
            said["source"] = sections["logs"]["example"][0]["source"]
    except (KeyError, TypeError, IndexError):
        return {}
    return said if all(isinstance(each, str) for each in said.values()) else {}


def _read(text: str) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 1)
    try:
        return yaml.load(text)
    except (YAMLError, ValueError, RecursionError):
        return None
