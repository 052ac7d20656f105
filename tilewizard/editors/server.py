"""The language server: what an editor opens and types, and what it is told, by the Language Server Protocol 3.17 (pygls).

Texts are kept here and not by pygls, whose lines end at more characters than the protocol's do. Checks run beside the loop that
reads messages, one at a time for a tile, a moment after the last key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, cast

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.uris import to_fs_path

from tilewizard.language import _

from .. import __version__
from ..checking.configuration import NAMES
from ..errors import unforeseen
from ..reporting.rules_page import explained
from ..rules.registry import all_rules, rules_by_name
from ..tile.places import path_at
from . import answering
from .at_work import Report, root_of
from .desk import Buffer, Desk
from .lines import Encoding, Lines

WATCHED = ("**/*.{json,md,csv,yaml,yml,toml,png,jpg,svg,pdf,py}", "**/.github/CODEOWNERS")
"""What the editor is asked to tell of when others change it."""


@dataclass(frozen=True)
class Still:
    """The editor at one moment, for what is worked out beside the loop."""

    client_capabilities: lsp.ClientCapabilities
    encoding: Encoding
    buffers: Mapping[str, Buffer]


class _Protocol(LanguageServerProtocol):
    """The protocol, with texts kept by the server."""

    _server: Server

    @lsp_method(lsp.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: lsp.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        self._server.opened(document.uri, document.text, document.version)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: lsp.DidChangeTextDocumentParams) -> None:
        self._server.changed(params.text_document.uri, params.content_changes, params.text_document.version)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: lsp.DidCloseTextDocumentParams) -> None:
        self._server.closed(params.text_document.uri)


class Server(LanguageServer):
    """The server of one editor."""

    def __init__(self) -> None:
        super().__init__("tilewizard", __version__, protocol_cls=_Protocol)
        self.buffers: dict[str, Buffer] = {}
        self.desks: dict[Path, Desk] = {}
        self.said: list[str] = []
        """Of shutdown and exit, what was said."""

    @property
    def encoding(self) -> Encoding:
        """What columns are counted in, as it was agreed on."""
        return cast(
            "Encoding", str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))
        )

    def opened(self, uri: str, text: str, version: int | None) -> None:
        """A file was opened."""
        path = to_fs_path(uri) if uri.startswith("file:") else None
        if path is None:
            return
        buffer = Buffer(uri, Path(path), version, Lines(text, self.encoding))
        self.buffers[uri] = buffer
        root = root_of(buffer.path)
        if root is not None:
            self.desks.setdefault(root, Desk(self, root)).touch()

    def changed(self, uri: str, changes: Iterable[lsp.TextDocumentContentChangeEvent], version: int | None) -> None:
        """A file was edited."""
        buffer = self.buffers.get(uri)
        if buffer is None:
            return
        for change in changes:
            if isinstance(change, lsp.TextDocumentContentChangePartial):
                start, end = change.range.start, change.range.end
                buffer.lines = buffer.lines.edited(
                    (start.line, start.character), (end.line, end.character), change.text
                )
            else:
                buffer.lines = Lines(change.text, self.encoding)
        buffer.version = version
        desk = self.desk_of(buffer)
        if desk is not None:
            desk.touch()

    def closed(self, uri: str) -> None:
        """A file was closed: what is on the disk counts again."""
        buffer = self.buffers.pop(uri, None)
        desk = self.desk_of(buffer) if buffer is not None else None
        if desk is None:
            return
        if self.buffers_of(desk.root):
            desk.touch()
        else:
            desk.close()
            del self.desks[desk.root]

    def around(self, paths: Iterable[Path]) -> None:
        """Files on the disk changed: saved here, or changed by others."""
        changed = list(paths)
        for buffer in self.buffers.values():  # A manifest may just have made a folder a tile.
            root = root_of(buffer.path) if self.desk_of(buffer) is None else None
            if root is not None:
                self.desks.setdefault(root, Desk(self, root)).touch()
        for desk in self.desks.values():
            if any(desk.root in path.parents or _steers(path, desk.root) for path in changed):
                desk.touch(around=True)

    def still(self) -> Still:
        """As it is now."""
        return Still(
            self.client_capabilities, self.encoding, {uri: replace(each) for uri, each in self.buffers.items()}
        )

    def desk_of(self, buffer: Buffer) -> Desk | None:
        """The tile that a file belongs to: the nearest, where one lies in another."""
        return next((self.desks[each] for each in buffer.path.parents if each in self.desks), None)

    def buffers_of(self, root: Path) -> list[Buffer]:
        """The open files of a tile."""
        return [
            each for each in self.buffers.values() if (desk := self.desk_of(each)) is not None and desk.root == root
        ]

    def tell(self, diagnostics: Mapping[str, list[lsp.Diagnostic] | None], checked: Iterable[Buffer] = ()) -> None:
        """Publish what stands at files; None takes back what was told of one.

        Args:
            diagnostics: by the files' addresses.
            checked: the buffers that they were found in, as they stood then.
        """
        versions = {each.uri: each.version for each in checked}
        for uri, found in diagnostics.items():
            said = lsp.PublishDiagnosticsParams(uri, found or [], versions.get(uri))
            self.text_document_publish_diagnostics(said)

    def log(self, message: str) -> None:
        """A line for the editor's log."""
        self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, message))

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ARG002
        """A fault of our own, in the log: what an editor shows on the screen, is for its user."""
        self.log(unforeseen(error))


def _steers(path: Path, root: Path) -> bool:
    """Whether a file above a tile says something of it: settings, owners."""
    folder = path.parent.parent if path.name == "CODEOWNERS" else path.parent
    return path.name in (*NAMES, "CODEOWNERS") and folder in root.parents


