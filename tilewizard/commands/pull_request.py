"""``tilewizard pull-request``: the text of a tile's pull request, and what is in its way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tilewizard.errors import Exit
from tilewizard.language import _
from tilewizard.surroundings.completing import TilePath

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tilewizard.publishing.pull_request import PullRequest
    from tilewizard.tile.tile import Tile


def _places(___: click.Context, __: click.Parameter, values: tuple[str, ...]) -> frozenset[int]:
    words = [word.strip() for value in values for word in value.split(",") if word.strip()]
    if wrong := [word for word in words if not (word.isascii() and word.isdigit() and len(word) < 4)]:
        raise click.BadParameter(_("{wrong!r} is no place in the list: 1,3", wrong=wrong[0]))
    return frozenset(map(int, words))


@click.command("pull-request")
@click.argument("tile", type=TilePath())
@click.option("--tick", multiple=True, callback=_places, metavar="PLACES",
              help=_("Places in the template's list that you vouch for: 1,3. What can be seen is ticked without."))  # fmt: skip
@click.option("--motivation", default="", metavar="TEXT", help=_("Why you hand it in; written under that heading."))
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help=_("Write the text here; by default to standard output."))  # fmt: skip
@click.option(
    "--commit",
    is_flag=True,
    help=_("Commit the tile, and its lines in shared files, on a branch of its own. Nothing is pushed."),
)
def command(tile: Path, tick: frozenset[int], motivation: str, output: Path | None, commit: bool) -> int:
    """Print the text of a TILE's pull request, made of the repository's own template, and tell what is in its way.

    On standard error: the template's list with what is ticked, changes outside of the tile and its lines in shared files, who reviews
    what, and the commands for branch, commit and push. Nothing of the checkout is changed without --commit, which refuses where
    anything else differs. Exits 0 when nothing is in the way, 1 otherwise, 2 when the tile is in no checkout, git is in the middle
    of a rebase or merge, or the commit can't be made.

    \b
    tilewizard pull-request integrations-extras/acme_widget > body.md
    tilewizard pull-request integrations-extras/acme_widget --tick 1,4 --output body.md
    tilewizard pull-request integrations-extras/acme_widget --commit --output body.md
    """
    from tilewizard.publishing.pack import order_around
    from tilewizard.publishing.pull_request import pull_request_of
    from tilewizard.quoting import visible
    from tilewizard.reporting.printing import put_out
    from tilewizard.tile.gathering import demand_tile
    from tilewizard.writing.commit import replace_file

    order = order_around(tile)
    found = order.tile()
    demand_tile(found, tile)
    request = pull_request_of(found, order.checked_as(found), tick, motivation)
    committed = _committed(found, request) if commit else ""
    if output is not None:
        replace_file(output, request.body.encode("utf-8", "replace"))
    else:
        put_out(request.body)
    commands = (committed, request.todo.push) if committed else request.todo.commands
    opening = request.todo.opening(str(output) if output is not None else "FILE")
    for line in (*_told(request), *commands, opening):
        click.echo(visible(line), err=True)
    return Exit.DONE if request.ready else Exit.FOUND


def _committed(tile: Tile, request: PullRequest) -> str:
    from tilewizard.publishing.handing_in import commit

    assert tile.checkout is not None
    name = commit(tile.checkout, request.todo, request.outside)
    return _(
        "✓ Committed on branch {branch} as {name}: {todo}. Not pushed; that is for you:",
        branch=request.todo.branch,
        name=name,
        todo=request.todo.title,
    )


def _told(request: PullRequest) -> Iterator[str]:
    from tilewizard.publishing.pull_request import BODY_MAX

    for at, box in enumerate(request.boxes, 1):
        yield f"{'✓' if box.ticked else '?'} {at}. {box.item}"
    if not all(box.ticked for box in request.boxes):
        yield _("Tick what you vouch for by its place: --tick 1,3")
    if request.length > BODY_MAX:
        yield _(
            "✗ The text has {length:,} characters, and the repository's check allows {limit:,}.",
            length=request.length,
            limit=BODY_MAX,
        )
    if request.errors:
        yield _("✗ The check finds errors: {errors}. `tilewizard check` tells them.", errors=request.errors)
    for path in request.outside:
        yield _("✗ {path} differs too, and is none of this tile's: hand it in apart, or take it back.", path=path)
    for owners, count in request.reviewers:
        yield _("Reviews {count} of its files: {owners}", count=count, owners=owners)
