"""From matches and incidents to the contract: the statements of schochastics_incidents.

`played` and `happened` hold the matches and the incidents with the columns of `_schochastics_incidents_json`, each row
with its place (`file_row_number`); `league` has the leagues that are known (comp, code, country).
"""

from __future__ import annotations

from typing import Final

__all__ = ["INCIDENTS", "MATCHES", "REPORTS", "STEPS", "UNREAD"]

_MATCH: Final = r"""
-- one row a match; `line` is its place among the matches of its league and season
CREATE TEMP TABLE listed AS
SELECT mid, 'goals_time2/' || played.league AS document, league.code AS competition, league.country,
    CAST(row_number() OVER (PARTITION BY played.league ORDER BY file_row_number) AS INTEGER) AS line,
    TRY_CAST(regexp_extract(season, '^(\d{4})-\d{4}$', 1) AS INTEGER) AS began,
    TRY_CAST("date" AS DATE) AS day, home, away,
    CASE WHEN gh BETWEEN 0 AND 99 AND ga BETWEEN 0 AND 99 THEN TRY_CAST(gh AS INTEGER) END AS told_home,
    CASE WHEN gh BETWEEN 0 AND 99 AND ga BETWEEN 0 AND 99 THEN TRY_CAST(ga AS INTEGER) END AS told_away,
    CASE
        WHEN fault IS NOT NULL THEN fault
        WHEN played.league IS NULL OR league.code IS NULL THEN 'league not known'
        WHEN mid IS NULL OR count(*) OVER (PARTITION BY mid) > 1 THEN 'no number of its own'
        WHEN nullif(home, '') IS NULL OR nullif(away, '') IS NULL OR home = away
            THEN 'two different sides are needed'
        WHEN day IS NULL OR year(day) NOT BETWEEN 1850 AND 2200 THEN 'no date'
        WHEN began IS NULL THEN 'season not understood'
        WHEN year(day) - began NOT BETWEEN 0 AND 1 THEN 'the season does not fit the date'
    END AS reason
FROM played LEFT JOIN league ON played.comp = league.comp
"""

_TYPED: Final = r"""
-- one row an incident; a kick of a shoot-out has its number where others have a minute: "1", not "1'"
CREATE TEMP TABLE typed AS
WITH timed AS (
    SELECT happened.*, file_row_number AS place,
        regexp_extract(happened.minute, '^(\d{1,3})(?::(\d\d))?(?:\+(\d{1,2}))?(''?)$',
            ['base', 'clock', 'added', 'prime']) AS parts
    FROM happened JOIN listed ON happened.mid = listed.mid
    WHERE listed.reason IS NULL
)
SELECT mid, place, "type", side, nullif(player, '') AS player, nullif(player_in, '') AS player_in,
    coalesce(parts.base <> '' AND parts.prime = '' AND parts.clock = '' AND "type" = 'Penalty Awarded', FALSE) AS kick,
    CASE WHEN TRY_CAST(parts.base AS INTEGER) BETWEEN 1 AND 120 THEN TRY_CAST(parts.base AS INTEGER) END AS minute,
    coalesce(
        TRY_CAST(parts.added AS INTEGER), nullif(TRY_CAST(parts.clock AS INTEGER), 0),
        CASE WHEN parts.clock <> '' AND added_time SIMILAR TO '\d{1,2}' THEN TRY_CAST(added_time AS INTEGER) END
    ) AS added,
    hs IS NOT NULL AND as_ IS NOT NULL AS scored,
    nullif(assist, '') AS assist,
    row_number() OVER (PARTITION BY mid, side, player, "type" ORDER BY file_row_number) AS nth_of_player,
    row_number() OVER (PARTITION BY mid, side, timed.minute, "type" ORDER BY file_row_number) AS nth_of_minute,
    timed.minute AS written
FROM timed WHERE side IN ('home', 'away')
"""

_MADE: Final = """
-- what the incidents make of each match: its goals, and the penalties of which no running score tells the outcome
CREATE TEMP TABLE made AS
SELECT mid,
    count(*) AS incidents,
    count(*) FILTER (NOT kick AND minute > 90) AS late,
    count(*) FILTER (kick) AS kicks,
    count(*) FILTER (side = 'home' AND goal) AS home, count(*) FILTER (side = 'away' AND goal) AS away,
    count(*) FILTER (side = 'home' AND open_penalty) AS home_open,
    count(*) FILTER (side = 'away' AND open_penalty) AS away_open
FROM (
    SELECT *, "type" IN ('Goal', 'Own goal') OR ("type" = 'Penalty Awarded' AND scored AND NOT kick) AS goal,
        "type" = 'Penalty Awarded' AND NOT scored AND NOT kick AS open_penalty
    FROM typed
)
GROUP BY mid
"""

