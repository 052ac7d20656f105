"""Completion: what is offered for a word that is begun, asked as a shell asks, and by the shells themselves."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tilewizard.answers.steps import STEPS_ASKED
from tilewizard.rules.registry import all_rules

from tests.commands.test_check_options import OTHER, checkout, tile
from tests.rules.clean_tile import written
from tests.starting import program, run

__all__ = ["checkout", "tile"]  # Fixtures.


def offered(line: str, cwd: Path, **environment: str) -> list[str]:
    """What bash is offered for the last word of a line."""
    words = line.split(" ")
    asked = {
        **os.environ, "_TILEWIZARD_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1),
        **environment,
    }  # fmt: skip
    done = run(cwd=cwd, environment=asked)
    assert done.stderr == ""
    return [each.partition(",")[2] for each in done.stdout.splitlines()]


def test_commands_and_options(tmp_path: Path) -> None:
    assert offered("tilewizard che", tmp_path) == ["check"]
    assert offered("tilewizard logs te", tmp_path) == ["test"]
    assert offered("tilewizard check --fo", tmp_path) == ["--format"]
    assert offered("tilewizard check --format gi", tmp_path) == ["github", "gitlab"]


@pytest.mark.parametrize("command", ["check", "edit", "ready", "pack", "logs test", "serve"])
def test_tiles_are_offered_where_a_tile_is_asked_for(checkout: Path, tile: Path, command: str) -> None:
    written(checkout / OTHER)
    (checkout / "acme_docs").mkdir()
    assert offered(f"tilewizard {command} acme", checkout) == sorted([tile.name, OTHER])
    assert offered(f"tilewizard {command} {OTHER[:-2]}", checkout) == [OTHER]


def test_tiles_are_found_from_elsewhere(checkout: Path, tile: Path) -> None:
    above = checkout.parent
    (checkout / "acme_docs").mkdir()
    assert offered("tilewizard check mark", above) == [f"marketplace/{tile.name}"]
    assert offered("tilewizard check marketplace/ac", above) == [f"marketplace/{tile.name}"]
    assert offered(f"tilewizard check {checkout}/", above) == [f"{checkout}/{tile.name}"]
    assert offered("tilewizard check ~/mark", tile, HOME=str(above)) == [f"~/marketplace/{tile.name}"]
    assert offered("tilewizard check ../", tile) == [f"../{tile.name}"]


def test_where_there_is_no_tile_any_directory_is_offered(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    assert offered("tilewizard check nowhere/x", tmp_path) == ["nowhere/x"]  # As click tells bash to look itself.
    assert offered("tilewizard check clo", tmp_path) == ["clo"]


def test_rules_are_offered(tmp_path: Path) -> None:
    names = [rule.name for rule in all_rules()]
    assert offered("tilewizard explain ", tmp_path) == names
    assert offered("tilewizard explain pricing/", tmp_path) == [name for name in names if name.startswith("pricing/")]
    first = offered("tilewizard check --select pri", tmp_path)
    assert first[0] == "pricing" and set(first[1:]) == {name for name in names if name.startswith("pri")}
    more = offered("tilewizard check --ignore readme,pri", tmp_path)
    assert more == [f"readme,{each}" for each in first]


@pytest.mark.slow
def test_steps_are_offered_and_list_their_rules(tmp_path: Path) -> None:
    assert offered("tilewizard rules --step ", tmp_path) == [step.slug for step in STEPS_ASKED]
    command = [sys.executable, "-m", "tilewizard", "rules", "--step"]
    done = subprocess.run([*command, "pricing"], capture_output=True, text=True, check=True)
    listed = [line.split()[0] for line in done.stdout.splitlines()[:-2]]
    assert listed and set(listed) == {rule.name for rule in all_rules() if rule.step == "pricing"}
    wrong = subprocess.run([*command, "pricng"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2 and "did you mean pricing?" in wrong.stderr


ASKING = {
    "bash": """eval "$(tilewizard completion bash)"
COMP_WORDS=({line}); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
$(complete -p tilewizard | sed 's/.*-F \\([^ ]*\\).*/\\1/') tilewizard; printf '%s\\n' "${COMPREPLY[@]}" """,
    "fish": """tilewizard completion fish | source
complete -C '{line}' | string replace -r '\\t.*' ''; true""",
    # Of zsh, which completes with a terminal alone, what its function is given.
    "zsh": """autoload -Uz compinit; compinit -u -D
eval "$(tilewizard completion zsh)"
[[ ${_comps[tilewizard]} == _tilewizard_completion ]] || exit 3
compadd() { while (( $# )) && [[ $1 != -- ]]; do last=$1; shift; done; print -rl -- ${(P)last} }
_describe() { print -rl -- ${${(P)3}%%:*} }
words=({line}); CURRENT=${#words}; _tilewizard_completion""",
}


@pytest.mark.parametrize("shell", ASKING)
def test_a_shell_completes_with_what_is_printed_for_it(shell: str, tmp_path: Path, checkout: Path, tile: Path) -> None:
    its_program = shutil.which(shell)
    if its_program is None:
        pytest.skip(f"{shell} is not installed")
    found = tmp_path / "bin" / "tilewizard"
    found.parent.mkdir()
    found.write_text(f'#!/bin/sh\nexec {shlex.join(program())} "$@"\n')
    found.chmod(0o755)
    environment = {**os.environ, "PATH": f"{found.parent}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    for line, expected in (
        ("tilewizard check ac", tile.name),
        ("tilewizard explain pricing/metric-f", "pricing/metric-format"),
    ):
        done = subprocess.run(
            [its_program, "-c", ASKING[shell].replace("{line}", line)],
            cwd=checkout, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.stdout.split(), done.stderr, done.returncode) == ([expected], "", 0)


def test_other_shells_are_refused() -> None:
    done = run("completion", "tcsh")
    assert done.returncode == 2 and "'bash', 'zsh', 'fish'" in done.stderr
