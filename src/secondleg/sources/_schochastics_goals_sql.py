"""From rows of goals to matches: the statements of schochastics_goals, over its relations.

`raw` has the rows of all files; `declared` (name, country) and `elsewhere` (name) say where the sides of UEFA's files
are from, and who is of no UEFA country.
"""

from __future__ import annotations

from typing import Final

__all__ = ["HALVES_FROM", "INCIDENTS", "MATCHES", "REPORTS", "STEPS", "UNREAD"]

HALVES_FROM: Final = 2009
"""Season from which minutes tell the half-time score: see schochastics_goals."""

_GOAL: Final = r"""
-- one row a row of the files, taken apart
CREATE TEMP TABLE parsed AS
WITH taken AS (
    SELECT *,
        regexp_extract(
            game,
            '^(.+?) vs\. (.+) (\d{1,2}:\d{1,2}|-:-) ?([^\s(]*)\s*(?:\(Hinspiel (\d{1,2}:\d{1,2})\))?$',
            ['home', 'away', 'score', 'mark', 'first']
        ) AS game_parts,
        regexp_extract("time", '^(\d{1,3})(?:\+(\d{1,2}))?$', ['minute', 'added']) AS time_parts,
        CASE WHEN regexp_full_match("date", '\d{4}-\d\d-\d\d') THEN TRY_CAST("date" AS DATE) END AS day,
        TRY_CAST(nullif(regexp_extract(season, '^(\d{4})(?:-\d{4})?$', 1), '') AS INTEGER) AS told_season
    FROM raw
), typed AS (
    SELECT document, competition, country, line, scoring_player AS player, scoring_team AS team,
        game_parts.home AS home, game_parts.away AS away, game_parts.mark AS mark,
        nullif(game_parts.first, '') AS first_leg,
        TRY_CAST(split_part(game_parts.score, ':', 1) AS INTEGER) AS told_home,
        TRY_CAST(split_part(game_parts.score, ':', 2) AS INTEGER) AS told_away,
        TRY_CAST(time_parts.minute AS INTEGER) AS minute, TRY_CAST(time_parts.added AS INTEGER) AS added,
        CASE WHEN regexp_full_match(gh, '\d{1,2}') THEN TRY_CAST(gh AS INTEGER) END AS home_goals,
        CASE WHEN regexp_full_match(ga, '\d{1,2}') THEN TRY_CAST(ga AS INTEGER) END AS away_goals,
        day, season, "time", game, told_season,
        CASE
            WHEN told_season IS NOT NULL THEN told_season
            WHEN calendar OR month(day) >= 7 THEN year(day)
            ELSE year(day) - 1
        END AS began
    FROM taken
)
SELECT *,
    CASE
        WHEN home = '' THEN 'the match is not written as A vs. B 2:1'
        WHEN home = away THEN 'two different sides are needed'
        WHEN mark NOT IN ('', 'n.V.', 'i.E.', 'Wert.', 'annull.', 'abgebr.') THEN 'mark not known: ' || mark
        WHEN told_home IS NULL AND mark <> 'annull.' THEN 'a match without a score'
        WHEN team NOT IN (home, away) THEN 'the goal is of neither side'
        WHEN home_goals IS NULL OR away_goals IS NULL THEN 'GH and GA are not a score'
        WHEN if(team = home, home_goals, away_goals) < 1 THEN 'a goal after which its side has none'
        WHEN day IS NULL OR year(day) NOT BETWEEN 1850 AND 2200 THEN 'no date'
        WHEN season NOT IN ('', 'NA') AND told_season IS NULL THEN 'season not understood'
        WHEN year(day) - began NOT BETWEEN 0 AND 2 THEN 'the season does not fit the date'
        WHEN minute IS NULL OR minute > 120 THEN 'minute not understood'
    END AS reason
FROM typed
"""
# a season may end in the second year after it began: the Copa del Rey of 2019-20 did in April 2021

_DISTINCT: Final = """
-- each goal once: the Austrian file has most of them several times since 2005
CREATE TEMP TABLE goal AS
SELECT * FROM parsed
WHERE reason IS NULL
QUALIFY row_number() OVER (
    PARTITION BY document, day, home, away, home_goals, away_goals, minute, added, player, team ORDER BY line
) = 1
"""

