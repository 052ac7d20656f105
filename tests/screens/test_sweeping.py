"""The look through all objects, a pause of a tenth of a second, is put off while a step opens and while somebody does something."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from tilewizard.screens import sweeping
from tilewizard.screens.app import WizardApp

from .driving import wizard
from .test_tables import MATERIAL

ANSWERS = MATERIAL / "answers.yaml"


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """What was looked at while this test ran, once a look; the threshold is put back afterwards."""
    found: list[int] = []
    usual = gc.get_threshold()
    monkeypatch.setattr(gc, "collect", lambda: found.append(gc.get_threshold()[2]))
    yield found
    gc.set_threshold(*usual)


def app_of(hand_app: object) -> WizardApp:
    assert isinstance(hand_app, WizardApp)
    return hand_app


async def test_none_while_steps_open_and_one_once_it_is_quiet(
    looks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = gc.get_threshold()
    monkeypatch.setattr(sweeping, "QUIET", 30)
    async with wizard(answers=ANSWERS) as hand:
        sweep = app_of(hand.wizard.app).sweep
        sweep.begin()
        await hand.press("ctrl+n")
        await hand.press("ctrl+n")
        assert gc.get_threshold() == (*usual[:2], sweeping._NEVER)
        assert looks == []
        monkeypatch.setattr(sweeping, "QUIET", 0.01)
        await hand.press("a")  # It is waited for quiet from here on.

        def looked_at() -> None:
            assert looks == [usual[2]]

        await hand.eventually(looked_at)
        assert gc.get_threshold() == usual
        await hand.press("a")
        assert sweep._timer is None  # Typing alone sets off none.


async def test_keys_put_it_off(looks: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "QUIET", 30)
    async with wizard(answers=ANSWERS) as hand:
        sweep = app_of(hand.wizard.app).sweep
        sweep.begin()
        await hand.press("ctrl+n")
        first = sweep._timer
        await hand.press("a")
        assert first is not None and sweep._timer is not None and sweep._timer is not first
        assert looks == []


async def test_in_a_process_of_somebody_else_nothing_is_set(looks: list[int]) -> None:
    usual = gc.get_threshold()
    async with wizard(answers=ANSWERS) as hand:
        await hand.press("ctrl+n", "ctrl+p")
        await hand.checked()
        assert gc.get_threshold() == usual
    assert looks == []
