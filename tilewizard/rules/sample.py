"""A tile with which nothing is wrong, as the rules' documentation shows it and their tests change it."""

from __future__ import annotations

import json
from typing import Any

from ..field.vocabulary import Target

UUID = "5f0b1a9c-3d0e-4b7a-9c58-6d1f0a2b3c4d"
PICTURES = ("overview", "hosts", "alerts")

README = """# Acme Widget

## Overview

What every widget does, next to the rest of your stack. See the [guide][1].

## Setup

1. Install the integration from its tile.
2. Enter an API key.

## Data Collected

### Metrics

See metadata.csv for a list. An event tells of each restart.

### Log collection

Widgets send their logs when you switch it on.

## Uninstallation

1. Uninstall the integration from its tile.
2. Revoke its authorization, and disable its API keys.

## Support

Write to [Acme support][2].

[1]: https://docs.acme.example/datadog
[2]: mailto:support@acme.example
"""
METADATA = """metric_name,metric_type,interval,unit_name,per_unit_name,description,orientation,integration,short_name,curated_metric
acme_widget.requests,count,,request,,Requests that the widget served.,0,acme_widget,requests,
acme_widget.latency,gauge,,millisecond,,Mean time to serve a request.,-1,acme_widget,latency,
acme_widget.load,gauge,10,percent,,Share of the widget that is busy.,-1,acme_widget,load,cpu
"""
CHANGELOG = "# CHANGELOG - Acme Widget\n\n## 1.0.0 / 2026-11-23\n\n***Added***:\n\n* Initial release\n"
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" fill="#632ca6"/></svg>\n'
)
PIPELINE = "id: acme_widget\nmetric_id: acme-corp-acme-widget\nbackend_only: false\nfacets: []\npipeline:\n  type: pipeline\n  name: Acme\n"
CHECK = {
    "agent_version": "6.0.0",
    "integration": "Acme Widget",
    "check": "acme_widget.can_connect",
    "statuses": ["ok", "critical"],
    "groups": ["host"],
    "name": "Can Connect",
    "description": "Returns CRITICAL when the widget can't be reached, OK otherwise.",
}
DASHBOARD = {
    "title": "Acme Widget Overview",
    "description": "Health and usage.",
    "layout_type": "ordered",
    "template_variables": [{"name": "host", "prefix": "host", "default": "*"}],
    "widgets": [
        {"id": 1, "definition": {"type": "note", "content": "Acme"}},
        {
            "id": 2,
            "definition": {
                "type": "timeseries",
                "title": "Requests",
                "requests": [{"q": "sum:acme_widget.requests{$host} by {host}"}],
            },
        },
    ],
}
MONITOR = {
    "version": 2,
    "created_at": "2026-11-23",
    "last_updated_at": "2026-11-23",
    "title": "Acme Widget errors",
    "description": "Tells when a widget is slow.",
    "tags": ["integration:acme-corp-acme-widget"],
    "definition": {
        "name": "Acme Widget is slow",
        "type": "query alert",
        "query": "avg(last_5m):avg:acme_widget.latency{*} > 500",
        "message": "A widget is slow.",
        "tags": ["integration:acme_widget"],
        "options": {"thresholds": {"critical": 500}},
    },
}
OAUTH = {
    "integration": {
        "id": "0f8fad5b-d9cb-11ef-a165-70867728950e",
        "name": "Acme Widget",
        "description": "Sends the widgets' metrics to Datadog.",
        "client_role": "integration",
        "onboarding_url": "https://acme.example/datadog/start",
        "redirect_uris": ["https://acme.example/datadog/callback"],
        "scopes": ["api_keys_write"],
    }
}
SAVED_VIEW = {"name": "Errors", "type": "logs", "page": "stream", "query": "source:acme_widget status:error"}


