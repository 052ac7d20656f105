"""The tests of a generated example, run as a partner runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def ran(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """pytest in a tile's directory, without the plugins that are this project's own: loading them takes most of its start."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *words, "examples"]
    variables = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=variables)
