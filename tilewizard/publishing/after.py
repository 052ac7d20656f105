"""After a tile is handed in: what happens on its way, who acts, how long it takes as far as that is known, and what to send.

In the order in which it comes. Where Datadog tells nothing, that is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tilewizard.language import _

from ..field.asset_kinds import OAUTH_CLIENTS
from ..field.vocabulary import Target
from ..rules.sources import (
    AGENT_INTEGRATION,
    DEVELOPER_PLATFORM,
    GUIDE,
    INTEGRATION_ASSETS,
    MARKETPLACE_OFFERING,
    MARKETPLACE_README,
    README_THIRD_PARTY,
)
from ..tile.asset_files import files_of
from ..tile.places import has_package
from ..tile.tile import Tile
from . import after_texts
from .after_texts import Passage, filled

TECHNOLOGY_PARTNERS = "techpartners@datadoghq.com"
"""Whom partners ask (the guide, contact)."""
MARKETPLACE_ACCESS = "marketplace@datadoghq.com"
"""Who lets partners into the private repository (Datadog documentation, build a Marketplace offering)."""


@dataclass(frozen=True)
class Section:
    """A stretch of the way.

    Attributes:
        slug: its name, for programs.
        title: for people.
        happens: what happens, a sentence each.
        todo: what the partner does, a sentence each.
        who: who acts.
        source: where it is written.
        wait: how long it takes, as far as that is known; empty where nothing is waited for.
        texts: what to send.
    """

    slug: str
    title: str
    happens: tuple[str, ...]
    todo: tuple[str, ...]
    who: str
    source: str
    wait: str = ""
    texts: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class After:
    """What comes after a tile is handed in.

    Attributes:
        way: where it goes.
        sold: whether customers pay for it.
        sections: in the order in which it comes.
    """

    way: Target
    sold: bool
    sections: tuple[Section, ...]


def after_of(tile: Tile) -> After:
    """What comes after a tile is handed in.

    Args:
        tile: as it is handed in; its target and whether it is sold choose the sections.
    """
    by_form = tile.target == Target.PLATFORM
    begin = (_submitting, _form_review) if by_form else (_review, _approval, _preview)
    launch = (_launch,) if tile.sold else ()
    makers = (*begin, _release, _missing, *launch, _form_update if by_form else _update, _contacts)
    return After(tile.target, tile.sold, tuple(make(tile) for make in makers))


def _text(tile: Tile, slug: str, name: str, text: str) -> Passage:
    return Passage(slug, name, filled(text, tile))


def _no_time() -> str:
    return _("Datadog names no time.")


def _long() -> str:
    return _(
        "Datadog names no time. On record in integrations-extras are a wait of six weeks (1140) and a review of five months (2356)."
    )


def _ask_for_review(tile: Tile) -> tuple[Passage, ...]:
    return (_text(tile, "review", _("Question about a review that rests"), after_texts.REVIEW),)


def _review(tile: Tile) -> Section:
    access = _("Should you need access to Azure DevOps, say so in a comment on the pull request.")
    return Section(
        "review",
        _("Review"),
        (
            _("Automatic tests run on the pull request. When all have passed, Datadog's engineers review it."),
            _("Who reviews which files is told by `tilewizard pull-request`."),
        ),
        (
            _("Answer each remark in the pull request; mend, check again, and push to the same branch."),
            *((access,) if tile.target == Target.MARKETPLACE else ()),
        ),
        _("Datadog's engineers; you"),
        GUIDE,
        _long(),
        _ask_for_review(tile),
    )


def _approval(__: Tile) -> Section:
    return Section(
        "approval",
        _("Approval"),
        (_("Datadog's engineering and product design approve the pull request."),),
        (_("There is nothing to do but to answer what is still asked."),),
        _("Datadog's engineering and product design"),
        GUIDE,
        _no_time(),
    )


def _preview(tile: Tile) -> Section:
    return Section(
        "preview",
        _("Preview in your sandbox"),
        (_("The approved tile is switched on for your sandbox account alone, before customers see it."),),
        (
            _("Look at it there as a customer would: every tab, the pictures, the links, the dashboards and monitors."),
            _("What isn't right is changed now, in the pull request, before it is switched on for all."),
        ),
        _("Datadog switches it on; you look"),
        GUIDE,
        _("Datadog names no time. A sandbox account, where you have none yet, takes 1 to 2 working days."),
        (_text(tile, "seen", _("Answer after the preview"), after_texts.SEEN),),
    )


def _submitting(tile: Tile) -> Section:
    secret = (
        _("Take test addresses out of the OAuth client before you submit it."),
        _("The OAuth client's credentials for production are shown once, at submission: keep them in your vault."),
    )
    return Section(
        "submission",
        _("Preview and submission"),
        (_("The form's last page shows the listing as it will appear, and submits it for review."),),
        (
            _("Look at all of it in the preview before you submit."),
            *(secret if any(True for __ in files_of(tile, OAUTH_CLIENTS)) else ()),
        ),
        _("you"),
        DEVELOPER_PLATFORM,
    )


def _form_review(tile: Tile) -> Section:
    code = _("The Agent code is reviewed at the same time, in a pull request of its own.")
    return Section(
        "review",
        _("Review"),
        (
            _("Datadog's team reviews the listing and answers with what is to be changed."),
            *((code,) if has_package(tile) else ()),
        ),
        (
            _(
                "Answer each remark, and bring what you change in the form into the tile too, so that both stay the same."
            ),
        ),
        _("Datadog's team; you"),
        DEVELOPER_PLATFORM,
        _long() if has_package(tile) else _no_time(),
        _ask_for_review(tile),
    )


def _release(tile: Tile) -> Section:
    happens = [
        _("Customers find it on the Marketplace page of the Datadog app, and buy it there.")
        if tile.sold
        else _("Customers find it on the Integrations page of the Datadog app, at no cost.")
    ]
    source = MARKETPLACE_OFFERING if tile.sold else GUIDE
    if has_package(tile):
        install = f"datadog-agent integration install -t datadog-{tile.name.replace('_', '-')}==VERSION"
        happens.append(_("The Agent's part is installed by `{install}`.", install=install))
        source = f"{source}; {README_THIRD_PARTY}"
    return Section(
        "release",
        _("Release"),
        tuple(happens),
        (
            _("Install it in an account that never had it, by the words of its Setup alone."),
            _("From now on its ids stay as they are: app_id, app_uuid, the integration's id and its source type."),
        ),
        _("Datadog"),
        f"{source}; {INTEGRATION_ASSETS}",
        _no_time(),
    )


def _missing(tile: Tile) -> Section:
    page = _("Marketplace") if tile.sold else _("Integrations")
    merged = (
        _("Is the listing approved, and not only submitted? Look in the form.")
        if tile.target == Target.PLATFORM
        else _("Is the pull request merged, and not only approved?")
    )
    return Section(
        "missing",
        _("When it does not appear"),
        (
            _(
                "One tile was merged and not in the app for four weeks, since its author was a text where names and addresses are "
                "asked for (integrations-extras 1074)."
            ),
        ),
        (
            *_seen_faults(tile),
            _("Run `tilewizard check` on what was merged or submitted, and mend its errors first."),
            merged,
            _("Search by its title on the page {page}, in another account than your sandbox too.", page=page),
            _("Still nothing? Write to {address}: the text is below.", address=TECHNOLOGY_PARTNERS),
        ),
        _("you; Datadog"),
        f"{GUIDE}; integrations-extras, pull request 1074",
        _no_time(),
        (_text(tile, "missing", _("Mail about a tile that does not appear"), after_texts.MISSING),),
    )


def _seen_faults(tile: Tile) -> Iterator[str]:
    """What in this tile is known to keep one from being seen."""
    author = tile.at("/author")
    if author is not None and not isinstance(author, dict):
        yield _("In this tile the author is such a text: mend it.")
    if tile.at("/display_on_public_website") is False:
        yield _("This tile is set not to be shown on Datadog's public website: change that in its listing.")


def _launch(tile: Tile) -> Section:
    texts = (
        ("meeting", _("Mail to Partner Marketing"), after_texts.MEETING),
        ("quote", _("Press release with a quote"), after_texts.QUOTE),
        ("blog", _("Proposal for a blog post"), after_texts.BLOG),
        ("webinar", _("Invitation to a webinar"), after_texts.WEBINAR),
        ("social", _("Post for social networks"), after_texts.SOCIAL),
    )
    return Section(
        "launch",
        _("Go-to-market"),
        (
            _("Once it is live you can meet Datadog's Partner Marketing team and plan the launch together."),
            _("Datadog may give a quote for your press release, a post on its blog, and share your posts."),
            _("The guide also names a speaker of Datadog's in your webinar; the newer page no longer does: ask."),
            _("Marketplace partners can sponsor conferences, such as DASH, at a discount."),
        ),
        (
            _("Fill in each «…» of the texts, and announce nothing before the tile is live."),
            _("Print no word of Datadog's that it did not give you."),
        ),
        _("you; Datadog's Partner Marketing team"),
        f"{GUIDE}; {MARKETPLACE_OFFERING}",
        _no_time(),
        tuple(_text(tile, *each) for each in texts),
    )


def _update(__: Tile) -> Section:
    return Section(
        "update",
        _("The next version"),
        (_("Each later change is a new pull request."),),
        (
            _("Raise the version when behaviour, metrics or dashboards change: `tilewizard release` proposes it."),
            _("Texts, logo and pictures alone need no new version."),
        ),
        _("you; Datadog's engineers"),
        f"{AGENT_INTEGRATION}; {MARKETPLACE_README}",
    )


def _form_update(tile: Tile) -> Section:
    code = _("The Agent code is changed by a new pull request: `tilewizard release` proposes its version.")
    return Section(
        "update",
        _("The next version"),
        (
            _(
                "Release notes, which stay as they are at the first launch, now say what each version adds, changes, mends and takes away."
            ),
        ),
        (
            _("Change the tile, export it again for the form, and enter what differs."),
            *((code,) if has_package(tile) else ()),
        ),
        _("you; Datadog's team"),
        DEVELOPER_PLATFORM,
    )


def _contacts(tile: Tile) -> Section:
    return Section(
        "contacts",
        _("Contacts"),
        (
            _("Questions of technology partners: {address}.", address=TECHNOLOGY_PARTNERS),
            *(
                (_("Access to the private repository of the Marketplace: {address}.", address=MARKETPLACE_ACCESS),)
                if tile.sold
                else ()
            ),
            _("The sandbox account: Datadog's support."),
        ),
        (_("Name the tile's title, its integration ID and where it was handed in, in the first lines."),),
        _("you"),
        f"{GUIDE}; {MARKETPLACE_OFFERING}" if tile.sold else GUIDE,
    )
