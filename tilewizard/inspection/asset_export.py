"""Which kind of asset a file is that was exported from Datadog, told from its keys."""

from __future__ import annotations

from typing import Any

from ..field.asset_kinds import (
    BLUEPRINTS,
    DASHBOARDS,
    DATAFLOWS,
    DETECTION_RULES,
    MONITORS,
    SAVED_VIEWS,
    WEBHOOK,
    AssetKind,
)


def kind_of(value: Any) -> AssetKind | None:
    """The kind of an exported file's content; None where it is none of them.

    Args:
        value: what the file says, as plain data.
    """
    if not isinstance(value, dict):
        return None
    keys = frozenset(value)
    body = value["definition"] if isinstance(value.get("definition"), dict) else value
    # An app has queries and components, a monitor one query; a detection rule has cases.
    if "provides" in keys and isinstance(value["provides"], list):
        return DATAFLOWS
    if "widgets" in keys or "layout_type" in keys:
        return DASHBOARDS
    if keys & {"partnerRuleId", "cases", "thirdPartyCases"} or ("queries" in keys and "filters" in keys):
        return DETECTION_RULES
    if "components" in body or keys & {"slug", "mocked_outputs", "mockedOutputs"}:
        return BLUEPRINTS
    if "query" in body and "type" in body and keys & {"message", "options", "definition"} and "page" not in keys:
        return MONITORS
    if "page" in keys and "query" in keys:
        return SAVED_VIEWS
    if value.get("type") == "url" or (keys <= {"type", "source"} and "source" in keys):
        return WEBHOOK
    return None
