"""The catalogues: what is marked in the source is in them, and a translation keeps what its English holds."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from tilewizard.language.catalogues import compiled
from tilewizard.language.chosen import LOCALE
from tools.catalogue import folders, outdated
from tools.marked import Unmarkable, texts_of

PLACES = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


@pytest.mark.slow
def test_the_catalogues_have_what_is_marked_in_the_source() -> None:
    assert outdated() == [], "run `make messages`"


def test_a_text_that_no_catalogue_could_have_is_refused() -> None:
    with pytest.raises(Unmarkable, match=r"screens/a\.py:2"):
        list(texts_of('name = "x"\n_(f"no {name}")', "screens/a.py"))


def test_marks_are_found_however_they_are_written() -> None:
    source = """
_("plain", name=1)
ngettext("{count} one", "{count} many", n)
pgettext("table", "Order")
Ask("Title", help="Help", example="x")
@rule("a/b", why="Why.", form="Form.")
def check(tile):
    "What
    it is."
@click.command("x")
def command():
    '''First.

    Second line
    goes on.

    \\b
    tilewizard x
    '''
"""
    source = source.replace('"What\n    it is."', '"""What\n    it is."""')
    found = {(each.context, each.one, each.many) for each in texts_of(source, "screens/a.py")}
    assert found == {
        ("", "plain", ""),
        ("", "{count} one", "{count} many"),
        ("table", "Order", ""),
        *(
            ("", each, "")
            for each in ("Title", "Help", "Why.", "Form.", "What it is.", "First.", "Second line goes on.")
        ),
    }


def fields(text: str) -> set[str]:
    """The placeholders of a text, each with how it is written."""
    try:
        return {f"{name}!{how}:{spec}" for _, name, spec, how in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return set()  # Braces that are no placeholders: a text without values.


@pytest.mark.parametrize("place", PLACES, ids=[f"{each.parts[-3]}-{each.stem}" for each in PLACES])
def test_a_translation_has_the_placeholders_of_its_english(place: Path) -> None:
    with place.open("rb") as file:
        messages = [message for message in read_po(file, locale=place.parts[-3]) if message.id]
    assert messages
    for message in messages:
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        english = [message.id] if isinstance(message.id, str) else list(message.id)
        wanted = set().union(*map(fields, english))
        for form in filter(None, forms):
            found = fields(form)
            assert found <= wanted and (found == wanted or len(english) > 1), f"{english[0]} → {form}"
            assert re.findall(r"^\s*|\s*$", form) == re.findall(r"^\s*|\s*$", english[0]), f"blanks around: {form!r}"


@pytest.mark.parametrize("folder", folders(), ids=[each.parent.name for each in folders()])
def test_a_language_compiles(folder: Path) -> None:
    assert compiled(folder)[:4] == b"\xde\x12\x04\x95"
