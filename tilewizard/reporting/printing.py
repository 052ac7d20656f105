"""Putting a report on standard output."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

import click

from tilewizard.errors import TilewizardError
from tilewizard.language import _


def put_out(text: str, *, colour: bool = False) -> None:
    """Print a text as it is, with its colours where it has them.

    Raises:
        TilewizardError: it can't be written: the disk behind it is full, or it is closed.
        BrokenPipeError: whoever read along has gone.
    """
    if sys.stdout is None:
        raise TilewizardError(
            _("can't be written: it is closed"), file=_("standard output"), remedy=_("use --output FILE")
        )
    try:
        click.echo(text, nl=False, color=colour or None)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What is left over would be tried again at the end, and fail again.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        reason = error.strerror or str(error)
        raise TilewizardError(
            _("can't be written: {reason}", reason=reason), file=_("standard output"), remedy=_("make room")
        ) from error
