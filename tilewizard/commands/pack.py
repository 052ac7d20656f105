"""``tilewizard pack``: a tile, its page and its report as one zip to hand over."""

from __future__ import annotations

from pathlib import Path

import click

from tilewizard.errors import Exit
from tilewizard.language import _, ngettext
from tilewizard.surroundings.completing import TilePath


@click.command("pack")
@click.argument("tile", type=TilePath())
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help=_("Write the zip here; by default NAME.zip in the folder that you are in. An older one is replaced."))  # fmt: skip
@click.option("--as-draft", is_flag=True,
              help=_("Pack a tile that still has errors, as a draft pull request would show it; its report tells them."))  # fmt: skip
def command(tile: Path, output: Path | None, as_draft: bool) -> int:
    """Pack a TILE to hand it over: its files, the page that shows it, the report of its check, all files with SHA-256.

    The same tile gives the same bytes. A tile with errors is not packed: exit 1. What can't be read as a tile: exit 2.

    \b
    tilewizard pack acme_corp_acme_widget
    unzip acme_corp_acme_widget.zip -d somewhere && cd somewhere && sha256sum -c SHA256SUMS
    """
    from tilewizard.publishing.pack import order_around, packed
    from tilewizard.quoting import visible
    from tilewizard.rules.findings import Severity
    from tilewizard.tile.gathering import demand_tile
    from tilewizard.writing.commit import replace_file

    order = order_around(tile)
    found = order.tile()
    demand_tile(found, tile)
    place = output or Path(f"{tile.resolve().name}.zip")
    _demand_outside(place, tile)
    report = order.checked_as(found)
    errors = sum(each.severity == Severity.ERROR for each in report.findings)
    if errors and not as_draft:
        said = ngettext("the tile has an error", "the tile has {count} errors", errors)
        hint = _("`tilewizard check` tells them; --as-draft packs it all the same, with its report")
        click.echo(
            _("tilewizard: {tile}: {said}, and is not packed ({hint})", tile=visible(str(tile)), said=said, hint=hint),
            err=True,
        )
        return Exit.FOUND
    pack = packed(found, report)
    replace_file(place, pack.data)
    kept = _(" It is a draft with errors: {errors}.", errors=errors) if errors else ""
    click.echo(
        _(
            "{place}: {files} files of the tile, {count:,} bytes.{kept}",
            place=visible(str(place)),
            files=pack.files,
            count=len(pack.data),
            kept=kept,
        ),
        err=True,
    )
    return Exit.DONE


def _demand_outside(place: Path, tile: Path) -> None:
    from tilewizard.errors import TilewizardError
    from tilewizard.quoting import visible

    if place.resolve().is_relative_to(tile.resolve()):
        raise TilewizardError(
            _("would be part of the tile itself"),
            file=visible(str(place)),
            remedy=_("name a file outside of it by --output"),
        )
