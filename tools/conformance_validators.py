"""Holds tilewizard's verdicts on Agent packages, and its closed lists, against the newest ddev; part of ``make conformance``.

The packages are those that tilewizard writes, one of each Agent type, and mutants of them, each made for one validator.
ddev lives in an environment of its own: ``TILEWIZARD_NEW_DDEV`` names the folder, by default ``tilewizard-new-ddev`` in the
user's cache; it is made when it is missing, by the Python that ``NEW_DDEV_PYTHON`` names, by default a 3.13 that is installed.
Where that can't be done the comparison is skipped, by name.

Ends with 1 when a package that they refuse has no error here, when one that they accept has an error by a rule of theirs, when
a mutant is blunt, or when a list differs.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tilewizard.answers.model import Answers  # noqa: E402
from tilewizard.authoring.author import author  # noqa: E402
from tilewizard.checking.check import check  # noqa: E402
from tilewizard.field.vocabulary import Target, vocabulary  # noqa: E402
from tilewizard.inspection.agent_spec import known  # noqa: E402
from tilewizard.publishing.validator_rules import REMARKS  # noqa: E402
from tilewizard.publishing.validator_rules import VALIDATOR_RULES as VALIDATORS  # noqa: E402
from tilewizard.rules.findings import Severity  # noqa: E402
from tilewizard.rules.registry import all_rules, rules_by_name  # noqa: E402
from tilewizard.tile.jobs_writing import WantedJob, with_job  # noqa: E402
from tilewizard.tile.tile import Tile, read  # noqa: E402
from tools import conformance_page  # noqa: E402
from tools.conformance_jmx import METRICS  # noqa: E402
from tools.environments import NEW_DDEV, new_ddev  # noqa: E402

NAME, JMX = "acme_widget", "jmx-metrics"
SPEC = "assets/configuration/spec.yaml"
CODE = f"datadog_checks/{NAME}"
ELSEWHERE = {
    "version": "for integrations-core alone: ddev 20.1.0 refuses to run it on extras",
    "service-checks": "held on tiles",
    "dashboards": "held on tiles",
    "eula": "held on tiles",
    "manifest": "held on tiles, by the validators of datadog-checks-dev that ask no server",
}
LOGS = "/*/assets/logs/  @DataDog/logs-integrations-reviewers\n"
VIEW = "assets/saved_views/overview.json"
VIEWED = {"name": "Overview", "type": "logs", "page": "stream", "query": "source:acme", "options": {"columns": ["host"]},
          "timerange": {"interval_ms": 900000}, "visible_facets": ["host"]}  # fmt: skip
REMARKED = tuple(rule for name in REMARKS for rule in VALIDATORS[name][1])
CODEOWNERS, WORKFLOW = "../.github/CODEOWNERS", "../.github/workflows/test-all.yml"
CI = (
    with_job("name: Test all\n\njobs: {}\n", WantedJob(WORKFLOW[3:], NAME, "Acme Widget", "linux", Target.EXTRAS)) or ""
)
OWNERS = f"* @DataDog/agent\n/{NAME}/  @acme\n{LOGS}"


@dataclass(frozen=True)
class Mutant:
    """One text replaced by another in a file of a package, made for one validator; an empty ``old`` takes it away.

    ``more`` are files that it needs beside it, with their texts.
    """

    name: str
    validator: str
    path: str
    old: str
    new: str | None
    more: tuple[tuple[str, str], ...] = ()


@dataclass
class Case:
    """One package to be judged by both sides."""

    kind: str
    mutant: Mutant | None
    root: Path
    errors: Counter[str] = field(default_factory=Counter)
    theirs: dict[str, list[str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What to call it in a report."""
        return f"{self.kind}: {self.mutant.name if self.mutant else 'as it is written'}"

    @property
    def asked(self) -> list[str]:
        """The validators that judge it: of an example that says is_jmx, and a spec that doesn't, one alone."""
        return [JMX] if self.mutant and self.mutant.validator == JMX else list(VALIDATORS)


