"""The hand-in's title has one line where there is least room, in every language."""

from __future__ import annotations

import pytest

from tests.language.test_language import said

HEIGHT = """
import asyncio, sys
from pathlib import Path
from tilewizard.language import speak
speak(sys.argv[1])
from tilewizard.screens.app import WizardApp
from tilewizard.screens.hand_in import HandInScreen

async def main():
    async with WizardApp().run_test(size=(80, 24)) as pilot:
        pilot.app.push_screen(HandInScreen(Path("nowhere")))
        await pilot.pause()
        print("lines:", pilot.app.screen.query_one(".step-title").size.height)

asyncio.run(main())
"""


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_title_is_one_line(language: str) -> None:
    assert said(HEIGHT, language).splitlines()[-1:] == ["lines: 1"]
