"""The doctor: each thing as it stands, with a remedy for each that is less than it could be."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from tilewizard.screens.help import KEYS
from tilewizard.surroundings import looking
from tilewizard.surroundings.looking import SMALLEST, Seen, State, looked_at, unwritable
from tilewizard.surroundings.terminals import TERMINALS, terminals_by

from tests.commands.test_check_in_the_wild import needs_permissions, run, run_as_anybody
from tests.commands.test_check_options import checkout, git

__all__ = ["checkout"]  # Fixture.

GOOD = {"TERM": "xterm-kitty", "COLORTERM": "truecolor"}
VSCODE = {"TERM_PROGRAM": "vscode", "TERM": "xterm-256color", "COLORTERM": "truecolor", "VTE_VERSION": "7006"}


@pytest.fixture(autouse=True)
def nothing_outside(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, ...], str]:
    """Programs that answer, by their words; all others are not installed."""
    answers: dict[tuple[str, ...], str] = {}
    monkeypatch.setattr(looking, "_answer", lambda *words: answers.get(words))
    return answers


def test_everything_is_looked_at_and_has_a_remedy(checkout: Path) -> None:
    seen = list(looked_at(checkout, {}))
    assert [each.subject for each in seen] == [
        "Python", "packages", "extras", "terminal", "encoding", "colours", "keys", "mouse", "clipboard", "pictures",
        "git", "ddev", "checkout", "drafts", "cache", "this folder",
    ]  # fmt: skip
    assert all(each.told and bool(each.remedy) == (each.state != State.FINE) for each in seen)


@pytest.mark.parametrize(
    ("version", "state"), [((3, 10, 9), State.BAD), ((3, 11, 0), State.FINE), ((3, 14, 1), State.FINE)]
)
def test_python(version: tuple[int, ...], state: State) -> None:
    assert looking.python(version).state == state


@pytest.mark.parametrize(
    ("environment", "size", "state", "told"),
    [
        (GOOD, SMALLEST, State.FINE, "kitty, 80x24"),
        (GOOD, (79, 24), State.NOTE, "kitty, 79x24"),
        (GOOD, (200, 23), State.NOTE, "kitty, 200x23"),
        (GOOD, None, State.NOTE, "are none"),
        ({"TERM": "dumb"}, (80, 24), State.BAD, "can't show a screen"),
        ({}, (80, 24), State.BAD, "TERM=(not set)"),
        ({**VSCODE, "TMUX": "x"}, (80, 24), State.FINE, "tmux in Visual Studio Code"),
        ({"TERM": "vt420"}, (80, 24), State.FINE, "TERM=vt420"),
    ],
)
def test_terminal(environment: dict[str, str], size: tuple[int, int] | None, state: State, told: str) -> None:
    seen = looking.terminal(environment, size)
    assert seen.state == state and told in seen.told


@pytest.mark.parametrize(
    ("name", "state"), [("utf-8", State.FINE), ("UTF8", State.FINE), ("ascii", State.NOTE), ("", State.NOTE)]
)
def test_encoding(name: str, state: State) -> None:
    assert looking.encoding(name).state == state


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        (GOOD, "16 million"),
        ({"TERM": "xterm-direct"}, "16 million"),
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm"}, "16 or fewer"),
        ({**GOOD, "NO_COLOR": "1"}, "none, as NO_COLOR says"),
        ({**GOOD, "NO_COLOR": ""}, "16 million"),
    ],
)
def test_colours(environment: dict[str, str], told: str) -> None:
    assert looking.colours(environment).told.startswith(told)


@pytest.mark.parametrize(
    ("environment", "names"),
    [
        (GOOD, ["kitty"]),
        (VSCODE, ["Visual Studio Code"]),  # Started from a terminal of VTE.
        ({"VTE_VERSION": "7006", "TERM": "xterm-256color"}, ["a terminal of VTE"]),
        ({"GNOME_TERMINAL_SCREEN": "/x", "VTE_VERSION": "7006"}, ["GNOME Terminal"]),
        ({"TERM_PROGRAM": "tmux", "TMUX": "x", "KONSOLE_VERSION": "220400"}, ["Konsole", "tmux"]),
        ({"TERM_PROGRAM": "new", "VTE_VERSION": "7006"}, []),
        ({"ZELLIJ": "0", "TERM": "alacritty"}, ["Alacritty", "Zellij"]),
        ({}, []),
    ],
)
def test_terminals_are_known_by_what_they_say(environment: dict[str, str], names: list[str]) -> None:
    assert [each.name for each in terminals_by(environment)] == names


def test_keys_that_are_kept_are_the_wizards() -> None:
    used = set(re.findall(r"(?:(?:Ctrl|Alt|Shift)\+)?\w+", " ".join(f"{keys} {what}" for keys, what in KEYS)))
    for each in TERMINALS:
        assert set(each.keeps) <= used and bool(each.keeps) == bool(each.frees), each.name
    seen = looking.keys(VSCODE)
    assert "Visual Studio Code keeps F1, F5, F6, Ctrl+P" in seen.told and "Alt+X" in seen.remedy
    both = looking.keys({**VSCODE, "ZELLIJ": "0"})
    assert "Visual Studio Code keeps" in both.told and "Zellij keeps" in both.told
    assert looking.keys(GOOD).state == State.FINE


@pytest.mark.parametrize(
    ("environment", "answers", "mouse", "clipboard"),
    [
        (GOOD, {}, State.FINE, State.FINE),
        ({"TERM": "linux"}, {}, State.NOTE, State.NOTE),
        ({"VTE_VERSION": "7006", "TERM": "xterm-256color"}, {}, State.FINE, State.NOTE),
        ({**GOOD, "TMUX": "x"}, {"mouse": "on", "set-clipboard": "on"}, State.FINE, State.FINE),
        ({**GOOD, "TMUX": "x"}, {"mouse": "off", "set-clipboard": "external"}, State.NOTE, State.NOTE),
        ({**GOOD, "TMUX": "x"}, {"mouse": "off", "set-clipboard": "off"}, State.NOTE, State.NOTE),
        ({**GOOD, "STY": "x"}, {}, State.FINE, State.NOTE),
        ({"TERM_PROGRAM": "iTerm.app", "TERM": "xterm-256color"}, {}, State.FINE, State.NOTE),
        ({"TERM": "xterm-256color"}, {}, State.FINE, State.NOTE),
    ],
)
def test_mouse_and_clipboard(
    environment: dict[str, str], answers: dict[str, str], mouse: State, clipboard: State,
    nothing_outside: dict[tuple[str, ...], str],
) -> None:  # fmt: skip
    nothing_outside |= {("tmux", "show-options", "-gqv", name): value for name, value in answers.items()}
    found: list[Seen] = [looking.mouse(environment), looking.clipboard(environment)]
    assert [each.state for each in found] == [mouse, clipboard]
    if answers.get("set-clipboard") not in (None, "on"):
        assert found[1].remedy == "tmux set -g set-clipboard on"


def test_pictures() -> None:
    assert looking.pictures(GOOD).told == "real ones (kitty)"
    assert looking.pictures({}).state == looking.pictures({"TILEWIZARD_PICTURES": "none"}).state == State.NOTE
    wrong = looking.pictures({"TILEWIZARD_PICTURES": "gif"})
    assert wrong.state == State.BAD and "kitty, iterm2" in wrong.remedy


def test_programs(nothing_outside: dict[tuple[str, ...], str]) -> None:
    assert looking.git().remedy == "install git" and looking.ddev().remedy == "pipx install ddev"
    nothing_outside |= {("git", "--version"): "git version 2.39.5", ("ddev", "--version"): "ddev, version 20.1.0"}
    assert looking.git().told == "2.39.5" and looking.ddev().told == "20.1.0"


def test_checkout(checkout: Path, tmp_path: Path) -> None:
    assert looking.checkout(checkout / "acme_corp_acme_widget") == looking.fine("checkout", f"{checkout}, marketplace")
    assert looking.checkout(tmp_path).state == State.NOTE and "is in none" in looking.checkout(tmp_path).told
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    assert "--target" in looking.checkout(other).remedy
    shutil.rmtree(checkout / ".git")
    (checkout / ".git").mkdir()
    assert "not a git repository" in looking.checkout(checkout).told


def test_folders_are_left_as_they_were(tmp_path: Path) -> None:
    assert unwritable(tmp_path / "new" / "folder") == "" and list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("")
    assert "ot a directory" in unwritable(tmp_path / "file" / "folder")


@needs_permissions
def test_drafts_that_cannot_be_kept_are_in_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    monkeypatch.setenv("TILEWIZARD_STATE", str(closed / "state"))
    done = run_as_anybody("doctor", "--format", "json", tmp_path)
    (drafts,) = [each for each in json.loads(done.stdout) if each["subject"] == "drafts"]
    assert done.returncode == 1 and drafts["state"] == "bad" and "TILEWIZARD_STATE" in drafts["remedy"]


def test_the_command(checkout: Path) -> None:
    done = run("doctor", cwd=checkout, TERM="xterm-256color", COLORTERM="", TILEWIZARD_PICTURES="")
    assert done.returncode == 0 and "nothing is in the way; " in done.stdout and "\x1b" not in done.stdout
    wrong = run("doctor", cwd=checkout, TILEWIZARD_PICTURES="gi\x1bf", FORCE_COLOR="1", NO_COLOR="")
    assert wrong.returncode == 1 and "1 thing is in the way" in wrong.stdout and "\x1bf" not in wrong.stdout
    assert run("doctor", checkout / "nowhere").returncode == 2
