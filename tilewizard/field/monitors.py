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
