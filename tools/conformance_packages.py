"""Generated packages and examples, run: installed beside datadog-checks-base, their tests green, each mutant caught.

    python tools/conformance_packages.py [--environments DIR] [--all]

Needs a Python 3.13 that is installed, or named as TILEWIZARD_AGENT_PYTHON; skipped by name without one. The environments are
made once, with the newest base package and with the least that the packages ask for. By default a sample of the matrix is run,
in which every type, target, source of metrics and choice of data occurs, and every mutant; --all runs the whole matrix and
writes docs/conformance-packages.md, and its sum as a part of docs/conformance.md. The examples of tiles without a package (conformance_examples.py) run with any Python. Exit 1 when a test fails or a mutant goes unseen.
"""

from __future__ import annotations

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import platformdirs
from conformance_examples import Examples
from conformance_package_mutants import MUTANTS
from tilewizard.answers.model import Answers
from tilewizard.answers.yaml_text import load
from tilewizard.authoring.author import author
from tilewizard.field.vocabulary import REPOSITORIES, Target, TileType
from tilewizard.importing.reading import read_text
from tilewizard.session.own_tests import AGENT_PACKAGES
from tools import conformance_page
from tools.environments import Environment, agent_python
from tools.package_runs import said_of, tested, who_speaks, written

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "conformance-packages.md"
MINIMUM = "37.33.0"
"""The least base package that templates/agent/both/pyproject.toml.j2 names."""
LIBRARIES = (*AGENT_PACKAGES[1:], "hatchling")
"""What the base package and the tests import, and what installs the packages."""
EXPOSITION = """\
# HELP jobs_total Jobs that ran.
# TYPE jobs_total counter
jobs_total{pool="a"} 12345
jobs_total{pool="b"} 1
# HELP depth Jobs that wait.
# TYPE depth gauge
depth{pool="a",token="t"} 3
# HELP wait_seconds Time that jobs waited.
# TYPE wait_seconds histogram
wait_seconds_bucket{le="0.1"} 1
wait_seconds_bucket{le="+Inf"} 3
wait_seconds_sum 1.23456
wait_seconds_count 3
# HELP run_seconds Time that jobs ran.
# TYPE run_seconds summary
run_seconds{quantile="0.5"} 0.5
run_seconds_sum 2.5
run_seconds_count 3
# HELP loose Something without a type.
loose 7
"""
OPENMETRICS = EXPOSITION + '# TYPE build info\nbuild_info{version="1.2"} 1\n# EOF\n'
ANSWER = """\
{"jobs_total": 12345, "queue": {"depth": 3}, "nodes": [{"name": "a", "wait_seconds": 1.5, "api_key": "k"}], "up": true}
"""
SAMPLES = {"exposition": EXPOSITION, "OpenMetrics": OPENMETRICS, "no sample": "", "JSON": ANSWER}
KINDS = {TileType.OPENMETRICS: ("exposition", "OpenMetrics", "no sample"), TileType.PYTHON: ("JSON", "no sample")}
SENT = ("metrics", "service_checks", "events", "logs")
DATA = [list(each) for count in range(1, len(SENT) + 1) for each in itertools.combinations(SENT, count)]
"""Every choice of what a check can send; what is also made from all of it is the last."""


def answers_for(kind: TileType, target: Target, sample: str, data: list[str]) -> Answers:
    """Answers of one place in the matrix; without a sample the rows are there all the same, their sources aren't.

    Where no metrics are chosen there are no rows, no sample and no prefix.
    """
    text = SAMPLES[sample] or (EXPOSITION if kind == TileType.OPENMETRICS else ANSWER)
    rows = read_text(text, "acme_widget.").rows
    if sample == "no sample":
        rows = [row.model_copy(update={"source": ""}) for row in rows if row.metric_name != "acme_widget.loose"]
    base = load(ROOT / "tests" / "material" / "answers.yaml")
    metrics = {"prefix": "acme_widget.", "check": rows[0].metric_name, "rows": rows, "sample": SAMPLES[sample]}
    if "metrics" not in data:
        metrics = {"prefix": "", "check": "", "rows": [], "sample": ""}
    return base.model_copy(
        update={
            "type": kind,
            "target": target,
            "submits": data,
            "pricing": base.pricing if target == Target.MARKETPLACE else [],
            "metrics": base.metrics.model_copy(update=metrics),
            "dashboards": {},
        }
    )


