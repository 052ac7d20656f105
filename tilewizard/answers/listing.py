"""The questions on the tile itself: its card, its author, its identity in Datadog."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool

from tilewizard.field import vocabulary
from tilewizard.field.vocabulary import OWNER, TileType, tag_values
from tilewizard.field.vocabulary import vocabulary as lists

from . import deriving
from .conditions import on_marketplace, sends_data
from .declaring import DOCS_MARKETPLACE, DOCS_TILE, Ask, Group, Kind, Number, Text


class Resource(Group):
    """A link on the tile's card."""

    resource_type: Annotated[
        Text,
        Ask(
            "Kind of link",
            "What the link leads to.",
            "documentation",
            kind=Kind.CHOICE,
            choices=tuple(lists()["resource_types"]),
            width=15,
        ),
    ] = ""
    url: Annotated[
        Text,
        Ask(
            "Address",
            "A page for your customers: documentation, a blog post.",
            "https://docs.acme.example/datadog",
            width=40,
        ),
    ] = ""


class Listing(Group):
    """What the card of the tile says, and the names it goes by."""

    title: Annotated[
        Text,
        Ask(
            "Title",
            "The name of your offering as customers know it. It is the first thing they read.",
            "Acme Widget",
            "the heading of the tile's card and page",
            at="/tile/title",
            limit=vocabulary.TITLE_MAX,
            required=True,
            docs=DOCS_TILE,
        ),
    ] = ""
    description: Annotated[
        Text,
        Ask(
            "Description",
            "One line on what it does for the customer, without a full stop at the end.",
            "Watch every Acme widget and act on it from Datadog",
            "below the title on the card",
            at="/tile/description",
            limit=deriving.description_limit,
            required=True,
            docs=DOCS_TILE,
        ),
    ] = ""
    categories: Annotated[
        list[Text],
        Ask(
            "Categories",
            "The shelves that your tile stands on in Datadog's catalogue. Choose those that a customer would search in.",
            "Automation, Cloud, Metrics",
            "the filters on the Integrations page",
            Kind.CHOICES,
            at="/tile/classifier_tags",
            choices=tag_values("Category"),
            required=True,
        ),
    ] = Field(default_factory=list)
    supported_os: Annotated[
        list[Text],
        Ask(
            "Supported OS",
            "Where it runs. A hosted service that works everywhere lists all three desktop systems.",
            "Linux, Windows, macOS",
            "the filters on the Integrations page",
            Kind.CHOICES,
            at="/tile/classifier_tags",
            choices=tag_values("Supported OS"),
            required=True,
        ),
    ] = Field(default_factory=list)
    app_id: Annotated[
        Text,
        Ask(
            "App id",
            "The tile's identity in Datadog, kebab case. It can never change once the tile is published.",
            "acme-corp-acme-widget",
            "the address of the tile's page",
            at="/app_id",
            derive=deriving.app_id,
            required=True,
        ),
    ] = ""
    directory: Annotated[
        Text,
        Ask(
            "Directory",
            "The tile's folder in the repository, snake case.",
            "acme_corp_acme_widget",
            "the repository only",
            derive=deriving.directory,
            required=True,
        ),
    ] = ""
    display_on_public_website: Annotated[
        StrictBool | None,
        Ask(
            "Show on Datadog's public website",
            "Whether the tile is listed on docs.datadoghq.com as well. Once on, it stays on.",
            "true",
            "Datadog's public documentation",
            Kind.SWITCH,
            at="/display_on_public_website",
            derive=lambda _: True,
        ),
    ] = None
    resources: Annotated[
        list[Resource],
        Ask(
            "Resources",
            "Links for your customers: documentation, a blog post.",
            "documentation https://docs.acme.example/datadog",
            "below the tile's description",
            Kind.TABLE,
            at="/tile/resources",
            docs=DOCS_TILE,
        ),
    ] = Field(default_factory=list)
    owner: Annotated[
        Text,
        Ask(
            "Owner",
            "The team at Datadog that looks after partner tiles. Leave it unless Datadog tells you otherwise.",
            OWNER,
            "nowhere",
            at="/owner",
            derive=lambda _: OWNER,
        ),
    ] = ""
    app_uuid: Annotated[
        Text,
        Ask(
            "App UUID",
            "A number that no other tile has; widgets of your dashboards name it. It was made for you and never changes.",
            "5f0b1a9c-3d0e-4b7a-9c58-6d1f0a2b3c4d",
            "nowhere",
            at="/app_uuid",
            required=True,
        ),
    ] = ""


