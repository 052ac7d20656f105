"""Random keys, texts, pastes and clicks, sent at once through a pseudo-terminal, against an app that gets them one by one.

Usage: keys_at_once.py [SEQUENCES] [--seed N] [--after N] [--busy] [--again WORDS]

Two wizards edit copies of one tile. One gets each event when all that came of the last one is done, and is the model;
there, too, it is looked up where a click falls. The other runs in a terminal of its own and gets the bytes of a whole
sequence in one write. After each sequence both must have the same answers, the same step and the same focus, and see it. Every
RESTART sequences both begin anew, and where they came to be scrolled otherwise: what is told above a field while it gets the
focus may leave it a line higher or lower. Exit 1 at the first difference, with the words that lead to it.
"""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import itertools
import json
import os
import pty
import random
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from tests.rules.clean_tile import written
from textual import events
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Button, Input, OptionList, TextArea
from tilewizard.drafts.drafts import DraftStore
from tilewizard.field.names import snake
from tilewizard.screens.app import WizardApp
from tilewizard.screens.focusing import in_view
from tilewizard.screens.wizard import WizardScreen
from tools.edit_by_hand import busy

SIZE = (120, 40)
RESTART = 20
KEYS = {
    "tab": "\t", "shift+tab": "\x1b[Z", "down": "\x1b[B", "up": "\x1b[A", "right": "\x1b[C", "left": "\x1b[D",
    "home": "\x1b[H", "end": "\x1b[F", "backspace": "\x7f", "delete": "\x1b[3~", "enter": "\r",
    "pagedown": "\x1b[6~", "ctrl+n": "\x0e", "ctrl+p": "\x10", "ctrl+g": "\x07", "f7": "\x1b[18~", "f8": "\x1b[19~",
    "f6": "\x1b[17~", "escape": "\x1b[27u", "f1": "\x1bOP", "f5": "\x1b[15~",
}  # fmt: skip
WEIGHTS = {"tab": 8, "ctrl+n": 4, "ctrl+p": 3, "backspace": 4, "end": 3, "home": 2, "down": 3, "enter": 2, "escape": 3}
TEXTS = ("io", "x", "1.5", "a, b", "Acme", "https://acme.example", "más", "# h", "word word")
PASTES = ("pasted", "two words", "a\nb")
MODEL, TERMINAL = "Ψ", "Ω"
"""The names of the folders that the two apps work in: one letter that nobody types."""
STOPPED = ("_at_work", "_worker")
"""What a screen has whose work Escape stops before it closes it."""
REPORT = "f12"
"""The key at which an app writes what it holds, through the gate like any other."""


class Told(WizardApp):
    """The wizard, with a key that writes answers, step and focus into a file."""

    CSS_PATH = str(files("tilewizard.screens").joinpath("tilewizard.tcss"))
    CLICK_CHAIN_TIME_THRESHOLD = 0.0
    BINDINGS = [Binding(REPORT, "tell", show=False, priority=True)]

    def __init__(self, told: Path, **options: Any) -> None:
        super().__init__(**options)
        self.told = told
        numbers = itertools.count()
        DraftStore.new_id = lambda _, name: f"{snake(name)}-{next(numbers)}"  # type: ignore[method-assign]  # The same in both apps.
        self.animation_level = "none"  # As in the wizard: Textual is imported here before it can be told.

    def notify(self, *_: Any, **__: Any) -> None:
        """Nothing is told: where a notice lies a click meets it, and when it goes the clock decides."""

    async def action_tell(self) -> None:
        """Write what there is."""
        self.told.with_suffix(".part").write_text(json.dumps(state(self)))
        self.told.with_suffix(".part").rename(self.told)


def state(app: WizardApp) -> dict[str, Any]:
    """What an app holds: answers, screen, step, focus."""
    wizard = next((each for each in app.screen_stack if isinstance(each, WizardScreen)), None)
    focused = app.focused
    around = focused.ancestors_with_self if focused is not None else []
    place = next((str(path) for each in around if (path := getattr(each, "path", None))), "")
    return {
        "answers": wizard.session.answers.model_dump(mode="json") if wizard is not None else {},
        "screen": type(app.screen).__name__,
        "step": wizard.current.slug if wizard is not None else "",
        "focus": f"{type(focused).__name__} {place}",
        "cursor": getattr(focused, "cursor_position", None) if isinstance(focused, Input) else None,
        "in view": in_view(app.screen, focused) if isinstance(focused, Input) else True,
        "scrolled": [each.scroll_y for each in app.screen.query(VerticalScroll)],
    }


