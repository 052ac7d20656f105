"""This program started again, and another Python beside it: what runs this one is found by both."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tilewizard.inspection.another_python import environment
from tilewizard.inspection.pdf import inspect_pdf

MATERIAL = Path(__file__).parents[1] / "material"
TOLD = "import json\nfrom tilewizard.surroundings.program import program\nprint(json.dumps(program()))\n"


@pytest.mark.parametrize("options", [[], ["-X", "utf8"]])
@pytest.mark.parametrize("words", [[], ["serve", "--port", "0"]])
def test_the_program_is_what_python_was_given_without_the_words_after_it(
    options: list[str], words: list[str], tmp_path: Path
) -> None:
    script = tmp_path / "script.py"
    script.write_text(TOLD)
    told = subprocess.run([sys.executable, *options, script, *words], capture_output=True, text=True, check=True)
    assert json.loads(told.stdout) == [sys.executable, *options, str(script)]


def test_another_python_finds_the_packages_that_this_one_runs_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As out of a zipapp, of which it knows nothing; what was on the path of packages before stays."""
    (tmp_path / "neighbour.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    program = [sys.executable, "-S", "-c", "import tilewizard.inspection.pdf, neighbour"]
    subprocess.run(program, env=environment(), cwd="/", check=True)


def test_what_lies_where_one_stands_is_not_imported_to_read_a_pdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(1)\n")
    monkeypatch.chdir(tmp_path)
    assert inspect_pdf((MATERIAL / "eula.pdf").read_bytes() + b"\n% Filter\n").fault == ""
