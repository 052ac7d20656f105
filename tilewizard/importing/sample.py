"""A product's answer as the sample that a tile keeps: trimmed, masked, of whatever kind it is."""

from __future__ import annotations

from .json_answer import JSON, trimmed_answer
from .reading import read_text
from .trimmed import trimmed_exposition


def sample_of(text: str) -> str:
    """The sample of an exposition or a JSON answer; empty for a table, which is no answer of the product."""
    kind = read_text(text).kind
    if kind == JSON:
        return trimmed_answer(text)
    return trimmed_exposition(text) if kind in ("Prometheus text", "OpenMetrics") else ""
