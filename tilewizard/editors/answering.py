"""Findings, proposals and mends in the words of the Language Server Protocol."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from lsprotocol import types as lsp

from tilewizard.language import _

from ..rules.findings import Finding, Severity
from ..tile.places import path_at, place_of
from ..tile.tile import MANIFEST, TileFile
from .at_work import Report
from .lines import Encoding, Extent, Lines, Point
from .mends import FileEdit, mends_of, splices
from .places import Placed

if TYPE_CHECKING:
    from .completing import Proposal

SOURCE = "tilewizard"
FIX_ALL = "source.fixAll.tilewizard"
"""The kind of the action that mends all: an editor can leave it out, or take it, on each save."""
_FIXES_MAX = 50
"""Quick fixes that are worked out at once; an editor asks for those at the cursor."""
_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.INFO: lsp.DiagnosticSeverity.Information,
}


class Open(Protocol):
    """An open file."""

    @property
    def uri(self) -> str: ...

    @property
    def path(self) -> Path: ...

    @property
    def version(self) -> int | None: ...

    @property
    def lines(self) -> Lines: ...


class Desktop(Protocol):
    """What is known of the editor."""

    @property
    def client_capabilities(self) -> lsp.ClientCapabilities: ...

    @property
    def encoding(self) -> Encoding: ...

    @property
    def buffers(self) -> Mapping[str, Open]: ...


def diagnostics(report: Report, buffers: Mapping[Path, Open], encoding: Encoding) -> dict[str, list[lsp.Diagnostic]]:
    """The findings of a tile by the addresses of their files; an open file without any has an empty list.

    A finding on a file that isn't there stands at the start of the manifest, else of an open file.
    """
    found: dict[str, list[lsp.Diagnostic]] = {each.uri: [] for each in buffers.values()}
    root = _whole(report.order.path)
    for path, findings in _by_file(report, buffers, root).items():
        file = report.tile.file(path)
        place = root / place_of(report.tile, path)
        buffer = buffers.get(place)
        lines = buffer.lines if buffer is not None else Lines(file.text if file is not None else "", encoding)
        placed = Placed(file) if file is not None else None
        for finding in findings:
            extent = placed.extent(finding) if placed is not None and finding.file == path else (0, 0)
            uri = buffer.uri if buffer is not None else place.as_uri()
            found.setdefault(uri, []).append(_diagnostic(finding, path, span(lines, extent)))
    fault = report.fault
    if fault is not None and fault.file:
        line = max(0, (fault.line or 1) - 1)
        stretch = lsp.Range(lsp.Position(line, 0), lsp.Position(line + 1, 0))
        told = f"{fault.fault}\n→ {fault.remedy}" if fault.remedy else fault.fault
        said = lsp.Diagnostic(stretch, told, lsp.DiagnosticSeverity.Error, source=SOURCE)
        found[Path(fault.file).as_uri()] = [said]
    return found


def at_point(report: Report, path: Path, lines: Lines, point: Point) -> list[tuple[Finding, Extent]]:
    """The findings of an open file that stand at a place, each with its extent."""
    offset = lines.offset(point)
    return [(each, extent) for each, extent in _placed(report, path) if extent[0] <= offset <= extent[1]]


def quick_fixes(report: Report, path: Path, lines: Lines, within: Extent, desktop: Desktop) -> list[lsp.CodeAction]:
    """What mends the findings of an open file that stand in a part of it."""
    found: list[lsp.CodeAction] = []
    for finding, extent in _placed(report, path):
        if extent[0] > within[1] or extent[1] < within[0]:
            continue
        if len(found) == _FIXES_MAX:
            break
        edit = workspace_edit(mends_of(finding, report), desktop)
        if edit is not None:
            title = finding.hint[:1].upper() + finding.hint[1:] if finding.hint else _("Mend {rule}", rule=finding.rule)
            told = [_diagnostic(finding, finding.file, span(lines, extent))]
            found.append(lsp.CodeAction(title, lsp.CodeActionKind.QuickFix, told, is_preferred=True, edit=edit))
    return found


def workspace_edit(edits: Iterable[FileEdit], desktop: Desktop) -> lsp.WorkspaceEdit | None:
    """Edits of files, in the form that the editor takes; None when there are none, or it can't make a file that is new."""
    taken = _edits_taken(desktop.client_capabilities)
    open_files = {each.path: each for each in desktop.buffers.values()}
    parts: list[lsp.TextDocumentEdit | lsp.CreateFile | lsp.RenameFile | lsp.DeleteFile] = []
    for each in edits:
        buffer = open_files.get(each.path)
        uri = buffer.uri if buffer is not None else each.path.as_uri()
        if each.before is None:
            if not (
                taken
                and taken.document_changes
                and lsp.ResourceOperationKind.Create in (taken.resource_operations or ())
            ):
                return None
            parts.append(lsp.CreateFile(uri))
        lines = Lines(each.before or "", desktop.encoding)
        texts = [lsp.TextEdit(span(lines, (start, end)), text) for start, end, text in splices(lines.text, each.after)]
        named = lsp.OptionalVersionedTextDocumentIdentifier(uri, buffer.version if buffer is not None else None)
        parts.append(lsp.TextDocumentEdit(named, list(texts)))
    if not parts:
        return None
    if taken and taken.document_changes:
        return lsp.WorkspaceEdit(document_changes=parts)
    plain = [each for each in parts if isinstance(each, lsp.TextDocumentEdit)]
    return lsp.WorkspaceEdit(
        {each.text_document.uri: [e for e in each.edits if isinstance(e, lsp.TextEdit)] for each in plain}
    )


