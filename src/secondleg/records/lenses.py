"""Where facts of a fixture are looked for: scopes that a preview of it would speak of, each with whom it compares.

A lens narrows what is looked at, and each narrowing costs bits: who looks in twice as many places finds something
of one bit more by chance alone. It also has a weight: how much a reader of this fixture cares.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from secondleg.football.cities import CITIES
from secondleg.football.match import Result, Venue
from secondleg.football.stage import RANK, is_table
from secondleg.records.events import Event
from secondleg.records.race import Race
from secondleg.records.rarity import YEARS
from secondleg.records.scope import EVERYTHING, FirstLeg, Scope, europe
from secondleg.records.terms import Family, Unit

__all__ = ["PAIR", "Lens", "Setting", "lenses", "like_this"]


@dataclass(frozen=True, slots=True)
class Setting:
    """A fixture as one of its sides sees it: all that the choice of questions depends on."""

    club: str
    opponent: str
    venue: Venue
    competition: str
    kind: str
    """league, cup or supercup."""
    tier: int | None
    season: int
    stage: str | None = None
    country: str = ""
    """Of the club."""
    opponent_country: str = ""
    first_leg: FirstLeg | None = None
    """How the first leg of the tie went for the club, if this match is the second."""
    race: Race | None = None
    """How the club stands in the league, if this is a match of one."""

    @property
    def in_europe(self) -> bool:
        """Whether it is a match of one of UEFA's competitions."""
        return self.competition.startswith("uefa.")

    @property
    def abroad(self) -> bool:
        """Whether the sides come from two countries."""
        return self.country != self.opponent_country

    @property
    def derby(self) -> bool:
        """Whether both sides are of one city."""
        return any(self.club in clubs and self.opponent in clubs for clubs in CITIES.values())

    @property
    def elsewhere(self) -> float:
        """Weight of what a side did in other competitions: least where a tie or a title is decided."""
        return _FAR if self.first_leg is not None or self.stage == "final" else _ELSEWHERE

    @property
    def pair(self) -> float:
        """Weight of what a side did against this opponent."""
        return _DERBY if self.derby else PAIR


@dataclass(frozen=True, slots=True)
class Lens:
    """A scope, the scope in which comparable clubs are looked at, and what looking there costs and weighs."""

    scope: Scope
    alike: Scope
    per: str = "club"
    """What makes a comparable: a club, or a club against one `opponent`, one `country`, in one `season`."""
    years: int | None = YEARS
    """See `rarity.moments`; None where matches are so few that all of time is compared."""
    cost: float = 0.0
    """Bits."""
    weight: float = 1.0
    narrow: bool = False
    """Whether all matches within it are few enough to be counted: "never in nine visits"."""
    shares_only: bool = False
    """Whether it is looked at as a whole alone, and not for the runs in it."""
    among: tuple[str, int] | None = None
    """A competition and its season whose clubs are compared, with all that they ever played; None for all clubs."""
    derby: bool = False
    """Whether it is on matches against a side of the same city."""
    unit: Unit = Unit.MATCH
    events: tuple[Event, ...] | None = None
    """The events that matter here; None for all that are looked at."""
    floor: float = 0.0
    """Bits that what is seen through it counts at least, where it is what the match is about; our choice."""

    @property
    def story(self) -> bool:
        """Whether it shows what the match is about: then what is old counts as much, and what is seldom."""
        return self.floor > 0


_AT_VENUE: Final = 1.0
"""Bits that "at home" costs."""

_PART: Final = 1.0
"""Bits that a part of the matches costs, such as the league alone."""

_ELSEWHERE: Final = 0.7
"""Weight of what a side did in competitions other than that of the fixture."""

_FAR: Final = 0.4
"""The same, where the match is a second leg or a final."""

_ITS_LEAGUE: Final = 1.1
"""Weight of what a side did in the league, before a match of it …"""

_ALL_DOMESTIC: Final = 0.8
"""… and of what it did in league and cups of its country together, which few readers add up."""

PAIR: Final = 1.25
"""Weight of what a side did against this opponent …"""

_DERBY: Final = 1.5
"""… of its own city."""

_DECISIVE: Final = 1.9
"""Weight of ties that began like this one, where the first leg was won by two goals or more."""

_ANY_VENUE: Final = 0.5
"""How much less ties weigh that began elsewhere than this one did."""

_SEASON: Final = 1.1
"""Weight of a share of this season in the league, before a match of it."""

_DECIDED: Final = 1.5
"""How much more it weighs where the season ends, for a side that it may make champions or send down."""

_STAGES: Final = {"final": 1.5, "semi-final": 1.2}
_EARLY_STAGE: Final = 0.6
"""Weight of what a side did in matches at the stage of the fixture: finals are a story, the last 16 are not."""

_LATE_STAGES: Final = 0.5
"""Weight of what it did "from the last 16 on"."""

_AT_STAGE: Final = 1.2
"""Weight of ties at the stage of the fixture, and of what is at stake in it."""

