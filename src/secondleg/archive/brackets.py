"""What the ties of a cup's season add up to: whether its rounds lead from one to the next down to the final.

What gives a missing tie away is a winner of the round before it without a later match, and a missing leg a tie of one
match in a round of two. Walkovers look the same from here; those of the European cups are declared in `football/rules`.
A missing tie of a first round takes its loser with it: that a cup lacks one of these, nothing tells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from secondleg.archive.phases import listed
from secondleg.errors import RulesUnknown
from secondleg.football.rules import competition_format, one_leg_ties, tie_rules, unplayed_ties
from secondleg.football.stage import ENGLISH, RANK

if TYPE_CHECKING:
    import duckdb

__all__ = ["Bracket", "brackets", "doubt", "finals", "ruling"]

_ROUNDS: Final = """
SELECT t.competition, t.season, t.stage, count(*) AS ties, count(*) FILTER (m.home_goals <> m.away_goals) AS won,
       count(*) FILTER (m.home_goals <> m.away_goals AND t.legs > 1) AS more
FROM store.tie t JOIN store.match m ON m.id = t.first_leg GROUP BY ALL ORDER BY ALL
"""

# a match of one leg where the others have two, neither awarded nor cancelled
_SHORT: Final = """
SELECT t.competition, t.season, t.stage, h.name, a.name
FROM store.tie t JOIN store.match m ON m.id = t.first_leg
JOIN store.club h ON h.id = t.first JOIN store.club a ON a.id = t.second
SEMI JOIN (
    SELECT competition, season, stage FROM store.tie GROUP BY ALL HAVING max(legs) > 1
) r ON r.competition = t.competition AND r.season = t.season AND r.stage = t.stage
WHERE t.legs = 1 AND m.status = 'played' AND NOT m.neutral AND t.stage NOT IN ('final', 'third-place')
ORDER BY t.competition, t.season, t.id
"""

_HALTED: Final = """
WITH seen AS (
    SELECT competition, season, club, max(stage_rank) AS furthest
    FROM (SELECT competition, season, stage_rank, unnest([home, away]) AS club FROM store.match) GROUP BY ALL
),
ended AS (
    SELECT competition, season, max(stage_rank) AS last FROM store.tie
    GROUP BY ALL HAVING count(*) FILTER (stage = 'final') > 0
)
SELECT t.competition, t.season, t.stage, c.name
FROM store.tie t
JOIN ended e ON e.competition = t.competition AND e.season = t.season AND e.last > t.stage_rank
JOIN seen s ON s.competition = t.competition AND s.season = t.season AND s.club = t.winner
           AND s.furthest = t.stage_rank
JOIN store.club c ON c.id = t.winner
-- where the loser played on, the winner was thrown out
LEFT JOIN seen o ON o.competition = t.competition AND o.season = t.season AND o.furthest > t.stage_rank
     AND o.club = CASE WHEN t.winner = t.first THEN t.second ELSE t.first END
WHERE t.stage_rank >= $knockout AND t.stage <> 'third-place' AND o.club IS NULL
ORDER BY t.competition, t.season, t.id
"""

# one match, level, without a shoot-out, where no extra time was played or others of the round were replayed
_LEVEL: Final = """
SELECT t.competition, t.season, h.name, a.name, m.home_goals || '-' || m.away_goals
FROM store.tie t JOIN store.match m ON m.id = t.first_leg
JOIN store.club h ON h.id = t.first JOIN store.club a ON a.id = t.second
LEFT JOIN (
    SELECT DISTINCT r.competition, r.season, r.stage FROM store.tie r JOIN store.match f ON f.id = r.first_leg
    WHERE r.legs > 1 AND f.home_goals = f.away_goals
) replayed ON replayed.competition = t.competition AND replayed.season = t.season AND replayed.stage = t.stage
WHERE t.legs = 1 AND m.status = 'played' AND m.home_goals = m.away_goals AND m.home_pens IS NULL
  AND (m.after_extra_time = FALSE OR (m.after_extra_time IS NULL AND replayed.stage IS NOT NULL))
  AND t.stage <> 'third-place'
