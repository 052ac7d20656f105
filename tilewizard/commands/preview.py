"""``tilewizard preview``: a tile as its customers meet it, as one page of HTML."""

from __future__ import annotations

from pathlib import Path

import click

from tilewizard.errors import Exit
from tilewizard.language import _
from tilewizard.surroundings.completing import TilePath


@click.command("preview")
@click.argument("tile", type=TilePath())
@click.option("--output", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help=_("Write the page here: page.html. An older one is replaced; - writes to standard output."))  # fmt: skip
def command(tile: Path, output: Path) -> int:
    """Write the page of a TILE as a customer meets it: one file, for marketing, legal and whoever approves it.

    Card, pictures, tabs, price, metrics, layouts of dashboards, monitors, facets of logs, release notes, legal terms. The page holds
    all that it shows, runs no script and asks for nothing over the network; it can be printed.

    \b
    tilewizard preview acme_corp_acme_widget --output acme_widget.html
    """
    import sys

    from tilewizard.preview.page import page_of
    from tilewizard.quoting import visible
    from tilewizard.tile.gathering import demand_tile
    from tilewizard.tile.tile import read
    from tilewizard.writing.commit import replace_file

    found = read(tile)
    demand_tile(found, tile)
    page = page_of(found).encode("utf-8", "replace")
    if str(output) == "-":
        sys.stdout.buffer.write(page)
        return Exit.DONE
    replace_file(output, page)
    click.echo(
        _(
            "{output} shows the tile: {count:,} bytes, open it in any browser",
            output=visible(str(output)),
            count=len(page),
        ),
        err=True,
    )
    return Exit.DONE
