"""What a terminal is told beside what is on the screen, such as a picture that it keeps.

Textual 8.2 writes such codes itself (``App.bell``, ``App.copy_to_clipboard``) by the driver's public ``write``, in the order of
all else that it writes; the driver is ``App._driver``.
"""

from __future__ import annotations

from typing import Any

from textual.app import App


def write_raw(app: App[Any], codes: str) -> None:
    """Write codes that don't change what is on the screen; nothing where there is no terminal any more."""
    driver = app._driver
    if driver is not None:
        driver.write(codes)