_COUNTRIES: Final = """
-- where a side is from, by what the files of its own country call it, and before that by declaration
CREATE TEMP TABLE side AS
WITH own AS (
    SELECT name, any_value(country) AS country
    FROM (
        SELECT DISTINCT home AS name, country FROM goal WHERE country IS NOT NULL
        UNION
        SELECT DISTINCT away, country FROM goal WHERE country IS NOT NULL
    )
    GROUP BY name HAVING count(DISTINCT country) = 1
)
SELECT coalesce(declared.name, own.name) AS name, coalesce(declared.country, own.country) AS country
FROM declared FULL JOIN own ON declared.name = own.name
"""

_GAME: Final = """
-- one row a match; where a page was read while it was played, the later reading holds
CREATE TEMP TABLE game AS
WITH grouped AS (
    SELECT document, competition, any_value(country) AS country, day, home, away, min(line) AS line,
        min(began) AS season,
        arg_max(mark, coalesce(told_home + told_away, 0)) AS mark,
        arg_max(told_home, told_home + told_away) AS told_home,
        arg_max(told_away, told_home + told_away) AS told_away,
        any_value(first_leg) AS first_leg,
        count(DISTINCT game) AS tellings,
        max(home_goals) AS made_home, max(away_goals) AS made_away, count(*) AS goals,
        count(*) FILTER (minute = 0) AS untimed,
        max(minute) AS latest,
        count(*) FILTER (minute <= 45 AND team = home) AS home_45,
        count(*) FILTER (minute <= 45 AND team = away) AS away_45,
        count(*) FILTER (minute <= 90 AND team = home) AS home_90,
        count(*) FILTER (minute <= 90 AND team = away) AS away_90
    FROM goal GROUP BY document, competition, day, home, away
), told AS (
    SELECT *, competition LIKE 'uefa.%' AND (home IN (FROM elsewhere) OR away IN (FROM elsewhere)) AS foreign_match,
        TRY_CAST(split_part(first_leg, ':', 1) AS INTEGER) + made_home
            = TRY_CAST(split_part(first_leg, ':', 2) AS INTEGER) + made_away AS level_on_aggregate,
        CASE mark WHEN 'Wert.' THEN 'awarded' WHEN 'annull.' THEN 'cancelled' WHEN 'abgebr.' THEN 'abandoned'
            ELSE 'played' END AS status,
        CASE WHEN mark = 'i.E.' THEN made_home ELSE told_home END AS home_goals,
        CASE WHEN mark = 'i.E.' THEN made_away ELSE told_away END AS away_goals
    FROM grouped
)
SELECT *,
    mark = 'i.E.' AND made_home <> made_away AND level_on_aggregate IS NOT TRUE AS unsettled,
    goals = home_goals + away_goals AND made_home = home_goals AND made_away = away_goals AS adds_up,
    -- beyond 90 minutes: marked, or a cup match with a later goal; a league's 93rd minute is stoppage time
    CASE
        WHEN status <> 'played' THEN NULL
        WHEN mark = 'n.V.' OR (NOT regexp_matches(competition, '\\.\\d+$') AND latest > 90) THEN TRUE
        WHEN mark = 'i.E.' THEN CASE WHEN latest > 90 THEN TRUE END
        ELSE FALSE
    END AS beyond
FROM told
"""

STEPS: Final = (_GOAL, _DISTINCT, _COUNTRIES, _GAME)
"""Make `parsed`, `goal`, `side` and `game`, in this order."""

