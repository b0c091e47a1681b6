"""The SELECTs of the integrity checks: each gives competition, season, clubs, matches (ids) and the sentence."""

from __future__ import annotations

from typing import Final

__all__ = [
    "FAR_FROM_SEASON",
    "FUTURE",
    "GOALLESS_END",
    "GOALS_DIFFER",
    "HALF_TIME",
    "LONE_MATCH",
    "LOST_AND_THROUGH",
    "MANY_GOALS",
    "MET_TOO_OFTEN",
    "SAME_MATCH_TWICE",
    "SIDES",
    "TWO_LEAGUES",
    "TWO_NAMES",
    "TWO_ON_A_DAY",
    "WRONG_YEAR",
]

# numbers instead of names: two million sides are grouped several times
SIDES: Final = """
CREATE OR REPLACE TEMP TABLE check_season AS
SELECT row_number() OVER (ORDER BY competition, season)::INTEGER AS nth, competition, season, kind, country
FROM (SELECT DISTINCT competition, season FROM store.match) JOIN store.competition ON code = competition;
CREATE OR REPLACE TEMP TABLE check_club AS
SELECT row_number() OVER (ORDER BY id)::INTEGER AS nth, id, name FROM store.club;
CREATE OR REPLACE TEMP TABLE check_side AS
WITH numbered AS (
    SELECT m.id, s.nth AS of, h.nth AS home, a.nth AS away, m.date, m.stage, m.home_goals, m.away_goals
    FROM store.match m
    JOIN check_season s ON s.competition = m.competition AND s.season = m.season
    JOIN check_club h ON h.id = m.home JOIN check_club a ON a.id = m.away
    WHERE m.status IN ('played', 'awarded')
)
SELECT id, of, home AS club, away AS opponent, TRUE AS at_home, date, stage,
       home_goals AS scored, away_goals AS conceded
FROM numbered
UNION ALL
SELECT id, of, away, home, FALSE, date, stage, away_goals, home_goals FROM numbered
"""

SAME_MATCH_TWICE: Final = """
SELECT s.competition, s.season, h.id || ',' || a.id AS clubs, x.id || ',' || y.id AS matches,
       h.name || ' v ' || a.name || ' ended ' || x.scored || '-' || x.conceded || ' on '
       || strftime(x.date, '%-d %B %Y') || ' and again on ' || strftime(y.date, '%-d %B %Y') AS detail
FROM check_side x JOIN check_side y
  ON y.of = x.of AND y.club = x.club AND y.opponent = x.opponent AND y.scored = x.scored AND y.conceded = x.conceded
     AND y.id > x.id
JOIN check_season s ON s.nth = x.of JOIN check_club h ON h.nth = x.club JOIN check_club a ON a.nth = x.opponent
WHERE x.at_home AND y.at_home AND y.date - x.date BETWEEN 0 AND $days
"""

# of leagues that do not add up, and are over: the play-offs of one that does are accounted for
MET_TOO_OFTEN: Final = """
WITH pair AS (
    SELECT c.of, c.club, c.opponent, count(*) AS met, string_agg(c.id::TEXT, ',' ORDER BY c.date, c.id) AS matches
    FROM check_side c JOIN check_season s ON s.nth = c.of
    SEMI JOIN (SELECT * FROM store.coverage WHERE NOT whole AND played = matches) v
      ON v.competition = s.competition AND v.season = s.season
    WHERE s.kind = 'league' AND c.club < c.opponent AND coalesce(c.stage, 'regular-season') = 'regular-season'
    GROUP BY ALL
),
format AS (SELECT of, mode(met) AS usual, count(*) AS pairs FROM pair GROUP BY ALL),
fit AS (
    SELECT of, usual FROM pair JOIN format USING (of) GROUP BY of, usual, pairs
    HAVING any_value(pairs) >= 20 AND count(*) FILTER (met <> usual) <= greatest(3, 0.05 * any_value(pairs))
)
SELECT s.competition, s.season, one.id || ',' || other.id AS clubs, p.matches,
       one.name || ' and ' || other.name || ' met '
       || CASE p.met WHEN 2 THEN 'twice' ELSE p.met || ' times' END || ', most others '
       || CASE f.usual WHEN 1 THEN 'once' WHEN 2 THEN 'twice' ELSE f.usual || ' times' END AS detail
FROM pair p JOIN fit f USING (of) JOIN check_season s ON s.nth = p.of
JOIN check_club one ON one.nth = p.club JOIN check_club other ON other.nth = p.opponent
WHERE p.met > f.usual
"""

