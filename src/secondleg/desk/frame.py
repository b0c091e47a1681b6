"""Which questions every preview asks, whatever their answers are: the frame that the facts of a fixture stand in."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from secondleg.desk.fixtures import Fixture
from secondleg.football.competition import competition
from secondleg.football.match import Result, Venue
from secondleg.records import (
    EVERYTHING,
    Event,
    Family,
    FirstLeg,
    Question,
    Scope,
    Statistic,
    Subject,
    Unit,
    europe,
)

__all__ = [
    "FORM_MATCHES",
    "after_such_a_first_leg",
    "all_clubs_after_such_a_first_leg",
    "form_scopes",
    "furthest",
    "head_to_head",
    "last_meeting",
    "meetings_this_season",
    "next_stage",
    "record_of_last",
    "stage_reached",
    "unusual_first_leg",
]

FORM_MATCHES: Final = 10
"""Matches that form looks back on."""

_NEXT: Final = {
    "round-of-32": "round-of-16",
    "knockout-play-off": "round-of-16",
    "round-of-16": "quarter-final",
    "quarter-final": "semi-final",
    "semi-final": "final",
}


def _main_cups(
    *, venue: Venue | None = None, first_leg: FirstLeg | None = None, qualifying: bool = True
) -> Scope:
    """Europe as previews mean it: a Super Cup is one tie for show, the Intertoto Cup led to another cup."""
    return europe(super_cup=False, intertoto=False, venue=venue, first_leg=first_leg, qualifying=qualifying)


def next_stage(fixture: Fixture) -> str | None:
    """The stage that the winners of a knockout tie reach; None after a final, or in early rounds."""
    return _NEXT.get(fixture.stage or "")


def in_europe(fixture: Fixture) -> bool:
    """Whether a fixture is one of Europe as previews mean it: see `_main_cups`."""
    return fixture.competition.startswith("uefa.") and fixture.competition not in _main_cups().without


def last_meeting(fixture: Fixture) -> Question:
    """The first leg: the last match of the two sides in this competition."""
    scope = Scope(competitions=(fixture.competition,))
    return Question(Statistic.LAST, Event("played"), Subject.pair(fixture.home, fixture.away), scope=scope)


def form_scopes(fixture: Fixture) -> list[Scope]:
    """Where form is looked for, widest first: an archive may be whole only for a part of a club's matches."""
    scopes = [EVERYTHING, Scope(family=Family.LEAGUE), Scope(competitions=(fixture.competition,))]
    return [*scopes, europe()] if fixture.competition.startswith("uefa.") else scopes


def record_of_last(club: str, scope: Scope) -> Question:
    """Won, drawn and lost of the last matches in `scope`."""
    last = replace(scope, last=FORM_MATCHES)
    return Question(Statistic.RECORD, Event("played"), Subject.of(club), scope=last)


def head_to_head(fixture: Fixture) -> list[Question]:
    """The record of the two sides against each other, in scopes from the widest on.

    Clubs of two countries meet in European competitions alone, friendlies apart. Before a match of their league two
    clubs of one country are compared in it, before a cup match wherever they have met.
    """
    here = Scope(competitions=(fixture.competition,))
    if fixture.home.split("/")[0] != fixture.away.split("/")[0]:
        scopes = [europe()]
    elif competition(fixture.competition).kind == "league":
        scopes = [here]
    else:
        scopes = [EVERYTHING, Scope(family=Family.LEAGUE), here]
    return [_record_of_pair(fixture, scope) for scope in scopes]


def meetings_this_season(fixture: Fixture) -> Question:
    """How the two sides have fared against each other this season."""
    return _record_of_pair(fixture, Scope(this_season=True))


def _record_of_pair(fixture: Fixture, scope: Scope) -> Question:
    pair = Subject.pair(fixture.home, fixture.away)
    return Question(Statistic.RECORD, Event("played"), pair, scope=scope)


def unusual_first_leg(fixture: Fixture) -> list[Question]:
    """Since when the side beaten in the first leg had not lost so heavily at home, or at all, in Europe."""
    leg = fixture.first_leg
    if leg is None or leg.neutral or leg.goals.difference >= 0 or not in_europe(fixture):
        return []
    margin = -leg.goals.difference
    event = Event("lost by", n=margin) if margin > 1 else Event("lost")
    scope = europe(venue=Venue.HOME)
    return [Question(Statistic.SINCE, event, Subject.of(leg.home), scope=scope, before=leg.date)]


def after_such_a_first_leg(fixture: Fixture, club: str) -> list[Question]:
    """How often `club` went through after a first leg that ended like this one for it, at the same venue.

    Asked with qualifying rounds and without them: an archive may be whole only for the latter.
    """
    seen = _first_leg_of(fixture, club)
    if seen is None:
        return []
    venue, difference = seen
    result = Result.LOST if difference < 0 else Result.WON if difference > 0 else Result.DRAWN
    such = FirstLeg(venue=venue, result=result)
    scopes = (
        [_main_cups(first_leg=such), _main_cups(first_leg=such, qualifying=False)]
        if in_europe(fixture)
        else [Scope(competitions=(fixture.competition,), first_leg=such)]
    )
    return [
        Question(Statistic.SHARE, Event("went through"), Subject.of(club), unit=Unit.TIE, scope=scope)
        for scope in scopes
    ]


def all_clubs_after_such_a_first_leg(fixture: Fixture) -> Question | None:
    """How often any side went through after the first leg that the trailing side had: by as many goals or more.

    Qualifying rounds are left out: they pair sides that a later round never would.
    """
    leg = fixture.first_leg
    if leg is None or leg.neutral or not in_europe(fixture) or leg.goals.difference == 0:
        return None
    trailing = leg.home if leg.goals.difference < 0 else leg.away
    venue, difference = _first_leg_of(fixture, trailing) or (Venue.HOME, 0)
    scope = _main_cups(first_leg=FirstLeg(venue=venue, at_most=difference), qualifying=False)
    return Question(Statistic.SHARE, Event("went through"), Subject.any_club(), unit=Unit.TIE, scope=scope)


def _first_leg_of(fixture: Fixture, club: str) -> tuple[Venue, int] | None:
    leg = fixture.first_leg
    # on neutral ground nobody was at home, and there are too few of such ties to tell of
    if leg is None or leg.neutral:
        return None
    if club == leg.home:
        return Venue.HOME, leg.goals.difference
    return Venue.AWAY, -leg.goals.difference


def furthest(fixture: Fixture, club: str) -> Question | None:
    """How far a club has ever come in Europe; None for a match that is not one of UEFA's competitions."""
    if not in_europe(fixture):
        return None
    return Question(
        Statistic.FURTHEST, Event("played"), Subject.of(club), unit=Unit.CAMPAIGN, scope=_main_cups()
    )


def stage_reached(fixture: Fixture, club: str) -> Question | None:
    """How often a club has come as far as the winners of this tie, in the competitions that are like this one."""
    stage = next_stage(fixture)
    if stage is None and fixture.stage != "final":
        return None
    event = Event("won") if stage is None else Event("reached", stage=stage)
    scope = _main_cups() if in_europe(fixture) else Scope(competitions=(fixture.competition,))
    return Question(Statistic.COUNT, event, Subject.of(club), unit=Unit.CAMPAIGN, scope=scope)
