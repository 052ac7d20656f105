"""What the metrics of packages that JMXFetch runs say wrong, for ``tools/conformance_validators.py``."""

from __future__ import annotations

ENTRY = "- include:\n    bean: acme:type=Queue\n    attribute:\n      Depth:\n        alias: acme_widget.depth\n"
METRICS = {
    "no metrics": "",
    "the templates of no JMX": f"jmx_metrics:\n{ENTRY}",
    "no list of beans": "metrics: []\n",
    "an entry without include": "jmx_metrics:\n- exclude:\n    domain: acme\n",
    "an entry without scope": "jmx_metrics:\n- include:\n    attribute: {}\n",
    "an attribute twice": f"jmx_metrics:\n{ENTRY}{ENTRY}",
    "an attribute twice, in a list": f"jmx_metrics:\n{ENTRY}{ENTRY.replace('acme:type=Queue', '[other, acme:type=Queue]')}",
    "a key twice": f"jmx_metrics:\n{ENTRY}    bean: other\n",
}
"""Texts of metrics.yaml by what is wrong with them; an empty one is no file."""
