"""Words that complete what is typed: as Textual's own completes it, without a second copy of each."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st
from textual.suggester import SuggestFromList
from tilewizard.screens.widgets.known_words import KnownWords

WORDS = st.lists(st.text(alphabet="aAbBß.İ", max_size=4), max_size=6).map(tuple)


@given(WORDS, st.text(alphabet="aAbBß.İs", max_size=3))
def test_the_word_is_the_one_that_textual_would_propose(words: tuple[str, ...], typed: str) -> None:
    theirs = SuggestFromList(words, case_sensitive=False)
    value = typed.casefold()
    assert asyncio.run(KnownWords(words).get_suggestion(value)) == asyncio.run(theirs.get_suggestion(value))


def test_words_are_kept_as_they_are_given_and_nothing_beside_them() -> None:
    words = tuple(f"acme.Widget.{number}" for number in range(50))
    held = vars(KnownWords(words))
    assert held.pop("words") is words
    assert not [value for value in held.values() if isinstance(value, list | tuple | dict | set)]
