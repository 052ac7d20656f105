"""The step on releases."""

from __future__ import annotations

from .step import Step


class ChangelogStep(Step):
    """The releases, the newest first."""

    slug = "changelog"
    title = "Changelog"
    intro = "What each version brought; customers read it in the Release Notes tab. One change a line; a line that starts with blanks goes on with the one above."
