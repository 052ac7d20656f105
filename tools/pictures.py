"""Makes the README's pictures from the real app: docs/pictures/*.svg."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["TILEWIZARD_STATE"] = tempfile.mkdtemp()

from tilewizard.screens.app import WizardApp  # noqa: E402
from tilewizard.screens.wizard import WizardScreen  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
ANSWERS = ROOT / "tests" / "material" / "answers.yaml"
STEPS = ("type", "listing", "pricing", "readme", "metrics", "media", "review")


async def picture(app: WizardApp, name: str) -> None:
    """Save what the app shows."""
    text = app.export_screenshot(title="tilewizard")
    (PICTURES / f"{name}.svg").write_text(text, encoding="utf-8")
    print(f"{name}.svg: {len(text):,} characters")


async def main() -> None:
    """A picture of home and of some steps, with the made-up tile of the tests."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    os.chdir(ANSWERS.parent)
    app = WizardApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await picture(app, "home")
    app = WizardApp(answers=ANSWERS, into=Path("marketplace"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.5)
        screen = app.screen
        assert isinstance(screen, WizardScreen)
        for step in STEPS:
            await screen.go_to(step)
            await pilot.pause(0.5)
            await app.workers.wait_for_complete()
            await pilot.pause(0.2)
            await picture(app, step)


asyncio.run(main())
