"""Numbers, dates and the names of languages, as the language that is spoken writes them; English without Babel."""

from __future__ import annotations

from datetime import date, datetime

from .chosen import ENGLISH, PSEUDO
from .words import spoken


def number(value: float) -> str:
    """A number with its thousands parted: ``12,345``; in French ``12 345``."""
    if _plain():
        return f"{value:,}"
    from babel.numbers import format_decimal

    return format_decimal(value, locale=_locale())


def date_of(day: date) -> str:
    """A day in words: ``24 November 2026``; in French ``24 novembre 2026``."""
    if _plain():
        return f"{day.day} {day:%B %Y}"
    from babel.dates import format_date

    return format_date(day, "d MMMM yyyy", locale=_locale())


def month_day(day: date) -> str:
    """A day of this year: ``24 November``."""
    if _plain():
        return f"{day.day} {day:%B}"
    from babel.dates import format_date

    return format_date(day, "d MMMM", locale=_locale())


def clock(moment: datetime) -> str:
    """The time of a day: ``14:05``."""
    if _plain():
        return f"{moment:%H:%M}"
    from babel.dates import format_time

    return format_time(moment, "short", locale=_locale())


def autonym(code: str) -> str:
    """A language's own name for itself: ``English``, ``Français``."""
    if code == ENGLISH:
        return "English"
    from babel import Locale, UnknownLocaleError

    try:
        return (Locale.parse(code).get_language_name(code) or code).capitalize()
    except (UnknownLocaleError, ValueError):
        return code


def _plain() -> bool:
    return spoken() in (ENGLISH, PSEUDO)


def _locale() -> str:
    return spoken()
