"""``tilewizard answers``: the answers file of a tile."""

from __future__ import annotations

from pathlib import Path

import click

from tilewizard.errors import Exit
from tilewizard.language import _
from tilewizard.surroundings.completing import TilePath


@click.command("answers")
@click.argument("tile", type=TilePath(), required=False)
@click.option("--no-comments", is_flag=True, help=_("Leave out what each key means."))
@click.option(
    "--update",
    "file",
    type=click.Path(path_type=Path),
    help=_("Bring FILE up to date instead; your comments in it stay."),
)
def command(tile: Path | None, no_comments: bool, file: Path | None) -> int:
    """Print the answers file of a TILE, each key explained; without a TILE, one to start from.

    `tilewizard new --answers` of it writes a tile with the same content elsewhere. Paths in it are absolute.

    \b
    tilewizard answers acme_corp_acme_widget > answers.yaml
    tilewizard answers > answers.yaml
    tilewizard answers acme_corp_acme_widget --update answers.yaml
    """
    from tilewizard.answers.yaml_text import dumps, load, updated
    from tilewizard.quoting import visible
    from tilewizard.reporting.printing import put_out
    from tilewizard.session.export import exported_answers, sample_answers
    from tilewizard.tile.gathering import demand_tile
    from tilewizard.tile.tile import read
    from tilewizard.writing.commit import replace_file

    if tile is None:
        answers = sample_answers()
    else:
        found = read(tile)
        demand_tile(found, tile)
        answers = exported_answers(found)
    if file is None:
        put_out(dumps(answers, comments=not no_comments))
        return Exit.DONE
    load(file)  # What can't be read as answers is told, and not overwritten.
    text = file.read_text("utf-8")
    new = updated(text, answers)
    if new != text:
        replace_file(file, new.encode())
    click.echo(f"{visible(str(file))}: {_('brought up to date') if new != text else _('was up to date')}")
    return Exit.DONE
