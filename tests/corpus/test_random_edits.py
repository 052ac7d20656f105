"""Any value, in any published tile: the diff touches its lines alone, and it reads back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tilewizard.answers.declaring import Kind
from tilewizard.answers.paths import Path as AnswerPath
from tilewizard.answers.paths import value_at
from tilewizard.authoring.author import answers_of
from tilewizard.authoring.parts.manifest import scalars
from tilewizard.session.session import Session
from tilewizard.tile.tile import read

from tests.conftest import corpus_tiles, needs_corpus

pytestmark = needs_corpus
TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=30).map(str.strip).filter(bool)
TILES = corpus_tiles()


def targets(session: Session) -> list[AnswerPath]:
    answers = session.answers
    found: list[AnswerPath] = [
        question.path
        for question in scalars()
        if question.ask.kind == Kind.TEXT
        and isinstance(value_at(answers, question.path), str)
        and value_at(answers, question.path)
    ]
    found += [("readme", key) for key in answers.readme]
    found += [("metrics", "rows", index, "description") for index in range(len(answers.metrics.rows))]
    found += [("media", index, "caption") for index in range(len(answers.media))]
    found += [("service_checks", index, "description") for index in range(len(answers.service_checks))]
    return found


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.sampled_from(TILES or [Path()]), TEXT, st.data())
def test_a_random_edit_is_one_hunk_and_reads_back(path: Path, text: str, data: st.DataObject) -> None:
    session = Session(tile=read(path))
    at = data.draw(st.sampled_from(targets(session)))
    value: Any = f"Plain {text}" if at[0] == "readme" else text
    session.set(at, value)
    changes = session.plan()
    if value_at(answers_of(read(path)), at) == value:
        assert changes.is_empty
        return
    assert len(changes.changed) == 1
    assert changes.changed[0].hunks == 1
    assert value_at(answers_of(session.tile()), at) == value


@pytest.mark.parametrize("path", TILES[::9], ids=lambda path: path.name)
def test_a_broken_tile_still_opens_and_says_where(path: Path) -> None:
    tile = read(path)
    manifest = tile.file("manifest.json")
    assert manifest is not None
    half = tile.with_text("manifest.json", manifest.text[: len(manifest.text) // 2]).with_files(
        [], without=["README.md"]
    )
    session = Session(tile=half)
    report = session.examine()
    (syntax,) = [finding for finding in report.findings if finding.rule == "manifest/syntax"]
    assert syntax.line and syntax.column and syntax.hint
    assert any(finding.rule == "readme/missing" for finding in report.findings)
    assert session.plan().is_empty
    session.set(("changelog",), [])
    session.examine()
