"""What is left, and what changed since the tile was written."""

from __future__ import annotations

from tilewizard.session.progress import changed_since_written, minutes_left
from tilewizard.session.session import Session, starting_answers

from tests.rules.clean_tile import clean_tile


def test_less_is_left_with_every_answer_and_nothing_of_a_whole_tile() -> None:
    session = Session(starting_answers())
    left = [minutes_left(session.examine())]
    for path, value in (
        (("listing", "title"), "Acme Widget"),
        (("listing", "categories"), ["Cloud"]),
        (("author", "name"), "Acme"),
        (("readme",), {"Overview": "What it does.", "Setup": "1. Install it.", "Support": "Write to us."}),
    ):
        session.set(path, value)
        left.append(minutes_left(session.examine()))
    assert left == sorted(left, reverse=True)
    assert left[0] > left[-1] > 0
    assert all(minutes % 5 == 0 for minutes in left)
    assert minutes_left(Session(tile=clean_tile()).examine()) == 0


def test_what_is_wrong_with_an_answer_takes_time_too() -> None:
    session = Session(tile=clean_tile())
    session.set(("listing", "description"), "y" * 200)
    assert minutes_left(session.examine()) == 5


def test_changes_are_counted_by_step_and_undo_takes_them_away() -> None:
    session = Session(tile=clean_tile())
    assert not changed_since_written(session)
    session.set(("listing", "title"), "Acme Widget II")
    session.set(("author", "name"), "Acme")
    session.set(("readme_title",), "Acme Widget II")
    assert changed_since_written(session) == {"listing": 2, "readme": 1}
    for _ in range(3):
        session.undo()
    assert not changed_since_written(session)
    assert not changed_since_written(Session(starting_answers()))
