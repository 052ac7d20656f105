"""A session of hours holds no more than one of a minute: what was removed from the screens is not kept."""

from __future__ import annotations

import gc
from asyncio import get_running_loop
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from pathlib import Path
from typing import Any
from weakref import ref

import pytest
from textual._styles_cache import StylesCache
from textual.widget import Widget
from tilewizard.screens.step import Step

from .driving import Hand, wizard

FEW = 6
"""Widgets that may just be on their way out."""


def held(hand: Hand) -> tuple[int, int]:
    """Widgets that are on no screen any more, and caches of what others drew, that somebody holds."""
    hand.wizard.app.let_go()  # type: ignore[attr-defined]
    gc.collect()
    every = gc.get_objects()
    widgets = [each for each in every if isinstance(each, Widget)]
    shown = sum(each.is_attached for each in widgets)
    return len(widgets) - shown, sum(isinstance(each, StylesCache) for each in every) - shown


async def steps(hand: Hand) -> None:
    for key in ("ctrl+n", "ctrl+n", "ctrl+n", "ctrl+p", "ctrl+p", "ctrl+p"):
        await hand.press(key)
        await hand.checked()
        hand.wizard.query_one(Step)  # Textual remembers what it found.


async def rows(hand: Hand) -> None:
    await hand.wizard.go_to("pricing")
    for __ in range(3):
        await hand.press("f7", "f8")
    await hand.wizard.go_to("type")
    await hand.checked()


async def screens(hand: Hand) -> None:
    for key in ("f5", "f1", "f10", "f4"):
        await hand.press(key)
        await hand.checked()
        await hand.press("escape")
    await hand.checked()


async def editors(hand: Hand) -> None:
    for __ in range(2):
        await hand.wizard.go_to("readme")
        await hand.press("f2", "escape")
        await hand.wizard.go_to("changelog")
    await hand.wizard.go_to("type")
    await hand.checked()


@pytest.mark.slow
@pytest.mark.parametrize("way", [steps, rows, screens, editors])
async def test_what_was_removed_is_not_held(way: Callable[[Hand], Coroutine[Any, Any, None]], tile: Path) -> None:
    async with wizard((120, 40), tile=tile) as hand:
        await way(hand)
        widgets, drawn = held(hand)
        for __ in range(3):
            await way(hand)

        def no_more() -> None:
            more, more_drawn = held(hand)
            assert more <= widgets + FEW
            assert more_drawn <= drawn + FEW

        await hand.eventually(
            no_more
        )  # asyncio keeps a timer that was cancelled, with whom it was for, until its time has come.


class Work:
    """What a thread works for."""


at_work: ContextVar[Work] = ContextVar("at_work")


async def test_no_thread_holds_what_it_worked_for(tile: Path) -> None:
    """Textual sets such a variable in the thread of a worker; the thread may get no other work for hours."""
    async with wizard((120, 40), tile=tile) as hand:
        work = Work()
        await get_running_loop().run_in_executor(None, at_work.set, work)
        held = ref(work)
        del work

        def gone() -> None:
            gc.collect()
            assert held() is None

        await hand.eventually(gone)
