"""What a partner may get wrong in a generated package, as changes of its files: each must make a test or a rule speak."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from tools.package_runs import Mutant


def swapped(old: str, new: str) -> Callable[[str], str]:
    """The first match of a pattern replaced."""

    def change(text: str) -> str:
        changed = re.sub(old, new, text, count=1, flags=re.MULTILINE)
        assert changed != text, f"{old} is not in the file any more"
        return changed

    return change


def _checks(change: Callable[[list], list]) -> Callable[[str], str]:
    return lambda text: json.dumps(change(json.loads(text)), indent=2) + "\n"


_OPEN, _PYTHON = ("openmetrics-check",), ("python-check",)
_METRICS, _CHECK = "datadog_checks/{name}/metrics.py", "datadog_checks/{name}/check.py"

MUTANTS = (
    Mutant("map entry with another name", _METRICS, swapped(r"'jobs'(,?)$", r"'job'\1"), _OPEN),
    Mutant("map entry with another source", _METRICS, swapped(r"'jobs':", "'jobs_total':"), _OPEN),
    Mutant("map entry dropped", _METRICS, swapped(r"^    'depth'.*\n", ""), _OPEN),
    Mutant("untyped metric without a type", _METRICS, swapped(r"\{'name': 'loose', 'type': 'gauge'\}", "'loose'"), _OPEN),
    Mutant("another path in the answer", _METRICS, swapped(r"'queue\.depth'", "'queue.deep'"), _PYTHON),
    Mutant("another name for a number", _METRICS, swapped(r"'queue\.depth'\)", "'queue.deep')"), _PYTHON),
    Mutant("another method for a number", _METRICS, swapped(r"'monotonic_count'", "'gauge'"), _PYTHON),
    Mutant("number dropped", _METRICS, swapped(r"^    \('nodes.*\n", ""), _PYTHON),
    Mutant("wrong type in metadata", "metadata.csv", swapped(r",gauge,", ",count,")),
    Mutant("wrong type in metadata, the other way", "metadata.csv", swapped(r",count,", ",gauge,")),
    Mutant("unit that there is not", "metadata.csv", swapped(r",second,", ",secund,")),
    Mutant("unit against the name", "metadata.csv", swapped(r",second,", ",byte,")),
    Mutant("metric dropped from metadata", "metadata.csv", swapped(r"^acme_widget\.[a-z.]*depth.*\n", "")),
    Mutant("metric too many in metadata", "metadata.csv", lambda text: text + text.splitlines()[1].replace("jobs", "yobs", 1).replace("depth", "breadth", 1).replace("nodes", "notes", 1) + "\n"),
    Mutant("service check dropped from its file", "assets/service_checks.json", _checks(lambda _: [])),
    Mutant("service check without critical", "assets/service_checks.json", _checks(lambda all_: [{**each, "statuses": ["ok"]} for each in all_])),
    Mutant("service check of another name", "assets/service_checks.json", _checks(lambda all_: [{**each, "check": each["check"] + "y"} for each in all_])),
    Mutant("another endpoint in the example", "datadog_checks/{name}/data/conf.yaml.example", swapped(r"localhost:9090", "localhost:9091")),
    Mutant("another endpoint in the spec", "assets/configuration/spec.yaml", swapped(r"localhost:9090", "localhost:9091")),
    Mutant("option of another name in the model", "datadog_checks/{name}/config_models/instance.py", swapped(r"^    (openmetrics_endpoint|url): str", r"    \1x: str")),
    Mutant("another prefix in the check", _CHECK, swapped(r"__NAMESPACE__ = 'acme_widget'", "__NAMESPACE__ = 'acme'")),
    Mutant("service check not sent", _CHECK, swapped(r"^        self\.service_check\(.*\n", "        pass\n"), _PYTHON),
    Mutant("failure reported as ok", _CHECK, swapped(r"AgentCheck\.CRITICAL", "AgentCheck.OK"), _PYTHON),
    Mutant("another address asked", _CHECK, swapped(r"get\(self\.config\.url\)", "get(self.config.url + '/x')"), _PYTHON),
    Mutant("status of the answer not looked at", _CHECK, swapped(r"^            response\.raise_for_status\(\)\n", ""), _PYTHON),
    Mutant("event told each time", _CHECK, swapped(r"if reachable != self\.reachable and ", "if "), _PYTHON),
    Mutant("event of the wrong kind", _CHECK, swapped(r"'success' if reachable else 'error'", "'error'"), _PYTHON),
    Mutant("log of the wrong status", _CHECK, swapped(r"'info' if reachable else 'error'", "'info'"), _PYTHON),
    Mutant("tags dropped", _CHECK, swapped(r"tags=tags, message", "message"), _PYTHON),
    Mutant("health check switched off", _CHECK, swapped(r"return \{'metrics'", "return {'enable_health_service_check': False, 'metrics'"), _OPEN),
    Mutant("metric excluded", _CHECK, swapped(r"return \{'metrics'", "return {'exclude_metrics': ['depth'], 'metrics'"), _OPEN),
)  # fmt: skip
