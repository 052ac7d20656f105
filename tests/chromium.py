"""A page of headless Chromium, driven by its debugging protocol."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")


class Browser:
    """A page of headless Chromium, driven by its debugging protocol."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.number = 0
        self.asked: list[str] = []

    async def call(self, method: str, **parameters: Any) -> Any:
        """Call a method and wait for its answer; addresses that the page asks for meanwhile are noted."""
        self.number += 1
        await self.socket.send_json({"id": self.number, "method": method, "params": parameters})
        while True:
            answer = json.loads((await self.socket.receive()).data)
            if answer.get("method") == "Network.requestWillBeSent":
                self.asked.append(answer["params"]["request"]["url"])
            if answer.get("id") == self.number:
                return answer.get("result", {})

    async def until(self, expression: str) -> None:
        """Wait until a JavaScript expression holds."""
        async with asyncio.timeout(30):
            while not (await self.call("Runtime.evaluate", expression=expression))["result"].get("value"):
                await asyncio.sleep(0.1)

    async def value(self, expression: str) -> Any:
        """What a JavaScript expression, or its promise, comes to.

        Raises:
            RuntimeError: it throws.
        """
        answer = await self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"])[:2000])
        return answer["result"].get("value")

    async def press(self, text: str, **key: Any) -> None:
        """Press a key."""
        await self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **key)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **key)


@asynccontextmanager
async def browser(folder: Path, session: aiohttp.ClientSession) -> AsyncIterator[Browser]:
    """Chromium with a profile of its own."""
    assert CHROMIUM is not None
    quiet = "--disable-background-networking --disable-component-update --disable-sync --disable-quic --no-first-run"
    process = await asyncio.create_subprocess_exec(
        *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1200,800", *quiet.split()),
        *("--remote-debugging-port=0", f"--user-data-dir={folder / 'profile'}", "about:blank"),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        place = folder / "profile" / "DevToolsActivePort"
        async with asyncio.timeout(30):
            while not place.is_file() or not place.read_text():
                await asyncio.sleep(0.1)
        port = place.read_text().split()[0]
        async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
            (page,) = [each for each in await answer.json() if each["type"] == "page"]
        async with session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as socket:
            yield Browser(socket)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
