"""What each of ddev's validators looks at, and which of tilewizard's rules look at the same; held against ddev by ``make conformance``."""

from __future__ import annotations

from tilewizard.language import _

VALIDATOR_RULES: dict[str, tuple[str, tuple[str, ...]]] = {
    "codeowners": (_("a line with an owner; the logs stay with the logs team"), ("checkout/codeowners", "checkout/log-owners")),
    "ci": (_("a job for each package in test-all.yml, by its name"), ("checkout/ci-job",)),
    "config": (_("the spec, and conf.yaml.example made from it"), ("spec/", "package/example")),
    "models": (_("config_models made from the spec"), ("package/models", "package/defaults", "spec/")),
    "package": (_("name, version's path and authors in pyproject.toml"), ("package/syntax", "package/name",
                "package/version-path", "package/author-email")),
    "imports": (_("the base package by its new name"), ("package/import",)),
    "http": (_("requests go through self.http, with its templates"), ("package/requests", "package/http-options")),
    "openmetrics": (_("DEFAULT_METRIC_LIMIT = 0"), ("package/metric-limit",)),
    "metadata": ("metadata.csv", ("metadata/",)),
    "readmes": (_("headings and pictures of README.md"), ("readme/",)),
    "saved-views": (_("saved views that the manifest names: they are there, their type, page, options"), ("saved-views/", "manifest/path")),
    "jmx-metrics": (_("metrics of JMX by bean, and the spec's templates for it"), ("package/jmx-",)),
    "legacy-signature": (_("the check's constructor: a remark, refuses nothing"), ("package/legacy-signature",)),
    "integration-style": (_("the argument of check(): a remark, refuses nothing"), ("package/check-argument",)),
}  # fmt: skip
"""Each validator of the newest ddev for extras: what it looks at, and tilewizard's rules on it."""
REMARKS = ("legacy-signature", "integration-style")
"""Those that remark and end with 0 all the same: the rules on the same are no errors."""
OLDER: dict[str, tuple[str, ...]] = {
    "dashboards": ("dashboards/",),
    "eula": ("eula/",),
    "manifest": ("manifest/",),
    "service-checks": ("service-checks/",),
}
"""Rules on what validators of older workflows look at; ddev 20.1.0 may have none of the name, or looks at less."""
