"""The step on the licence agreement."""

from __future__ import annotations

from .step import Step


class EulaStep(Step):
    """The EULA's file; what is in it is said below its field."""

    slug = "eula"
    title = "EULA"
    intro = "Customers of the Marketplace accept your own licence agreement when they buy. Choose its PDF."
    skipped = "free tile"
