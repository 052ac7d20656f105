"""What the manifest says of metadata.csv: where it is, what its metrics start with, which one shows that data arrives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tilewizard.field.vocabulary import nearest
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import MANIFEST, METADATA, Tile

from ..registry import Example, rule
from ..sources import VALIDATE_MANIFEST, VALIDATE_METADATA
from .metadata_cells import PREFIX, table


@rule(
    "metadata/check",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="Datadog shows the integration as installed when this metric arrives.",
    form="Choose a metric that is always sent: it tells whether the integration works.",
    bad=Example(MANIFEST, {"assets": {"integration": {"metrics": {"check": "acme_widget.nothing"}}}}),
    at=("/assets/integration/metrics/check",),
)
def check(tile: Tile) -> Iterator[Problem]:
    """With rows in metadata.csv metrics.check names one of them, or a pricing metric."""
    document, pointer = table(tile), "/assets/integration/metrics/check"
    if tile.at("/assets/integration") is None:
        return
    value = tile.at(pointer)
    given = value if isinstance(value, list) else [value] if value else []
    if not given:
        if document is not None:
            first = next((name for record in document.rows if (name := record.get("metric_name", "").strip())), "")
            hint = _("write {first}", first=first) if first else _("write the name of a metric that is always sent")
            yield Problem(_("metrics.check is missing"), pointer=pointer, hint=hint)
        return
    known = {record.get("metric_name") for record in document.rows} if document else set()
    plans = [plan for plan in tile.list_at("/pricing") if isinstance(plan, dict)]
    known |= {plan["metric"] for plan in plans if isinstance(plan.get("metric"), str)}
    for index, each in enumerate(given):
        if isinstance(each, str) and each not in known:
            names = sorted(name for name in known if name)
            near = nearest(each, names) or (names[0] if names else "")
            hint = _("did you mean {near}?", near=near) if near else _("name a metric of metadata.csv")
            place = f"{pointer}/{index}" if isinstance(value, list) else pointer
            yield Problem(_("metrics.check {name} is not in metadata.csv", name=quoted(each)), pointer=place, hint=hint)


@rule(
    "metadata/place",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="A list of metrics that the manifest doesn't name is not published.",
    form="Name the list of metrics in the tile, or delete it.",
    bad=Example(MANIFEST, {"assets": {"integration": {"metrics": {"metadata_path": None}}}}),
    at=("/assets/integration/metrics/metadata_path",),
)
def place(tile: Tile) -> Iterator[Problem]:
    """A metadata.csv that is there is named in the manifest's metadata_path."""
    pointer = "/assets/integration/metrics/metadata_path"
    if tile.has(METADATA) and not tile.text_at(pointer) and isinstance(tile.at(""), dict):
        lone = isinstance(tile.at("/assets/integration/metrics"), dict)
        hint = _('write "metadata_path": "metadata.csv"') + ("" if lone else _(" into assets.integration.metrics"))
        yield Problem(_("metadata.csv is there and the manifest doesn't name it"), pointer=pointer, hint=hint)


@rule(
    "metadata/prefix-dot",
    step="metrics",
    severity=Severity.WARNING,
    source=VALIDATE_METADATA,
    why="Without the dot the prefix matches other products' metrics too.",
    form="End the prefix with a dot.",
    bad=Example(MANIFEST, {"assets": {"integration": {"metrics": {"prefix": "acme_widget"}}}}),
    at=(PREFIX,),
    mends=True,
)
def prefix_dot(tile: Tile) -> Iterator[Problem]:
    """metrics.prefix ends with a dot."""
    value = tile.text_at(PREFIX)
    if value and not value.endswith(".") and re.fullmatch(r"[A-Za-z0-9_.]+", value):
        document = table(tile)
        sure = document is None or all(r.get("metric_name", "").startswith(f"{value}.") for r in document.rows)
        yield Problem(
            _("the prefix is {value}", value=quoted(value)),
            pointer=PREFIX,
            hint=_("write {value}.", value=value),
            fix=(lambda t: t.with_text(MANIFEST, t.manifest.with_value(PREFIX, f"{value}.").text)) if sure else None,
            severity=None if sure else Severity.INFO,
        )
