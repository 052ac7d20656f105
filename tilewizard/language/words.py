"""Texts in the language that is spoken. English is what stands in the source, and costs nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from gettext import NullTranslations
from typing import Any

from . import chosen
from .numbers import number_in

_catalogue: NullTranslations | None = None
_code = chosen.ENGLISH


def speak(code: str) -> None:
    """Speak a language from now on; texts that are made already stay as they are, so this comes first in a process.

    Raises:
        KeyError: there is no such language.
    """
    global _catalogue, _code
    if code == chosen.ENGLISH:
        _catalogue = None
    elif code == chosen.PSEUDO:
        _catalogue = Pseudo()
    else:
        from .catalogues import loaded

        _catalogue = loaded(code)
    _code = code


def settle(arguments: Sequence[str] = (), remembered: Callable[[], str] | None = None) -> None:
    """Choose the language of this process, and of those that it starts.

    Args:
        arguments: of the command line, without the program; one that names an unknown language is told so by its option.
        remembered: gives the language that was chosen last; asked where neither the line nor the environment says one.
    """
    asked = chosen.asked_in(arguments)
    if asked and chosen.normal(asked):
        os.environ[chosen.VARIABLE] = chosen.normal(asked)
    said = os.environ.get(chosen.VARIABLE, "")
    kept = remembered() if remembered is not None and not said else ""
    speak(chosen.normal(said) or chosen.normal(kept) or chosen.of_system(os.environ))


def spoken() -> str:
    """The language that is spoken: ``en``, ``fr``."""
    return _code


def _(text: str, /, **values: Any) -> str:
    """A text in the language that is spoken, with its values filled in; without values braces mean nothing."""
    if _catalogue is None:
        return text.format(**values) if values else text
    return _filled(_catalogue.gettext(text), text, values) if text else text


def translated(text: str) -> str:
    """A text that is marked elsewhere, by what it is declared with, in the language that is spoken."""
    return _catalogue.gettext(text) if _catalogue is not None and text else text


def pgettext(context: str, text: str, /, **values: Any) -> str:
    """The same for a text that has several meanings in English; ``context`` says which, to translators alone."""
    if _catalogue is None:
        return text.format(**values) if values else text
    return _filled(_catalogue.pgettext(context, text), text, values)


def ngettext(one: str, many: str, count: int, /, **values: Any) -> str:
    """The form of a text that fits a count, which it may name as ``{count}``."""
    english = one if count == 1 else many
    values.setdefault("count", count)
    if _catalogue is None:
        return english.format(**values)
    return _filled(_catalogue.ngettext(one, many, count), english, values)


def form_of(one: str, many: str, count: int, /) -> str:
    """The form of a text that fits a count, its placeholders not filled in."""
    return (one if count == 1 else many) if _catalogue is None else _catalogue.ngettext(one, many, count)


def paragraphs(text: str) -> str:
    r"""A long text, each of its paragraphs translated by itself: one line of words, or lines that stay lines after ``\b``."""
    if _catalogue is None or not text:
        return text
    return "\n\n".join(translated(message) if message else each for each, message in messages_of(text))


def messages_of(text: str) -> list[tuple[str, str]]:
    r"""The paragraphs of a long text, each with the message that translators get for it; nothing for examples, after ``\b``."""
    found = []
    for each in text.split("\n\n"):
        bare = each.strip()
        found.append((each, "" if bare.startswith("\b") or not bare else " ".join(bare.split())))
    return found


def _filled(text: str, english: str, values: dict[str, Any]) -> str:
    if not values:
        return text
    shown = {name: number_in(_code, value) for name, value in values.items()} if _code != chosen.PSEUDO else values
    try:
        return text.format(**shown)
    except (KeyError, IndexError, ValueError, AttributeError):
        return english.format(**values)  # A translation whose placeholders are wrong is no reason to fail.


class Pseudo(NullTranslations):
    """No language: every text in brackets, so that one sees what isn't marked."""

    def gettext(self, message: str) -> str:
        """The text in brackets; one that has them has been here."""
        return message if message.startswith("⟦") else f"⟦{message}⟧"

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002
        """The text in brackets."""
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The English form in brackets."""
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"
