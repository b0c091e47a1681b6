"""A tie: one, two or three matches that send one side through.

`resolve` settles a tie from its matches and the rules that were in force. Extra time is part of a match's
final score and a shoot-out is not, so the two are asked for apart. What the matches do not tell stays
unknown: a tie that is level after everything its source records has no winner, unless the caller knows who
played on (`known_winner`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from secondleg.errors import BadInput
from secondleg.football.match import Goals, Match, Status

__all__ = ["DecidedBy", "Standing", "Tie", "TieRules", "resolve", "standing"]


class DecidedBy(StrEnum):
    """What sent a side through."""

    AGGREGATE = "aggregate"
    """Goals over both legs (of the only match, in a tie of one), within 90 minutes."""
    AWAY_GOALS = "away goals"
    EXTRA_TIME = "extra time"
    """Goals in extra time, away goals in extra time included."""
    PENALTIES = "penalties"
    PLAY_OFF = "play-off"
    """A further match, or a replay."""
    COIN = "toss of a coin"
    WALKOVER = "walkover"
    """The other side withdrew, or was thrown out."""


@dataclass(frozen=True, slots=True)
class TieRules:
    """How a tie that is level is decided, in the order in which it is asked.

    `away_goals` after 90 minutes of the last leg, then `extra_time`, then `away_goals_in_extra_time`, then
    `last`: penalties, a play-off (with `after_play_off` when that is level too) or a coin.
    """

    legs: int
    away_goals: bool
    extra_time: bool
    away_goals_in_extra_time: bool
    last: DecidedBy
    after_play_off: DecidedBy | None = None
    neutral: bool = False
    """Whether the tie (of one match) is played on neutral ground."""

    def __post_init__(self) -> None:
        if self.legs not in (1, 2):
            raise BadInput(f"a tie has one or two legs, not {self.legs}; correct the rules.")
        if self.legs == 1 and (self.away_goals or self.away_goals_in_extra_time):
            raise BadInput("away goals need two legs; correct the rules.")
        if self.away_goals_in_extra_time and not self.extra_time:
            raise BadInput("away goals in extra time need extra time; correct the rules.")
        if self.last not in (DecidedBy.PENALTIES, DecidedBy.PLAY_OFF, DecidedBy.COIN):
            raise BadInput(
                f"a level tie cannot end by {self.last}; say penalties, play-off or toss of a coin."
            )


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie as far as it is known.

    `legs` are its matches by date; `first` was at home in the first of them. `aggregate` is (first, second),
    extra time in, shoot-outs and play-offs out; None as long as a leg has no score. `winner` is None for a
    tie that is open or whose winner is not known; `decided_by` may be None beside a known winner, where the
    matches do not tell (a source without extra time). `decided_on` is the day of the match that decided; None
    for an open tie.
    """

    legs: tuple[Match, ...]
    first: str
    second: str
    aggregate: Goals | None
    decided_by: DecidedBy | None
    winner: str | None
    decided_on: dt.date | None

    @property
    def loser(self) -> str | None:
        """The side that went out, where the winner is known."""
        if self.winner is None:
            return None
        return self.second if self.winner == self.first else self.first

    @property
    def competition(self) -> str:
        """Code of the competition."""
        return self.legs[0].competition

    @property
    def season(self) -> int:
        """Year in which the season began."""
        return self.legs[0].season

    @property
    def stage(self) -> str | None:
        """Stage of the competition, one of `football.stage`."""
        return self.legs[0].stage


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an open tie stands: `leader` is ahead by `lead` goals; None and 0 when it is level."""

    leader: str | None
    lead: int
    aggregate: Goals
    """(first, second), of the legs played so far."""
    played: int


def standing(first_leg: Match, *later: Match) -> Standing:
    """Who leads a tie after the legs played so far, and by how many goals.

    Raises BadInput where none of the legs has a score.
    """
    legs = _in_order((first_leg, *later))
    first, second = legs[0].home, legs[0].away
    played = [leg for leg in legs if leg.score is not None and leg.status.counts]
    if not played:
        raise BadInput(f"{first} v {second} has not begun; ask again after the first leg.")
    total = _sum(played, first)
    lead = total.difference
    leader = first if lead > 0 else second if lead < 0 else None
    return Standing(leader=leader, lead=abs(lead), aggregate=total, played=len(played))


def resolve(legs: Sequence[Match], rules: TieRules | None, *, known_winner: str | None = None) -> Tie:
    """Settle a tie of one, two or three matches (the third, or one more than `rules.legs`, is a play-off or
    replay).

    The order of `legs` does not matter. Without `rules` (they are not known) only goals and shoot-outs
    decide. `known_winner` is a side known to have gone through, from a later round say: it decides a tie that
    the scores leave level, and overrules them where they point the other way (the side ahead was thrown out,
    or a score is wrong: the way is then unknown).

    Where a source does not tell whether there was extra time, and the score allows it, `decided_by` is None:
    the winner is certain, the way is not.

    Raises BadInput for matches of other clubs, for no match at all, and for a `known_winner` that did not
    take part.
    """
    ordered = _in_order(legs)
    first, second = ordered[0].home, ordered[0].away
    if known_winner is not None and known_winner not in (first, second):
        raise BadInput(f"{known_winner} took no part in {first} v {second}; name one of the two.")
    regular = _regular_legs(ordered, rules)
    extra = ordered[regular:]
    played = [leg for leg in ordered[:regular] if leg.status.counts and leg.score is not None]
    complete = len(played) == regular and (rules is None or rules.legs <= regular)
    aggregate = _sum(played, first) if played and len(played) == regular else None

    winner, by, on = None, None, None
    if complete:
        winner, by = _by_legs(played, first, second, rules, has_more=bool(extra))
        on = played[-1].date
    if winner is None and complete and extra:
        winner, by, on = _by_play_off(extra, first, second, rules)
    if known_winner is not None and winner != known_winner:
        last = max((leg for leg in ordered if leg.status.counts), key=lambda leg: leg.date, default=None)
        by = _otherwise(ordered, rules, extra, ahead=winner, complete=complete)
        winner = known_winner
        on = last.date if last else ordered[-1].date
    elif winner is None and on is not None and not _could_be_over(extra, rules):
        on = None
    return Tie(ordered, first, second, aggregate, by, winner, on)


def _in_order(legs: Sequence[Match]) -> tuple[Match, ...]:
    """Legs by date; a leg number settles two legs on one day. One pair of clubs, or BadInput."""
    if not legs:
        raise BadInput("a tie needs at least one match; give its legs.")
    ordered = tuple(sorted(legs, key=lambda leg: (leg.date, leg.leg or 0, leg.home)))
    pairs = {frozenset((leg.home, leg.away)) for leg in ordered}
    if len(pairs) != 1:
        clubs = ", ".join(sorted({club for pair in pairs for club in pair}))
        raise BadInput(
            f"the legs of one tie are between two clubs, not {clubs}; give the matches of one pair."
        )
    return ordered


def _regular_legs(legs: tuple[Match, ...], rules: TieRules | None) -> int:
    """How many of `legs` are legs proper; what comes after is a play-off, a replay or a further replay."""
    if legs[-1].leg == 3:
        return max(1, sum(leg.leg != 3 for leg in legs))
    if rules is not None and len(legs) > rules.legs:
        # a tie of one match under the rules may still have been played over two, where the legs say so
        return 2 if legs[-1].leg == 2 and len(legs) == 2 else rules.legs
    return min(len(legs), 2)


def _sum(legs: Sequence[Match], first: str) -> Goals:
    total = Goals(0, 0)
    for leg in legs:
        assert leg.score is not None
        total += leg.score.final if leg.home == first else leg.score.final.swapped()
    return total


def _away_goals(legs: Sequence[Match], first: str) -> int:
    """Away goals of `first` less those of the other side, over two legs."""
    difference = 0
    for leg in legs:
        assert leg.score is not None
        if not leg.neutral:
            difference += -leg.score.final.away if leg.home == first else leg.score.final.away
    return difference


def _by_legs(
    legs: Sequence[Match], first: str, second: str, rules: TieRules | None, *, has_more: bool
) -> tuple[str | None, DecidedBy | None]:
    """Winner over the legs proper, and by what: goals, away goals, extra time, shoot-out; (None, None) if
    level."""
    last = legs[-1]
    assert last.score is not None
    if last.score.shootout is not None:
        return _higher(last, first, second, last.score.shootout), DecidedBy.PENALTIES
    lead = _sum(legs, first).difference
    if lead:
        winner = first if lead > 0 else second
        return winner, _in_90_or_extra_time(legs, first, rules, DecidedBy.AGGREGATE)
    if rules is None or len(legs) < 2 or has_more:
        return None, None
    away = _away_goals(legs, first)
    if not away:
        return None, None
    winner = first if away > 0 else second
    extra_time = last.score.after_extra_time
    if extra_time and not rules.away_goals_in_extra_time:
        return None, None
    if not (rules.away_goals or rules.away_goals_in_extra_time):
        return None, None
    if extra_time is False and not rules.away_goals:
        return None, None
    return winner, _in_90_or_extra_time(legs, first, rules, DecidedBy.AWAY_GOALS)


def _in_90_or_extra_time(
    legs: Sequence[Match], first: str, rules: TieRules | None, within_90: DecidedBy
) -> DecidedBy | None:
    """`within_90`, or extra time; None where the source does not say and the score allows both."""
    last = legs[-1]
    assert last.score is not None
    if last.score.after_extra_time:
        full = last.score.full_time
        if within_90 is DecidedBy.AWAY_GOALS and full is not None and full == last.score.final:
            return DecidedBy.AWAY_GOALS
        return DecidedBy.EXTRA_TIME
    if last.score.after_extra_time is False or last.status is Status.AWARDED:
        return within_90
    if rules is not None and not rules.extra_time:
        return within_90
    return None if _may_have_gone_to_extra_time(legs, first, rules) else within_90


def _may_have_gone_to_extra_time(legs: Sequence[Match], first: str, rules: TieRules | None) -> bool:
    """Whether some score of the last leg after 90 minutes, up to its final one, leaves the tie level."""
    *before, last = legs
    assert last.score is not None
    final = last.score.final if last.home == first else last.score.final.swapped()
    carried = _sum(before, first)
    lead = carried.difference
    away_rule = rules is not None and rules.away_goals and len(legs) == 2
    for scored in range(final.home + 1):
        conceded = scored + lead
        if not 0 <= conceded <= final.away:
            continue
        if away_rule:
            # the second side was away first, the first side is away now
            away_first, away_second = (scored, carried.away) if last.home != first else (0, 0)
            if away_first != away_second:
                continue
        return True
    return False


def _by_play_off(
    extra: Sequence[Match], first: str, second: str, rules: TieRules | None
) -> tuple[str | None, DecidedBy | None, dt.date | None]:
    """Winner of the last of the further matches; (None, None, None) as long as it has not been played."""
    last = extra[-1]
    if last.score is None or not last.status.counts:
        return None, None, None
    if last.score.shootout is not None:
        return _higher(last, first, second, last.score.shootout), DecidedBy.PENALTIES, last.date
    if last.score.final.difference:
        return _higher(last, first, second, last.score.final), DecidedBy.PLAY_OFF, last.date
    return None, None, last.date


def _higher(match: Match, first: str, second: str, goals: Goals) -> str:
    other = {first: second, second: first}[match.home]
    return match.home if goals.difference > 0 else other


def _otherwise(
    legs: Sequence[Match],
    rules: TieRules | None,
    extra: Sequence[Match],
    *,
    ahead: str | None,
    complete: bool,
) -> DecidedBy | None:
    """What sent a side through whose scores do not; None where several things may have."""
    if not any(leg.status.counts and leg.score is not None for leg in legs):
        return DecidedBy.WALKOVER
    if ahead is not None or not complete:
        # the other side may have been thrown out, a leg may be missing, a source may have a score wrong
        return None
    return _beyond_the_score(rules, extra)


def _beyond_the_score(rules: TieRules | None, extra: Sequence[Match]) -> DecidedBy | None:
    """What must have decided a tie that the scores leave level; None where the rules leave a choice."""
    if rules is None:
        return None
    if extra:
        return rules.after_play_off if rules.after_play_off is not DecidedBy.PLAY_OFF else None
    # without the play-off itself at hand, a play-off and a coin cannot be told apart
    return rules.last if rules.last is not DecidedBy.PLAY_OFF else None


def _could_be_over(extra: Sequence[Match], rules: TieRules | None) -> bool:
    """Whether a tie level after all matches at hand is over (by a shoot-out or coin that is not recorded)."""
    return rules is not None and (rules.last is not DecidedBy.PLAY_OFF or bool(extra))
