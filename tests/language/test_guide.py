"""The guide speaks the language that is spoken, its short answers too; a script says the same in every language."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tilewizard.drafts.drafts import DraftStore
from tilewizard.field.vocabulary import Target, TileType

ENGLISH = ("own form", "sends itself", "no data", "at customers", "in our cloud", "not yet", "free", "sold", "yes")


@pytest.mark.slow
@pytest.mark.parametrize(
    "said", [("format propre", "chez", "gratuit", "oui"), ("own form", "at customers", "free", "yes")]
)
def test_the_guide_line_by_line_in_french(tmp_path: Path, said: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tilewizard", "new", "--plain", "--into", str(tmp_path)],
        input="\n".join(["??", *said, "", "", "", "", "<", ""]),
        env={**os.environ, "TILEWIZARD_LANG": "fr"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "Pris\xa0: " in done.stdout, done.stdout + done.stderr
    guide = done.stdout.partition("Votre produit expose")[2].partition("\n")[2]
    guide = guide[: guide.index("Pris\xa0: ")]
    before, __, told = done.stdout.partition("Proposé\xa0: ")
    proposed, taken = told.partition("\n")[0], told.partition("Pris\xa0: ")[2].partition("\n")[0]
    assert not [words for words in ENGLISH if words in guide and words not in said]  # What is typed is told again.
    assert (
        "2. format propre" in before and "[chez les clients]" in before and "[pas encore]" in before and "[oui]" in told
    )
    assert proposed.startswith("l\u2019Agent exécute votre Python\u202f; ") and taken.startswith(proposed[:-1])
    assert not [value for value in (*TileType, *Target) if value in proposed + taken]
    assert '"type": "python-check"' in DraftStore().all()[0].text
