"""SVG as pixels: harmless first, within bounds, and nothing is fetched."""

from __future__ import annotations

import io
import socket
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image
from tilewizard.inspection import drawn_svg as module
from tilewizard.inspection.drawn_svg import drawn_svg, harmless_svg, is_svg
from tilewizard.inspection.svg_process import stand_in
from tilewizard.inspection.thumbnail import thumbnail
from tilewizard.preview.picked_file import looked_into

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 100">{}</svg>'
)
RED = SVG.format('<rect width="200" height="100" fill="#ff0000"/>')


@pytest.fixture(autouse=True)
def needs_the_library() -> None:
    pytest.importorskip("resvg_py")


def pixel(png: bytes | None, x: int, y: int) -> tuple[int, ...]:
    assert png is not None
    found = Image.open(io.BytesIO(png)).convert("RGBA").getpixel((x, y))
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        (RED, (960, 480)),
        (RED.replace('viewBox="0 0 200 100"', 'width="30" height="60px"'), (480, 960)),
        (RED.replace('viewBox="0 0 200 100"', ""), (960, 960)),
        (RED.replace('viewBox="0 0 200 100"', 'viewBox="0,0,100,100" width="9cm"'), (960, 960)),
        ("\ufeff<?xml version='1.0'?>\n<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'x.dtd'>\n<!-- -->" + RED, (960, 480)),
        (RED.replace("<svg", "<s:svg").replace("</svg", "</s:svg").replace("xmlns=", "xmlns:s=").replace("<rect", "<s:rect"), (960, 480)),
    ],
)  # fmt: skip
def test_an_svg_is_drawn_in_its_shape(svg: str, size: tuple[int, int]) -> None:
    assert is_svg(svg.encode())
    png = drawn_svg(svg.encode())
    assert png is not None
    assert Image.open(io.BytesIO(png)).size == size


def test_what_is_drawn_is_what_was_meant() -> None:
    png = drawn_svg(SVG.format('<rect width="100" height="100" fill="#00ff00"/>').encode())
    assert pixel(png, 100, 100) == (0, 255, 0, 255)
    assert pixel(png, 900, 100)[3] == 0


@pytest.mark.skipif(not stand_in(), reason="there is no font that is known here")
@pytest.mark.parametrize("family", ["", 'font-family="sans-serif"', 'font-family="A font of the partner\'s"'])
def test_letters_are_drawn_though_their_font_is_not_there(family: str) -> None:
    png = drawn_svg(SVG.format(f'<text x="10" y="80" font-size="90" {family}>H</text>').encode())
    assert png is not None
    assert Image.open(io.BytesIO(png)).getbbox() is not None


HARMFUL = {
    "script": "<script>alert(1)</script>",
    "foreign": '<foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
    "image": '<image href="{url}" width="9" height="9"/>',
    "image of old": '<image xlink:href="{url}" width="9" height="9"/>',
    "image inside": '<image href="data:image/png;base64,AAAA" width="9" height="9"/>',
    "image, capitals": '<IMAGE href="{url}" width="9" height="9"/>',
    "feImage": '<filter id="f"><feImage href="{url}"/></filter><rect width="9" height="9" filter="url(#f)"/>',
    "use": '<use href="{url}#a"/>',
    "fill": '<rect width="9" height="9" fill="url({url}#a)"/>',
    "fill, escaped": '<rect width="9" height="9" style="fill:u\\72l({url})"/>',
    "style": "<style>rect {{ fill: url('{url}') }}</style>",
    "import": "<style>@import '{url}';</style>",
    "font": "<style>@font-face {{ font-family: x; src: url({url}) }}</style>",
    "event": '<rect width="9" height="9" onload="fetch(1)"/>',
    "base": '<g xml:base="{url}"><use href="#a"/></g>',
    "file": '<image href="/etc/hostname" width="9" height="9"/>',
}


