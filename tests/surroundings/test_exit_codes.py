"""Exit codes: one table, which the commands, --help and the documentation share."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest
from tilewizard.errors import Exit, TilewizardError

from tests import starting
from tests.conftest import ROOT

MODULES = sorted([*(ROOT / "tilewizard" / "commands").glob("*.py"), ROOT / "tilewizard" / "cli.py"])


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_command_has_codes_of_its_own(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef) and node.name in ("command", "main"):
            given = [each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value is not None]
            given += [each.args[0] for each in ast.walk(node) if isinstance(each, ast.Call) and each.args
                      and isinstance(each.func, ast.Attribute) and each.func.attr == "exit"]  # fmt: skip
            numbers = [each for value in given for each in ast.walk(value) if isinstance(each, ast.Constant)]
            assert not [each.value for each in numbers if type(each.value) in (int, bool)], path


def test_help_and_the_documentation_show_the_table() -> None:
    told = starting.run("--help")
    assert told.returncode == 0
    table = re.findall(r"^ +(\d+)  (.*)$", told.stdout.partition("Exit codes:")[2], re.M)
    assert table == [(str(code.value), code.meaning) for code in Exit]
    page = (ROOT / "docs" / "shell.md").read_text()
    rows = re.findall(r"^\| (\d+) \| (.*) \|$", page, re.M)
    assert rows == [(str(code.value), code.meaning) for code in Exit]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--version"], Exit.DONE),
        (["explain", "no/rule"], Exit.UNUSABLE),
        (["check"], Exit.UNUSABLE),
        (["chekc"], Exit.UNUSABLE),
        (["--verbose"], Exit.UNUSABLE),
        (["check", "nowhere"], Exit.UNUSABLE),
    ],
)
def test_codes_of_the_command_line(words: list[str], code: Exit, tmp_path: Path) -> None:
    if words == ["chekc"]:  # The one that is started for real.
        command = [sys.executable, "-m", "tilewizard", *words]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    else:
        done = starting.run(*words, cwd=tmp_path)
    assert done.returncode == code == TilewizardError.exit_code if code else done.returncode == 0


def test_a_fault_of_our_own_and_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    from tilewizard import cli

    for raised, code in ((ValueError("no"), Exit.FAULTY), (KeyboardInterrupt(), Exit.STOPPED)):
        monkeypatch.setattr(cli.cli, "main", Mock(side_effect=raised))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert ended.value.code == code
