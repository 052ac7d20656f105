"""The step on the licence agreement."""

from __future__ import annotations

from .step import Step


class EulaStep(Step):
    """The EULA's file; what is in it is said below its field."""

    slug = "eula"
