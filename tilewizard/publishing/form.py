"""The form of the Developer Platform: each field declared once, in the form's order, with what it takes from a tile and its limits.

From Datadog's documentation (build an integration; create an API-based integration; create a log pipeline; create an integration
dashboard; create an integration monitor template; create a Cloud SIEM detection rule).
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence

from tilewizard.language import _

from ..answers.conditions import sends_data, sends_metrics
from ..answers.oauth_client import SEND_SCOPE, connects, may_connect
from ..field.asset_kinds import DASHBOARDS, DETECTION_RULES, MONITORS, AssetKind
from ..field.vocabulary import DESCRIPTION_MAX, DESCRIPTION_MAX_MARKETPLACE, MEDIA_MAX, TITLE_MAX
from ..inspection.dashboard import monitor_summary
from ..preview.price import price_sentence
from ..rules.assets.logs import log_files
from ..rules.selling.legal import eula_file
from ..tile.asset_files import files_of, objects_of
from ..tile.tile import METADATA, TileFile
from .form_entries import (
    GIVEN,
    Demand,
    Entry,
    Filled,
    Page,
    Value,
    files_between,
    files_from,
    no_more_than,
    nothing,
    section,
    text_of,
    texts_of,
)
from .requirements import PICTURES_MIN, Sight

EACH_MAX = 10
"""Dashboards, monitors and detection rules that a listing takes, of each (Datadog documentation, one page for each kind)."""


def _is_short(sight: Sight, filled: Filled) -> bool:
    return len(filled.text) <= (DESCRIPTION_MAX_MARKETPLACE if _sold(sight) else DESCRIPTION_MAX)


def _sold(sight: Sight) -> bool:
    return sight.tile.sold


def by_agent(sight: Sight) -> bool:
    """Whether a package for the Agent belongs to the tile, whose code is published from a repository."""
    return sight.answers.type.agent_based or sight.tile.file("pyproject.toml") is not None


def _connects(sight: Sight) -> bool:
    return connects(sight.answers)


def _is_exception(sight: Sight) -> bool:
    return may_connect(sight.answers) and not _connects(sight)


def _sends(kind: str) -> Callable[[Sight], bool]:
    return lambda sight: kind in sight.answers.submits


def _sends_data(sight: Sight) -> bool:
    return sends_data(sight.answers)


def _sends_metrics(sight: Sight) -> bool:
    return sends_metrics(sight.answers)


def _command(sight: Sight) -> str:
    releases = sight.answers.changelog
    version = releases[0].version if releases else ""
    package = shlex.quote(f"datadog-{sight.tile.name}=={version or '1.0.0'}")
    return f"datadog-agent integration install -t {package}"


def _kinds(found: Sequence[object]) -> list[str]:
    return [str(each).replace("_", " ").capitalize() for each in found]


def _logo(sight: Sight) -> list[TileFile]:
    logo = sight.preview.card.logo
    return [logo] if logo is not None else []


def _pictures(sight: Sight) -> Filled:
    shots = [each for each in sight.preview.shots if each.file is not None and not each.video]
    captions = tuple(
        (_("Caption of picture {place}", place=at), each.caption) for at, each in enumerate(shots, 1) if each.caption
    )
    return Filled(captions, tuple(each.file for each in shots if each.file is not None))


def _metadata(sight: Sight) -> list[TileFile]:
    file = sight.tile.file(METADATA)
    return [file] if file is not None and file.link is None else []


def _curated_is_blank(sight: Sight, __: Filled) -> bool:
    return not any(str(row.curated_metric or "").strip() for row in sight.answers.metrics.rows)


def _monitors(sight: Sight) -> Filled:
    values: list[Value] = []
    files = list(files_of(sight.tile, MONITORS))
    read = {file.path: value for file, value in objects_of(sight.tile, MONITORS)}
    for at, file in enumerate(files, 1):
        value = read.get(file.path, {})
        told = value.get("description") or ""
        values += [
            (_("Display Name of monitor {place}", place=at), monitor_summary(value).title),
            (_("Description of monitor {place}", place=at), told),
        ]
    named = [(label, text.strip()) for label, text in values if isinstance(text, str) and text.strip()]
    return Filled(tuple(named), tuple(files))


def _all_described(__: Sight, filled: Filled) -> bool:
    return len(filled.values) == 2 * len(filled.files)


def _enough_monitors(sight: Sight, filled: Filled) -> bool:
    return bool(filled.files) or not _sends_metrics(sight)


def _kind(kind: AssetKind) -> Callable[[Sight], Filled]:
    return files_from(lambda sight: files_of(sight.tile, kind))


def _pipelines(sight: Sight) -> list[TileFile]:
    return [*log_files(sight.tile, tests=False), *log_files(sight.tile, tests=True)]


def _has_tests(sight: Sight, __: Filled) -> bool:
    pipelines, tests = (sum(1 for __ in log_files(sight.tile, tests=each)) for each in (False, True))
    return 0 < pipelines <= tests


def _prices(sight: Sight) -> list[str]:
    return [price_sentence(plan) for plan in sight.answers.pricing]


def _eula(sight: Sight) -> list[TileFile]:
    file = eula_file(sight.tile)
    return [file] if file is not None else []


def _is_numbered(__: Sight, filled: Filled) -> bool:
    return re.search(r"^ {0,3}\d{1,9}[.)] ", filled.text, re.MULTILINE) is not None


_RELEASES = _(
    "Leave them as they are at the first launch. Later say there what a version adds, changes, fixes and removes."
)
FORM = (
    Page(
        _("New Listing"),
        (
            Entry("Type", text_of(lambda sight: sight.preview.card.offering), (GIVEN,)),
            Entry("Name", text_of(lambda sight: sight.answers.listing.title), (GIVEN, no_more_than(TITLE_MAX))),
        ),
    ),
    Page(
        "Overview",
        (
            Entry(_("Vendor name"), text_of(lambda sight: sight.answers.author.name), (GIVEN,)),
            Entry(_("Vendor URL"), text_of(lambda sight: sight.answers.author.homepage), (GIVEN,)),
            Entry(
                _("Short description"),
                text_of(lambda sight: sight.answers.listing.description),
                (
                    GIVEN,
                    Demand(
                        _(
                            "It has at most {limit} characters, {description_max_marketplace} on the Marketplace.",
                            limit=DESCRIPTION_MAX,
                            description_max_marketplace=DESCRIPTION_MAX_MARKETPLACE,
                        ),
                        _is_short,
                    ),
                ),
            ),
            Entry(_("Overview of the README"), section("Overview"), note=_("Where the form takes a longer text.")),
            Entry("Tags", texts_of(lambda sight: sight.answers.listing.categories), (GIVEN,)),
            Entry(_("Wordmark logo"), files_from(_logo), (GIVEN,), _("Upload the SVG."), subjects=("logo",)),
            Entry(
                _("Integration ID"),
                text_of(lambda sight: sight.answers.listing.app_id),
                (GIVEN,),
                _("It never changes."),
            ),
        ),
    ),
    Page(
        _("Configuration Method"),
        (
            Entry(
                "Agent",
                text_of(_command),
                note=_(
                    "Choose Agent: the form shows this command. The code itself is reviewed as a pull request beside the form."
                ),
                applies=by_agent,
            ),
            Entry(
                _("API key"),
                text_of(lambda sight: sight.answers.oauth_client.exception),
                note=_("Datadog's Ecosystems team has granted an exception from OAuth. This is its reason."),
                applies=_is_exception,
            ),
            Entry(
                _("Client name"),
                text_of(lambda sight: sight.answers.oauth_client.name or sight.answers.listing.title),
                (GIVEN,),
                _("Choose API with OAuth. The client is called as the integration."),
                _connects,
                ("oauth",),
            ),
            Entry(
                _("Onboarding URL"),
                text_of(lambda sight: sight.answers.oauth_client.onboarding_url),
                (GIVEN,),
                applies=_connects,
            ),
            Entry(
                _("Redirect URIs"),
                texts_of(lambda sight: sight.answers.oauth_client.redirect_uris),
                (GIVEN,),
                applies=_connects,
            ),
            Entry(
                "Scopes",
                texts_of(lambda sight: sight.answers.oauth_client.scopes),
                (
                    Demand(
                        _("{send_scope} is among them where data is sent.", send_scope=SEND_SCOPE),
                        lambda sight, filled: SEND_SCOPE in filled.text.split("\n") or not _sends_data(sight),
                    ),
                ),
                _("Choose as few as possible."),
                _connects,
            ),
            Entry(
                _("Client secret"),
                nothing,
                note=_(
                    "Press Generate Secret there. It is shown once: keep it in your store of secrets. tilewizard never asks for it."
                ),
                applies=_connects,
            ),
            Entry(
                _("Test Authorization"),
                nothing,
                note=_(
                    "Try it from the form, then take addresses of tests out. Submission shows the production credentials, once."
                ),
                applies=_connects,
            ),
        ),
    ),
    Page(
        "Setup",
        (
            Entry("Setup", section("Setup"), (GIVEN, Demand(_("It has a numbered list of steps."), _is_numbered))),
            Entry("Uninstallation", section("Uninstallation"), (GIVEN,)),
        ),
    ),
    Page(
        "Data",
        (
            Entry(_("Queried data types"), texts_of(lambda sight: _kinds(sight.answers.queries))),
            Entry(
                _("Submitted data types"), texts_of(lambda sight: _kinds(sight.answers.submits)), applies=_sends_data
            ),
            Entry(
                _("Metric check"),
                texts_of(lambda sight: [check] if isinstance(check := sight.answers.metrics.check, str) else check),
                (GIVEN,),
                applies=_sends_metrics,
            ),
            Entry(
                "metadata.csv",
                files_from(_metadata),
                (GIVEN, Demand(_("Its column curated_metric is blank: Datadog fills it."), _curated_is_blank)),
                applies=_sends_metrics,
                subjects=("metadata",),
            ),
            Entry(_("Log source"), text_of(lambda sight: sight.answers.logs.source), (GIVEN,), applies=_sends("logs")),
            Entry(
                _("Log pipeline"),
                files_from(_pipelines),
                (Demand(_("There is a pipeline, and a file of tests for it."), _has_tests),),
                _("Upload the pipeline, then its tests."),
                _sends("logs"),
                ("logs",),
            ),
        ),
    ),
    Page(
        "Content",
        (
            Entry(
                "Dashboards",
                _kind(DASHBOARDS),
                (files_between(1, EACH_MAX),),
                applies=lambda sight: _sends_data(sight) or any(files_of(sight.tile, DASHBOARDS)),
                subjects=("dashboards",),
            ),
            Entry(
                "Monitors",
                _monitors,
                (
                    Demand(_("There is at least one where metrics are sent."), _enough_monitors),
                    Demand(
                        _("There are at most {limit} of them.", limit=EACH_MAX),
                        lambda __, filled: len(filled.files) <= EACH_MAX,
                    ),
                    Demand(_("Each has a display name and a description."), _all_described),
                ),
                applies=lambda sight: _sends_metrics(sight) or any(files_of(sight.tile, MONITORS)),
                subjects=("monitors",),
            ),
            Entry(
                _("Detection rules"),
                _kind(DETECTION_RULES),
                (files_between(1, EACH_MAX),),
                applies=lambda sight: any(files_of(sight.tile, DETECTION_RULES)),
                subjects=("security",),
            ),
        ),
    ),
    Page(
        "Images", (Entry("Images", _pictures, (files_between(PICTURES_MIN, MEDIA_MAX),), subjects=("image", "media")),)
    ),
    Page(
        "Support",
        (
            Entry(_("Support contact"), text_of(lambda sight: sight.answers.author.support_email), (GIVEN,)),
            Entry(_("Support of the README"), section("Support"), note=_("Where the form takes a longer text.")),
        ),
    ),
    Page(
        "Marketplace",
        (
            Entry("Pricing", texts_of(_prices), (GIVEN,), applies=_sold, subjects=("pricing",)),
            Entry(_("Licence agreement (EULA)"), files_from(_eula), (GIVEN,), _("Upload the PDF."), _sold, ("eula",)),
        ),
    ),
    Page(_("Release notes"), (Entry(_("Release notes"), nothing, note=_RELEASES),)),
    Page(_("Preview and submit"), (Entry("Submit", nothing, note=_("Look at the preview, then press Submit.")),)),
)
"""Every page, in order."""
