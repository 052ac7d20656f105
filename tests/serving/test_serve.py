"""The wizard in a browser: who gets in, and that what is typed there arrives."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.chromium import browser, needs_chromium

pytestmark = pytest.mark.slow


@asynccontextmanager
async def served(folder: Path, *words: str) -> AsyncIterator[str]:
    """``tilewizard serve`` on a free port; gives the address that it prints."""
    environment = {**os.environ, "TILEWIZARD_STATE": str(folder / "state"), "PYTHONUNBUFFERED": "1"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tilewizard", "serve", "--port", "0", *words),
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        line = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
        yield line.removeprefix("tilewizard is at ").strip()
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def seen(socket: aiohttp.ClientWebSocketResponse, wanted: bytes) -> None:
    """Read what is drawn until some words were."""
    drawn = b""
    async with asyncio.timeout(30):
        while wanted not in drawn:
            message = await socket.receive()
            assert message.type in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT), drawn[-500:]
            drawn = (drawn + message.data)[-200_000:] if message.type == aiohttp.WSMsgType.BINARY else drawn


async def test_only_who_has_the_address_gets_in(tmp_path: Path) -> None:
    async with served(tmp_path) as address, aiohttp.ClientSession() as session:
        base, _, key = address.partition("/?key=")
        assert base.startswith("http://127.0.0.1:")
        for url, headers, status in (
            (base, {}, 403),
            (f"{base}/ws", {}, 403),
            (f"{base}/static/js/textual.js", {}, 403),
            (f"{base}/?key=wrong", {}, 403),
            (address, {"Host": "example.org"}, 403),
            (address, {"Origin": "http://example.org"}, 403),
            (f"{base}/ws?key={key}", {}, 403),
            (address, {}, 302),
        ):
            async with session.get(url, headers=headers, allow_redirects=False) as answer:
                assert answer.status == status, (url, headers)


async def test_the_wizard_runs_behind_the_page_and_asks_nobody_else(tmp_path: Path) -> None:
    jar = aiohttp.CookieJar(unsafe=True)
    async with served(tmp_path) as address, aiohttp.ClientSession(cookie_jar=jar) as session:
        base = address.partition("/?")[0]
        async with session.get(address) as answer:
            page = await answer.text()
            assert answer.status == 200
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert page.count("http://") == page.count(base)
        assert "https://" not in page
        async with session.ws_connect(f"{base}/ws?width=100&height=30", origin=base) as socket:
            await seen(socket, b"Start a new tile")
            await socket.send_json(["stdin", "\r"])
            await seen(socket, b"Integration type")


async def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    async with served(tmp_path) as address:
        port = address.partition("/?")[0].rpartition(":")[2]
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tilewizard", "serve", "--port", port), stderr=asyncio.subprocess.PIPE
        )
        _, told = await process.communicate()
        assert process.returncode == 2
        assert f"port {port} is taken" in told.decode()
        assert "--port 0" in told.decode()


@needs_chromium
async def test_in_chromium_a_title_that_is_typed_is_kept_as_a_draft(tmp_path: Path) -> None:
    async with (
        served(tmp_path) as address,
        aiohttp.ClientSession() as session,
        browser(tmp_path, session) as page,
    ):
        await page.call("Page.enable")
        await page.call("Network.enable")
        await page.call("Page.navigate", url=address)
        await page.until("document.body && document.body.classList.contains('-first-byte')")
        await asyncio.sleep(1.5)
        await page.press("\r", key="Enter", code="Enter", windowsVirtualKeyCode=13)  # A new tile
        await asyncio.sleep(1.5)
        await page.press("", key="n", code="KeyN", windowsVirtualKeyCode=78, modifiers=2)  # Ctrl+N: the listing
        await asyncio.sleep(1.0)
        for letter in "Acme Browser":
            await page.press(letter, key=letter)
        if keep := os.environ.get("TILEWIZARD_PICTURES"):
            shown = await page.call("Page.captureScreenshot")
            Path(keep, "browser.png").write_bytes(base64.b64decode(shown["data"]))
        drafts = tmp_path / "state" / "drafts"
        async with asyncio.timeout(20):
            while not any("Acme Browser" in each.read_text() for each in drafts.glob("*.yaml")):
                await asyncio.sleep(0.2)
        assert all(url.startswith((address.partition("/?")[0], "data:", "about:")) for url in page.asked), page.asked
