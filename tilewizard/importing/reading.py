"""Metrics from a text of whatever kind, and from the bytes of a file or an answer."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from tilewizard.errors import Fault, TilewizardError
from tilewizard.language import _

from .exposition import read_exposition
from .json_answer import read_json_answer
from .rows import Cancelled, Reading, never
from .tables import read_table

BYTES_MAX = 10_000_000
"""Bytes of a file or an answer at most."""
_SAMPLE = re.compile(r'(?:[A-Za-z_:][\w:.]*(?:\s*\{.*\})?|\{\s*".*\})[ \t]+[-+]?(?:[0-9.]|nan|inf)\S*', re.IGNORECASE)
_ABOUT = re.compile(r"#[ \t]*(?:(?:HELP|TYPE|UNIT)[ \t]|EOF\b)")
_OTHER = {"<": _("a web page")}
_LOOKED_AT = 200
"""Lines that tell of which kind a text is."""


def read_text(text: str, prefix: str = "", *, cancelled: Cancelled = never) -> Reading:
    """The metrics of a text: an exposition or a table, as it looks.

    Args:
        text: whatever was pasted or loaded.
        prefix: what the metrics' names start with, a dot at its end; may be empty.
        cancelled: asked every now and then; what was read by then is returned.
    """
    text = text.removeprefix("\ufeff")
    lines = [line.strip() for line in text[:200_000].split("\n") if line.strip()][:_LOOKED_AT]
    if not lines:
        return Reading("nothing", text, faults=(Fault(0, _("there is nothing to read"), kind="empty"),))
    samples = sum(_SAMPLE.match(line) is not None for line in lines if not line.startswith("#"))
    if any(_ABOUT.match(line) for line in lines) or samples * 2 > len(lines):
        return read_exposition(text, prefix, cancelled=cancelled)
    if lines[0][0] in "{[":
        return read_json_answer(text, prefix)
    other = _OTHER.get(lines[0][0])
    if other is not None:
        hint = _("Prometheus text, OpenMetrics, JSON, CSV or cells of a spreadsheet can be read")
        return Reading(other, text, faults=(Fault(0, _("it looks like {other}", other=other), hint, "kind"),))
    return read_table(text, prefix, cancelled=cancelled)


def decoded(data: bytes) -> str:
    """A text's bytes as a text: UTF-8, or UTF-16 that says so, as spreadsheets write it. Never raises."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")


def load(path: str) -> str:
    """The text of a file.

    Raises:
        TilewizardError: it is no file, can't be read, or is larger than ``BYTES_MAX``.
    """
    file = Path(path)
    try:
        if not file.is_file():  # Neither a folder nor a device: reading that might never end.
            fault = _("is a folder") if file.is_dir() else _("is no file") if file.exists() else _("does not exist")
            raise TilewizardError(fault, file=path, remedy=_("give the path of a file"))
        with file.open("rb") as stream:
            data = stream.read(BYTES_MAX + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise TilewizardError(_("can't be read: {reason}", reason=reason), file=path) from error
    if len(data) > BYTES_MAX:
        raise TilewizardError(
            _("is larger than {limit} MB", limit=BYTES_MAX // 1_000_000), file=path, remedy=_("import a part of it")
        )
    return decoded(data)
