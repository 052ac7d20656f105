"""The steps of the wizard, in their order: those of :data:`~tilewizard.answers.steps.STEPS_ASKED`, each with its page."""

from __future__ import annotations

from tilewizard.answers.steps import STEPS_ASKED, StepAsked
from tilewizard.language import _

from .dashboards import DashboardsStep
from .integration_type import IntegrationTypeStep
from .listing import ListingStep
from .logs import LogsStep
from .media import MediaStep
from .metrics import MetricsStep
from .pricing import PricingStep
from .readme import ReadmeStep
from .review import ReviewStep
from .step import Step

_OWN_PAGES: tuple[type[Step], ...] = (
    IntegrationTypeStep,
    ListingStep,
    PricingStep,
    ReadmeStep,
    MetricsStep,
    LogsStep,
    MediaStep,
    DashboardsStep,
    ReviewStep,
)
"""The pages that show more than their questions."""


def _page(words: StepAsked) -> type[Step]:
    """The page of a step: its own, or a plain one that asks its questions in order."""
    for page in _OWN_PAGES:
        if page.slug == words.slug:
            return page
    return type("PlainStep", (Step,), {"slug": words.slug, "__doc__": _("A page of questions.")})


STEPS: tuple[type[Step], ...] = tuple(map(_page, STEPS_ASKED))
