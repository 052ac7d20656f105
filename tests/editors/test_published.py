"""On published tiles an editor is told what ``check`` says, at places that are there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pygls.uris import to_fs_path
from tilewizard.checking.check import check
from tilewizard.editors.answering import diagnostics
from tilewizard.editors.at_work import TileAtWork
from tilewizard.tile.tile import read

from tests.conftest import corpus_tiles, needs_corpus


@needs_corpus
@pytest.mark.slow
@pytest.mark.parametrize("tile", corpus_tiles(), ids=lambda path: path.name)
def test_an_editor_is_told_what_check_says(tile: Path) -> None:
    work = TileAtWork(tile)
    buffers = {name: text for name in ("manifest.json", "README.md", "metadata.csv") if (text := _text(tile / name))}
    report = work.check(buffers)
    told = diagnostics(report, {}, "utf-16")
    said = check(read(tile))
    assert Counter(each.rule for each in said) == Counter(str(each.code) for found in told.values() for each in found)
    for uri, found in told.items():
        lines = Path(to_fs_path(uri) or "").read_bytes().count(b"\n") + 1
        for each in found:
            assert 0 <= each.range.start.line == each.range.end.line < lines or each.range.start.line == 0
            assert each.range.start.character <= each.range.end.character
    assert work.check(buffers).findings == report.findings


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
