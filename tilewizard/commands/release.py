"""``tilewizard release``: the next version of a published tile, in every place."""

from __future__ import annotations

from pathlib import Path

import click

from tilewizard.errors import Exit
from tilewizard.language import _
from tilewizard.surroundings.completing import TilePath


@click.command("release")
@click.argument("tile", type=TilePath())
@click.option("--version", default="", metavar="X.Y.Z", help=_("The version; by default what the changes ask for."))
@click.option("--yes", is_flag=True, help=_("Write without asking."))
@click.option("--dry-run", is_flag=True, help=_("Show what would be written, and write nothing."))
def command(tile: Path, version: str, yes: bool, dry_run: bool) -> int:
    """Give a published TILE its next version, from what differs from the checkout's default branch.

    What is gone or different raises the first number, what is new the second, what is mended the third. Texts, logos and pictures
    ask for no version. CHANGELOG.md, the package's __about__.py and the README's command are changed, and nothing else: the diff is
    shown first. Of code that changed nobody can see whether it mends, adds or breaks: it counts as mended, and --version says
    otherwise. Lines for the changelog are proposed where it has none; put them in words of your own.

    \b
    tilewizard release acme_corp_acme_widget --dry-run
    tilewizard release acme_corp_acme_widget --version 2.0.0
    """
    from datetime import date

    from tilewizard.publishing.release import proposed_release
    from tilewizard.quoting import visible
    from tilewizard.reporting.mending import agreed, committed
    from tilewizard.tile.gathering import demand_tile
    from tilewizard.tile.tile import read
    from tilewizard.writing.changes import plan

    found = read(tile)
    demand_tile(found, tile)
    proposal = proposed_release(found, date.today(), version)
    name = visible(str(tile))
    if not proposal.needed:
        click.echo(
            _(
                "{name}: published as {published}, and nothing changed that asks for another version",
                name=name,
                published=proposal.published,
            ),
            err=True,
        )
        return Exit.DONE
    changes = plan(proposal.tile, found)
    if changes.is_empty:
        click.echo(_("{name}: {version} stands in every place already", name=name, version=proposal.version), err=True)
        return Exit.DONE
    click.echo(changes.diff(), nl=False, err=True)
    kinds = "; ".join(f"{kind}: {len(lines)}" for kind, lines in proposal.why if lines)
    click.echo(
        _(
            "{name}: {version} after {published}. {kinds}",
            name=name,
            version=proposal.version,
            published=proposal.published,
            kinds=visible(kinds),
        ).rstrip(),
        err=True,
    )
    if dry_run or not (yes or agreed(_("Write this to {name}?", name=name))):
        click.echo(_("nothing was written"), err=True)
        return Exit.DONE
    for each in committed(changes):
        click.echo(_("wrote {name}", name=visible(each)), err=True)
    return Exit.DONE
