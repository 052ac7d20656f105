"""What is installed: every package that tilewizard needs, with its version and licence."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import tilewizard
from tilewizard.surroundings import versions as module
from tilewizard.surroundings.versions import installed

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def told(*words: str, cwd: Path | None = None) -> str:
    command = [sys.executable, "-m", "tilewizard", *words]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=cwd).stdout


def test_verbose_tells_every_package_that_is_needed() -> None:
    assert told("--version") == f"tilewizard, version {tilewizard.__version__}\n"
    lines = told("--version", "--verbose").splitlines()
    assert lines[0] == f"tilewizard, version {tilewizard.__version__}" and sys.version.split()[0] in lines[1]
    named = {key(line.split()[0]) for line in lines[3:] if line and not line.startswith("tilewizard[")}
    asked = {key(re.match(r"[\w.-]+", each)[0]) for each in PROJECT["dependencies"]}  # type: ignore[index]
    assert asked <= named and {"rich", "mdurl", "markupsafe"} <= named  # Those that they need as well.
    assert "pytest" not in named and not any("missing" in line for line in lines)


def test_every_package_says_its_licence() -> None:
    assert [each.name for each in installed().needed if not each.licence] == []


def test_extras_are_told_by_name() -> None:
    extras = installed().extras
    assert set(extras) == set(PROJECT["optional-dependencies"]) - {"dev", "docs"}
    assert [each.name for each in extras["lsp"]] == ["pygls"]


def test_without_an_installation_that_is_said(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(module, "_found", lambda name: None)
    module.installed.cache_clear()
    try:
        assert any("not installed as a package" in line for line in module.versions())
    finally:
        module.installed.cache_clear()
