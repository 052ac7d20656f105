"""What the Agent's OpenMetrics check, version 2, submits for what it reads (datadog-checks-base, its transformers).

Datadog's "Mapping Prometheus Metrics to Datadog Metrics" says the same: a counter arrives as ``.count``, a histogram as
``.bucket``, ``.count`` and ``.sum``, a summary as ``.count``, ``.sum`` and ``.quantile``.
"""

from __future__ import annotations

ARRIVES: dict[str, dict[str, str]] = {
    "counter": {".count": "count"},
    "gauge": {"": "gauge"},
    "rate": {"": "rate"},
    "histogram": {".bucket": "count", ".count": "count", ".sum": "count"},
    "summary": {".count": "count", ".sum": "count", ".quantile": "gauge"},
}
"""Type of a family, or the one that the check's map tells it: ends of the metrics that arrive, each with its type."""
TYPED = ("counter", "gauge", "histogram", "summary")
"""Types that the check sends by itself; any other is sent only where the map tells it one."""
PARTS: dict[str, str] = {end: kind for family in ("histogram", "summary") for end, kind in ARRIVES[family].items()}
"""The ends of a family's parts, each with the one type that it arrives as."""


def part_of(name: str, metric_type: str) -> str:
    """The end by which a metric of that type is a part of a family (``.count``), or nothing."""
    return next((end for end, kind in PARTS.items() if kind == metric_type and name.endswith(end)), "")
