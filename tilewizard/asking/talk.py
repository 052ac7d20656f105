"""Saying lines and reading lines; what is typed to move about instead of answering."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress

import click

from tilewizard.language import _
from tilewizard.quoting import visible

HELP, BACK, AHEAD, CLEAR, END, FILE, STARTER = "?", "<", ">", "-", ".", "@", "+"
GUIDE = "??"
COMMANDS = (GUIDE, HELP, BACK, AHEAD, CLEAR)
SIGNS = (*COMMANDS, END, FILE, STARTER)
MANNERS = _("""\
Each question is one prompt: type the answer and press Enter. Enter alone keeps what stands in brackets, or goes on.
  ?  explains the question           <   goes back to the question before
  -  takes the answer away           >   goes on to the next step, >> to the end
  >words  goes to the question whose label holds these words
  ??  asks three questions about your product and proposes where and how to offer it
Texts of several lines end with a line that is a single dot; @path takes them from a file.
An answer that is itself one of these signs is typed with a backslash before it. Nothing is written before the end.
Ctrl+C leaves; what you typed is kept as a draft.""")


class Back(Exception):
    """The question before this one is wanted."""


class Ahead(Exception):
    """A later question is wanted: of the next step, of the end (``>``), or the one whose label holds some words."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class Guided(Exception):
    """The guide is wanted."""


class CutShort(click.Abort):
    """Ctrl+C, or nothing more comes, in an answer of several lines: those that were typed."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self.lines = lines


class Talk:
    """The two streams. A line of several, as a terminal pastes them, is handed out line by line where lines are wanted."""

    def __init__(self) -> None:
        self._echo = not (sys.stdin is not None and sys.stdin.isatty())
        self._waiting: list[str] = []
        for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "backslashreplace")):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors=errors)
        if not self._echo:
            with suppress(ImportError):  # Lines can be edited then; some systems have none.
                import readline  # noqa: F401

    def say(self, *lines: str) -> None:
        """Print lines; nothing in them acts on the terminal."""
        for line in lines:
            for each in line.split("\n"):
                click.echo(visible(each))

    def line(self, prompt: str, explained: Callable[[], Iterable[str]]) -> str | None:
        """An answer: empty for Enter alone, None where it is to be taken away.

        Raises:
            Back, Ahead, Guided: another question is wanted.
            click.Abort: Ctrl+C, or nothing more comes.
        """
        while True:
            text = " ".join(self._read(prompt).split("\n")).strip()
            if text != HELP:
                return self._meant(text)
            self.say(*explained())

    def text(self, prompt: str, explained: Callable[[], Iterable[str]]) -> list[str] | None:
        """The lines of an answer of several; no line for Enter alone, None where it is to be taken away.

        Signs and ``@path`` count on the first line alone. A line of dots stands for itself with a dot more.

        Raises:
            Back, Ahead, Guided: another question is wanted.
            CutShort: Ctrl+C, or nothing more comes, after the first line; on it ``click.Abort``.
        """
        while True:
            first, *self._waiting = self._read(prompt).split("\n")
            if first.strip() != HELP:
                break
            self.say(*explained())
        meant = self._meant(first) if first.strip().startswith((*COMMANDS, "\\")) else first
        if not meant or meant.startswith(FILE) or meant.strip() == STARTER:
            return meant if meant is None else [meant.strip()] if meant else []
        return self._until(END, meant)

    def items(self, first: str) -> list[str]:
        """Further lines after a first one, up to an empty one.

        Raises:
            CutShort: Ctrl+C, or nothing more comes.
        """
        return self._until("", first)

    def _until(self, end: str, line: str) -> list[str]:
        lines: list[str] = []
        while line.rstrip() != end:
            dots = end == END and len(line) > 1 and not line.strip(END)
            lines.append(line[1:] if dots else line)
            if not self._waiting:
                try:
                    self._waiting = self._read("").split("\n")
                except click.Abort:
                    raise CutShort(lines) from None
            line = self._waiting.pop(0)
        return lines

    @staticmethod
    def _meant(text: str) -> str | None:
        plain = text.strip()
        if plain == CLEAR:
            return None
        if plain == BACK:
            raise Back
        if plain == GUIDE:
            raise Guided
        if plain.startswith(AHEAD):
            raise Ahead(plain[1:].strip())
        return text.replace("\\", "", 1) if plain.startswith(tuple(f"\\{sign}" for sign in SIGNS)) else text

    def _read(self, prompt: str) -> str:
        while True:
            typed: str = click.prompt(visible(prompt), default="", show_default=False, prompt_suffix="")
            typed = typed.replace("\r\n", "\n").rstrip("\r")
            if self._echo:
                self.say(typed)
            if typed.isascii() or not any("\ud800" <= char <= "\udfff" for char in typed):
                return typed
            self.say(_("This is not UTF-8 text, and was not taken: type it again."))
