"""The questions on how customers connect: the OAuth client, and the reason of who asks for an API key instead."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tilewizard.field.vocabulary import TileType
from tilewizard.language import _

from .conditions import exchanges_data
from .declaring import Ask, Group, Kind, Text
from .given import Given

DOCS_OAUTH = "https://docs.datadoghq.com/extend/authorization/oauth2_in_datadog/"
SEND_SCOPE = "api_keys_write"
"""The scope without which nothing can be sent: it lets the client make the API key (OAuth2 endpoints reference)."""
SCOPES = (SEND_SCOPE, "incident_write", "metrics_read", "timeseries_query", "events_read", "dashboards_read")
"""Scopes that published clients ask for most often."""


def connects(answers: Given) -> bool:
    """Whether customers connect by OAuth: data is exchanged with Datadog's API, and no exception was granted."""
    return may_connect(answers) and not answers.oauth_client.exception


def may_connect(answers: Given) -> bool:
    """Whether data is exchanged with Datadog's API at all."""
    return answers.type == TileType.REST_API and exchanges_data(answers)


def is_begun(answers: Given) -> bool:
    """Whether the client is described: it has an address, which nothing can stand in for."""
    client = answers.oauth_client
    return connects(answers) and bool(client.onboarding_url or client.redirect_uris)


def _derives(answers: Given) -> bool:
    """Whether values stand in for the client's: not where a file was picked, which has its own."""
    return is_begun(answers) and not answers.oauth


def _scopes(answers: Given) -> list[str]:
    """The least that the choices of the first step ask for."""
    if not _derives(answers):
        return []
    sends = set(answers.submits) - {"incidents"}
    return [*([SEND_SCOPE] if sends else []), *(["incident_write"] if "incidents" in answers.submits else [])]


class OAuthClient(Group):
    """The client of oauth_clients.json, as Datadog registers it."""

    onboarding_url: Annotated[
        Text,
        Ask(
            "Onboarding address",
            "Where a customer lands who presses Connect Accounts: your sign-in page. Datadog asks every API integration for "
            "OAuth. The file oauth_clients.json is made from these answers.",
            "https://acme.example/datadog/start",
            "the Configuration tab",
            applies=connects,
            docs=DOCS_OAUTH,
        ),
    ] = ""
    redirect_uris: Annotated[
        list[Text],
        Ask(
            "Redirect addresses",
            "Where Datadog sends the customer back to with the code; addresses of production, by https.",
            "https://acme.example/datadog/callback",
            "nowhere",
            Kind.LIST,
            applies=connects,
            docs=DOCS_OAUTH,
        ),
    ] = Field(default_factory=list)
    scopes: Annotated[
        list[Text],
        Ask(
            "Scopes",
            _("What the client may do; as little as possible. {scope} is what lets it send data.", scope=SEND_SCOPE),
            SEND_SCOPE,
            "the page on which the customer agrees",
            Kind.LIST,
            suggestions=lambda _: SCOPES,
            derive=_scopes,
            applies=connects,
            docs=DOCS_OAUTH,
        ),
    ] = Field(default_factory=list)
    name: Annotated[
        Text,
        Ask(
            "Client name",
            "The integration's name.",
            "Acme Widget",
            "the page on which the customer agrees",
            derive=lambda answers: answers.listing.title if _derives(answers) else "",
            applies=connects,
            docs=DOCS_OAUTH,
        ),
    ] = ""
    description: Annotated[
        Text,
        Ask(
            "Client description",
            "What the client does in the customer's account.",
            "Sends the Widget's metrics to Datadog",
            "the page on which the customer agrees",
            derive=lambda answers: answers.listing.description if _derives(answers) else "",
            applies=connects,
            docs=DOCS_OAUTH,
        ),
    ] = ""
    client_role: Annotated[
        Text,
        Ask(
            "Client role",
            "Every published client has the role integration.",
            "integration",
            "nowhere",
            Kind.CHOICE,
            choices=("integration",),
            derive=lambda answers: "integration" if _derives(answers) else "",
            applies=connects,
            docs=DOCS_OAUTH,
        ),
    ] = ""
    id: Annotated[
        Text,
        Ask(
            "Client id",
            "The identifier that Datadog's Developer Platform gives the client; leave it empty until then.",
            "12a85e64-7a73-11ed-a3a4-da7ad0900002",
            "nowhere",
            applies=connects,
            docs=DOCS_OAUTH,
        ),
    ] = ""
    exception: Annotated[
        Text,
        Ask(
            "API key instead",
            "Only when Datadog's Ecosystems team has granted the exception: why customers enter an API key. Empty with OAuth.",
            "Datadog agreed on 2026-10-01: the product runs on the customer's own hosts.",
            "nowhere; it stands in the example's code",
            applies=lambda answers: may_connect(answers) and bool(answers.submits),
            docs=DOCS_OAUTH,
        ),
    ] = ""
