"""Where a finding stands, in the form's words."""

from __future__ import annotations

import pytest
from tilewizard.rules.findings import Finding, Severity
from tilewizard.session.place import Place, place_of
from tilewizard.session.session import Session

from tests.rules.clean_tile import clean_tile


@pytest.mark.parametrize(
    ("file", "pointer", "line", "place"),
    [
        ("manifest.json", "/tile/title", 3, Place("Title", "Listing")),
        ("metadata.csv", "/0/unit_name", 2, Place("Unit", "Metrics & checks, acme_widget.requests")),
        ("README.md", "/Setup", 9, Place("Setup", "README")),
        ("manifest.json", "/tile/media/0/image_url", 9, Place("Picture", "Media & logo, acme_widget_overview.png")),
        ("manifest.json", "/tile/resources/0/url", 9, Place("Address", "Listing, documentation")),
        ("manifest.json", "", 4, Place("", "manifest.json, line 4")),
        ("notes.txt", "", None, Place("", "notes.txt")),
    ],
)
def test_a_place_is_the_questions_label_and_its_step_and_row(
    file: str, pointer: str, line: int | None, place: Place
) -> None:
    report = Session(tile=clean_tile()).examine()
    finding = Finding("a/rule", Severity.ERROR, file, pointer, line, None, "", "", "review", form="Mend it.")
    assert place_of(finding, report) == place
