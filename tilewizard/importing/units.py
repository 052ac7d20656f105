"""Units from names and words: ``seconds`` → ``second``. Only units of Datadog's list are ever given."""

from __future__ import annotations

from functools import cache

from tilewizard.field.vocabulary import vocabulary

_WORDS = {
    "ms": "millisecond", "millis": "millisecond", "us": "microsecond", "micros": "microsecond", "ns": "nanosecond",
    "nanos": "nanosecond", "secs": "second", "mins": "minute", "kb": "kilobyte", "mb": "megabyte", "gb": "gigabyte",
    "kib": "kibibyte", "mib": "mebibyte", "gib": "gibibyte", "ratio": "fraction", "percent": "percent",
    "percentage": "percent", "celsius": "degree celsius", "fahrenheit": "degree fahrenheit", "hertz": "hertz",
    "indices": "index", "created": "unix second", "timestamp_seconds": "unix second",
    "start_time_seconds": "unix second",
}  # fmt: skip
"""What exporters write at the end of names, where it is no plural of a unit (Prometheus, metric and label naming)."""
_LAST = frozenset(word[-1] for word in ("plurals", "total", *_WORDS))
"""The letters that a name with a unit ends in."""
_NEVER = frozenset({"times", "sets", "names", "pages", "units"})
"""Plurals that are seldom meant as the unit of that name."""


@cache
def known_units() -> frozenset[str]:
    """Datadog's units."""
    return frozenset(vocabulary()["units"])


def unit_of_word(word: str) -> str | None:
    """The unit that a word means, singular or plural, in any case; None when Datadog's list has none."""
    word = " ".join(word.casefold().split())
    return word if word in known_units() else _of_plural(word)


def unit_of_name(name: str) -> tuple[str, str] | None:
    """The unit that a metric's name ends in, and that end: ``("second", "seconds")`` for ``request_duration_seconds``.

    A closing ``_total`` is passed over. Words in the singular are not taken: ``_set`` or ``_time`` seldom mean a unit.
    """
    folded = name.casefold()
    if folded[-1:] not in _LAST:
        return None
    words = folded.removesuffix("_total").replace(".", "_").replace(":", "_").split("_")
    for count in (3, 2, 1):
        end = "_".join(words[-count:])
        unit = _of_plural(end) if len(words) >= count and end not in _NEVER else None
        if unit is not None:
            return unit, end
    return None


def _of_plural(word: str) -> str | None:
    if not word.endswith("s") and word not in _WORDS:
        return None
    candidates = [_WORDS.get(word, "")]
    if word.endswith("ies"):
        candidates.append(f"{word[:-3]}y")
    if word.endswith("es"):
        candidates.append(word[:-2])
    if word.endswith("s"):
        candidates.append(word[:-1])
    return next((each for each in candidates if each in known_units()), None)
