"""``tilewizard check``: what is wrong with tiles, and mending it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from tilewizard.checking.allowed import idle
from tilewizard.checking.check_many import Order, checked_all
from tilewizard.checking.checked import Checked
from tilewizard.checking.configuration import OWNERS, Configuration, configuration_around, configuration_in
from tilewizard.checking.remembered import Memory
from tilewizard.checking.select import demand_known
from tilewizard.errors import Exit, TilewizardError
from tilewizard.field.vocabulary import Target
from tilewizard.language import _
from tilewizard.quoting import visible
from tilewizard.reporting import text as text_form
from tilewizard.reporting.formats import FORMATS, rendered
from tilewizard.reporting.printing import put_out
from tilewizard.rules.findings import Severity
from tilewizard.surroundings.completing import RuleNames, TilePath
from tilewizard.tile.gathering import changed_since, gathered


def _words(___: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def _owner(___: click.Context, __: click.Parameter, value: str) -> str:
    if value and not OWNERS.fullmatch(value):
        raise click.BadParameter(_("{value!r} is no user or team: write @acme/integrations", value=value))
    return value


@click.command("check")
@click.argument("tiles", nargs=-1, type=TilePath(), metavar="TILE...")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True,
              help=f"{', '.join(f'{name} {each.purpose}' for name, each in FORMATS.items())}.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help=_("Write the report to this file."))
@click.option("--target", type=click.Choice(["auto", *(each.value for each in Target)]),
              help=_("auto (default): from pricing and legal terms, else from the checkout, else integrations-extras."))  # fmt: skip
@click.option("--severity", type=click.Choice([each.value for each in Severity]),
              help=_("Report findings of this severity and worse; by default all."))  # fmt: skip
@click.option("--fail-on", type=click.Choice([*(each.value for each in Severity), "never"]), default="error", show_default=True,
              help=_("Exit 1 when there are findings of this severity or worse."))  # fmt: skip
@click.option("--select", multiple=True, type=RuleNames(), callback=_words, metavar="RULES",
              help=_("Run only these: names, subjects (readme) or patterns (*/required), separated by commas."))  # fmt: skip
@click.option("--ignore", multiple=True, type=RuleNames(), callback=_words, metavar="RULES", help=_("Leave these out."))
@click.option("--changed", is_flag=False, flag_value="", default=None, metavar="[REF]",
              help=_("Only tiles with changes against a git ref; without REF against the default branch."))  # fmt: skip
@click.option("--fix", is_flag=True, help=_("Mend what has one right answer: shows the diff, asks, writes."))
@click.option("--yes", is_flag=True, help=_("With --fix: write without asking."))
@click.option("--dry-run", is_flag=True, help=_("With --fix: show the diff and write nothing."))
@click.option(
    "--owner",
    default="",
    callback=_owner,
    metavar="@TEAM",
    help=_("With --fix: the owner for a missing line of CODEOWNERS."),
)
@click.option(
    "--all",
    "whole",
    is_flag=True,
    help=_("Show every finding, also those that stand many times in a tile; cut nothing."),
)
@click.option("--statistics", is_flag=True, help=_("Print how often each rule spoke instead of the findings."))
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False),
              help=_("Take the settings from this file; by default tilewizard.toml or pyproject.toml around the tile."))  # fmt: skip
@click.option(
    "--skip-strays", is_flag=True, help=_("Pass over files outside of any tile; for hooks that name changed files.")
)
@click.option(
    "--no-cache",
    is_flag=True,
    help=_("Check all tiles anew, also those that didn't change since they were checked last."),
)
@click.option("--no-config", is_flag=True, help=_("Take no settings from any file."))
def command(
    tiles: tuple[Path, ...],
    form: str,
    output: Path | None,
    target: str | None,
    severity: str | None,
    fail_on: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    changed: str | None,
    fix: bool,
    yes: bool,
    dry_run: bool,
    owner: str,
    whole: bool,
    statistics: bool,
    config: Path | None,
    skip_strays: bool,
    no_cache: bool,
    no_config: bool,
) -> int:
    """Print what is wrong with tiles, and mend it.

    A TILE is a tile's directory, anything in one, or a folder of tiles such as a checkout; with --changed by default
    the folder that you are in. Exits 0 without errors, 1 with errors (--fail-on says otherwise), 2 when a path can't be
    read as a tile: the others are reported all the same.

    \b
    tilewizard check acme_corp_acme_widget
    tilewizard check --fix acme_corp_acme_widget
    tilewizard check --changed --format github .
    tilewizard check --select readme,media --ignore readme/sections .
    """
    if changed and not tiles and Path(changed).exists():
        tiles, changed = (Path(changed),), ""  # `--changed .`: the folder, not a ref of that name.
    if not tiles and changed is not None:
        tiles = (Path(),)
    if not tiles:
        raise click.UsageError(_("name a tile's directory, or . for the checkout that you are in"))
    if (yes or dry_run or owner) and not fix:
        raise click.UsageError(_("--yes, --dry-run and --owner say how to mend: they need --fix"))
    if statistics and form != "text":
        raise click.UsageError(_("--statistics are text: leave --format out"))
    for word in (*select, *ignore):
        demand_known(word)
    faults: list[TilewizardError] = []
    paths, strange = gathered(tiles, strays=not skip_strays)
    faults += strange
    if changed is not None:
        paths = changed_since(paths, changed)
    given = Configuration() if no_config else configuration_in(config) if config is not None else None
    around: dict[Path, Configuration] = {}
    settings_of: dict[Path, Configuration] = {}
    memory = None if no_cache else Memory.of_user()
    orders, owners = [], {}
    for path in paths:
        folder = path.resolve().parent  # Not path.parent: that of `.` is the tile itself.
        settings = given or around.get(folder) or around.setdefault(folder, configuration_around(folder))
        meant = _by_options(settings, target, severity, select, ignore)
        orders.append(replace(Order.by(path, meant), memory=memory))
        owners[path] = owner or settings.owner
        settings_of[path] = settings
    from tilewizard.reporting.mending import mend_all

    if fix and not mend_all(orders, owners, faults, yes=yes, dry_run=dry_run):
        return Exit.STOPPED
    reports, unreadable = checked_all(orders)
    faults += unreadable
    if reports or not faults:
        text = _rendered(reports, form, statistics, colour=text_form.coloured() and output is None, whole=whole)
        if output is not None:
            _write(output, text)
        else:
            put_out(text, colour=True)
    for fault in [*faults, *_idle_exceptions(reports, settings_of, select or ignore)]:
        click.echo(_("tilewizard: {fault}", fault=fault.render()), err=True)
    if faults:
        return Exit.UNUSABLE
    worst = min((finding.severity.rank for report in reports for finding in report.findings), default=None)
    failed = worst is not None and fail_on != "never" and worst <= Severity(fail_on).rank
    return Exit.FOUND if failed else Exit.DONE


def _by_options(
    settings: Configuration,
    target: str | None,
    severity: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
) -> Configuration:
    """The settings under the command line, which wins; what both ignore adds up."""
    return replace(
        settings,
        target=None if target == "auto" else Target(target) if target else settings.target,
        severity=Severity(severity) if severity else settings.severity,
        select=select or settings.select,
        ignore=(*settings.ignore, *ignore),
    )


def _idle_exceptions(
    reports: list[Checked], settings_of: Mapping[Path, Configuration], narrowed: tuple[str, ...]
) -> list[TilewizardError]:
    """The exceptions of the checkouts that allow nothing; of a run of some rules only those that have ended."""
    found = []
    for settings in {id(each): each for each in settings_of.values() if each.allow}.values():
        assert settings.file is not None
        own = [report for report in reports if settings_of[report.path] is settings]
        partial = bool(narrowed or settings.select)
        used = {each for report in own for each in report.used}
        whole = not partial and _all_checked(settings.file.parent, own)
        for each, why in idle(settings.allow, used, [each.path.resolve().name for each in own], whole=whole):
            if partial and not each.ended(date.today()):
                continue
            fault = _(
                "the exception for {rule}{value} {why}",
                rule=each.rule,
                value=_(" in {file}", file=each.file) if each.file else "",
                why=why,
            )
            remedy = _("take it out, or write a later day") if each.until else _("take it out, or mend what it names")
            found.append(
                TilewizardError(visible(fault), file=visible(str(settings.file)), line=each.line, remedy=remedy)
            )
    return found


def _all_checked(folder: Path, reports: list[Checked]) -> bool:
    """Whether every tile below a folder was checked."""
    below, __ = gathered((folder,), strays=False)
    return {each.resolve() for each in below} <= {each.path.resolve() for each in reports}


def _rendered(reports: list[Checked], form: str, statistics: bool, *, colour: bool, whole: bool) -> str:
    if statistics:
        return text_form.statistics(reports)
    if form == "text":
        return text_form.render(reports, colour=colour, whole=whole)
    return rendered(reports, form, whole=whole)


def _write(output: Path, text: str) -> None:
    try:
        output.write_text(text, "utf-8", "backslashreplace")
    except OSError as error:
        reason = error.strerror or str(error)
        raise TilewizardError(
            _("can't be written: {reason}", reason=reason), file=visible(str(output)), remedy=_("name another file")
        ) from error
