"""What of the source is for people to read, and marked so: every text that a catalogue of translations has to have.

A text is marked by ``_("…")``, ``ngettext("…", "…", count)`` or ``pgettext("which", "…")``. What is declared is translated by
what it is declared with: a rule's ``why``, ``form`` and docstring, an ``Ask``'s title, help and shows, a step's words, the
docstring of a command, the texts of click.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from inspect import cleandoc
from pathlib import Path

from tilewizard.language.words import messages_of

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (ROOT / "tilewizard", ROOT / "screens")
DECLARED = {
    "Ask": ((0, 1, 3), ("title", "help", "shows")),
    "StepAsked": ((1, 2, 3), ("title", "intro", "skipped")),
    "rule": ((), ("why", "form")),
}
"""By what declares them: the arguments that are texts, by place and by name."""
LISTED = {"tilewizard/surroundings/click_words.py": ("TEXTS", "TWO_FORMS"), "screens/textual_words.py": ("TEXTS",)}
"""Texts of libraries, in lists."""


@dataclass(frozen=True)
class Text:
    """A text to translate.

    Attributes:
        one: the English text; with two forms that of one thing.
        many: the other form; empty: there is none.
        context: what tells it apart from the same text in another meaning.
        place: the file, relative to the repository.
        line: 1-based.
    """

    one: str
    many: str
    context: str
    place: str
    line: int

    @property
    def key(self) -> tuple[str, str]:
        """What a catalogue knows it by."""
        return self.context, self.one


class Unmarkable(ValueError):
    """A mark around what is no plain text, so that no catalogue could have it."""


def marked(folders: Iterable[Path] = FOLDERS) -> Iterator[Text]:
    """Every text of the source that is for people to read.

    Raises:
        Unmarkable: a mark is around what is no plain text.
    """
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            yield from texts_of(path.read_text("utf-8"), path.relative_to(ROOT).as_posix())


def texts_of(source: str, place: str) -> Iterator[Text]:
    """The texts of a module.

    Raises:
        Unmarkable: a mark is around what is no plain text.
    """
    if place.startswith("tilewizard/language/"):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _of_call(node, place)
        elif isinstance(node, ast.FunctionDef):
            yield from _of_function(node, place)
        elif isinstance(node, ast.Assign) and place in LISTED:
            yield from _of_list(node, place)


def _of_call(node: ast.Call, place: str) -> Iterator[Text]:
    name = _name(node.func)
    if name == "_":
        yield Text(_plain(node.args[0], place), "", "", place, node.lineno)
    elif name in ("ngettext", "form_of"):
        yield Text(_plain(node.args[0], place), _plain(node.args[1], place), "", place, node.lineno)
    elif name == "pgettext":
        yield Text(_plain(node.args[1], place), "", _plain(node.args[0], place), place, node.lineno)
    elif name in DECLARED:
        places, names = DECLARED[name]
        found = [node.args[at] for at in places if at < len(node.args)]
        found += [each.value for each in node.keywords if each.arg in names]
        for each in (
            branch for one in found for branch in ([one.body, one.orelse] if isinstance(one, ast.IfExp) else [one])
        ):
            if isinstance(each, ast.Constant) and each.value:
                yield Text(_plain(each, place), "", "", place, each.lineno)
            elif isinstance(each, ast.JoinedStr | ast.BinOp):
                raise Unmarkable(f"{place}:{each.lineno}: {name}() is given what is no plain text")


def _of_function(node: ast.FunctionDef, place: str) -> Iterator[Text]:
    by = {_name(each.func if isinstance(each, ast.Call) else each) for each in node.decorator_list}
    said = ast.get_docstring(node, clean=False)
    if not said:
        return
    if "rule" in by:
        yield Text(" ".join(said.split()), "", "", place, node.lineno)
    elif by & {"command", "group"}:
        for _, message in messages_of(cleandoc(said)):
            if message:
                yield Text(message, "", "", place, node.lineno)


def _of_list(node: ast.Assign, place: str) -> Iterator[Text]:
    target = node.targets[0]
    if isinstance(target, ast.Name) and target.id in LISTED[place] and isinstance(node.value, ast.Tuple):
        for each in node.value.elts:
            if isinstance(each, ast.Tuple):
                yield Text(_plain(each.elts[0], place), _plain(each.elts[1], place), "", place, each.lineno)
            else:
                yield Text(_plain(each, place), "", "", place, each.lineno)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _plain(node: ast.expr, place: str) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise Unmarkable(f"{place}:{node.lineno}: a mark stands around what is no plain text")


def area_of(place: str) -> str:
    """The catalogue that has a file's texts: one for each room, and for each folder of rules, so that several can translate at once."""
    parts = Path(place).with_suffix("").parts
    if parts[0] == "screens":
        return "screens"
    if len(parts) == 2:
        return "tilewizard"
    return f"rules-{parts[2]}" if parts[1] == "rules" and len(parts) > 3 else parts[1]
