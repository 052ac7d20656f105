"""A check follows a key at once where it is quick, else a pause that is in proportion to how long it took for that question."""

from __future__ import annotations

import pytest
from tilewizard.screens.pace import PAUSE_MAX, QUICK, SHARE, TIMES, Pace

TITLE, README = ("listing", "title"), ("readme", "Overview")


def test_before_anything_is_known_a_key_does_not_wait() -> None:
    pace = Pace()
    pace.question = TITLE
    assert not pace.quick
    assert pace.pause == PAUSE_MAX


def test_the_first_answer_is_taken_to_need_a_share_of_a_whole_check_and_the_next_what_the_last_one_needed() -> None:
    pace = Pace()
    pace.note((), 0.5)
    pace.question = TITLE
    assert pace.pause == pytest.approx(TIMES * 0.5 / SHARE)
    pace.note(TITLE, 0.05)
    pace.question = README
    assert not pace.quick
    assert pace.pause == pytest.approx(TIMES * 0.05)


@pytest.mark.parametrize(
    ("took", "quick", "pause"),
    [(QUICK / 2, True, 0.001), (QUICK, True, 0.001), (0.05, False, TIMES * 0.05), (9.0, False, PAUSE_MAX)],
)
def test_each_question_has_its_own(took: float, quick: bool, pause: float) -> None:
    pace = Pace()
    pace.note(TITLE, QUICK / 2)
    pace.note(README, took)
    pace.question = README
    assert (pace.quick, pace.pause) == (quick, pytest.approx(pause))
    pace.question = TITLE
    assert pace.quick
