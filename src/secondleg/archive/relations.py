"""The relations that a `View` offers to SQL: the archive as known on the morning of one day, `$as_of`.

A match on or after that day has no result here. It is a `fixture`, and only if its pairing can have been
known: a semi-final does not show who won a quarter-final that is still to be played.

    result        matches with a result that counts (played or awarded), before the day
    fixture       matches still to be played, as far as the pairing is known
    side          `result` twice, once for each club: club, opponent, venue, scored, conceded, result
    goal, card, substitution, statistic, odds
                  what is known of the matches in `result`, by their id `match`
    tie           ties whose first match was played before the day; winner and aggregate as known that day
    tie_side      `tie` twice, once for each club
    campaign      a club's season in a competition: the furthest stage that it had reached
    standing      a club's league season that was over and is held whole: points, final place, whether it won the
                  league, went up or down
    entrant       a club's league season that had begun: its tier, and whether the club was new in the division
    placed        a club's place in the table on the evening of each of its league matches
    win           points for a win, by league and season
    newcomer, champion
                  the clubs of `entrant` that were new in their division, and of `standing` that won it
    goal_side     the goals of `side`, for each club of the match: minute, scorer, the score after it as the club saw it
    club, club_name, club_id, ground, competition, coverage, first_leg_record
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

__all__ = ["KEPT", "PLACE", "RELATIONS", "STANDING", "STORED", "kept_in", "with_relations"]

STANDING: Final = "kept_standing"
"""The final tables: `store.standing`, or what stands in for it in an archive that has none."""

PLACE: Final = "kept_place"
"""Places in the table after each match: `store.place`, or what stands in for it."""

STORED: Final = {STANDING: "store.standing", PLACE: "store.place"}
"""What is in the file where the import that wrote it worked them out as they are worked out now."""

KEPT: Final[dict[str, str | None]] = {
    STANDING: None,
    PLACE: None,
    "kept_win": "SELECT DISTINCT competition, season, win FROM kept_standing",
    "kept_newcomer": "SELECT club, competition, season, first FROM kept_standing WHERE newcomer",
    "kept_champion": "SELECT club, competition, season, tier, last FROM kept_standing WHERE champion AND whole",
}
"""Tables that an open archive keeps for relations to read: the final tables, and small parts of them."""

_COUNTS: Final = "date < $as_of AND status IN ('played', 'awarded') AND home_goals IS NOT NULL"

RELATIONS: Final[dict[str, str]] = {
    "club": "SELECT * FROM store.club",
    "club_name": "SELECT * FROM store.club_name",
    "club_id": "SELECT * FROM store.club_id",
    "ground": "SELECT * FROM store.ground",
    "competition": "SELECT * FROM store.competition",
    "coverage": "SELECT * FROM store.coverage WHERE first < $as_of",
    "first_leg_record": "SELECT * FROM store.first_leg_record WHERE last < $as_of",
    "result": f"SELECT * EXCLUDE (known_from) FROM store.match WHERE {_COUNTS}",
    "fixture": """
    SELECT id, competition, season, stage, stage_rank, "group", round, leg, tie, date, time, home, away,
           neutral, ground, sources
    FROM store.match
    WHERE (date >= $as_of OR status = 'fixture') AND (known_from IS NULL OR known_from <= $as_of)
          AND status NOT IN ('cancelled', 'abandoned')
""",
    "side": "SELECT * FROM store.side WHERE date < $as_of",
    **{
        name: f"SELECT {name}.* FROM store.{name} JOIN store.match m ON m.id = {name}.match WHERE m.date < $as_of"
        for name in ("goal", "card", "substitution", "statistic", "odds")
    },
    "tie": """
    SELECT t.id, t.competition, t.season, t.stage, t.stage_rank, t.first, t.second,
           -- a play-off still to come would tell that the legs end level
           CASE WHEN t.decided_on < $as_of OR t.legs < 3 THEN t.legs ELSE 2 END AS legs,
           t.first_leg, t.second_leg, CASE WHEN t.decided_on < $as_of THEN t.third_leg END AS third_leg,
           t.away_goals_rule,
           m.date AS first_leg_date, m.neutral AS first_leg_neutral,
           m.home_goals AS first_leg_home_goals, m.away_goals AS first_leg_away_goals,
           CASE WHEN t.decided_on < $as_of THEN t.first_goals END AS first_goals,
           CASE WHEN t.decided_on < $as_of THEN t.second_goals END AS second_goals,
           CASE WHEN t.decided_on < $as_of THEN t.decided_by END AS decided_by,
           CASE WHEN t.decided_on < $as_of THEN t.winner END AS winner,
           CASE WHEN t.decided_on < $as_of THEN t.decided_on END AS decided_on
    FROM store.tie t JOIN store.match m ON m.id = t.first_leg
    WHERE m.date < $as_of AND m.status IN ('played', 'awarded') AND m.home_goals IS NOT NULL
