"""Brings the catalogues of every language up to what is marked in the source: `python -m tools.catalogue`.

New texts are added without a translation, texts that are gone are taken out, and a translation stays with its text
wherever that moves. With --check nothing is written: what is out of date is told, and ends this with 1. With --count the
texts, words and translations of each catalogue are told.

A language is added by a folder, `tilewizard/locale/xx/LC_MESSAGES`, and a run of this.
"""

from __future__ import annotations

import argparse
import sys
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from tilewizard.language.chosen import LOCALE
from tools.marked import Text, area_of, marked

HEADER = """\
# tilewizard in {language}: the texts of the room {area}.
# Made by `make messages` from what is marked in the source. Put translations here; terms: ../GLOSSARY.md
# A text that starts without a capital goes on a line, or stands in one: keep it so. Placeholders in braces stay as they are.
"""
PLURALS = {"fr": "nplurals=2; plural=(n > 1);"}
"""Where CLDR has a form more than anybody writes (un million *de* pages)."""


def areas() -> dict[str, list[Text]]:
    """The texts by catalogue, each in one alone: in the first of the alphabet that has it; in the order of the source."""
    found: dict[str, list[Text]] = {}
    seen: dict[tuple[str, str], str] = {}
    texts = list(marked())
    for text in sorted(texts, key=lambda each: (area_of(each.place), each.place, each.line)):
        area = seen.setdefault(text.key, area_of(text.place))
        if area == area_of(text.place):
            found.setdefault(area, []).append(text)
    return found


def memory(folder: Path) -> dict[tuple[str, str], Message]:
    """What is translated in a language's catalogues, by context and text."""
    known = {}
    for place in sorted(folder.glob("*.po")):
        with place.open("rb") as file:
            for message in read_po(file, locale=folder.parent.name):
                if message.id and any([message.string] if isinstance(message.string, str) else message.string):
                    one = message.id if isinstance(message.id, str) else message.id[0]
                    known[(message.context or "", one)] = message
    return known


def catalogues(folder: Path) -> dict[str, bytes]:
    """The catalogues of a language as they ought to be, by file name."""
    known, made = memory(folder), {}
    for area, texts in areas().items():
        made[f"{area}.po"] = _written(area, texts, known, folder.parent.name)
    return made


def _written(area: str, texts: list[Text], known: dict[tuple[str, str], Message], code: str) -> bytes:
    language = Locale.parse(code).get_display_name("en") or code
    whole = Catalog(locale=code, fuzzy=False, header_comment=HEADER.format(language=language, area=area).rstrip("\n"))
    if code in PLURALS:
        whole.mime_headers = [("Plural-Forms", PLURALS[code])]
    for text in texts:
        before = known.get(text.key)
        string = before.string if before is not None and bool(text.many) == (not isinstance(before.id, str)) else None
        whole.add(
            (text.one, text.many) if text.many else text.one,
            string,
            locations=[(text.place, None)],
            flags=[each for each in before.flags if each == "fuzzy"] if before is not None else (),
            context=text.context or None,
            user_comments=before.user_comments if before is not None else (),
        )
    out = BytesIO()
    write_po(out, whole, width=120, omit_header=True, include_lineno=False)
    head = "\n".join(
        [
            *whole.header_comment.splitlines(),
            'msgid ""',
            'msgstr ""',
            f'"Language: {code}\\n"',
            '"MIME-Version: 1.0\\n"',
            '"Content-Type: text/plain; charset=utf-8\\n"',
            '"Content-Transfer-Encoding: 8bit\\n"',
            f'"Plural-Forms: {whole.plural_forms}\\n"',
        ]
    )
    return f"{head}\n\n".encode() + out.getvalue().rstrip(b"\n") + b"\n"


def outdated() -> list[str]:
    """What differs between the catalogues and the source, a line for each file."""
    found = []
    for folder in folders():
        wanted = catalogues(folder)
        there = {place.name: place.read_bytes() for place in folder.glob("*.po")}
        found += [
            f"{folder.relative_to(LOCALE)}/{name}"
            for name in sorted(wanted.keys() | there.keys())
            if wanted.get(name) != there.get(name)
        ]
    return found


def folders() -> list[Path]:
    """The folders of the languages besides English."""
    return sorted(LOCALE.glob("*/LC_MESSAGES"))


def main() -> int:
    """Write the catalogues, check them or count."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; 1 when a catalogue is out of date")
    parser.add_argument("--count", action="store_true", help="tell texts, words and translations")
    chosen = parser.parse_args()
    if chosen.check:
        late = outdated()
        print("\n".join(late), end="\n" if late else "")
        return 1 if late else 0
    for folder in folders():
        if not chosen.count:
            wanted = catalogues(folder)
            for old in folder.glob("*.po"):
                if old.name not in wanted:
                    old.unlink()
            for name, data in wanted.items():
                (folder / name).write_bytes(data)
        known, total = memory(folder), [0, 0, 0]
        for area, texts in areas().items():
            own = {text.key: text for text in texts}
            numbers = [len(own), sum(len(one.split()) for _, one in own), sum(key in known for key in own)]
            total = [a + b for a, b in zip(total, numbers, strict=True)]
            print(
                f"{folder.parent.name}  {area:<16} {numbers[0]:>5} texts {numbers[1]:>6} words {numbers[2]:>5} translated"
            )
        print(f"{folder.parent.name}  {'all':<16} {total[0]:>5} texts {total[1]:>6} words {total[2]:>5} translated")
    return 0


if __name__ == "__main__":
    sys.exit(main())