@pytest.mark.parametrize("what", HARMFUL)
def test_what_does_more_than_draw_is_taken_off_and_nothing_is_fetched(what: str) -> None:
    asked: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)

        def wait() -> None:
            with suppress(OSError):
                asked.append(server.accept())

        threading.Thread(target=wait, daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/x.svg"
        svg = SVG.format(HARMFUL[what].format(url=url) + '<rect x="100" width="100" height="100" fill="#00ff00"/>')
        harmless = harmless_svg(svg)
        assert harmless is not None
        for word in ("127.0.0.1", "etc/", "alert", "onload", "<image", "feImage", "foreignObject", "data:", "\\"):
            assert word not in harmless
        assert pixel(drawn_svg(svg.encode()), 900, 100) == (0, 255, 0, 255)
    assert asked == []


def test_a_picture_of_this_machine_is_not_drawn_though_the_library_would(tmp_path: Path) -> None:
    from resvg_py import svg_to_bytes

    Image.new("RGB", (20, 10), "#00ff00").save(tmp_path / "secret.png")
    svg = SVG.format(f'<image href="{tmp_path / "secret.png"}" width="200" height="100"/>')
    assert pixel(bytes(svg_to_bytes(svg_string=svg)), 50, 50) == (0, 255, 0, 255)
    assert pixel(drawn_svg(svg.encode()), 50, 50)[3] == 0


def test_places_within_the_svg_and_plain_styles_stay() -> None:
    inside = (
        '<defs><linearGradient id="a"><stop stop-color="#0000ff"/></linearGradient><g id="b">'
        '<rect width="200" height="100" style="fill:url(#a)"/></g></defs><style>.c { stroke: red }</style><use href="#b"/>'
    )
    assert "stroke: red" in (harmless_svg(SVG.format(inside)) or "")
    assert pixel(drawn_svg(SVG.format(inside).encode()), 400, 200) == (0, 0, 255, 255)


BOMBS = {
    "uses of uses": "<defs><g id='g0'><rect width='9' height='9'/></g>"
    + "".join("<g id='g{}'>{}</g>".format(at, f'<use href="#g{at - 1}"/>' * 10) for at in range(1, 9))
    + "</defs><use href='#g8'/>",
    "a filter without end": '<filter id="f" x="-1000%" y="-1000%" width="30000%" height="30000%">'
    '<feTurbulence baseFrequency="0.9" numOctaves="99999"/><feMorphology radius="1000"/></filter>'
    '<rect width="200" height="100" filter="url(#f)"/>',
    "deep": "<g>" * 5000 + "</g>" * 5000,
}


@pytest.mark.slow
@pytest.mark.parametrize("what", BOMBS)
def test_a_bomb_is_stopped(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS_MAX", 1)
    assert drawn_svg(SVG.format(BOMBS[what]).encode()) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<svg",
        "<html xmlns='http://www.w3.org/1999/xhtml'><svg/></html>",
        f'<!DOCTYPE svg [<!ENTITY a "aaaa">]>{SVG.format("&a;")}',
        RED.replace("0 0 200 100", "0 0 1 99999"),
        RED.replace("0 0 200 100", "0 0 0 0"),
        SVG.format("x" * 3_000_000),
    ],
    ids=["empty", "broken", "html", "entities", "a thread", "nothing", "long"],
)
def test_what_is_no_drawing_is_none(text: str) -> None:
    assert drawn_svg(text.encode()) is None
    assert thumbnail(text.encode(), 10, 10) is None


def test_an_svg_has_a_thumbnail_on_a_ground() -> None:
    found = thumbnail(
        SVG.format('<rect width="100" height="100" fill="#00ff00"/>').encode(), 20, 10, background="#000080"
    )
    assert found is not None
    assert (found.width, found.height) == (20, 10)
    assert found.at(2, 5) == (0, 255, 0)
    assert found.at(18, 5) == (0, 0, 128)


@pytest.mark.parametrize("kind", ["logo", ""])
def test_a_picked_svg_is_a_picture_where_it_can_be_drawn(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "logo.svg"
    path.write_text(RED)
    found = looked_into(path, kind)
    assert found.is_picture and not any("pip install" in line for line in found.lines)
    monkeypatch.setattr("tilewizard.preview.picked_file.can_draw_svg", lambda: False)
    found = looked_into(path, kind)
    assert not found.is_picture
    assert "To see it drawn here: pip install 'tilewizard[images]'" in found.lines


def test_without_the_library_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "can_draw_svg", lambda: False)
    assert drawn_svg(RED.encode()) is None
