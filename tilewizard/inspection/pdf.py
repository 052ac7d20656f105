"""What a PDF holds: pages, title, first lines, whether it is locked.

A PDF comes from anywhere: pypdf reads it in a process of its own, with limits on time and memory, unless it is small.
"""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from dataclasses import asdict, dataclass

from tilewizard.language import _

from .another_python import environment

SMALL = 64 * 1024
"""Bytes up to which a PDF is read in this very process."""
PAGES_MAX = 50
"""Pages whose text is looked at."""
MEMORY_MAX = 512 * 1024 * 1024


@dataclass(frozen=True)
class PdfFacts:
    """A PDF at a glance; ``fault`` says why it can't be read."""

    starts_as_pdf: bool
    pages: int = 0
    encrypted: bool = False
    title: str = ""
    first_lines: tuple[str, ...] = ()
    pages_with_text: int = 0
    size: int = 0
    fault: str = ""


def inspect_pdf(data: bytes, *, seconds: float = 10.0) -> PdfFacts:
    """The facts of a PDF. Never raises; a file that takes too long or too much is a fault.

    Args:
        data: the bytes of the file.
        seconds: how long its inspection may take.
    """
    if b"%PDF" not in data[:1024]:
        return PdfFacts(False, size=len(data), fault=_("is no PDF: it doesn't start with %PDF"))
    # A stream that is packed may unpack to anything, and # hides the name of its filter: only plain small files are
    # read without a guard.
    if len(data) <= SMALL and b"Filter" not in data and b"#" not in data:
        return read_pdf(data)
    return _guarded(data, seconds)


def _guarded(data: bytes, seconds: float) -> PdfFacts:
    try:
        done = subprocess.run(
            # -P: nothing of the folder that one stands in is imported.
            [sys.executable, "-P", "-c", "from tilewizard.inspection.pdf import main; main()"],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
            env=environment(),
        )
        found = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return PdfFacts(True, size=len(data), fault=_("takes longer than {seconds:g} s to open", seconds=seconds))
    except (OSError, ValueError):
        return PdfFacts(True, size=len(data), fault=_("can't be opened: it is broken, or needs too much memory"))
    return PdfFacts(**{**found, "first_lines": tuple(found["first_lines"])})


def read_pdf(data: bytes) -> PdfFacts:
    """The facts of a PDF, by pypdf in this process."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    size = len(data)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            return PdfFacts(True, encrypted=True, size=size)
        pages = len(reader.pages)
        title = _plain(str(reader.metadata.title or "")) if reader.metadata else ""
        lines: list[str] = []
        with_text = 0
        for page in reader.pages[:PAGES_MAX]:
            text = page.extract_text()
            with_text += bool(text.strip())
            if len(lines) < 5:
                lines += [plain for line in text.splitlines() if (plain := _plain(line))]
        return PdfFacts(True, pages, False, title, tuple(lines[:5]), with_text, size)
    except RecursionError:
        return PdfFacts(True, size=size, fault=_("is nested too deeply"))
    except Exception as error:  # pypdf raises whatever a broken file makes it stumble over.
        return PdfFacts(
            True, size=size, fault=_("can't be opened: {error}", error=_plain(str(error))[:100] or type(error).__name__)
        )


def _plain(text: str) -> str:
    return "".join(char for char in text if char.isprintable()).strip()[:200]


def main() -> None:
    """Read a PDF from standard input with limits on time and memory; print its facts as JSON."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    except (ImportError, ValueError, OSError):
        pass
    sys.stdout.write(json.dumps(asdict(read_pdf(sys.stdin.buffer.read()))))
