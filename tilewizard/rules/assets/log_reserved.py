"""What the general remapper of a log pipeline can't do: attributes that Datadog reserves have remappers of their own."""

from __future__ import annotations

from collections.abc import Iterator

from tilewizard.field.asset_kinds import LOGS
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import Tile

from ..registry import Example, rule
from ..sources import LOG_REMAPPER
from .log_pipelines import pipelines

_PATH = f"{LOGS.home}/acme_widget.yaml"
_OWN = {
    "message": "message-remapper",
    "service": "service-remapper",
    "status": "status-remapper",
    "date": "date-remapper",
    "trace_id": "trace-id-remapper",
    "span_id": "span-id-remapper",
    "host": "",
}
"""Attributes that Datadog reserves, with the processor that sets each; nothing sets the host."""


def _pipeline(target: str, more: str = "") -> str:
    return (
        "id: acme_widget\nbackend_only: false\nfacets: []\npipeline:\n  type: pipeline\n  name: Acme\n  processors:\n"
        f"    - type: attribute-remapper\n      name: x\n      enabled: true\n      sources:\n        - app\n      target: {target}\n{more}"
    )


@rule(
    "logs/reserved-attribute",
    step="logs",
    severity=Severity.INFO,
    source=LOG_REMAPPER,
    why="The general remapper sets no reserved attribute: the log keeps the one that it had, or none.",
    form="Set message, service, status, date and ids of traces by the remapper made for each; nothing sets the host.",
    bad=Example(_PATH, _pipeline("service")),
    good=Example(_PATH, _pipeline("service", "      targetType: tag\n")),
)
def reserved_attribute(tile: Tile) -> Iterator[Problem]:
    """A general remapper has no target that Datadog reserves, such as service or host."""
    for file, __, processors in pipelines(tile):
        for each in processors:
            target = each.value.get("target")
            if (
                each.kind != "attribute-remapper"
                or not isinstance(target, str)
                or target not in _OWN
                or each.value.get("targetType") == "tag"
            ):
                continue
            own = _OWN[target]
            hint = (
                _("use a {kind}", kind=own) if own else _("remap it to an attribute of your own, or to a standard one")
            )
            message = _("the general remapper can't set {target}, which Datadog reserves", target=quoted(target))
            yield Problem(message, file.path, offset=each.offset("target"), hint=hint)