_FLOORS: Final = {"final": (6.5, 4.5), "semi-final": (3.0, 0.0)}
_FINALS: Final = 4.5
_LEAGUE_TITLE: Final = 4.5
_RELEGATION: Final = 2.5
"""Bits that it counts at least how often a finalist has won the cup, or any of Europe (a side in a semi-final: has
reached the final), how it fared in finals, how often a side that can still win the league has won it, when one of the
last in the table went down: previews say it."""

_EUROPE: Final = europe()
_TIES_OF_EUROPE: Final = europe(super_cup=False, intertoto=False)
"""Ties and campaigns in Europe as previews mean them: a Super Cup is one tie for show."""


def lenses(setting: Setting) -> Iterator[Lens]:
    """Every lens of one side, widest first."""
    for lens in (*_form(setting), *_stage(setting), *_country(setting), *_pair(setting), *_season(setting)):
        yield lens
        if setting.venue is not Venue.NEUTRAL and lens.unit is Unit.MATCH and lens.scope.venue is None:
            yield replace(
                lens,
                scope=replace(lens.scope, venue=setting.venue),
                alike=replace(lens.alike, venue=setting.venue),
                cost=lens.cost + _AT_VENUE,
            )
    yield from _ties(setting)
    yield from _campaigns(setting)
    yield from _league_seasons(setting)


def like_this(setting: Setting) -> float:
    """Weight of ties that began like this one: the more, the more clearly it began."""
    leg = setting.first_leg
    if leg is None or leg.scored is None or leg.conceded is None:
        return PAIR
    return _DECISIVE if abs(leg.scored - leg.conceded) >= 2 else PAIR


def _competition(setting: Setting) -> Scope:
    return Scope(competitions=(setting.competition,))


def _kin(setting: Setting, unit: Unit = Unit.MATCH) -> Scope:
    """Competitions like that of the fixture, in which comparable clubs play."""
    if setting.in_europe:
        return _EUROPE if unit is Unit.MATCH else _TIES_OF_EUROPE
    if setting.kind == "league":
        return Scope(family=Family.TOP_FLIGHT if setting.tier == 1 else Family.LEAGUE)
    return Scope(family=Family.CUP)


def _form(setting: Setting) -> Iterator[Lens]:
    yield Lens(EVERYTHING, EVERYTHING)
    own = _ITS_LEAGUE if setting.kind == "league" else 1.0
    yield Lens(_competition(setting), _kin(setting), cost=_PART / 2, weight=own)
    if setting.in_europe:
        yield Lens(_EUROPE, _EUROPE, cost=_PART / 2)
    if setting.kind != "league" or setting.in_europe:
        league = Scope(family=Family.LEAGUE)
        yield Lens(league, league, cost=_PART, weight=setting.elsewhere)
    else:
        domestic = Scope(family=Family.DOMESTIC)
        yield Lens(domestic, domestic, cost=_PART, weight=_ALL_DOMESTIC)
    if setting.kind == "cup" and not setting.in_europe:
        cups = Scope(family=Family.CUP)
        yield Lens(cups, cups, cost=_PART)


def _season(setting: Setting) -> Iterator[Lens]:
    if setting.kind == "league" and not setting.in_europe:
        scope = replace(_competition(setting), this_season=True)
        lens = Lens(scope, _kin(setting), per="season", years=None, narrow=True, shares_only=True)
        at = setting.race
        decided = at is not None and (at.against_relegation or at.for_the_title)
        yield replace(lens, cost=_PART / 2, weight=_SEASON * (_DECIDED if decided else 1.0))


def _stage(setting: Setting) -> Iterator[Lens]:
    stage = setting.stage
    if stage is None or is_table(stage) or setting.kind == "league":
        return
    if RANK[stage] >= RANK["round-of-32"]:
        scope = replace(_EUROPE if setting.in_europe else _competition(setting), stages=(stage,))
        alike = replace(_kin(setting), stages=(stage,))
        weight = _STAGES.get(stage, _EARLY_STAGE)
        yield Lens(scope, alike, years=None, cost=_PART, weight=weight, narrow=True)
        alone = replace(scope, competitions=(setting.competition,), family=None, without=())
        if alone != scope:
            yield Lens(alone, alike, years=None, cost=_PART, weight=weight, narrow=True)
        later = replace(scope, stages=None, from_stage="round-of-16")
        yield Lens(later, replace(_kin(setting), from_stage="round-of-16"), cost=_PART, weight=_LATE_STAGES)


def _country(setting: Setting) -> Iterator[Lens]:
    if not (setting.in_europe and setting.abroad):
        return
    against = replace(_EUROPE, opponent_country=setting.opponent_country)
    yield Lens(against, _EUROPE, per="country", years=None, cost=_PART, narrow=True)


