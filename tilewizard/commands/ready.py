"""``tilewizard ready``: what is asked for before a tile is published, and where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tilewizard.errors import Exit
from tilewizard.language import _
from tilewizard.surroundings.completing import TilePath

if TYPE_CHECKING:
    from tilewizard.publishing.ready import Readiness
    from tilewizard.tile.tile import Tile


def _words(___: click.Context, __: click.Parameter, values: tuple[str, ...]) -> set[str]:
    return {word.strip() for value in values for word in value.split(",") if word.strip()}


@click.command("ready")
@click.argument("tile", type=TilePath())
@click.option("--tick", multiple=True, callback=_words, metavar="NAMES",
              help=_("Confirm what only you can know, by name: sandbox,access. It is kept with today's date."))  # fmt: skip
@click.option("--untick", multiple=True, callback=_words, metavar="NAMES", help=_("Take a confirmation back."))
@click.option("--ask", is_flag=True, help=_("Ask for all that is open, one after the other."))
@click.option("--after", is_flag=True, help=_("Tell what comes after it is handed in, with texts to send."))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help=_("text for people, json for programs."))  # fmt: skip
def command(tile: Path, tick: set[str], untick: set[str], ask: bool, after: bool, form: str) -> int:
    """List what is asked for before a TILE is published, with its state.

    What can be seen in the tile is looked at. What only you can know is asked once and kept with its date in your state folder: of
    you as a partner for all tiles, of a tile for that tile. Exits 0 when nothing is missing and nothing open, 1 otherwise, 2 when
    it can't be read as a tile.

    With --after nothing is looked at: it tells the way from review to release and what follows it, who acts, how long it takes as far
    as that is known, and texts to send; what you must fill in stands between « and ». It exits 0.

    \b
    tilewizard ready acme_corp_acme_widget
    tilewizard ready acme_corp_acme_widget --tick partner,sandbox
    tilewizard ready acme_corp_acme_widget --after
    """
    from datetime import date

    from tilewizard.publishing.pack import order_around
    from tilewizard.publishing.ready import confirm_all, readiness_of, withdraw_all
    from tilewizard.publishing.ready_forms import as_json, as_text
    from tilewizard.reporting.printing import put_out
    from tilewizard.reporting.text import coloured
    from tilewizard.tile.gathering import demand_tile

    if both := tick & untick:
        raise click.UsageError(_("{both} can't be ticked and unticked at once", both=", ".join(sorted(both))))
    if after and (tick or untick or ask):
        raise click.UsageError(_("--after only tells: leave out --tick, --untick and --ask"))
    order = order_around(tile)
    found = order.tile()
    demand_tile(found, tile)
    if after:
        _tell_after(found, form)
        return Exit.DONE
    report = order.checked_as(found)
    standing = readiness_of(found, report.findings)
    if untick:
        withdraw_all(found, standing, untick)
    if tick:
        confirm_all(found, standing, tick, date.today())
    if ask:
        yes = _asked(readiness_of(found, report.findings))
        confirm_all(found, standing, yes, date.today())
    standing = readiness_of(found, report.findings)
    if form == "json":
        click.echo(as_json(standing, found.name), nl=False)
    else:
        put_out(as_text(standing, found.name, colour=coloured()), colour=True)
    return Exit.DONE if standing.ready else Exit.FOUND


def _tell_after(found: Tile, form: str) -> None:
    """Print what comes after it is handed in."""
    from tilewizard.publishing.after import after_of
    from tilewizard.publishing.after_forms import as_json, as_text
    from tilewizard.reporting.printing import put_out
    from tilewizard.reporting.text import coloured

    if form == "json":
        click.echo(as_json(after_of(found), found.name), nl=False)
    else:
        put_out(as_text(after_of(found), found.name, colour=coloured()), colour=True)


def _asked(readiness: Readiness) -> set[str]:
    """What the user says yes to; nothing is kept before the last answer."""
    from tilewizard.publishing.ready import State

    yes = set()
    for each in readiness.of(State.OPEN):
        if each.requirement.wait:
            click.echo(each.requirement.wait, err=True)
        if click.confirm(each.words, default=False, err=True):
            yes.add(each.requirement.slug)
    return yes