def placeless(found: dict[str, Any]) -> dict[str, Any]:
    """A state without what differs by the places that the two apps work in: one letter, also where a path was typed into."""
    held: dict[str, Any] = json.loads(json.dumps(found, ensure_ascii=False).replace(MODEL, TERMINAL))
    return held


def words_of(chance: random.Random) -> list[str]:
    """A sequence: keys by name, texts, pastes that begin with a bar, clicks as ``@number``."""
    found = []
    for _ in range(chance.randint(3, 16)):
        kind = chance.random()
        if kind < 0.3:
            found.append(f"'{chance.choice(TEXTS)}")
        elif kind < 0.37:
            found.append(f"|{chance.choice(PASTES)}")
        elif kind < 0.45:
            found.append(f"@{chance.randrange(1000)}")
        else:
            names = list(KEYS)
            found.append(chance.choices(names, [WEIGHTS.get(name, 1) for name in names])[0])
    return found


def targets(app: WizardApp) -> list[tuple[int, int]]:
    """Where a click has something to do: the middle of what can be focused or pressed and is seen whole."""
    screen = app.screen
    found = []
    for kind in (Input, TextArea, Button, OptionList):
        for widget in screen.query(kind):
            region = widget.region
            if region.width and region.height and screen.region.contains_region(region):
                at = (region.x + min(3, region.width - 1), region.y)
                if screen.get_widget_at(*at)[0] is widget:
                    found.append(at)
    return sorted(set(found))


class Model:
    """The app that gets events one by one."""

    def __init__(self, app: Told, pilot: Any) -> None:
        self.app, self.pilot = app, pilot

    async def send(self, *sent: events.Event) -> None:
        """Send events, each to its end, and wait until what all of them changed is checked."""
        for event in sent:
            event.set_sender(self.app)
            self.app.post_message(event)
            await asyncio.sleep(0)
            await self.app.gate.drained()
        for screen in self.app.screen_stack:
            if isinstance(screen, WizardScreen) and screen.is_current:
                await screen.caught_up()
        await self.app.gate.drained()

    async def play(self, word: str) -> str:
        """Play one word. Returns the bytes by which a terminal would send it."""
        if word in KEYS:
            await self.send(events.Key(word, None))
            return KEYS[word]
        if word.startswith("@"):
            places = targets(self.app)
            if not places:
                return ""
            x, y = places[int(word[1:]) % len(places)]
            common = {"widget": None, "x": x, "y": y, "delta_x": 0, "delta_y": 0, "button": 1}
            common |= {"shift": False, "meta": False, "ctrl": False, "screen_x": x, "screen_y": y}
            await self.send(events.MouseDown(**common), events.MouseUp(**common))
            return f"\x1b[<0;{x + 1};{y + 1}M\x1b[<0;{x + 1};{y + 1}m"
        if word.startswith("|"):
            await self.send(events.Paste(word[1:]))
            return f"\x1b[200~{word[1:]}\x1b[201~"
        await self.send(*(events.Key(_named(letter), letter) for letter in word[1:]))
        return word[1:]


def _named(letter: str) -> str:
    from textual.keys import _character_to_key

    return _character_to_key(letter)


class Terminal:
    """The app in a pseudo-terminal."""

    def __init__(self, tile: Path, folder: Path) -> None:
        self.told = folder / "told.json"
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color", "TILEWIZARD_STATE": str(folder / TERMINAL / "state")}
        environment["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)
        command = [sys.executable, "-m", "tools.keys_at_once", "--app", str(tile), str(self.told)]
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=folder / TERMINAL / "works"
        )
        os.close(slave)
        self.drawn = b""

    def read(self, seconds: float = 0.01) -> None:
        """Read what is drawn, so that the app is never held up, and keep the end of it.

        Raises:
            ChildProcessError: the app is over; with the last that it printed.
        """
        try:
            if select.select([self.master], [], [], seconds)[0]:
                self.drawn = (self.drawn + os.read(self.master, 1 << 16))[-20_000:]
        except OSError as error:
            words = re.sub(r"\x1b\[[0-9;?<>=]*[A-Za-z]", "", self.drawn.decode(errors="replace"))
            raise ChildProcessError(f"the app in the terminal is over ({self.process.wait()}): {words}") from error

    def state(self) -> dict[str, Any]:
        """What the app holds once it has handled all that was sent."""
        self.told.unlink(missing_ok=True)
        os.write(self.master, b"\x1b[24~")
        until = time.monotonic() + 60
        while not self.told.exists():
            self.read()
            if time.monotonic() > until:
                raise TimeoutError("the app in the terminal does not answer")
        found: dict[str, Any] = json.loads(self.told.read_text())
        return found

    def send(self, data: str) -> None:
        """Send bytes in one write."""
        os.write(self.master, data.encode())

    def close(self) -> None:
        """End the app."""
        self.process.kill()
        self.process.wait()
        os.close(self.master)


