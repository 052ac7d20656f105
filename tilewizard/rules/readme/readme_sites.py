"""Links of README.md into Datadog: into the application of one site, and into its documentation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.tile import README, Tile

from ..registry import rule
from ..sources import README_DOCUMENTATION, README_SITES
from .readme import LINES_MAX, _changed, _section_at, document, mentions

_BEFORE = r"(?P<before>\]\(\s*<?|^[ ]{0,3}\[[^\]\n]{1,200}\]:[ \t]*<?|\b(?:href|HREF)[ \t]*=[ \t]*[\"']?)"
_REST = r"[^\s<>\"')\]`]*"
_SITE = re.compile(
    rf"(?:{_BEFORE}|(?<![\w/.=]))(?P<url>(?(before)(?:https?:)?(?://)?|https?://)(?:www\.)?(?:app\.)?(?:app|[a-z]{{2}}\d{{1,2}}(?:-fed)?)\.(?:datadoghq\.(?:com|eu)|ddog-gov\.com)"
    rf"(?::443)?(?P<path>(?:[/?#]{_REST})?))",
    re.IGNORECASE | re.MULTILINE,
)
_RELATIVE = re.compile(rf"{_BEFORE}(?P<url>(?P<path>/(?!/){_REST}))", re.MULTILINE)

_DOCUMENTATION = frozenset(
    [
        "account_management", "actions", "administrators_guide", "agent", "api", "app_analytics", "bits_ai",
        "change_tracking", "client_sdks", "cloud_cost_management", "cloudcraft", "cloudprem", "code_analysis",
        "code_coverage", "continuous_delivery", "continuous_integration", "continuous_testing", "coscreen", "coterm",
        "csm", "dashboards", "data_observability", "data_security", "data_streams", "database_monitoring",
        "datadog_cloudcraft", "ddsql_editor", "ddsql_reference", "deployment_gates", "developers", "dora_metrics",
        "error_tracking", "events", "extend", "feature_flags", "getting_started", "glossary", "gpu_monitoring",
        "graphing", "ide_plugins", "incident_response", "internal_developer_portal", "llm_observability", "metrics",
        "mobile", "network_monitoring", "notebooks", "observability_pipelines", "opentelemetry", "partners", "pr_gates",
        "product_analytics", "profiler", "quality_gates", "real_user_monitoring", "reference_tables",
        "security_monitoring", "security_platform", "sensitive_data_scanner", "serverless", "service_catalog",
        "service_level_objectives", "service_management", "session_replay", "software_catalog", "software_templates",
        "source_code", "standard-attributes", "synthetics_guide", "tagging", "tracing", "universal_service_monitoring",
        "videos", "work-from-anywhere", "workflows",
    ]
)  # fmt: skip
"""First parts of addresses that the documentation has and the application has not."""
_DOCUMENTATION_BELOW = {
    "logs": frozenset(
        ["archives", "error_tracking", "explain", "faq", "guide", "log_collection", "log_configuration", "logging_without_limits", "processing", "reports", "troubleshooting"]
    ),
    "monitors": frozenset(
        ["configuration", "downtimes", "draft", "faq", "guide", "manage_monitor", "monitor_status", "notify", "quality", "settings", "troubleshooting", "types"]
    ),
    "synthetics": frozenset(
        ["api_tests", "browser_tests", "ci", "ci_results_explorer", "cicd_integrations", "explore", "faq", "guide", "mobile_app_testing", "multistep", "platform", "private_locations", "test_coverage", "troubleshooting"]
    ),
    "security": frozenset(
        ["application_security", "cloud_security_management", "cloud_siem", "code_security", "cspm", "default_rules", "detection_rules", "guide", "notifications", "threat_intelligence", "threats", "workload_protection"]
    ),
    "infrastructure": frozenset(["containermap", "devices_guide", "hostmap_guide", "livecontainers", "process", "resource_catalog"]),
    "containers": frozenset(
        ["amazon_ecs", "cluster_agent", "datadog_operator", "docker", "guide", "kubernetes", "troubleshooting"]
    ),
    "help": frozenset(),
    "integrations": frozenset({"guide", "faq", "observability_pipelines"}),
}  # fmt: skip
"""What only the documentation has below a first part that the application has too."""
_ENDS_AS_PAGE = frozenset(
    {
        "logs",
        "synthetics",
        "security",
        "containers",
        "monitors",
        "integrations",
        "infrastructure",
        "help",
        "watchdog",
        "rum",
    }
)
_OF_APPLICATION = frozenset(
    ("analytics", "create", "indexes", "livetail", "manage", "pipelines", "recommended", "rules", "triggered")
)
"""What stands below a part of both in the application too, and so is left alone even with a slash at its end."""
_LANGUAGES = ("en", "fr", "ja", "ko", "es")


@dataclass(frozen=True)
class _Address:
    """An address as it stands: its span, itself, what would be right, and whether it stands where a link's address does."""

    start: int
    end: int
    url: str
    right: str
    replaceable: bool


