"""A tile with which nothing is wrong, in memory, for each target: it uses every kind of file."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from tilewizard.field.vocabulary import Target
from tilewizard.rules.sample import (
    CHANGELOG,
    CHECK,
    DASHBOARD,
    LOGO,
    METADATA,
    MONITOR,
    OAUTH,
    PICTURES,
    PIPELINE,
    README,
    SAVED_VIEW,
    UUID,
    clean_texts,
    manifest,
)
from tilewizard.tile.tile import Tile, TileFile

__all__ = [
    "CHANGELOG",
    "CHECK",
    "DASHBOARD",
    "LOGO",
    "METADATA",
    "MONITOR",
    "OAUTH",
    "PICTURES",
    "PIPELINE",
    "README",
    "SAVED_VIEW",
    "UUID",
    "clean_files",
    "clean_tile",
    "manifest",
    "pdf",
    "picture",
]


@cache
def picture(name: str) -> bytes:
    """A picture as Datadog asks for it, another one for each name."""
    from PIL import Image

    stream = io.BytesIO()
    shade = sum(name.encode()) % 200
    Image.new("RGB", (1440, 810), (99, 44, shade)).save(stream, "PNG")
    return stream.getvalue()


@cache
def pdf() -> bytes:
    """One page with a line of text, written out by hand."""
    text = b"BT /F1 12 Tf 72 720 Td (End-user licence agreement of Acme Corp) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


def clean_files(target: Target) -> dict[str, bytes]:
    """The clean tile's files."""
    data = {path: text.encode() for path, text in clean_texts(target).items()}
    data |= {f"images/acme_widget_{name}.png": picture(name) for name in PICTURES}
    return data | ({"assets/eula.pdf": pdf()} if target == Target.MARKETPLACE else {})


def written(root: Path, target: Target = Target.MARKETPLACE) -> Path:
    """The clean tile's files, in a folder."""
    for path, data in clean_files(target).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


def clean_tile(target: Target = Target.MARKETPLACE) -> Tile:
    """The clean tile of a target."""
    files = {path: TileFile(path, data) for path, data in clean_files(target).items()}
    return Tile(files, name="acme_corp_acme_widget", target=target)
