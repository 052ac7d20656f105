"""What a typed, pasted or dropped path stands for."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote


def typed_path(text: str, folder: Path | None = None) -> str:
    """The path that a typed, pasted or dropped text stands for, absolute; empty when nothing is typed.

    What is there under the very name is taken as it is. Else quotes and escapes of a dropped path are taken off, a
    ``file://`` address is read; ``~`` and ``$VARIABLES`` stand for what they mean.

    Args:
        text: as it was typed.
        folder: what a relative path starts from; by default the current folder.
    """
    base = folder or Path.cwd()
    if text and os.path.lexists(base / text.replace("\0", "")):
        return os.path.normpath(base / text)
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    if text.startswith("file://"):
        text = unquote(text.removeprefix("file://"))
        text = text.removeprefix("localhost") if text.startswith("localhost/") else text
    text = text.replace("\\ ", " ")
    if not text:
        return ""
    try:
        path = Path(os.path.expandvars(text)).expanduser()
    except RuntimeError:  # ~somebody who isn't known here.
        path = Path(text)
    return os.path.normpath(base / path)
