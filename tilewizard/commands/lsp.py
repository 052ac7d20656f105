"""``tilewizard lsp``: the rules in an editor, as one types."""

from __future__ import annotations

import os
import sys

import click

from tilewizard.errors import TilewizardError
from tilewizard.language import _


@click.command("lsp")
@click.option("--stdio", is_flag=True, help=_("What is done anyway; many editors say it."))
def command(stdio: bool) -> int:  # noqa: ARG001
    """Serve an editor by the Language Server Protocol, on standard input and output.

    Your editor starts it: docs/editors.md shows how. Needs the extra: pip install 'tilewizard[lsp]'.
    """
    try:
        from tilewizard.editors.server import serve
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("pygls", "lsprotocol", "cattrs", "attrs"):
            raise
        remedy = "pip install 'tilewizard[lsp]'"
        raise TilewizardError(_("the language server needs a package that is not installed"), remedy=remedy) from error
    if sys.stdin.isatty():
        raise TilewizardError(_("an editor starts this command, not a terminal"), remedy=_("see docs/editors.md"))
    # What anything else prints, git for one, goes to standard error: the editor reads nothing but the protocol.
    own = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return serve(sys.stdin.buffer, own)
