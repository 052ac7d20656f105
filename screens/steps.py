"""The steps of the wizard, in their order: the one list."""

from __future__ import annotations

from .changelog import ChangelogStep
from .dashboards import DashboardsStep
from .eula import EulaStep
from .integration_type import IntegrationTypeStep
from .listing import ListingStep
from .logs import LogsStep
from .media import MediaStep
from .metrics import MetricsStep
from .pricing import PricingStep
from .readme import ReadmeStep
from .review import ReviewStep
from .step import Step

STEPS: tuple[type[Step], ...] = (
    IntegrationTypeStep,
    ListingStep,
    PricingStep,
    ReadmeStep,
    MetricsStep,
    LogsStep,
    MediaStep,
    DashboardsStep,
    EulaStep,
    ChangelogStep,
    ReviewStep,
)
