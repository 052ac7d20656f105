"""Mending on the command line: the diff first, then the question, then what was written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tilewizard.errors import ChangedOnDisk, TilewizardError
from tilewizard.language import _, ngettext
from tilewizard.quoting import visible

if TYPE_CHECKING:
    from tilewizard.checking.check_many import Order
    from tilewizard.checking.mend import Mended
    from tilewizard.tile.checkout import Checkout
    from tilewizard.writing.changes import ChangeSet


def mend_all(
    orders: list[Order], owners: Mapping[Path, str], faults: list[TilewizardError], *, yes: bool, dry_run: bool
) -> bool:
    """Mend tiles, one after the other; what one of them can't have written is added to ``faults``.

    What is to be agreed to is shown on standard error: a report on standard output stays a report.

    Returns:
        False when whoever was asked broke off: the message says what was written by then.
    """
    from tilewizard.checking.mend import mended
    from tilewizard.writing.commit import recover

    written: list[str] = []
    checkouts: dict[Path, Checkout] = {}  # Git is asked once for all tiles of one.
    for order in orders:
        try:
            if not dry_run:
                recover(order.path)
            tile, owner = order.tile(checkouts), owners.get(order.path, "")
            done = mended(tile, rules=order.rules(), owner=owner, severity=order.severity, allowances=order.allowances)
            _agree_and_write(order.path, done, written, yes=yes, dry_run=dry_run, alone=len(orders) == 1)
        except ChangedOnDisk as error:
            paths = ", ".join(error.paths)
            fault = _("changed while it was looked at, and nothing was written: {paths}", paths=visible(paths))
            faults.append(TilewizardError(fault, file=visible(str(order.path)), remedy=_("mend it again")))
        except TilewizardError as error:
            faults.append(error)
        except (click.Abort, KeyboardInterrupt):
            _say(
                _(
                    "\nstopped; {value}",
                    value=ngettext("{count} file was written before", "{count} files were written before", len(written))
                    if written
                    else _("nothing was written"),
                )
            )
            return False
    return True


def _agree_and_write(path: Path, done: Mended, written: list[str], *, yes: bool, dry_run: bool, alone: bool) -> None:
    """Show what mending a tile comes to and write it, once it is agreed to."""
    name = visible(str(path))
    if not done.change_sets:
        if alone:
            _say(_("{name}: nothing that has one right answer is wrong", name=name))
        return
    if not alone:
        _say(f"{name}:")
    _say(done.diff(), nl=False)
    for finding in done.mends:
        _say(_("mends {rule}: {message}", rule=finding.rule, message=finding.message))
    if dry_run or not (yes or agreed(_("Write this to {name}?", name=name))):
        _say(_("nothing was written"))
        return
    for changes in done.change_sets:
        for each in committed(changes):
            written.append(each)
            _say(_("wrote {name}", name=visible(each)))


def agreed(question: str) -> bool:
    """Ask on standard error; without anybody to ask that is said.

    Raises:
        click.Abort: whoever was asked broke off, or there is nobody.
    """
    if sys.stdin is None:
        _say(_("{question} There is nobody to ask: --yes writes without asking", question=question))
        raise click.Abort
    return click.confirm(question, err=True)


def committed(changes: ChangeSet) -> Iterator[str]:
    """Write a change set, and give the paths that were written.

    Several files are written by putting a new directory in the old one's place. Whoever stands in the old one, as a
    shell does after ``cd``, would stand nowhere after that: then the files are replaced one by one.
    """
    from dataclasses import replace

    from tilewizard.writing.changes import ChangeKind
    from tilewizard.writing.commit import commit

    root = changes.root
    sets = [changes]
    if _stand_in(root) and all(each.kind == ChangeKind.CHANGED for each in changes.changed):
        sets = [replace(changes, changes=(each,)) for each in changes.changed]
    here = os.environ.get("PWD", "")
    for each in sets:
        for path in commit(each):
            yield str(root / path)
    try:
        Path.cwd()
    except OSError:  # Files came or went: the folder is another one by now, under the same name.
        with suppress(OSError):
            os.chdir(here)


def _stand_in(root: Path) -> bool:
    try:
        here, whole = Path.cwd(), root.resolve()
    except OSError:
        return False
    return whole == here or whole in here.parents


def _say(text: str, *, nl: bool = True) -> None:
    click.echo(text, nl=nl, err=True)
