"""The verdict in one line, what a reviewer looks at first, and how much of a file changes."""

from __future__ import annotations

import pytest
from tilewizard.rules.findings import Severity
from tilewizard.session.session import Session, starting_answers
from tilewizard.session.verdict import by_weight, verdict
from tilewizard.writing.changes import COUNTED, FileChange

from tests.rules.clean_tile import clean_tile


def test_the_verdict_tells_whether_the_tile_may_be_written() -> None:
    new = Session(starting_answers())
    worst, words = verdict(new.examine(), new=True)
    assert worst == Severity.ERROR and words.startswith("Not ready to write: ")
    session = Session(tile=clean_tile())
    worst, words = verdict(session.examine(), new=False)
    assert worst is None and words.startswith("Ready.")
    session.set(("listing", "description"), "What it does.")
    assert verdict(session.examine(), new=False) == (
        Severity.WARNING,
        "It can be written; a reviewer would object to 1.",
    )
    session.set(("listing", "title"), "y" * 60)
    worst, words = verdict(session.examine(), new=False)
    assert worst == Severity.ERROR and words.startswith("Datadog would refuse it: 1 to mend, ")


def test_the_worst_comes_first_and_then_the_order_of_the_questions() -> None:
    found = by_weight(Session(starting_answers()).examine())
    ranks = [each.severity.rank for each in found]
    assert ranks == sorted(ranks)
    files = [each.form for each in found if each.severity.rank == 0]
    title = next(at for at, words in enumerate(files) if words.startswith("Name the offering"))
    readme = next(at for at, words in enumerate(files) if "Overview" in words)
    eula = next(at for at, words in enumerate(files) if "licence agreement" in words)
    assert title < readme < eula


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, b"12345", "5 bytes"),
        (b"1234", None, "4 bytes"),
        (b"same", b"same", ""),
        (b"one\ntwo\n", b"one\nthree\nfour\n", "+2 -1 lines"),
        (b"--- a\n", b"+++ b\n--- c\n", "+2 -1 lines"),
        (b"\0", b"\0" * 2000, "1 → 2,000 bytes"),
        (b"a\n" * COUNTED, b"b\n", "8,000 → 2 bytes"),
    ],
)
def test_how_much_of_a_file_changes(before: bytes | None, after: bytes | None, told: str) -> None:
    assert FileChange("a.txt", before, after).extent == told
