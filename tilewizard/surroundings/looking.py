"""What ``tilewizard doctor`` looks at, one thing after the other, each with a remedy where one is needed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tilewizard.errors import TilewizardError
from tilewizard.language import _

from .pictures import SWITCH, Way, way_by
from .terminals import terminals_by
from .versions import installed

OLDEST = (3, 11)
"""The Python that is needed at least."""
SMALLEST = (80, 24)
"""Columns and lines that the wizard is made for at least."""
_PATIENCE_SECONDS = 10


class State(StrEnum):
    """How a thing stands."""

    FINE = "ok"
    NOTE = "note"
    """Something is less than it could be; all works without."""
    BAD = "bad"
    """tilewizard, or a part of it, doesn't work so."""


@dataclass(frozen=True)
class Seen:
    """What was seen of one thing.

    Attributes:
        subject: the thing, a word.
        state: how it stands.
        told: what was seen, a line.
        remedy: what to do; empty where it is fine.
    """

    subject: str
    state: State
    told: str
    remedy: str = ""


def fine(subject: str, told: str) -> Seen:
    """A thing that is as it should be."""
    return Seen(subject, State.FINE, told)


def looked_at(folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[Seen]:
    """Everything, in the order in which it is told.

    Args:
        folder: where one works: a checkout, or a folder in it.
        environment: in place of the process's own.
    """
    given = os.environ if environment is None else environment
    yield python(sys.version_info[:3])
    yield from packages()
    yield terminal(given, _size())
    yield encoding(sys.stdout.encoding if sys.stdout is not None else "")
    yield colours(given)
    yield keys(given)
    yield mouse(given)
    yield clipboard(given)
    yield pictures(given)
    yield git()
    yield ddev()
    yield checkout(folder)
    yield from folders(folder)


def python(version: tuple[int, ...]) -> Seen:
    """The Python that runs."""
    told = ".".join(map(str, version))
    if version[:2] < OLDEST:
        return Seen(
            "Python", State.BAD, _("{told} is too old", told=told), _("install tilewizard with Python 3.11 or later")
        )
    return fine("Python", told)


def packages() -> Iterator[Seen]:
    """What tilewizard needs, and its extras."""
    found = installed()
    missing = [each.name for each in found.needed if not each.version]
    if not found.needed:
        told = _("tilewizard was not installed as a package: nothing is known of the ones that it needs")
        yield Seen("packages", State.NOTE, told, _("pip install tilewizard, or make run in its repository"))
    elif missing:
        yield Seen(
            "packages", State.BAD, _("missing: {missing}", missing=", ".join(missing)), _("install tilewizard again")
        )
    else:
        yield fine(
            "packages",
            _("all {count} that are needed; `tilewizard --version --verbose` lists them", count=len(found.needed)),
        )
    absent = [name for name, each in found.extras.items() if not all(package.version for package in each)]
    if absent:
        remedy = _("as you need them: ") + ", ".join(f"pip install 'tilewizard[{name}]'" for name in absent)
        yield Seen("extras", State.NOTE, _("not installed: {absent}", absent=", ".join(absent)), remedy)
    elif found.extras:
        yield fine("extras", _("{extras} are installed", extras=", ".join(found.extras)))


def terminal(environment: Mapping[str, str], size: tuple[int, int] | None) -> Seen:
    """The terminal itself: whether there is one, what it is, how large it is.

    Args:
        environment: which one it says that it is.
        size: columns and lines; None: there is none.
    """
    term = environment.get("TERM", "")
    names = " in ".join(each.name for each in reversed(terminals_by(environment))) or _(
        "TERM={term}", term=term or _("(not set)")
    )
    if size is None:
        told = _("standard input and output are none: the wizard needs one, everything else works without")
        return Seen("terminal", State.NOTE, told, _("run the doctor in the terminal that you use"))
    if term in ("", "dumb"):
        return Seen(
            "terminal",
            State.BAD,
            _("{names} can't show a screen", names=names),
            _("set TERM, to xterm-256color as a rule; or use --plain"),
        )
    told = f"{names}, {size[0]}x{size[1]}"
    if size[0] < SMALLEST[0] or size[1] < SMALLEST[1]:
        return Seen(
            "terminal",
            State.NOTE,
            told,
            _("make it {smallest}x{smallest2} or larger", smallest=SMALLEST[0], smallest2=SMALLEST[1]),
        )
    return fine("terminal", told)


def encoding(name: str) -> Seen:
    """The encoding of what is printed."""
    if name.lower().replace("-", "").replace("_", "") == "utf8":
        return fine("encoding", "UTF-8")
    remedy = _("set LC_ALL to a UTF-8 locale, such as C.UTF-8, or PYTHONUTF8=1")
    return Seen("encoding", State.NOTE, _("{name}: signs beyond it are shown as numbers", name=name or "none"), remedy)


def colours(environment: Mapping[str, str]) -> Seen:
    """How many colours there are."""
    if environment.get("NO_COLOR"):
        return Seen(
            "colours", State.NOTE, _("none, as NO_COLOR says: states are told in words and signs"), _("unset NO_COLOR")
        )
    if environment.get("COLORTERM", "").lower() in ("truecolor", "24bit") or environment.get("TERM", "").endswith(
        "-direct"
    ):
        return fine("colours", _("16 million"))
    if "256" in environment.get("TERM", ""):
        return Seen("colours", State.NOTE, "256", _("set COLORTERM=truecolor, if your terminal shows more"))
    return Seen(
        "colours",
        State.NOTE,
        _("16 or fewer"),
        _("set TERM to xterm-256color, if your terminal shows more; or --high-contrast"),
    )


def keys(environment: Mapping[str, str]) -> Seen:
    """The keys that the terminal keeps for itself, by default."""
    keeping = [each for each in terminals_by(environment) if each.keeps]
    if not keeping:
        return fine("keys", _("none is known to be kept by the terminal"))
    told = "; ".join(_("{name} keeps {keeps}", name=each.name, keeps=", ".join(each.keeps)) for each in keeping)
    remedy = "; ".join(each.frees for each in keeping)
    return Seen(
        "keys",
        State.NOTE,
        told,
        _("{remedy}; F10 or Alt+X opens the palette, from which all is reached", remedy=remedy),
    )


def mouse(environment: Mapping[str, str]) -> Seen:
    """Whether clicks reach the wizard."""
    if environment.get("TERM", "") in ("", "dumb", "linux"):
        return Seen("mouse", State.NOTE, _("this terminal tells of none"), _("everything can be done by keys"))
    if environment.get("TMUX") and _tmux("mouse") == "off":
        return Seen("mouse", State.NOTE, _("tmux keeps it for itself"), _("tmux set -g mouse on"))
    return fine("mouse", _("works; --no-mouse leaves it to the terminal, to select and copy"))


def clipboard(environment: Mapping[str, str]) -> Seen:
    """Whether what is copied by OSC 52 reaches the clipboard."""
    found = terminals_by(environment)
    otherwise = _("select with Shift and the mouse, or start with --no-mouse")
    for each in found:
        if each.copies is False:
            return Seen("clipboard", State.NOTE, _("{name} takes no copied text (OSC 52)", name=each.name), otherwise)
    for each in found:
        if each.variable == "TMUX" and _tmux("set-clipboard") in ("on", "external"):
            # `external` lets tmux itself copy, but drops what a program in it sends.
            if _tmux("set-clipboard") == "on":
                continue
            return Seen("clipboard", State.NOTE, _("tmux drops what a program copies"), each.allows)
        if each.copies is None:
            told = _("whether {name} takes a copied text (OSC 52) is not known", name=each.name)
            return Seen(
                "clipboard", State.NOTE, told, each.allows or _("try Alt+C; else {otherwise}", otherwise=otherwise)
            )
    if not found:
        told = _("whether this terminal takes a copied text (OSC 52) is not known")
        return Seen("clipboard", State.NOTE, told, _("try Alt+C; else {otherwise}", otherwise=otherwise))
    return fine("clipboard", _("takes a copied text (OSC 52), over SSH too"))


def pictures(environment: Mapping[str, str]) -> Seen:
    """How pictures are shown."""
    try:
        way = way_by(environment)
    except TilewizardError as error:
        return Seen("pictures", State.BAD, error.fault, error.remedy)
    if way == Way.BLOCKS:
        remedy = _(
            "kitty, Ghostty, iTerm2, WezTerm, foot and Konsole show real ones; {switch} says otherwise", switch=SWITCH
        )
        return Seen("pictures", State.NOTE, _("as half blocks"), remedy)
    if way == Way.NONE:
        return Seen("pictures", State.NOTE, _("none, in words"), _("unset {switch}", switch=SWITCH))
    return fine("pictures", _("real ones ({way})", way=way.value))


def git() -> Seen:
    """Git, which knows what changed and what is published."""
    said = _answer("git", "--version")
    if said is None:
        told = _("is not installed, or doesn't answer: what changed, and what is on the default branch, isn't known")
        return Seen("git", State.NOTE, told, _("install git"))
    return fine("git", said.removeprefix("git version "))


def ddev() -> Seen:
    """Datadog's own tool, which validates a tile and an Agent check."""
    said = _answer("ddev", "--version")
    if said is None:
        told = _("is not installed: Datadog's own validators run on the pull request alone")
        return Seen("ddev", State.NOTE, told, _("pipx install ddev"))
    return fine("ddev", said.split()[-1] if said else "answers")


def checkout(folder: Path) -> Seen:
    """The checkout that one works in."""
    from tilewizard.tile.checkout import find_checkout

    found = find_checkout(folder)
    if found is None:
        told = _(
            "{folder} is in none: owners, published versions and what changed aren't known", folder=folder.resolve()
        )
        return Seen(
            "checkout", State.NOTE, told, _("go to your checkout of marketplace or integrations-extras, or name it")
        )
    if found.target is None:
        told = _("{root}: of neither marketplace nor integrations-extras, by its remotes and its name", root=found.root)
        return Seen("checkout", State.NOTE, told, _("--target says which repository a tile is for"))
    reason = found.why_not("rev-parse", "--git-dir")
    if reason:
        owned = "dubious ownership" in reason
        remedy = (
            f"git config --global --add safe.directory {found.root}"
            if owned
            else _("git clone the repository, and work there")
        )
        return Seen("checkout", State.NOTE, f"{found.root}: {reason}", remedy)
    return fine("checkout", f"{found.root}, {found.target.value}")


def folders(folder: Path) -> Iterator[Seen]:
    """The folders that are written to."""
    from tilewizard.checking.remembered import Memory
    from tilewizard.writing.state_folder import state_folder

    memory = Memory.of_user()
    for subject, place, state, remedy in (
        ("drafts", state_folder(), State.BAD, _("make it writable, or name another folder: TILEWIZARD_STATE")),
        ("cache", memory.folder if memory else None, State.NOTE, _("make it writable; or check --no-cache")),
        (_("this folder"), folder.resolve(), State.NOTE, _("make it writable, or write elsewhere with --into")),
    ):
        reason = unwritable(place) if place is not None else ""
        if place is None:
            yield fine(subject, _("none is kept: tilewizard runs out of an archive"))
        elif reason:
            yield Seen(subject, state, f"{place}: {reason}", remedy)
        else:
            yield fine(subject, _("{place} can be written", place=place))


def unwritable(folder: Path) -> str:
    """Why nothing can be written into a folder, or into the nearest one above it that is there; empty when it can."""
    there = next((each for each in (folder, *folder.parents) if os.path.lexists(each)), folder)
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        return _("can't be written: {strerror}", strerror=error.strerror or error)
    return ""


def _size() -> tuple[int, int] | None:
    """Columns and lines of the terminal; None: standard input or output is none."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty()):
        return None
    found = shutil.get_terminal_size()
    return found.columns, found.lines


def _tmux(option: str) -> str | None:
    return _answer("tmux", "show-options", "-gqv", option) or _answer("tmux", "show-options", "-sqv", option)


def _answer(*words: str) -> str | None:
    """The first line that a program prints; None: it isn't there, fails, or takes too long."""
    program = shutil.which(words[0])
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, *words[1:]], capture_output=True, text=True, errors="replace", check=False,
            timeout=_PATIENCE_SECONDS, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.partition("\n")[0].strip() if done.returncode == 0 else None
