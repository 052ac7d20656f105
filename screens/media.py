"""The step on pictures and the logo."""

from __future__ import annotations

from .step import Step


class MediaStep(Step):
    """The carousel and the logo."""

    slug = "media"
    title = "Media & logo"
    intro = (
        "Pictures for the carousel: PNG or JPEG, exactly 16:9, 1440 to 2880 pixels wide, at most 1 MB. And your logo."
    )
