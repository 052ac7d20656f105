"""The folder in which tilewizard keeps drafts and the list of recent tiles."""

from __future__ import annotations

import os
from pathlib import Path


def state_folder() -> Path:
    """``$TILEWIZARD_STATE``, else the system's usual place for a program's state."""
    given = os.environ.get("TILEWIZARD_STATE")
    if given:
        return Path(given)
    from platformdirs import user_state_path

    return user_state_path("tilewizard", appauthor=False)
