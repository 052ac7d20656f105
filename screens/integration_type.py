"""The first step: where it is offered, how data flows."""

from __future__ import annotations

from .step import Step


class IntegrationTypeStep(Step):
    """Target, type, offering, what is sent and read."""

    slug = "type"
