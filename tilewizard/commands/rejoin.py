"""``tilewizard rejoin``: the way back from an export and a repository's package to one tile."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tilewizard.errors import Exit, TilewizardError
from tilewizard.language import _
from tilewizard.surroundings.completing import TilePath


@click.command("rejoin")
@click.argument("kit", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--package", type=TilePath(), metavar="DIR",
              help=_("The package as the repository has it now; by default as the export has it."))  # fmt: skip
@click.option("--into", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help=_("Write the tile into a new directory of its name below this one."))  # fmt: skip
def command(kit: Path, package: Path | None, into: Path) -> int:
    """Make one tile again of KIT, which `tilewizard export` wrote, and the package that went to a repository.

    Every file comes back with its bytes; what was changed in the export or in the package since counts. Nothing that is there is
    replaced. Exits 0, or 1 when a file of the tile is not in the export: one that may hold a secret, or a link.

    \b
    tilewizard rejoin acme_widget_form --into marketplace
    tilewizard rejoin acme_widget_form --package integrations-extras/acme_widget --into marketplace
    """
    from tilewizard.publishing.rejoin import rejoined
    from tilewizard.quoting import visible
    from tilewizard.writing.changes import ChangeSet, FileChange
    from tilewizard.writing.commit import commit

    whole = rejoined(_files(kit), _files(package) if package is not None else None)
    root = into / whole.name
    if os.path.lexists(root):
        raise TilewizardError(_("is there already"), file=visible(str(root)), remedy=_("name another place by --into"))
    commit(
        ChangeSet(root, tuple(FileChange(path, None, data) for path, data in sorted(whole.files.items())), creates=True)
    )
    click.echo(_("{root}: {count} files", root=visible(str(root)), count=len(whole.files)), err=True)
    for path in whole.lacking:
        click.echo(_("✗ {path} is not in the export: put it back yourself", path=visible(path)), err=True)
    return Exit.FOUND if whole.lacking else Exit.DONE


def _files(folder: Path) -> dict[str, bytes]:
    from tilewizard.quoting import visible
    from tilewizard.tile.tile import read

    there = read(folder)
    found = {}
    for path in there.paths:
        file = there.file(path)
        if file is None:
            continue
        if file.link is not None or file.unreadable:
            fault = _("is a link") if file.link is not None else _("can't be read: {why}", why=file.unreadable)
            raise TilewizardError(fault, file=visible(str(folder / path)), remedy=_("put the file in its place"))
        found[path] = file.data
    return found
