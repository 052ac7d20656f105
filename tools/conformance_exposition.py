"""Holds the import of expositions against the Agent's own OpenMetrics check, of the newest datadog-checks-base.

The environment is that of conformance_packages.py (``TILEWIZARD_AGENT_PYTHON`` names the Python that makes it); skipped by name
without one. Exit 1 when a metric has another name or type here, when one is missing or too many, or when the check reads what it
is known to break down on: then the import may take it too.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tilewizard.field.names import normalized_metric  # noqa: E402
from tilewizard.importing.exposition import families_of, read_exposition  # noqa: E402
from tools.environments import agent_python  # noqa: E402

PREFIX = "acme_widget."
PLAIN, OPEN = "text/plain; version=0.0.4", "application/openmetrics-text; version=1.0.0"
EXPOSITIONS = {
    "counter and gauge": (PLAIN, "# TYPE a_total counter\na_total 1\n# TYPE b gauge\nb 2\n"),
    "counter without _total": (PLAIN, "# TYPE a counter\na 1\n"),
    "histogram": (PLAIN, '# TYPE a histogram\na_bucket{le="1"} 1\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n'),
    "histogram without bounds": (PLAIN, '# TYPE a histogram\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n'),
    "summary": (PLAIN, '# TYPE a summary\na{quantile="0.5"} 1\na_sum 1\na_count 1\n'),
    "summary without quantiles": (PLAIN, "# TYPE a summary\na_sum 1\na_count 1\n"),
    "untyped": (PLAIN, "a 1\n# TYPE b untyped\nb 1\n"),
    "escapes": (PLAIN, '# HELP a_total x \\\\ y\\nz\n# TYPE a_total counter\na_total{p="c\\\\d\\"e\\n"} 1\n'),
    "UTF-8 in labels and help": (PLAIN, '# HELP a Größe 😀\n# TYPE a gauge\na{l="é 😀"} 1\n'),
    "colons": (PLAIN, "# TYPE job:a:rate gauge\njob:a:rate 1\n# TYPE :b: gauge\n:b: 1\n"),
    "values and timestamps": (PLAIN, "# TYPE a gauge\na 1e3 1700000000000\n# TYPE b gauge\nb -0\n# TYPE c gauge\nc 1\n"),
    "OpenMetrics counter": (OPEN, "# TYPE a counter\na_total 1\na_created 1\n# EOF\n"),
    "OpenMetrics unit": (OPEN, "# TYPE a_seconds gauge\n# UNIT a_seconds seconds\na_seconds 1\n# EOF\n"),
    "exemplars": (OPEN, '# TYPE a histogram\na_bucket{le="1.0"} 1 # {trace_id="t"} 0.5 1.0\na_bucket{le="+Inf"} 1\n'
                        'a_sum 0.5\na_count 1\n# TYPE b counter\nb_total 1 # {trace_id="t"} 1.0\n# EOF\n'),
    "info, state set, unknown": (OPEN, '# TYPE a info\na_info{v="1"} 1\n# TYPE b stateset\nb{b="x"} 1\n'
                                       "# TYPE c unknown\nc 1\n# EOF\n"),
    "gauge histogram": (OPEN, '# TYPE a gaugehistogram\na_bucket{le="+Inf"} 1\na_gcount 1\na_gsum 1\n# EOF\n'),
}  # fmt: skip
BROKEN = {
    "UTF-8 names": (OPEN, '# TYPE "a.b" gauge\n{"a.b",l="x"} 1\n# EOF\n'),
    "native histograms": (OPEN, "# TYPE a histogram\na {count:2,sum:1,schema:0,zero_threshold:0.001,zero_count:1,"
                                "positive_spans:[0:1],positive_deltas:[1]}\n# EOF\n"),
}  # fmt: skip
"""What base 38.7.0 breaks down on: nothing of such an exposition arrives."""
LEFT_OUT = frozenset(["unknown", "untyped", "info", "stateset", "gaugehistogram"])
"""Families that the check sends nothing of, unless its configuration gives them a type."""
TYPES = {"monotonic_count": "count", "count": "count", "gauge": "gauge"}


def ours(text: str) -> dict[str, str]:
    """The import's metrics and their types, without those that need a type in the check's configuration."""
    out = {family.name for family in families_of(text) if family.type in LEFT_OUT}
    rows = [each.row for each in read_exposition(text, PREFIX).imported]
    return {row.metric_name: row.metric_type for row in rows if row.source not in out}


def theirs(sent: dict[str, list[str]]) -> dict[str, str]:
    """The check's metrics by the names that Datadog stores."""
    return {normalized_metric(name): "/".join(TYPES.get(each, each) for each in found) for name, found in sent.items()}


def breaches(sent: dict[str, Any]) -> Iterator[str]:
    """Where the two sides differ, a line each."""
    for name, (_, text) in EXPOSITIONS.items():
        if isinstance(sent[name], str):
            yield f"{name}: the check breaks down: {sent[name]}"
        elif theirs(sent[name]) != ours(text):
            yield f"{name}: theirs {theirs(sent[name])}, ours {ours(text)}"
    for name in BROKEN:
        if not isinstance(sent[name], str):
            yield f"{name}: the check reads it now: {sent[name]}"


def main() -> int:
    """Compare, print, and tell by the exit code whether anything differs."""
    import platformdirs
    from tools.conformance_packages import BaseEnvironment, newest_base

    python, why = agent_python("TILEWIZARD_AGENT_PYTHON")
    environment: BaseEnvironment = newest_base(platformdirs.user_cache_path("tilewizard-packages"))
    why = why if python is None else environment.made(python)
    if why:
        print(f"skipped: expositions against the Agent's own check: {why}")
        return 0
    asked = {name: (text, kind) for name, (kind, text) in {**EXPOSITIONS, **BROKEN}.items()}
    driver = Path(__file__).with_name("conformance_exposition_driver.py")
    done = subprocess.run(
        [environment.python, "-I", driver], input=json.dumps(asked), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        print(done.stderr[-2000:])
        return 1
    wrong = list(breaches(json.loads(done.stdout)))
    print("\n".join(wrong))
    print(f"{len(asked)} expositions, datadog-checks-base {environment.version}, {len(wrong)} breaches")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