def differences(one: dict[str, Any], other: dict[str, Any], at: str = "") -> list[str]:
    """Where two states differ."""
    found = []
    for key in one.keys() | other.keys():
        mine, theirs = one.get(key), other.get(key)
        if isinstance(mine, dict) and isinstance(theirs, dict):
            found += differences(mine, theirs, f"{at}{key}.")
        elif mine != theirs:
            found.append(f"{at}{key}: one by one {mine!r}, at once {theirs!r}")
    return found


async def rounds(sequences: Iterable[list[str]], played: list[list[str]]) -> list[str]:
    """Play sequences with one pair of apps, and note them. Returns what differed first, with the words of all that were played."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["TILEWIZARD_STATE"] = str(folder / MODEL / "state")
        one, other = (written(folder / place / "tile" / "acme_corp_acme_widget") for place in (MODEL, TERMINAL))
        for place in (MODEL, TERMINAL):  # What one writes the other must not find.
            (folder / place / "works").mkdir()
        terminal = Terminal(other, folder)
        try:
            os.chdir(folder / MODEL / "works")
            app = Told(folder / "unused.json", tile=one)
            async with app.run_test(size=SIZE) as pilot:
                await pilot.pause()
                model = Model(app, pilot)
                await asyncio.to_thread(terminal.state)
                for words in sequences:
                    played.append(words)
                    data = ""
                    stoppable = False
                    for word in words:
                        if (
                            word == "escape" and stoppable
                        ):  # Whether it comes in time to stop the work is the clock's to say.
                            terminal.send(data)
                            data = ""
                            await asyncio.to_thread(terminal.state)
                        stoppable = stoppable or any(hasattr(app.screen, each) for each in STOPPED)
                        data += await model.play(word)
                    terminal.send(data)
                    try:
                        there = await asyncio.to_thread(terminal.state)
                    except (ChildProcessError, TimeoutError) as error:
                        if app.return_code is not None and terminal.process.poll() == 0:
                            break  # Both were closed, by a key on the last screen.
                        return [json.dumps(played), str(error), repr(state(app)["screen"])]
                    here, there = placeless(state(app)), placeless(there)
                    scrolled = here.pop("scrolled"), there.pop("scrolled")
                    if found := differences(here, there):
                        return [json.dumps(played), *found]
                    if not here["step"] or scrolled[0] != scrolled[1]:
                        break  # The wizard is over; or a click would fall on other things, and be meant for other things.
        finally:
            terminal.close()
            os.chdir(Path(__file__).parent)
    return []


def main() -> None:
    if sys.argv[1:2] == ["--app"]:
        Told(Path(sys.argv[3]), tile=Path(sys.argv[2])).run()
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sequences", type=int, nargs="?", default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--busy", action="store_true")
    parser.add_argument("--after", type=int, default=0, help="go on after so many sequences of the seed, without them")
    parser.add_argument("--again", type=json.loads, help="the words that a difference was told with")
    asked = parser.parse_args()
    if asked.again:
        print(*asyncio.run(rounds(asked.again, [])) or ["no difference"], sep="\n  ")
        return
    chance, done = random.Random(asked.seed), 0
    for _ in range(asked.after):
        words_of(chance)
    while done < asked.sequences:
        count, played = min(RESTART, asked.sequences - done), list[list[str]]()
        with busy(2 if asked.busy and (done // RESTART) % 2 else 0):
            found = asyncio.run(rounds((words_of(chance) for _ in range(count)), played))
        if found:
            print(f"seed {asked.seed}, after {asked.after + done} sequences:", *found, sep="\n  ")
            sys.exit(1)
        done += len(played)
        print(f"{done} sequences without a difference", flush=True)


if __name__ == "__main__":
    main()
