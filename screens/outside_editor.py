"""A text in the editor that the partner is used to, named by ``$VISUAL`` or ``$EDITOR``."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tilewizard.errors import TilewizardError
from tilewizard.language import _
from tilewizard.quoting import quoted

if TYPE_CHECKING:
    from textual.app import App


class NoEditor(TilewizardError):
    """The editor can't be started, or it failed."""


def editor_command() -> list[str]:
    """The editor's command.

    Raises:
        NoEditor: none is named.
    """
    for name in ("VISUAL", "EDITOR"):
        command = os.environ.get(name, "").strip()
        if command:
            try:
                return shlex.split(command)
            except ValueError as error:
                raise NoEditor(
                    _("${name} is {command}: {error}", name=name, command=quoted(command), error=error),
                    remedy=_("mend ${name}", name=name),
                ) from error
    raise NoEditor(
        _("neither $VISUAL nor $EDITOR names an editor"),
        remedy=_("set one before you start, such as: export EDITOR=nano"),
    )


def edited(app: App[object], text: str, name: str) -> str:
    """A text as it is when the editor was left; the text itself when nothing was changed.

    Args:
        app: gives the terminal to the editor meanwhile.
        text: its lines end in ``\\n``.
        name: of the file that the editor shows, without an ending.

    Raises:
        NoEditor: there is none, it can't have the terminal, it failed, or it took the file away.
    """
    command = editor_command()
    with tempfile.TemporaryDirectory(prefix="tilewizard-") as folder:
        path = Path(folder) / f"{name}.md"
        before = (text if text.endswith("\n") or not text else f"{text}\n").encode("utf-8", "surrogateescape")
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(before)
        _run(app, [*command, str(path)])
        try:
            after = path.read_bytes()
        except OSError as error:
            raise NoEditor(_("the editor left no file behind"), remedy=_("nothing was changed")) from error
    return text if after == before else _taken(after, text)


def _taken(data: bytes, before: str) -> str:
    """What the editor wrote, with plain line ends, and with a last one only where there was one before."""
    plain = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    plain = plain.replace("\r\n", "\n").replace("\r", "\n")
    return plain if before.endswith("\n") else plain.rstrip("\n")


def _run(app: App[object], command: list[str]) -> None:
    from textual.app import SuspendNotSupported

    try:
        with app.suspend(), _undisturbed():
            code = subprocess.run(command, check=False).returncode
    except SuspendNotSupported as error:
        raise NoEditor(
            _("an editor can't have this terminal"),
            remedy=_("it works where tilewizard runs in a terminal of your own"),
        ) from error
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise NoEditor(
            _("{command} can't be started: {why}", command=quoted(command[0]), why=why),
            remedy=_("look at $VISUAL and $EDITOR"),
        ) from error
    if code:
        how = _("ended with code {code}", code=code) if code > 0 else _("was stopped by signal {value}", value=-code)
        raise NoEditor(f"{quoted(command[0])} {how}", remedy=_("nothing was changed"))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl+C is the editor's meanwhile; a handler, unlike SIG_IGN, isn't inherited by it."""
    try:
        before = signal.signal(signal.SIGINT, lambda *__: None)
    except ValueError:  # Not the main thread: then signals don't come here.
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
