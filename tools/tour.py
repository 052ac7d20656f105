"""Makes the tour of docs/tour.md from the real app, in a dark and in a light theme: its pictures, and docs/pictures/tour.gif.

The example of the tests is typed in as a partner would: the title first too long, the metrics pasted from an exposition.
"""

from __future__ import annotations

import asyncio
import io
import os
import re
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import cairosvg  # noqa: E402
from PIL import Image  # noqa: E402
from textual import events  # noqa: E402
from textual.pilot import Pilot  # noqa: E402
from textual.widgets import TextArea  # noqa: E402
from tilewizard.answers.yaml_text import load  # noqa: E402
from tilewizard.drafts.appearance import Appearance  # noqa: E402
from tilewizard.screens.app import WizardApp  # noqa: E402
from tilewizard.screens.shims.blinking import stop_blinking  # noqa: E402

MATERIAL = ROOT / "tests" / "material"
PICTURES = ROOT / "docs" / "pictures"
THEMES = {"dark": "", "light": "-light"}
"""What is toured in, and what the names of its pictures end in."""
SIZE = (110, 32)
WIDTH = 990
"""Pixels of the moving picture across."""
EXPOSITION = """\
# HELP requests Requests that the widget serves now.
# TYPE requests gauge
requests{host="a"} 27
# HELP latency_seconds Mean time to serve a request.
# TYPE latency_seconds gauge
latency_seconds{host="a"} 0.2
"""


class Tour:
    """The app, driven; what it shows is kept.

    Attributes:
        frames: pictures and how long each is shown, in milliseconds.
    """

    def __init__(self, pilot: Pilot[str], ending: str) -> None:
        self.pilot = pilot
        self.ending = ending
        self.frames: list[tuple[Image.Image, int]] = []

    async def settled(self) -> None:
        for _ in range(2):
            await self.pilot.pause(0.2)
            await self.pilot.app.workers.wait_for_complete()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settled()

    async def type(self, text: str, then: str = "") -> None:
        focused = self.pilot.app.focused
        assert focused is not None
        if isinstance(focused, TextArea):
            focused.insert(text)
        else:
            focused.post_message(events.Paste(text))
        await self.settled()
        if then:
            await self.press(then)

    async def fill(self, *texts: str) -> None:
        for text in texts:
            if text:
                await self.type(text)
            await self.pilot.press("tab")

    async def show(self, name: str = "", milliseconds: int = 2200) -> None:
        """Keep what is shown; under a name as a picture of its own too."""
        await self.settled()
        # A picture asks nobody for a font.
        svg = re.sub(r"\s*@font-face\s*{[^}]*}", "", self.pilot.app.export_screenshot(title="tilewizard"))
        if name:
            (PICTURES / f"{name}{self.ending}.svg").write_text(svg, encoding="utf-8")
        plain = re.sub(r"font-family:[^;}]*", "font-family: DejaVu Sans Mono", svg)
        data = cairosvg.svg2png(bytestring=plain.encode(), output_width=WIDTH)
        self.frames.append((Image.open(io.BytesIO(data)).convert("RGB"), milliseconds))


async def steps(tour: Tour) -> AsyncIterator[str]:
    """The way through the wizard; gives the name of each step once it is shown."""
    answers = load(MATERIAL / "answers.yaml")
    listing, who, plan = answers.listing, answers.author, answers.pricing[0]
    await tour.show("tour-home")
    await tour.press("enter")
    await tour.pilot.press("tab", "tab", "tab")
    await tour.fill("metrics, events", "metrics")
    await tour.show("tour-type")
    yield "type"
    await tour.press("ctrl+n")
    await tour.type("Acme Widget, the integration that watches every widget you have")
    await tour.show("tour-fault", 2600)
    await tour.press("ctrl+z")
    await tour.fill(listing.title, listing.description, ", ".join(listing.categories), ", ".join(listing.supported_os))
    await tour.fill(who.name, who.homepage, who.support_email, who.vendor_id)
    await tour.type(who.sales_email)
    await tour.show("tour-listing")
    yield "listing"
    await tour.press("ctrl+n")
    await tour.pilot.press("down", "down", "down", "tab")
    await tour.fill("12.50", plan.unit_label, "", plan.tag, "")
    await tour.type(plan.short_description)
    await tour.show("tour-pricing", 2600)
    yield "pricing"
    await tour.press("ctrl+n")
    await tour.press("f4")
    await tour.show("tour-starter")
    await tour.press("ctrl+z")
    links = "".join(f"\n[{label}]: {url}" for label, url in answers.readme_links.items())
    for title in ("Overview", "Setup", "Uninstallation"):
        await tour.type(answers.readme[title].rstrip("\n"), "tab")
    await tour.type(answers.readme["Support"] + links)
    await tour.show("tour-readme", 2600)
    yield "readme"
    await tour.press("ctrl+n")
    await tour.press("f3")
    await tour.type(EXPOSITION)
    await tour.show("tour-import", 2600)
    await tour.press("enter")
    await tour.show("tour-metrics")
    yield "metrics"
    await tour.press("ctrl+n")
    for medium in answers.media:
        await tour.press("f7")
        await tour.type(Path(medium.image).name, "tab")
        await tour.type(medium.caption)
    await tour.pilot.press("tab")
    await tour.type("logo.svg")
    await tour.show("tour-media")
    yield "media"
    await tour.press("ctrl+n", "tab")
    await tour.type("overview.json")
    await tour.press("ctrl+n", "ctrl+o")
    await tour.show("tour-picker")
    await tour.press("enter")
    await tour.show("tour-eula")
    yield "eula"
    await tour.press("f5")
    await tour.show("tour-preview", 2600)
    await tour.press("escape")
    await tour.press("ctrl+n")
    await tour.press("ctrl+n")
    await tour.show("tour-review", 2600)
    await tour.press("enter")
    await tour.show("tour-done", 3500)
    yield "review"


async def toured(theme: str, home: Path) -> None:
    """Drive the app in a theme, in a folder of its own, and write its pictures."""
    os.environ |= {"TILEWIZARD_STATE": str(home / ".state"), "HOME": str(home)}
    for each in MATERIAL.iterdir():
        shutil.copy(each, home / each.name)
    os.chdir(home)
    app = WizardApp(into=Path("marketplace"), appearance=Appearance(theme=theme, motion=False))
    async with app.run_test(size=SIZE) as pilot:
        tour = Tour(pilot, THEMES[theme])
        async for name in steps(tour):
            print(f"{theme}: {name}")
    small = [frame.quantize(48, dither=Image.Dither.NONE) for frame, _ in tour.frames]
    place = PICTURES / f"tour{THEMES[theme]}.gif"
    small[0].save(
        place, save_all=True, append_images=small[1:], duration=[each for _, each in tour.frames], loop=0, optimize=True
    )
    print(f"{place.name}: {len(small)} frames, {place.stat().st_size:,} bytes")


def main() -> None:
    """Write all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    os.environ["PATH"] = ""  # Whether ddev is installed here is no part of the tour.
    stop_blinking()
    for theme in THEMES:
        with tempfile.TemporaryDirectory() as home:
            asyncio.run(toured(theme, Path(home)))
            os.chdir(ROOT)


if __name__ == "__main__":
    main()
