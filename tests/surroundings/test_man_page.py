"""The man page: every command and option, as roff takes it, and the one that is installed is today's."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from tilewizard.cli import cli
from tilewizard.errors import Exit
from tilewizard.surroundings.man_page import FILES, VARIABLES, man_page

from tests.conftest import ROOT

ROOT_CONTEXT = click.Context(cli, info_name="tilewizard")
INTERNAL = {"TILEWIZARD_COMPLETE", "TILEWIZARD_AGAIN"}
"""What is read and needs no telling: the shell's own, and where the program was when it started anew."""


def commands(parent: click.Context) -> Iterator[click.Context]:
    group = parent.command
    assert isinstance(group, click.Group)
    for name in group.list_commands(parent):
        found = group.get_command(parent, name)
        assert found is not None
        context = click.Context(found, info_name=name, parent=parent)
        yield from commands(context) if isinstance(found, click.Group) else [context]


def test_the_page_that_is_installed_is_made_of_todays_commands() -> None:
    assert (ROOT / "docs" / "tilewizard.1").read_text("utf-8") == man_page(cli), "run `make docs`"


def test_every_command_and_option_is_told() -> None:
    page = man_page(cli).replace("\\-", "-")
    sections = dict(re.findall(r"^\.SS (.*)\n((?:(?!\.S[SH]).*\n)*)", page, re.M))
    found = list(commands(ROOT_CONTEXT))
    assert len(found) > 20 and set(sections) == {each.command_path for each in found}
    for each in found:
        for option in (param for param in each.command.params if isinstance(param, click.Option) and not param.hidden):
            assert re.search(rf"^\\fB.*{option.opts[-1]}", sections[each.command_path], re.M), option


def test_exit_codes_variables_and_files_are_told() -> None:
    page = man_page(cli)
    for code in Exit:
        assert f".TP\n\\fB{code.value}\\fR\n{code.meaning}\n" in page
    assert all(f"\\fB{name}\\fR" in page for name in VARIABLES) and all(f"\\fI{name}\\fR" in page for name in FILES)


def test_every_variable_that_is_read_is_told() -> None:
    sources = [*(ROOT / "tilewizard").rglob("*.py"), *(ROOT / "screens").rglob("*.py")]
    read = {name for path in sources for name in re.findall(r"TILEWIZARD_[A-Z_]+", path.read_text())}
    assert read - INTERNAL == {name for name in VARIABLES if name.startswith("TILEWIZARD_")}


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
def test_roff_takes_it_without_a_warning() -> None:
    page = man_page(cli)
    assert all(char.isascii() for char in page)
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-P-cbou"], input=page, capture_output=True, text=True, check=False
    )
    assert done.stderr == "" and done.returncode == 0
    shown = re.sub(r"\s+", " ", done.stdout.replace("\u2212", "-"))
    assert "tilewizard check --select readme,media --ignore readme/sections ." in shown


def test_man_prints_it() -> None:
    done = subprocess.run([sys.executable, "-m", "tilewizard", "man"], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == man_page(cli).splitlines()
