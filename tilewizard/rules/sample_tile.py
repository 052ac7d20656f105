"""The sample tile as a whole, its pictures and its licence agreement drawn when they are asked for."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from ..field.vocabulary import Target
from ..tile.tile import Tile, TileFile
from .sample import PICTURES, clean_texts

NAME = "acme_corp_acme_widget"
NOWHERE = Path("/an example") / NAME
"""Where the example seems to lie that one looks around in: nothing is there, and nothing is ever written there."""


@cache
def picture(name: str) -> bytes:
    """A picture as Datadog asks for it, another one for each name: bars, as of a graph."""
    from PIL import Image, ImageDraw

    stream = io.BytesIO()
    shade = sum(name.encode()) % 200
    image = Image.new("RGB", (1440, 810), (99, 44, shade))
    pen = ImageDraw.Draw(image)
    for at in range(9):
        height = 120 + (shade * (at + 3) * 37) % 480
        pen.rectangle((120 + at * 136, 720 - height, 200 + at * 136, 720), fill=(236, 226, 250))
    image.save(stream, "PNG")
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


def sample_files(target: Target) -> dict[str, bytes]:
    """The sample's files."""
    data = {path: text.encode() for path, text in clean_texts(target).items()}
    data |= {f"images/acme_widget_{name}.png": picture(name) for name in PICTURES}
    return data | ({"assets/eula.pdf": pdf()} if target == Target.MARKETPLACE else {})


def sample_tile(target: Target = Target.MARKETPLACE, root: Path | None = None) -> Tile:
    """The sample in memory, with which nothing is wrong."""
    files = {path: TileFile(path, data) for path, data in sample_files(target).items()}
    return Tile(files, name=NAME, root=root, target=target)