def mutants(kind: str) -> Iterator[Mutant]:
    """The mutants of one type's package."""
    example, models, project = f"{CODE}/data/conf.yaml.example", f"{CODE}/config_models", "pyproject.toml"
    yield Mutant("no example", "config", example, "", None)
    yield Mutant(
        "an option gone from the example", "config", example, "## @param min_collection_interval", "## @parm x"
    )
    yield Mutant(
        "a foreign key for all instances", "config", example, "init_config:\n", "init_config:\n    is_jmx: true\n"
    )
    yield Mutant("a foreign key in an instance", "config", example, "\n  - ", "\n  - is_jmx: true\n    ")
    yield Mutant("a spec without files", "config", SPEC, "files:", "file:")
    yield Mutant("a file of another name", "config", SPEC, f"name: {NAME}.yaml", "name: other.yaml")
    yield Mutant("an unknown template", "config", SPEC, "instances/", "instances/no_such_")
    yield Mutant("an option without description", "config", SPEC, "  - template: instances\n    options:\n",
                 "  - template: instances\n    options:\n    - name: more\n      value:\n        type: string\n")  # fmt: skip
    for name, entry in {
        "an option that neither example nor models have": "value:\n        type: integer\n        example: 5",
        "an option without type": "value:\n        example: 5",
        "a field that ddev doesn't know": "requried: true\n      value:\n        type: string",
        "a secret below the value": "value:\n        type: string\n        secret: true",
        "a boolean without example": "value:\n        type: boolean",
        "an example of another type": "value:\n        type: integer\n        example: five",
        "a list of nothing": "value:\n        type: array\n        example: []",
        "a value and options": "value:\n        type: string\n      options: []",
    }.items():
        option = f"    - name: more\n      description: More.\n      {entry}\n"
        yield Mutant(name, "config", SPEC, "  - template: instances\n    options:\n",
                     f"  - template: instances\n    options:\n{option}")  # fmt: skip
    long = "    - name: more\n      description: " + "more " * 30 + "\n      value:\n        type: string\n"
    yield Mutant("a description of 150 characters", "config", SPEC, "  - template: instances\n    options:\n",
                 f"  - template: instances\n    options:\n{long}")  # fmt: skip
    yield Mutant(
        "a field gone from the model",
        "models",
        f"{models}/instance.py",
        "    min_collection_interval: Optional[float] = None\n",
        "",
    )
    yield Mutant(
        "a field more in the model",
        "models",
        f"{models}/instance.py",
        "    tags: Optional",
        "    tagz: Optional[str] = None\n    tags: Optional",
    )
    yield Mutant(
        "a project of another name",
        "package",
        project,
        f'name = "datadog-{NAME.replace("_", "-")}"',
        'name = "datadog-other"',
    )
    yield Mutant("a version in another place", "package", project, f"{CODE}/__about__.py", "other/__about__.py")
    yield Mutant("an author without address", "package", project, 'email = "support@acme.example"', 'email = ""')
    yield Mutant("a broken project", "package", project, "[project]", "[project")
    check = f"{CODE}/check.py"
    yield Mutant("an old import", "imports", check, "from datadog_checks.base", "from datadog_checks.checks")
    yield Mutant("requests", "http", check, "class ", "import requests\n\nrequests.get('http://a')\n\n\nclass ")
    yield Mutant("a constructor of old", "legacy-signature", check, "class ",
                 "class Old:\n    def __init__(self, name, init_config, agentConfig):\n        pass\n\n\nclass ")  # fmt: skip
    yield Mutant("a check of old", "integration-style", check, "class ",
                 "class Old:\n    def check(self, instance):\n        pass\n\n\nclass ")  # fmt: skip
    yield from jmx()
    if kind == "openmetrics-check":
        yield Mutant("no limit", "openmetrics", check, "DEFAULT_METRIC_LIMIT = 0", "DEFAULT_METRIC_LIMIT = 9")
    yield Mutant("an unknown unit", "metadata", "metadata.csv", ",request,", ",no_such_unit,")
    yield Mutant("a README without Setup", "readmes", "README.md", "## Setup", "## Set-up")
    yield from around()


def jmx() -> Iterator[Mutant]:
    """The mutants of a package that says of itself that JMXFetch runs it: its metrics; each has the templates of no JMX too."""
    example, metrics = f"{CODE}/data/conf.yaml.example", f"{CODE}/data/metrics.yaml"
    for name, text in METRICS.items():
        more = ((metrics, text),) if text else ()
        yield Mutant(f"JMX: {name}", JMX, example, "init_config:\n", "init_config:\n    is_jmx: true\n", more)


