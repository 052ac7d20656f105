"""``tilewizard man``: the man page, made from the commands."""

from __future__ import annotations

import click

from tilewizard.errors import Exit


@click.command("man")
@click.pass_context
def command(ctx: click.Context) -> int:
    """Print the man page, as roff.

    It is installed with tilewizard (`man tilewizard`) where the environment's share/man is looked into.

    \b
    tilewizard man | man -l -
    """
    from tilewizard.reporting.printing import put_out
    from tilewizard.surroundings.man_page import man_page

    put_out(man_page(ctx.find_root().command))
    return Exit.DONE