TWO_ON_A_DAY: Final = """
SELECT competition, season, clubs, matches, detail FROM (
    WITH twice AS (
        SELECT club, date FROM check_side GROUP BY club, date HAVING count(*) > 1
    )
    SELECT c.date, min(s.competition) AS competition, min(s.season) AS season, k.id AS clubs,
           string_agg(c.id::TEXT, ',' ORDER BY c.id) AS matches,
           k.name || ' played ' || count(*) || ' matches on ' || strftime(c.date, '%-d %B %Y') || ': '
           || string_agg(
               CASE WHEN c.at_home THEN 'against ' ELSE 'at ' END || o.name || ' ' || c.scored || '-' || c.conceded
               || ' (' || s.competition || ')', ', ' ORDER BY c.id
           ) AS detail
    FROM check_side c SEMI JOIN twice USING (club, date)
    JOIN check_season s ON s.nth = c.of JOIN check_club k ON k.nth = c.club JOIN check_club o ON o.nth = c.opponent
    GROUP BY c.date, k.id, k.name
)
"""

# two clubs of a league who never met, nor played on one day, and whose opponents add up to one club's
TWO_NAMES: Final = """
WITH counted AS (
    SELECT c.of, c.club, count(*) AS matches FROM check_side c JOIN check_season s ON s.nth = c.of
    WHERE s.kind = 'league' AND coalesce(c.stage, 'regular-season') = 'regular-season' GROUP BY ALL
),
usual AS (
    SELECT of, usual, clubs FROM (
        SELECT of, mode(matches) AS usual, count(*) AS clubs FROM counted GROUP BY ALL HAVING mode(matches) >= $least
    ) JOIN counted USING (of) GROUP BY ALL HAVING count(*) FILTER (matches = usual) >= $most * clubs
),
short AS (SELECT counted.*, usual, clubs FROM counted JOIN usual USING (of) WHERE matches < usual),
candidate AS (
    SELECT x.of, x.club AS one, y.club AS other, x.usual, x.clubs, x.matches AS ones, y.matches AS others
    FROM short x JOIN short y ON y.of = x.of AND y.club > x.club WHERE x.matches + y.matches = x.usual
),
met AS (
    SELECT k.of, k.one, k.other, c.opponent, c.date, c.club FROM candidate k
    JOIN check_side c ON c.of = k.of AND c.club IN (k.one, k.other)
    WHERE coalesce(c.stage, 'regular-season') = 'regular-season'
),
opponent AS (SELECT of, one, other, opponent, count(*) AS often FROM met GROUP BY ALL),
fits AS (
    SELECT of, one, other FROM opponent GROUP BY ALL
    HAVING min(often) = max(often) AND count(*) FILTER (opponent IN (one, other)) = 0
),
same_day AS (SELECT DISTINCT of, one, other FROM met GROUP BY of, one, other, date HAVING count(*) > 1),
found AS (
    SELECT * FROM candidate JOIN fits USING (of, one, other) ANTI JOIN same_day USING (of, one, other)
)
SELECT s.competition, s.season, a.id || ',' || b.id AS clubs,
       (SELECT string_agg(id::TEXT, ',' ORDER BY id) FROM check_side c
        WHERE c.of = f.of AND c.club = CASE WHEN f.ones < f.others THEN f.one ELSE f.other END) AS matches,
       a.name || ' and ' || b.name || ' have ' || f.ones || ' and ' || f.others
       || ' matches, together those of one club: it may be one club under two names' AS detail
FROM found f JOIN check_season s ON s.nth = f.of
JOIN check_club a ON a.nth = f.one JOIN check_club b ON b.nth = f.other
"""

