"""``tilewizard check``: what is wrong with tiles, and mending it."""

from __future__ import annotations

from pathlib import Path

import click

from tilewizard.checking_many import Order, checked_all
from tilewizard.configuration import Configuration, configuration_around, configuration_in
from tilewizard.errors import TilewizardError
from tilewizard.findings import Severity
from tilewizard.gathering import changed_since, gathered
from tilewizard.reporting import text as text_form
from tilewizard.reporting.checked import Checked
from tilewizard.vocabulary import Target

FORMATS = ("text", "json", "github", "sarif")


def _words(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


@click.command("check")
@click.argument("tiles", nargs=-1, type=click.Path(path_type=Path), metavar="TILE...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True,
              help="text for people, json for programs, github for annotations, sarif 2.1.0 for code scanning.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the report to this file.")
@click.option("--target", type=click.Choice(["auto", *(each.value for each in Target)]),
              help="auto (default): from pricing and legal terms, else from the checkout, else integrations-extras.")  # fmt: skip
@click.option("--severity", type=click.Choice([each.value for each in Severity]),
              help="Report findings of this severity and worse; by default all.")  # fmt: skip
@click.option("--select", multiple=True, callback=_words, metavar="RULES",
              help="Run only these: names, subjects (readme) or patterns (*/required), separated by commas.")  # fmt: skip
@click.option("--ignore", multiple=True, callback=_words, metavar="RULES", help="Leave these out.")
@click.option("--changed", is_flag=False, flag_value="", default=None, metavar="[REF]",
              help="Only tiles with changes against a git ref; without REF against the default branch.")  # fmt: skip
@click.option("--fix", is_flag=True, help="Mend what has one right answer: shows the diff, asks, writes.")
@click.option("--yes", is_flag=True, help="With --fix: write without asking.")
@click.option("--dry-run", is_flag=True, help="With --fix: show the diff and write nothing.")
@click.option("--owner", default="", metavar="@TEAM", help="With --fix: the owner for a missing line of CODEOWNERS.")
@click.option("--statistics", is_flag=True, help="Print how often each rule spoke instead of the findings.")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False),
              help="Take the settings from this file; by default tilewizard.toml or pyproject.toml around the tile.")  # fmt: skip
@click.option("--no-config", is_flag=True, help="Take no settings from any file.")
def command(
    tiles: tuple[Path, ...],
    form: str,
    output: Path | None,
    target: str | None,
    severity: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    changed: str | None,
    fix: bool,
    yes: bool,
    dry_run: bool,
    owner: str,
    statistics: bool,
    config: Path | None,
    no_config: bool,
) -> int:
    """Print what is wrong with tiles, and mend it.

    A TILE is a tile's directory, a file in one, or a folder of tiles such as a checkout.
    Exits 0 without errors, 1 with errors, 2 when a path can't be read as a tile.

    \b
    tilewizard check acme_corp_acme_widget
    tilewizard check --fix acme_corp_acme_widget
    tilewizard check --changed --format github .
    tilewizard check --select readme,media --ignore readme/sections .
    """
    if changed and not tiles and Path(changed).exists():
        tiles, changed = (Path(changed),), ""  # `--changed .`: the folder, not a ref of that name.
    if not tiles:
        raise click.UsageError("name a tile's directory, or . for the checkout that you are in")
    paths = gathered(tiles)
    if changed is not None:
        paths = changed_since(paths, changed)
    given = Configuration() if no_config else configuration_in(config) if config is not None else None
    orders = [
        _order(path, given or configuration_around(path.parent), target, severity, select, ignore) for path in paths
    ]
    if fix:
        for order in orders:
            _mend(order, owner or (given or configuration_around(order.path.parent)).owner, yes=yes, dry_run=dry_run)
    reports = checked_all(orders)
    text = _rendered(reports, form, statistics, colour=text_form.coloured() and output is None)
    if output is not None:
        _write(output, text)
    else:
        click.echo(text, nl=False)
    return int(any(finding.severity == Severity.ERROR for report in reports for finding in report.findings))


def _order(
    path: Path,
    configuration: Configuration,
    target: str | None,
    severity: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
) -> Order:
    """What to check a tile for: the command line wins over the configuration; what both ignore adds up."""
    meant = None if target == "auto" else Target(target) if target else configuration.target
    ignored = (*configuration.ignored_in(path.resolve().name), *ignore)
    chosen = select or configuration.select
    return Order(path, meant, Severity(severity) if severity else configuration.severity, chosen, ignored)


def _rendered(reports: list[Checked], form: str, statistics: bool, *, colour: bool) -> str:
    if statistics:
        return text_form.statistics(reports)
    if form == "text":
        return text_form.render(reports, colour=colour)
    import importlib

    module = importlib.import_module(f"tilewizard.reporting.{form}{'_form' if form == 'json' else ''}")
    rendered: str = module.render(reports)
    return rendered


def _write(output: Path, text: str) -> None:
    try:
        output.write_text(text, "utf-8", "backslashreplace")
    except OSError as error:
        reason = error.strerror or str(error)
        raise TilewizardError(f"can't be written: {reason}", file=str(output), remedy="name another file") from error


def _mend(order: Order, owner: str, *, yes: bool, dry_run: bool) -> None:
    """Show what mending a tile comes to and write it, once it is agreed to."""
    from tilewizard.committing import commit, recover
    from tilewizard.mending import mended

    recover(order.path)
    done = mended(order.tile(), rules=order.rules(), owner=owner)
    if not done.change_sets:
        click.echo(f"{order.path}: nothing that has one right answer is wrong", err=True)
        return
    # What is to be agreed to is shown where one is asked; a report on standard output stays a report.
    click.echo(done.diff(), nl=False, err=True)
    for finding in done.mends:
        click.echo(f"mends {finding.rule}: {finding.message}", err=True)
    if dry_run or not (yes or click.confirm(f"Write this to {order.path}?", err=True)):
        click.echo("nothing was written", err=True)
        return
    for changes in done.change_sets:
        for each in commit(changes):
            click.echo(f"wrote {changes.root / each}", err=True)
