"""Starter text: it reads well for every type and target, passes the rules, and is told apart from edited text."""

from __future__ import annotations

from itertools import product

import pytest
from tilewizard.answers.listing import Author, Listing
from tilewizard.answers.model import OFFERINGS, Answers
from tilewizard.authoring.author import author
from tilewizard.checking.check import check
from tilewizard.field.vocabulary import Target, TileType
from tilewizard.readme.starters import AGENT_DOCS, GAP, TEMPLATES, gaps, listed, starter, unedited, with_starter
from tilewizard.session.session import Session

EVERY = list(product(TileType, OFFERINGS, Target))
FULL = {
    "listing": Listing(title="Acme Widget"),
    "author": Author(name="Acme Corp", support_email="support@acme.example"),
    "readme_links": {"1": "https://acme.example"},
}


def answers(kind: TileType, offering: str, target: Target, **more: object) -> Answers:
    given = {"submits": ["metrics", "events", "service_checks"], "queries": ["metrics"], **FULL, **more}
    return Answers(type=kind, offering=offering, target=target, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "offering", "target"), EVERY)
@pytest.mark.parametrize("given", [{}, {"queries": []}, {"oauth_client": {"exception": "On premises."}}])
def test_every_type_has_starter_text_that_is_recognised_until_it_is_edited(
    kind: TileType, offering: str, target: Target, given: dict[str, object]
) -> None:
    one = answers(kind, offering, target, **given)
    for title in TEMPLATES:
        text = starter(one, title)
        assert text == text.strip() and "\n\n\n" not in text and "  \n" not in text and "{" not in text
        assert unedited(title, text), text
        assert unedited(title, text.replace("\n", "\r\n") + "\n\n"), "line ends are no edit"
        found = gaps(text)
        assert found and [gap for _, gap in found] == GAP.findall(text)
        for offset, gap in found:
            edited = f"{text[:offset]}our own words{text[offset + len(gap) :]}"
            assert not unedited(title, edited), gap
        assert not unedited(title, f"{text}\n\nAnd more of it.")
        assert not any(unedited(other, text) for other in TEMPLATES if other != title)


@pytest.mark.parametrize(("kind", "offering", "target"), EVERY)
def test_starter_text_passes_every_rule_on_readmes_but_its_own(kind: TileType, offering: str, target: Target) -> None:
    one = answers(kind, offering, target)
    for title in TEMPLATES:
        one = with_starter(one, title)
    one = one.model_copy(update={"readme_links": {k: v for k, v in one.readme_links.items() if k != "1"}})
    found = [each for each in check(author(one)) if each.rule.startswith("readme/")]
    if offering not in ("integration", "software-license"):  # Its starter speaks of the service, not yet of its data.
        found = [each for each in found if each.rule != "readme/untold-data"]
    assert {each.rule for each in found} == {"readme/starter"}, [
        each for each in found if each.rule != "readme/starter"
    ]
    assert [each.message for each in found] == [f"{title} is still starter text" for title in TEMPLATES]


def test_without_a_name_or_an_address_the_gaps_stand_for_them() -> None:
    for kind, offering, target in EVERY:
        bare = Answers(type=kind, offering=offering, target=target)  # type: ignore[arg-type]
        for title in TEMPLATES:
            text = starter(bare, title)
            assert unedited(title, text) and [gap for _, gap in gaps(text)] == GAP.findall(text)
    assert "«Product name»" in starter(Answers(), "Overview") and "«support address»" in starter(Answers(), "Support")


def test_partners_words_are_put_in_and_never_a_template() -> None:
    odd = Listing(title="{{ 7 * 7 }} «x» [b]")
    text = starter(Answers(listing=odd, author=Author(support_email="a@b.example")), "Support")
    assert "{{ 7 * 7 }} «x» [b]" in text and "a@b.example" in text
    assert unedited("Support", text) and "«x»" not in [gap for _, gap in gaps(text)]


def test_other_text_is_no_starter_text() -> None:
    assert not unedited("Overview", "") and not unedited("Overview", "«Guillemets» in French") and gaps("«ça»") == []
    assert starter(Answers(), "Data Collected") == "" and not unedited("Licence", starter(Answers(), "Overview"))


def test_the_agents_address_gets_a_number_once() -> None:
    one = answers(TileType.PYTHON, "integration", Target.EXTRAS)
    once = with_starter(one, "Setup")
    assert once.readme_links == {"1": "https://acme.example", "2": AGENT_DOCS} and "Agent][2]" in once.readme["Setup"]
    assert with_starter(once, "Setup") == once


def test_words_are_listed_as_one_says_them() -> None:
    assert [listed(words) for words in ([], ["logs"], ["metrics", "service_checks", "logs"])] == [
        "",
        "logs",
        "metrics, service checks and logs",
    ]


def test_each_gap_that_is_left_is_found_where_it_stands() -> None:
    session = Session(answers(TileType.REST_API, "integration", Target.MARKETPLACE))
    text = starter(session.answers, "Overview").replace("«what goes wrong»", "it is slow")
    session.set(("readme", "Overview"), text)
    found = [each for each in session.examine().at(("readme", "Overview")) if each.rule == "readme/starter"]
    assert len(found) == len(gaps(text)) and all("of the starter text" in each.message for each in found)


@pytest.mark.parametrize(
    ("reason", "asked"), [("", "you sign in and allow access"), ("On premises.", "create an API key")]
)
def test_customers_of_an_api_connect_by_oauth_unless_there_is_a_reason(reason: str, asked: str) -> None:
    one = answers(TileType.REST_API, "integration", Target.EXTRAS, oauth_client={"exception": reason})
    assert asked in starter(one, "Setup")
    assert ("examples/rest_api/connect.py" in author(one).paths) is not bool(reason)
