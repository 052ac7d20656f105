"""The recipes of CONTRIBUTING.md: each diff still applies, touches one place, and does what it says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

GENERATED = {"tilewizard/field/asked_keys.json", "docs/rules.md", "docs/voices.md"}
COPIED = (
    "screens",
    "templates",
    "tests",
    "tilewizard",
    "tools",
    "docs",
    "pyproject.toml",
    "CONTRIBUTING.md",
    "README.md",
)
DONE = {
    "a manifest field": """
from tilewizard.answers.model import Answers
from tilewizard.answers.paths import replaced
from tilewizard.answers.questions import question_at
from tilewizard.answers.yaml_text import dumps, load, loads
from tilewizard.authoring.author import answers_of, author
from tilewizard.checking.check import check
path, url = ("author", "support_portal"), "https://support.acme.example"
before = load(Path("tests/material/answers.yaml"))
answers = replaced(before, path, url)
tile = author(answers)
assert tile.at("/author/support_portal") == url
assert answers_of(tile).author.support_portal == url
assert loads(dumps(answers, comments=True)).author.support_portal == url
assert "Support portal" in str(Answers.model_json_schema())
assert question_at(path).step == "listing"
assert [each.message for each in check(tile)] == [each.message for each in check(author(before))], "the key is known"
edited = author(replaced(answers_of(tile), path, ""), tile)
assert "support_portal" not in edited.at("/author")
""",
    "a rule": """
from tilewizard.rules.registry import rules_by_name
assert "author/homepage-shortened" in rules_by_name()
assert "author/homepage-shortened" in Path("docs/rules.md").read_text()
""",
    "a step": """
from tilewizard.answers.model import Answers
from tilewizard.asking.walk import STEPS_ASKED
from tilewizard.screens.steps import STEPS
(page,) = (each for each in STEPS if each.slug == "contact")
assert [each.slug for each in STEPS] == [each.slug for each in STEPS_ASKED]
assert page.title == "Contact" and not page.asked(Answers())
""",
    "a command": """
import subprocess, sys
run = lambda *words: subprocess.run([sys.executable, "-m", "tilewizard", *words], capture_output=True, text=True, check=True).stdout
assert "units " in run("--help") and run("units", "nanosec").split() == ["nanosecond"]
""",
    "a generated file": """
from tilewizard.answers.model import Answers
from tilewizard.authoring.author import author
row = {"metric_name": "acme.requests", "metric_type": "count"}
answers = {"type": "dogstatsd", "submits": ["metrics"], "metrics": {"prefix": "acme.", "rows": [row]}}
assert "examples/dogstatsd/requirements.txt" in author(Answers.model_validate(answers)).paths
""",
    "an asset kind": """
import json
from tests.rules.clean_tile import clean_tile
from tests.rules.edges import with_value
from tilewizard.checking.check import check
named = with_value("/assets/notebooks", {"acme": "assets/notebooks/acme.json"})
assert [each.rule for each in check(named)] == ["manifest/path"], check(named)
assert check(named.with_text("assets/notebooks/acme.json", "{}")) == []
""",
}
"""By recipe what holds when it was done, as a script; it is run in a copy of the house."""


def recipes() -> dict[str, str]:
    """The diffs by their headings."""
    found = {}
    for part in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("\n### ")[1:]:
        name, _, rest = part.partition("\n")
        found[name] = rest.partition("```diff\n")[2].partition("```")[0]
    return found


RECIPES = recipes()


def patched(folder: Path, diff: str, *words: str) -> subprocess.CompletedProcess[str]:
    """``git apply`` of a diff in a folder."""
    return subprocess.run(
        ["git", "apply", "--recount", *words, "-"], input=diff, cwd=folder, capture_output=True, text=True, check=False
    )


def test_each_thing_that_is_added_has_its_recipe() -> None:
    assert list(RECIPES) == list(DONE)


@pytest.mark.parametrize("name", DONE)
def test_a_recipe_applies_and_touches_one_place(name: str) -> None:
    done = patched(ROOT, RECIPES[name], "--check")
    assert done.returncode == 0, done.stderr
    assert len(set(re.findall(r"^\+\+\+ b/(\S+)", RECIPES[name], re.MULTILINE))) == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", DONE)
def test_a_recipe_does_what_it_says(name: str, tmp_path: Path) -> None:
    for each in COPIED:
        copy = shutil.copytree if (ROOT / each).is_dir() else shutil.copy2
        copy(ROOT / each, tmp_path / each)
    for room in ("screens", "templates"):  # As they are installed.
        (tmp_path / "tilewizard" / room).symlink_to(tmp_path / room)
    assert patched(tmp_path, RECIPES[name]).returncode == 0
    own = {**os.environ, "PYTHONPATH": str(tmp_path)}

    def run(*words: str) -> None:
        done = subprocess.run(
            [sys.executable, *words], cwd=tmp_path, env=own, capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]

    run("tools/asked_keys.py")
    run("tools/rules_page.py")
    touched = re.findall(r"^\+\+\+ b/(\S+)", RECIPES[name], re.MULTILINE)
    assert changed(tmp_path) <= {*touched, *GENERATED}
    run("-c", f"from pathlib import Path\n{DONE[name]}")
    tests = {"a rule": "tests/rules/test_examples.py", "a manifest field": "tests/rules/test_manifest.py"}
    if name in tests:
        run("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", tests[name], "tests/checking/test_voices.py")


def changed(copy: Path) -> set[str]:
    """The files of a copy of the house that aren't as they are here."""
    found = set()
    for each in COPIED:
        top = copy / each
        for path in [top] if top.is_file() else top.rglob("*"):
            name = path.relative_to(copy).as_posix()
            here = ROOT / name
            if not path.is_file() or "__pycache__" in name or name.startswith("tilewizard/screens/"):
                continue
            if not here.is_file() or here.read_bytes() != path.read_bytes():
                found.add(name)
    return found