MATCHES: Final = """
SELECT $source AS source, document, line, competition, season,
    NULL AS stage, NULL AS stage_text, NULL AS "group", NULL AS round,
    CASE WHEN first_leg IS NOT NULL THEN 2 END AS leg,
    day AS "date", NULL AS "time", home, away,
    coalesce(game.country, home_side.country) AS home_country,
    coalesce(game.country, away_side.country) AS away_country,
    status, home_goals, away_goals,
    CASE
        WHEN beyond IS FALSE THEN home_goals
        WHEN mark = 'i.E.' AND latest <= 90 AND untimed = 0 THEN home_goals
        WHEN beyond AND untimed = 0 AND adds_up THEN home_90
    END AS home_ft,
    CASE
        WHEN beyond IS FALSE THEN away_goals
        WHEN mark = 'i.E.' AND latest <= 90 AND untimed = 0 THEN away_goals
        WHEN beyond AND untimed = 0 AND adds_up THEN away_90
    END AS away_ft,
    CASE WHEN season >= $halves_from AND status = 'played' AND adds_up AND untimed = 0 THEN home_45 END AS home_ht,
    CASE WHEN season >= $halves_from AND status = 'played' AND adds_up AND untimed = 0 THEN away_45 END AS away_ht,
    beyond AS after_extra_time,
    CASE WHEN mark = 'i.E.' AND told_home <> told_away THEN told_home END AS home_pens,
    CASE WHEN mark = 'i.E.' AND told_home <> told_away THEN told_away END AS away_pens,
    NULL AS neutral, NULL AS ground,
    nullif(concat_ws(
        '; ',
        CASE WHEN first_leg IS NOT NULL THEN 'first leg ' || replace(first_leg, ':', '-')
            || ', goals of the home side of this leg first' END,
        CASE WHEN mark = 'i.E.' AND told_home = told_away THEN 'decided on penalties' END,
        CASE WHEN mark = 'annull.' THEN 'annulled' END,
        CASE WHEN NOT adds_up THEN 'its goals make it ' || made_home || '-' || made_away END
    ), '') AS note
FROM game
LEFT JOIN side AS home_side ON home_side.name = game.home
LEFT JOIN side AS away_side ON away_side.name = game.away
WHERE NOT foreign_match AND NOT unsettled
ORDER BY document, line
"""

INCIDENTS: Final = """
SELECT $source AS source, goal.document, game.line,
    row_number() OVER (
        PARTITION BY goal.document, game.line ORDER BY goal.home_goals + goal.away_goals, goal.line
    ) AS nth,
    'goal' AS kind,
    CASE WHEN team = goal.home THEN 'home' ELSE 'away' END AS side,
    CASE WHEN minute > 90 AND beyond IS FALSE THEN 90 ELSE nullif(minute, 0) END AS minute,
    CASE WHEN minute > 90 AND beyond IS FALSE THEN minute - 90 WHEN minute > 0 THEN added END AS added,
    nullif(nullif(player, ''), 'NA') AS player, NULL AS other,
    goal.home_goals, goal.away_goals
FROM goal
JOIN game ON goal.document = game.document AND goal.day = game.day AND goal.home = game.home AND goal.away = game.away
WHERE NOT foreign_match AND NOT unsettled
ORDER BY goal.document, game.line, nth
"""

UNREAD: Final = """
SELECT document, line, concat_ws(',', player, team, "time", game, day) AS text, reason
FROM parsed WHERE reason IS NOT NULL
UNION ALL
SELECT document, line, home || ' vs. ' || away || ' ' || told_home || ':' || told_away || ' ' || mark,
    'decided on penalties, but its goals make it ' || made_home || '-' || made_away
FROM game WHERE unsettled AND NOT foreign_match
ORDER BY document, line
"""

REPORTS: Final = """
SELECT document,
    count(*) FILTER (kept) AS matches,
    count(*) FILTER (kept AND status IN ('played', 'awarded')) AS played,
    min(day) FILTER (kept) AS first, max(day) FILTER (kept) AS last,
    any_value(repeated) AS repeated,
    count(*) FILTER (foreign_match) AS elsewhere,
    count(*) FILTER (kept AND tellings > 1) AS twice,
    count(*) FILTER (kept AND status = 'awarded') AS awarded,
    count(*) FILTER (kept AND status = 'played' AND NOT adds_up) AS differing,
    sum(untimed) FILTER (kept) AS untimed,
    count(*) FILTER (kept AND game.country IS NULL AND home_side.country IS NULL) AS stateless
FROM (SELECT *, NOT foreign_match AND NOT unsettled AS kept FROM game) AS game
LEFT JOIN side AS home_side ON home_side.name = game.home
JOIN (
    SELECT document, count(*) FILTER (reason IS NULL) - any_value(kept) AS repeated
    FROM parsed JOIN (SELECT document, count(*) AS kept FROM goal GROUP BY document) USING (document)
    GROUP BY document
) USING (document)
GROUP BY document
"""
