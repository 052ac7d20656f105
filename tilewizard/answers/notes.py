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
    "monitor.across": {
        "avg": "their average",
        "sum": "all of them together",
        "min": "the lowest",
        "max": "the highest",
    },
    "monitor.over": {
        "avg": "the average of the window",
        "sum": "the sum of the window",
        "min": "its lowest point",
        "max": "its highest point",
    },
    "monitor.comparison": {
        ">": "above the threshold",
        ">=": "above it or equal to it",
        "<": "below the threshold",
        "<=": "below it or equal to it",
        "==": "equal to it",
        "!=": "anything else",
    },
    "monitor.on_missing_data": {
        "show_no_data": "it says so, and notifies nobody",
        "default": "a count is taken for 0, a level stays",
        "resolve": "the alert is over",
        "show_and_notify_no_data": "it says so, and notifies",
    },
    "orientation": {"-1": "less is better", "0": "neither", "1": "more is better"},
}
"""By question and option."""
