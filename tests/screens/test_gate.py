"""What is typed ends where it was meant: all keys at once give what they give one at a time."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual import events
from textual.app import App
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Button, Input
from tilewizard.answers.model import Answers
from tilewizard.screens.app import WizardApp
from tilewizard.screens.focusing import in_view
from tilewizard.screens.gate import Gate, is_input
from tilewizard.screens.traffic import Mark, Traffic
from tilewizard.screens.widgets import file_facts
from tilewizard.screens.widgets.choice import Choice
from tilewizard.screens.widgets.field import Field
from tilewizard.screens.widgets.file_facts import FileFacts
from tilewizard.screens.widgets.rows import Rows
from tilewizard.screens.wizard import WizardScreen

from tests.conftest import quick_first
from tests.rules.clean_tile import written

MOVES = ("tab", "shift+tab", "down", "up", "home", "end", "left", "right", "backspace", "delete", "enter", "space")
STEPS = ("pagedown", "ctrl+n", "ctrl+p", "f7", "f8", "f5", "escape", "f6")
TEXTS = ("io", "x", "1.5", "a, b", "Acme", "https://acme.example")


def events_of(word: str) -> list[events.Event]:
    """The events of a key by its name, of a text, or of a paste that begins with a bar."""
    if word in MOVES or word in STEPS:
        return [events.Key(word, " " if word == "space" else None)]
    if word.startswith("|"):
        return [events.Paste(word[1:])]
    return [events.Key(_named(letter), letter) for letter in word]


def _named(letter: str) -> str:
    return letter if letter.isalnum() else unicodedata.name(letter).lower().replace("-", "_").replace(" ", "_")


def send(app: App[Any], *sent: events.Event) -> None:
    """Events as they come from a terminal, all at once."""
    for event in sent:
        event.set_sender(app)
        app.post_message(event)


@asynccontextmanager
async def opened(root: Path) -> AsyncIterator[tuple[WizardApp, Pilot[Any], WizardScreen]]:
    """The wizard on a tile, at its first step."""
    app = WizardApp(tile=root)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, WizardScreen)
        yield app, pilot, app.screen


async def played(root: Path, words: list[str], *, at_once: bool) -> tuple[Answers, str, str]:
    """Open the tile and play words, each to its end or all at once. Returns the answers, the step and what has the focus."""
    async with opened(root) as (app, pilot, wizard):
        for word in words:
            for event in events_of(word):
                send(app, event)
                if not at_once:
                    await pilot.pause()
                    await wizard.caught_up()
        await pilot.pause()
        await pilot.pause()
        focused = app.focused
        around = focused.ancestors_with_self if focused is not None else []
        place = next((str(path) for each in around if (path := getattr(each, "path", None))), type(focused).__name__)
        return wizard.session.answers, wizard.current.slug, place


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "title", "description"),
    quick_first(
        [
            (["ctrl+n", "tab", "Desc 0 xyz", "backspace", "tab", "io"], "Acme Widget", "Desc 0 xy"),
            (["ctrl+n", " II", "|two\nlines", "ctrl+n"], "Acme Widget IItwo", None),
            (["ctrl+n", "end", " II"], "Acme Widget II", None),
            (["ctrl+n", " II"], "Acme Widget II", None),
            (["ctrl+n", " II", "ctrl+n", "ctrl+n", "ctrl+p", "ctrl+p", " X"], "Acme Widget II X", None),
        ],
        2,
        spread=True,
    ),
)
async def test_keys_that_come_all_at_once_end_where_they_were_meant(
    tmp_path: Path, words: list[str], title: str, description: str | None
) -> None:
    root = written(tmp_path / "acme_corp_acme_widget")
    answers, _, _ = await played(root, words, at_once=True)
    assert answers.listing.title == title
    assert description is None or answers.listing.description == description


@pytest.mark.slow
async def test_text_behind_a_paste_that_opens_a_dialog_goes_into_the_dialog(tmp_path: Path) -> None:
    root = written(tmp_path / "acme_corp_acme_widget")
    words = ["ctrl+n", "ctrl+n", "ctrl+n", "ctrl+n", "|a\nb", "Acme", "escape"]
    before, _, _ = await played(root, [], at_once=True)
    answers, step, _ = await played(root, words, at_once=True)
    assert (step, answers.metrics) == ("metrics", before.metrics)


@pytest.mark.slow
async def test_keys_behind_one_that_starts_work_wait_for_what_comes_of_it(tmp_path: Path) -> None:
    root = written(tmp_path / "acme_corp_acme_widget")
    async with opened(root) as (app, pilot, wizard):
        while wizard.current.slug != "media":
            await pilot.press("ctrl+n")
        before, here = wizard.session.answers.media[0].image, wizard.current.slug
        send(app, *(events.Key(key, None) for key in ("tab", "f3", "enter", "ctrl+n")))
        await pilot.pause()
        await pilot.pause()
        assert app.screen is wizard
        assert wizard.session.answers.media[0].image != before, "no copy was made"
        assert wizard.current.slug != here, "the key that came behind went to a screen that was about to go"


@pytest.mark.slow
async def test_a_key_that_scrolls_ends_where_it_does_once_what_was_typed_is_checked(tmp_path: Path) -> None:
    """A fault below a field makes the form longer: the end of the form is another then."""
    root = written(tmp_path / "acme_corp_acme_widget")
    ends = []
    for at_once in (False, True):
        async with opened(root) as (app, pilot, wizard):
            await pilot.press("ctrl+n", *["tab"] * 8)
            for word in ("end", "# h", "pagedown"):
                for event in events_of(word):
                    send(app, event)
                    if not at_once:
                        await pilot.pause()
                        await wizard.caught_up()
                        await pilot.pause()
            await pilot.pause()
            await wizard.caught_up()
            await pilot.pause()
            before = -1.0
            for __ in range(40):  # On a busy machine what is longer is laid out a while later.
                if before == wizard.step.scroll_offset.y > 0:
                    break
                before = wizard.step.scroll_offset.y
                await pilot.pause(0.1)
            ends.append(wizard.step.scroll_offset.y)
            assert ends[-1] > 0
    assert ends[0] == ends[1]


@pytest.mark.slow
async def test_a_click_meets_what_stands_there_once_what_is_in_the_files_above_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = written(tmp_path / "acme_corp_acme_widget")
    async with opened(root) as (app, pilot, wizard):
        while wizard.current.slug != "media":
            await pilot.press("ctrl+n")

        def logo() -> Field:
            return next(each for each in wizard.query(Field) if each.path == ("logo",))

        def told() -> bool:
            pictures = [each for each in wizard.query(FileFacts) if each.kind == "image"]
            return bool(pictures) and all(each.display for each in pictures)

        for _ in range(100):
            await pilot.pause(0.05)
            if told():
                break
        assert told()
        await wizard.caught_up()
        await pilot.pause()
        await pilot.pause(0.3)
        x, y = logo().control.region.offset
        await pilot.press("ctrl+p")
        monkeypatch.setattr(file_facts, "LOOK_AFTER", 60.0)  # Long after the click.
        common = {"widget": None, "x": x + 2, "y": y, "delta_x": 0, "delta_y": 0, "button": 1}
        common |= {"shift": False, "meta": False, "ctrl": False, "screen_x": x + 2, "screen_y": y}
        send(app, events.Key("ctrl+n", None), events.MouseDown(**common), events.MouseUp(**common))
        await pilot.pause()
        await pilot.pause()
        assert app.focused is logo().control


@pytest.mark.slow
async def test_a_click_behind_what_scrolls_once_all_is_drawn_falls_on_what_is_drawn_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The scroll is done by what is called after a refresh, and is itself drawn by the next one."""
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 0.1)  # Drawn so seldom that a click can come in between.
    clicked: list[str] = []

    class Many(App[None]):
        BINDINGS = [("g", "go")]

        def __init__(self) -> None:
            super().__init__()
            self.gate = Gate(self, super().on_event)

        async def on_event(self, event: events.Event) -> None:
            if is_input(event):
                self.gate.take(event)
            else:
                await super().on_event(event)

        def compose(self):  # type: ignore[no-untyped-def]
            with VerticalScroll():
                yield from (Button(f"{number}", compact=True) for number in range(100))

        def action_go(self) -> None:
            self.call_after_refresh(self._show)

        def _show(self) -> None:
            list(self.query(Button))[50].scroll_visible(animate=False, top=True)  # After the next refresh.
            self.query_one(VerticalScroll).refresh(layout=True)

        def on_button_pressed(self, event: Button.Pressed) -> None:
            clicked.append(str(event.button.label))

    app = Many()
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.pause()
        place = {"widget": None, "x": 3, "y": 7, "delta_x": 0, "delta_y": 0, "button": 1, "shift": False, "meta": False}
        place |= {"ctrl": False, "screen_x": 3, "screen_y": 7}
        for number in range(1, 6):
            app.query_one(VerticalScroll).scroll_to(y=0, animate=False)
            await pilot.pause()
            send(app, events.Key("g", "g"), events.MouseDown(**place), events.MouseUp(**place))
            await pilot.pause()
            await pilot.pause(0.3)
            assert clicked == ["57"] * number


