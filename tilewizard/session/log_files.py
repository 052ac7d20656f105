"""A session's pipeline and tests as texts, and both put back as one change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tilewizard.language import _

from ..answers.model import Answers
from ..errors import TilewizardError
from ..field.names import snake
from .session import Session


@dataclass(frozen=True)
class LogFiles:
    """The texts of a pipeline and its tests, empty where there is none; the source of the logs; whose they are."""

    pipeline: str = ""
    tests: str = ""
    source: str = ""
    app_id: str = ""


def log_files(session: Session) -> LogFiles:
    """What the answers name, read.

    Raises:
        TilewizardError: a file that they name can't be read.
    """
    logs = session.answers.logs
    listing = session.settled().listing
    source = logs.source or snake(listing.directory)
    return LogFiles(_text(logs.pipeline), _text(logs.tests), source, listing.app_id)


def keep_log_files(session: Session, files: LogFiles, keep: Callable[[str, bytes], Path]) -> bool:
    """Put a pipeline and its tests into the answers as one change; a file whose text is as it was stays what it is.

    Args:
        session: whose answers.
        files: the texts; one that is empty leaves the answer as it is.
        keep: takes the name and the bytes of a file, and gives the path it is kept at.

    Returns:
        Whether that changed anything.

    Raises:
        TilewizardError: a file can't be kept.
    """
    before, logs = log_files(session), session.answers.logs
    name = snake(files.source) or "logs"
    changed: dict[str, str] = {}
    for key, usual in (("pipeline", f"{name}.yaml"), ("tests", f"{name}_tests.yaml")):
        text, was = getattr(files, key), getattr(logs, key)
        if text and text != getattr(before, key):
            changed[key] = str(keep(Path(was).name if was else usual, text.encode()))
    if not logs.source and files.source and "pipeline" in changed and not logs.pipeline:
        changed["source"] = files.source
    if not changed:
        return False
    after: Answers = session.answers.model_copy(update={"logs": logs.model_copy(update=changed)})
    session.replace(after, ("logs", "pipeline" if "pipeline" in changed else next(iter(changed))))
    session.touched.update(("logs", key) for key in changed)
    return True


def _text(answer: str) -> str:
    if not answer:
        return ""
    try:
        return Path(answer).read_bytes().decode()  # Line ends stay what they are.
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else _("it is no text in UTF-8")
        raise TilewizardError(_("can't be read: {why}", why=why), file=answer, remedy=_("name another file")) from None
