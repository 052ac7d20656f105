"""A manifest of the old version 1.0.0 as one of version 2.0.0 (the map is that of tile-facts, "Upgrade from 1.0.0")."""

from __future__ import annotations

import uuid
from typing import Any

from ..documents.json_document import JsonDocument
from ..field.vocabulary import nearest, tag_values
from ..tile.tile import CHANGELOG, MANIFEST, README, SERVICE_CHECKS, Tile, TileFile
from .parts.manifest import in_order
from .parts.pointers import at_pointer, put

_MOVED = {
    "/integration_id": "/app_id",
    "/is_public": "/display_on_public_website",
    "/short_description": "/tile/description",
    "/public_title": "/tile/title",
    "/display_name": "/assets/integration/source_type_name",
    "/maintainer": "/author/support_email",
    "/author/name": "/author/name",
    "/author/homepage": "/author/homepage",
    "/author/vendor_id": "/author/vendor_id",
    "/creates_events": "/assets/integration/events/creates_events",
    "/metric_prefix": "/assets/integration/metrics/prefix",
    "/metric_to_check": "/assets/integration/metrics/check",
    "/assets/metrics_metadata": "/assets/integration/metrics/metadata_path",
    "/assets/service_checks": "/assets/integration/service_checks/metadata_path",
    "/assets/configuration/spec": "/assets/integration/configuration/spec",
    "/process_signatures": "/assets/integration/process_signatures",
    "/assets/dashboards": "/assets/dashboards",
    "/assets/monitors": "/assets/monitors",
    "/assets/saved_views": "/assets/saved_views",
    "/assets/logs": "/assets/logs",
    "/terms/legal_email": "/author/sales_email",
    "/terms/eula": "/legal_terms/eula",
}
_SYSTEMS = {"linux": "Linux", "mac_os": "macOS", "windows": "Windows"}


def is_legacy(tile: Tile) -> bool:
    """Whether the manifest is of version 1.0.0."""
    return bool(tile.at("/manifest_version") == "1.0.0")


def upgraded(tile: Tile) -> Tile:
    """The tile with its manifest in version 2.0.0; one that is of that version already comes back as it is."""
    if not is_legacy(tile):
        return tile
    old = tile.at("")
    new: dict[str, Any] = {
        "manifest_version": "2.0.0",
        "app_uuid": str(uuid.uuid4()),
        "owner": "integrations-developer-platform",
    }
    for source, target in _MOVED.items():
        value = at_pointer(old, source)
        if value not in (None, "", {}, []):
            put(new, target, value)
    put(new, "/tile/overview", f"{README}#Overview")
    put(new, "/tile/configuration", f"{README}#Setup")
    put(new, "/tile/support", f"{README}#{_support(tile)}")
    put(new, "/tile/changelog", CHANGELOG)
    put(new, "/tile/media", [])
    put(new, "/tile/classifier_tags", _tags(old))
    _complete(new, old, tile)
    return tile.with_file(TileFile(MANIFEST, JsonDocument.of(in_order(new)).text.encode()))


def _support(tile: Tile) -> str:
    file = tile.file(README)
    titles = [heading.title for heading in file.readme.headings] if file is not None else []
    return "Support" if "Support" in titles or "Troubleshooting" not in titles else "Troubleshooting"


def _tags(old: dict[str, Any]) -> list[str]:
    systems = [_SYSTEMS.get(str(each), str(each)) for each in old.get("supported_os") or []]
    categories = []
    for each in old.get("categories") or []:
        categories.append(nearest(str(each), tag_values("Category")) or str(each).title())
    tags = [f"Category::{each}" for each in categories] + ["Offering::Integration"]
    return list(dict.fromkeys([*tags, *(f"Supported OS::{each}" for each in systems)]))


def _complete(new: dict[str, Any], old: dict[str, Any], tile: Tile) -> None:
    integration = at_pointer(new, "/assets/integration")
    if isinstance(integration, dict):
        integration.setdefault("auto_install", True)
        integration.setdefault("configuration", {})
        if tile.has(SERVICE_CHECKS):
            put(new, "/assets/integration/service_checks/metadata_path", SERVICE_CHECKS)
    new.setdefault("assets", {})
    product = str(new.get("app_id", "")).removeprefix(f"{at_pointer(new, '/author/vendor_id', '')}-")
    plans = old.get("pricing")
    if isinstance(plans, list) and plans:
        new["pricing"] = [_plan(plan, product) for plan in plans if isinstance(plan, dict)]


def _plan(plan: dict[str, Any], product: str) -> dict[str, Any]:
    label = plan.get("unit_label")
    described = f"Per {label} per month" if label else "Monthly price"
    return {**plan, "product_id": product, "short_description": described, "includes_assets": True}
