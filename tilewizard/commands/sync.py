"""``tilewizard sync``: what metadata.csv and spec.yaml ask of an Agent package that is there."""

from __future__ import annotations

from pathlib import Path

import click

from tilewizard.errors import Exit
from tilewizard.language import _
from tilewizard.surroundings.completing import TilePath


@click.command("sync")
@click.argument("tile", type=TilePath())
@click.option("--yes", is_flag=True, help=_("Write all of it without asking."))
@click.option("--dry-run", is_flag=True, help=_("Show what would be written, and write nothing."))
def command(tile: Path, yes: bool, dry_run: bool) -> int:
    """Bring the package of an Agent TILE in step with its metadata.csv and spec.yaml.

    Nothing else of the code changes. Metrics that are listed get an entry in the check's map (metrics.py or metrics.yaml) and a sample
    in the answer that its tests read; entries that nothing lists go. The example configuration and the config models are made of
    spec.yaml by Datadog's own renderer: of the extra `agent`, or of the ddev on the path; of a spec as tilewizard writes it, without
    either. Each change is shown and asked for by itself.

    \b
    Exit codes: 0 in step, or all was written; 1 something is left; 2 unusable.

    \b
    tilewizard sync acme_corp_acme_widget --dry-run
    """
    from tilewizard.quoting import visible
    from tilewizard.reporting.mending import agreed, committed
    from tilewizard.session.offers import inside
    from tilewizard.tile.gathering import demand_tile
    from tilewizard.tile.tile import read

    found = read(tile)
    demand_tile(found, tile)
    name, left, kept = visible(str(tile)), 0, set[str]()
    while offer := next((each for each in inside(read(tile)) if each.title not in kept), None):
        kept.add(offer.title)  # Another offer may be made by what was written; this one is asked for once.
        click.echo(f"{name}: {visible(offer.title)}", err=True)
        if offer.changes is None:
            click.echo(visible(offer.lacks), err=True)
        else:
            click.echo(offer.changes.diff(), nl=False, err=True)
            if not dry_run and (yes or agreed(_("Write this to {name}?", name=name))):
                for each in committed(offer.changes):
                    click.echo(_("wrote {name}", name=visible(each)), err=True)
                continue
            click.echo(_("not written"), err=True)
        left += 1
    if not kept:
        click.echo(_("{name}: the package is in step with metadata.csv and spec.yaml", name=name), err=True)
    return Exit.FOUND if left else Exit.DONE
