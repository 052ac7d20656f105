"""What comes with the tile beside its texts, one by one: taken from an exported file, renamed, taken away. Each is one change."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tilewizard.language import _

from ..answers.model import Answers
from ..answers.paths import Path as AnswerPath
from ..authoring.author import Author
from ..authoring.parts.placing import asset_path, file_name
from ..checking.check import Checker
from ..documents.json_document import JsonDocument
from ..errors import TilewizardError
from ..field.asset_kinds import ASSET_KINDS, DATAFLOWS, LOGS, MONITORS, OAUTH_CLIENTS, AssetKind
from ..field.names import snake
from ..inspection.asset_export import kind_of
from ..quoting import quoted
from ..rules.findings import Finding
from ..tile.asset_files import files_of, plain_path
from ..tile.tile import MANIFEST, Tile, TileFile
from .session import Session

KINDS = tuple(kind for kind in ASSET_KINDS if kind not in (LOGS, OAUTH_CLIENTS))
"""The kinds that are listed: log pipelines and OAuth clients have steps of their own."""
SIZE_MAX = 5_000_000
"""Bytes of a file that is taken."""
_ROUNDS = 40
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-]*")


@dataclass(frozen=True)
class Asset:
    """One asset.

    Attributes:
        kind: what it is.
        path: its place in the tile.
        name: the short name that the manifest has for it; empty where it has none.
    """

    kind: AssetKind
    path: str
    name: str = ""

    @property
    def answer(self) -> AnswerPath:
        """The answer that stands for its file."""
        return (self.kind.name, self.name) if self.name else ("files", self.path)

    @property
    def called(self) -> str:
        """What it goes by: its short name, else its file's."""
        return self.name or self.path.rpartition("/")[2].rpartition(".")[0]


@dataclass(frozen=True)
class Taken:
    """A file that was taken.

    Attributes:
        asset: what it is now.
        done: what was mended in it, a few words each: the question where the monitors' form has one, else what was wrong.
    """

    asset: Asset
    done: tuple[str, ...]


def assets_of(tile: Tile) -> list[Asset]:
    """The assets of a tile, by kind: those that the manifest names, then those that stand in their folders alone."""
    return [
        Asset(kind, file.path, _short_name(tile, kind, file.path)) for kind in KINDS for file in files_of(tile, kind)
    ]


def _short_name(tile: Tile, kind: AssetKind, path: str) -> str:
    if not kind.mapped:
        return ""
    named = tile.object_at(kind.pointer).items()
    return next((name for name, at in named if isinstance(at, str) and plain_path(at) == path), "")


def _tile(session: Session, answers: Answers) -> Tile:
    return Author(session.base, session.before).tile(answers)


def source_of(session: Session, asset: Asset) -> Path | None:
    """Where an asset's file is on the disk now; None for one that is only made when the tile is written."""
    answers = session.answers
    named: dict[str, str] = getattr(answers, asset.kind.name) if asset.name else answers.files
    answer = named.get(asset.answer[-1], "")  # type: ignore[arg-type]
    if answer:
        return Path(answer)
    base = session.base
    return base.root / asset.path if base is not None and base.root is not None and base.file(asset.path) else None


def remove(session: Session, asset: Asset) -> None:
    """Take an asset away: its file goes when the tile is written."""
    session.replace(_without(session, asset), (asset.kind.name,) if asset.name else ("files",))


def _without(session: Session, asset: Asset) -> Answers:
    answers = session.answers
    if asset.name:
        rest = {name: path for name, path in getattr(answers, asset.kind.name).items() if name != asset.name}
        return answers.model_copy(update={asset.kind.name: rest})
    files = {path: source for path, source in answers.files.items() if path != asset.path}
    if _tile(session, answers.model_copy(update={"files": files})).file(asset.path) is not None:
        files[asset.path] = ""  # It was there before, or is made from other answers.
    return answers.model_copy(update={"files": files})


def rename(session: Session, asset: Asset, name: str) -> Asset:
    """Give an asset another short name; one that the manifest doesn't name has its file called otherwise.

    Raises:
        TilewizardError: the name can't be, or is another's; or there is no file yet that could be called so.
    """
    name = name.strip()
    if name == asset.called:
        return asset
    if asset.kind.single:
        raise TilewizardError(
            _("the {one} has one name that Datadog reads", one=asset.kind.called), remedy=_("leave it as it is")
        )
    if not _NAME.fullmatch(name):
        raise TilewizardError(
            _("{name} is no name for a file", name=quoted(name)), remedy=_("write letters, digits, _ and -")
        )
    others = [each for each in assets_of(session.examine().tile) if each.kind is asset.kind and each != asset]
    path = asset_path(asset.kind.home, name) if asset.name else f"{asset.kind.home}/{name}.json"
    if any(each.called == name or each.path == path for each in others):
        raise TilewizardError(
            _("another {one} is called {name}", one=asset.kind.called, name=quoted(name)),
            remedy=_("choose another name"),
        )
    if asset.name:
        named = getattr(session.answers, asset.kind.name)
        renamed = {name if each == asset.name else each: source for each, source in named.items()}
        session.replace(session.answers.model_copy(update={asset.kind.name: renamed}), (asset.kind.name, name))
        tile = _tile(session, session.answers)
        return next(each for each in assets_of(tile) if each.kind is asset.kind and each.name == name)
    source = source_of(session, asset)
    if source is None:
        raise TilewizardError(_("the {one} has no file yet", one=asset.kind.called), remedy=_("write the tile first"))
    answers = _without(session, asset)
    answers = answers.model_copy(update={"files": {**answers.files, path: str(source)}})
    session.replace(answers, ("files", path))
    return Asset(asset.kind, path)


