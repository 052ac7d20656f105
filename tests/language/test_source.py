"""No text for people stands in the source without a mark: every literal that reads like English is marked, or one of a short list."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from tools.marked import DECLARED, FOLDERS

from tests.conftest import ROOT

WRITTEN = {
    "tilewizard/answers/draft_text.py": "drafts",
    "tilewizard/authoring/": "what a tile's files hold",
    "tilewizard/language/": "the language itself",
    "tilewizard/publishing/after_texts.py": "what is sent to Datadog and to the public",
    "tilewizard/publishing/pull_request.py": "the text of a pull request",
    "tilewizard/publishing/release.py": "a changelog",
    "tilewizard/readme/": "a README",
    "tilewizard/rules/sample": "the sample tile",
    "tilewizard/rules/sources.py": "names of documents",
    "tilewizard/session/export.py": "an example's README",
    "tilewizard/surroundings/click_words.py": "click's texts, which are listed",
}
"""Files whose texts are written in English whatever is spoken, and what they are."""
ALLOWED = {
    "list of flows": "names a kind of file in a changelog too",
    **dict.fromkeys(("list of mappings", "list of lists"), "of the example configuration"),
    **dict.fromkeys(
        ("Parse the line", "Read the user agent", "Read the URL", "Read the message of CEF", "Read the fields of {}"),
        "names of processors",
    ),
    **dict.fromkeys(
        ("Lists and restarts widgets", "Widget login from a new country", "Somebody logged in."), "examples"
    ),
    **dict.fromkeys(
        ("Sends the Widget's metrics to Datadog", "Requests that the widget served.", "What it is."), "examples"
    ),
    "Returns CRITICAL when the widget can't be reached, OK otherwise.": "an example",
    **dict.fromkeys(
        ("What it is.\n\n```yaml\ninstances:\n  - url: {}\n```\n\n", ",,,,Of the widget.,0,acme_widget,,\n"), "examples"
    ),
    "What it is.\n\n```yaml\ninstances:\n  - url: http://localhost:{}\n```\n\n": "an example",
    "1. Set the `{}` option.": "a README's example",
    "your company name": "what is looked for in a tile",
    "true or false": "a kind of value, which is compared",
    "module {} has no attribute {}": "a programmer's fault",
}
"""Texts that read like English and aren't said to anybody, each with the reason."""
PLAIN = {
    "ValueError",
    "AttributeError",
    "KeyError",
    "Example",
    "compile",
    "match",
    "mentions",
    "search",
    "startswith",
    "endswith",
    "removeprefix",
}
"""What is called with texts that nobody reads: a programmer's faults, files of examples, patterns, what is compared."""
WORDS = re.compile(
    r"\b(?:an?|the|is|are|was|no|not|of|to|in|its?|that|and|or|with|for|has|have|than|which|by|on|at|from|your|you)\b"
)
LIKE_CODE = re.compile(
    r"[{(]\?|\\[sdwb]|</|::|%\{|^\s*[#$.^<*|-]|;\s*\w+:|\n\s+\w+:|\n {4}|\bbold\b|^import |^from [\w.]+ import"
)


def unmarked(source: str) -> Iterator[tuple[int, str]]:
    """The literals that read like English and stand in no mark, with their lines."""
    tree = ast.parse(source)
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and not isinstance(above[node], ast.JoinedStr)
        ):
            text = node.value
        elif isinstance(node, ast.JoinedStr):
            text = "".join(each.value if isinstance(each, ast.Constant) else "{}" for each in node.values)
        else:
            continue
        english = (
            " " in text.strip()
            and len(re.findall(r"[A-Za-z']{2,}", text)) > 2
            and WORDS.search(text)
            and not LIKE_CODE.search(text)
        )
        if english and not _read_by_nobody(node, above):
            yield node.lineno, text


def _read_by_nobody(node: ast.AST, above: dict[ast.AST, ast.AST]) -> bool:
    if isinstance(above[node], ast.Expr | ast.Compare | ast.FormattedValue):
        return True  # A docstring, what is compared, a format.
    while node in above:
        before, node = node, above[node]
        if isinstance(node, ast.keyword) and node.arg in ("bad", "good", "also", "source"):
            return True
        if isinstance(node, ast.Dict) and before in node.keys:
            return True
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in PLAIN or name in ("_", "ngettext", "pgettext"):
                return True
            if name in DECLARED:
                places, names = DECLARED[name]
                at = node.args.index(before) if before in node.args else -1
                return at in places or (isinstance(before, ast.keyword) and before.arg in names) or at == 2
    return False


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda each: each.name)
def test_every_text_for_people_is_marked(folder: object) -> None:
    found = []
    for path in sorted(folder.rglob("*.py")):  # type: ignore[attr-defined]
        place = path.relative_to(ROOT).as_posix()
        if not place.startswith(tuple(WRITTEN)):
            found += [
                f"{place}:{line}: {text}" for line, text in unmarked(path.read_text("utf-8")) if text not in ALLOWED
            ]
    assert found == []


def test_an_unmarked_text_is_found_wherever_it_stands() -> None:
    source = 'x = "there is no such file"\ndef f(y):\n    """A docstring is not for users."""\n    g(f"{y} is not of this")\n    g(_("it is of this"))\n'
    assert [line for line, _ in unmarked(source)] == [1, 4]