def manifest(target: Target) -> dict[str, Any]:
    """The clean manifest."""
    value: dict[str, Any] = {
        "manifest_version": "2.0.0",
        "app_uuid": UUID,
        "app_id": "acme-corp-acme-widget",
        "owner": "integrations-developer-platform",
        "display_on_public_website": True,
        "tile": {
            "overview": "README.md#Overview",
            "configuration": "README.md#Setup",
            "uninstallation": "README.md#Uninstallation",
            "support": "README.md#Support",
            "changelog": "CHANGELOG.md",
            "description": "Watch every Acme widget and act on it from Datadog",
            "title": "Acme Widget",
            "media": [
                {"media_type": "image", "caption": f"The {name}", "image_url": f"images/acme_widget_{name}.png"}
                for name in PICTURES
            ],
            "classifier_tags": [
                "Category::Cloud",
                "Category::Log Collection",
                "Category::Metrics",
                "Offering::Integration",
                "Queried Data Type::Metrics",
                "Submitted Data Type::Metrics",
                "Submitted Data Type::Events",
                "Submitted Data Type::Logs",
                "Supported OS::Linux",
            ],
            "resources": [{"resource_type": "documentation", "url": "https://docs.acme.example/datadog"}],
        },
        "author": {
            "name": "Acme Corp",
            "homepage": "https://acme.example",
            "support_email": "support@acme.example",
            "sales_email": "sales@acme.example",
        },
        "oauth": {},
        "assets": {
            "integration": {
                "source_type_name": "Acme Widget",
                "source_type_id": 63850113,
                "auto_install": True,
                "configuration": {},
                "events": {"creates_events": True},
                "metrics": {"prefix": "acme_widget.", "check": "acme_widget.requests", "metadata_path": "metadata.csv"},
                "service_checks": {"metadata_path": "assets/service_checks.json"},
            },
            "dashboards": {"acme_widget_overview": "assets/dashboards/acme_widget_overview.json"},
            "monitors": {"acme_widget_errors": "assets/monitors/acme_widget_errors.json"},
            "saved_views": {"acme_widget_errors": "assets/saved_views/acme_widget_errors.json"},
            "logs": {"source": "acme_widget"},
            "oauth": "assets/oauth_clients.json",
        },
    }
    if target == Target.MARKETPLACE:
        value["author"]["vendor_id"] = "acme-corp"
        value["legal_terms"] = {"eula": "assets/eula.pdf"}
        value["pricing"] = [
            {
                "billing_type": "tag_count",
                "unit_price": 12.5,
                "unit_label": "Widget",
                "metric": "datadog.marketplace.acme_corp.acme_widget",
                "tag": "widget_id",
                "product_id": "acme-widget",
                "short_description": "Per widget per month",
                "includes_assets": True,
            }
        ]
    return value


DATAFLOWS = "provides:\n" + "".join(
    f"  - id: acme-corp-acme-widget-{kind}\n    always_on: true\n    granular: false\n    data_type: {kind}\n    direction: inbound\n"
    for kind in ("metrics", "logs")
)


def clean_texts(target: Target) -> dict[str, str]:
    """The clean tile's files but for its pictures and its EULA."""
    return {
        "manifest.json": json.dumps(manifest(target), indent=2),
        "README.md": README,
        "CHANGELOG.md": CHANGELOG,
        "metadata.csv": METADATA,
        "assets/service_checks.json": json.dumps([CHECK], indent=2),
        "assets/dashboards/acme_widget_overview.json": json.dumps(DASHBOARD, indent=2),
        "assets/monitors/acme_widget_errors.json": json.dumps(MONITOR, indent=2),
        "assets/saved_views/acme_widget_errors.json": json.dumps(SAVED_VIEW, indent=2),
        "assets/oauth_clients.json": json.dumps(OAUTH, indent=2),
        "assets/logs/acme_widget.yaml": PIPELINE,
        "assets/logs/acme_widget_tests.yaml": 'id: "acme_widget"\ntests:\n  - sample: "a line"\n    result: {}\n',
        "assets/dataflows.yaml": DATAFLOWS,
        "assets/logos/acme_widget_logo.svg": LOGO,
    }
