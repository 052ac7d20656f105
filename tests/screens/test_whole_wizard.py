"""A first tile, from the welcome to the written directory, with the keyboard alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tilewizard.answers.paths import replaced
from tilewizard.answers.yaml_text import dumps, load
from tilewizard.rules.findings import Severity
from tilewizard.screens.done import DoneScreen
from tilewizard.session.session import Session

from tests.conftest import EXAMPLES, needs_examples
from tests.screens.driving import Hand, wizard


async def author_the_example(hand: Hand) -> None:
    """Enter everything of the example answers by hand."""
    await hand.press("enter")
    await hand.checked()
    # Integration type: marketplace and rest-api are where it starts.
    await hand.press("tab", "tab", "tab")
    await hand.fill("metrics, events", "metrics")
    await hand.next("listing")
    await hand.fill(
        "Acme Widget",
        "Watch every Acme widget and act on it from Datadog",
        "Automation, Cloud, Metrics",
        "Linux, Windows, macOS",
        "Acme Corp",
        "https://acme.example",
        "support@acme.example",
        "acme-corp",
    )
    # The fields that fill themselves in; of these only the sales address and the links are given.
    while not hand.at("author.sales_email"):
        await hand.press("tab")
    await hand.type("sales@acme.example")
    while not hand.at("listing.resources"):
        await hand.press("tab")
    await hand.press("f7", "down", "down", "tab")
    await hand.type("https://docs.acme.example/datadog")
    await hand.next("pricing")
    await hand.press("down", "down", "down", "tab")
    await hand.fill("12.5", "Widget", "", "widget_id", "", "Per widget per month")
    await hand.next("readme")
    answers = load(EXAMPLES / "answers.yaml")
    for title in ("Overview", "Setup", "Uninstallation"):
        await hand.fill(answers.readme[title])
    links = "".join(f"\n[{label}]: {url}" for label, url in answers.readme_links.items())
    await hand.type(answers.readme["Support"] + links)
    await hand.next("metrics")
    await hand.press("tab", "tab", "f7")
    await hand.type("acme_widget.requests")
    await hand.press("tab", "down", "tab", "tab")
    await hand.type("request")
    await hand.press("tab", "tab")
    await hand.type("Requests that the widget served.")
    await hand.press("tab", "tab", "tab")
    await hand.type("requests")
    await hand.press("f7")
    await hand.type("acme_widget.latency")
    await hand.press("tab", "down", "down", "tab", "tab")
    await hand.type("millisecond")
    await hand.press("tab", "tab")
    await hand.type("Mean time to serve a request.")
    await hand.press("tab", "up", "tab", "tab")
    await hand.type("latency")
    await hand.next("media")
    for medium in answers.media:
        await hand.press("f7")
        await hand.type(medium.image)
        await hand.press("tab")
        await hand.type(medium.caption)
    await hand.press("tab")
    await hand.type(answers.logo)
    await hand.next("dashboards")
    await hand.press("tab")
    await hand.type(answers.dashboards["acme_widget_overview"])
    await hand.next("eula")
    await hand.type(answers.eula)
    await hand.next("changelog")
    await hand.next("review")


async def written_by_hand(hand: Hand) -> Session:
    """Write what was entered, which nothing stands against; the session that did."""
    session = hand.wizard.session
    report = session.examine()
    assert [each.message for each in report.findings if each.severity is not Severity.INFO] == []
    assert hand.pilot.app.focused is hand.wizard.query_one("#write"), "nothing stands against writing it"
    await hand.press("enter")
    assert isinstance(hand.pilot.app.screen, DoneScreen)
    return session


def same_as_its_answers_file(session: Session, folder: Path) -> None:
    """The tile in the folder ``hand`` is byte for byte what the answers file of the example gives."""
    answers = load(EXAMPLES / "answers.yaml")
    answers = replaced(answers, ("listing", "app_uuid"), session.answers.listing.app_uuid)
    answers = replaced(answers, ("integration", "source_type_id"), session.answers.integration.source_type_id)
    answers = replaced(answers, ("changelog", 0, "date"), date.today().isoformat())
    root, written = Session(answers, into=folder / "file").write()
    by_hand = folder / "hand" / "acme_corp_acme_widget"
    assert sorted(path.relative_to(by_hand).as_posix() for path in by_hand.rglob("*") if path.is_file()) == sorted(
        written
    )
    for path in written:
        assert (by_hand / path).read_bytes() == (root / path).read_bytes(), path


@needs_examples
@pytest.mark.slow
@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_tile_authored_by_hand_is_what_its_answers_file_gives(tmp_path: Path, size: tuple[int, int]) -> None:
    async with wizard(size, into=tmp_path / "hand") as hand:
        await author_the_example(hand)
        session = await written_by_hand(hand)
    same_as_its_answers_file(session, tmp_path)


@needs_examples
async def test_a_tile_finished_by_hand_is_what_its_answers_file_gives(tmp_path: Path) -> None:
    answers = load(EXAMPLES / "answers.yaml")
    begun = replaced(replaced(answers, ("eula",), ""), ("listing", "title"), "")
    kept = tmp_path / "answers.yaml"
    kept.write_text(dumps(replaced(begun, ("changelog", 0, "date"), date.today().isoformat())), "utf-8")
    async with wizard((80, 24), answers=kept, into=tmp_path / "hand") as hand:
        await hand.next("listing")
        await hand.type(answers.listing.title)
        for slug in ("pricing", "readme", "metrics", "media", "dashboards", "eula"):
            await hand.next(slug)
        await hand.type(answers.eula)
        for slug in ("changelog", "review"):
            await hand.next(slug)
        session = await written_by_hand(hand)
    same_as_its_answers_file(session, tmp_path)
