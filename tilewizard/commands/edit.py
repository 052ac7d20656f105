"""``tilewizard edit``: change an existing tile, in the wizard or from an answers file."""

from __future__ import annotations

from pathlib import Path

import click

from tilewizard.drafts.appearance import Appearance, look_options
from tilewizard.errors import Exit
from tilewizard.language import _
from tilewizard.surroundings.completing import StepName, TilePath


@click.command("edit")
@click.argument("tile", type=TilePath())
@click.option("--answers", "file", type=click.Path(path_type=Path), help=_("A YAML file with the answers that change."))
@click.option("--upgrade", is_flag=True, help=_("Turn a manifest of version 1.0.0 into one of version 2.0.0."))
@click.option("--step", type=StepName(), metavar="STEP", help=_("Open the wizard at this step."))
@click.option("--yes", is_flag=True, help=_("Write without opening the wizard."))
@click.option("--dry-run", is_flag=True, help=_("With --yes: print the diff and write nothing."))
@click.option("--plain", is_flag=True, help=_("Ask line by line, without a screen: for screen readers and pipes."))
@click.option("--draft", default="", metavar="NAME", help=_("With --plain: go on with a draft."))
@look_options
def command(
    tile: Path,
    file: Path | None,
    upgrade: bool,
    step: str | None,
    yes: bool,
    dry_run: bool,
    plain: bool,
    draft: str,
    appearance: Appearance,
) -> int:
    """Edit the tile in a directory; what was not edited keeps every byte.

    Opens the wizard with every step filled in. With --answers and --yes the given answers are merged in, the diff is
    printed and the files are written. With --plain the questions are prompts, line by line, and Enter keeps what is there.

    \b
    tilewizard edit acme_corp_acme_widget
    tilewizard edit acme_corp_acme_widget --step pricing
    tilewizard edit acme_corp_acme_widget --answers title.yaml --yes
    """
    from tilewizard.commands.new import open_wizard, plain_asked

    if step and (plain or yes or dry_run):
        raise click.UsageError(_("--step opens the wizard at a step: leave --plain, --yes and --dry-run out"))
    if plain_asked(plain, draft, yes=yes or dry_run):
        from tilewizard.asking.opening import ask_plainly

        return ask_plainly(tile=tile, answers=file, upgrade=upgrade, draft=draft)
    if not (yes or dry_run):
        open_wizard(tile=tile, answers=file, upgrade=upgrade, step=step or "", appearance=appearance)
        return Exit.DONE
    from tilewizard.importing.answers_file import load_onto
    from tilewizard.quoting import visible
    from tilewizard.reporting.mending import committed
    from tilewizard.reporting.printing import put_out
    from tilewizard.session.session import Session
    from tilewizard.session.verdict import UNWRITTEN
    from tilewizard.tile.gathering import demand_tile
    from tilewizard.tile.tile import read

    session = Session.open(tile, upgrade=upgrade)
    demand_tile(read(tile), tile)
    if file is not None:
        session.replace(load_onto(session.answers, file))
    if unwritten := session.unwritten():
        names = ", ".join(question.name for question in unwritten)
        click.echo(_("tilewizard: {tile}: {names}", tile=visible(str(tile)), names=UNWRITTEN.format(names)), err=True)
    changes = session.plan()
    put_out(changes.diff())
    if dry_run or changes.is_empty:
        click.echo(
            _("nothing to write") if changes.is_empty else _("would write: {changes}", changes=changes.summary()),
            err=True,
        )
        return Exit.DONE
    for each in committed(changes):
        click.echo(visible(each), err=True)
    return Exit.DONE
