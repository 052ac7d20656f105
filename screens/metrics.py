"""The step on metrics and service checks."""

from __future__ import annotations

from .step import Step


class MetricsStep(Step):
    """The metrics' prefix, the metrics, the service checks."""

    slug = "metrics"
    title = "Metrics & checks"
    intro = "What your integration sends: every metric a row of metadata.csv, every service check an entry."

    skipped = "sends no data"
