"""What a question may read of the other answers: its condition, its derived value, its limit.

The questions are part of the answers, so their declarations can't import the whole model; they name here what they
read of it. Whoever declares a question that reads more adds the attribute here, and mypy holds the model against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tilewizard.field.vocabulary import Target, TileType


class GivenListing(Protocol):
    """Of the card."""

    @property
    def title(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def app_id(self) -> str: ...


class GivenAuthor(Protocol):
    """Of who offers the tile."""

    @property
    def vendor_id(self) -> str: ...
    @property
    def support_email(self) -> str: ...


class GivenIntegration(Protocol):
    """Of what Datadog must know of the data."""

    @property
    def source_type_name(self) -> str: ...


class GivenPlan(Protocol):
    """Of a pricing plan."""

    @property
    def product_id(self) -> str: ...


class GivenMetric(Protocol):
    """Of a row of the metrics."""

    @property
    def metric_name(self) -> str: ...


class GivenMetrics(Protocol):
    """Of the metrics."""

    @property
    def rows(self) -> Sequence[GivenMetric]: ...


class GivenLogs(Protocol):
    """Of log collection."""

    @property
    def source(self) -> str: ...
    @property
    def pipeline(self) -> str: ...
    @property
    def tests(self) -> str: ...


class GivenOAuthClient(Protocol):
    """Of how customers connect."""

    @property
    def onboarding_url(self) -> str: ...
    @property
    def redirect_uris(self) -> Sequence[str]: ...
    @property
    def exception(self) -> str: ...


class Given(Protocol):
    """The answers, as far as questions read each other's."""

    @property
    def target(self) -> Target: ...
    @property
    def sold(self) -> bool | None: ...
    @property
    def type(self) -> TileType: ...
    @property
    def submits(self) -> Sequence[str]: ...
    @property
    def listing(self) -> GivenListing: ...
    @property
    def author(self) -> GivenAuthor: ...
    @property
    def integration(self) -> GivenIntegration: ...
    @property
    def pricing(self) -> Sequence[GivenPlan]: ...
    @property
    def eula(self) -> str: ...
    @property
    def metrics(self) -> GivenMetrics: ...
    @property
    def logs(self) -> GivenLogs: ...
    @property
    def oauth(self) -> str: ...
    @property
    def oauth_client(self) -> GivenOAuthClient: ...
