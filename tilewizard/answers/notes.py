"""What the options of a choice mean, a few words each."""

from __future__ import annotations

from tilewizard.language import _

from ..field.vocabulary import Target

NAMES = {
    Target.MARKETPLACE: _("the Marketplace"),
    Target.EXTRAS: _("integrations-extras"),
    Target.PLATFORM: _("the Developer Platform"),
}
"""The targets as a sentence names them, with their article."""

NOTES: dict[str, dict[str, str]] = {
    "target": {
        "marketplace": _("sold, by pull request to Datadog's private repository"),
        "integrations-extras": _("free and open source, by pull request on GitHub"),
        "developer-platform": _("a new listing, in Datadog's web form"),
    },
    "type": {
        "openmetrics-check": _("the Agent scrapes your metrics"),
        "python-check": _("the Agent runs your Python"),
        "dogstatsd": _("your product emits StatsD"),
        "rest-api": _("your backend calls Datadog"),
        "tile-only": _("a licence or service, no data"),
    },
    "offering": {
        "integration": _("data flows with Datadog"),
        "software-license": _("a licence for your software"),
        "professional-service": _("people who help"),
        "ui-extension": _("discontinued on 2025-03-31"),
    },
    "billing_type": {
        "one_time": _("charged once"),
        "flat_fee": _("the same amount every month"),
        "tag_count": _("per value of a tag, monthly"),
    },
    "metric_type": {"count": _("how many since the last point"), "gauge": _("a level now"), "rate": _("per second")},
    "media_type": {"image": _("a picture"), "video": _("at most one, hosted on Vimeo")},
    "monitor.across": {
        "avg": _("their average"),
        "sum": _("all of them together"),
        "min": _("the lowest"),
        "max": _("the highest"),
    },
    "monitor.over": {
        "avg": _("the average of the window"),
        "sum": _("the sum of the window"),
        "min": _("its lowest point"),
        "max": _("its highest point"),
    },
    "monitor.comparison": {
        ">": _("above the threshold"),
        ">=": _("above it or equal to it"),
        "<": _("below the threshold"),
        "<=": _("below it or equal to it"),
        "==": _("equal to it"),
        "!=": _("anything else"),
    },
    "monitor.on_missing_data": {
        "show_no_data": _("it says so, and notifies nobody"),
        "default": _("a count is taken for 0, a level stays"),
        "resolve": _("the alert is over"),
        "show_and_notify_no_data": _("it says so, and notifies"),
    },
    "orientation": {"-1": _("less is better"), "0": _("neither"), "1": _("more is better")},
}
"""By question and option."""
