"""An editor that is a script: it starts ``tilewizard lsp``, opens and types, and keeps what it is told."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from tests.starting import program

NAME = "acme_corp_acme_widget"
MANIFEST, README, METADATA = "manifest.json", "README.md", "metadata.csv"
PATIENCE = 30.0
"""Seconds after which a script gives up; nothing asserts how long anything takes."""


LIKE_VS_CODE = lsp.ClientCapabilities(
    general=lsp.GeneralClientCapabilities(position_encodings=[lsp.PositionEncodingKind.Utf16]),
    text_document=lsp.TextDocumentClientCapabilities(
        synchronization=lsp.TextDocumentSyncClientCapabilities(dynamic_registration=True, did_save=True),
        publish_diagnostics=lsp.PublishDiagnosticsClientCapabilities(related_information=True, version_support=False),
        code_action=lsp.CodeActionClientCapabilities(
            dynamic_registration=True,
            is_preferred_support=True,
            data_support=True,
            resolve_support=lsp.ClientCodeActionResolveOptions(properties=["edit"]),
        ),
        hover=lsp.HoverClientCapabilities(content_format=[lsp.MarkupKind.Markdown, lsp.MarkupKind.PlainText]),
        completion=lsp.CompletionClientCapabilities(dynamic_registration=True, context_support=True),
    ),
    workspace=lsp.WorkspaceClientCapabilities(
        apply_edit=True,
        workspace_folders=True,
        workspace_edit=lsp.WorkspaceEditClientCapabilities(
            document_changes=True,
            resource_operations=[
                lsp.ResourceOperationKind.Create,
                lsp.ResourceOperationKind.Rename,
                lsp.ResourceOperationKind.Delete,
            ],
        ),
        did_change_watched_files=lsp.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
    ),
)
"""What Visual Studio Code's client says that it can."""


class Editor(LanguageClient):
    """The client's side, with the buffers that it opened."""

    def __init__(self) -> None:
        super().__init__("a script", "1")
        self.told: dict[str, lsp.PublishDiagnosticsParams] = {}
        self.order: list[str] = []
        self.registered: list[str] = []
        self.logged: list[str] = []
        self.news = asyncio.Event()
        self.versions: dict[str, int] = {}
        self.result: lsp.InitializeResult | None = None

        @self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def tell(params: lsp.PublishDiagnosticsParams) -> None:
            self.told[params.uri] = params
            self.order.append(params.uri)
            self.news.set()

        @self.feature(lsp.WINDOW_LOG_MESSAGE)
        def log(params: lsp.LogMessageParams) -> None:
            self.logged.append(params.message)

        @self.feature(lsp.CLIENT_REGISTER_CAPABILITY)
        def register(params: lsp.RegistrationParams) -> None:
            self.registered += [each.method for each in params.registrations]

    def open(self, path: Path, text: str | None = None) -> str:
        """Open a file; gives its address."""
        uri = path.as_uri()
        self.versions[uri] = 1
        shown = path.read_bytes().decode("utf-8") if text is None else text
        self.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "text", 1, shown)))
        return uri

    def type(self, uri: str, text: str, at: tuple[int, int, int, int] | None = None) -> None:
        """Put another text in the place of the whole buffer, or of a part of it: line, column, line, column."""
        self.versions[uri] += 1
        change: Any = lsp.TextDocumentContentChangeWholeDocument(text)
        if at is not None:
            place = lsp.Range(lsp.Position(at[0], at[1]), lsp.Position(at[2], at[3]))
            change = lsp.TextDocumentContentChangePartial(place, text)
        named = lsp.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        self.text_document_did_change(lsp.DidChangeTextDocumentParams(named, [change]))

    def close(self, uri: str) -> None:
        """Close a buffer."""
        self.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri)))

    def save(self, uri: str) -> None:
        """Say that it was saved."""
        self.text_document_did_save(lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(uri)))

    async def until(self, fits: Callable[[], bool]) -> None:
        """Wait until what was told fits."""
        async with asyncio.timeout(PATIENCE):
            while not fits():
                self.news.clear()
                await self.news.wait()

    async def settled(self, uri: str) -> list[lsp.Diagnostic]:
        """What stands at a buffer, once it was told of the version that stands there now."""
        await self.until(lambda: uri in self.told and self.told[uri].version == self.versions[uri])
        return self.at(uri)

    def at(self, uri: str) -> list[lsp.Diagnostic]:
        """What was told of a file last."""
        return list(self.told[uri].diagnostics) if uri in self.told else []

    def rules(self, uri: str) -> list[str]:
        """The rules that speak at a file."""
        return [str(each.code) for each in self.at(uri)]


@asynccontextmanager
async def editor(
    folder: Path, capabilities: lsp.ClientCapabilities | None = None, **environment: str
) -> AsyncIterator[Editor]:
    """An editor in a folder, up to a goodbye by the protocol."""
    client = Editor()
    await client.start_io(*program(), "lsp", "--stdio", env={**os.environ, **environment}, cwd=folder)
    said = lsp.InitializeParams(capabilities or lsp.ClientCapabilities(), root_uri=folder.as_uri())
    client.result = await client.initialize_async(said)
    client.initialized(lsp.InitializedParams())
    try:
        yield client
        async with asyncio.timeout(PATIENCE):
            await client.shutdown_async(None)
            client.exit(None)
            await client.stop()
    except BaseException:
        if client._server is not None and client._server.returncode is None:
            client._server.kill()
        raise


def whole() -> lsp.Range:
    """A range that holds any file."""
    return lsp.Range(lsp.Position(0, 0), lsp.Position(10_000, 0))


async def actions(client: Editor, uri: str, *only: str) -> list[lsp.CodeAction]:
    """What is offered for a whole file."""
    context = lsp.CodeActionContext(client.at(uri), list(only) or None)
    asked = lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), whole(), context)
    found = await client.text_document_code_action_async(asked) or []
    return [each for each in found if isinstance(each, lsp.CodeAction)]


def applied(text: str, edits: list[lsp.TextEdit]) -> str:
    """A text of ASCII characters with edits applied, as an editor does."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for each in sorted(edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True):
        first, last = (starts[at.line] + at.character for at in (each.range.start, each.range.end))
        text = text[:first] + each.new_text + text[last:]
    return text
