"""What stands beside the form shows the answer that is edited: the line of the card, the tab, the part of it."""

from __future__ import annotations

import pytest
from tilewizard.answers.paths import Path
from tilewizard.answers.steps import STEPS_ASKED
from tilewizard.preview.following import LINES_MAX, ROWS_AROUND, Followed, followed
from tilewizard.preview.preview import Preview, preview_of
from tilewizard.session.session import Session


@pytest.fixture(scope="module")
def session() -> Session:
    return Session.on_example()


def preview(session: Session) -> Preview:
    return preview_of(session.tile(), session.settled())


def at(session: Session, step: str, *path: str | int) -> Followed:
    return followed(preview(session), session.settled(), step, path)


@pytest.mark.parametrize(
    ("step", "path", "line", "tab"),
    [
        ("listing", ("listing", "title"), "title", "Overview"),
        ("listing", ("listing", "description"), "description", "Overview"),
        ("listing", ("listing", "categories"), "tags", "Overview"),
        ("listing", ("author", "name"), "by", "Overview"),
        ("listing", ("author", "support_email"), "", "Support"),
        ("listing", ("listing", "resources", 0, "url"), "", "Overview"),
        ("type", ("submits",), "", "Data Collected"),
        ("pricing", ("pricing", 0, "unit_price"), "price", "Pricing"),
        ("readme", ("readme", "Setup"), "", "Configuration"),
        ("readme", ("readme", "Data Collected"), "", "Data Collected"),
        ("readme", ("readme", "Nothing of the kind"), "", "No tab"),
        ("metrics", ("metrics", "rows", 0, "unit_name"), "", "Data Collected"),
        ("changelog", ("changelog", 0, "added"), "", "Release Notes"),
        ("media", ("logo",), "sign", "Overview"),
        ("eula", ("eula",), "", "Pricing"),
    ],
)
def test_an_answer_shows_in_a_line_of_the_card_and_in_a_tab(
    session: Session, step: str, path: Path, line: str, tab: str
) -> None:
    found = at(session, step, *path)
    assert (found.line, found.tab) == (line, tab)


@pytest.mark.parametrize("step", [each.slug for each in STEPS_ASKED])
def test_every_step_has_something_beside_it_before_any_question_has_the_focus(session: Session, step: str) -> None:
    found = at(session, step)
    assert found.markdown or found.hint
    assert found.line == ""


def test_of_the_pictures_the_one_that_is_edited_is_chosen(session: Session) -> None:
    assert at(session, "media", "media", 2, "caption").shot == 2
    assert at(session, "media").shot == 0
    assert at(session, "media", "logo").shot is None


def test_of_many_metrics_those_around_the_edited_one_are_given() -> None:
    session = Session.on_example()
    row = session.answers.metrics.rows[0]
    many = [row.model_copy(update={"metric_name": f"acme.value_{number}"}) for number in range(3000)]
    session.set(("metrics", "rows"), many)
    found = at(session, "metrics", "metrics", "rows", 2500, "description")
    assert "value\\_2500 " in found.markdown
    assert found.markdown.count("acme") == 2 * ROWS_AROUND + 1
    assert len(at(session, "metrics").markdown.split("\n")) <= LINES_MAX


def test_release_notes_begin_with_the_release_that_is_edited() -> None:
    session = Session.on_example()
    release = session.answers.changelog[0]
    older = [release.model_copy(update={"version": f"0.{number}.0"}) for number in range(40, 0, -1)]
    session.set(("changelog",), [release, *older])
    assert at(session, "changelog", "changelog", 30, "added").markdown.split("\n")[0].startswith("## 0.11.0")