def _pair(setting: Setting) -> Iterator[Lens]:
    every = EVERYTHING if not setting.abroad else europe()
    alike = europe() if setting.in_europe and setting.abroad else EVERYTHING
    among = None if alike.family else (setting.competition, setting.season)
    scopes = [every, _competition(setting)]
    if not setting.abroad and setting.kind == "cup":
        scopes.append(Scope(family=Family.LEAGUE))
    for scope in dict.fromkeys(scopes):
        against = replace(scope, opponent=setting.opponent)
        yield Lens(
            against,
            alike,
            per="opponent",
            years=None,
            weight=setting.pair,
            narrow=True,
            among=among,
            derby=setting.derby,
        )


def _ties(setting: Setting) -> Iterator[Lens]:
    """What became of ties: of those that began like this one, of those at this stage, of all."""
    if setting.stage is None or is_table(setting.stage) or setting.kind == "league":
        return
    scopes = [_TIES_OF_EUROPE] if setting.in_europe else [_competition(setting)]
    scopes += [replace(scope, qualifying=False) for scope in scopes]
    for scope in scopes:
        alike = replace(_kin(setting, Unit.TIE), qualifying=scope.qualifying)
        lens = Lens(scope, alike, years=None, cost=_PART, weight=_ELSEWHERE, narrow=True, unit=Unit.TIE)
        yield lens
        if setting.in_europe and setting.abroad:
            country = replace(scope, opponent_country=setting.opponent_country)
            yield replace(lens, scope=country, per="country", weight=1.0)
        for first in _first_legs(setting.first_leg):
            yield replace(
                lens,
                scope=replace(scope, first_leg=first),
                alike=replace(alike, first_leg=first),
                weight=like_this(setting) * (1.0 if first.venue is not None else _ANY_VENUE),
            )
    if RANK[setting.stage] >= RANK["round-of-32"]:
        own = setting.stage == "final"
        at_stage = replace(_competition(setting) if own else scopes[0], stages=(setting.stage,))
        yield Lens(
            at_stage,
            replace(_kin(setting, Unit.TIE), stages=(setting.stage,)),
            years=None,
            cost=_PART,
            weight=_AT_STAGE,
            narrow=True,
            unit=Unit.TIE,
            floor=_FINALS if own else 0.0,
        )


def _campaigns(setting: Setting) -> Iterator[Lens]:
    """How far the side has come before, where this match decides how far it comes."""
    if setting.kind != "cup" or setting.stage not in _AT_STAKE:
        return
    scopes = [_competition(setting)]
    if setting.in_europe:
        scopes = [_TIES_OF_EUROPE, *scopes]
    for scope in scopes:
        final = setting.stage == "final"
        whole = bool(scope.competitions)
        floor = _FLOORS.get(setting.stage, (0.0, 0.0))[0 if whole else 1]
        yield Lens(
            scope,
            _kin(setting, Unit.TIE),
            years=None,
            cost=_PART / 2,
            weight=_stake(setting.stage) * (1.0 if whole or not final else _ELSEWHERE),
            narrow=True,
            unit=Unit.CAMPAIGN,
            events=_AT_STAKE[setting.stage],
            floor=floor,
        )


def _stake(stage: str) -> float:
    return _AT_STAGE if RANK[stage] > RANK["round-of-16"] else _EARLY_STAGE


def _league_seasons(setting: Setting) -> Iterator[Lens]:
    """Titles where one is at stake or champions begin a season; the last relegation where the next is near."""
    at = setting.race
    if at is None:
        return
    lens = Lens(
        _competition(setting),
        Scope(family=Family.TOP_FLIGHT if setting.tier == 1 else Family.LEAGUE),
        years=None,
        cost=_PART / 2,
        weight=_AT_STAGE,
        narrow=True,
        unit=Unit.SEASON,
    )
    if at.for_the_title or (at.champions and at.early):
        yield replace(lens, events=(Event("won"),), floor=_LEAGUE_TITLE)
    elif at.against_relegation:
        yield replace(lens, events=(Event("relegated"),), floor=_RELEGATION)


_AT_STAKE: Final[dict[str, tuple[Event, ...]]] = {
    "round-of-16": (Event("reached", stage="quarter-final"),),
    "quarter-final": (Event("reached", stage="semi-final"),),
    "semi-final": (Event("reached", stage="final"),),
    "final": (Event("won"),),
}
"""What a knockout match is played for, by its stage: the final itself has been reached, whatever happens in it."""


def _first_legs(leg: FirstLeg | None) -> Iterator[FirstLeg]:
    """First legs like this one: as it ended, at the same venue, by at least as many goals."""
    if leg is None or leg.scored is None or leg.conceded is None:
        return
    difference = leg.scored - leg.conceded
    result = Result.WON if difference > 0 else Result.LOST if difference < 0 else Result.DRAWN
    yield FirstLeg(venue=leg.venue, result=result)
    yield FirstLeg(result=result)
    if difference < -1:
        yield FirstLeg(at_most=difference)
    if difference > 1:
        yield FirstLeg(at_least=difference)
