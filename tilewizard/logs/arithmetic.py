"""The formulas of the arithmetic processor: numbers, attributes, ``+ - * /`` and round brackets; nothing is executed."""

from __future__ import annotations

import re
from collections.abc import Callable

from tilewizard.language import _

from ..errors import TilewizardError

Number = int | float
_TOKEN = re.compile(
    r"\s*(?:(\d+(?:\.\d+)?(?![\w.@]))|([A-Za-z_@][\w.@]*(?:-(?=[A-Za-z_])[\w.@]+)*|`[^`]+`)|([-+*/()]))"
)
_DEEPEST = 60


def calculate(formula: str, number: Callable[[str], Number | None]) -> Number | None:
    """What a formula gives, or None when an attribute is missing or zero divides.

    Args:
        formula: as the processor writes it.
        number: the number of an attribute's path, None for none.

    Raises:
        TilewizardError: the formula can't be read.
    """
    tokens, at = [], 0
    while formula[at:].strip():
        found = _TOKEN.match(formula, at)
        if not found:
            raise TilewizardError(
                _("the formula {formula!r} can't be read at character {place}", formula=formula, place=at + 1),
                remedy=_("use + - * / ( )"),
            )
        tokens.append(found[0].strip())
        at = found.end()
    reader = _Reader(tokens[::-1], number, formula)
    try:
        result = reader.sum(0)
    except OverflowError:  # numbers of hundreds of digits, which no float holds
        return None
    if reader.rest:
        raise TilewizardError(
            _("the formula {formula!r} goes on after its end", formula=formula), remedy=_("look at its brackets")
        )
    return None if reader.missing or result != result or abs(result) == float("inf") else result


class _Reader:
    def __init__(self, rest: list[str], number: Callable[[str], Number | None], formula: str) -> None:
        self.rest, self.number, self.formula, self.missing = rest, number, formula, False

    def sum(self, depth: int) -> Number:
        if depth > _DEEPEST:
            raise TilewizardError(
                _("the formula {formula!r}… is nested too deeply", formula=self.formula[:40]), remedy=_("flatten it")
            )
        value = self.product(depth)
        while self.rest and self.rest[-1] in "+-":
            sign = self.rest.pop()
            other = self.product(depth)
            value = value + other if sign == "+" else value - other
        return value

    def product(self, depth: int) -> Number:
        value = self.one(depth)
        while self.rest and self.rest[-1] in "*/":
            sign, other = self.rest.pop(), self.one(depth)
            if sign == "*":
                value *= other
            elif other:
                value /= other
            else:
                self.missing = True
        return value

    def one(self, depth: int) -> Number:
        token = self.rest.pop() if self.rest else ")"
        if token == "-":
            return -self.one(depth + 1) if depth < _DEEPEST else self.sum(depth + 1)
        if token == "(":
            value = self.sum(depth + 1)
            if not self.rest or self.rest.pop() != ")":
                raise TilewizardError(
                    _("the formula {formula!r} leaves a bracket open", formula=self.formula), remedy=_("close it")
                )
            return value
        if token in "+*/)":
            raise TilewizardError(
                _("the formula {formula!r} lacks a number", formula=self.formula), remedy=_("look at its signs")
            )
        if token[0].isdigit():
            return float(token) if "." in token else int(token)
        found = self.number(token.strip("`"))
        self.missing = self.missing or found is None
        return found or 0