def _tied(text: str) -> Iterator[_Address]:
    if not mentions(text, "datadoghq", "ddog-gov"):
        return
    for match in _SITE.finditer(text):
        path = match["path"].rstrip(".,;:!*_") if match["before"] is None else match["path"]
        url = match["url"][: len(match["url"]) - len(match["path"]) + len(path)]
        start = match.start("url")
        # The text of a link is a name, not a way.
        if match["before"] is None and text[max(0, start - 1) : start] == "[":
            continue
        right = path if path.startswith("/") else f"/{path}"
        yield _Address(start, start + len(url), url, right, match["before"] is not None)


def _of_documentation(text: str) -> Iterator[_Address]:
    for match in _RELATIVE.finditer(text):
        if is_documentation(match["path"]):
            start = match.start("url")
            yield _Address(start, match.end("url"), match["url"], f"https://docs.datadoghq.com{match['path']}", True)


def is_documentation(path: str) -> bool:
    """Whether an address without a host is one of Datadog's documentation rather than of its application."""
    plain = re.split(r"[?#]", path, maxsplit=1)[0]
    first, __, below = plain.lstrip("/").partition("/")
    if first in _LANGUAGES and below:
        return is_documentation(f"/{below}")
    second = below.partition("/")[0]
    if first in _DOCUMENTATION:
        return True
    if first not in _DOCUMENTATION_BELOW:
        return False
    if second in _DOCUMENTATION_BELOW[first]:
        return True
    # Pages of the documentation end in a slash, those of the application don't: /logs/ and /logs.
    return plain.endswith("/") and first in _ENDS_AS_PAGE and not second.isdigit() and second not in _OF_APPLICATION


Finder = Callable[[str], Iterator[_Address]]


def _mending(finder: Finder, url: str) -> Fix:
    def fix(tile: Tile) -> Tile:
        readme = document(tile)
        if readme is None:
            return tile
        text = readme.text
        found = [each for each in finder(text) if each.url == url and each.replaceable]
        for each in reversed([each for each in found if not readme.code.holds(each.start)]):
            text = text[: each.start] + each.right + text[each.end :]
        return tile if text == readme.text else tile.with_text(README, text)

    return fix


def _found(tile: Tile, finder: Finder) -> Iterator[tuple[_Address, str]]:
    """The addresses outside code, each with the section that it stands in."""
    readme = document(tile)
    if readme is None:
        return
    outside = (each for each in finder(readme.text) if not readme.code.holds(each.start))
    for each in islice(outside, LINES_MAX):
        section = _section_at(readme, each.start)
        yield each, f"/{section}" if section else ""


@rule(
    "readme/site-link",
    step="readme",
    form="Write addresses of Datadog's application without the site, so that they open on every customer's site.",
    severity=Severity.WARNING,
    source=README_SITES,
    why="Customers of other Datadog sites end on a page where they have no account; an address without a host opens in their own.",
    bad=_changed("[1]: https://acme.example\n", "[1]: https://app.datadoghq.com/organization-settings/api-keys\n"),
    good=_changed("[1]: https://acme.example\n", "[1]: /organization-settings/api-keys\n"),
    mends=True,
)
def site_link(tile: Tile) -> Iterator[Problem]:
    """Links of README.md into Datadog's application name no site: /organization-settings/api-keys."""
    for each, pointer in _found(tile, _tied):
        hint = (
            _("write {right}", right=each.right[:80])
            if each.replaceable
            else _("write [text][n], and [n]: {right} at the end", right=each.right[:80])
        )
        fix = _mending(_tied, each.url) if each.replaceable else None
        message = _("the link {url} leads to one Datadog site only", url=quoted(each.url))
        yield Problem(message, README, pointer, offset=each.start, hint=hint, fix=fix)


@rule(
    "readme/documentation-link",
    step="readme",
    form="Write the whole address of pages of Datadog's documentation, with https:// and the host.",
    severity=Severity.WARNING,
    source=README_DOCUMENTATION,
    why="On the tile's page an address without a host leads into the application, where the documentation's page is not.",
    bad=_changed("[1]: https://acme.example\n", "[1]: /getting_started/tagging/\n"),
    good=_changed("[1]: https://acme.example\n", "[1]: https://docs.datadoghq.com/getting_started/tagging/\n"),
    mends=True,
)
def documentation_link(tile: Tile) -> Iterator[Problem]:
    """Links of README.md to Datadog's documentation are whole addresses: https://docs.datadoghq.com/…"""
    for each, pointer in _found(tile, _of_documentation):
        message = _("the link {url} to Datadog's documentation has no host", url=quoted(each.url))
        fix = _mending(_of_documentation, each.url)
        yield Problem(
            message, README, pointer, offset=each.start, hint=_("write {right}", right=each.right[:120]), fix=fix
        )