TWO_LEAGUES: Final = """
WITH counted AS (
    SELECT c.of, c.club, count(*) AS matches FROM check_side c JOIN check_season s ON s.nth = c.of
    WHERE s.kind = 'league' AND coalesce(c.stage, 'regular-season') = 'regular-season'
    GROUP BY ALL HAVING count(*) >= $least
),
told AS (
    SELECT k.of, k.club, k.matches, s.country, s.season, s.competition
    FROM counted k JOIN check_season s ON s.nth = k.of
),
doubled AS (
    SELECT country, season, club, arg_min(of, (matches, of)) AS of, arg_min(competition, (matches, of)) AS competition,
           string_agg(matches || ' matches in ' || competition, ' and ' ORDER BY competition) AS words
    FROM told GROUP BY country, season, club HAVING count(*) > 1
)
SELECT b.competition, b.season, any_value(k.id) AS clubs, string_agg(c.id::TEXT, ',' ORDER BY c.id) AS matches,
       any_value(k.name) || ' has ' || any_value(b.words) AS detail
FROM doubled b JOIN check_side c ON c.of = b.of AND c.club = b.club JOIN check_club k ON k.nth = b.club
WHERE coalesce(c.stage, 'regular-season') = 'regular-season'
GROUP BY b.competition, b.season, b.club
"""

# a source that has goals of a match has all of them, or has it wrong
GOALS_DIFFER: Final = """
WITH told AS (
    SELECT match, source, count(*) FILTER (side = 'home') AS home, count(*) FILTER (side = 'away') AS away
    FROM store.goal GROUP BY ALL
)
SELECT m.competition, m.season, m.home || ',' || m.away AS clubs, m.id::TEXT AS matches,
       h.name || ' v ' || a.name || ' on ' || strftime(m.date, '%-d %B %Y') || ' ended ' || m.home_goals || '-'
       || m.away_goals || ', and ' || t.source || ' has the goals of a ' || t.home || '-' || t.away AS detail
FROM told t JOIN store.match m ON m.id = t.match
JOIN store.club h ON h.id = m.home JOIN store.club a ON a.id = m.away
WHERE m.status = 'played' AND (t.home <> m.home_goals OR t.away <> m.away_goals)
"""

LOST_AND_THROUGH: Final = """
SELECT t.competition, t.season, t.first || ',' || t.second AS clubs,
       concat_ws(',', t.first_leg, t.second_leg, t.third_leg) AS matches,
       w.name || ' went through against ' || l.name || ', who led '
       || greatest(t.first_goals, t.second_goals) || '-' || least(t.first_goals, t.second_goals)
       || CASE WHEN t.legs > 1 THEN ' on aggregate' ELSE '' END AS detail
FROM store.tie t
JOIN store.club w ON w.id = t.winner
JOIN store.club l ON l.id = CASE WHEN t.winner = t.first THEN t.second ELSE t.first END
WHERE coalesce(t.decided_by, '') NOT IN ('walkover', 'play-off') AND t.third_leg IS NULL
  AND CASE WHEN t.winner = t.first THEN t.first_goals < t.second_goals ELSE t.second_goals < t.first_goals END
"""

HALF_TIME: Final = """
SELECT m.competition, m.season, m.home || ',' || m.away AS clubs, m.id::TEXT AS matches,
       h.name || ' v ' || a.name || ' on ' || strftime(m.date, '%-d %B %Y') || ' stood '
       || CASE WHEN m.home_ht > m.home_goals OR m.away_ht > m.away_goals
               THEN m.home_ht || '-' || m.away_ht || ' at half-time'
               ELSE m.home_ft || '-' || m.away_ft || ' after 90 minutes' END
       || ' and ended ' || m.home_goals || '-' || m.away_goals AS detail
FROM store.match m JOIN store.club h ON h.id = m.home JOIN store.club a ON a.id = m.away
WHERE m.status = 'played' AND (
    m.home_ht > m.home_goals OR m.away_ht > m.away_goals OR m.home_ft > m.home_goals OR m.away_ft > m.away_goals
)
"""

MANY_GOALS: Final = """
SELECT m.competition, m.season, m.home || ',' || m.away AS clubs, m.id::TEXT AS matches,
       h.name || ' v ' || a.name || ' on ' || strftime(m.date, '%-d %B %Y') || ' ended '
       || m.home_goals || '-' || m.away_goals AS detail
FROM store.match m JOIN store.club h ON h.id = m.home JOIN store.club a ON a.id = m.away
WHERE m.home_goals::INTEGER + m.away_goals > $most
"""

FUTURE: Final = """
SELECT m.competition, m.season, m.home || ',' || m.away AS clubs, m.id::TEXT AS matches,
       h.name || ' v ' || a.name || ' has a result, and is on ' || strftime(m.date, '%-d %B %Y') AS detail
FROM store.match m JOIN store.club h ON h.id = m.home JOIN store.club a ON a.id = m.away
WHERE m.date > $today AND m.status IN ('played', 'awarded')
"""

