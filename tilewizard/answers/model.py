"""Everything that a partner is asked for: the answers, as one immutable value.

An answers file, a draft and an export of a tile are this model as YAML; the wizard's forms are made from it.
None, an empty text and an empty list all mean "not given": a derived value then stands in where there is one.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StrictBool

from tilewizard.field.vocabulary import Target, TileType

from .conditions import by_platform, exchanges_data, on_marketplace, seems_sold, sends_data, sends_metrics
from .declaring import DOCS_GUIDE, DOCS_MARKETPLACE, DOCS_TILE, Ask, Group, Kind, Text
from .listing import Author, Integration, Listing
from .material import Medium, Release
from .oauth_client import OAuthClient
from .plans import Plan
from .telemetry import Logs, Metrics, ServiceCheck

SUBMITS = ("metrics", "logs", "events", "service_checks", "traces", "incidents", "security_events")
QUERIES = ("metrics", "logs", "traces", "events", "incidents")
OFFERED = ("integration", "software-license", "professional-service")
OFFERINGS = (*OFFERED, "ui-extension")
"""What an old tile may offer too: UI Extensions were discontinued on 2025-03-31 (DataDog/ui_apps_sdk, archived)."""


class Answers(Group):
    """Everything, in the order in which the wizard asks."""

    target: Annotated[
        Target,
        Ask(
            "Where it goes",
            "developer-platform: a new listing begins in Datadog's web form; you copy texts and upload files, Datadog reviews them there, "
            "and only Agent code is a pull request. marketplace, integrations-extras: all of it is a pull request to that repository, as "
            "for every tile that is there already; what is in marketplace is sold, what is in integrations-extras free and open source.",
            "marketplace",
            "which page lists it",
            Kind.CHOICE,
            step="type",
            choices=tuple(Target),
            required=True,
            docs=DOCS_GUIDE,
        ),
    ] = Target.MARKETPLACE
    sold: Annotated[
        StrictBool | None,
        Ask(
            "Customers pay for it",
            "What is sold is listed on the Marketplace: it has prices, your licence agreement, and a description of 70 characters at most.",
            "true",
            "which page lists it",
            Kind.SWITCH,
            step="type",
            derive=seems_sold,
            applies=by_platform,
            docs=DOCS_MARKETPLACE,
        ),
    ] = None
    type: Annotated[
        TileType,
        Ask(
            "Integration type",
            "How your product and Datadog exchange data.",
            "rest-api",
            "nowhere",
            Kind.CHOICE,
            step="type",
            choices=tuple(TileType),
            required=True,
            docs=DOCS_GUIDE,
        ),
    ] = TileType.REST_API
    offering: Annotated[
        Literal["integration", "software-license", "professional-service", "ui-extension"],
        Ask(
            "What you offer",
            "An integration of data, a licence for software, or a service by people.",
            "integration",
            "the filters on the Marketplace page",
            Kind.CHOICE,
            at="/tile/classifier_tags",
            step="type",
            choices=lambda answers: OFFERED if answers.offering in OFFERED else OFFERINGS,
            required=True,
            docs=DOCS_GUIDE,
        ),
    ] = "integration"
    submits: Annotated[
        list[Literal[SUBMITS]],  # type: ignore[valid-type]
        Ask(
            "What it sends to Datadog",
            "An integration must send something: Datadog lists none that only reads.",
            "metrics, events",
            "the filters on the Integrations page",
            Kind.CHOICES,
            at="/tile/classifier_tags",
            step="type",
            choices=SUBMITS,
            applies=exchanges_data,
            docs=DOCS_GUIDE,
        ),
    ] = Field(default_factory=list)
    queries: Annotated[
        list[Literal[QUERIES]],  # type: ignore[valid-type]
        Ask(
            "What it reads from Datadog",
            "Data that your product asks Datadog for. Leave empty when it only sends.",
            "metrics",
            "the filters on the Integrations page",
            Kind.CHOICES,
            at="/tile/classifier_tags",
            step="type",
            choices=QUERIES,
            applies=exchanges_data,
            docs=DOCS_GUIDE,
        ),
    ] = Field(default_factory=list)
    listing: Annotated[Listing, Ask("Listing", "What the card of the tile says.", step="listing")] = Listing()
    author: Annotated[Author, Ask("Author", "Who offers the tile.", step="listing")] = Author()
    integration: Annotated[
        Integration, Ask("Integration", "What Datadog must know of the data that is sent.", step="listing")
    ] = Integration()
    pricing: Annotated[
        list[Plan],
        Ask(
            "Pricing",
            "Plans that a customer can buy; each starts with a 14-day free trial.",
            "",
            "the Pricing tab",
            Kind.TABLE,
            at="/pricing",
            step="pricing",
            applies=on_marketplace,
            required=True,
            docs=DOCS_MARKETPLACE,
        ),
    ] = Field(default_factory=list)
    readme_title: Annotated[
        Text,
        Ask(
            "README heading",
            "The first line of README.md.",
            "Acme Widget",
            "nowhere",
            step="readme",
            at="README.md",
            derive=lambda answers: answers.listing.title,
        ),
    ] = ""
    readme_intro: Annotated[
        Text,
        Ask(
            "README introduction",
            "Text before the first section; most tiles have none.",
            "",
            "nowhere",
            Kind.LONG_TEXT,
            step="readme",
            at="README.md",
        ),
    ] = ""
    readme: Annotated[
        dict[str, Text],
        Ask(
            "README sections",
            "Each section is a tab of your tile's page.",
            "",
            "the tabs of the tile's page",
            Kind.TEXTS,
            at="README.md",
            step="readme",
            required=True,
            docs=DOCS_TILE,
        ),
    ] = Field(default_factory=dict)
    readme_links: Annotated[
        dict[Text, Text],
        Ask(
            "README links",
            "Addresses that the sections refer to by number: [text][1].",
            "https://docs.acme.example/datadog",
            "links in the tabs",
            Kind.TEXTS,
            at="README.md",
            step="readme",
        ),
    ] = Field(default_factory=dict)
    readme_images: Annotated[
        list[Text],
        Ask(
            "README pictures",
            "Pictures that the sections show; they are copied into images/.",
            "",
            "the tabs of the tile's page",
            Kind.LIST,
            step="readme",
        ),
    ] = Field(default_factory=list)
    metrics: Annotated[Metrics, Ask("Metrics", "What is measured.", step="metrics", applies=sends_metrics)] = Metrics()
    service_checks: Annotated[
        list[ServiceCheck],
        Ask(
            "Service checks",
            "States that your integration reports: ok, warning, critical.",
            "",
            "the Checks Summary",
            Kind.TABLE,
            at="assets/service_checks.json",
            step="metrics",
            applies=sends_data,
        ),
    ] = Field(default_factory=list)
    dashboards: Annotated[
        dict[str, Text],
        Ask(
            "Dashboards",
            "Dashboards that come with the tile, as JSON exported from your sandbox, each under a short name. For a name without "
            "a file one to start from is made from your metrics, events and logs.",
            "acme_widget_overview: acme_widget_overview.json",
            "the dashboard list, after installation",
            Kind.FILES,
            at="/assets/dashboards",
            step="dashboards",
            endings=(".json",),
        ),
    ] = Field(default_factory=dict)
    monitors: Annotated[
        dict[str, Text],
        Ask(
            "Monitors",
            "Recommended alerts, as JSON exported from your sandbox. For a name without a file one to start from is made from "
            "your metrics; its threshold is yours to set.",
            "acme_widget_errors: acme_widget_errors.json",
            "recommended monitors",
            Kind.FILES,
            at="/assets/monitors",
            step="dashboards",
            endings=(".json",),
        ),
    ] = Field(default_factory=dict)
    saved_views: Annotated[
        dict[str, Text],
        Ask(
            "Saved views",
            "Views of logs, traces or processes, as JSON.",
            "acme_widget_logs: acme_widget_logs.json",
            "the explorers",
            Kind.FILES,
            at="/assets/saved_views",
            step="dashboards",
            endings=(".json",),
        ),
    ] = Field(default_factory=dict)
    logs: Annotated[Logs, Ask("Logs", "Log collection.", step="logs")] = Logs()
    oauth: Annotated[
        Text,
        Ask(
            "OAuth client",
            "The file oauth_clients.json, when there is one already. It is made from the answers below otherwise.",
            "oauth_clients.json",
            "the Configuration tab",
            Kind.FILE,
            at="/assets/oauth",
            step="dashboards",
            endings=(".json",),
            applies=lambda answers: answers.type == TileType.REST_API,
        ),
    ] = ""
    oauth_client: Annotated[OAuthClient, Ask("OAuth client", "How customers connect.", step="dashboards")] = (
        OAuthClient()
    )
    media: Annotated[
        list[Medium],
        Ask(
            "Carousel",
            "Pictures of your product at work, at most eight, one of which may be a video. The Marketplace wants at least three.",
            "",
            "the carousel of the tile's page",
            Kind.TABLE,
            at="/tile/media",
            step="media",
            docs=DOCS_TILE,
        ),
    ] = Field(default_factory=list)
    logo: Annotated[
        Text,
        Ask(
            "Logo",
            "Your logo as SVG. You must hold the rights to it.",
            "acme_widget_logo.svg",
            "the card of the tile",
            Kind.FILE,
            at="assets/logos",
            step="media",
            endings=(".svg",),
            required=True,
            docs=DOCS_TILE,
        ),
    ] = ""
    logo_dark: Annotated[
        Text,
        Ask(
            "Logo for dark mode",
            "A second SVG, when the first can't be read on a dark ground.",
            "acme_widget_logo_dark.svg",
            "the card of the tile in dark mode",
            Kind.FILE,
            at="assets/logos",
            step="media",
            endings=(".svg",),
            docs=DOCS_TILE,
        ),
    ] = ""
    eula: Annotated[
        Text,
        Ask(
            "Licence agreement (EULA)",
            "Your own end-user licence agreement as PDF: customers accept it when they buy.",
            "eula.pdf",
            "the purchase",
            Kind.FILE,
            at="/legal_terms/eula",
            step="eula",
            endings=(".pdf",),
            applies=on_marketplace,
            required=True,
            docs=DOCS_MARKETPLACE,
        ),
    ] = ""
    changelog: Annotated[
        list[Release],
        Ask(
            "Changelog",
            "What each version brought, the newest first.",
            "1.0.0",
            "the Release Notes tab",
            Kind.TABLE,
            at="CHANGELOG.md",
            step="changelog",
            required=True,
        ),
    ] = Field(default_factory=list)
    files: Annotated[
        dict[str, Text],
        Ask(
            "Other files",
            "Files that no other question covers: their place in the tile, and where they are.",
            "",
            "",
            Kind.FILES,
            step="review",
        ),
    ] = Field(default_factory=dict)
    manifest: Annotated[
        dict[str, Any],
        Ask(
            "Other manifest keys",
            "Values at JSON pointers of manifest.json that no other question covers.",
            "",
            "",
            Kind.TEXTS,
            step="review",
        ),
    ] = Field(default_factory=dict)


Answers.model_rebuild()