class Author(Group):
    """Who offers the tile."""

    name: Annotated[
        Text,
        Ask(
            "Company",
            "Your company's name as customers know it.",
            "Acme Corp",
            "the tile's page, as its author",
            at="/author/name",
            required=True,
        ),
    ] = ""
    homepage: Annotated[
        Text,
        Ask(
            "Homepage",
            "Your company's website.",
            "https://acme.example",
            "the author's name links to it",
            at="/author/homepage",
            required=True,
        ),
    ] = ""
    support_email: Annotated[
        Text,
        Ask(
            "Support address",
            "Where customers write for help.",
            "support@acme.example",
            "the Support tab",
            at="/author/support_email",
            required=True,
        ),
    ] = ""
    sales_email: Annotated[
        Text,
        Ask(
            "Sales address",
            "Where Datadog and customers write about purchases and contracts.",
            "sales@acme.example",
            "the contact on a Marketplace page",
            at="/author/sales_email",
            required=True,
            derive=lambda answers: answers.author.support_email,
        ),
    ] = ""
    vendor_id: Annotated[
        Text,
        Ask(
            "Vendor id",
            "The name that Datadog issued to your company for the Marketplace: lower-case letters and dashes. "
            "It starts the app id and your metering metrics.",
            "acme-corp",
            "the address of your listings",
            at="/author/vendor_id",
            applies=on_marketplace,
            required=True,
            docs=DOCS_MARKETPLACE,
        ),
    ] = ""


class Integration(Group):
    """The ``assets.integration`` object: what Datadog must know of the data that is sent."""

    source_type_name: Annotated[
        Text,
        Ask(
            "Source type name",
            "The name that your metrics, events and service checks carry in Datadog. It never changes once published.",
            "Acme Widget",
            "the Metrics Summary and the event stream",
            at="/assets/integration/source_type_name",
            derive=lambda answers: answers.listing.title,
            applies=sends_data,
            required=True,
        ),
    ] = ""
    source_type_id: Annotated[
        Number | None,
        Ask(
            "Source type id",
            "A number that no other integration has. It was made from the clock, as Datadog's own scaffolder "
            "does, and never changes.",
            "63850113",
            "nowhere",
            Kind.NUMBER,
            at="/assets/integration/source_type_id",
            applies=sends_data,
            required=True,
        ),
    ] = None
    auto_install: Annotated[
        StrictBool | None,
        Ask(
            "Install automatically",
            "Whether the tile and its dashboards install themselves when your data arrives.",
            "true",
            "the Integrations page",
            Kind.SWITCH,
            at="/assets/integration/auto_install",
            derive=lambda _: True,
            applies=sends_data,
        ),
    ] = None
    process_signatures: Annotated[
        list[Text],
        Ask(
            "Process signatures",
            "Commands by which the Agent recognises your product on a host. Leave empty for a hosted service.",
            "acme-widgetd",
            "the Integrations page, as “detected”",
            Kind.LIST,
            at="/assets/integration/process_signatures",
            applies=lambda answers: (
                sends_data(answers) and answers.type in (TileType.OPENMETRICS, TileType.PYTHON, TileType.DOGSTATSD)
            ),
        ),
    ] = Field(default_factory=list)
    endpoint: Annotated[
        Text,
        Ask(
            "Endpoint",
            "Where the Agent check reads your product's metrics on a customer's host.",
            "http://localhost:9090/metrics",
            "the Agent's configuration",
            derive=lambda _: "http://localhost:9090/metrics",
            applies=lambda answers: answers.type in (TileType.OPENMETRICS, TileType.PYTHON),
        ),
    ] = ""
