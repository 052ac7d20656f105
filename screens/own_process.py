"""What is set for the whole process in which nothing runs but the wizard."""

from __future__ import annotations

import sys

from tilewizard.drafts.appearance import Appearance

from .shims.long_texts import quicken_editors
from .shims.strip_caches import lighten_strips
from .sweeping import Sweep

HAND_OVER = 0.0005
"""Seconds after which a thread that checks gives way to a key: Python's own 5 ms, a few times a key, are felt on a large tile."""


def own_process(appearance: Appearance, sweep: Sweep) -> None:
    """Set it, before the app runs that has this sweep."""
    lighten_strips()
    quicken_editors()
    sys.setswitchinterval(HAND_OVER)
    if not appearance.motion:
        from .shims.blinking import stop_blinking

        stop_blinking()
    sweep.begin()