_KINDS: Final = """
-- a penalty without a running score was missed if the goals add up without it, and scored if they do only with all
-- such; where there was a shoot-out, the goal that lacks is the winner's
CREATE TEMP TABLE incident AS
WITH joined AS (
    SELECT typed.*, kicks,
        CASE side WHEN 'home' THEN told_home - made.home ELSE told_away - made.away END AS lacking,
        CASE side WHEN 'home' THEN home_open ELSE away_open END AS open_penalties
    FROM typed JOIN listed USING (mid) JOIN made USING (mid)
)
SELECT joined.mid, joined.place, joined.side, joined.minute, joined.added, joined."type", joined.player,
    CASE joined."type" WHEN 'Substitution' THEN joined.player_in
        WHEN 'Substitution - Out' THEN arrival.player ELSE joined.assist END AS other,
    CASE
        WHEN joined.kick THEN NULL
        WHEN joined."type" = 'Goal' THEN 'goal'
        WHEN joined."type" = 'Own goal' THEN 'own-goal'
        WHEN joined."type" = 'Penalty Awarded' THEN CASE
            WHEN joined.scored THEN 'penalty' WHEN lacking = 0 OR kicks > 0 THEN 'missed-penalty'
            WHEN lacking = open_penalties THEN 'penalty' END
        WHEN joined."type" = 'Yellow Card' THEN CASE
            WHEN joined.nth_of_player = 2 AND joined.player IS NOT NULL THEN 'second-yellow' ELSE 'yellow' END
        WHEN joined."type" = 'Red Card' THEN 'red'
        WHEN joined."type" IN ('Substitution', 'Substitution - Out') THEN 'substitution'
    END AS kind,
    joined.kick
FROM joined
LEFT JOIN typed AS arrival ON joined."type" = 'Substitution - Out' AND arrival."type" = 'Substitution - In'
    AND arrival.mid = joined.mid AND arrival.side = joined.side AND arrival.written = joined.written
    AND arrival.nth_of_minute = joined.nth_of_minute
"""

_LONE: Final = """
-- who came on without anybody named who went off
INSERT INTO incident
SELECT typed.mid, typed.place, typed.side, typed.minute, typed.added, typed."type", NULL, typed.player,
    'substitution', FALSE
FROM typed
LEFT JOIN typed AS departure ON departure."type" = 'Substitution - Out' AND departure.mid = typed.mid
    AND departure.side = typed.side AND departure.written = typed.written
    AND departure.nth_of_minute = typed.nth_of_minute
WHERE typed."type" = 'Substitution - In' AND departure.mid IS NULL
"""

_PAIRED: Final = """
-- the other half of a pair is no incident of its own
DELETE FROM incident WHERE "type" = 'Substitution - In' AND kind IS NULL
"""

_GAME: Final = """
-- the score of a match decided on penalties has one goal more for the winner than there were
CREATE TEMP TABLE game AS
WITH goals AS (
    SELECT mid, count(*) FILTER (side = 'home') AS home, count(*) FILTER (side = 'away') AS away,
        count(*) FILTER (side = 'home' AND minute <= 90) AS home_90,
        count(*) FILTER (side = 'away' AND minute <= 90) AS away_90,
        count(*) FILTER (side = 'home' AND minute <= 45) AS home_45,
        count(*) FILTER (side = 'away' AND minute <= 45) AS away_45,
        count(*) FILTER (minute IS NULL) AS untimed
    FROM incident WHERE kind IN ('goal', 'own-goal', 'penalty') GROUP BY mid
), compared AS (
    SELECT listed.*, coalesce(made.incidents, 0) AS incidents, coalesce(made.late, 0) AS late,
        coalesce(made.kicks, 0) AS kicks,
        coalesce(goals.home, 0) AS made_home, coalesce(goals.away, 0) AS made_away,
        coalesce(goals.home_90, 0) AS home_90, coalesce(goals.away_90, 0) AS away_90,
        coalesce(goals.home_45, 0) AS home_45, coalesce(goals.away_45, 0) AS away_45,
        coalesce(goals.untimed, 0) AS untimed
    FROM listed LEFT JOIN made USING (mid) LEFT JOIN goals USING (mid)
    WHERE reason IS NULL
), settled AS (
    SELECT *,
        CASE
            WHEN kicks > 0 AND told_home = made_home + 1 AND told_away = made_away THEN 'home'
            WHEN kicks > 0 AND told_home = made_home AND told_away = made_away + 1 THEN 'away'
        END AS shoot_out,
        CASE WHEN late > 1 OR (kicks > 0 AND late > 0) THEN TRUE WHEN incidents > 0 AND kicks = 0 THEN FALSE END
            AS beyond
    FROM compared
)
SELECT *,
    CASE WHEN shoot_out IS NULL THEN told_home ELSE made_home END AS home_goals,
    CASE WHEN shoot_out IS NULL THEN told_away ELSE made_away END AS away_goals,
    made_home = CASE WHEN shoot_out IS NULL THEN told_home ELSE made_home END
        AND made_away = CASE WHEN shoot_out IS NULL THEN told_away ELSE made_away END AS adds_up
FROM settled
"""

