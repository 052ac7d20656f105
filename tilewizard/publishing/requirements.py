"""What is asked for before a listing is published: each requirement declared once, with the ways that ask for it.

What can be seen in the tile has a ``see``; what only the partner knows is asked. In the order of a launch: first what others take
days for, then what the tile holds, at last what is tried out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from tilewizard.language import _, ngettext

from ..answers.conditions import exchanges_data, sends_data, sends_metrics
from ..answers.model import Answers
from ..field.asset_kinds import DASHBOARDS, MONITORS, OAUTH_CLIENTS
from ..field.vocabulary import REPOSITORIES, Target, TileType
from ..preview.preview import Preview, preview_of
from ..rules.assets.logs import log_files
from ..rules.findings import Finding, Severity
from ..rules.media.logo import logos
from ..rules.selling.legal import eula_file
from ..rules.sources import (
    API_INTEGRATION,
    CREATE_A_TILE,
    DASHBOARD_DESIGN,
    DEVELOPER_PLATFORM,
    GUIDE,
    MARKETPLACE_OFFERING,
    MARKETPLACE_PRICING,
    OAUTH,
)
from ..tile.asset_files import files_of, objects_of
from ..tile.places import has_package
from ..tile.tile import Tile

PICTURES_MIN = 3
"""Pictures that reviewers ask for (Datadog documentation, create a tile)."""
EVERY = frozenset(Target)
SOLD = frozenset({Target.MARKETPLACE})


@dataclass(frozen=True)
class Sight:
    """All that a requirement may look at."""

    tile: Tile
    answers: Answers
    findings: tuple[Finding, ...]

    @cached_property
    def preview(self) -> Preview:
        """The tile as customers see it."""
        return preview_of(self.tile, self.answers)

    def errors(self, *subjects: str) -> int:
        """How many errors rules of some subjects found; without a subject all."""
        found = (each for each in self.findings if each.severity == Severity.ERROR)
        return sum(not subjects or each.rule.partition("/")[0] in subjects for each in found)


@dataclass(frozen=True)
class Seen:
    """What was seen of a requirement: whether it is met, in a sentence; ``remedy`` says what to do where it isn't."""

    met: bool
    words: str
    remedy: str = ""


def _always(__: Sight) -> bool:
    return True


@dataclass(frozen=True)
class Requirement:
    """One thing that is asked for.

    Attributes:
        slug: its name, for options and programs.
        asks: what the partner is asked, a question; empty where the tool sees it all.
        source: where it is written.
        see: looks whether it is met; None from it, or no ``see``: the partner is asked.
        applies: whether it is asked of such a tile at all.
        ways: the repositories that ask for it.
        of_partner: whether it holds for all tiles of the partner once it is confirmed.
        wait: how long it takes, where that is known; how it is got.
    """

    slug: str
    source: str
    asks: str = ""
    see: Callable[[Sight], Seen | None] | None = None
    applies: Callable[[Sight], bool] = _always
    ways: frozenset[Target] = EVERY
    of_partner: bool = False
    wait: str = ""


def _check(sight: Sight) -> Seen:
    count = sight.errors()
    if not count:
        return Seen(True, _("The check finds no errors."))
    words = ngettext("The check finds an error.", "The check finds {count} errors.", count)
    return Seen(False, words, _("run `tilewizard check` on the tile, and mend them"))


def _telemetry(sight: Sight) -> Seen:
    kinds = ", ".join(sight.answers.submits).replace("_", " ")
    if sends_data(sight.answers) and not sight.errors("integration"):
        return Seen(True, _("It sends data to Datadog: {kinds}.", kinds=kinds))
    if kinds:
        return Seen(False, _("It says that it sends data, and what describes them has errors."), _("mend the errors"))
    return Seen(
        False, _("It sends no data to Datadog."), _("choose what it sends, or offer it as a licence or a service")
    )


def _dashboard(sight: Sight) -> Seen:
    count = sum(1 for __ in objects_of(sight.tile, DASHBOARDS))
    if count and not sight.errors("dashboards"):
        return Seen(True, ngettext("A dashboard comes with it.", "{count} dashboards come with it.", count))
    if count:
        return Seen(False, _("Its dashboards have errors."), _("mend the errors"))
    return Seen(False, _("No dashboard comes with it."), _("export one from your sandbox into assets/dashboards"))


def _monitor(sight: Sight) -> Seen:
    count = sum(1 for __ in objects_of(sight.tile, MONITORS))
    if count and not sight.errors("monitors"):
        return Seen(True, ngettext("A monitor comes with it.", "{count} monitors come with it.", count))
    if count:
        return Seen(False, _("Its monitors have errors."), _("mend the errors"))
    return Seen(False, _("It sends metrics, and no monitor comes with it."), _("export one from your sandbox"))


def _pipeline(sight: Sight) -> Seen:
    pipelines, tests = (sum(1 for __ in log_files(sight.tile, tests=each)) for each in (False, True))
    if pipelines and tests and not sight.errors("logs"):
        return Seen(True, _("A log pipeline with its tests comes with it."))
    if pipelines:
        words = _("Its log pipeline has no tests, or has errors.")
        return Seen(False, words, _("run `tilewizard logs test` on the tile, and mend what differs"))
    words = _("It sends logs, and no pipeline comes with it.")
    return Seen(False, words, _("`tilewizard logs propose` makes one from raw lines"))


