"""``tilewizard logs``: a log pipeline run on samples, and its tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


@click.group("logs")
def command() -> None:
    """Run log pipelines (assets/logs/*.yaml) offline, and their tests."""


@command.command("run")
@click.argument("pipeline", type=click.Path(path_type=Path))
@click.option("--trace", is_flag=True, help="Add `trace`: for each processor that was reached, what it did.")
def run_samples(pipeline: Path, *, trace: bool) -> int:
    """Run a pipeline on JSON lines from standard input; one JSON line each comes out.

    A line is `{"sample": "…", "service": "…"}`, service optional. `unknown` lists what can't be known offline. A line that is
    none is answered by `{"error": …, "line": N}`, and the others go on: exit 1.

    \b
    echo '{"sample": "a line of the log"}' | tilewizard logs run assets/logs/acme.yaml
    """
    import sys

    from tilewizard.logs.cases import pipeline_of

    read = pipeline_of(pipeline)
    failed = False
    for number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip():
            answer = _answer(read, line, number, trace=trace)
            failed = failed or "error" in answer
            click.echo(_json(answer))
            sys.stdout.flush()
    return 1 if failed else 0


def _answer(pipeline: Any, line: bytes, number: int, *, trace: bool) -> dict[str, Any]:
    import json
    from datetime import UTC, datetime

    from tilewizard.errors import TilewizardError
    from tilewizard.logs.pipeline import run

    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"error": f"line {number} is no JSON: {error}", "line": number}
    service = given.get("service") if isinstance(given, dict) else None
    if not isinstance(given, dict) or "sample" not in given or not (service is None or isinstance(service, str)):
        return {"error": f"line {number} is no object with a `sample` and, if any, a text as `service`", "line": number}
    try:
        event = run(pipeline, given["sample"], service, datetime.now(UTC), trace=trace)
        return {**event.result(), **({"trace": [step.line() for step in event.steps or ()]} if trace else {})}
    except TilewizardError as error:
        return {"error": error.render(), "line": number}


def _json(value: Any) -> str:
    import json

    # Escaped to ASCII: a lone surrogate in a sample could not be printed otherwise.
    return json.dumps(value, sort_keys=True, default=str)


@command.command("test")
@click.argument("tile", type=click.Path(path_type=Path))
@click.option("--update", is_flag=True, help="Write what the pipelines give into the tests files.")
def run_tests(tile: Path, update: bool) -> int:
    """Run the tests of a tile's pipelines; each difference is told, and any makes exit 1.

    What can't be known offline is not compared. With --update the results of the tests that differ are written anew, keys
    sorted; all other bytes of the tests file stay.
    """
    from tilewizard.logs.cases import files_of, pipeline_of, read_file
    from tilewizard.logs.cases import run_tests as run_cases
    from tilewizard.logs.updating import updated, write

    differing = ran = 0
    for pipeline, tests in files_of(tile):
        if not tests.is_file():
            click.echo(f"{tests}: missing, so nothing tests {pipeline.name}", err=True)
            differing += 1
            continue
        text = read_file(tests)
        cases = run_cases(pipeline_of(pipeline), text, str(tests))
        wrong = [case for case in cases if case.differences]
        ran += len(cases)
        if update and wrong:
            write(tests, updated(text, wrong, str(tests)))
            click.echo(f"{tests}: {len(wrong)} results written anew")
            continue
        differing += len(wrong)
        for case in wrong:
            click.echo(f"{tests}: test {case.number} differs")
            for difference in case.differences:
                click.echo(f"  {_printable(difference)}")
    click.echo(f"{ran} tests, {differing} differ")
    return 1 if differing else 0


def _printable(text: str) -> str:
    from tilewizard.quoting import visible

    return visible(text)
