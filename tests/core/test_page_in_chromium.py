"""The page of a tile in a browser, by axe's rules on what people with a screen reader, or poor sight, meet: on light, dark, paper."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from tilewizard.field.vocabulary import Target
from tilewizard.preview.page import page_of
from tilewizard.rules.sample_tile import sample_tile
from tilewizard.tile.tile import Tile, read

from tests.chromium import Browser, browser, needs_chromium
from tests.conftest import corpus_tiles, needs_corpus
from tests.rules.clean_tile import clean_tile

PACKAGE = "axe_playwright_python"
"""Brings axe-core, whose licence is MPL 2.0; it is run as it comes and copied nowhere."""
FOUND = find_spec(PACKAGE)
pytestmark = [
    pytest.mark.slow,
    needs_chromium,
    pytest.mark.skipif(FOUND is None, reason=f"axe ({PACKAGE.replace('_', '-')}) is not installed"),
]
MEDIA = {
    "light": {"media": "screen", "features": [{"name": "prefers-color-scheme", "value": "light"}]},
    "dark": {"media": "screen", "features": [{"name": "prefers-color-scheme", "value": "dark"}]},
    "print": {"media": "print", "features": [{"name": "prefers-color-scheme", "value": "dark"}]},
}
LOOK = """(async () => {
    const tabs = document.querySelectorAll('input[name=tab]');
    if (tabs.length) tabs[%d].checked = true;
    return axe.run(document, {resultTypes: ['violations']});
})()"""
PUBLISHED = corpus_tiles()[::12]


@asynccontextmanager
async def with_axe(folder: Path) -> AsyncIterator[Browser]:
    """A browser whose every page has axe in it."""
    assert FOUND is not None and FOUND.origin is not None
    axe = Path(FOUND.origin).with_name("axe.min.js").read_text("utf-8")
    async with aiohttp.ClientSession() as session, browser(folder, session) as page:
        await page.call("Page.enable")
        await page.call("Page.addScriptToEvaluateOnNewDocument", source=axe)
        yield page


async def objections(page: Browser, file: Path, medium: str) -> list[str]:
    """What axe objects to in a file, a line each: rule, impact, and where.

    Args:
        page: in which it is opened.
        file: of HTML.
        medium: on which it is shown, of :data:`MEDIA`.
    """
    await page.call("Emulation.setEmulatedMedia", **MEDIA[medium])
    await page.call("Page.navigate", url=file.as_uri())
    await page.until(f"location.href === {json.dumps(file.as_uri())} && document.readyState === 'complete'")
    tabs = await page.value("document.querySelectorAll('input[name=tab]').length")
    found: list[str] = []
    for tab in range(1 if medium == "print" else max(tabs, 1)):  # On paper all of them are shown.
        told: dict[str, Any] = await page.value(LOOK % tab)
        assert len(told["passes"]) > 10, "axe has looked at it"
        found += [
            f"{file.stem}, {medium}, tab {tab + 1}: {each['id']} ({each['impact']}): {node['target']} {node['failureSummary']}"
            for each in told["violations"]
            for node in each["nodes"][:3]
        ]
    return list(dict.fromkeys(found))


def laid(folder: Path, tiles: dict[str, Tile]) -> list[Path]:
    """The pages of tiles, as files."""
    for name, tile in tiles.items():
        (folder / f"{name}.html").write_text(page_of(tile), "utf-8")
    return [folder / f"{name}.html" for name in tiles]


@pytest.mark.parametrize("medium", MEDIA)
async def test_axe_objects_to_nothing_on_the_pages_of_the_example(medium: str, tmp_path: Path) -> None:
    tiles = {"example": sample_tile(), "marketplace": clean_tile(), "extras": clean_tile(Target.EXTRAS)}
    async with with_axe(tmp_path) as page:
        for file in laid(tmp_path, tiles):
            assert await objections(page, file, medium) == []


@needs_corpus
@pytest.mark.parametrize("medium", MEDIA)
async def test_axe_objects_to_nothing_on_the_pages_of_published_tiles(medium: str, tmp_path: Path) -> None:
    async with with_axe(tmp_path) as page:
        told = []
        for file in laid(tmp_path, {path.name: read(path) for path in PUBLISHED}):
            told += await objections(page, file, medium)
    assert told == []


async def test_axe_would_object(tmp_path: Path) -> None:
    file = tmp_path / "poor.html"
    text = "<p style='color: #777; background: #666'>words</p><img src='data:,'>" + "<p>more</p>" * 20
    file.write_text(f"<!doctype html><html lang=en><title>t</title><main><h1>h</h1>{text}</main>")
    async with with_axe(tmp_path) as page:
        told = " ".join(await objections(page, file, "light"))
    assert "color-contrast" in told and "image-alt" in told
