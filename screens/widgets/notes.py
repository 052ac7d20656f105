"""What the options of a choice mean, a few words each."""

from __future__ import annotations

NOTES: dict[str, dict[str, str]] = {
    "target": {
        "marketplace": "customers pay; asks for pricing and a licence agreement",
        "integrations-extras": "free and open source",
    },
    "type": {
        "openmetrics-check": "your product exposes Prometheus/OpenMetrics; the Agent reads it",
        "python-check": "the Agent runs Python that asks your product",
        "dogstatsd": "your product already emits StatsD",
        "rest-api": "your backend talks to Datadog's API",
        "tile-only": "a licence or a service; no data is exchanged",
    },
    "offering": {
        "integration": "data flows between your product and Datadog",
        "software-license": "a licence for your software",
        "professional-service": "people who help",
        "ui-extension": "your product inside Datadog's pages",
    },
    "billing_type": {
        "one_time": "charged once",
        "flat_fee": "the same amount every month",
        "tag_count": "per unique value of a tag, every month",
    },
    "metric_type": {"count": "how many since the last point", "gauge": "a level now", "rate": "per second"},
    "media_type": {"image": "a picture", "video": "at most one, hosted on Vimeo"},
    "orientation": {"-1": "less is better", "0": "neither", "1": "more is better"},
}
"""By question and option."""
