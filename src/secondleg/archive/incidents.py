"""Goals, cards, substitutions, statistics and odds: from the places where sources tell them to the matches.

Goals of a match are those of one source, the best whose goals make the kept score; where none does, the match has no
goals, and each source that tells others is in store.conflict (`goals`). Cards and substitutions are those of the best
source that tells any. Of statistics there is one row a match, filled from the next source where the best is silent;
odds are kept all. A source that has home and away the other way round is turned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import duckdb

__all__ = ["store_incidents"]

_SIDE: Final = "CASE WHEN b.turned THEN CASE i.side WHEN 'home' THEN 'away' ELSE 'home' END ELSE i.side END"

_BELONGS: Final = """
CREATE OR REPLACE TEMP TABLE belongs AS
SELECT v.source, v.document, v.line, v.w, v.turned, m.id AS match,
       m.home_goals::INTEGER * 1000 + m.away_goals AS score
FROM voice v JOIN merged m USING (match)
SEMI JOIN (
    SELECT DISTINCT source FROM store.source_incident UNION SELECT DISTINCT source FROM store.source_statistic
    UNION SELECT DISTINCT source FROM store.source_odds
) USING (source)
"""
"""The match of every place, of sources that tell more than results."""

_TOLD: Final = f"""
CREATE OR REPLACE TEMP TABLE telling AS
SELECT b.match, b.w, any_value(b.source) AS source, any_value(b.document) AS document, any_value(b.line) AS line,
       any_value(b.score) AS score, count(*) FILTER (i.kind IN ('goal', 'own-goal', 'penalty')) AS goals,
       count(*) FILTER (i.kind IN ('goal', 'own-goal', 'penalty') AND {_SIDE} = 'home') * 1000
       + count(*) FILTER (i.kind IN ('goal', 'own-goal', 'penalty') AND {_SIDE} = 'away') AS made,
       bool_or(i.kind IN ('yellow', 'second-yellow', 'red')) AS cards, bool_or(i.kind = 'substitution') AS changes
FROM store.source_incident i JOIN belongs b USING (source, document, line)
GROUP BY b.match, b.w;

CREATE OR REPLACE TEMP TABLE chosen AS
SELECT match, min(w) FILTER (goals > 0 AND made = score) AS goals, min(w) FILTER (cards) AS cards,
       min(w) FILTER (changes) AS changes
FROM telling GROUP BY match
"""
"""What each row has incidents of, and whose are taken."""

_PLACE: Final = "b.source, b.document, b.line"

_GOALS: Final = f"""
INSERT INTO store.goal BY NAME
SELECT b.match, row_number() OVER (PARTITION BY b.match ORDER BY i.nth)::SMALLINT AS nth, {_SIDE} AS side,
       i.minute, i.added, i.kind, i.player AS scorer, i.other AS assist,
       CASE WHEN b.turned THEN i.away_goals ELSE i.home_goals END AS home_goals,
       CASE WHEN b.turned THEN i.home_goals ELSE i.away_goals END AS away_goals, {_PLACE}
FROM store.source_incident i JOIN belongs b USING (source, document, line) JOIN chosen c ON c.goals = b.w
WHERE i.kind IN ('goal', 'own-goal', 'penalty') ORDER BY b.match, nth
"""

_CARDS: Final = f"""
INSERT INTO store.card BY NAME
SELECT b.match, row_number() OVER (PARTITION BY b.match ORDER BY i.nth)::SMALLINT AS nth, {_SIDE} AS side,
       i.minute, i.added, i.kind, i.player, {_PLACE}
FROM store.source_incident i JOIN belongs b USING (source, document, line) JOIN chosen c ON c.cards = b.w
WHERE i.kind IN ('yellow', 'second-yellow', 'red') ORDER BY b.match, nth
"""

_CHANGES: Final = f"""
INSERT INTO store.substitution BY NAME
SELECT b.match, row_number() OVER (PARTITION BY b.match ORDER BY i.nth)::SMALLINT AS nth, {_SIDE} AS side,
       i.minute, i.added, i.player, i.other AS replaced_by, {_PLACE}
FROM store.source_incident i JOIN belongs b USING (source, document, line) JOIN chosen c ON c.changes = b.w
WHERE i.kind = 'substitution' ORDER BY b.match, nth
"""

_OTHER_GOALS: Final = """
INSERT INTO store.conflict BY NAME
SELECT t.match, 'goals' AS field, (t.score // 1000) || '-' || (t.score % 1000) AS kept,
       'goals of ' || (t.made // 1000) || '-' || (t.made % 1000) AS told,
       CASE WHEN k.w IS NULL THEN m.source_of ELSE k.source END AS kept_by, t.source, t.document, t.line,
       CASE WHEN k.w IS NULL THEN 'no goals that make the score' ELSE 'goals that make the score' END AS rule
FROM telling t JOIN chosen c USING (match) LEFT JOIN telling k ON k.w = c.goals
JOIN (SELECT id, split_part(sources, ' ', 1) AS source_of FROM merged) m ON m.id = t.match
WHERE t.goals > 0 AND t.made <> t.score
ORDER BY t.match, t.source, t.document, t.line
"""

_COUNTS: Final = ("shots", "shots_on_target", "woodwork", "corners", "fouls", "offsides", "yellows", "reds")


def _statistics() -> str:
    filled = ", ".join(
        f"arg_min(CASE WHEN b.turned THEN i.{other}_{name} ELSE i.{side}_{name} END, b.w) AS {side}_{name}"
        for name in _COUNTS
        for side, other in (("home", "away"), ("away", "home"))
    )
    return f"""
INSERT INTO store.statistic BY NAME
SELECT b.match, {filled}, arg_min(i.attendance, b.w) AS attendance, arg_min(i.referee, b.w) AS referee,
       arg_min(b.source, b.w) AS source, arg_min(b.document, b.w) AS document, arg_min(b.line, b.w) AS line
FROM store.source_statistic i JOIN belongs b USING (source, document, line)
GROUP BY b.match ORDER BY b.match
"""


# a handicap is given to the home side: turned, the other has it
_ODDS: Final = f"""
INSERT INTO store.odds BY NAME
SELECT b.match, i.bookmaker, i.market, i.closing,
       CASE WHEN b.turned AND i.market = 'handicap' THEN -i.size ELSE i.size END AS size,
       CASE WHEN b.turned AND i.market <> 'total' THEN i.away ELSE i.home END AS home, i.draw,
       CASE WHEN b.turned AND i.market <> 'total' THEN i.home ELSE i.away END AS away, {_PLACE}
FROM store.source_odds i JOIN belongs b USING (source, document, line)
ORDER BY b.match, i.bookmaker, i.market, i.closing, i.size
"""


def store_incidents(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill store.goal, card, substitution, statistic and odds, and add conflicts of goals.

    Needs `voice` and `merged` (`archive.merge`).
    """
    for statement in (_BELONGS, _TOLD, _GOALS, _CARDS, _CHANGES, _OTHER_GOALS, _statistics(), _ODDS):
        connection.execute(statement)
    for table in ("belongs", "telling", "chosen"):
        connection.execute(f"DROP TABLE {table}")
