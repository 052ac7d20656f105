"""The commands of ddev 20.1.0, as its own ``--help`` lists them; what is not among them has been taken away."""

from __future__ import annotations

VERSION = "20.1.0"
COMMANDS: dict[str, tuple[str, ...]] = {
    "ci": ("codeowners", "dispatch-tests", "setup"),
    "clean": (),
    "config": ("edit", "explore", "find", "override", "restore", "set", "show"),
    "create": ("check", "check-only", "event", "jmx", "logs", "metrics-crawler"),
    "dep": ("freeze", "pin", "promote", "sync", "updates"),
    "docs": ("build", "serve"),
    "env": ("agent", "check", "config", "logs", "reload", "shell", "show", "start", "stop", "test"),
    "meta": (
        "catalog", "changes", "create-example-commits", "dash", "jmx", "manifest", "prom", "scripts", "snmp", "windows",
    ),
    "release": (
        "agent", "branch", "build", "changelog", "list", "make", "port-commit", "show", "stats", "tag", "test-agent",
        "upload",
    ),
    "run": (),
    "size": ("diff", "status", "timeline"),
    "status": (),
    "test": (),
    "validate": (
        "agent-reqs", "all", "ci", "codeowners", "config", "dashboards", "dep", "eula", "http", "imports",
        "integration-style", "jmx-metrics", "labeler", "legacy-signature", "license-headers", "licenses", "metadata",
        "models", "openmetrics", "package", "pr-description", "qa-label", "readmes", "saved-views", "service-checks",
        "typos", "version",
    ),
}  # fmt: skip
REPOSITORIES = ("core", "extras", "marketplace", "internal")
"""Keys of ``ddev config set`` that stand under ``repos.`` since ddev 2."""
