"""What the options of a choice mean, a few words each."""

from __future__ import annotations

NOTES: dict[str, dict[str, str]] = {
    "target": {
        "marketplace": "customers pay for it",
        "integrations-extras": "free and open source",
    },
    "type": {
        "openmetrics-check": "the Agent scrapes your metrics",
        "python-check": "the Agent runs your Python",
        "dogstatsd": "your product emits StatsD",
        "rest-api": "your backend calls Datadog",
        "tile-only": "a licence or service, no data",
    },
    "offering": {
        "integration": "data flows with Datadog",
        "software-license": "a licence for your software",
        "professional-service": "people who help",
        "ui-extension": "discontinued on 2025-03-31",
    },
    "billing_type": {
        "one_time": "charged once",
        "flat_fee": "the same amount every month",
        "tag_count": "per value of a tag, monthly",
    },
    "metric_type": {"count": "how many since the last point", "gauge": "a level now", "rate": "per second"},
    "media_type": {"image": "a picture", "video": "at most one, hosted on Vimeo"},
    "orientation": {"-1": "less is better", "0": "neither", "1": "more is better"},
}
"""By question and option."""
