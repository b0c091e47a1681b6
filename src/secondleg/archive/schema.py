"""The tables of an archive.

`store` holds what was imported and what was derived from it. Rooms above the archive never name it: they get a
`View`, whose relations (see `archive.relations`) show `store` as known on one day.
"""

from __future__ import annotations

from typing import Final

__all__ = ["DERIVED", "READABLE", "SCHEMA", "VERSION"]

VERSION: Final = 4
"""Raised by every change that an older secondleg could not read, or would not keep up when it writes."""

READABLE: Final = 2
"""The oldest version that is read as it is: without the tables of leagues, which are then worked out."""

DERIVED: Final = (
    "club",
    "club_name",
    "ground",
    "competition",
    "match",
    "side",
    "tie",
    "coverage",
    "standing",
    "place",
    "first_leg_record",
    "club_id",
    "link",
    "word",
    "goal",
    "card",
    "substitution",
    "statistic",
    "odds",
    "conflict",
    "finding",
)
"""Tables that a rebuild makes anew from the source rows."""

SCHEMA: Final = """
CREATE SCHEMA IF NOT EXISTS store;

CREATE TABLE IF NOT EXISTS store.meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

-- a source's own word, one row a match and document; see sources.contract
CREATE TABLE IF NOT EXISTS store.document (
    source TEXT NOT NULL, document TEXT NOT NULL, digest TEXT NOT NULL,
    matches INTEGER NOT NULL, played INTEGER NOT NULL, declared INTEGER, unread INTEGER NOT NULL,
    PRIMARY KEY (source, document)
);
CREATE TABLE IF NOT EXISTS store.source_match (
    source TEXT NOT NULL, document TEXT NOT NULL, line INTEGER NOT NULL,
    competition TEXT NOT NULL, season SMALLINT NOT NULL,
    stage TEXT, stage_text TEXT, "group" TEXT, round SMALLINT, leg TINYINT,
    date DATE NOT NULL, time TEXT,
    home TEXT NOT NULL, away TEXT NOT NULL, home_country TEXT, away_country TEXT,
    status TEXT NOT NULL,
    home_goals TINYINT, away_goals TINYINT, home_ft TINYINT, away_ft TINYINT, home_ht TINYINT, away_ht TINYINT,
    after_extra_time BOOLEAN, home_pens TINYINT, away_pens TINYINT,
    neutral BOOLEAN, ground TEXT, note TEXT
);
CREATE TABLE IF NOT EXISTS store.source_alias (
    source TEXT NOT NULL, document TEXT NOT NULL, country TEXT NOT NULL, name TEXT NOT NULL, alias TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS store.source_id (
    source TEXT NOT NULL, document TEXT NOT NULL, country TEXT NOT NULL, name TEXT NOT NULL,
    scheme TEXT NOT NULL, id TEXT NOT NULL
);
-- what happened in a match, how it was counted and what it was priced at: belongs to the source_match of the same place
CREATE TABLE IF NOT EXISTS store.source_incident (
    source TEXT NOT NULL, document TEXT NOT NULL, line INTEGER NOT NULL,
    nth SMALLINT NOT NULL, kind TEXT NOT NULL, side TEXT NOT NULL, minute SMALLINT, added SMALLINT,
    player TEXT, other TEXT, home_goals TINYINT, away_goals TINYINT
);
CREATE TABLE IF NOT EXISTS store.source_statistic (
    source TEXT NOT NULL, document TEXT NOT NULL, line INTEGER NOT NULL,
    home_shots SMALLINT, away_shots SMALLINT, home_shots_on_target SMALLINT, away_shots_on_target SMALLINT,
    home_woodwork SMALLINT, away_woodwork SMALLINT, home_corners SMALLINT, away_corners SMALLINT,
    home_fouls SMALLINT, away_fouls SMALLINT, home_offsides SMALLINT, away_offsides SMALLINT,
    home_yellows SMALLINT, away_yellows SMALLINT, home_reds SMALLINT, away_reds SMALLINT,
    attendance INTEGER, referee TEXT
);
CREATE TABLE IF NOT EXISTS store.source_odds (
    source TEXT NOT NULL, document TEXT NOT NULL, line INTEGER NOT NULL,
    bookmaker TEXT NOT NULL, market TEXT NOT NULL, closing BOOLEAN NOT NULL, size FLOAT,
    home FLOAT, draw FLOAT, away FLOAT
);
-- a user's own word on who is who; it comes before everything else
CREATE TABLE IF NOT EXISTS store.resolution (
    country TEXT NOT NULL, name TEXT NOT NULL,
    source TEXT,                  -- NULL: in every source
    first_season SMALLINT, last_season SMALLINT,   -- NULL: from the start, to the end
    club TEXT NOT NULL,           -- club id
    place TEXT NOT NULL           -- "names.txt:12"
);

CREATE TABLE IF NOT EXISTS store.club (
    id TEXT PRIMARY KEY,          -- "eng/liverpool"
    name TEXT NOT NULL,           -- as prose calls it: "Liverpool"
    full_name TEXT NOT NULL,      -- "Liverpool FC"
    country TEXT NOT NULL         -- football code: "eng"
);
CREATE TABLE IF NOT EXISTS store.club_name (
    club TEXT NOT NULL, name TEXT NOT NULL,
    folded TEXT NOT NULL,         -- archive.names.fold(name), what look-ups compare
    kind TEXT NOT NULL,           -- name, alias, nickname
    source TEXT NOT NULL,
    first_season SMALLINT, last_season SMALLINT    -- in which a source calls it so; NULL: not known
);
CREATE TABLE IF NOT EXISTS store.club_id (
    club TEXT NOT NULL, scheme TEXT NOT NULL, id TEXT NOT NULL, source TEXT NOT NULL
);
-- how each spelling of each source was matched to a club
CREATE TABLE IF NOT EXISTS store.link (
    source TEXT NOT NULL, country TEXT NOT NULL, name TEXT NOT NULL,
    first_season SMALLINT NOT NULL, last_season SMALLINT NOT NULL, matches INTEGER NOT NULL,
    club TEXT NOT NULL,
    -- resolution, register, alias, name, fixtures, alone (nothing to compare it with), doubtful
    how TEXT NOT NULL,
    shared INTEGER NOT NULL,      -- matches that another source has with the same club, day and score
    compared INTEGER NOT NULL,    -- matches that another source could have confirmed
    candidates TEXT               -- for a doubtful one: club ids, best first, each with its evidence
);
-- years are those in which a club is known to have played all its home matches there; NULL: a name for it, no more
CREATE TABLE IF NOT EXISTS store.ground (
    club TEXT NOT NULL, name TEXT NOT NULL, first_year SMALLINT, last_year SMALLINT, source TEXT NOT NULL
);

-- which match each source row tells of; a row without one was left out, and `fate` says why
CREATE TABLE IF NOT EXISTS store.word (
    source TEXT NOT NULL, document TEXT NOT NULL, line INTEGER NOT NULL,
    match INTEGER,
    fate TEXT NOT NULL            -- kept, repeated, copy, surplus, itself, unknown (a side that nobody could place)
);
-- where sources disagree about a match: what the archive keeps, and what another source tells
CREATE TABLE IF NOT EXISTS store.conflict (
    match INTEGER NOT NULL,
    -- score, date, venue, extra-time, half-time, shoot-out, status, goals, stage, leg, competition, season, clubs
    field TEXT NOT NULL,
    kept TEXT NOT NULL, told TEXT NOT NULL,
    kept_by TEXT NOT NULL,        -- sources that tell what is kept
    source TEXT NOT NULL, document TEXT NOT NULL, line INTEGER NOT NULL,   -- who tells otherwise
    rule TEXT NOT NULL            -- why: more sources, better source
);
-- what cannot be right, or may not be: each with the rows that show it
CREATE TABLE IF NOT EXISTS store.finding (
    "check" TEXT NOT NULL, competition TEXT, season SMALLINT, clubs TEXT, matches TEXT,
    detail TEXT NOT NULL
);

-- times are as the source counts them: minute 90 and 3 added is 90+3
CREATE TABLE IF NOT EXISTS store.goal (
    match INTEGER NOT NULL, nth SMALLINT NOT NULL, side TEXT NOT NULL, minute SMALLINT, added SMALLINT,
    kind TEXT NOT NULL,           -- goal, own-goal, penalty
    scorer TEXT, assist TEXT, home_goals TINYINT, away_goals TINYINT,
    source TEXT NOT NULL, document TEXT NOT NULL, line INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS store.card (
    match INTEGER NOT NULL, nth SMALLINT NOT NULL, side TEXT NOT NULL, minute SMALLINT, added SMALLINT,
    kind TEXT NOT NULL,           -- yellow, second-yellow, red
    player TEXT, source TEXT NOT NULL, document TEXT NOT NULL, line INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS store.substitution (
    match INTEGER NOT NULL, nth SMALLINT NOT NULL, side TEXT NOT NULL, minute SMALLINT, added SMALLINT,
    player TEXT, replaced_by TEXT, source TEXT NOT NULL, document TEXT NOT NULL, line INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS store.statistic (
    match INTEGER NOT NULL,
    home_shots SMALLINT, away_shots SMALLINT, home_shots_on_target SMALLINT, away_shots_on_target SMALLINT,
    home_woodwork SMALLINT, away_woodwork SMALLINT, home_corners SMALLINT, away_corners SMALLINT,
    home_fouls SMALLINT, away_fouls SMALLINT, home_offsides SMALLINT, away_offsides SMALLINT,
    home_yellows SMALLINT, away_yellows SMALLINT, home_reds SMALLINT, away_reds SMALLINT,
    attendance INTEGER, referee TEXT,
    source TEXT NOT NULL, document TEXT NOT NULL, line INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS store.odds (
    match INTEGER NOT NULL, bookmaker TEXT NOT NULL,
    market TEXT NOT NULL,         -- 1x2, total, handicap
    closing BOOLEAN NOT NULL, size FLOAT, home FLOAT, draw FLOAT, away FLOAT,
    source TEXT NOT NULL, document TEXT NOT NULL, line INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS store.competition (
    code TEXT PRIMARY KEY,        -- "uefa.el"
    name TEXT NOT NULL,           -- "Europa League"
    country TEXT NOT NULL,        -- "uefa" for those of several countries
    kind TEXT NOT NULL,           -- league, cup, supercup
    tier SMALLINT                 -- 1 for a top division; NULL for cups
);

CREATE TABLE IF NOT EXISTS store.match (
    id INTEGER PRIMARY KEY,
    competition TEXT NOT NULL, season SMALLINT NOT NULL,
    stage TEXT, stage_rank SMALLINT, "group" TEXT, round SMALLINT,
    leg TINYINT, tie INTEGER,
    date DATE NOT NULL, time TEXT,
    home TEXT NOT NULL, away TEXT NOT NULL,
    status TEXT NOT NULL,
    home_goals TINYINT, away_goals TINYINT, home_ft TINYINT, away_ft TINYINT, home_ht TINYINT, away_ht TINYINT,
    after_extra_time BOOLEAN, home_pens TINYINT, away_pens TINYINT,
    neutral BOOLEAN NOT NULL, ground TEXT,
    known_from DATE,              -- first day on which the pairing can have been known; NULL: from the start
    sources TEXT NOT NULL         -- "openfootball champions-league/2023-24/el.txt:312"
);
-- matches twice, once for each club, those of a club together: a club's matches are found in two milliseconds
CREATE TABLE IF NOT EXISTS store.side (
    club TEXT NOT NULL, date DATE NOT NULL, match INTEGER NOT NULL, opponent TEXT NOT NULL,
    competition TEXT NOT NULL, season SMALLINT NOT NULL,
    stage TEXT, stage_rank SMALLINT, "group" TEXT, round SMALLINT, leg TINYINT, tie INTEGER,
    venue TEXT NOT NULL,          -- home, away, neutral
    scored TINYINT NOT NULL, conceded TINYINT NOT NULL, scored_ht TINYINT, conceded_ht TINYINT,
    result TEXT NOT NULL,         -- W, D, L: a match decided on penalties is drawn
    after_extra_time BOOLEAN, pens_scored TINYINT, pens_conceded TINYINT, status TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS store.tie (
    id INTEGER PRIMARY KEY,
    competition TEXT NOT NULL, season SMALLINT NOT NULL, stage TEXT, stage_rank SMALLINT,
    first TEXT NOT NULL,          -- at home in the first leg (or in the only match)
    second TEXT NOT NULL,
    legs TINYINT NOT NULL,        -- matches played or scheduled: 1, 2, or 3 with a play-off
    first_leg INTEGER NOT NULL, second_leg INTEGER, third_leg INTEGER,
    first_goals SMALLINT, second_goals SMALLINT,   -- aggregate of all legs but a play-off; extra time in
    away_goals_rule BOOLEAN,      -- whether away goals counted double in this tie
    decided_by TEXT,              -- football.tie.DecidedBy; NULL: not decided, or not known
    winner TEXT,                  -- club id; NULL: not decided, or not known
    decided_on DATE               -- day of the deciding match; NULL: not decided
);

CREATE TABLE IF NOT EXISTS store.coverage (
    competition TEXT NOT NULL, season SMALLINT NOT NULL,
    label TEXT NOT NULL,          -- "2023-24", or "2024" where the season is a calendar year
    clubs INTEGER NOT NULL, matches INTEGER NOT NULL, played INTEGER NOT NULL, expected INTEGER,
    whole BOOLEAN NOT NULL,       -- every match of the competition's season is there
    only_clubs TEXT,              -- club ids, comma-separated, whose matches alone were taken; NULL: of all
    qualifying BOOLEAN NOT NULL,  -- its qualifying rounds are there too, or it had none
    main_from DATE NOT NULL,      -- first match that is not of a qualifying round
    reason TEXT NOT NULL,
    first DATE NOT NULL, last DATE NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (competition, season)
);

-- final tables of leagues, one row a club, whenever the season ended; what they rest on is `standings` in store.meta
CREATE TABLE IF NOT EXISTS store.standing (
    club TEXT NOT NULL, competition TEXT NOT NULL, season SMALLINT NOT NULL,
    country TEXT NOT NULL, tier SMALLINT NOT NULL,
    played SMALLINT NOT NULL, won SMALLINT NOT NULL, drawn SMALLINT NOT NULL, lost SMALLINT NOT NULL,
    scored SMALLINT NOT NULL, conceded SMALLINT NOT NULL,
    points SMALLINT NOT NULL,     -- deductions taken off
    win TINYINT NOT NULL,         -- points for a win
    declared BOOLEAN NOT NULL,    -- points and tie-breaks are those declared for the league, not assumed
    whole BOOLEAN NOT NULL,       -- the season is held whole
    first DATE NOT NULL, last DATE NOT NULL,       -- of the season, fixtures included
    clubs SMALLINT NOT NULL,      -- in the table
    place SMALLINT,               -- NULL: the season is not whole, or was decided in rounds for a part of the clubs
    champion BOOLEAN,
    next_tier SMALLINT,           -- in which the club played the season after; NULL: none that is held
    next_from DATE,               -- day on which that began, or the league's own next season
    gone_down BOOLEAN NOT NULL,   -- out of the top division, to below what is held
    newcomer BOOLEAN              -- was not in the division the season before; NULL: not known
);
-- places in the table after each match of a league season; see archive.table_places
CREATE TABLE IF NOT EXISTS store.place (
    match INTEGER NOT NULL, club TEXT NOT NULL,
    competition TEXT NOT NULL, season SMALLINT NOT NULL, date DATE NOT NULL,
    place SMALLINT NOT NULL,
    below SMALLINT NOT NULL       -- clubs below it
);

-- how ties went after each first-leg score: of seasons whose ties are not all in the archive themselves
CREATE TABLE IF NOT EXISTS store.first_leg_record (
    competition TEXT NOT NULL, season SMALLINT NOT NULL,
    qualifying BOOLEAN NOT NULL,  -- ties of qualifying rounds, counted apart
    home_goals TINYINT NOT NULL, away_goals TINYINT NOT NULL,   -- of the first leg
    ties INTEGER NOT NULL,        -- two-legged ties with that score whose winner is known
    home_through INTEGER NOT NULL,   -- of these, won by the side at home in the first leg
    last DATE NOT NULL,           -- day on which the last of them was decided
    source TEXT NOT NULL
);
"""
