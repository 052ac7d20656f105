"""What a monitor can say, as "Create a monitor" of Datadog's API reference and its page on monitor templates list it."""

from __future__ import annotations

OVER = ("avg", "sum", "min", "max")
"""How the points of a window are taken together."""
ACROSS = ("avg", "sum", "min", "max")
"""How the series of one group are taken together."""
COMPARISONS = (">", ">=", "<", "<=", "==", "!=")
WINDOWS = ("5m", "10m", "15m", "30m", "1h", "2h", "4h", "1d")
"""The windows that Datadog offers; others are possible."""
MISSING_DATA = ("default", "show_no_data", "show_and_notify_no_data", "resolve")
"""What ``on_missing_data`` can be."""
DESCRIPTION_MAX = 300
"""Characters of a template's description."""
THRESHOLDS = ("critical", "critical_recovery", "warning", "warning_recovery")
"""The thresholds of a metric monitor, in the order in which exports have them."""
TYPES = (
    *(
        "audit alert",
        "ci-pipelines alert",
        "ci-tests alert",
        "composite",
        "cost alert",
        "data-jobs alert",
        "data-quality alert",
    ),
    *(
        "database-monitoring alert",
        "error-tracking alert",
        "event alert",
        "event-v2 alert",
        "llm-observability alert",
        "log alert",
    ),
    *("metric alert", "network-path alert", "network-performance alert", "process alert", "query alert", "rum alert"),
    *("service check", "slo alert", "synthetics alert", "trace-analytics alert"),
)
"""The types of monitors that Datadog's API client knows (datadog-api-client 2.62)."""
OF_METRICS = ("query alert", "metric alert")
"""The types whose query is one of metrics."""
WHOLE_NUMBERS = (
    *("evaluation_delay", "min_failure_duration", "min_location_failed", "new_group_delay", "new_host_delay"),
    *("no_data_timeframe", "renotify_interval", "renotify_occurrences", "timeout_h"),
)
"""Options that are whole numbers, or null."""
SWITCHES = (
    *("enable_logs_sample", "groupby_simple_monitor", "include_tags", "locked", "notify_audit", "notify_no_data"),
    "require_full_window",
)
"""Options that are true or false."""
HELPERS = ("else", "eval", "local_time", "urlencode", "check_message")
"""What else is known by name."""
