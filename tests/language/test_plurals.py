"""What is said of one thing is said of one, in English and French."""

from __future__ import annotations

import json

import pytest

from tests.language.test_language import said

SCRIPT = """
import json, sys
from tilewizard.language import speak; speak(sys.argv[1])
from tilewizard.documents.csv_document import CsvDocument
from tilewizard.documents.readme_document import ReadmeDocument
from tilewizard.rules.readme.readme_tables import tables
from tilewizard.screens.widgets.diff import DIFF_MAX, diff_shown
from tilewizard.session.own_tests import verdict

def run(failed, passed):
    return verdict(1, ["t.py::test_a FAILED [ 50%]", f"=== {failed} failed, {passed} passed in 1s ==="])

def table(row):
    ((_, message, hint),) = tables(ReadmeDocument.parse(f"| a | b |\\n|---|---|\\n{row}\\n"))
    return message

print(json.dumps({
    "tests": [run(1, 1), run(2, 1), run(1, 0), verdict(0, ["=== 1 skipped in 1s ==="])],
    "cells": [CsvDocument.parse(f"a,b\\n{row}\\n").faults[0].message for row in ("1", "1,2,3")],
    "rows": [table("| a |"), table("| a | b | c |")],
    "diff": [diff_shown("x\\n" * (DIFF_MAX + more)).plain.rpartition("\\n")[2] for more in (1, 2)],
}))
"""
ENGLISH = {
    "tests": [
        "✗ 1 of 2 tests fails: test_a. See below why.",
        "✗ 2 of 3 tests fail: test_a. See below why.",
        "✗ The only test fails: test_a. See below why.",
        "The only test could not run here. See below why.",
    ],
    "cells": ["has 1 cell where the header has 2 columns", "has 3 cells where the header has 2 columns"],
    "rows": ["a row of the table has 1 cell, its head 2", "a row of the table has 3 cells, its head 2"],
    "diff": ["… and 1 more line", "… and 2 more lines"],
}
FRENCH = {
    "tests": [
        "✗ 1 test sur 2 échoue\u00a0: test_a. Voir pourquoi ci-dessous.",
        "✗ 2 tests sur 3 échouent\u00a0: test_a. Voir pourquoi ci-dessous.",
        "✗ Le seul test échoue\u00a0: test_a. Voir pourquoi ci-dessous.",
        "Le seul test n\u2019a pas pu être lancé ici. Voir pourquoi ci-dessous.",
    ],
    "cells": ["a 1 cellule où l\u2019en-tête a 2 colonnes", "a 3 cellules où l\u2019en-tête a 2 colonnes"],
    "rows": [
        "une ligne du tableau a 1 cellule, son en-tête 2",
        "une ligne du tableau a 3 cellules, son en-tête 2",
    ],
    "diff": ["… et 1 ligne de plus", "… et 2 lignes de plus"],
}


@pytest.mark.parametrize(("language", "expected"), [("en", ENGLISH), ("fr", FRENCH)])
def test_one_is_told_as_one(language: str, expected: dict[str, list[str]]) -> None:
    assert json.loads(said(SCRIPT, language)) == expected
