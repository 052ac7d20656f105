"""``tilewizard completion``: what a shell needs to complete words."""

from __future__ import annotations

import click

from tilewizard.errors import Exit
from tilewizard.surroundings.completing import SHELLS, script


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> int:
    """Print what a SHELL reads to complete commands, options, tiles, rules and steps.

    \b
    eval "$(tilewizard completion bash)"       in ~/.bashrc
    eval "$(tilewizard completion zsh)"        in ~/.zshrc, after compinit
    tilewizard completion fish > ~/.config/fish/completions/tilewizard.fish
    """
    from tilewizard.reporting.printing import put_out

    put_out(script(ctx.find_root().command, shell))
    return Exit.DONE