""",
    "tie_side": """
    SELECT id AS tie, competition, season, stage, stage_rank, legs, first_leg, second_leg, third_leg,
           away_goals_rule, first_leg_date, decided_by, decided_on,
           CASE WHEN is_first THEN first ELSE second END AS club,
           CASE WHEN is_first THEN second ELSE first END AS opponent,
           CASE WHEN first_leg_neutral THEN 'neutral'
                WHEN is_first THEN 'home' ELSE 'away' END AS first_leg_venue,
           CASE WHEN is_first THEN first_leg_home_goals ELSE first_leg_away_goals END AS first_leg_scored,
           CASE WHEN is_first THEN first_leg_away_goals ELSE first_leg_home_goals END AS first_leg_conceded,
           CASE WHEN is_first THEN first_goals ELSE second_goals END AS scored,
           CASE WHEN is_first THEN second_goals ELSE first_goals END AS conceded,
           (winner = first) = is_first AS through
    FROM tie CROSS JOIN (VALUES (TRUE), (FALSE)) side_of(is_first)
""",
    # who wins a tie has reached the stage after it, even before playing there
    "reached": """
    SELECT club, competition, season, stage_rank AS rank, date AS day, match
    FROM store.side WHERE stage_rank IS NOT NULL AND date < $as_of
    UNION ALL
    SELECT winner, competition, season,
           CASE WHEN stage = 'final' THEN 36 WHEN stage_rank BETWEEN 31 AND 34 AND stage <> 'third-place'
                THEN stage_rank + 1 ELSE stage_rank END,
           decided_on, coalesce(third_leg, second_leg, first_leg)
    FROM store.tie WHERE stage_rank IS NOT NULL AND winner IS NOT NULL AND decided_on < $as_of
""",
    "campaign": """
    SELECT club, competition, season, max(rank) AS reached, arg_max(match, (rank, day)) AS decisive_match,
           min(day) AS first, max(day) AS last, list(DISTINCT match ORDER BY match) AS matches
    FROM reached GROUP BY ALL
""",
    # NULL where the table cannot tell: see `archive.standings`
    "standing": """
    SELECT club, competition, season, country, tier, played, won, drawn, lost, scored, conceded, points, win, declared,
           clubs, place, champion, first, last,
           CASE WHEN next_from < $as_of THEN CASE WHEN gone_down THEN FALSE ELSE next_tier < tier END END AS promoted,
           CASE WHEN next_from < $as_of THEN CASE WHEN gone_down THEN TRUE ELSE next_tier > tier END END AS relegated
    FROM kept_standing WHERE last < $as_of AND whole
""",
    "entrant": """
    SELECT club, competition, season, country, tier, newcomer, win FROM kept_standing WHERE first < $as_of
""",
    "placed": "SELECT * FROM kept_place WHERE date < $as_of",
    "win": "SELECT * FROM kept_win",
    "newcomer": "SELECT club, competition, season FROM kept_newcomer WHERE first < $as_of",
    "champion": "SELECT club, competition, season, tier FROM kept_champion WHERE last < $as_of",
    "goal_side": """
    SELECT s.club, s.match, s.date, s.competition, s.season, g.nth, g.minute, g.added, g.kind, g.scorer,
           (g.side = 'home') = (m.home = s.club) AS ours,
           CASE WHEN m.home = s.club THEN g.home_goals ELSE g.away_goals END AS scored,
           CASE WHEN m.home = s.club THEN g.away_goals ELSE g.home_goals END AS conceded
    FROM store.side s JOIN store.goal g ON g.match = s.match JOIN store.match m ON m.id = s.match
    WHERE s.date < $as_of
""",
}
"""The SELECT of each relation. One that reads another stands after it."""

_READ: Final = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)", re.IGNORECASE)


@lru_cache(maxsize=512)
def with_relations(sql: str) -> str:
    """Put before `sql` the relations that it reads, and no others: planning them all takes milliseconds.

    `sql` starts with SELECT, or with `, name AS (...) SELECT` to add relations of its own. A relation is read
    by its name after FROM or JOIN, not after a comma.
    """
    used = _used(sql)
    relations = ",\n".join(f"{name} AS ({body})" for name, body in RELATIONS.items() if name in used)
    if not relations:
        return "WITH " + sql.lstrip().removeprefix(",") if sql.lstrip().startswith(",") else sql
    return f"WITH {relations}\n{sql}"


def kept_in(statement: str) -> list[str]:
    """The kept tables that a statement reads."""
    return [name for name in KEPT if name in statement]


def _used(sql: str) -> frozenset[str]:
    direct = frozenset(_READ.findall(sql)) & RELATIONS.keys()
    return direct.union(*(_used(RELATIONS[name]) for name in direct))