def around() -> Iterator[Mutant]:
    """The mutants of saved views, and of what the checkout says of a package."""
    for name, old, new in (
        ("a view without a query", '"query": "source:acme", ', ""),
        ("a view with a key more", '"query"', '"id": 7, "query"'),
        ("a view of an unknown type", '"logs"', '"rum"'),
        ("a view of an unknown page", '"stream"', '"start"'),
        ("a view with an option of another page", '"columns"', '"group_bys"'),
        ("a view whose options are a list", '{"columns": ["host"]}', '["host"]'),
        ("a view without its interval", '"interval_ms"', '"interval"'),
        ("a view with an interval in words", "900000", '"15m"'),
        ("a view with facets in a text", '"visible_facets": ["host"]', '"visible_facets": "host"'),
        ("a broken view", "{", "{{"),
    ):
        yield Mutant(name, "saved-views", VIEW, old, new)
    yield Mutant("a view that is not there", "saved-views", VIEW, "", None)
    line, pipeline = f"/{NAME}/  @acme\n", (("assets/logs/acme.yaml", "id: acme\n"),)
    for name, new in {
        "nobody owns it": "",
        "a line without an owner": f"/{NAME}/\n",
        "a line without its last slash": f"/{NAME}  @acme\n",
        "a line for what is in it": f"/{NAME}/*  @acme\n",
        "an owner by address": f"/{NAME}/  dev@acme.example\n",
        "an owner in a remark": f"/{NAME}/  # @acme\n",
        "a later line without an owner": f"{line}/{NAME}/\n",
    }.items():
        yield Mutant(name, "codeowners", CODEOWNERS, line, new)
    yield Mutant("the logs taken from their team", "codeowners", CODEOWNERS, f"{line}{LOGS}", f"{LOGS}{line}", pipeline)
    yield Mutant("no team for the logs", "codeowners", CODEOWNERS, LOGS, "", pipeline)
    yield Mutant("the logs given to all", "codeowners", CODEOWNERS, LOGS, f"{LOGS}/*/assets/  @acme\n", pipeline)
    yield Mutant("no job", "ci", WORKFLOW, CI.partition("jobs:")[2], " {}\n")
    yield Mutant("the job of another name", "ci", "manifest.json", '"source_type_name": "Acme Widget"',
                 '"source_type_name": "Acme Gadget"')  # fmt: skip
    yield Mutant("the job of another id", "ci", WORKFLOW, "j0f2cce8", "j0f2cce9")
    yield Mutant("the job of another target", "ci", WORKFLOW, f"target: {NAME}", "target: acme_gadget")
    yield Mutant("the job on another system", "ci", "manifest.json", "Supported OS::Linux", "Supported OS::Windows")


def package(kind: str) -> Tile:
    """The package that tilewizard writes for a type."""
    rows = [{"metric_name": "acme_widget.requests", "metric_type": "gauge", "unit_name": "request", "orientation": 0}]
    return author(
        Answers.model_validate(
            {
                "target": "integrations-extras",
                "type": kind,
                "submits": ["metrics"],
                "listing": {"title": "Acme Widget", "directory": NAME, "description": "Watch every Acme widget",
                            "categories": ["Metrics"], "supported_os": ["Linux"]},
                "author": {"name": "Acme Corp", "support_email": "support@acme.example", "sales_email": "s@acme.example",
                           "homepage": "https://acme.example"},
                "metrics": {"prefix": "acme_widget.", "rows": rows},
                "readme": {"Overview": "Widgets.", "Setup": "Install it.", "Data Collected": "### Metrics\n\nSee [metadata.csv][1].",
                           "Support": "Write to support@acme.example."},
            }
        )
    )  # fmt: skip


def laid(tile: Tile, mutant: Mutant | None, root: Path) -> None:
    """Write a package, mutated, into a checkout like that of extras.

    Raises:
        ValueError: the package has not what the mutant changes.
    """
    manifest = json.loads(tile.manifest.text)
    manifest["assets"]["saved_views"] = {"acme_widget_overview": VIEW}
    texts = {
        "manifest.json": json.dumps(manifest, indent=2) + "\n",
        VIEW: json.dumps(VIEWED),
        "../.ddev/config.toml": "",
        CODEOWNERS: OWNERS,
        WORKFLOW: CI,
        WORKFLOW.replace(".yml", "-windows.yml"): "\n\njobs: {}\n",
        **dict(mutant.more if mutant else ()),
    }
    data = {path: file.data for path in tile.paths if (file := tile.file(path))}
    for path, content in {**data, **{path: text.encode() for path, text in texts.items()}}.items():
        place = root / NAME / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    if mutant is not None:
        place = root / NAME / mutant.path
        if not place.exists() or (mutant.old and mutant.old not in place.read_text("utf-8")):
            raise ValueError(f"{mutant.path} has no {mutant.old!r}")
        if mutant.new is None:
            place.unlink()
        else:
            place.write_text(place.read_text("utf-8").replace(mutant.old, mutant.new, 1), encoding="utf-8")


def committed(root: Path) -> None:
    """Make a repository of a checkout, as ddev asks git what it has."""
    who = ["-c", "user.name=Acme", "-c", "user.email=acme@acme.example", "-c", "commit.gpgsign=false"]
    for words in (
        ["init", "--quiet"],
        ["add", "."],
        [*who, "commit", "--quiet", "--no-verify", "--message", "A checkout"],
    ):
        subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)


