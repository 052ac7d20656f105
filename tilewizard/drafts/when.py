"""Moments as one speaks of them: today, yesterday, a weekday, a date."""

from __future__ import annotations

from datetime import datetime, tzinfo

from tilewizard.language import _, date_of

DAYS_IN_WORDS = 7
"""Days back that are told as days; what is older gets its date."""


def in_words(moment: str, now: datetime | None = None, zone: tzinfo | None = None) -> str:
    """A moment of the past in words, by the clock of the one who reads it: ``yesterday at 14:05``.

    Args:
        moment: ISO 8601 with its zone, as drafts keep it; anything else gives an empty text.
        now: with its zone; by default the moment of the call.
        zone: that of the reader; by default the system's.
    """
    try:
        then = datetime.fromisoformat(moment).astimezone(zone)
    except (ValueError, OverflowError, OSError):
        return ""
    today = (now or datetime.now().astimezone()).astimezone(zone)
    days = (today.date() - then.date()).days
    clock = f"{then:%H:%M}"
    if days <= 0:
        return _("today at {clock}", clock=clock)
    if days == 1:
        return _("yesterday at {clock}", clock=clock)
    if days < DAYS_IN_WORDS:
        return _("{days} days ago, at {clock}", days=days, clock=clock)
    return _("on {day}", day=date_of(then.date()))