class BaseEnvironment(Environment):
    """A virtual environment with a base package and what its tests need."""

    @property
    def version(self) -> str:
        """The base package's version."""
        code = "import importlib.metadata as m; print(m.version('datadog-checks-base'))"
        return subprocess.run([self.python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()

    def installed(self, root: Path) -> str:
        """Installs a package as it is; what pip says against it, or nothing."""
        pip = [self.python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--force-reinstall"]
        done = subprocess.run([*pip, root], capture_output=True, text=True, check=False)
        return "" if done.returncode == 0 else done.stderr.strip()[-400:]

    def uninstalled(self, name: str) -> None:
        """Takes a package away again, so that the tests run on a directory's own files."""
        pip = [self.python, "-m", "pip", "uninstall", "--quiet", "--yes", f"datadog-{name.replace('_', '-')}"]
        subprocess.run(pip, capture_output=True, check=False)

    def tested(self, root: Path) -> tuple[bool, str]:
        """Whether the package's own tests pass, and their last lines."""
        return tested(self.python, root, "tests")


def newest_base(folder: Path) -> BaseEnvironment:
    """The environment with the newest base package, below a folder."""
    return BaseEnvironment(folder / "newest", ("datadog-checks-base", *LIBRARIES))


Place = tuple[TileType, Target, str, list[str]]


def places(every: bool) -> Iterator[Place]:
    """The places of the matrix; or so many of them that each value occurs with each type. Without metrics nothing is sampled."""
    for kind, target in itertools.product(KINDS, REPOSITORIES):
        for at, data in enumerate(DATA):
            samples = KINDS[kind] if "metrics" in data else KINDS[kind][-1:]
            wanted = samples if every else (samples[at % len(samples)],)
            if every or target == REPOSITORIES[at % len(REPOSITORIES)]:
                yield from ((kind, target, sample, data) for sample in wanted)


def matrix(environments: list[BaseEnvironment], every: bool) -> tuple[list[str], int]:
    """Places of the matrix, built, installed and tested: lines of a table, and how many failed."""
    lines, failed = [], 0
    with ThreadPoolExecutor(len(environments)) as pool:
        for kind, target, sample, data in places(every):
            with tempfile.TemporaryDirectory() as folder:
                tile = author(answers_for(kind, target, sample, data))
                roots = [written(tile, Path(folder) / str(number)) for number in range(len(environments))]
                outcomes = list(pool.map(_green, environments, roots))
            for environment, output in zip(environments, outcomes, strict=True):
                if output:
                    print(f"{kind} {target} {sample} {data} on {environment.version}\n{output}")
            failed += sum(map(bool, outcomes))
            said = " | ".join("**red**" if output else "green" for output in outcomes)
            lines.append(f"| {kind} | {target} | {sample} | {', '.join(data)} | {said} |")
            print(lines[-1], flush=True)
    return lines, failed


def _green(environment: BaseEnvironment, root: Path) -> str:
    """What is told against a package, or nothing."""
    fault = environment.installed(root)
    green, output = (False, fault) if fault else environment.tested(root)
    return "" if green else output or "red"


def mutants(environment: BaseEnvironment) -> tuple[list[str], int]:
    """Each mutant and who speaks: lines of a table, and how many went unseen."""
    lines, unseen = [], 0
    for kind in KINDS:
        tile = author(answers_for(kind, Target.EXTRAS, KINDS[kind][0], DATA[-1]))
        clean = said_of(tile)
        environment.uninstalled(tile.name)
        with tempfile.TemporaryDirectory() as folder:
            green, output = environment.tested(written(tile, Path(folder)))
            if not green:
                raise SystemExit(f"the package without a mutant is red:\n{output}")
        own = [mutant for mutant in MUTANTS if kind in mutant.kinds]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            spoken = pool.map(lambda each: who_speaks(each, tile, clean, environment.tested), own)  # noqa: B023
        for mutant, speaks in zip(own, spoken, strict=True):
            unseen += not speaks
            lines.append(f"| {kind} | {mutant.name} | {speaks or '**nobody**'} |")
            print(lines[-1], flush=True)
    return lines, unseen


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--environments", type=Path, default=platformdirs.user_cache_path("tilewizard-packages"))
    parser.add_argument("--all", action="store_true", help="the whole matrix, and the page is written")
    options = parser.parse_args()
    begun = time.monotonic()
    python, why = agent_python("TILEWIZARD_AGENT_PYTHON")
    environments = [
        newest_base(options.environments),
        BaseEnvironment(options.environments / "minimum", (f"datadog-checks-base=={MINIMUM}", *LIBRARIES)),
    ]
    for each in environments if python else ():
        why = why or each.made(python)
    if why:
        print(f"skipped: generated packages: {why}")
        return 0
    table, failed = matrix(environments, options.all)
    caught, unseen = mutants(environments[0])
    examples = Examples.below(options.environments, options.all)
    why = examples.unmade()
    if why:
        print(f"skipped: generated examples: {why}")
        return 1 if failed or unseen else 0
    sent, red = examples.matrix()
    noticed, unnoticed = examples.mutants()
    if options.all:
        PAGE.write_text(_page(environments, table, caught, sent, noticed), encoding="utf-8")
        conformance_page.write(summary([each.version for each in environments], table, caught, sent, noticed))
    of = "" if options.all else f" of {len(list(places(True)))}"
    print(
        f"{len(table)}{of} packages on {len(environments)} bases, {failed} red; {len(caught)} mutants, {unseen} unseen"
    )
    told = f"{red} red; {len(noticed)} mutants, {unnoticed} unseen, {time.monotonic() - begun:.0f} s in all"
    print(f"{len(sent)} choices of data in examples for {len(REPOSITORIES)} targets, {told}")
    return 1 if failed or unseen or red or unnoticed else 0


HEAD = """\
# Generated packages and examples, run

Made by `tools/conformance_packages.py --all`; don't edit. Each Agent package was installed beside datadog-checks-base, each example
lay beside the packages that it names, and their own tests were run.
"""
MUTATED = "One change of a generated file each, and who says so: a test of the package or example, or a rule."


SUMMED = ("type", "what ran", "targets", "runs", "green", "mutants caught", "mutants unseen", "red")


def summary(bases: list[str], *tables: list[str]) -> str:
    """The sum of the tables for docs/conformance.md, a row a type: each run has a cell that is green or red, each mutant a line."""
    packages, of_packages, examples, of_examples = ([_cells(line) for line in table] for table in tables)
    words = (
        "Each place of the matrix, and each mutant with who spoke: [conformance-packages.md](conformance-packages.md)."
    )
    lines = [f"## {conformance_page.PARTS[-1]}", "", words, ""]
    lines += [f"| {' | '.join(SUMMED)} |", f"|{'---|' * len(SUMMED)}"]
    with_package = f"the package's tests, on base {' and '.join(bases)}"
    for runs, spoken, what in ((packages, of_packages, with_package), (examples, of_examples, "the example's tests")):
        for kind in dict.fromkeys(each[0] for each in runs):
            said = [cell for each in runs if each[0] == kind for cell in each if cell in ("green", "**red**")]
            mutants = [each[-1] for each in spoken if each[0] == kind]
            red, unseen = said.count("**red**"), mutants.count("**nobody**")
            counts = (len(said), len(said) - red, len(mutants) - unseen, unseen, red)
            lines.append(f"| {kind} | {what} | {len(REPOSITORIES)} | {' | '.join(map(str, counts))} |")
    return "\n".join(lines) + "\n"


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split(" | ")]


def _page(environments: list[BaseEnvironment], *tables: list[str]) -> str:
    packages, mutants_of_packages, examples, mutants_of_examples = tables
    bases = [f"base {each.version}" for each in environments]
    spoken = ("type", "mutant", "spoken by")
    parts = [
        ("Agent packages", "", ("type", "target", "metrics from", "data", *bases), packages),
        ("Mutants of Agent packages", MUTATED, spoken, mutants_of_packages),
        ("Examples", "", ("type", "customers connect by", "data", *map(str, REPOSITORIES)), examples),
        ("Mutants of examples", MUTATED, spoken, mutants_of_examples),
    ]
    lines = [HEAD]
    for heading, words, columns, rows in parts:
        lines += [f"## {heading}", "", *([words, ""] if words else [])]
        lines += [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}", *rows, ""]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