def made() -> Server:
    """A server with all that it can do."""
    server = Server()
    _hear(server)
    _answer(server)
    return server


def _hear(server: Server) -> None:
    """What the server is told beside texts."""

    @server.feature(lsp.INITIALIZED)
    def initialized(params: lsp.InitializedParams) -> None:  # noqa: ARG001
        asyncio.get_running_loop().run_in_executor(None, all_rules)  # Imported while the first file is opened.
        watching = (
            server.client_capabilities.workspace and server.client_capabilities.workspace.did_change_watched_files
        )
        if watching and watching.dynamic_registration:
            watchers = [lsp.FileSystemWatcher(glob_pattern=each) for each in WATCHED]
            options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
            asked = lsp.Registration("watched", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            server.client_register_capability(lsp.RegistrationParams([asked]))

    @server.feature(lsp.SHUTDOWN)
    def shutdown(params: None = None) -> None:  # noqa: ARG001
        server.said.append(lsp.SHUTDOWN)

    @server.feature(lsp.EXIT)
    def leave(params: None = None) -> None:  # noqa: ARG001
        server.said.append(lsp.EXIT)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        server.around(_paths([params.text_document.uri]))

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed(params: lsp.DidChangeWatchedFilesParams) -> None:
        server.around(_paths(each.uri for each in params.changes))


def _answer(server: Server) -> None:
    """What the server is asked."""

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        buffer = server.buffers.get(params.text_document.uri)
        report = await _report(server, buffer)
        if buffer is None or report is None:
            return None
        point = (params.position.line, params.position.character)
        found = answering.at_point(report, buffer.path, buffer.lines, point)
        texts = [explained(rules_by_name()[name]) for name in dict.fromkeys(finding.rule for finding, __ in found)]
        if not texts:
            return None
        asked = server.client_capabilities.text_document and server.client_capabilities.text_document.hover
        kinds = (asked.content_format if asked else None) or [lsp.MarkupKind.Markdown]
        content = lsp.MarkupContent(lsp.MarkupKind(kinds[0]), "\n---\n\n".join(texts))
        return lsp.Hover(content, answering.span(buffer.lines, found[0][1]))

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=['"', ",", "#", " "]))
    def complete(params: lsp.CompletionParams) -> lsp.CompletionList | None:
        from .completing import proposals  # The questions are many: whoever types nothing needs none.

        buffer = server.buffers.get(params.text_document.uri)
        desk = server.desk_of(buffer) if buffer is not None else None
        if buffer is None or desk is None:
            return None
        offset = buffer.lines.offset((params.position.line, params.position.character))
        path, tile = buffer.path.relative_to(desk.root).as_posix(), desk.report.tile if desk.report else None
        found = proposals(tile, path if tile is None else path_at(tile, path), buffer.lines.text, offset)
        return lsp.CompletionList(False, [answering.item(buffer.lines, each, at) for at, each in enumerate(found)])

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix, answering.FIX_ALL], resolve_provider=True),
    )
    async def act(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        buffer = server.buffers.get(params.text_document.uri)
        report = await _report(server, buffer)
        if buffer is None or report is None:
            return []
        return await asyncio.to_thread(_actions, server.still(), report, buffer.uri, params)

    @server.feature(lsp.CODE_ACTION_RESOLVE)
    async def resolve(action: lsp.CodeAction) -> lsp.CodeAction:
        buffer = server.buffers.get(str(action.data))
        report = await _report(server, buffer)
        if report is not None:
            action.edit = await asyncio.to_thread(_edit_of_all, server.still(), report)
        return action


def _paths(uris: Iterable[str]) -> list[Path]:
    return [Path(path) for uri in uris if (path := to_fs_path(uri)) is not None]


async def _report(server: Server, buffer: Buffer | None) -> Report | None:
    desk = server.desk_of(buffer) if buffer is not None else None
    return await desk.current() if desk is not None else None


def _actions(still: Still, report: Report, uri: str, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """Quick fixes of what stands in a range, and the one that mends all."""
    buffer, wanted = still.buffers[uri], params.context.only
    start, end = params.range.start, params.range.end
    within = (buffer.lines.offset((start.line, start.character)), buffer.lines.offset((end.line, end.character)))
    found: list[lsp.CodeAction] = []
    if answering.wants(wanted, lsp.CodeActionKind.QuickFix.value):
        found += answering.quick_fixes(report, buffer.path, buffer.lines, within, still)
    if answering.wants(wanted, answering.FIX_ALL) and any(each.fixable for each in report.findings):
        action = lsp.CodeAction(_("Mend all that has one right answer"), answering.FIX_ALL, data=uri)
        if not answering.resolves(still.client_capabilities):
            action.edit = _edit_of_all(still, report)
        if action.edit is not None or answering.resolves(still.client_capabilities):
            found.append(action)
    return found


def _edit_of_all(still: Still, report: Report) -> lsp.WorkspaceEdit | None:
    from .mends import mends_of_all

    return answering.workspace_edit(mends_of_all(report), still)


def serve(stdin: BinaryIO, stdout: BinaryIO) -> int:
    """Serve one editor until it says goodbye, or hangs up.

    Args:
        stdin: what it says.
        stdout: what it is told; nothing else may write there.

    Returns:
        the exit code that the protocol asks for: 1 after an exit without a shutdown before it, else 0.
    """
    server = made()
    server.start_io(stdin, stdout)
    return int(server.said == [lsp.EXIT])
