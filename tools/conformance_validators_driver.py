"""What the newest ddev says of Agent packages; run by the Python of its own environment, never by tilewizard's.

Reads ``[{"id": …, "root": folder of the checkout, "name": folder of the package, "validators": […]}, …]`` as JSON from
standard input and writes ``{"versions": …, "lists": …, "verdicts": {id: {validator: [what it objects to, …], …}, …}}`` to the
file named as first argument. Each validator runs as the command line runs it, all in one process.
"""

import functools
import gc
import json
import os
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

from click.testing import CliRunner

warnings.simplefilter("ignore")
WHOLE = ("ci", "codeowners")
"""Validators that look at the whole checkout and take no name."""
REMARKS = {"legacy-signature": "uses legacy", "integration-style": "going to be"}
"""Validators that end with 0 whatever they find, and words of their remarks."""
TOLD_MAX = 4


def forget():
    """Empty the memories of ddev: two packages of one name are two packages."""
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper) and each.__module__.startswith(("ddev", "datadog_checks")):
            each.cache_clear()


def objections(config, validator, name):
    """What a validator objects to; empty when it is content."""
    from datadog_checks.dev.tooling.constants import set_root
    from ddev.cli import ddev

    set_root("")  # The old commands keep the first root that they are given.

    arguments = ["--no-color", "--no-interactive", "--config", str(config), "-e", "validate", validator]
    talkative = ["--verbose"] if validator == "integration-style" else []
    result = CliRunner().invoke(ddev, [*arguments, *([] if validator in WHOLE else [name]), *talkative])
    if result.exit_code == 0:
        said = REMARKS.get(validator)
        return [line.strip()[:200] for line in result.output.splitlines() if said and said in line]
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        return [f"breaks down: {type(result.exception).__name__}: {str(result.exception)[:150]}"]
    lines = [line.strip()[:200] for line in result.output.splitlines() if line.strip()]
    return lines[-TOLD_MAX:] or ["refused"]


def lists():
    """The closed lists of the validators, by the names that tilewizard has for them."""
    from datadog_checks.dev.tooling.configuration.consumers.example import ALLOWED_OPTION_FIELDS, ALLOWED_VALUE_FIELDS
    from datadog_checks.dev.tooling.configuration.template import TEMPLATES_DIR, ConfigTemplates
    from ddev.cli.validate import metadata_utils as metadata

    loader, found = ConfigTemplates(), {}

    def names(template):
        loaded = loader.load(template)
        for item in loaded if isinstance(loaded, list) else [loaded]:
            if "name" in item:
                yield item["name"]
            elif "template" in item:
                yield from names(item["template"])

    for path in Path(TEMPLATES_DIR).rglob("*.yaml"):
        template = path.relative_to(TEMPLATES_DIR).with_suffix("").as_posix()
        found[template] = list(names(template))
    return {
        "units": sorted(metadata.VALID_UNIT_NAMES | metadata.VALID_TIME_UNIT_NAMES),
        "time_units": sorted(metadata.VALID_TIME_UNIT_NAMES),
        "metric_types": sorted(metadata.VALID_METRIC_TYPE),
        "orientations": sorted(metadata.VALID_ORIENTATION),
        "curated_metric_types": sorted(metadata.VALID_CURATED_METRIC_TYPES),
        "metadata_always_allowed_prefixes": sorted(metadata.ALLOWED_PREFIXES),
        "metadata_required_columns": sorted(metadata.REQUIRED_HEADERS),
        "metadata_columns": sorted(
            metadata.REQUIRED_HEADERS | set(metadata.OPTIONAL_HEADERS) | metadata.EXPERIMENTAL_HEADER
        ),
        "option_fields": sorted(ALLOWED_OPTION_FIELDS),
        "value_fields": sorted(ALLOWED_VALUE_FIELDS),
        "templates": found,
    }


def main():
    """Judge every package."""
    verdicts = {}
    for case in json.load(sys.stdin):
        root = Path(case["root"])
        config = root.parent / "ddev.toml"
        config.write_text(f'repo = "extras"\nupgrade_check = false\n[repos]\nextras = "{root}"\n', encoding="utf-8")
        os.chdir(root)
        forget()
        verdicts[case["id"]] = {each: objections(config, each, case["name"]) for each in case["validators"]}
    versions = {name: version(name) for name in ("ddev", "datadog-checks-dev")}
    found = {"versions": versions, "lists": lists(), "verdicts": verdicts}
    Path(sys.argv[1]).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
