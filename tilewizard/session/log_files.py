"""A session's pipelines and their tests as texts, and a pair of them put back as one change."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tilewizard.language import _

from ..answers.model import Answers
from ..errors import TilewizardError
from ..field.asset_kinds import LOGS
from ..field.names import snake
from ..tile.asset_files import files_of
from ..tile.tile import Tile, TileFile
from .session import Session


@dataclass(frozen=True)
class LogFiles:
    """The texts of a pipeline and its tests, empty where there is none; the source of the logs; whose they are.

    Attributes:
        pipeline: YAML, with the line ends of its file.
        tests: YAML, likewise.
        source: that the logs carry.
        app_id: of the tile.
        path: of the pipeline in the tile, where it is another one than the answers name.
    """

    pipeline: str = ""
    tests: str = ""
    source: str = ""
    app_id: str = ""
    path: str = ""


def pipelines_of(session: Session) -> list[str]:
    """The pipelines of the tile by their paths in it, the one that the answers name first, as an empty text.

    That one is there also while it is still to be made.
    """
    tile, named = session.tile(), session.answers.logs.pipeline
    root = session.base.root if session.base is not None else None
    return ["", *(file.path for file in _pipelines(tile) if not named or not _stands_for(file, named, root))]


def log_files(session: Session, path: str = "") -> LogFiles:
    """A pipeline and its tests, read.

    Args:
        session: whose.
        path: of the pipeline in the tile; empty: the one that the answers name.

    Raises:
        TilewizardError: a file can't be read.
    """
    logs, listing = session.answers.logs, session.settled().listing
    if path:
        tile = session.tile()
        pipeline, tests = (_text_in(tile, each) for each in (path, _tests_of(tile, path)))
        return LogFiles(pipeline, tests, _source(pipeline) or logs.source, listing.app_id, path)
    source = logs.source or snake(listing.directory)
    return LogFiles(_text(logs.pipeline), _text(logs.tests), source, listing.app_id)


def with_log_files(session: Session, files: LogFiles, keep: Callable[[str, bytes], Path]) -> Answers:
    """The session's answers with a pipeline and its tests; a file whose text is as it was stays what it is.

    Args:
        session: whose answers; they are not changed.
        files: the texts; one that is empty leaves the answer as it is.
        keep: takes the name and the bytes of a file, and gives the path it is kept at.

    Raises:
        TilewizardError: a file can't be kept.
    """
    before, answers = log_files(session, files.path), session.answers
    if files.path:
        places = (("pipeline", files.path), ("tests", _tests_of(session.tile(), files.path)))
        kept = {
            place: str(keep(PurePosixPath(place).name, text.encode()))
            for key, place in places
            if (text := getattr(files, key)) and text != getattr(before, key)
        }
        return answers.model_copy(update={"files": {**answers.files, **kept}}) if kept else answers
    logs = answers.logs
    name = snake(files.source) or "logs"
    changed: dict[str, str] = {}
    for key, usual in (("pipeline", f"{name}.yaml"), ("tests", f"{name}_tests.yaml")):
        text, was = getattr(files, key), getattr(logs, key)
        if text and text != getattr(before, key):
            changed[key] = str(keep(Path(was).name if was else usual, text.encode()))
    if not logs.source and files.source and "pipeline" in changed and not logs.pipeline:
        changed["source"] = files.source
    return answers.model_copy(update={"logs": logs.model_copy(update=changed)}) if changed else answers


def keep_log_files(session: Session, files: LogFiles, keep: Callable[[str, bytes], Path]) -> bool:
    """Put a pipeline and its tests into the answers as one change, see :func:`with_log_files`.

    Returns:
        Whether that changed anything.

    Raises:
        TilewizardError: a file can't be kept.
    """
    before, after = session.answers, with_log_files(session, files, keep)
    if after == before:
        return False
    if files.path:
        session.replace(after, ("logs", "pipeline"))
        return True
    changed = [key for key in ("pipeline", "tests", "source") if getattr(after.logs, key) != getattr(before.logs, key)]
    session.replace(after, ("logs", changed[0]))
    session.touched.update(("logs", key) for key in changed)
    return True


def _pipelines(tile: Tile) -> list[TileFile]:
    return [file for file in files_of(tile, LOGS) if not re.search(r"_tests\.ya?ml$", file.path)]


def _stands_for(file: TileFile, answer: str, root: Path | None) -> bool:
    places = {Path(file.source)} if file.source is not None else set()
    places |= {root.resolve() / file.path} if root is not None else set()
    return Path(answer) in places


def _tests_of(tile: Tile, path: str) -> str:
    stem = path.rpartition(".")[0]
    usual = f"{stem}_tests.yaml"
    return usual if tile.file(f"{stem}_tests.yml") is None else f"{stem}_tests.yml"


def _source(pipeline: str) -> str:
    from ..logs.pipeline import read

    try:
        return min(read(pipeline).sources, default="")
    except TilewizardError:
        return ""  # The lab tells what is wrong with it.


def _text_in(tile: Tile, path: str) -> str:
    file = tile.file(path)
    if file is None:
        return ""
    if file.unreadable:
        raise TilewizardError(_("can't be read"), file=path, remedy=_("look at its permissions"))
    return _decoded(file.data, path)


def _text(answer: str) -> str:
    if not answer:
        return ""
    try:
        data = Path(answer).read_bytes()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else _("its name is none that a file can have")
        raise TilewizardError(_("can't be read: {why}", why=why), file=answer, remedy=_("name another file")) from None
    return _decoded(data, answer)


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.decode()  # Line ends stay what they are.
    except ValueError:
        raise TilewizardError(
            _("can't be read: it is no text in UTF-8"), file=file, remedy=_("save it as UTF-8")
        ) from None
