"""Moments in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from tilewizard.drafts.when import in_words

NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-25T09:05:00+00:00", "today at 09:05"),
        ("2026-11-25T23:00:00+00:00", "today at 23:00"),  # A clock that was set back.
        ("2026-11-24T23:59:00+00:00", "yesterday at 23:59"),
        ("2026-11-19T08:00:00+00:00", "6 days ago, at 08:00"),
        ("2026-11-18T08:00:00+00:00", "on 18 November 2026"),
        ("2025-01-02T08:00:00+00:00", "on 2 January 2025"),
        ("", ""),
        ("never", ""),
        ("0001-01-01T00:00:00+23:59", ""),
    ],
)
def test_a_moment_is_told_as_one_speaks_of_it(moment: str, words: str) -> None:
    assert in_words(moment, NOW, UTC) == words


def test_days_are_those_of_the_readers_clock() -> None:
    east = timezone(timedelta(hours=13))
    assert in_words("2026-11-24T13:00:00+00:00", NOW, east) == "yesterday at 02:00"