# up to three days of matches that stand apart from all others of the season
FAR_FROM_SEASON: Final = """
WITH day AS (SELECT of, date, count(*) // 2 AS matches FROM check_side GROUP BY ALL),
gap AS (
    SELECT of, date, matches, sum(matches) OVER before AS so_far, sum(matches) OVER (PARTITION BY of) AS of_all,
           lead(date) OVER before AS next
    FROM day WINDOW before AS (PARTITION BY of ORDER BY date)
),
apart AS (
    SELECT of, date, next, so_far, of_all FROM gap
    WHERE next - date > $days AND least(so_far, of_all - so_far) <= 3 AND of_all >= 20
),
lone AS (
    SELECT c.of, c.id, c.club, c.opponent, c.date, CASE WHEN so_far <= 3 THEN next ELSE a.date END AS other
    FROM apart a JOIN check_side c ON c.of = a.of AND c.at_home
    WHERE CASE WHEN so_far <= 3 THEN c.date <= a.date ELSE c.date >= a.next END
)
SELECT s.competition, s.season, h.id || ',' || o.id AS clubs, l.id::TEXT AS matches,
       h.name || ' v ' || o.name || ' was on ' || strftime(l.date, '%-d %B %Y') || ', the next match of the season on '
       || strftime(l.other, '%-d %B %Y') AS detail
FROM lone l JOIN check_season s ON s.nth = l.of JOIN check_club h ON h.nth = l.club
JOIN check_club o ON o.nth = l.opponent
"""

# but for cups that ran over several years
WRONG_YEAR: Final = """
SELECT m.competition, m.season, m.home || ',' || m.away AS clubs, m.id::TEXT AS matches,
       h.name || ' v ' || a.name || ' was on ' || strftime(m.date, '%-d %B %Y') || ', in the season that began in '
       || m.season AS detail
FROM store.match m JOIN store.club h ON h.id = m.home JOIN store.club a ON a.id = m.away
SEMI JOIN (
    SELECT competition, season FROM store.match GROUP BY ALL
    HAVING count(*) FILTER (year(date) NOT BETWEEN season AND season + 1) <= 0.2 * count(*)
) few ON few.competition = m.competition AND few.season = m.season
WHERE year(m.date) NOT BETWEEN m.season AND m.season + 1 AND NOT list_contains($editions, m.competition)
"""

LONE_MATCH: Final = """
SELECT s.competition, s.season, any_value(h.id || ',' || a.id) AS clubs, any_value(c.id)::TEXT AS matches,
       'the only match of ' || s.competition || ' in the season that began in ' || s.season || ' is '
       || any_value(h.name || ' v ' || a.name || ' on ' || strftime(c.date, '%-d %B %Y')) AS detail
FROM check_side c JOIN check_season s ON s.nth = c.of JOIN check_club h ON h.nth = c.club
JOIN check_club a ON a.nth = c.opponent
SEMI JOIN (
    SELECT competition FROM store.coverage GROUP BY competition HAVING median(played) > 2
) usual ON usual.competition = s.competition
WHERE c.at_home GROUP BY s.competition, s.season HAVING count(*) = 1
"""

# sources write 0-0 for what a club that withdrew did not play
GOALLESS_END: Final = """
WITH placed AS (
    SELECT of, club, id, date, scored = 0 AND conceded = 0 AS goalless,
           row_number() OVER (PARTITION BY of, club ORDER BY date DESC, id DESC) AS back
    FROM check_side
),
last_goal AS (SELECT of, club, min(back) AS back FROM placed WHERE NOT goalless GROUP BY ALL)
SELECT s.competition, s.season, any_value(h.id) AS clubs,
       string_agg(p.id::TEXT, ',' ORDER BY p.date, p.id) AS matches,
       any_value(h.name) || ' end the season with ' || count(*) || ' goalless draws, from '
       || strftime(min(p.date), '%-d %B %Y') || ': were they played?' AS detail
FROM placed p JOIN last_goal g ON g.of = p.of AND g.club = p.club AND p.back < g.back
JOIN check_season s ON s.nth = p.of AND s.kind = 'league'
JOIN check_club h ON h.nth = p.club
GROUP BY s.competition, s.season, p.club HAVING count(*) >= $least
"""
