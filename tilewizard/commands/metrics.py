"""``tilewizard metrics``: the rows of metadata.csv that an exposition, a JSON answer or a table gives."""

from __future__ import annotations

from pathlib import Path

import click

from tilewizard.errors import Exit
from tilewizard.language import _


@click.command("metrics")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--prefix", default="", help=_("What the metrics' names start with, a dot at its end: acme_widget."))
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "yaml"]),
    default="csv",
    help=_(
        "csv: as metadata.csv. yaml: as an answers file has them, with each metric's name at the source and the sample."
    ),
)
def command(file: Path, prefix: str, form: str) -> int:
    """Print the metrics of an exposition, a JSON answer or a table as rows.

    Names and types are those that Datadog's OpenMetrics check would send; what was guessed is for you to look at. Lines that
    can't be read are told on standard error, and left out: exit 1. Nothing that can be read: exit 2.

    \b
    curl -s localhost:9090/metrics > metrics.txt
    tilewizard metrics metrics.txt --prefix acme_widget. > metadata.csv
    """
    from tilewizard.errors import TilewizardError
    from tilewizard.importing.reading import load, read_text

    reading = read_text(load(str(file)), prefix)
    for fault in reading.faults:
        line, column = reading.place(fault)
        remedy = f" ({fault.hint})" if fault.hint else ""
        click.echo(f"{file}:{line}:{column}: {fault.message}{remedy}", err=True)
    if not reading.rows:
        raise TilewizardError(
            _("holds no metric"), file=str(file), remedy=_("give an exposition, a JSON answer or a table")
        )
    click.echo(_csv(reading.rows) if form == "csv" else _yaml(reading.rows, prefix, reading.text), nl=False)
    return Exit.FOUND if reading.faults else Exit.DONE


def _csv(rows: list) -> str:  # type: ignore[type-arg]
    from tilewizard.authoring.parts.telemetry import COLUMNS, cells
    from tilewizard.documents.csv_document import CsvDocument

    columns = [column for column in COLUMNS if column != "sample_tags"]
    return CsvDocument.new(columns, [cells(row, "") for row in rows]).text


def _yaml(rows: list, prefix: str, text: str) -> str:  # type: ignore[type-arg]
    from tilewizard.answers.model import Answers
    from tilewizard.answers.telemetry import Metrics
    from tilewizard.answers.yaml_text import dumps
    from tilewizard.importing.sample import sample_of

    metrics = Metrics(prefix=prefix, rows=rows, sample=sample_of(text))
    whole = dumps(Answers().model_copy(update={"metrics": metrics}))
    return whole[whole.index("metrics:") :]
