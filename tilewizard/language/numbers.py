"""Numbers within texts: what stands as ``{size:,}`` gets the separators of the language that is spoken."""

from __future__ import annotations

from functools import cache
from typing import Any


class _Whole(int):
    """A whole number that writes itself as a language does."""

    code = ""

    def __format__(self, spec: str, /) -> str:
        return (
            _as_in(self.code, int(self).__format__(spec)) if "," in spec or "." in spec else int(self).__format__(spec)
        )


class _Fraction(float):
    """A fraction that does."""

    code = ""

    def __format__(self, spec: str, /) -> str:
        return _as_in(self.code, float(self).__format__(spec))


def number_in(code: str, value: Any) -> Any:
    """A number that writes itself as a language does when it is put into a text; anything else as it is."""
    if type(value) is int:
        whole = _Whole(value)
        whole.code = code
        return whole
    if type(value) is float:
        fraction = _Fraction(value)
        fraction.code = code
        return fraction
    return value


def _as_in(code: str, english: str) -> str:
    return english.translate(_signs(code))


@cache
def _signs(code: str) -> dict[int, str]:
    from babel.numbers import get_decimal_symbol, get_group_symbol

    return {ord(","): get_group_symbol(code), ord("."): get_decimal_symbol(code)}
