"""The step on releases."""

from __future__ import annotations

from .step import Step


class ChangelogStep(Step):
    """The releases, the newest first."""

    slug = "changelog"
