"""``tilewizard new``: author a tile, in the wizard or from an answers file."""

from __future__ import annotations

from pathlib import Path

import click

from tilewizard.drafts.appearance import Appearance, look_options
from tilewizard.errors import Exit
from tilewizard.language import _
from tilewizard.rules.findings import Severity


def open_wizard(**options: object) -> None:
    """Open the app; the one way from the core to the screens."""
    import os
    import sys

    from tilewizard.errors import TilewizardError

    in_browser = "web_driver" in os.environ.get("TEXTUAL_DRIVER", "")
    if not in_browser and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise TilewizardError(
            _("the wizard needs a terminal"),
            remedy=_("run it in one, or write answers into a file: `tilewizard new --answers FILE --yes`"),
        )
    from tilewizard.screens.app import run

    run(**options)


def plain_asked(plain: bool, draft: str, *, yes: bool) -> bool:
    """Whether the questions are to be asked line by line.

    Raises:
        click.UsageError: the options contradict each other.
    """
    if draft and not plain:
        raise click.UsageError(_("--draft needs --plain; without it the wizard's first screen lists the drafts"))
    if plain and yes:
        raise click.UsageError(_("--plain asks, and --yes writes without asking: choose one of them"))
    return plain


@click.command("new")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=Path(),
    help=_("The folder that the tile's directory is made in."),
)
@click.option(
    "--answers", "file", type=click.Path(path_type=Path), help=_("A YAML file with answers; see `tilewizard answers`.")
)
@click.option("--yes", is_flag=True, help=_("Write without opening the wizard."))
@click.option("--plain", is_flag=True, help=_("Ask line by line, without a screen: for screen readers and pipes."))
@click.option("--draft", default="", metavar="NAME", help=_("With --plain: go on with a draft."))
@look_options
def command(into: Path, file: Path | None, yes: bool, plain: bool, draft: str, appearance: Appearance) -> int:
    """Author a new tile.

    Opens the wizard, filled in from an answers file if one is given. With --answers and --yes the tile is written at
    once and the files are printed: exit 0. With error findings nothing is written: exit 1. Answers that can't be
    used: exit 2. An existing directory is never overwritten.

    With --plain the same questions are prompts on standard input and output, line by line: exit 0 when the tile was
    written, 1 when it was left, 130 when it was stopped or the input ended; a draft is kept.

    \b
    tilewizard new --into ~/dd/marketplace
    tilewizard new --into ~/dd/marketplace --plain
    tilewizard new --answers answers.yaml --into ~/dd/marketplace --yes
    """
    if plain_asked(plain, draft, yes=yes):
        from tilewizard.asking.opening import ask_plainly

        return ask_plainly(into=into, answers=file, draft=draft)
    if not yes:
        open_wizard(into=into, answers=file, appearance=appearance)
        return Exit.DONE
    if file is None:
        raise click.UsageError(_("--yes needs --answers FILE"))
    from tilewizard.importing.answers_file import load
    from tilewizard.session.session import Session

    session = Session(load(file), into=into)
    report = session.examine()
    if report.counts()[Severity.ERROR]:
        from tilewizard.checking.checked import Checked
        from tilewizard.reporting.text import coloured, render

        path = into / report.tile.name
        errors = [finding for finding in report.findings if finding.severity == Severity.ERROR]
        click.echo(render([Checked(path, report.tile.target.value, errors)], colour=coloured()), nl=False)
        click.echo(_("nothing was written: mend these errors first"), err=True)
        return Exit.FOUND
    root, written = session.write()
    for each in written:
        click.echo(f"{root / each}")
    return Exit.DONE
