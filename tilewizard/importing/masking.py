"""Samples that may be published: values rounded, and what looks secret or personal masked."""

from __future__ import annotations

import math
import re

MASK = "masked"
_NAMES = re.compile(r"(?i)(pass(word|wd)?|secret|token|api_?key|auth|credential|e?mail|user(name)?|session|cookie)")
_VALUES = re.compile(
    r"""(?x)
    [^@\s]+@[^@\s]+\.\w+             # a mail address
    | ey[\w-]{8,}\.[\w-]+\.[\w-]*   # a JSON web token
    | (?i:[0-9a-f]{32,})               # a key or digest
    | [A-Za-z0-9+/_-]{40,}={0,2}       # something in base 64
    | \w+://[^/\s]*:[^/\s]*@          # a password in an address
    """
)


def masked(name: str, value: str) -> str:
    """The value of a label or key, or ``masked`` where its name or its form says that it is nobody else's business."""
    return MASK if value and (_NAMES.search(name) or _VALUES.search(value)) else value


def rounded(value: float) -> float:
    """A value of three significant digits: what it was on one host on one day says nothing."""
    return float(f"{value:.3g}") if math.isfinite(value) else value
