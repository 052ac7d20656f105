"""The step on the licence agreement."""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Static
from tilewizard.session import Report

from .step import Step


class EulaStep(Step):
    """The EULA's file, looked into at once."""

    slug = "eula"
    title = "EULA"
    intro = "Customers of the Marketplace accept your own licence agreement when they buy. Choose its PDF."

    skipped = "free tile"

    def compose_questions(self) -> Iterator[Widget]:
        """The file, and what is in it."""
        yield from super().compose_questions()
        yield Static("", id="eula-facts", markup=False)

    def show(self, report: Report) -> None:
        """Also the pages, the title and the first lines of the file."""
        super().show(report)
        box = self.query_one("#eula-facts", Static)
        file = report.tile.file(report.tile.text_at("/legal_terms/eula"))
        box.display = file is not None
        if file is not None and file is not getattr(self, "_inspected", None):
            self._inspected = file
            box.update("looking into the file …")
            self.run_worker(lambda: self._inspect(file), thread=True, exclusive=True, group="eula")

    def _inspect(self, file) -> None:  # type: ignore[no-untyped-def]
        from tilewizard.inspection.pdf import inspect_pdf

        facts = inspect_pdf(file.data)
        lines = (
            [f"✗ {facts.fault}"]
            if facts.fault
            else [f"✓ {facts.pages} page{'s' * (facts.pages != 1)}, {facts.size:,} bytes"]
        )
        if facts.encrypted:
            lines = ["✗ it is encrypted"]
        lines += [f"Title: {facts.title}"] if facts.title else []
        lines += [f"  {line}" for line in facts.first_lines]
        self.app.call_from_thread(self._tell, "\n".join(lines))

    def _tell(self, text: str) -> None:
        if self.is_mounted:
            self.query_one("#eula-facts", Static).update(text)