ORDER BY t.competition, t.season, t.id
"""

_LAST_ROUNDS: Final = ("quarter-final", "semi-final", "final")

_NAMED: Final = 3
"""Clubs that a reason names; more are counted."""

_TWO_LEGGED: Final = 0.5
"""Share of ties with a winner of the first match that went on all the same, from which a round is one of two legs: a
replay follows a level match only. For rounds whose rules are not declared."""


@dataclass(slots=True)
class Bracket:
    """The rounds of one season of a cup, and what is odd about them."""

    rounds: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """Ties of each stage, those whose first match had a winner, and those of them that have more matches."""
    short: list[tuple[str, str, str]] = field(default_factory=list)
    """Stage and sides of ties with one match, in rounds where others have more."""
    level: list[tuple[str, str, str]] = field(default_factory=list)
    """Sides and score of ties that a single match left level."""
    halted: list[tuple[str, str]] = field(default_factory=list)
    """Stage and name of winners without a later match."""

    def ties(self, stage: str) -> int:
        """How many ties of a stage there are."""
        return self.rounds.get(stage, (0, 0, 0))[0]

    @property
    def all_ties(self) -> int:
        """How many ties there are."""
        return sum(ties for ties, _, _ in self.rounds.values())


def brackets(connection: duckdb.DuckDBPyConnection) -> Mapping[tuple[str, int], Bracket]:
    """The bracket of every competition's season that has ties."""
    found: defaultdict[tuple[str, int], Bracket] = defaultdict(Bracket)
    for code, season, stage, *ties in connection.execute(_ROUNDS).fetchall():
        found[code, season].rounds[stage or ""] = (ties[0], ties[1], ties[2])
    for code, season, stage, first, second in connection.execute(_SHORT).fetchall():
        found[code, season].short.append((stage, first, second))
    for code, season, first, second, score in connection.execute(_LEVEL).fetchall():
        found[code, season].level.append((first, second, score))
    knockout = {"knockout": RANK["round-1"]}
    for code, season, stage, club in connection.execute(_HALTED, knockout).fetchall():
        found[code, season].halted.append((stage, club))
    return found


def doubt(code: str, season: int, bracket: Bracket) -> str | None:
    """What shows that ties of the season are missing, as a clause; None if nothing does."""
    walkovers = unplayed_ties(code, season)
    if len(bracket.halted) > walkovers:
        stage = bracket.halted[0][0]
        clubs = [club for at, club in bracket.halted if at == stage]
        who = listed(clubs if len(clubs) <= _NAMED else [*clubs[:_NAMED], f"{len(clubs) - _NAMED} others"])
        return f"{who} won in the {ENGLISH[stage]} and {'has' if len(clubs) == 1 else 'have'} no later match"
    short = [tie for tie in bracket.short if _has_two_legs(code, season, tie[0], bracket)]
    if len(short) > one_leg_ties(code, season):
        _, first, second = short[0]
        more = f", nor of {len(short) - 1} other ties" if len(short) > 1 else ""
        return f"the second leg of {first} v {second} is not held{more}"
    if len(bracket.level) > one_leg_ties(code, season):
        first, second, score = bracket.level[0]
        more = f", nor of {len(bracket.level) - 1} other ties" if len(bracket.level) > 1 else ""
        return f"{first} v {second} ended {score}, and what decided the tie is not held{more}"
    return None


def _has_two_legs(code: str, season: int, stage: str, bracket: Bracket) -> bool:
    try:
        return tie_rules(code, season, stage).legs > 1
    except RulesUnknown:
        _, won, more = bracket.rounds.get(stage, (0, 0, 0))
        return more > 0 and more >= _TWO_LEGGED * won


def finals(code: str, season: int) -> int:
    """How many finals the season had: the Intertoto Cup had several."""
    try:
        return competition_format(code, season).finals
    except RulesUnknown:
        return 1


def ruling(
    code: str, season: int, bracket: Bracket, *, clubs: int, groups: bool, supercup: bool
) -> str | None:
    """What shows that a season without doubt is whole; None if nothing does.

    `groups`: it has matches outside ties, and these are complete groups.
    """
    last = finals(code, season)
    ties = bracket.all_ties
    ended = bracket.ties("final") == 1 or last > 1
    if ended and ties + unplayed_ties(code, season) == clubs - last:
        return f"a knockout of {clubs} clubs takes {clubs - last} ties"
    if [bracket.ties(stage) for stage in _LAST_ROUNDS] == [4, 2, 1]:
        return "its rounds halve down to one final"
    if bracket.ties("final") == last and groups:
        return "its groups are complete, and they led to the final"
    if supercup and ties <= 1:
        return "one tie"
    return None
