"""What is set for the whole process in which nothing runs but the wizard."""

from __future__ import annotations

import sys

from tilewizard.drafts.appearance import Appearance

from .shims.strip_caches import lighten_strips
from .shims.tab_widths import look_for_tabs_first
from .sweeping import Sweep

HAND_OVER = 0.0005
"""Seconds after which a thread that checks gives way to a key: Python's own 5 ms, a few times a key, are felt on a large tile."""


def own_process(appearance: Appearance, sweep: Sweep) -> None:
    """Set it, before the app runs that has this sweep."""
    lighten_strips()
    look_for_tabs_first()
    sys.setswitchinterval(HAND_OVER)
    if not appearance.motion:
        from .shims.blinking import stop_blinking

        stop_blinking()
    sweep.begin()
