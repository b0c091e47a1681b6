"""Which match is previewed: found by its two clubs and, where it is given, its day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from secondleg.archive.lookup import club_names, clubs_called, find_club
from secondleg.archive.view import View
from secondleg.errors import FixtureNotFound
from secondleg.football.match import Goals
from secondleg.football.rules import tie_rules
from secondleg.football.stage import is_table
from secondleg.football.tie import TieRules
from secondleg.language.lexicon import day

__all__ = ["FirstLegPlayed", "Fixture", "find_fixture"]


_REPLAY: Final = 3
"""Leg of a match that is played after the regular ones: a replay, or a play-off."""


@dataclass(frozen=True, slots=True)
class FirstLegPlayed:
    """The first leg of the tie that a fixture decides."""

    match: int
    date: dt.date
    goals: Goals
    """Home before away, of the first leg."""
    home: str
    away: str
    half_time: Goals | None
    neutral: bool = False


@dataclass(frozen=True, slots=True)
class Fixture:
    """A match still to be played, with what is known of its tie."""

    home: str
    away: str
    home_name: str
    away_name: str
    date: dt.date
    time: str | None
    competition: str
    season: int
    season_label: str
    stage: str | None
    leg: int | None
    neutral: bool
    ground: str | None
    rules: TieRules | None
    """None for a match that decides no tie by itself (a league match), or where the rules are not known."""
    first_leg: FirstLegPlayed | None

    @property
    def replay(self) -> bool:
        """Whether it is played because what came before in its tie ended level."""
        return self.leg == _REPLAY

    @property
    def knockout(self) -> bool:
        """Whether somebody goes out."""
        return self.stage is not None and not is_table(self.stage)

    def name(self, club: str) -> str:
        """The name in prose of one of the two sides."""
        return self.home_name if club == self.home else self.away_name


def find_fixture(view: View, home: str, away: str, on: dt.date | None = None) -> Fixture:
    """The next match of `home` against `away` (names or ids), or the one on the day `on`.

    On neutral ground either order will do; the fixture has that of the source.

    Raises:
        UnknownClub, AmbiguousClub: a name that is nobody's, or several clubs'.
        FixtureNotFound: no such match; the error tells when the two do meet.
    """
    homes, aways = clubs_called(view, home), clubs_called(view, away)
    rows = view.rows(
        """
        SELECT f.*, v.label FROM fixture f
        LEFT JOIN coverage v ON v.competition = f.competition AND v.season = f.season
        WHERE (list_contains($homes, f.home) AND list_contains($aways, f.away)
               OR f.neutral AND list_contains($homes, f.away) AND list_contains($aways, f.home))
              AND ($day IS NULL OR f.date = $day) AND f.date >= $from
        ORDER BY f.date
        """,
        homes=homes,
        aways=aways,
        day=on,
        **{"from": view.as_of},
    )
    # a name that several clubs bear is clear if only one of them has the fixture; else it is the register's club
    for text, called in ((home, homes), (away, aways)):
        if len({club for row in rows for club in (row["home"], row["away"]) if club in called}) != 1:
            meant = find_club(view, text)
            called[:] = [meant]
            rows = [row for row in rows if meant in (row["home"], row["away"])]
    one, other = (rows[0]["home"], rows[0]["away"]) if rows else (homes[0], aways[0])
    names = club_names(view, [one, other])
    if not rows:
        raise FixtureNotFound(_not_found(view, one, other, names, on))
    row = rows[0]
    return Fixture(
        home=one,
        away=other,
        home_name=names[one],
        away_name=names[other],
        date=row["date"],
        time=row["time"],
        competition=row["competition"],
        season=row["season"],
        season_label=row["label"] or _label(view, row["competition"], row["season"]),
        stage=row["stage"],
        leg=row["leg"],
        neutral=row["neutral"],
        ground=row["ground"],
        rules=_rules(row),
        first_leg=_first_leg(view, row),
    )


def _label(view: View, code: str, season: int) -> str:
    """The label of a season that has not begun: in the manner of the one before it."""
    before = view.rows(
        "SELECT label FROM coverage WHERE competition = $code ORDER BY season DESC LIMIT 1", code=code
    )
    one_year = bool(before) and "-" not in before[0]["label"]
    return str(season) if one_year else f"{season}-{(season + 1) % 100:02d}"


def _rules(row: dict[str, Any]) -> TieRules | None:
    from secondleg.errors import RulesUnknown

    # the rules declared for a tie are those of its regular matches: a replay had its own
    if row["stage"] is None or is_table(row["stage"]) or row["leg"] == _REPLAY:
        return None
    try:
        return tie_rules(row["competition"], row["season"], row["stage"])
    except RulesUnknown:
        return None


def _first_leg(view: View, row: dict[str, Any]) -> FirstLegPlayed | None:
    if row["tie"] is None or row["leg"] != 2:
        return None
    found = view.rows(
        "SELECT * FROM result WHERE tie = $tie AND leg = 1 AND date < $day", tie=row["tie"], day=row["date"]
    )
    if not found:
        return None
    leg = found[0]
    half = None if leg["home_ht"] is None else Goals(leg["home_ht"], leg["away_ht"])
    return FirstLegPlayed(
        leg["id"],
        leg["date"],
        Goals(leg["home_goals"], leg["away_goals"]),
        leg["home"],
        leg["away"],
        half,
        leg["neutral"],
    )


def _not_found(view: View, home: str, away: str, names: dict[str, str], on: dt.date | None) -> str:
    """What to say instead of a fixture: when the two meet, or met."""
    when = f"on {day(on)}" if on else f"after {day(view.as_of)}"
    text = f"the archive has no fixture {names[home]} v {names[away]} {when}, as known on {day(view.as_of)}."
    ahead = view.rows(
        """
        SELECT date, home FROM fixture
        WHERE home IN ($one, $other) AND away IN ($one, $other) AND date >= $from ORDER BY date LIMIT 3
        """,
        one=home,
        other=away,
        **{"from": view.as_of},
    )
    if ahead:
        told = ", ".join(f"{names[r['home']]} at home on {r['date']}" for r in ahead)
        return f"{text} They meet: {told}. Give the sides in that order, with --on and the day."
    past = view.rows(
        """
        SELECT date, home FROM result
        WHERE home IN ($one, $other) AND away IN ($one, $other) ORDER BY date DESC LIMIT 3
        """,
        one=home,
        other=away,
    )
    if past:
        told = ", ".join(f"{names[r['home']]} at home on {r['date']}" for r in past)
        return f"{text} They met: {told}. For one of these give its day as --on, and an earlier day or none as --as-of."
    return f"{text} They have not met in this archive; import the season that you mean."