def _pictures(sight: Sight) -> Seen:
    count = sum(each.file is not None and not each.video for each in sight.preview.shots)
    if count >= PICTURES_MIN and not sight.errors("image", "media"):
        return Seen(True, _("Its carousel shows {count} pictures.", count=count))
    if count >= PICTURES_MIN:
        return Seen(False, _("Pictures of its carousel have errors."), _("mend the errors"))
    words = ngettext(
        "Its carousel shows {count} picture of its own; reviewers ask for {pictures_min}.",
        "Its carousel shows {count} pictures of its own; reviewers ask for {pictures_min}.",
        count,
        pictures_min=PICTURES_MIN,
    )
    return Seen(False, words, _("take pictures of your product and its dashboard, 16:9, at least 1440 pixels wide"))


def _logo(sight: Sight) -> Seen:
    if logos(sight.tile) and not sight.errors("logo"):
        return Seen(True, _("It has a logo as SVG."))
    return Seen(False, _("It has no sound logo as SVG."), _("add your logo as SVG to assets/logos"))


def _oauth(sight: Sight) -> Seen | None:
    if any(True for __ in files_of(sight.tile, OAUTH_CLIENTS)):
        if not sight.errors("oauth"):
            return Seen(True, _("Customers connect by OAuth."))
        return Seen(False, _("Its OAuth client has errors."), _("mend the errors"))
    return None


def _support(sight: Sight) -> Seen:
    tab = next(each for each in sight.preview.tabs if each.name == "Support")
    if not tab.empty and sight.answers.author.support_email:
        return Seen(True, _("Customers find help: {support_email}.", support_email=sight.answers.author.support_email))
    words = _("It doesn't say where customers find help.")
    return Seen(False, words, _("fill the README's section Support in, and the author's support address"))


def _pricing(sight: Sight) -> Seen:
    if sight.answers.pricing and not sight.errors("pricing"):
        count = len(sight.answers.pricing)
        return Seen(True, ngettext("It has a pricing plan.", "It has {count} pricing plans.", count))
    return Seen(False, _("It has no sound pricing plan."), _("add a plan that customers can buy"))


def _eula(sight: Sight) -> Seen:
    if eula_file(sight.tile) is not None and not sight.errors("eula"):
        return Seen(True, _("Its licence agreement is a PDF that can be read."))
    return Seen(False, _("It has no licence agreement that can be read."), _("add your own agreement as PDF"))


def _exchanges(sight: Sight) -> bool:
    return exchanges_data(sight.answers)


def _by_api(sight: Sight) -> bool:
    return sight.answers.type == TileType.REST_API and _exchanges(sight)


def _has_client(sight: Sight) -> bool:
    return _by_api(sight) and _oauth(sight) is not None


REQUIREMENTS = (
    Requirement(
        "partner", GUIDE, _("Have you joined the technology track of Datadog's partner network?"), of_partner=True
    ),
    Requirement(
        "sandbox",
        GUIDE,
        _("Do you have a sandbox account?"),
        of_partner=True,
        wait=_(
            "It takes 1 to 2 working days from your request in the partner portal (Learn More below Sandbox Access)."
        ),
    ),
    Requirement(
        "agreement",
        GUIDE,
        _("Have you signed the Marketplace agreement in the partner portal?"),
        ways=SOLD,
        of_partner=True,
    ),
    Requirement(
        "access",
        GUIDE,
        _("Do you have access to the private Marketplace repository?"),
        applies=lambda sight: sight.tile.target in REPOSITORIES or has_package(sight.tile),
        ways=SOLD,
        of_partner=True,
        wait=_("Ask for it by mail: marketplace@datadoghq.com."),
    ),
    Requirement("check", DEVELOPER_PLATFORM, see=_check),
    Requirement("telemetry", DEVELOPER_PLATFORM, see=_telemetry, applies=_exchanges),
    Requirement("dashboard", DEVELOPER_PLATFORM, see=_dashboard, applies=lambda sight: sends_data(sight.answers)),
    Requirement("monitor", DEVELOPER_PLATFORM, see=_monitor, applies=lambda sight: sends_metrics(sight.answers)),
    Requirement("pipeline", DEVELOPER_PLATFORM, see=_pipeline, applies=lambda sight: "logs" in sight.answers.submits),
    Requirement("pictures", CREATE_A_TILE, see=_pictures),
    Requirement("logo", GUIDE, see=_logo),
    Requirement(
        "oauth",
        API_INTEGRATION,
        _("No OAuth client comes with it: has Datadog's Ecosystems team granted the exception?"),
        _oauth,
        _by_api,
    ),
    Requirement("support", GUIDE, see=_support),
    Requirement("pricing", MARKETPLACE_PRICING, see=_pricing, ways=SOLD),
    Requirement("eula", MARKETPLACE_OFFERING, see=_eula, ways=SOLD),
    Requirement("available", API_INTEGRATION, _("Is the product generally available?"), applies=_by_api),
    Requirement("hosted", API_INTEGRATION, _("Do you host the code that talks to Datadog?"), applies=_by_api),
    Requirement(
        "connected",
        OAUTH,
        _("Was the connection tried with production addresses, from the tile to the first data?"),
        applies=_has_client,
    ),
    Requirement(
        "widths",
        DASHBOARD_DESIGN,
        _("Were the dashboards looked at in windows of 1280 and of 2560 pixels?"),
        applies=lambda sight: any(True for __ in objects_of(sight.tile, DASHBOARDS)),
    ),
    Requirement(
        "rights", GUIDE, _("Do you hold the rights to the logo?"), applies=lambda sight: bool(logos(sight.tile))
    ),
)