# -- taking a file


def take(session: Session, source: Path, keep: Callable[[str, bytes], Path]) -> Taken:
    """Take an exported file as one change: its kind is told from its keys, what only its account can use is taken off it, what has
    one right answer is mended.

    Args:
        session: whose tile gets it.
        source: the file.
        keep: takes the name and the bytes of a file, and gives the path it is kept at.

    Raises:
        TilewizardError: it can't be read, is of no kind that comes with a tile, or can't be kept.
    """
    text = _read(source)
    kind, text = _kind_and_text(source, text)
    report = session.examine()
    asset = _placed(kind, source, assets_of(report.tile))
    tile = with_asset(report.tile, asset, text)
    tile, done = _mended(tile, asset)
    file = tile.file(asset.path)
    assert file is not None
    mended = kind is MONITORS and text != _read(source)
    kept = keep(asset.path.rpartition("/")[2], file.data)
    session.replace(with_answer(session.answers, asset, kept), asset.answer)
    session.touched.add(asset.answer)
    return Taken(asset, (*((_("made a template of the exported monitor"),) if mended else ()), *done))


def with_answer(answers: Answers, asset: Asset, source: Path) -> Answers:
    """The answers with an asset's file at another place of the disk."""
    key = asset.kind.name if asset.name else "files"
    return answers.model_copy(update={key: {**getattr(answers, key), str(asset.answer[-1]): str(source)}})


def with_asset(tile: Tile, asset: Asset, text: str) -> Tile:
    """A tile with an asset's file, named in its manifest where that names its kind."""
    tile = tile.with_files([TileFile(asset.path, text.encode())])
    manifest = tile.file(MANIFEST)
    if not asset.name or manifest is None or manifest.json.broken:
        return tile
    key = asset.name.replace("~", "~0").replace("/", "~1")
    return tile.with_text(MANIFEST, manifest.json.with_value(f"{asset.kind.pointer}/{key}", asset.path).text)


def _read(source: Path) -> str:
    try:
        data = source.read_bytes()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else _("that is no path")
        raise TilewizardError(
            _("can't be read: {why}", why=why), file=str(source), remedy=_("name another file")
        ) from None
    if len(data) > SIZE_MAX:
        raise TilewizardError(_("has more than five million bytes"), file=str(source), remedy=_("export it alone"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TilewizardError(
            _("is no text in UTF-8"), file=str(source), remedy=_("export it from Datadog again")
        ) from None


def _kind_and_text(source: Path, text: str) -> tuple[AssetKind, str]:
    if source.suffix.lower() in (".yaml", ".yml"):
        if re.search(r"^provides:", text, re.MULTILINE):
            return DATAFLOWS, text
        raise TilewizardError(
            _("is no list of data flows"), file=str(source), remedy=_("log pipelines are taken on the step Logs")
        )
    document = JsonDocument.parse(text)
    fault = next((each for each in document.faults if document.broken or each.kind == "constant"), None)
    if fault is not None:
        line = text.count("\n", 0, fault.offset) + 1
        raise TilewizardError(
            _("line {line}: it {message}", line=line, message=fault.message), file=str(source), remedy=fault.hint
        )
    kind = kind_of(document.value)
    if kind is None:
        raise TilewizardError(
            _("is nothing that comes with a tile, as far as its keys tell"),
            file=str(source),
            remedy=_("export a dashboard, monitor, saved view, detection rule or app blueprint as JSON"),
        )
    if kind is MONITORS and not isinstance(document.value.get("definition"), dict):
        from ..authoring.monitor_file import template_of

        return kind, template_of(document)
    return kind, text


def _placed(kind: AssetKind, source: Path, there: list[Asset]) -> Asset:
    """The place of a new asset: under its file's name, numbered where another one has that."""
    if kind.single:
        return Asset(kind, kind.home)
    stem = snake(Path(file_name(str(source))).stem) or kind.name
    for number in range(1, len(there) + 2):
        name = stem if number == 1 else f"{stem}_{number}"
        path = asset_path(kind.home, name)
        if not any(each.path == path or (each.kind is kind and each.called == name) for each in there):
            break
    return Asset(kind, path, name if kind.mapped else "")


def _mended(tile: Tile, asset: Asset) -> tuple[Tile, list[str]]:
    """A tile with what has one right answer mended in one of its files, and what that was, each once."""
    checker, path = Checker(), asset.path
    done: dict[str, None] = {}
    for __ in range(_ROUNDS):
        for finding in checker.check(tile):
            if finding.file != path or finding.fix is None:
                continue
            after = finding.fix(tile)
            changed = {each for each in {*tile.paths, *after.paths} if tile.file(each) is not after.file(each)}
            if changed == {path} and after.file(path) is not None:
                done[_asked_as(finding, asset.kind, tile) or finding.message] = None
                tile = after
                break
        else:
            break
    return tile, list(done)


def _asked_as(finding: Finding, kind: AssetKind, tile: Tile) -> str:
    """The title of the question that asks for what a finding is about: of the form of monitors; empty where none does."""
    file = tile.file(finding.file)
    if kind is not MONITORS or file is None:
        return ""
    from ..answers.monitor_form import monitor_questions
    from ..authoring.monitor_file import MonitorFile, field_of

    try:
        field = field_of(finding.pointer, MonitorFile.read(file.text))
    except TilewizardError:
        return ""  # A file that the form can't show.
    return next((each.ask.title for each in monitor_questions() if each.path[-1] == field), "")