@pytest.mark.slow
async def test_keys_go_on_when_the_word_that_the_screen_is_drawn_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A callback goes to the screen that is on top when it is handled, and is gone with it."""
    root = written(tmp_path / "acme_corp_acme_widget")
    async with opened(root) as (app, pilot, wizard):
        theirs, lost = wizard.call_after_refresh, []

        def losing(what: Callable[..., Any], *words: Any, **named: Any) -> bool:
            if len(lost) < 3 and isinstance(getattr(what, "__self__", None), asyncio.Event):  # The gate's.
                lost.append(what)
                return True
            return theirs(what, *words, **named)

        monkeypatch.setattr(wizard, "call_after_refresh", losing)
        send(app, events.Key("tab", None), events.Key("ctrl+n", None))
        for _ in range(200):
            if wizard.current.slug == "listing":
                break
            await asyncio.sleep(0.05)
        assert lost and wizard.current.slug == "listing"
        await pilot.pause()  # The step is open before the app ends.
        assert app.focused is not None


sequences = st.lists(
    st.one_of(
        st.sampled_from(TEXTS),
        st.sampled_from(MOVES),
        st.sampled_from(STEPS),
        st.sampled_from(["|pasted", "|two\nlines"]),
    ),
    min_size=3,
    max_size=14,
)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(words=sequences)
def test_all_at_once_gives_what_one_at_a_time_gives(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    import asyncio

    root = written(tmp_path_factory.mktemp("gate") / "acme_corp_acme_widget")
    slow = asyncio.run(played(root, words, at_once=False))
    fast = asyncio.run(played(root, words, at_once=True))
    assert fast == slow


async def test_every_widget_that_handles_a_message_is_seen() -> None:
    """The shim over Textual's hook: fails where Textual no longer calls it, or no longer names the widget at work."""
    handled: list[str] = []

    class One(App[None]):
        def __init__(self) -> None:
            super().__init__()
            self.traffic = Traffic()

        def compose(self):  # type: ignore[no-untyped-def]
            yield Input()

        def on_input_changed(self) -> None:
            handled.append("changed")

    app = One()
    async with app.run_test():
        await app.traffic.still()
        assert not app.traffic.any
        app.query_one(Input).value = "x"
        assert not await app.traffic.still(), "a message was handled, and nobody saw it"
        assert handled == ["changed"]
        assert await app.traffic.still()
        assert app.query_one(Input).post_message(Mark())


@pytest.mark.slow
@pytest.mark.parametrize("has_rows", [False, True])
async def test_a_row_that_is_laid_out_late_is_seen_when_it_has_the_focus(tmp_path: Path, has_rows: bool) -> None:
    """On a busy machine the focus comes before the row has its place."""
    async with opened(written(tmp_path / "acme_corp_acme_widget")) as (app, pilot, wizard):
        await wizard.go_to("listing")
        table = next(each for each in wizard.query(Rows) if each.question.name == "listing.resources")
        if has_rows:
            await table.action_add()
        else:
            table.query_one("#add").focus()
        await pilot.pause()
        wizard.step.scroll_to(y=0, animate=False, immediate=True)
        await pilot.pause()
        before = app.focused
        with app.batch_update():
            send(app, events.Key("f7", None))
            while app.focused is before or not isinstance(app.focused, Choice):
                await asyncio.sleep(0)
            assert not app.focused.virtual_region.size
            for _ in range(50):
                await asyncio.sleep(0)
        send(app, events.Key("f9", None))  # Whatever comes next finds it.
        await pilot.pause()
        await app.gate.drained()
        assert in_view(wizard, app.focused)
