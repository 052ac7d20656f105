"""Cursors that stand still.

Textual 8.2 has ``cursor_blink`` on every input and editor, and no way to choose it for all, those of the command palette among
them. To switch it off when one gets the focus hides the cursor of an ``Input`` until the next key. So the reactive's own
default, ``_default``, is set.
"""

from __future__ import annotations

from textual.widgets import Input, TextArea


def stop_blinking() -> None:
    """Cursors of inputs and editors that are made from now on stand still, in this whole process."""
    for kind in (Input, TextArea):
        kind.cursor_blink._default = False
