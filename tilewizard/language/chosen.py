"""Which language is spoken: that of ``--lang``, of TILEWIZARD_LANG, the one that is remembered, that of the system; else English."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

ENGLISH = "en"
PSEUDO = "qps"
"""A language for tests: every text in brackets. Nothing offers it."""
VARIABLE = "TILEWIZARD_LANG"
LOCALE = Path(__file__).resolve().parent.parent / "locale"
"""A folder for each language besides English: ``fr/LC_MESSAGES``."""
_SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")


def known() -> tuple[str, ...]:
    """The languages that there are, English first: those that have a folder."""
    try:
        names = sorted(each.name for each in os.scandir(LOCALE) if (Path(each.path) / "LC_MESSAGES").is_dir())
    except OSError:
        names = []
    return (ENGLISH, *names)


def normal(asked: str) -> str:
    """The known language that is meant by a word such as ``fr``, ``fr-CA`` or ``fr_FR.UTF-8``; empty: none."""
    whole = asked.strip().partition(".")[0].partition("@")[0].replace("-", "_").lower()
    alone = whole.partition("_")[0]
    if PSEUDO in (whole, alone):
        return PSEUDO
    if ENGLISH in (whole, alone) or whole in ("c", "posix"):
        return ENGLISH
    there = {each.lower(): each for each in known()}
    return there.get(whole) or there.get(alone) or ""


def asked_in(arguments: Sequence[str]) -> str:
    """What ``--lang`` says on a command line; empty: it isn't there."""
    for at, word in enumerate(arguments):
        if word == "--":
            break
        if word == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
        if word.startswith("--lang="):
            return word.partition("=")[2]
    return ""


def of_system(environ: Mapping[str, str]) -> str:
    """The language of the system, by the first of its variables that says one; English where that isn't known here."""
    said = next((environ[name] for name in _SYSTEM if environ.get(name)), "")
    return normal(said) or ENGLISH if said else ENGLISH
