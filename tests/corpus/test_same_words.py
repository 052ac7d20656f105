"""The same tiles get the same words: whatever order the hashes of a process give to a set."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import corpus_tiles, needs_corpus


@pytest.mark.slow
@needs_corpus
def test_what_is_found_does_not_depend_on_the_process() -> None:
    line = [sys.executable, "-m", "tilewizard", "check", "--no-cache", "--format", "json", *map(str, corpus_tiles())]
    told = {
        subprocess.run(line, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=False).stdout
        for seed in ("0", "1", "2")
    }
    assert len(told) == 1 and b"findings" in told.pop()