def their_answers(python: Path, cases: list[Case], work: Path) -> dict[str, Any] | None:
    """What ddev says of all cases, in one process; None when the driver breaks down."""
    asked = [
        {
            "id": str(index),
            "root": str(case.root),
            "name": NAME,
            "validators": case.asked,
        }
        for index, case in enumerate(cases)
    ]
    settings = {"XDG_CONFIG_HOME": str(work / "config"), "XDG_DATA_HOME": str(work / "data"), "DDEV_SELF_UPDATE": "0"}
    kept = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "GITHUB_ACTIONS", "DDEV_ROOT")
    }
    driver = Path(__file__).with_name("conformance_validators_driver.py")
    done = subprocess.run(
        [python, "-I", driver, work / "answers.json"],
        input=json.dumps(asked),
        text=True,
        capture_output=True,
        env={**kept, **settings},
        check=False,
    )
    if done.returncode != 0:
        print(done.stderr[-2000:])
        return None
    answers: dict[str, Any] = json.loads((work / "answers.json").read_text("utf-8"))
    return answers


def differences(theirs: dict[str, Any]) -> Iterator[str]:
    """Where a closed list of tilewizard's is not that of the newest validators, a line each."""
    ours = {**vocabulary(), **known()}
    for name, value in theirs.items():
        if name == "templates":
            for template in sorted({*value, *ours[name]}):
                if value.get(template) != ours[name].get(template):
                    yield f"templates/{template}: theirs {value.get(template)}, ours {ours[name].get(template)}"
            continue
        more, fewer = sorted(set(value) - set(ours[name])), sorted(set(ours[name]) - set(value))
        if more or fewer:
            yield f"{name}: only theirs {more}, only ours {fewer}"


def breaches(cases: list[Case]) -> Iterator[str]:
    """Everything that must not be, a line each."""
    for case in cases:
        named = {rule for validator in case.asked for rule in VALIDATORS[validator][1]}
        objections = {name: lines for name, lines in case.theirs.items() if lines}
        own = [rule for rule in case.errors if any(rule.startswith(each) for each in named)]
        if objections and not own:
            yield f"they refuse, we pass: {case.name}: { {name: lines[-1] for name, lines in objections.items()} }"
        if case.mutant and case.mutant.validator not in objections:
            yield f"a blunt mutant, {case.mutant.validator} takes it: {case.name}: {sorted(case.errors)}"
        if not objections and own:
            yield f"we refuse, they accept: {case.name}: {own}"
        if case.mutant is None and (objections or own):
            yield f"a package as it is written is not clean: {case.name}: {objections} {own}"


def table(cases: list[Case], versions: dict[str, str]) -> str:
    """The page's part: each validator, what it looks at, tilewizard's rules, and how often which side refused."""
    rows: list[conformance_page.Row] = []
    names = [rule.name for rule in all_rules()]
    for validator, (facts, rules) in VALIDATORS.items():
        assert all(any(name.startswith(each) for name in names) for each in rules), validator
        judged = [case for case in cases if validator in case.theirs]
        counts = Counter(
            (bool(case.theirs[validator]), any(rule.startswith(rules) for rule in case.errors) if rules else False)
            for case in judged
        )
        verdicts = (counts[False, False], counts[True, True], counts[True, False], counts[False, True])
        rows.append((validator, facts, conformance_page.shown(rules), len(judged), *verdicts))
    heading = f"Agent packages: ddev {versions['ddev']}, datadog-checks-dev {versions['datadog-checks-dev']}"
    return conformance_page.part(heading, rows, ELSEWHERE.items())


def main() -> int:
    """Compare, print, write the page, and tell by the exit code whether anything is breached."""
    python, why = new_ddev()
    if python is None:
        print(f"skipped: conformance of Agent packages: {NEW_DDEV} can't be installed: {why}")
        return 0
    work = Path(tempfile.mkdtemp(prefix="tilewizard-packages-")).resolve()
    try:
        cases = []
        for kind in ("openmetrics-check", "python-check"):
            tile = package(kind)
            for mutant in (None, *mutants(kind)):
                root = work / str(len(cases)) / "integrations-extras"
                root.mkdir(parents=True)
                laid(tile, mutant, root)
                committed(root)
                found = check(read(root / NAME))
                errors = Counter(
                    each.rule for each in found if each.severity == Severity.ERROR or each.rule in REMARKED
                )
                cases.append(Case(kind, mutant, root, errors))
        answers = their_answers(python, cases, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    if answers is None:
        return 1
    for index, case in enumerate(cases):
        case.theirs = answers["verdicts"][str(index)]
    text = table(cases, answers["versions"])
    conformance_page.write(text)
    print(text)
    wrong = [*differences(answers["lists"]), *breaches(cases)]
    print("\n".join(wrong))
    print(f"{len(rules_by_name())} rules, {len(cases)} packages, {NEW_DDEV}, {len(wrong)} breaches")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
