"""Which language is spoken, and what a text becomes in it. Each language has a process of its own: it is settled once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tilewizard.language.chosen import asked_in, normal, of_system


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("fr", "fr"), ("FR", "fr"), ("fr-CA", "fr"), ("fr_FR.UTF-8", "fr"), ("fr_BE@euro", "fr"), ("en_GB", "en"),
     ("C.UTF-8", "en"), ("POSIX", "en"), ("xx", ""), ("", ""), ("../fr", "")],
)  # fmt: skip
def test_a_word_means_a_language_that_is_known(asked: str, meant: str) -> None:
    assert normal(asked) == meant


@pytest.mark.parametrize(
    ("line", "asked"),
    [("--lang fr check", "fr"), ("check --lang=fr x", "fr"), ("check -- --lang fr", ""), ("--lang", ""), ("check", "")],
)
def test_the_command_line_names_a_language(line: str, asked: str) -> None:
    assert asked_in(line.split()) == asked


@pytest.mark.parametrize(
    ("environ", "spoken"),
    [({"LANG": "fr_FR.UTF-8"}, "fr"), ({"LC_ALL": "C", "LANG": "fr_FR"}, "en"), ({"LC_MESSAGES": "fr", "LANG": "en"}, "fr"),
     ({"LC_ALL": "", "LANG": "fr"}, "fr"), ({"LANG": "sw_KE"}, "en"), ({}, "en")],
)  # fmt: skip
def test_the_system_s_language_is_that_of_its_first_variable(environ: dict[str, str], spoken: str) -> None:
    assert of_system(environ) == spoken


def said(script: str, *words: str, **environ: str) -> str:
    """What a process prints that speaks a language."""
    env = {
        key: value
        for key, value in os.environ.items()
        if key not in ("TILEWIZARD_LANG", "LANG", "LC_ALL", "LC_MESSAGES")
    }
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        env=env | environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr


RUN = "import sys; sys.argv[0] = 'tilewizard'; from tilewizard.cli import main; main()"
TELL = "import sys; import tilewizard.cli; from tilewizard.language import spoken; print(spoken())"


@pytest.mark.slow
def test_the_line_comes_before_the_environment_and_that_before_what_is_remembered(state: Path) -> None:
    (state / "language.json").write_text('"fr"')
    assert said(TELL, LANG="C").strip() == "fr"
    assert said(TELL, LANG="C", TILEWIZARD_LANG="en").strip() == "en"
    assert said(TELL, "--lang", "qps", TILEWIZARD_LANG="en").strip() == "qps"
    (state / "language.json").write_text("[[[")
    assert said(TELL, LANG="fr_FR.UTF-8").strip() == "fr"


@pytest.mark.parametrize("words", [("--lang", "xx", "rules"), ("rules", "--lang", "xx")])
def test_an_unknown_language_is_refused_with_those_that_there_are(words: tuple[str, ...]) -> None:
    assert "'xx' is no language that there is: take en, fr" in said(RUN, *words)


def test_a_command_speaks_a_language_with_what_click_says() -> None:
    told = said(RUN, "rules", "--help", TILEWIZARD_LANG="qps")
    assert "⟦Usage:⟧ tilewizard rules" in told and "⟦List every rule: its name" in told
    assert "⟦Error: ⟦No such option '--zzz'.⟧⟧" in said(RUN, "rules", "--zzz", TILEWIZARD_LANG="qps")


def test_values_numbers_and_two_forms() -> None:
    script = """
from tilewizard.language import _, ngettext, number, speak
speak("qps"); print(_("{a} of {b}", a="{x}", b=2), ngettext("{count} file", "{count} files", 1), _("as {is}"))
speak("fr"); print(_("{size:,} unknown bytes", size=1234567).replace(chr(0x202f), "_"), number(12345.5).replace(chr(0x202f), "_"))
speak("en"); print(_("{size:,} bytes", size=1234567), ngettext("{count} file", "{count} files", 2), number(12345))
"""
    assert said(script).splitlines() == [
        "⟦{x} of 2⟧ ⟦1 file⟧ ⟦as {is}⟧",
        "1_234_567 unknown bytes 12_345,5",
        "1,234,567 bytes 2 files 12,345",
    ]


@pytest.mark.slow
def test_programs_read_the_same_states_whatever_is_spoken() -> None:
    script = """
import sys; from tilewizard.language import speak; speak(sys.argv[1])
from tilewizard.publishing.ready import State; from tilewizard.publishing.validators import Verdict; assert Verdict.BREAKS.value == "breaks down"; print([each.value for each in State], State.OPEN.words)
"""
    told = {language: said(script, language).strip() for language in ("en", "qps", "fr")}
    states = "['met', 'confirmed', 'to confirm', 'not met']"
    assert told == {
        "en": f"{states} to confirm", "qps": f"{states} ⟦to confirm⟧", "fr": f"{states} à confirmer",
    }  # fmt: skip
