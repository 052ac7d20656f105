"""Legal terms: the end-user licence agreement."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from tilewizard.field.vocabulary import Target
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import MANIFEST, Tile, TileFile

from ..assets.json_assets import plain_path
from ..registry import Example, rule
from ..sources import GUIDE, INTEGRATION_ASSETS, REVIEW, VALIDATE_EULA

if TYPE_CHECKING:
    from tilewizard.inspection.pdf import PdfFacts

POINTER = "/legal_terms/eula"
EULA_MAX = 20_000_000
"""Bytes of a EULA that is opened; real ones are below one million."""
_known: WeakKeyDictionary[TileFile, PdfFacts] = WeakKeyDictionary()


def facts_of(file: TileFile) -> PdfFacts | None:
    """What is in a EULA, worked out once for each file; None for one that is no PDF, or too large to open."""
    if file.size > EULA_MAX or not file.head(1024).startswith(b"%PDF"):
        return None
    found = _known.get(file)
    if found is None:
        from tilewizard.inspection.pdf import inspect_pdf

        found = _known[file] = inspect_pdf(file.data)
    return found


def eula_file(tile: Tile) -> TileFile | None:
    """The EULA that the manifest names; None when it is no real file of the tile."""
    file = tile.file(plain_path(tile.text_at(POINTER)))
    return file if file is not None and file.link is None else None


@rule(
    "eula/missing",
    step="eula",
    severity={Target.MARKETPLACE: Severity.ERROR},
    source=GUIDE,
    why="Customers of the Marketplace accept the vendor's own licence agreement when they buy.",
    form="Add your licence agreement as a PDF: a Marketplace listing needs one.",
    bad=Example(MANIFEST, {"legal_terms": {"eula": None}}),
    at=(POINTER,),
)
def missing(tile: Tile) -> Iterator[Problem]:
    """A Marketplace listing names its EULA in legal_terms.eula."""
    if isinstance(tile.at(""), dict) and not tile.text_at(POINTER) and tile.at("/terms/eula") is None:
        found = next((path for path in tile.paths if path.lower().endswith(".pdf")), "assets/eula.pdf")
        hint = _(
            'write "legal_terms": {{"eula": {found}}}, the PDF of your licence agreement',
            found=json.dumps(found, ensure_ascii=False),
        )
        yield Problem(_("there is no EULA"), pointer=POINTER, hint=hint)


@rule(
    "eula/terms",
    step="eula",
    severity=Severity.ERROR,
    source=INTEGRATION_ASSETS,
    why="Manifest 2.0.0 looks for the EULA under legal_terms; under terms nobody finds it.",
    form="Choose the licence agreement here again: it is noted where Datadog no longer looks.",
    bad=Example(MANIFEST, {"terms": {"eula": "assets/eula.pdf"}, "legal_terms": None}),
    at=("/legal_terms",),
    mends=True,
)
def terms(tile: Tile) -> Iterator[Problem]:
    """The EULA stands under legal_terms, not under terms."""
    if tile.at("/terms") is not None and tile.at("/manifest_version") == "2.0.0":
        lone = tile.at("/legal_terms") is None
        yield Problem(
            _("the key is terms, and manifest 2.0.0 has legal_terms"),
            pointer="/terms",
            key=True,
            hint=_("rename it to legal_terms") if lone else _("take terms away"),
            fix=_renamed if lone else None,
        )


def _renamed(tile: Tile) -> Tile:
    return tile.with_text(MANIFEST, tile.manifest.renamed_key("/terms", "legal_terms").text)


@rule(
    "eula/pdf",
    step="eula",
    severity=Severity.ERROR,
    source=VALIDATE_EULA,
    why="Datadog shows the agreement as a PDF.",
    form="Choose a PDF: export the agreement as one.",
    bad=Example("assets/eula.pdf", "This is our licence agreement."),
    at=(POINTER,),
)
def pdf(tile: Tile) -> Iterator[Problem]:
    """The EULA is a file that ends in .pdf and starts with %PDF."""
    path, file = tile.text_at(POINTER), eula_file(tile)
    if path and not path.endswith(".pdf"):
        yield Problem(
            _("the EULA is {path}", path=quoted(path)), pointer=POINTER, hint=_("it is a PDF whose name ends in .pdf")
        )
    elif file is not None and not file.head(1024).startswith(b"%PDF"):
        yield Problem(
            _(
                "{path} is no PDF: it starts with {file}",
                path=quoted(file.path),
                file=quoted(file.head(8).decode("latin-1")),
            ),
            file=file.path,
            hint=_("export the agreement as PDF"),
        )


@rule(
    "eula/readable",
    step="eula",
    severity=Severity.WARNING,
    source=REVIEW,
    why="An agreement that customers can't open or read can't be accepted.",
    form="Export the agreement as a PDF with text and without a password.",
    bad=Example("assets/eula.pdf", "%PDF-1.4\nnothing that a reader could open"),
    at=(POINTER,),
)
def readable(tile: Tile) -> Iterator[Problem]:
    """The EULA opens, is not encrypted, and has pages with text."""
    file = eula_file(tile)
    if file is None or not file.head(1024).startswith(b"%PDF"):
        return
    if file.size > EULA_MAX:
        yield Problem(
            _("{path} is {size:,} bytes", path=quoted(file.path), size=file.size),
            file=file.path,
            hint=_("export a smaller PDF"),
        )
        return
    facts = facts_of(file)
    assert facts is not None
    if facts.encrypted:
        yield Problem(
            _("{path} is encrypted", path=quoted(file.path)), file=file.path, hint=_("export it without a password")
        )
    elif facts.fault:
        yield Problem(
            _("{path} {fault}", path=quoted(file.path), fault=facts.fault),
            file=file.path,
            hint=_("export the agreement as PDF again"),
        )
    elif not facts.pages:
        yield Problem(
            _("{path} has no pages", path=quoted(file.path)),
            file=file.path,
            hint=_("export the agreement as PDF again"),
        )
    elif not facts.pages_with_text:
        yield Problem(
            _("{path} has no text, only pictures", path=quoted(file.path)),
            file=file.path,
            hint=_("export it from the document instead of a scan, so that it can be searched and read aloud"),
            severity=Severity.INFO,
        )