STEPS: Final = (_MATCH, _TYPED, _MADE, _KINDS, _LONE, _PAIRED, _GAME)
"""Make `listed`, `typed`, `made`, `incident` and `game`, in this order."""

MATCHES: Final = """
SELECT $source AS source, document, line, competition, began AS season,
    NULL AS stage, NULL AS stage_text, NULL AS "group", NULL AS round, NULL AS leg,
    day AS "date", NULL AS "time", home, away, country AS home_country, country AS away_country,
    CASE WHEN told_home IS NULL THEN 'fixture' ELSE 'played' END AS status,
    home_goals, away_goals,
    CASE WHEN beyond IS FALSE THEN home_goals WHEN kicks + late > 0 AND adds_up AND untimed = 0 THEN home_90 END
        AS home_ft,
    CASE WHEN beyond IS FALSE THEN away_goals WHEN kicks + late > 0 AND adds_up AND untimed = 0 THEN away_90 END
        AS away_ft,
    CASE WHEN began >= $halves_from AND adds_up AND untimed = 0 THEN home_45 END AS home_ht,
    CASE WHEN began >= $halves_from AND adds_up AND untimed = 0 THEN away_45 END AS away_ht,
    CASE WHEN told_home IS NOT NULL THEN beyond END AS after_extra_time,
    NULL AS home_pens, NULL AS away_pens, NULL AS neutral, NULL AS ground,
    nullif(concat_ws(
        '; ',
        CASE WHEN shoot_out IS NOT NULL THEN 'decided on penalties: the ' || shoot_out || ' side won' END,
        CASE WHEN incidents > 0 AND NOT adds_up THEN 'its goals make it ' || made_home || '-' || made_away END
    ), '') AS note
FROM game
ORDER BY document, line
"""

INCIDENTS: Final = """
SELECT $source AS source, document, line,
    row_number() OVER match AS nth, kind, side,
    CASE WHEN minute > 90 AND beyond IS FALSE THEN 90 ELSE minute END AS minute,
    CASE WHEN minute > 90 AND beyond IS FALSE THEN minute - 90 WHEN minute IS NOT NULL THEN added END AS added,
    player, other,
    CASE WHEN kind IN ('goal', 'own-goal', 'penalty') THEN
        count(*) FILTER (side = 'home' AND kind IN ('goal', 'own-goal', 'penalty')) OVER match END AS home_goals,
    CASE WHEN kind IN ('goal', 'own-goal', 'penalty') THEN
        count(*) FILTER (side = 'away' AND kind IN ('goal', 'own-goal', 'penalty')) OVER match END AS away_goals
FROM incident JOIN game USING (mid)
WHERE kind IS NOT NULL
WINDOW match AS (PARTITION BY mid ORDER BY place)
ORDER BY document, line, nth
"""

UNREAD: Final = """
SELECT coalesce(document, '') AS document, line, concat_ws(',', mid, home, away, day) AS text, reason
FROM listed WHERE reason IS NOT NULL ORDER BY document, line
"""

REPORTS: Final = """
WITH lost AS (
    SELECT mid,
        count(*) FILTER (kick) AS kicks,
        count(*) FILTER ("type" = 'Goal Disallowed') AS disallowed,
        count(*) FILTER ("type" = 'Penalty Awarded' AND NOT kick) AS doubtful,
        count(*) FILTER (coalesce("type", '') NOT IN ('Goal Disallowed', 'Penalty Awarded')) AS others
    FROM incident WHERE kind IS NULL GROUP BY mid
), sideless AS (
    SELECT mid, count(*) AS sideless FROM happened WHERE side IS NULL OR side NOT IN ('home', 'away') GROUP BY mid
), counted AS (
    SELECT *, count(*) OVER (PARTITION BY document, home, away, day) AS times FROM game
)
SELECT document, count(*) AS matches, count(told_home) AS played, min(day) AS first, max(day) AS last,
    count(*) FILTER (incidents = 0) AS bare,
    count(*) FILTER (told_home IS NULL) AS unscored,
    count(*) FILTER (incidents > 0 AND NOT adds_up) AS differing,
    count(*) FILTER (times > 1) AS repeated,
    count(*) FILTER (shoot_out IS NOT NULL) AS shoot_outs,
    sum(lost.kicks) AS kicks, sum(disallowed) AS disallowed, sum(doubtful) AS doubtful, sum(others) AS others,
    sum(sideless) AS sideless
FROM counted LEFT JOIN lost USING (mid) LEFT JOIN sideless USING (mid)
GROUP BY document ORDER BY document
"""
