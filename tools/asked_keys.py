"""Writes tilewizard/field/asked_keys.json: the keys of the manifest that questions are kept at, with the kinds of their values.

`tilewizard check` reads that list instead of the questions, whose models take longer to build than a tile to check.
"""

import json
from pathlib import Path

from tilewizard.answers.declaring import Kind
from tilewizard.answers.questions import questions

FILE = Path(__file__).resolve().parent.parent / "tilewizard" / "field" / "asked_keys.json"
_OF_KINDS = {
    Kind.NUMBER: "whole number",
    Kind.SWITCH: "true or false",
    Kind.LIST: "list",
    Kind.CHOICES: "list",
    Kind.TABLE: "list",
    Kind.FILES: "object",
    Kind.TEXTS: "object",
}
"""The kinds of a manifest's values by the kinds of questions; any other is a text."""
_OF_ENTRIES = {Kind.LIST: "text", Kind.FILES: "text", Kind.TEXTS: "text"}
"""Of their entries; those of tables have rules of their own."""


def asked_keys() -> dict[str, str]:
    """By pointer the kind of value; the objects that hold them too, ``*`` for every entry of a list or an object of names."""
    found: dict[str, str] = {}
    for question in questions():
        pointer, kind = question.ask.at, question.ask.kind
        # Several questions make the tags, each of its own kind.
        if not pointer.startswith("/") or pointer == "/tile/classifier_tags":
            continue
        holder = pointer.rpartition("/")[0]
        holders = [holder] if holder else []
        while holders and (above := holders[-1].rpartition("/")[0]):
            holders.append(above)
        found |= dict.fromkeys(reversed(holders), "object")
        found[pointer] = _OF_KINDS.get(kind, "text")
        if kind in _OF_ENTRIES:
            found[f"{pointer}/*"] = _OF_ENTRIES[kind]
    return found


if __name__ == "__main__":
    FILE.write_text(json.dumps(asked_keys(), indent=1) + "\n", encoding="utf-8")
    print(f"{FILE.name}: {len(asked_keys())} keys")
