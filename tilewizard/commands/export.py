"""``tilewizard export``: a tile as what another way of publishing asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tilewizard.errors import Exit
from tilewizard.language import _
from tilewizard.surroundings.completing import TilePath

if TYPE_CHECKING:
    from tilewizard.writing.changes import ChangeSet


@click.command("export")
@click.argument("tile", type=TilePath())
@click.option("--for", "way", required=True, type=click.Choice(["developer-platform"]),
              help=_("developer-platform: Datadog's web form, in which new listings begin."))  # fmt: skip
@click.option("--into", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help=_("Write it into this directory: a new or empty one, or one with an earlier export that nobody changed."))  # fmt: skip
def command(tile: Path, way: str, into: Path) -> int:  # noqa: ARG001
    """Write a TILE as what the Developer Platform's form asks for, in the form's order.

    One page, as form.html and form.md: each field with its value to copy, what is asked of it and whether that is met; the files to
    upload beside it, numbered in their order; for an Agent tile the package that stays for the repository, without a manifest. The
    tile itself is not changed, and no secret is written. Exits 0, or 1 when something of the form is not met yet.

    \b
    tilewizard export acme_corp_acme_widget --for developer-platform --into acme_widget_form
    """
    from tilewizard.publishing.kit import kit_of
    from tilewizard.publishing.kit_pages import files_of_kit, state_of
    from tilewizard.publishing.pack import order_around
    from tilewizard.quoting import visible
    from tilewizard.tile.gathering import demand_tile
    from tilewizard.writing.commit import commit

    order = order_around(tile)
    found = order.tile()
    demand_tile(found, tile)
    kit = kit_of(found, order.checked_as(found).findings)
    changes = _changes(into, tile, files_of_kit(kit, found))
    commit(changes)
    page = visible(str(into / "form.html"))
    click.echo(
        _(
            "{page}: {count} fields, {count2} files to upload. {kit}",
            page=page,
            count=len(kit.fields),
            count2=len(kit.uploads),
            kit=visible(state_of(kit)),
        ),
        err=True,
    )
    return Exit.FOUND if kit.unmet or kit.errors else Exit.DONE


def _changes(into: Path, tile: Path, files: dict[str, bytes]) -> ChangeSet:
    """What writing the files into a directory would change; what others put there is never replaced."""
    import os

    from tilewizard.errors import TilewizardError
    from tilewizard.publishing.kit_pages import is_whole_kit
    from tilewizard.quoting import visible
    from tilewizard.tile.tile import read
    from tilewizard.writing.changes import ChangeSet, FileChange

    if into.resolve().is_relative_to(tile.resolve()):
        remedy = _("name a directory outside of it by --into")
        raise TilewizardError(_("would be part of the tile itself"), file=visible(str(into)), remedy=remedy)
    if not os.path.lexists(into):
        return ChangeSet(
            into, tuple(FileChange(path, None, data) for path, data in sorted(files.items())), creates=True
        )
    there = read(into)
    held = {path: file for path in there.paths if (file := there.file(path)) is not None}
    plain = all(file.link is None and not file.unreadable for file in held.values())
    before = {path: file.data for path, file in held.items()} if plain else {}
    if held and not is_whole_kit(before):
        message = _("holds files that are no export as tilewizard wrote it, and they are not replaced")
        raise TilewizardError(message, file=visible(str(into)), remedy=_("name a new directory by --into"))
    paths = sorted({*before, *files})
    return ChangeSet(into, tuple(FileChange(path, before.get(path), files.get(path)) for path in paths), creates=False)
