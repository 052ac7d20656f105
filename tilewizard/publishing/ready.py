"""Whether a tile is ready to be published: each requirement of its way with its state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tilewizard.language import _

from ..authoring.author import answers_of
from ..drafts import at_hand
from ..drafts.confirmed import PARTNER, confirm, confirmed_of, withdraw
from ..errors import TilewizardError
from ..field.vocabulary import Target, nearest
from ..rules.findings import Finding
from ..tile.tile import Tile
from .requirements import REQUIREMENTS, Requirement, Sight


class State(StrEnum):
    """What is known of a requirement."""

    MET = "met"
    """Seen in the tile."""
    CONFIRMED = "confirmed"
    """The partner said so."""
    OPEN = "to confirm"
    """Only the partner knows, and has not said so."""
    UNMET = "not met"
    """Seen in the tile: it is missing."""

    @property
    def words(self) -> str:
        """What people read; the value is what programs read, whatever is spoken."""
        return {
            State.MET: _("met"),
            State.CONFIRMED: _("confirmed"),
            State.OPEN: _("to confirm"),
            State.UNMET: _("not met"),
        }[self]

    @property
    def cell(self) -> str:
        """The words, as wide as the widest of them."""
        return self.words.ljust(max(len(each.words) for each in State))


@dataclass(frozen=True)
class Standing:
    """A requirement and its state.

    Attributes:
        requirement: what is asked for.
        state: what is known of it.
        words: a sentence, or the question that is open or was confirmed.
        remedy: what to do where it is not met.
        on: the day of the confirmation, ISO 8601; empty where it was not kept.
    """

    requirement: Requirement
    state: State
    words: str
    remedy: str = ""
    on: str = ""

    @property
    def told(self) -> str:
        """The words, and what was said to them when."""
        if self.on:
            return _("{words} Yes, confirmed on {on}.", words=self.words, on=self.on)
        return _("{words} Yes, ticked at the start.", words=self.words) if self.state == State.CONFIRMED else self.words

    @property
    def more(self) -> tuple[str, ...]:
        """What to do where it is not met, how long it takes where it is open."""
        return tuple(each for each in (self.remedy, self.requirement.wait if self.state == State.OPEN else "") if each)


@dataclass(frozen=True)
class Readiness:
    """All that the way of a tile asks for, in the order of a launch."""

    way: Target
    standings: tuple[Standing, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing is missing and nothing open."""
        return not (self.of(State.UNMET) or self.of(State.OPEN))

    @property
    def verdict(self) -> str:
        """In a sentence or two whether it is ready."""
        if self.ready:
            return _("Ready: all that is asked for is there.")
        return _(
            "Not ready. Not met: {count}; to confirm: {count2}.",
            count=len(self.of(State.UNMET)),
            count2=len(self.of(State.OPEN)),
        )

    def of(self, state: State) -> list[Standing]:
        """The requirements in one state."""
        return [each for each in self.standings if each.state == state]


def readiness_of(tile: Tile, findings: Iterable[Finding]) -> Readiness:
    """Where a tile stands.

    Args:
        tile: as it was checked.
        findings: what the check found.
    """
    sight = Sight(tile, answers_of(tile), tuple(findings))
    known = {True: _of_partner(), False: confirmed_of(key_of(tile))}
    asked = (each for each in REQUIREMENTS if {tile.target, tile.repository} & each.ways and each.applies(sight))
    return Readiness(tile.target, tuple(_standing(each, sight, known[each.of_partner]) for each in asked))


def _standing(each: Requirement, sight: Sight, days: dict[str, str]) -> Standing:
    seen = each.see(sight) if each.see is not None else None
    if seen is not None:
        return Standing(each, State.MET if seen.met else State.UNMET, seen.words, seen.remedy)
    if each.slug in days:
        return Standing(each, State.CONFIRMED, each.asks, on=days[each.slug])
    return Standing(each, State.OPEN, each.asks)


def _of_partner() -> dict[str, str]:
    """What the partner confirmed, and what is ticked on the start's list of what to have at hand, which keeps no day."""
    return {**dict.fromkeys(at_hand.ticked(), ""), **confirmed_of(PARTNER)}


def key_of(tile: Tile) -> str:
    """What tells a tile from others: its app_uuid, which never changes; else where it lies."""
    return tile.text_at("/app_uuid") or str(tile.root.resolve() if tile.root else tile.name)


def confirm_all(tile: Tile, readiness: Readiness, slugs: set[str], on: date) -> None:
    """Keep what the partner confirms, for this tile or for all.

    Raises:
        TilewizardError: a slug that nothing is asked under here, or the state folder can't be written.
    """
    of_partner, of_tile = _parted(readiness, slugs)
    if of_partner:
        confirm(PARTNER, of_partner, on)
    if of_tile:
        confirm(key_of(tile), of_tile, on)


def withdraw_all(tile: Tile, readiness: Readiness, slugs: set[str]) -> None:
    """Forget what the partner confirmed, also on the start's list.

    Raises:
        TilewizardError: a slug that nothing is asked under here, or the state folder can't be written.
    """
    of_partner, of_tile = _parted(readiness, slugs)
    if of_partner:
        withdraw(PARTNER, of_partner)
        for slug in of_partner & at_hand.ticked():
            at_hand.tick(slug)
    if of_tile:
        withdraw(key_of(tile), of_tile)


def _parted(readiness: Readiness, slugs: set[str]) -> tuple[set[str], set[str]]:
    """The slugs that are of the partner, and those that are of the tile."""
    asked = {
        each.requirement.slug: each.requirement
        for each in readiness.standings
        if each.state in (State.OPEN, State.CONFIRMED)
    }
    seen = {each.requirement.slug for each in readiness.standings} - asked.keys()
    for slug in sorted(slugs - asked.keys()):
        if slug in seen:
            raise TilewizardError(
                _("{slug!r} is seen in the tile itself", slug=slug), remedy=_("mend the tile where it is not met")
            )
        near = nearest(slug, tuple(asked))
        remedy = (
            _("did you mean {near}?", near=near)
            if near
            else _("what can be confirmed: {asked}", asked=", ".join(asked) or "nothing")
        )
        raise TilewizardError(_("nothing is asked under the name {slug!r} for this tile", slug=slug), remedy=remedy)
    of_partner = {slug for slug in slugs if asked[slug].of_partner}
    return of_partner, slugs - of_partner
