"""Another Python that finds what this one does."""

from __future__ import annotations

import os
from pathlib import Path


def environment() -> dict[str, str]:
    """The variables with which another Python imports what this one runs from.

    Out of a zipapp (shiv) the packages lie in a folder that only the process which unpacked it knows.
    """
    packages = str(Path(__file__).resolve().parents[2])
    before = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join((packages, before)) if before else packages}
