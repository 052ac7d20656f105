"""``tilewizard logs``: a log pipeline run on samples, and its tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tilewizard.errors import Exit
from tilewizard.language import _, ngettext
from tilewizard.surroundings.completing import TilePath


@click.group("logs")
def command() -> None:
    """Run log pipelines (assets/logs/*.yaml) offline, and their tests."""


@command.command("run")
@click.argument("pipeline", type=click.Path(path_type=Path))
@click.option("--trace", is_flag=True, help=_("Add `trace`: for each processor that was reached, what it did."))
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
    return Exit.FOUND if failed else Exit.DONE


def _answer(pipeline: Any, line: bytes, number: int, *, trace: bool) -> dict[str, Any]:
    import json
    from datetime import UTC, datetime

    from tilewizard.errors import TilewizardError
    from tilewizard.logs.pipeline import run

    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"error": _("line {number} is no JSON: {error}", number=number, error=error), "line": number}
    service = given.get("service") if isinstance(given, dict) else None
    if not isinstance(given, dict) or "sample" not in given or not (service is None or isinstance(service, str)):
        return {
            "error": _("line {number} is no object with a `sample` and, if any, a text as `service`", number=number),
            "line": number,
        }
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
@click.argument("tile", type=TilePath())
@click.option("--update", is_flag=True, help=_("Write what the pipelines give into the tests files."))
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
            click.echo(
                _("{tests}: missing, so nothing tests {pipeline}", tests=tests, pipeline=pipeline.name), err=True
            )
            differing += 1
            continue
        text = read_file(tests)
        cases = run_cases(pipeline_of(pipeline), text, str(tests))
        wrong = [case for case in cases if case.differences]
        ran += len(cases)
        if update and wrong:
            write(tests, updated(text, wrong, str(tests)))
            click.echo(
                ngettext(
                    "{tests}: {count} result written anew",
                    "{tests}: {count} results written anew",
                    len(wrong),
                    tests=tests,
                )
            )
            continue
        differing += len(wrong)
        for case in wrong:
            click.echo(_("{tests}: test {number} differs", tests=tests, number=case.number))
            for difference in case.differences:
                click.echo(f"  {_printable(difference)}")
    click.echo(
        ngettext(
            "{count} test, {told}",
            "{count} tests, {told}",
            ran,
            told=ngettext("{count} differs", "{count} differ", differing),
        )
    )
    return Exit.FOUND if differing else Exit.DONE


@command.command("propose")
@click.argument("samples", type=click.Path(path_type=Path))
@click.option(
    "--source", required=True, help=_("The source of the logs: lower case, as the Agent or the API sends it.")
)
@click.option(
    "--into",
    "tile",
    type=click.Path(path_type=Path),
    help=_("A tile to write assets/logs/SOURCE.yaml and its tests into."),
)
@click.option(
    "--mask", is_flag=True, help=_("Mask mail and IP addresses, tokens, keys and card numbers in the samples.")
)
def propose_pipeline(samples: Path, *, source: str, tile: Path | None, mask: bool) -> int:
    """Propose a pipeline and its tests from raw lines of a log.

    Reads JSON, key=value (logfmt), Apache and nginx, syslog (RFC 3164, 5424), CEF, LEEF, and lines of Java and Python with
    their stacks. A file that is there already is never overwritten. Personal data in the samples is told; --mask takes it out.

    \b
    tilewizard logs propose access.log --source acme --into acme_corp_acme_widget --mask
    """
    from tilewizard.logs.cases import read_file
    from tilewizard.logs.formats import samples_in
    from tilewizard.logs.personal import found_in, masked
    from tilewizard.logs.proposing import propose
    from tilewizard.tile.tile import read

    lines = samples_in(read_file(samples, _("give a text file with a line of the log at least, in UTF-8")))
    kinds = sorted({each.kind for line in lines for each in found_in(line)})
    app_id = read(tile).text_at("/app_id") if tile is not None and tile.is_dir() else ""
    proposal = propose(masked(lines) if mask else lines, source, app_id)
    for form, count in proposal.forms.items():
        click.echo(_("{count} of {count2} samples: {form}", count=count, count2=len(lines), form=form), err=True)
    for line in proposal.unread[:5]:
        click.echo(_("no known form: {line}", line=_printable(line[:120])), err=True)
    if kinds:
        what = "masked" if mask else _("in the samples; --mask takes it out")
        click.echo(_("personal data ({kinds}): {what}", kinds=", ".join(kinds), what=what), err=True)
    if tile is None:
        click.echo(f"{proposal.pipeline}---\n{proposal.tests}", nl=False)
        return Exit.DONE
    for path in _written(tile, source, proposal):
        click.echo(_("wrote {path}", path=path))
    click.echo(
        _('name the source in manifest.json: "assets": {{"logs": {{"source": "{source}"}}}}', source=source), err=True
    )
    return Exit.DONE


def _written(tile: Path, source: str, proposal: Any) -> list[Path]:
    from tilewizard.errors import TilewizardError
    from tilewizard.logs.updating import write

    folder = tile / "assets" / "logs"
    texts = {folder / f"{source}.yaml": proposal.pipeline, folder / f"{source}_tests.yaml": proposal.tests}
    if not tile.is_dir():
        raise TilewizardError(_("is no directory"), file=str(tile), remedy=_("name the tile's directory"))
    if any(path.is_symlink() for path in (tile / "assets", folder)):
        raise TilewizardError(
            _("is a link, which is never followed"), file=str(folder), remedy=_("make it a directory")
        )
    for path in texts:
        if path.exists() or path.is_symlink():
            raise TilewizardError(
                _("is there already"), file=str(path), remedy=_("move it away, or take another source")
            )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TilewizardError(
            _("can't be made: {strerror}", strerror=error.strerror), file=str(folder), remedy=_("look there")
        ) from None
    for path, text in texts.items():
        write(path, text)
    return list(texts)


def _printable(text: str) -> str:
    from tilewizard.quoting import visible

    return visible(text)
