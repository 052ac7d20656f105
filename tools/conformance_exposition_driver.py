"""What the Agent's own OpenMetrics check sends for expositions; run by the Python of the base package's environment.

Reads ``{name: [text, content type], …}`` as JSON from standard input and writes ``{name: {metric: [types], …}, …}`` to standard
output; where the check breaks down, what it says stands in place of the metrics.
"""

import json
import sys
import warnings
from unittest import mock

warnings.simplefilter("ignore")

from datadog_checks.base import OpenMetricsBaseCheckV2  # noqa: E402
from datadog_checks.base.stubs import aggregator  # noqa: E402
from datadog_checks.dev.http import MockResponse  # noqa: E402

INSTANCE = {"openmetrics_endpoint": "http://localhost:9090", "metrics": [".+"]}


class Check(OpenMetricsBaseCheckV2):
    """The check without anything of its own."""

    __NAMESPACE__ = "acme_widget"
    DEFAULT_METRIC_LIMIT = 0


def sent(text, kind):
    """The metrics that one exposition arrives as, with their types."""
    aggregator.reset()
    names = {number: name for name, number in aggregator.METRIC_ENUM_MAP.items()}
    answer = MockResponse(content=text, headers={"Content-Type": kind})
    with mock.patch("requests.Session.get", return_value=answer):
        fault = Check("acme_widget", {}, [INSTANCE]).run()
    if fault:
        return json.loads(fault)[0]["traceback"].strip().splitlines()[-1]
    return {name: sorted({names[each.type] for each in found}) for name, found in aggregator._metrics.items()}


if __name__ == "__main__":
    json.dump({name: sent(*asked) for name, asked in json.load(sys.stdin).items()}, sys.stdout)
