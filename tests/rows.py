"""Many rows of one kind in one test: each is tried, and each that fails is named with its own traceback.

For rows that are quick and know nothing of each other: pytest takes longer for a test than most of them take. One that starts
something, or that writes files, is a test by itself: ``pytest.mark.parametrize``. ``pytest --row WORDS`` tries those whose names hold the words.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any

import pytest

wanted = ""
"""What the name of a row must hold to be tried."""


def rows(argument: str, values: Iterable[Any], name: Callable[[Any], str] = str) -> Callable[..., Callable[..., None]]:
    """A decorator as ``parametrize``, of one test.

    Args:
        argument: the one that takes a row.
        values: the rows.
        name: of a row, in what is said of those that fail.
    """
    listed = list(values)

    def of(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def whole(**fixtures: Any) -> None:
            failed: list[Exception] = []
            tried = [row for row in listed if wanted in name(row)]
            if not tried:
                pytest.skip("no rows")
            for row in tried:
                try:
                    test(**{argument: row}, **fixtures)
                except Exception as error:
                    error.add_note(f"row: {name(row)}")
                    failed.append(error)
            if failed:
                told = ", ".join(str(error.__notes__[-1]).removeprefix("row: ") for error in failed)
                raise ExceptionGroup(f"{len(failed)} of {len(tried)} rows: {told}", failed)

        signature = inspect.signature(test)
        others = [each for name, each in signature.parameters.items() if name != argument]
        whole.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
        return whole

    return of
