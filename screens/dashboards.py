"""The step on dashboards, monitors and what else comes with the tile."""

from __future__ import annotations

from .step import Step


class DashboardsStep(Step):
    """Dashboards, monitors, saved views, OAuth."""

    slug = "dashboards"