def item(lines: Lines, proposal: Proposal, at: int) -> lsp.CompletionItem:
    """A proposal, in its place among the others."""
    return lsp.CompletionItem(
        proposal.text.strip('"'),
        kind=lsp.CompletionItemKind.Value,
        detail=proposal.told or None,
        sort_text=f"{not proposal.first:d}{at:04}",
        filter_text=proposal.text,
        preselect=proposal.first or None,
        text_edit=lsp.TextEdit(span(lines, (proposal.start, proposal.end)), proposal.text),
    )


def span(lines: Lines, extent: Extent) -> lsp.Range:
    """An extent as a range."""
    return lsp.Range(*(lsp.Position(*lines.point(each)) for each in extent))


def wants(only: Sequence[str | lsp.CodeActionKind] | None, kind: str) -> bool:
    """Whether actions of a kind were asked for: by it, by what it is a part of, or without naming any."""
    asked = [str(getattr(each, "value", each)) for each in only or ()]
    return not asked or any(kind == each or kind.startswith(f"{each}.") or not each for each in asked)


def resolves(capabilities: lsp.ClientCapabilities) -> bool:
    """Whether the editor asks for the edit of an action when it is chosen."""
    actions = capabilities.text_document.code_action if capabilities.text_document else None
    support = actions.resolve_support if actions else None
    return support is not None and "edit" in support.properties and bool(actions and actions.data_support)


def _edits_taken(capabilities: lsp.ClientCapabilities) -> lsp.WorkspaceEditClientCapabilities | None:
    return capabilities.workspace.workspace_edit if capabilities.workspace else None


def _diagnostic(finding: Finding, path: str, place: lsp.Range) -> lsp.Diagnostic:
    where = "" if finding.file == path else f"{finding.file}: "
    hint = f"\n→ {finding.hint}" if finding.hint else ""
    told = f"{where}{finding.message}{hint}"
    return lsp.Diagnostic(place, told, _SEVERITIES[finding.severity], finding.rule, source=SOURCE)


def _by_file(report: Report, buffers: Mapping[Path, Open], root: Path) -> dict[str, list[Finding]]:
    tile = report.tile
    other = next((path_at(tile, path.relative_to(root).as_posix()) for path in buffers), MANIFEST)
    anchor = MANIFEST if tile.has(MANIFEST) else other
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        found.setdefault(finding.file if tile.file(finding.file) is not None else anchor, []).append(finding)
    return found


def _placed(report: Report, path: Path) -> list[tuple[Finding, Extent]]:
    """The findings that are told at a file, with their extents."""
    root = _whole(report.order.path)
    name = path_at(report.tile, path.relative_to(root).as_posix())
    file: TileFile | None = report.tile.file(name)
    if file is None:
        return []
    placed = Placed(file)
    told = _by_file(report, {path: None}, root).get(name, [])  # type: ignore[dict-item]
    return [(each, placed.extent(each) if each.file == name else (0, 0)) for each in told]


def _whole(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100  (links stay as they are named)
