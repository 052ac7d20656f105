"""An exposition cut down to what a test needs: a sample of each kind a family, labels kept, values rounded, secrets masked."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .exposition import OPENMETRICS, families_of, read_exposition
from .masking import masked, rounded

if TYPE_CHECKING:
    from prometheus_client import Metric
    from prometheus_client.samples import Sample

_PLAIN = {"counter", "gauge", "histogram", "summary"}
"""Types that Prometheus text knows; others have none there."""


def trimmed_exposition(text: str) -> str:
    """The exposition with one sample of each kind a family, in its own format.

    Args:
        text: Prometheus text or OpenMetrics; what can't be read is left out.
    """
    openmetrics = read_exposition(text).kind == OPENMETRICS
    return exposition_of(families_of(text), openmetrics=openmetrics)


def exposition_of(families: list[Metric], *, openmetrics: bool = False) -> str:
    """Families as text, one sample of each kind."""
    lines: list[str] = []
    for family in families:
        name = family.name
        if family.type == "counter" and not openmetrics:
            # Prometheus text names the counter as its sample is named.
            name = next((sample.name for sample in family.samples if not sample.name.endswith("_created")), name)
        kind = family.type if openmetrics or family.type in _PLAIN else "untyped"
        if family.documentation:
            lines.append(f"# HELP {name} {_escaped(family.documentation)}")
        lines.append(f"# TYPE {name} {kind}")
        lines += [_line(sample) for sample in kept(family)]
    return "\n".join([*lines, *(["# EOF"] if openmetrics else []), ""])


def kept(family: Metric) -> list[Sample]:
    """One sample of each name; of buckets one with a bound and the one without."""
    found: dict[tuple[str, bool], Sample] = {}
    first: dict[str, str] = {}
    for sample in family.samples:
        others = {key: value for key, value in sample.labels.items() if key not in ("le", "quantile")}
        # The parts of a histogram are those of one series.
        if first.setdefault("labels", str(sorted(others.items()))) != str(sorted(others.items())):
            continue
        without_bound = sample.labels.get("le", "").lower().endswith("inf")
        found.setdefault((sample.name, without_bound), sample)
    return list(found.values())


def _line(sample: Sample) -> str:
    labels = ",".join(f'{key}="{_quoted(masked(key, value))}"' for key, value in sample.labels.items())
    value = rounded(sample.value)
    shown = "NaN" if math.isnan(value) else ("+Inf" if value > 0 else "-Inf") if math.isinf(value) else repr(value)
    return f"{sample.name}{{{labels}}} {shown}" if labels else f"{sample.name} {shown}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', '\\"')
