"""Data Collected, made from what a tile sends."""

from __future__ import annotations

import pytest
from tilewizard.answers.listing import Listing
from tilewizard.answers.model import SUBMITS, Answers
from tilewizard.answers.telemetry import Logs, ServiceCheck
from tilewizard.authoring.author import author
from tilewizard.checking.check import check
from tilewizard.field.vocabulary import Target, TileType, repository_of
from tilewizard.readme.data_collected import data_collected, label_for, refreshed, with_data_collected

CHECK = ServiceCheck(
    name="Can  Connect", check="acme.can_connect", statuses=["ok", "critical"], description="Is\nit up."
)


def answers(*submits: str, **more: object) -> Answers:
    return Answers(submits=list(submits), listing=Listing(title="Acme Widget"), **more)  # type: ignore[arg-type]


def headings(text: str) -> list[str]:
    return [line[4:] for line in text.splitlines() if line.startswith("### ")]


def test_what_is_sent_is_said_and_what_is_not_as_well() -> None:
    text = data_collected(answers("metrics", service_checks=[CHECK]))
    assert headings(text) == ["Metrics", "Service Checks", "Events"]
    assert "See [metadata.csv][1] for a list of metrics provided by this integration." in text
    assert "- **`acme.can_connect` (Can Connect)**: Is it up. Statuses: ok, critical." in text
    assert "Acme Widget does not include any events." in text
    text = data_collected(answers("events", "logs", logs=Logs(source="acme")))
    assert "does not include any metrics" in text and "does not include any service checks" in text
    assert "sends events" in text and "with the source `acme`" in text
    everything = headings(data_collected(answers(*SUBMITS)))
    assert everything == ["Metrics", "Service Checks", "Events", "Logs", "Traces", "Incidents", "Security Events"]


def test_a_tile_without_data_says_so() -> None:
    text = data_collected(answers(type=TileType.TILE_ONLY))
    assert "sends no data" in text and headings(text) == []


def test_a_title_with_braces_is_text() -> None:
    one = answers("traces").model_copy(update={"listing": Listing(title="{title} {0} {{")})
    assert "{title} {0} {{ sends traces" in data_collected(one)


@pytest.mark.parametrize("target", list(Target))
def test_the_section_goes_behind_setup_with_its_link_and_passes_the_rules(target: Target) -> None:
    sections = {"Overview": "What it is.", "Setup": "1. Install it.", "Support": "Write."}
    one = with_data_collected(answers("metrics", "events", target=target, readme=sections))
    assert list(one.readme) == ["Overview", "Setup", "Data Collected", "Support"]
    (url,) = one.readme_links.values()
    repository = repository_of(target, sold=False).value
    assert url.startswith(f"https://github.com/DataDog/{repository}/blob/master/") and url.endswith("/metadata.csv")
    wrong = [each.rule for each in check(author(one)) if each.rule.startswith("readme/")]
    assert set(wrong) <= {"readme/section-missing"}
    assert with_data_collected(one) == one


def test_made_anew_its_own_parts_change_and_everything_else_stays() -> None:
    one = answers("metrics")
    text = f"An introduction.\n\n{data_collected(one)}\n\n### Tags\n\nOurs.\n\n#### Deeper\n\nOurs too."
    again = refreshed(text, answers("metrics", "logs"))
    assert headings(again) == ["Metrics", "Service Checks", "Events", "Logs", "Tags"]
    assert again.startswith("An introduction.\n\n### Metrics") and again.endswith("Ours.\n\n#### Deeper\n\nOurs too.")
    assert refreshed(again, answers("metrics", "logs")) == again
    assert refreshed("", one) == data_collected(one)


def test_an_address_keeps_its_label() -> None:
    links = {"1": "https://a.example", "docs": "https://b.example", "7": "https://c.example"}
    assert label_for(links, "https://b.example") == "docs" and label_for(links, "https://d.example") == "8"
    assert label_for({}, "https://d.example") == "1"
